"""The recipe of the scan reader: fonts, text, rendering, damage, training, export, measures.

Nothing here is part of the installed product; it makes and measures the ONNX files under
``parsers/data/reader``. How to repeat it stands in ``parsers/data/reader/README.md``.
"""

"""Typesets the samples with several producers and writes their expected readings."""

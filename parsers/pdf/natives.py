"""The functions of PDFium that are called once per character or drawn object.

pypdfium2 binds them for convenience: every call converts its arguments by name. Bound again
with plain integers for handles and addresses they can be driven by `map`, without a line of
Python per call; reading the characters of a page so takes a fifth of the time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2_raw as raw

__all__ = [
    "actual_text",
    "bounds",
    "char_matrix",
    "child_count",
    "child_object",
    "clip_path",
    "clip_path_count",
    "clip_segment",
    "clip_segment_count",
    "draw_mode",
    "fill_color",
    "font_name",
    "font_size",
    "generated",
    "handle",
    "loose_box",
    "mark",
    "mark_count",
    "object_font_size",
    "object_matrix",
    "object_type",
    "origin",
    "page_object",
    "path_segment",
    "render_mode",
    "segment_closes",
    "segment_count",
    "segment_point",
    "segment_type",
    "text_font",
    "text_object",
    "unicode_value",
    "unmapped",
]

_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    if address is None:
        raise ImportError(f"this PDFium has no {name}")
    # PYFUNCTYPE keeps the interpreter lock: these calls are shorter than giving it away.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """The address behind an opaque pointer of pypdfium2."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


unicode_value = _bind("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
text_object = _bind("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
generated = _bind("FPDFText_IsGenerated", _INT, _HANDLE, _INT)
unmapped = _bind("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
origin = _bind("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
loose_box = _bind("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _HANDLE)
char_matrix = _bind("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _HANDLE)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _HANDLE, _INT)

page_object = _bind("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
child_count = _bind("FPDFFormObj_CountObjects", _INT, _HANDLE)
child_object = _bind("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _INT, _HANDLE)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _HANDLE, _HANDLE)
bounds = _bind("FPDFPageObj_GetBounds", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
mark_count = _bind("FPDFPageObj_CountMarks", _INT, _HANDLE)
mark = _bind("FPDFPageObj_GetMark", _HANDLE, _HANDLE, ctypes.c_ulong)
actual_text = _bind(
    "FPDFPageObjMark_GetParamBlobValue",
    _INT,
    _HANDLE,
    ctypes.c_char_p,
    _HANDLE,
    ctypes.c_ulong,
    _HANDLE,
)
object_font_size = _bind("FPDFTextObj_GetFontSize", _INT, _HANDLE, _HANDLE)
text_font = _bind("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, _HANDLE, _HANDLE, ctypes.c_size_t)

draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _HANDLE, _HANDLE, _HANDLE)
segment_count = _bind("FPDFPath_CountSegments", _INT, _HANDLE)
path_segment = _bind("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _HANDLE, _HANDLE, _HANDLE)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_closes = _bind("FPDFPathSegment_GetClose", _INT, _HANDLE)
fill_color = _bind("FPDFPageObj_GetFillColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)

clip_path = _bind("FPDFPageObj_GetClipPath", _HANDLE, _HANDLE)
clip_path_count = _bind("FPDFClipPath_CountPaths", _INT, _HANDLE)
clip_segment_count = _bind("FPDFClipPath_CountPathSegments", _INT, _HANDLE, _INT)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _HANDLE, _HANDLE, _INT, _INT)

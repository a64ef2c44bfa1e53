"""Scanned twins: the pages of a PDF as pictures that a scanner, copier or fax might have made.

Every damage is a function of a picture and a die; those that move things on the page also
say how, so that what stands on the original can be found again on the twin.
"""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2_raw as raw
from numpy.typing import NDArray
from pikepdf import Dictionary, Name

from parsers.pdf.document import open_document

__all__ = ["DAMAGES", "Twin", "page_picture", "picture_pdf", "scanned", "twins"]

Image = NDArray[np.uint8]
Map = NDArray[np.float64]
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Twin:
    """A page as a picture (BGR), and the 2x3 map from points of the original to its points."""

    image: Image
    dpi: int
    to_twin: Map
    quality: int = 85
    bilevel: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the twin's page in points."""
        height, width = self.image.shape[:2]
        return width * 72 / self.dpi, height * 72 / self.dpi


def page_picture(document: Any, index: int, dpi: int) -> Image:
    """A page rendered in colour."""
    page = raw.FPDF_LoadPage(document, index)
    width = round(raw.FPDF_GetPageWidthF(page) * dpi / 72)
    height = round(raw.FPDF_GetPageHeightF(page) * dpi / 72)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    held = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    raw.FPDFBitmap_Destroy(bitmap)
    raw.FPDF_ClosePage(page)
    rows = np.frombuffer(held, np.uint8).reshape(height, stride)
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def twins(
    data: bytes, dpi: int, damages: Sequence[str] = (), seed: int = 1, pages: Sequence[int] = ()
) -> Iterator[Twin]:
    """The pages of a PDF as pictures, one by one; `pages` chooses by index."""
    with open_document(data) as document:
        if document is None:
            return
        for index in pages or range(document.page_count):
            dice = random.Random(f"{seed} {index} {' '.join(damages)}")
            twin = Twin(page_picture(document.handle, index, dpi), dpi, np.eye(2, 3))
            for name in damages:
                twin = DAMAGES[name](twin, dice)
            yield twin


def scanned(
    data: bytes,
    dpi: int = 200,
    damages: Sequence[str] = (),
    seed: int = 1,
    pages: Sequence[int] = (),
) -> bytes:
    """A PDF of page images, as a scanner makes it of the printed PDF."""
    return picture_pdf(list(twins(data, dpi, damages, seed, pages)))


def picture_pdf(pages: Sequence[Twin]) -> bytes:
    """A PDF whose pages show one picture each."""
    pdf = pikepdf.Pdf.new()
    for twin in pages:
        width, height = twin.size
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[-1]
        page.Resources = Dictionary(XObject=Dictionary(Im0=_image(pdf, twin)))
        page.Contents = pdf.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /Im0 Do Q" % (width, height))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _image(pdf: pikepdf.Pdf, twin: Twin) -> pikepdf.Stream:
    height, width = twin.image.shape[:2]
    head = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height}
    if twin.bilevel:
        packed = np.packbits(_gray(twin.image) > 127, axis=1).tobytes()
        stream = pdf.make_stream(packed)
        stream.stream_dict = Dictionary(**head, ColorSpace=Name.DeviceGray, BitsPerComponent=1)
        return stream
    plain = bool((twin.image[..., 0] == twin.image[..., 2]).all())
    picture = _gray(twin.image) if plain else twin.image
    held = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, twin.quality])[1].tobytes()
    stream = pdf.make_stream(held)
    space = Name.DeviceGray if plain else Name.DeviceRGB
    stream.stream_dict = Dictionary(
        **head, ColorSpace=space, BitsPerComponent=8, Filter=Name.DCTDecode
    )
    return stream


def _gray(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


# ---- what moves things --------------------------------------------------------------------------


def _warped(twin: Twin, matrix: Map, size: tuple[int, int] | None = None) -> Twin:
    """The picture moved by an affine map of its pixels."""
    height, width = twin.image.shape[:2]
    size = size or (width, height)
    image = cv2.warpAffine(twin.image, matrix, size, flags=cv2.INTER_LINEAR, borderValue=WHITE)
    in_points = matrix.copy()
    in_points[:, 2] *= 72 / twin.dpi
    whole = np.vstack([in_points, (0, 0, 1)]) @ np.vstack([twin.to_twin, (0, 0, 1)])
    return Twin(image, twin.dpi, whole[:2], twin.quality, twin.bilevel)


def _about_middle(twin: Twin, linear: Map) -> Map:
    height, width = twin.image.shape[:2]
    middle = np.array([width / 2, height / 2])
    return np.hstack([linear, (middle - linear @ middle)[:, None]])


def skew(twin: Twin, dice: random.Random, most: float = 2.0) -> Twin:
    """The paper lay askew."""
    angle = np.radians(dice.choice((-1, 1)) * dice.uniform(0.3, most))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return _warped(twin, _about_middle(twin, turn))


def steep(twin: Twin, dice: random.Random) -> Twin:
    """The paper lay badly askew."""
    return skew(twin, dice, 6.0)


def shear(twin: Twin, dice: random.Random) -> Twin:
    """The paper slid while it was drawn in: its upright lines lean, the level ones do not."""
    lean = dice.choice((-1, 1)) * dice.uniform(0.003, 0.012)
    return _warped(twin, _about_middle(twin, np.array([[1.0, lean], [0.0, 1.0]])))


def _quarters(twin: Twin, count: int) -> Twin:
    height, width = twin.image.shape[:2]
    if count == 1:  # clockwise
        return _warped(twin, np.array([[0.0, -1, height], [1, 0, 0]]), (height, width))
    if count == 2:
        return _warped(twin, np.array([[-1.0, 0, width], [0, -1, height]]))
    return _warped(twin, np.array([[0.0, 1, 0], [-1, 0, width]]), (height, width))


def turned90(twin: Twin, dice: random.Random) -> Twin:
    """Fed in sideways: the text runs downwards."""
    return _quarters(twin, 1)


def turned180(twin: Twin, dice: random.Random) -> Twin:
    """Upside down."""
    return _quarters(twin, 2)


def turned270(twin: Twin, dice: random.Random) -> Twin:
    """Fed in sideways: the text runs upwards."""
    return _quarters(twin, 3)


# ---- what changes the ink -----------------------------------------------------------------------


def _with(twin: Twin, image: Any, **changed: Any) -> Twin:
    held = {"quality": twin.quality, "bilevel": twin.bilevel} | changed
    return Twin(np.clip(image, 0, 255).astype(np.uint8), twin.dpi, twin.to_twin, **held)


def _noise_of(shape: tuple[int, ...], dice: random.Random, spread: float) -> Any:
    made = np.random.default_rng(dice.getrandbits(32))
    return made.normal(0, spread, shape).astype(np.float32)


def noise(twin: Twin, dice: random.Random) -> Twin:
    """The grain of a cheap sensor."""
    grain = _noise_of(twin.image.shape[:2], dice, dice.uniform(8, 16))
    return _with(twin, twin.image.astype(np.float32) + grain[..., None])


def specks(twin: Twin, dice: random.Random) -> Twin:
    """Dust: black dots on the paper, white ones in the letters."""
    made = np.random.default_rng(dice.getrandbits(32))
    image = twin.image.copy()
    height, width = image.shape[:2]
    for colour in (20, 255):
        count = height * width // 4000
        ys, xs = made.integers(0, height - 2, count), made.integers(0, width - 2, count)
        for size in (0, 1):
            kept = slice(None) if size == 0 else slice(0, count // 2)
            image[ys[kept] + size, xs[kept]] = colour
            image[ys[kept], xs[kept] + size] = colour
    return _with(twin, image)


def blur(twin: Twin, dice: random.Random) -> Twin:
    """Out of focus."""
    spread = dice.uniform(0.6, 1.1) * twin.dpi / 200
    return _with(twin, cv2.GaussianBlur(twin.image, (0, 0), spread))


def jpeg(twin: Twin, dice: random.Random) -> Twin:
    """Squeezed hard."""
    return _with(twin, twin.image, quality=dice.randint(20, 35))


def threshold(twin: Twin, dice: random.Random) -> Twin:
    """Scanned in black and white."""
    gray = cv2.GaussianBlur(_gray(twin.image), (0, 0), 0.5)
    limit = dice.uniform(120, 175)
    black = np.where(gray < limit, 0, 255).astype(np.uint8)
    return _with(twin, cv2.cvtColor(black, cv2.COLOR_GRAY2BGR), bilevel=True)


def grey(twin: Twin, dice: random.Random) -> Twin:
    """Grey paper, lit unevenly."""
    height, width = twin.image.shape[:2]
    slope = np.linspace(0.0, dice.uniform(0.1, 0.3), width, dtype=np.float32)[None, :]
    rise = np.linspace(0.0, dice.uniform(0.0, 0.2), height, dtype=np.float32)[:, None]
    light = dice.uniform(0.75, 0.95) - slope - rise
    return _with(twin, twin.image.astype(np.float32) * light[..., None])


def faint(twin: Twin, dice: random.Random) -> Twin:
    """The toner was running out."""
    strength = dice.uniform(0.4, 0.6)
    return _with(twin, 255 - (255 - twin.image.astype(np.float32)) * strength)


def thin(twin: Twin, dice: random.Random) -> Twin:
    """A light copy: strokes lose their edge."""
    wide = cv2.dilate(twin.image, np.ones((2, 2), np.uint8))
    return _with(twin, cv2.addWeighted(wide, 0.6, twin.image, 0.4, 0))


def spread(twin: Twin, dice: random.Random) -> Twin:
    """A dark copy: strokes run together."""
    wide = cv2.erode(twin.image, np.ones((2, 2), np.uint8))
    return _with(twin, cv2.addWeighted(wide, 0.7, twin.image, 0.3, 0))


def highlighter(twin: Twin, dice: random.Random) -> Twin:
    """Somebody marked lines in yellow, green or grey."""
    image = twin.image.astype(np.float32)
    height, width = image.shape[:2]
    for _ in range(4):
        x, y = dice.randint(0, width // 2), dice.randint(0, height)
        tall = round(dice.uniform(0.15, 0.3) * twin.dpi)
        colour = dice.choice(((120, 255, 255), (140, 255, 160), (190, 190, 190)))
        part = image[y : y + tall, x : x + dice.randint(width // 6, width // 2)]
        part *= np.array(colour, np.float32) / 255
    return _with(twin, image)


def stamp(twin: Twin, dice: random.Random) -> Twin:
    """A round office stamp in red or blue ink."""
    image = twin.image.astype(np.float32)
    height, width = image.shape[:2]
    radius = round(0.6 * twin.dpi)
    middle = (dice.randint(radius, width - radius), dice.randint(radius, height - radius))
    drawn = np.zeros((height, width), np.uint8)
    wide = max(2, round(twin.dpi / 60))
    cv2.circle(drawn, middle, radius, 255, wide, cv2.LINE_AA)
    cv2.circle(drawn, middle, round(0.7 * radius), 255, wide // 2 + 1, cv2.LINE_AA)
    place = (middle[0] - radius // 2, middle[1] + radius // 8)
    cv2.putText(drawn, "OK 12", place, cv2.FONT_HERSHEY_DUPLEX, radius / 75, 255, wide, cv2.LINE_AA)
    ink = drawn.astype(np.float32) / 255
    colour = np.array(dice.choice(((60, 50, 210), (190, 70, 60))), np.float32) / 255
    return _with(twin, image * (1 - 0.85 * ink[..., None] * (1 - colour)))


def holes(twin: Twin, dice: random.Random) -> Twin:
    """Punched for a file: the holes scan black."""
    image = twin.image.copy()
    height = image.shape[0]
    for away in (-40, 40):  # millimetres
        place = (round(twin.dpi * 11 / 25.4), round(height / 2 + away * twin.dpi / 25.4))
        cv2.circle(image, place, round(twin.dpi * 3 / 25.4), (15, 15, 15), -1, cv2.LINE_AA)
    return _with(twin, image)


def edges(twin: Twin, dice: random.Random) -> Twin:
    """Copied with the lid open: black margins and a shadow of the fold."""
    image = twin.image.astype(np.float32)
    height, width = image.shape[:2]
    made = np.random.default_rng(dice.getrandbits(32))
    wide = np.abs(np.cumsum(made.normal(0, 0.6, height))) + dice.uniform(0.04, 0.12) * twin.dpi
    across = np.arange(width, dtype=np.float32)[None, :]
    image[across < wide[:, None]] = 10
    image[: round(dice.uniform(0.03, 0.1) * twin.dpi)] = 15
    shade = 1 - 0.45 * np.exp(-(width - across) / (0.2 * twin.dpi))
    return _with(twin, image * shade[..., None])


def broken(twin: Twin, dice: random.Random) -> Twin:
    """Scratches in the drum: fine white lines break what crosses them."""
    image = twin.image.copy()
    height, width = image.shape[:2]
    for _ in range(width // 90):
        x = dice.randint(0, width - 3)
        image[:, x : x + dice.randint(1, max(1, twin.dpi // 100))] = 255
    for _ in range(height // 90):
        y = dice.randint(0, height - 3)
        image[y : y + dice.randint(1, max(1, twin.dpi // 100))] = 255
    return _with(twin, image)


DAMAGES: dict[str, Callable[[Twin, random.Random], Twin]] = {
    name.__name__: name
    for name in (
        skew, steep, shear, turned90, turned180, turned270, noise, specks, blur, jpeg, threshold,
        grey, faint, thin, spread, highlighter, stamp, holes, edges, broken,
    )
}  # fmt: skip
"""Name of a damage -> the damage; several are done in the order given."""

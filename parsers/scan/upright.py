"""A scanned page set upright: turned, straightened, its background made white."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.flatten import binarized, flattened
from parsers.scan.picture import Picture

__all__ = ["Matrix", "Prepared", "Quality", "prepare"]

Gray = NDArray[np.uint8]
Matrix = NDArray[np.float64]

_STEEPEST = 12.0
"""Paper that lies more askew than this (degrees) is taken for a picture."""
_MOST_LEAN = 1.5
_STRAIGHT = 0.03
"""Less is not worth smoothing every letter for."""
_MOST_SPECKS = 6
_HALF_TONES = 80
_FEW = 200
"""A page of half tones with fewer letters is a photo."""
_SURE_VOTES = 4
_MOST_POINTS = 40_000
_MOST_MARKS = 1_200


class Quality(NamedTuple):
    """How well a page can be read.

    Attributes:
        verdict: `good`, or why it should not be read: `blank-page`, `no-print` (a photo or
            a drawing), `too-noisy`, `print-too-small`, `print-too-thick`, or the verdict of
            the picture.
        glyph: Common height of letters without marks, in pixels.
        stroke: Thickness of their strokes, in parts of that height.
        specks: Specks for each letter.
        skew: By how many degrees the paper lay askew, clockwise.
        lean: By how many degrees more its upright lines leaned.
        turn: Direction of writing on the page as displayed: 0, 90, 180, 270 clockwise.
        turn_votes: How clearly the marks said which side is up (letters with a mark above
            less those with one below); near 0 nothing is known and the page stays as it is.
    """

    verdict: str
    glyph: float = 0.0
    stroke: float = 0.0
    specks: float = 0.0
    skew: float = 0.0
    lean: float = 0.0
    turn: int = 0
    turn_votes: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An upright page: `gray` from 0 black to 255 white, `binary` 1 where print is.

    Attributes:
        gray: The picture, its background white.
        binary: Where something is printed.
        to_page: 2x3 map from its pixels to points of the page as displayed.
        to_sheet: The same without straightening: a plain scale (and quarter turn), so that
            what is level here stays level. The middle of the page is the same in both.
        scale: Pixels per point.
        quality: How well it can be read.
    """

    gray: Gray
    binary: Gray
    to_page: Matrix
    to_sheet: Matrix
    scale: float
    quality: Quality


def prepare(picture: Picture) -> Prepared:
    """Set a page upright and clean it."""
    if picture.verdict or not picture.gray.size:
        return _unread(picture, picture.verdict or "blank-page")
    if picture.glyph <= 0 or _is_blank(picture.gray):
        return _unread(picture, "blank-page" if _is_blank(picture.gray) else "no-print")
    flat = flattened(picture.gray, picture.glyph)
    binary = binarized(flat, picture.glyph)
    parts = _parts(binary)
    glyph = picture.glyph
    turn, votes = _turn(binary, parts, glyph)
    angle, lean = _angles(_turned(binary, turn), glyph)
    moved, matrix = _straightened(_turned(flat, turn), angle, lean)
    if moved is None:
        gray, black = _turned(flat, turn), _turned(binary, turn)
    else:
        gray, black = moved, binarized(moved, glyph)
    gray, black = _without_margins(gray, black, glyph)
    quality = Quality("good", glyph, 0.0, 0.0, angle, lean, turn, votes)
    quality = _judged(black, glyph, quality, photo=_is_photo(picture.gray))
    back = _quarter_back(turn, flat.shape[1], flat.shape[0])
    to_picture = _times(back, matrix)
    points = np.diag([1 / picture.scale, 1 / picture.scale])
    return Prepared(gray, black, points @ to_picture, points @ back, picture.scale, quality)


def _unread(picture: Picture, verdict: str) -> Prepared:
    gray = picture.gray
    plain = np.eye(2, 3) / picture.scale
    return Prepared(gray, np.zeros_like(gray), plain, plain, picture.scale, Quality(verdict))


def _is_blank(gray: Gray) -> bool:
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper, darkest = np.percentile(small, (50, 0.02))
    return bool(paper - darkest < 40)


# ---- which side is up --------------------------------------------------------------------------


def _parts(binary: Gray) -> NDArray[np.int32]:
    """x, y, width, height, area of everything that hangs together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8)
    return np.asarray(stats[1:], np.int32)


def _turned(image: Gray, turn: int) -> Gray:
    """The picture with text that runs in direction `turn` (clockwise) made level."""
    codes = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
    return np.asarray(cv2.rotate(image, codes[turn]), np.uint8) if turn else image


def _quarter_back(turn: int, width: int, height: int) -> Matrix:
    """From pixels of the turned picture to those of the picture (`width` x `height`)."""
    return {
        0: np.array([[1.0, 0, 0], [0, 1, 0]]),
        90: np.array([[0.0, -1, width - 1], [1, 0, 0]]),
        180: np.array([[-1.0, 0, width - 1], [0, -1, height - 1]]),
        270: np.array([[0.0, 1, 0], [-1, 0, height - 1]]),
    }[turn]


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    """The map that applies `inner` first and `outer` after it."""
    whole = np.vstack([outer, (0, 0, 1)]) @ np.vstack([inner, (0, 0, 1)])
    return np.asarray(whole[:2], np.float64)


def _turn(binary: Gray, parts: NDArray[np.int32], glyph: float) -> tuple[int, int]:
    """Direction of writing, and how clearly the marks say which side is up."""
    wide, high = parts[:, 2], parts[:, 3]
    large = np.maximum(wide, high)
    bodies = parts[(large > 0.6 * glyph) & (large < 2.0 * glyph)]
    if len(bodies) < 8:
        return 0, 0
    sideways = _runs_down(bodies, glyph, binary.shape)
    if sideways:  # as it looks when turned so that 90 becomes level
        parts = _quarter_parts(parts, binary.shape[1])
    votes = _votes(parts, glyph)
    upside_down = votes <= -_SURE_VOTES
    turn = (90 if sideways else 0) + (180 if upside_down else 0)
    return turn, abs(votes)


def _quarter_parts(parts: NDArray[np.int32], width: int) -> NDArray[np.int32]:
    """The boxes after a quarter turn against the clock."""
    x, y, w, h, area = parts.T
    return np.stack([y, width - x - w, h, w, area], axis=1)


def _runs_down(bodies: NDArray[np.int32], glyph: float, shape: tuple[int, ...]) -> bool:
    """Whether the letters stand in columns more than in rows, looked at tile by tile."""
    factor = 4.0 / max(4.0, glyph)  # a letter becomes four pixels high
    tile = 32
    down, across = (math.ceil(side * factor / tile) for side in shape)
    canvas = np.zeros((down * tile, across * tile), np.uint8)
    for x, y, w, h, _ in bodies[:8000]:
        start = (round(x * factor), round(y * factor))
        end = (round((x + w) * factor) - 1, round((y + h) * factor) - 1)
        cv2.rectangle(canvas, start, end, 1, -1)
    tiles = canvas.reshape(down, tile, across, tile).astype(np.float32)
    rows, columns = tiles.mean(axis=3), tiles.mean(axis=1)
    return float(columns.var(axis=2).sum()) > float(rows.var(axis=1).sum())


def _votes(parts: NDArray[np.int32], glyph: float) -> int:
    """Letters with a mark above less letters with one below, dots at the foot counted too."""
    wide, high = parts[:, 2], parts[:, 3]
    large = np.maximum(wide, high)
    bodies = parts[(high > 0.7 * glyph) & (high < 1.6 * glyph) & (wide < 2.5 * glyph)]
    small = parts[(large > 0.12 * glyph) & (large < 0.75 * glyph) & (high < 0.6 * glyph)]
    if len(bodies) > 4 * _MOST_MARKS:
        bodies = bodies[np.argsort(bodies[:, 1])][: 4 * _MOST_MARKS]
        small = small[small[:, 1] <= bodies[-1, 1]]
    if len(small) > _MOST_MARKS:
        small = small[:: len(small) // _MOST_MARKS + 1]
    if not len(small) or not len(bodies):
        return 0
    bx, by, bw, bh = (bodies[:, i].astype(np.float32)[None, :] for i in range(4))
    sx, sy, sw, sh = (small[:, i].astype(np.float32)[:, None] for i in range(4))
    over = np.minimum(sx + sw, bx + bw) - np.maximum(sx, bx) > 0.4 * sw
    slack, reach = 0.2 * glyph, 0.5 * glyph
    above = by - (sy + sh)
    below = sy - (by + bh)
    has_above = (over & (above > -slack) & (above < reach)).any(axis=1)
    has_below = (over & (below > -slack) & (below < reach)).any(axis=1)
    apart = np.maximum(sx - (bx + bw), bx - (sx + sw))
    beside = (apart > -0.1 * glyph) & (apart < 0.5 * glyph)
    middle = sy + sh / 2
    at_foot = (beside & (np.abs(middle - by - bh) < 0.25 * glyph)).any(axis=1)
    at_head = (beside & (np.abs(middle - by) < 0.25 * glyph)).any(axis=1)
    marks = int((has_above & ~has_below).sum()) - int((has_below & ~has_above).sum())
    free = ~has_above & ~has_below
    dots = int((free & at_foot & ~at_head).sum()) - int((free & at_head & ~at_foot).sum())
    return marks + dots


# ---- how askew it lies -------------------------------------------------------------------------


def _angles(binary: Gray, glyph: float) -> tuple[float, float]:
    """Degrees by which level lines fall to the right, and upright ones lean further."""
    # Three in a row: dust has feet, too, but they are shorter.
    feet = cv2.erode(binary[:-1] & (1 - binary[1:]), np.ones((1, 3), np.uint8), borderValue=0)
    feet = np.asarray(feet, np.uint8)
    angle = _steepness(*_points(feet), _STEEPEST, 0.25)
    level, _ = _straightened(binary, angle, 0.0, plain=True)
    loose = cv2.dilate(binary if level is None else level, np.ones((1, 3), np.uint8))
    uprights = cv2.erode(loose, np.ones((max(24, int(3.0 * glyph)), 1), np.uint8), borderValue=0)
    xs, ys = _points(np.asarray(uprights, np.uint8))
    if len(xs) < 30 * glyph:
        return angle, 0.0
    # Seen with rows and columns exchanged a lean to the left is a fall to the right.
    lean = -_steepness(ys, xs, _MOST_LEAN, 0.1)
    return angle, lean


def _points(mask: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    flat = np.flatnonzero(np.asarray(mask))
    if len(flat) > _MOST_POINTS:
        flat = flat[:: len(flat) // _MOST_POINTS + 1]
    ys, xs = np.divmod(flat, mask.shape[1])
    return xs.astype(np.float32), ys.astype(np.float32)


def _steepness(xs: Any, ys: Any, most: float, step: float) -> float:
    """The angle at which the points fall into the fewest rows."""
    if len(xs) < 50:
        return 0.0
    best, width = 0.0, most
    while step >= 0.01:
        tried = best + np.arange(-width, width + step / 2, step)
        scores = [_sharpness(xs, ys, float(angle), step) for angle in tried]
        place = int(np.argmax(scores))
        best, width, step = float(tried[place]), step * 1.5, step / 5
    return best


def _sharpness(xs: Any, ys: Any, angle: float, step: float) -> float:
    slope = math.tan(math.radians(angle))
    rows = ys - slope * xs
    rows = rows - rows.min()
    bin_size = 3.0 if step > 0.04 else 1.5
    counts = np.bincount((rows / bin_size).astype(np.int32)).astype(np.float64)
    return float((counts * counts).sum())


def _straightened(
    gray: Gray, angle: float, lean: float, *, plain: bool = False
) -> tuple[Gray | None, Matrix]:
    """The picture made level, and the map from its pixels to those before.

    `plain` is for pictures of 0 and 1.
    """
    if abs(angle) < _STRAIGHT and abs(lean) < _STRAIGHT:
        return None, np.eye(2, 3)
    height, width = gray.shape
    fall = math.radians(angle)
    tilt = math.radians(angle + lean)
    # Where one step to the right, and one step down, lie on the crooked page.
    linear = np.array([[math.cos(fall), -math.sin(tilt)], [math.sin(fall), math.cos(tilt)]])
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    back = np.hstack([linear, (middle - linear @ middle)[:, None]])
    smooth = cv2.INTER_NEAREST if plain else cv2.INTER_CUBIC
    moved = cv2.warpAffine(
        gray,
        back,
        (width, height),
        flags=smooth | cv2.WARP_INVERSE_MAP,
        borderValue=0 if plain else 255,
    )
    return np.asarray(moved, np.uint8), back


# ---- what is no print --------------------------------------------------------------------------


def _without_margins(gray: Gray, black: Gray, glyph: float) -> tuple[Gray, Gray]:
    """Without black margins of the copier, punched holes and other solid blots."""
    solid = cv2.erode(black, np.ones((_blot(glyph), _blot(glyph)), np.uint8), borderValue=1)
    if not solid.any():
        return gray, black
    seeds = cv2.dilate(solid, np.ones((_blot(glyph) + 4, _blot(glyph) + 4), np.uint8))
    # Only what belongs to the blot: a ruling line that touches it stays.
    blots = cv2.dilate(cv2.bitwise_and(seeds, black), np.ones((3, 3), np.uint8))
    return np.where(blots > 0, 255, gray).astype(np.uint8), np.where(blots > 0, 0, black).astype(
        np.uint8
    )


def _blot(glyph: float) -> int:
    return max(7, int(0.8 * glyph))


def _is_photo(gray: Gray) -> bool:
    """Whether the page is neither paper nor ink: its shades are spread widely."""
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    dark, light = np.percentile(small, (10, 90))
    return bool(light - dark > _HALF_TONES)


def _judged(black: Gray, glyph: float, quality: Quality, *, photo: bool) -> Quality:
    """The quality with its measures and verdict."""
    parts = _parts(black)
    wide, high, area = parts[:, 2], parts[:, 3], parts[:, 4]
    letters = (high > 0.6 * glyph) & (high < 2 * glyph) & (wide < 4 * glyph)
    specks = int((np.maximum(wide, high) < 0.12 * glyph).sum())
    count = int(letters.sum())
    far = cv2.distanceTransform(black, cv2.DIST_L2, 3)
    ridge = far[(far >= cv2.dilate(far, np.ones((3, 3), np.uint8))) & (far > 0)]
    stroke = 2.0 * float(np.median(ridge)) / glyph if len(ridge) else 0.0
    filled = float(area[letters].sum() / max(1, (wide[letters] * high[letters]).sum()))
    verdict = "good"
    if count < (_FEW if photo else 3):
        verdict = "no-print"
    elif specks > _MOST_SPECKS * max(count, 200):
        verdict = "too-noisy"
    elif glyph < 7:
        verdict = "print-too-small"
    elif stroke > 0.42 or filled > 0.85:
        verdict = "print-too-thick"
    return quality._replace(verdict=verdict, stroke=stroke, specks=specks / max(1, count))

"""What scanners, copiers and offices do to print: one function for each kind of damage.

Every function takes a grey picture (0 black, 255 white, float) and a random generator, and
returns a picture of the same kind. `single` does one named kind, `mixed` several at once.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

__all__ = ["KINDS", "mixed", "single"]

Gray = NDArray[np.float32]


def _clean(image: Gray, rng: Generator) -> Gray:
    return image


def _blur(image: Gray, rng: Generator) -> Gray:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.5, 1.5))), np.float32)


def _jpeg(image: Gray, rng: Generator) -> Gray:
    _, data = cv2.imencode(".jpg", image.clip(0, 255).astype(np.uint8),
                            [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(12, 60))])  # fmt: skip
    return np.asarray(cv2.imdecode(data, 0), np.float32)


def _lines(image: Gray, rng: Generator) -> Gray:
    """Ruling lines of the cell at one or more edges, whole or broken."""
    out, (h, w) = image.copy(), image.shape
    for side in rng.choice(4, int(rng.integers(1, 4)), replace=False):
        thick, tone = int(rng.integers(1, 4)), float(rng.uniform(0, 150))
        at = int(rng.integers(0, 4))
        a, b = (0, 1) if rng.random() < 0.7 else sorted(rng.uniform(0, 1, 2))
        if side < 2:
            rows = slice(at, at + thick) if side == 0 else slice(h - at - thick, h - at)
            out[rows, int(a * w) : int(b * w) + 1] = tone
        else:
            cols = slice(at, at + thick) if side == 2 else slice(w - at - thick, w - at)
            out[int(a * h) : int(b * h) + 1, cols] = tone
    return out


def _low_contrast(image: Gray, rng: Generator) -> Gray:
    paper = float(rng.uniform(170, 255))
    dark = float(rng.uniform(40, paper - 55))
    return dark + image / 255 * (paper - dark)


def _off_centre(image: Gray, rng: Generator) -> Gray:
    """The crop cuts close to the letters, or slightly into them."""
    h = image.shape[0]
    rows = np.flatnonzero((image < 128).any(1))
    if not len(rows):
        return image
    cut = int(rng.integers(-2, max(1, (rows[-1] - rows[0]) // 12) + 1))
    top = rng.random() < 0.5
    part = image[max(0, rows[0] + cut) :] if top else image[: max(0, rows[-1] + 1 - cut)]
    return part if len(part) >= min(8, h) else image


def _affine(image: Gray, matrix: NDArray[np.float64]) -> Gray:
    h, w = image.shape
    paper = float(np.percentile(image, 90))
    return np.asarray(
        cv2.warpAffine(image, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=(paper,)),
        np.float32,
    )


def _skew(image: Gray, rng: Generator) -> Gray:
    h, w = image.shape
    angle = float(rng.uniform(-1.8, 1.8)) * min(1.0, 6 * h / w)
    return _affine(image, cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0))


def _shear(image: Gray, rng: Generator) -> Gray:
    h, k = image.shape[0], float(rng.uniform(-0.16, 0.16))
    return _affine(image, np.array([[1, k, -k * h / 2], [0, 1, 0]], np.float64))


def _perspective(image: Gray, rng: Generator) -> Gray:
    h, w = image.shape
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    moved = corners + rng.uniform(-1, 1, (4, 2)).astype(np.float32) * [
        min(0.04 * w, 0.3 * h),
        0.07 * h,
    ]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    paper = float(np.percentile(image, 90))
    return np.asarray(cv2.warpPerspective(image, matrix, (w, h), borderValue=(paper,)), np.float32)


def _thick(image: Gray, rng: Generator) -> Gray:
    size = int(rng.integers(2, 4)) if image.shape[0] > 44 else 2
    worn = cv2.erode(image, np.ones((size, size), np.uint8))
    part = float(rng.uniform(0.5, 1))
    return np.asarray(worn * part + image * (1 - part), np.float32)


def _thin(image: Gray, rng: Generator) -> Gray:
    worn = np.asarray(cv2.dilate(image, np.ones((2, 2), np.uint8)), np.float32)
    part = float(rng.uniform(0.4, 0.85))
    return worn * part + image * (1 - part)


def _threshold(image: Gray, rng: Generator) -> Gray:
    """A bilevel scan: grey edges fall to black or white at once."""
    low, high = float(image.min()), float(np.percentile(image, 90))
    cut = low + (high - low) * float(rng.uniform(0.4, 0.8))
    noisy = image + rng.normal(0, float(rng.uniform(0, 14)), image.shape).astype(np.float32)
    return np.where(noisy < cut, 0, 255).astype(np.float32)


def _touching(image: Gray, rng: Generator) -> Gray:
    worn = cv2.erode(image, np.ones((1, int(rng.integers(2, 4))), np.uint8))
    return np.asarray(cv2.GaussianBlur(worn, (0, 0), 0.7), np.float32)


def _salt_pepper(image: Gray, rng: Generator) -> Gray:
    out = image.copy()
    lot = rng.random(image.shape)
    share = float(rng.uniform(0.001, 0.012))
    out[lot < share] = float(rng.uniform(0, 90))
    out[lot > 1 - share] = 255
    if rng.random() < 0.4:  # specks of a few pixels
        for _ in range(int(rng.integers(1, 6))):
            y, x = int(rng.integers(0, image.shape[0])), int(rng.integers(0, image.shape[1]))
            cv2.circle(out, (x, y), int(rng.integers(0, 2)), (float(rng.uniform(0, 120)),), -1)
    return out


def _photocopy(image: Gray, rng: Generator) -> Gray:
    """A copy of a copy: hard contrast, blotches where toner failed, dirt."""
    soft = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.4, 1.0)))
    h, w = image.shape
    coarse = rng.normal(0, 1, (max(2, h // 8), max(2, w // 8))).astype(np.float32)
    field = cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC)
    fine = rng.normal(0, 1, image.shape).astype(np.float32)
    toned = soft + field * float(rng.uniform(4, 22)) + fine * float(rng.uniform(4, 22))
    gain = float(rng.uniform(1.4, 4))
    return np.asarray(
        (128 + (toned - float(rng.uniform(105, 165))) * gain).clip(0, 255), np.float32
    )


def _noise(image: Gray, rng: Generator) -> Gray:
    return (
        (image + rng.normal(0, float(rng.uniform(3, 22)), image.shape))
        .clip(0, 255)
        .astype(np.float32)
    )


def _highlight(image: Gray, rng: Generator) -> Gray:
    """A marker pen or a grey fill, over the whole cell or a part of it."""
    out, (h, w) = image.copy(), image.shape
    tone = float(rng.uniform(0.5, 0.92))
    if rng.random() < 0.5:
        return out * tone
    a, b = sorted(rng.uniform(0, 1, 2))
    top, bottom = int(rng.uniform(0, 0.3) * h), int(rng.uniform(0.7, 1) * h)
    out[top:bottom, int(a * w) : int(b * w) + 2] *= tone
    return out


def _gradient(image: Gray, rng: Generator) -> Gray:
    ends = rng.uniform(0.6, 1, 2)
    ramp = np.linspace(float(ends[0]), float(ends[1]), image.shape[1], dtype=np.float32)
    return image * ramp


def _stamp(image: Gray, rng: Generator) -> Gray:
    """A stroke of a stamp or signature, paler than the print, crosses the text."""
    out, (h, w) = image.copy(), image.shape
    layer = np.full(image.shape, 255, np.float32)
    tone = float(rng.uniform(110, 215))
    for _ in range(int(rng.integers(1, 3))):
        centre = (int(rng.uniform(-0.2, 1.2) * w), int(rng.uniform(-1.5, 2.5) * h))
        axes = (int(rng.uniform(0.5, 2.5) * h), int(rng.uniform(0.5, 2.5) * h))
        cv2.ellipse(
            layer,
            centre,
            axes,
            float(rng.uniform(0, 180)),
            0,
            360,
            (tone,),
            int(rng.integers(1, max(2, h // 14) + 1)),
            cv2.LINE_AA,
        )
    return np.minimum(out, layer)


def _underline(image: Gray, rng: Generator) -> Gray:
    out, (h, w) = image.copy(), image.shape
    rows = np.flatnonzero((image < 128).any(1))
    if not len(rows):
        return image
    y = min(h - 1, int(rows[-1] + rng.integers(0, max(2, h // 16))))
    a, b = (0.0, 1.0) if rng.random() < 0.6 else sorted(rng.uniform(0, 1, 2))
    tone, dotted = float(rng.uniform(0, 120)), rng.random() < 0.3
    cols = np.arange(int(a * w), int(b * w))
    if dotted:
        cols = cols[cols % 5 < 2]
    out[y : y + int(rng.integers(1, 3)), cols] = tone
    return out


def _neighbours(image: Gray, rng: Generator) -> Gray:
    """Bits of the line above or below reach into the crop."""
    out, h = image.copy(), image.shape[0]
    depth = int(rng.integers(1, max(2, h // 9) + 1))
    rows = np.flatnonzero((image < 128).any(1))
    if not len(rows):
        return image
    middle = int((rows[0] + rows[-1]) // 2)
    strip = np.roll(image[middle : middle + depth], int(rng.integers(0, image.shape[1])), axis=1)
    if rng.random() < 0.5:
        out[: len(strip)] = np.minimum(out[: len(strip)], strip)
    else:
        out[h - len(strip) :] = np.minimum(out[h - len(strip) :], strip)
    return out


def _reverse(image: Gray, rng: Generator) -> Gray:
    """White on a dark fill, as table heads are."""
    return (255 - image) * float(rng.uniform(0.7, 1)) + float(rng.uniform(0, 60))


def _resample(image: Gray, rng: Generator) -> Gray:
    """Scanned coarser than it is rendered: pixels come back stretched."""
    h, w = image.shape
    f = float(rng.uniform(0.5, 0.85))
    small = cv2.resize(
        image, (max(4, int(w * f)), max(8, int(h * f))), interpolation=cv2.INTER_AREA
    )
    return np.asarray(cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR), np.float32)


def _broken(image: Gray, rng: Generator) -> Gray:
    """Hairline white stripes of a worn drum or a fax."""
    out, h = image.copy(), image.shape[0]
    for _ in range(int(rng.integers(1, 3))):
        out[int(rng.integers(0, h))] = 255
    return out


Damage = Callable[[Gray, Generator], Gray]
KINDS: dict[str, Damage] = {
    "clean": _clean, "blur": _blur, "jpeg": _jpeg, "lines": _lines, "low contrast": _low_contrast,
    "off-centre": _off_centre, "skew": _skew, "underline": _underline, "highlight": _highlight,
    "photocopy": _photocopy, "thick": _thick, "touching": _touching, "thin": _thin,
    "salt and pepper": _salt_pepper, "stamp": _stamp, "perspective": _perspective,
    "threshold": _threshold,
}  # fmt: skip
"""The kinds that are measured one by one."""

_SHAPE: list[tuple[float, Damage]] = [
    (0.10, _underline), (0.10, _stamp), (0.13, _neighbours), (0.15, _skew), (0.15, _shear),
    (0.12, _perspective), (0.10, _off_centre),
]  # fmt: skip
_TONE: list[tuple[float, Damage]] = [
    (0.12, _thick), (0.10, _touching), (0.12, _thin), (0.25, _blur), (0.16, _resample),
    (0.20, _lines), (0.12, _highlight), (0.08, _gradient), (0.08, _broken), (0.22, _low_contrast),
    (0.15, _photocopy), (0.20, _noise), (0.12, _salt_pepper), (0.16, _threshold), (0.30, _jpeg),
    (0.05, _reverse),
]  # fmt: skip


def single(image: Gray, kind: str, rng: Generator) -> Gray:
    """One named damage."""
    return KINDS[kind](image, rng)


def mixed(image: Gray, rng: Generator, strength: float = 1.0) -> Gray:
    """Several damages in the order in which they happen to paper; `strength` scales how often."""
    for share, harm in (*_SHAPE, *_TONE):
        if rng.random() < share * strength:
            image = harm(image, rng)
    return image

"""Training pictures: text, face, size, place in the crop, damage, and the reader's own window.

``python -m bench.reader.data cell OUT --count 60000`` writes shards that `train` reads while
more are being written.
"""

import argparse
import pickle
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from bench.reader import damage
from bench.reader.fonts import HELD_OUT, OTHER_LATIN, Face, faces
from bench.reader.render import drawable, ink
from bench.reader.text import Words, cell, charset, folded, line, load_words
from parsers.scan.crop import prepare

__all__ = ["FONTS", "HEIGHTS", "Maker", "Sample", "load"]

HEIGHTS = {"cell": 32, "line": 40}
FONTS = (Path("reader-work/fonts/node_modules/@fontsource"), Path("reader-work/fonts/ttf"))
OFFICE = {
    "Sarabun", "Laksaman", "Norasi", "Kinnari", "Garuda", "Loma", "Umpush", "Waree", "Taviraj",
    "Trirong", "Niramit", "Krub", "Noto Sans Thai", "Noto Serif Thai", "Noto Looped Thai",
}  # fmt: skip
FANCY = {"Charm", "Charmonman", "Pattaya", "Purisa", "Sriracha", "Chonburi", "Mali", "Itim"}
Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture to read, with what is printed in it and how it was made."""

    crop: Gray
    text: str
    kind: str
    family: str
    damage: str
    em: int


class Maker:
    """Makes samples of one model's kind from the faces given."""

    def __init__(self, model: str, found: list[Face], seed: int, cells: float = 0.12) -> None:
        self.model, self.random, self.generator = model, Random(seed), default_rng(seed)
        self.words: Words | None = load_words() if model == "line" else None
        self.symbols = set(charset(model)) | set("–—")
        self.cells = cells
        self.faces, self.weights = found, _weights(found)

    def sample(self, kind: str | None = None, harm: str = "mixed", em: int = 0) -> Sample:
        """A picture; `harm` is a kind of damage, or `mixed`."""
        while True:
            if kind is None and self.random.random() < 0.02:
                return self._empty()
            name, text = self._text(kind)
            face = self.random.choices(self.faces, self.weights)[0]
            latin = self.random.choice(OTHER_LATIN()) if self.random.random() < 0.12 else None
            size = em or int(np.exp(self.generator.uniform(np.log(19), np.log(76))))
            if not set(text) <= self.symbols or not drawable(text, face, latin):
                continue
            drawn = ink(text, face, size, latin, self._spread())
            if drawn.max() < 0.3:
                continue
            page = self._page(drawn, size)
            if harm == "mixed":
                page = damage.mixed(
                    page, self.generator, self.random.choice([0.0, 0.5, 1.0, 1.0, 1.4])
                )
            else:
                page = damage.single(page, harm, self.generator)
            crop = page.clip(0, 255).astype(np.uint8)
            return Sample(crop, folded(text), name, face.family, harm, size)

    def _empty(self) -> Sample:
        """Paper with nothing printed on it, but with lines, dirt and what else lies there."""
        size = int(np.exp(self.generator.uniform(np.log(19), np.log(76))))
        shape = (
            int(size * self.generator.uniform(0.8, 2)),
            int(size * self.generator.uniform(0.5, 5)),
        )
        page = damage.mixed(np.full(shape, 255, np.float32), self.generator, 1.5)
        return Sample(page.clip(0, 255).astype(np.uint8), "", "empty", "", "mixed", size)

    def _text(self, kind: str | None) -> tuple[str, str]:
        if self.words is None:
            return cell(self.random, kind)
        if kind or self.random.random() < self.cells:
            return cell(self.random, kind)
        longest = 40 if self.random.random() < 0.7 else 14
        return "line", line(self.random, self.words, longest)

    def _spread(self) -> float:
        return self.random.choice([0, 0, 0, 0, 0, 0, 0.02, 0.06, -0.03])

    def _page(self, drawn: NDArray[np.float32], size: int) -> NDArray[np.float32]:
        """The ink on paper, cut out as a line finder cuts: close, or with the cell's room."""
        rows = np.flatnonzero((drawn > 0.3).any(1))
        cols = np.flatnonzero((drawn > 0.3).any(0))
        uniform = self.generator.uniform
        if self.random.random() < 0.6 or len(rows) < size * 0.35:
            base = int(size * 1.6)
            top = min(int(rows[0]) - 1, base - int(uniform(0.75, 1.45) * size))
            bottom = max(int(rows[-1]) + 2, base + int(uniform(0.15, 0.65) * size))
        else:
            top, bottom = int(rows[0] - uniform(0, 5)), int(rows[-1] + 1 + uniform(0, 5))
        left = (
            int(cols[0] - uniform(0, 0.8) * size)
            if self.random.random() < 0.7
            else int(cols[0]) - 1
        )
        right = int(cols[-1] + 2 + uniform(0, 0.8) * size)
        out = np.zeros((bottom - top, right - left), np.float32)
        h, w = drawn.shape
        y0, y1, x0, x1 = max(0, top), min(h, bottom), max(0, left), min(w, right)
        out[y0 - top : y1 - top, x0 - left : x1 - left] = drawn[y0:y1, x0:x1]
        dark = float(uniform(0, 70))
        return 255 - out * (255 - dark)


def _weights(found: list[Face]) -> list[float]:
    """How often a face is used: families alike, office faces more, slanted and fancy ones less."""
    sizes: dict[str, float] = {}
    slant = [0.35 if "talic" in face.style or "Obl" in face.style else 1.0 for face in found]
    for face, share in zip(found, slant, strict=True):
        sizes[face.family] = sizes.get(face.family, 0) + share
    return [
        share
        / sizes[face.family]
        * (2.0 if face.family in OFFICE else 0.4 if face.family in FANCY else 1.0)
        for face, share in zip(found, slant, strict=True)
    ]


def load(folder: Path) -> list[tuple[Gray, str]]:
    """All pictures of the shards in a folder, ready for the network, with their text."""
    out: list[tuple[Gray, str]] = []
    for file in sorted(folder.glob("*.pkl")):
        with file.open("rb") as stream:
            out += pickle.load(stream)  # noqa: S301  # our own file
    return out


def _ready(sample: Sample, height: int) -> tuple[Gray, str] | None:
    ready = prepare(sample.crop, height)
    return None if ready is None else (ready.ink, sample.text)


def main() -> None:
    """Writes shards of 2,000 pictures until there are enough."""
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=sorted(HEIGHTS))
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cells", type=float, default=0.12, help="share of cells among lines")
    parser.add_argument("--without", nargs="*", default=[], help="families left out, or 'held'")
    given = parser.parse_args()
    left_out = HELD_OUT if given.without == ["held"] else tuple(given.without)
    found = [face for face in faces(*FONTS) if face.family not in left_out]
    given.out.mkdir(parents=True, exist_ok=True)
    for shard in range(given.count // 2000):
        maker = Maker(given.model, found, given.seed * 100_003 + shard, given.cells)
        made = [_ready(maker.sample(), HEIGHTS[given.model]) for _ in range(2000)]
        target = given.out / f"{given.seed:03d}-{shard:05d}.pkl"
        scratch = target.with_suffix(".part")
        scratch.write_bytes(pickle.dumps([one for one in made if one is not None]))
        scratch.rename(target)


if __name__ == "__main__":
    main()

"""Trains a reader for a given time, and keeps the best so far.

``python -m bench.reader.train cell --data DIR --out DIR --minutes 20`` on one thread; new
shards are taken in as `data` writes them. Stopping and starting again goes on where it was,
with ``--resume``.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from torch import Tensor, nn

from bench.reader.data import HEIGHTS, load
from bench.reader.network import SIZES, Reader, device
from bench.reader.text import charset

__all__ = ["edits", "greedy"]

Gray = NDArray[np.uint8]
Pair = tuple[Gray, str]
RATE = 2.5e-3


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures of about one width, padded at random, and what they say."""

    ink: Tensor
    labels: Tensor
    lengths: Tensor
    widths: Tensor


def _varied(ink: Gray, height: int, rng: Generator) -> Gray:
    """A picture seen a second time is not the same: wider or narrower, moved, other tone."""
    scale = height / ink.shape[0]
    width = max(8, int(ink.shape[1] * scale * rng.uniform(0.86, 1.16)))
    tall = rng.uniform(0.94, 1.05)
    down = (1 - tall) * height / 2 + rng.uniform(-1.5, 1.5)
    matrix = np.array([[width / ink.shape[1], 0, 0], [0, tall * scale, down]])
    out = cv2.warpAffine(ink, matrix, (width, height))
    if rng.random() < 0.3:
        gamma = rng.uniform(0.6, 1.7)
        out = cv2.LUT(out, (255 * (np.arange(256) / 255) ** gamma).astype(np.uint8))
    return np.asarray(out, np.uint8)


def _fitted(ink: Gray, height: int) -> Gray:
    """The picture at the height of the network."""
    scale = height / ink.shape[0]
    if scale == 1:
        return ink
    size = (max(8, round(ink.shape[1] * scale)), height)
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)


def _batch(
    pairs: list[Pair], index: dict[str, int], height: int, rng: Generator, vary: bool
) -> Batch:
    pictures = [_varied(i, height, rng) if vary else _fitted(i, height) for i, _ in pairs]
    widest = max(ink.shape[1] for ink in pictures)
    widest += int(rng.integers(0, 28)) if vary else 0
    out = np.zeros((len(pairs), 1, pictures[0].shape[0], widest), np.float32)
    for row, ink in zip(out, pictures, strict=True):
        x = int(rng.integers(0, min(24, widest - ink.shape[1]) + 1)) if vary else 0
        row[0, :, x : x + ink.shape[1]] = ink
    out /= 255
    labels = [[index[char] for char in text] for _, text in pairs]
    return Batch(
        torch.from_numpy(out).to(memory_format=torch.channels_last),
        torch.tensor([one for row in labels for one in row]),
        torch.tensor([len(row) for row in labels]),
        torch.tensor([ink.shape[1] for ink in pictures]),
    )


def _fits(pair: Pair, index: dict[str, int]) -> bool:
    """Enough frames for the text, and nothing unknown in it."""
    ink, text = pair
    return 2 * len(text) < 0.43 * ink.shape[1] and set(text) <= set(index)


def _batches(pairs: list[Pair], pixels: int, rng: Generator) -> list[list[Pair]]:
    """Neighbours in width go together; the batches come in random order."""
    order = sorted(pairs, key=lambda pair: pair[0].shape[1] * rng.uniform(0.93, 1.07))
    out: list[list[Pair]] = []
    at = 0
    while at < len(order):
        count = max(4, min(96, pixels // order[min(at + 32, len(order) - 1)][0].shape[1]))
        out.append(order[at : at + count])
        at += count
    rng.shuffle(out)  # type: ignore[arg-type]
    return out


def greedy(scores: NDArray[np.float32], symbols: str) -> str:
    """The best path, for watching the training only."""
    best = scores.argmax(-1)
    keep = (best != 0) & (best != np.concatenate(([0], best[:-1])))
    return "".join(symbols[i - 1] for i in best[keep])


def edits(a: str, b: str) -> int:
    """Characters to change, add or take away to make one text of the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


@torch.no_grad()
def _check(model: Reader, pairs: list[Pair], symbols: str) -> tuple[float, float]:
    """Share of texts read exactly, and errors per character."""
    model.eval()
    index = {char: at for at, char in enumerate(symbols, 1)}
    right = wrong = chars = 0
    rng = default_rng(0)
    for group in _batches(pairs, 6000, rng):
        batch = _batch(group, index, model.height, rng, vary=False)
        scores = model(batch.ink.to(device())).float().cpu().numpy()
        for row, width, (_, text) in zip(scores, batch.widths.tolist(), group, strict=True):
            found = greedy(row[: (width + 1) // 2], symbols)
            right += found == text
            wrong += edits(found, text)
            chars += len(text)
    model.train()
    return right / len(pairs), wrong / chars


class Trainer:
    """One model, its optimiser, and the clock by which its rate falls."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.symbols = given, charset(given.model)
        self.index = {char: at for at, char in enumerate(self.symbols, 1)}
        torch.manual_seed(given.seed)
        self.rng = default_rng(given.seed)
        self.model = Reader(SIZES[given.model], len(self.symbols) + 1).to(
            device(), memory_format=torch.channels_last
        )
        self.optimiser = torch.optim.AdamW(self.model.parameters(), lr=RATE, weight_decay=0.01)
        self.start, self.seen, self.best, self.steps = time.monotonic(), 0, 9.0, 0
        self.average: dict[str, Tensor] = {}
        given.out.mkdir(parents=True, exist_ok=True)
        self.file = given.out / f"{given.model}.pt"
        if given.resume:
            self.model.load_state_dict(torch.load(given.resume, map_location=device())["model"])

    def passed(self) -> float:
        """Share of the time that is over."""
        return (time.monotonic() - self.start) / (60 * float(self.given.minutes))

    def step(self, pairs: list[Pair]) -> float:
        """One batch forward and back."""
        done = min(1.0, self.passed())
        rate = (
            self.given.rate
            * min(1.0, (self.steps + 1) / 200)
            * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * done)))
        )
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        batch = _batch(pairs, self.index, self.model.height, self.rng, vary=True)
        with torch.autocast(device(), dtype=torch.bfloat16):
            scores = self.model(batch.ink.to(device()))
        logs = scores.float().transpose(0, 1).log_softmax(-1)
        frames = torch.full((len(pairs),), logs.shape[0])
        loss = nn.functional.ctc_loss(logs, batch.labels, frames, batch.lengths, zero_infinity=True)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimiser.step()
        self.steps, self.seen = self.steps + 1, self.seen + len(pairs)
        self._remember()
        return float(loss.detach())

    def _remember(self) -> None:
        """A running mean of the weights: steadier than the weights of the last step."""
        keep = min(0.998, (self.steps + 1) / (self.steps + 10))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                if not value.dtype.is_floating_point:
                    self.average[name] = value.clone()
                elif name in self.average:
                    self.average[name].lerp_(value, 1 - keep)
                else:
                    self.average[name] = value.clone()

    def report(self, loss: float, check: list[Pair]) -> None:
        """Measures the mean weights on pictures not trained on, and keeps them if best."""
        probe = Reader(SIZES[self.given.model], len(self.symbols) + 1).to(device())
        probe.load_state_dict(self.average)
        right, wrong = _check(probe, check, self.symbols)
        line = {
            "min": round((time.monotonic() - self.start) / 60, 1),
            "seen": self.seen,
            "loss": round(loss, 3),
            "exact": round(right, 4),
            "cer": round(wrong, 4),
        }
        print(json.dumps(line), flush=True)
        torch.save(
            {
                "model": self.average,
                "last": self.model.state_dict(),
                "log": line,
                "symbols": self.symbols,
            },
            self.file,
        )


def main() -> None:
    """Trains until the minutes are over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=sorted(HEIGHTS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pixels", type=int, default=6000, help="picture columns in a batch")
    parser.add_argument("--every", type=float, default=2.0, help="minutes between checks")
    parser.add_argument("--round", type=int, default=30_000, help="pictures between two looks")
    parser.add_argument("--resume", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    trainer = Trainer(given)
    last, losses, check = time.monotonic(), [], []
    while trainer.passed() < 1:
        pairs = [pair for pair in load(given.data) if _fits(pair, trainer.index)]
        check, pairs = pairs[:300], pairs[500:]
        pairs = [pairs[at] for at in trainer.rng.permutation(len(pairs))[: given.round]]
        for group in _batches(pairs, given.pixels, trainer.rng):
            losses.append(trainer.step(group))
            if time.monotonic() - last > 60 * given.every:
                trainer.report(float(np.mean(losses)), check)
                last, losses = time.monotonic(), []
            if trainer.passed() >= 1:
                break
    trainer.report(float(np.mean(losses or [0])), check)


if __name__ == "__main__":
    main()

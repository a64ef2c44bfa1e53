"""Writes a trained reader into the package: the ONNX file, and the facts that lie beside it.

``python -m bench.reader.export cell --checkpoint FILE`` also checks that onnxruntime says what
torch says, and fits the temperature by which the scores are divided before probabilities are
made of them (a network that has trained long is surer than it should be).
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from bench.reader.data import FONTS, HEIGHTS, Maker
from bench.reader.fonts import faces, licences
from bench.reader.network import SIZES, Reader
from parsers.scan.crop import prepare

__all__ = ["main"]

BEAMS = {"cell": 12, "line": 6}
PACKAGE = Path(__file__).resolve().parents[2] / "parsers" / "data" / "reader"


def _write(model: Reader, height: int, target: Path) -> None:
    """The ONNX file, for pictures of any width and in any number."""
    sample = torch.zeros(1, 1, height, 128)
    model.eval()
    torch.onnx.export(
        model, (sample,), str(target), input_names=["ink"], output_names=["scores"], dynamo=False,
        dynamic_axes={"ink": {0: "batch", 3: "width"}, "scores": {0: "batch", 1: "frames"}},
    )  # fmt: skip


def _pictures(kind: str, count: int, seed: int) -> list[tuple[NDArray[np.float32], str]]:
    maker = Maker(kind, faces(*FONTS), seed)
    out = []
    while len(out) < count:
        made = maker.sample()
        ready = prepare(made.crop, HEIGHTS[kind])
        if ready is not None:
            out.append(
                (
                    np.pad(ready.ink, ((0, 0), (0, 8))).astype(np.float32)[None, None] / 255,
                    made.text,
                )
            )
    return out


def _difference(
    model: Reader, session: Any, pictures: list[tuple[NDArray[np.float32], str]]
) -> float:
    """The largest difference between the probabilities of torch and of onnxruntime."""
    worst = 0.0
    for ink, _ in pictures:
        with torch.no_grad():
            ours = model(torch.from_numpy(ink)).softmax(-1).numpy()
        theirs = torch.from_numpy(session.run(None, {"ink": ink})[0]).softmax(-1).numpy()
        worst = max(worst, float(np.abs(ours - theirs).max()))
    return worst


def _temperature(
    session: Any, pictures: list[tuple[NDArray[np.float32], str]], symbols: str
) -> float:
    """The temperature at which what is printed is likeliest."""
    scores = [torch.from_numpy(session.run(None, {"ink": ink})[0][0]) for ink, _ in pictures]
    labels = [torch.tensor([symbols.index(char) + 1 for char in text]) for _, text in pictures]

    def loss(heat: float) -> float:
        total = 0.0
        for row, want in zip(scores, labels, strict=True):
            logs = (row / heat).log_softmax(-1)[:, None]
            one = torch.nn.functional.ctc_loss(
                logs,
                want[None],
                torch.tensor([len(row)]),
                torch.tensor([len(want)]),
                reduction="sum",
            )
            total += min(30.0, float(one))
        return total

    return min((round(0.7 + 0.1 * step, 1) for step in range(20)), key=loss)


def main() -> None:
    """Writes model, facts and font list; says what was checked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=sorted(HEIGHTS))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PACKAGE)
    given = parser.parse_args()
    torch.set_num_threads(1)
    saved = torch.load(given.checkpoint, map_location="cpu")
    symbols = saved["symbols"]
    model = Reader(SIZES[given.model], len(symbols) + 1)
    model.load_state_dict(saved["model"])
    target = given.out / f"{given.model}.onnx"
    _write(model, HEIGHTS[given.model], target)
    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    pictures = _pictures(given.model, 600, 977)
    facts = {
        "symbols": symbols, "height": HEIGHTS[given.model],
        "temperature": _temperature(session, pictures, symbols), "beam": BEAMS[given.model],
        "training": saved["log"],
        "torch_against_onnx": _difference(model.eval(), session, pictures[:60]),
    }  # fmt: skip
    beside = target.with_suffix(".json")
    beside.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fonts = licences(faces(*FONTS), FONTS[0])
    (given.out / "fonts.json").write_text(
        json.dumps(fonts, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print(target.stat().st_size, {key: facts[key] for key in facts if key != "symbols"})


if __name__ == "__main__":
    main()

"""The network: convolutions over the picture, convolutions along the line, CTC.

No recurrence: it learns less of the text's format, trains with bfloat16 on a CPU, and is not
upset by padding beyond its field of view.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

__all__ = ["SIZES", "Reader", "Size", "device"]


@dataclass(frozen=True, slots=True)
class Size:
    """Channels of the picture's layers, of the line's layers, and how many of these."""

    picture: tuple[int, int, int, int, int]
    line: int
    depth: int
    height: int


SIZES = {
    "cell": Size((24, 32, 48, 64, 64), 128, 4, 32),
    "line": Size((24, 32, 48, 64, 96), 160, 4, 40),
}


def _layer(before: int, after: int, kernel: int, stride: tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


class _Along(nn.Module):
    """A residual step along the line, wider at every second step."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.step = nn.Sequential(
            nn.Conv2d(
                width, width, (1, 5), padding=(0, 2 * dilation), dilation=(1, dilation), bias=False
            ),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.step(x)  # type: ignore[no-any-return]


class Reader(nn.Module):
    """Ink (batch, 1, height, width) to log-free scores (batch, width / 2, symbols)."""

    def __init__(self, size: Size, symbols: int) -> None:
        super().__init__()
        self.height = size.height
        a, b, c, d, e = size.picture
        self.picture = nn.Sequential(
            _layer(1, a, 5, (2, 2)), _layer(a, b, 3, (2, 1)), _layer(b, c, 3, (1, 1)),
            _layer(c, d, 3, (2, 1)), _layer(d, e, 3, (2, 1)),
        )  # fmt: skip
        self.fold = nn.Sequential(
            nn.Conv2d(e, size.line, ((size.height + 15) // 16, 1), bias=False),
            nn.BatchNorm2d(size.line),
            nn.ReLU(inplace=True),
        )
        self.along = nn.Sequential(*(_Along(size.line, 1 + step % 2) for step in range(size.depth)))
        self.drop = nn.Dropout(0.1)
        self.out = nn.Conv2d(size.line, symbols, 1)

    def forward(self, ink: Tensor) -> Tensor:
        """Scores of every symbol in every frame; a frame is two columns of ink."""
        x = self.drop(self.along(self.fold(self.picture(ink))))
        return self.out(x)[:, :, 0].transpose(1, 2)  # type: ignore[no-any-return]


def device() -> str:
    """The accelerator, if this machine has one."""
    return "cuda" if torch.cuda.is_available() else "cpu"

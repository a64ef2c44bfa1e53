"""Values over the labels of a bar chart."""

from __future__ import annotations

from support import passage_of

from parsers.reading.charts import read_charts
from parsers.text.stream import Stream, stream_of

_STEP = 60.0
_VALUES = ("92.68", "95.98", "98.84", "90.76", "100")


def _chart(*, missing: int = 0, twice: bool = False) -> Stream:
    """Bars of different heights, a scale at the left, labels below in one line."""
    lines = [passage_of("ผลการประเมิน", top=1)]
    for bar, value in list(enumerate(_VALUES))[missing:]:
        lines.append(passage_of(value, x0=100 + _STEP * bar, top=20 + bar))
    lines += [passage_of("100", x0=60, top=20), passage_of("80", x0=60, top=50)]
    if twice:
        lines.append(passage_of("88.00", x0=100, top=60))
    labels = "".join(f"ตชว. {n}".ljust(int(_STEP / 5)) for n in range(1, 6)).rstrip()
    lines.append(passage_of(labels, x0=98, top=100))
    return stream_of({1: tuple(sorted(lines, key=lambda line: line.box().top))}, ())  # type: ignore[union-attr]


def test_each_bar_gives_its_value_and_the_scale_none() -> None:
    scores = read_charts(_chart(), year_be=2568)

    assert [(s.code, str(s.value), s.place) for s in scores] == [
        (str(n), value, "chart") for n, value in enumerate(_VALUES, 1)
    ]


def test_a_chart_that_does_not_fit_its_labels_is_left_alone() -> None:
    assert read_charts(_chart(missing=2), year_be=2568) == ()
    assert read_charts(_chart(twice=True), year_be=2568) == ()

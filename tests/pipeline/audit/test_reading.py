"""Scores that could not be read, and those that only arithmetic could read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from audit_reports import report, score, table
from audit_years import printed_report, true_scores

from parsers.model import Report, Score
from parsers.text.broken import possible_values
from pipeline.audit import Finding, audit, recompute
from pipeline.audit.readings import read_by_arithmetic

LAMPHUN = {"1": "94.47", "2": "94.47", "3": "94.47", "4": "94.47", "5": "94.47", "6": "96.01"}
LAMPHUN |= {"7": "96.02", "8": "96.01", "9": "65.00", "10": "100.00", "ITA": "90.14"}


def _broken(held: Score, printed: str, *readings: str) -> Score:
    return replace(
        held, value_printed=printed, readings=tuple(Decimal(reading) for reading in readings)
    )


def _with_broken(code: str, printed: str, *readings: str) -> list[Score]:
    scores = table({**LAMPHUN, code: None})
    return [_broken(s, printed, *readings) if s.code == code else s for s in scores]


def _findings(held: Report) -> list[tuple[str, str, str, str | None]]:
    found: tuple[Finding, ...] = audit(held, recompute(held))
    return [(f.rule, f.severity, f.code, f.expected) for f in found]


def test_a_broken_score_is_left_empty_and_said() -> None:
    held = report([score("i3", None)])

    (found,) = audit(held, recompute(held))

    assert (found.rule, found.severity, found.printed) == ("unread", "warning", "?")
    assert "“?”" in found.message_en and "หน้า 1" in found.message_th


def test_an_unread_score_without_a_code_is_said_too() -> None:
    unnamed = replace(score("i3", None), code="", code_rule="unresolved")
    held = report([unnamed])

    assert _findings(held) == [("unread", "warning", "", None)]


def test_the_arithmetic_reads_what_may_be_two_numbers() -> None:
    """Chaturat FY2566 prints ๓/๕.๐๐ for ๗๕.๐๐ in its memo; here it stands in the table."""
    held = report(_with_broken("9", "๖/๕.๐๐", "65.00", "95.00"))

    assert _findings(held) == [("read-by-arithmetic", "note", "9", "65.00")]
    filled = next(s for s in read_by_arithmetic(held).scores if s.code == "9")
    assert (filled.value, filled.value_rule) == (Decimal("65.00"), "read-by-arithmetic")
    assert filled.value_printed == "๖/๕.๐๐"


def test_a_legible_print_elsewhere_reads_it_as_well() -> None:
    memo = replace(score("4", None, place="sentence", page=2), page=2)
    held = report([*table(LAMPHUN), _broken(memo, "๙๔.?๗", "94.37", "94.47", "94.57")])

    assert _findings(held) == [("read-by-arithmetic", "note", "4", "94.47")]


@pytest.mark.parametrize(
    ("code", "readings"),
    [
        ("9", ("55.00", "95.00")),  # none fits
        ("9", ("65.00", "65.01")),  # both fit within rounding
        ("i1", ("65.00", "95.00")),  # nothing is computed with it
    ],
)
def test_where_not_exactly_one_reading_fits_nothing_is_guessed(
    code: str, readings: tuple[str, str]
) -> None:
    scores = _with_broken(code, "x", *readings)
    if code not in LAMPHUN:
        scores = [*table(LAMPHUN), _broken(score(code, None), "x", *readings)]
    held = report(scores)

    assert ("unread", "warning", code, None) in _findings(held)
    assert read_by_arithmetic(held).scores[0].value_rule == "exact"
    assert all(s.value is None for s in read_by_arithmetic(held).scores if s.code == code)


def test_two_broken_numbers_of_one_equation_are_read_together() -> None:
    scores = [
        _broken(s, "?", "65.00", "95.00") if s.code == "9" else s
        for s in _with_broken("ITA", "?", "90.14", "90.74")
    ]
    scores = [replace(s, value=None) if s.code == "9" else s for s in scores]

    assert _findings(report(scores)) == [
        ("read-by-arithmetic", "note", "9", "65.00"),
        ("read-by-arithmetic", "note", "ITA", "90.14"),
    ]


def test_a_report_without_broken_numbers_is_the_same_report() -> None:
    held = report(table(LAMPHUN))

    assert read_by_arithmetic(held) is held


@pytest.mark.parametrize("seed", range(30))
def test_a_lost_digit_is_read_rightly_or_not_at_all(seed: int) -> None:
    """Of a true report one digit is lost; ten numbers are possible, and one of them is right."""
    random = Random(seed)
    held = printed_report(true_scores(random.randint(2562, 2568), random), {"instruments"})
    lost = random.choice(held.scores)
    printed = str(lost.value)
    at = random.choice([n for n, digit in enumerate(printed) if digit != "."])
    printed = f"{printed[:at]}?{printed[at + 1 :]}"
    broken = replace(lost, value=None, value_printed=printed, readings=possible_values(printed))
    scores = tuple(broken if s is lost else s for s in held.scores)

    read = read_by_arithmetic(replace(held, scores=scores)).scores

    assert lost.value in {s.value for s in read if s.score_id == lost.score_id} or broken in read

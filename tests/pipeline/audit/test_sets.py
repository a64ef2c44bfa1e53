"""Which scores of a document speak of the same thing, and which do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audit_reports import report, score, table, without_slips

from parsers.model import Score
from pipeline.audit import audit, recompute
from pipeline.audit.precision import precisions
from pipeline.audit.sets import score_sets

TEN = dict(
    zip(
        map(str, range(1, 11)),
        ["98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75.00", "48.75"],
        strict=True,
    )
)
NATION = {code: f"{Decimal(value) - 3:.2f}" for code, value in TEN.items()}


def _rules(scores: list[Score], year_be: int | None = 2566) -> list[str]:
    held = report(scores, year_be=year_be)
    return [finding.rule for finding in without_slips(audit(held, recompute(held)))]


def test_memo_and_table_are_one_set() -> None:
    scores = table(TEN, year_be=2566) + table(TEN, year_be=2566, place="list", page=2)

    assert len(score_sets(report(scores))) == 1


def test_years_are_sets_of_their_own() -> None:
    scores = table(TEN, year_be=2566) + table(NATION, year_be=2565, table_no=2)

    assert _rules(scores) == []
    assert [s.year_be for s in score_sets(report(scores))] == [2566, 2565]


def test_a_table_that_contradicts_everything_speaks_of_something_else() -> None:
    """The national average printed as a table of its own: not ten misprints."""
    scores = table({**TEN, "ITA": "78.41"}, year_be=2566)
    scores += table({**NATION, "ITA": "75.41"}, year_be=2566, table_no=2)

    assert _rules(scores) == []


def test_its_own_arithmetic_is_still_checked() -> None:
    scores = table({**TEN, "ITA": "78.41"}, year_be=2566)
    scores += table({**NATION, "ITA": "57.41"}, year_be=2566, table_no=2)

    assert _rules(scores) == ["total-differs"]


def test_a_second_column_beside_the_scores_is_not_a_contradiction() -> None:
    """Two score columns whose headings were not understood: nobody knows which is meant."""
    scores = table(TEN, year_be=2566) + table(NATION, year_be=2566, x0=450.0)

    assert _rules(scores) == []


def test_two_eit_parts_under_each_other_are_neither_of_them_the_score() -> None:
    """FY2566: each part's table prints indicators 6 to 8 with its own values."""
    rest = {code: value for code, value in TEN.items() if code not in "678"}
    scores = table({**rest, "ITA": "78.41"}, year_be=2566)
    scores += table({"6": "92.00", "7": "90.00", "8": "91.00"}, year_be=2566, table_no=2)
    scores += table({"6": "84.90", "7": "79.70", "8": "80.22"}, year_be=2566, table_no=3)
    held = report(scores, year_be=2566)

    assert audit(held, recompute(held)) == ()
    total = next(r for r in recompute(held) if r.rule == "total-from-indicators")
    assert total.why_not == "part-missing:6,7,8"


def test_two_eit_columns_in_one_table_are_neither_of_them_the_score() -> None:
    scores = table({**TEN, "ITA": "78.41"}, year_be=2566)
    scores += [
        score(code, "60.00", year_be=2566, row_no=int(code), x0=480.0) for code in ("6", "7", "8")
    ]

    assert _rules(scores) == []


def test_both_eit_parts_in_one_table_under_the_same_codes() -> None:
    """FY2568: e1 to e9 of part 1, then e1 to e9 of part 2, below the questions of IIT."""
    scores = table({f"i{n}": f"{80 + n}.00" for n in range(1, 16)})
    for part in (0, 1):
        scores += [
            score(f"e{n}", f"{70 + 9 * part + n}.00", row_no=20 + 10 * part + n)
            for n in range(1, 10)
        ]

    assert _rules(scores, 2568) == []


def test_a_table_that_repeats_itself_is_one_set() -> None:
    scores = table({**TEN, "ITA": "78.41"}, year_be=2566)
    scores += [replace(s, row_no=(s.row_no or 0) + 20) for s in scores]

    assert len(score_sets(report(scores))) == 1
    assert _rules(scores) == []


def test_numbers_that_can_be_no_scores_are_not_computed_with() -> None:
    """A value that is not a number at all must never stop the audit of a document."""
    scores = table(TEN, year_be=2566)
    scores += [
        replace(held, value=Decimal(odd), table_no=number)
        for number, odd in enumerate(("NaN", "Infinity", "1e40", "-1e40"), start=2)
        for held in table({"ITA": "0"}, year_be=2566)
    ]

    assert _rules(scores) == []


def test_agencies_of_one_name_are_not_mixed() -> None:
    """Two อบต.หนองบัว of different districts in one table of a province."""
    scores = [
        score(code, value, agency="อบต.หนองบัว", row_no=row, year_be=2566)
        for row, total in ((3, "90.00"), (9, "80.00"))
        for code, value in {"IIT": total, "EIT": total, "OIT": total, "ITA": total}.items()
    ]

    assert len(score_sets(report(scores))) == 2
    assert _rules(scores) == []


def test_an_agency_in_two_tables_must_say_the_same() -> None:
    scores = [
        score("IIT", "90.00", agency="อบต.หนองบัว", row_no=1, year_be=2566),
        score("ITA", "88.00", agency="อบต.หนองบัว", row_no=1, year_be=2566),
        score("ITA", "83.00", agency="อบต.หนองบัว", row_no=4, table_no=2, year_be=2566),
    ]

    assert _rules(scores) == ["printed-twice-differs"]


def test_a_sentence_with_a_renumbered_code_may_mean_either_question() -> None:
    """A list whose o12 is really o10 by its title; the sentence that says o12 is ambiguous."""
    listed = [
        score("o10", "0.00", code_printed="๐๑๒", code_rule="title-over-number", row_no=1),
        score("o12", "100", code_printed="๐๑๔", code_rule="title-over-number", row_no=2),
    ]
    told = [score("o12", "0.00", code_printed="๐๑๒", code_rule="zero-for-o", place="sentence")]

    assert _rules(listed + told, 2568) == []


# ---- precision ------------------------------------------------------------------------------


def _precision(scores: list[Score]) -> list[int]:
    precision = precisions(scores)
    return [precision(held) for held in scores]


def test_a_hundred_among_two_decimals_is_exact() -> None:
    assert _precision(table({"i1": "1.29", "i2": "100", "i3": "92.5"})) == [2, 2, 2]


def test_a_table_of_hundreds_is_as_exact_as_the_document() -> None:
    scores = table({"i1": "100", "i2": "100"}) + table({"1": "99.78"}, table_no=2)

    assert _precision(scores) == [2, 2, 2]


def test_whole_points_stay_whole_points() -> None:
    scores = table({"1": "93", "2": "88", "3": "100"}) + table({"4": "99.78"}, table_no=2)

    assert _precision(scores) == [0, 0, 0, 2]


def test_a_rounded_number_in_a_sentence_is_rounded() -> None:
    """ "ได้ ๙๓ คะแนน" for 93.20 is no contradiction, 94 is."""
    for told, rules in (("93", []), ("94", ["printed-twice-differs"])):
        scores = [*table({"3": "93.20"}), score("3", told, place="sentence", page=2)]
        assert _rules(scores, 2568) == rules


def test_a_column_with_one_decimal_is_a_column_with_one_decimal() -> None:
    scores = [
        score(code, value, agency=f"อบต.{row}", row_no=row)
        for row, total in enumerate(("90.1", "84.7", "93.3"), start=1)
        for code, value in {"1": "90.11", "2": "84.72", "3": "93.32", "ITA": total}.items()
    ]

    assert _precision(scores)[:4] == [2, 2, 2, 1]

"""The assessment of each year as data: complete, consistent, and proven on published scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from statistics import mean

import pytest

from parsers.errors import DataTableError
from parsers.knowledge.catalogue import (
    RatingLevel,
    Year,
    catalogue,
    concepts,
    read_concepts,
    read_year,
    years,
)

_FOLDER = files("parsers").joinpath("data/catalogue")

# Questions of IIT, EIT and OIT; 0 where the year's list is not known.
_COUNTS = {
    2561: (0, 0, 0),
    2562: (30, 15, 48),
    2563: (30, 15, 43),
    2564: (30, 15, 43),
    2565: (30, 15, 43),
    2566: (30, 15, 43),
    2567: (15, 9, 35),
    2568: (15, 9, 28),
    2569: (0, 0, 26),
}


def _year(year_be: int) -> Year:
    found = catalogue(year_be)
    assert found is not None
    return found


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _mean(values: Iterable[Decimal]) -> Decimal:
    return Decimal(mean(values))


def _total(year: Year, indicators: Mapping[int, str]) -> Decimal:
    """The total by the year's weights from its printed indicators."""
    return sum(
        (
            weight
            * _mean(
                Decimal(indicators[entry.no])
                for entry in year.indicators
                if entry.instrument == code
            )
            for code, weight in year.weights().items()
        ),
        Decimal(0),
    )


# ---- every year ----------------------------------------------------------------------------------


def test_the_years_without_a_gap():
    assert years() == tuple(range(2561, 2570))


@pytest.mark.parametrize(("year_be", "counts"), _COUNTS.items())
def test_questions_by_instrument(year_be: int, counts: tuple[int, int, int]):
    year = _year(year_be)

    found = tuple(len(year.questions_of(code)) for code in ("IIT", "EIT", "OIT"))

    assert found == counts
    assert len(year.questions) == sum(counts)


@pytest.mark.parametrize("year_be", _COUNTS)
def test_weights_are_shares_of_the_total(year_be: int):
    year = _year(year_be)

    assert year.weights() == {
        "IIT": Decimal("0.30"),
        "EIT": Decimal("0.30"),
        "OIT": Decimal("0.40"),
    }
    assert sum(year.weights(parts=True).values()) == 1
    assert ("EIT1" in year.weights(parts=True)) is (year_be >= 2566)


@pytest.mark.parametrize("year_be", _COUNTS)
def test_every_question_has_its_place(year_be: int):
    year = _year(year_be)

    for question in year.questions:
        indicator = year.indicator(question.indicator)
        assert indicator is not None
        assert indicator.instrument == question.instrument == year.instrument_of(question.code)
        divided = bool(year.subindicators_of(question.indicator))
        assert divided is bool(question.subindicator)
        assert year.knows(question.code.upper())
    for sub in year.subindicators:
        assert len(year.questions_of(sub.code)) == sub.size
        assert year.instrument_of(sub.code) == "OIT"


@pytest.mark.parametrize("year_be", range(2562, 2570))
def test_every_hundredth_has_one_level_without_condition(year_be: int):
    levels = [entry for entry in _year(year_be).rating_levels if not entry.every_instrument_min]

    for hundredth in range(10001):
        total = Decimal(hundredth) / 100
        fitting = [entry for entry in levels if entry.min <= total <= entry.max]  # type: ignore[operator]
        assert len(fitting) == 1, total


def test_an_unknown_year_is_not_guessed():
    assert catalogue(2570) is None
    assert catalogue(2560) is None
    assert catalogue(256) is None
    assert catalogue(2568, "nacc-ita-5") is None
    assert catalogue(2568, "other") is None


def test_titles_are_short_and_told_apart():
    titles = [entry.title for entry in concepts().values()]

    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 60


def test_every_concept_is_asked_in_some_year():
    asked = {question.concept for year_be in years() for question in _year(year_be).questions}

    assert asked == set(concepts())


# ---- single years --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "instrument", "same_as"),
    [("ep1", "EIT1", "e1"), ("EP9", "EIT1", "e9"), ("es3", "EIT2", "e3"), ("e3", "EIT", "e3")],
)
def test_codes_of_the_parts_ask_the_same(code: str, instrument: str, same_as: str):
    year = _year(2568)

    question, whole = year.question(code), year.question(same_as)

    assert question is not None and whole is not None
    assert question.concept == whole.concept
    assert year.instrument_of(code) == instrument


@pytest.mark.parametrize(
    ("year_be", "code"),
    [(2565, "ep1"), (2568, "ep10"), (2568, "i16"), (2568, "o29"), (2568, "x1"), (2569, "i1")],
)
def test_codes_a_year_does_not_have(year_be: int, code: str):
    assert not _year(year_be).knows(code)
    assert _year(year_be).question(code) is None


@pytest.mark.parametrize(
    ("concept", "codes"),
    [
        ("personal-errands", {2565: "i16", 2566: "i16", 2567: "i7", 2568: "i7"}),
        ("annual-report", {2565: "o12", 2566: "o13", 2567: "o9", 2568: "o7", 2569: "o7"}),
        ("no-gift-policy", {2564: None, 2565: "o34", 2566: "o31", 2567: "o26", 2568: None}),
        ("public-takes-part", {2566: "e14", 2567: "e7"}),
    ],
)
def test_a_question_keeps_its_meaning_and_changes_its_number(
    concept: str, codes: dict[int, str | None]
):
    for year_be, code in codes.items():
        found = [entry.code for entry in _year(year_be).questions if entry.concept == concept]
        assert found == ([code] if code else []), year_be


def test_names_that_differ_between_years_are_aliases_of_each_other():
    for year_be in range(2562, 2570):
        eighth = _year(year_be).indicator(8)
        assert eighth is not None
        assert {eighth.name, *eighth.aliases} == {"การปรับปรุงการทำงาน", "การปรับปรุงระบบการทำงาน"}


def test_what_is_unknown_is_empty():
    latest = _year(2569)

    assert latest.certainty.item_scores == "unknown" and latest.item_scores == ()
    assert latest.certainty.subindicators == "unknown" and latest.subindicators == ()
    assert latest.certainty.iit_questions == "unknown" and latest.questions_of("IIT") == ()


def test_items_of_the_analysis_report():
    found = {
        year_be: (report.item, report.follow_up)
        for year_be in years()
        if (report := _year(year_be).analysis_report)
    }

    assert found == {
        2563: ("o42", "o43"),
        2564: ("o42", "o43"),
        2565: ("o42", "o43"),
        2566: ("o42", "o43"),
        2567: ("o34", "o35"),
        2568: ("o27", "o28"),
        2569: ("o25", "o26"),
    }


# ---- proven on published scores ------------------------------------------------------------------


def test_weights_of_the_five_indices_give_a_ministry_s_published_total():
    """FY2561: the five published indices of one ministry and its published total, 86.50."""
    year = catalogue(2561, "nacc-ita-5")
    assert year is not None
    indices = {"1": "87.62", "2": "92.27", "3": "93.36", "4": "90.94", "5": "66.79"}

    total = sum(share * Decimal(indices[no]) for no, share in year.weights().items())

    assert _rounded(total) == Decimal("86.50")
    assert {entry.name for entry in year.rating_levels} == {"สูงมาก", "สูง"}


def test_weights_give_a_published_total():
    """FY2566: a municipality's ten printed indicators and its printed total, 78.41."""
    printed = {1: "98.01", 2: "93.22", 3: "92.14", 4: "91.21", 5: "88.18"}
    printed |= {6: "88.45", 7: "84.85", 8: "85.61", 9: "75.00", 10: "48.75"}

    assert _rounded(_total(_year(2566), printed)) == Decimal("78.41")


@pytest.mark.parametrize(
    ("indicator", "failed", "printed"),
    [
        (9, {"o13", "o14", "o21", "o22", "o27", "o30"}, "75.00"),
        (10, {"o32", "o35", "o36", "o37", "o38", "o40", "o43"}, "48.75"),
    ],
)
def test_items_in_their_subindicators_give_printed_indicators(
    indicator: int, failed: set[str], printed: str
):
    """FY2566: the items a municipality failed, and what its report prints for 9 and 10.

    A plain mean over all items gives other values, so a wrong group is found.
    """
    year = _year(2566)
    codes = {entry.code for entry in year.questions_of(indicator)}

    value = _mean(
        _mean(Decimal(0 if item.code in failed else 100) for item in year.questions_of(sub.code))
        for sub in year.subindicators_of(indicator)
    )

    assert failed < codes
    assert _rounded(value) == Decimal(printed)


def _level(year: Year, total: str, *instruments: str) -> str | None:
    """The first level whose conditions hold."""
    lowest = min(map(Decimal, instruments))
    return next(
        (
            entry.name
            for entry in year.rating_levels
            if entry.min is not None
            and entry.max is not None
            and entry.min <= Decimal(total) <= entry.max
            and lowest >= (entry.every_instrument_min or 0)
        ),
        None,
    )


@pytest.mark.parametrize(
    ("year_be", "total", "instruments", "level"),
    [
        (2568, "97.90", ["99.00", "98.00", "97.00", "94.00"], "ผ่านดี"),
        (2568, "97.90", ["99.00", "98.00", "97.00", "95.00"], "ผ่านดีเยี่ยม"),
        (2568, "90.14", ["94.47", "96.01", "96.01", "82.50"], "ผ่าน"),
        (2566, "78.41", ["92.55", "86.30", "86.30", "61.88"], "ต้องปรับปรุง"),
        (2567, "84.99", ["100", "100", "100", "62.48"], "ต้องปรับปรุง"),
        (2567, "69.99", ["70", "70", "70", "69.98"], "ต้องปรับปรุงโดยด่วน"),
        (2565, "95.00", ["50", "99", "99"], "AA"),
        (2565, "94.99", ["90", "99", "99"], "A"),
        (2562, "49.99", ["50", "50", "49"], "F"),
    ],
)
def test_levels(year_be: int, total: str, instruments: list[str], level: str):
    assert _level(_year(year_be), total, *instruments) == level


@pytest.mark.parametrize("year_be", range(2562, 2570))
def test_a_level_passes_from_the_pass_mark_on(year_be: int):
    year = _year(year_be)

    for entry in year.rating_levels:
        assert isinstance(entry, RatingLevel)
        assert entry.passes is (entry.min >= year.pass_threshold)  # type: ignore[operator]


# ---- files that are wrong ------------------------------------------------------------------------


def _broken(name: str, old: str, new: str) -> str:
    text = _FOLDER.joinpath(name).read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "entry", "problem"),
    [
        ("fiscal_year_be = 2566", "fiscal_year_be = 2567", "fiscal_year_be", "file name"),
        ("weight = 0.40", "weight = 0.45", "instruments", "1.05"),
        ("weight = 0.40", "", "instruments", "must have a weight"),
        ("weight = 0.15", "weight = 0.10", "instruments, EIT", "parts"),
        ('prefix = "ep"', "prefix = 3", "instruments[1].parts[0].prefix", "str"),
        ("no = 5", "no = 4", "indicators, 4", "more than once"),
        ("no = 10", "no = 12", "indicators", "1, 2, 3"),
        ('instrument = "OIT"', 'instrument = "XIT"', "indicators, 9", "XIT"),
        ("size = 10", "size = 9", "subindicators, 9.1", "10 questions"),
        ('code = "9.3"', 'code = "11.3"', "questions.9.3", "no sub-indicator"),
        ('[questions."9.3"]', "[questions.9]", "questions.9", "divided"),
        ('[questions."9.3"]', "[questions.11]", "questions.11", "no such indicator"),
        ('o20 = "', 'o21 = "', "TOML", "line"),
        ('o43 = "', 'o44 = "', "questions", "o43 is missing"),
        ('o20 = "', 'i31 = "', "questions.9.3.i31", "o1"),
        ('o20 = "procurement-notices"', 'o20 = "notices"', "questions.9.3.o20", "[notices]"),
        ('o20 = "procurement-notices"', 'o20 = "laws"', "questions, laws", "2 times"),
        ("min = 70.00", "min = 70.01", "levels", "begins at 70.01"),
        ("max = 84.99", "max = 85.00", "levels", "begins at 85.00"),
        ("max = 69.99", "max = -1.0", "levels, ต้องปรับปรุงโดยด่วน", "no range"),
        ("min = 70.00\n", "", "levels, ต้องปรับปรุง", "min and max"),
        ("pass = false", "pass = true", "levels, ต้องปรับปรุง", "pass mark"),
        ('name = "ผ่านดี"', 'name = "ผ่าน"', "levels, ผ่าน", "more than once"),
        ("item_scores = [0, 100]", "item_scores = [100, 0]", "item_scores", "rise"),
        ("item_scores = [0, 100]", "item_scores = []", "certainty.item_scores", "not in the file"),
        ('oit_questions = "certain"', 'oit_questions = "unknown"', "oit_questions", "unknown"),
        ('weights = "certain"', 'weights = "sure"', "certainty.weights", "sure"),
        ('item = "o42"', 'item = "o49"', "analysis_report", "o49"),
        ("pass_threshold = 85.00", "pass_treshold = 85.00", "top level", "pass_treshold"),
        ("scheme = \"nacc-ita\"\n", "", "top level", "scheme"),
        ("pass_threshold = 85.00", "pass_threshold = ", "TOML", "line"),
    ],
)  # fmt: skip
def test_a_wrong_file_names_the_entry(old: str, new: str, entry: str, problem: str):
    with pytest.raises(DataTableError) as raised:
        read_year("2566.toml", _broken("2566.toml", old, new), concepts())

    error = raised.value
    assert error.table == "2566.toml"
    assert entry in error.entry
    assert problem in error.problem


def test_an_untouched_file_is_read():
    name = "2566.toml"

    assert read_year(name, _FOLDER.joinpath(name).read_text(encoding="utf-8"), concepts()) == (
        catalogue(2566)
    )


def test_weights_on_both_levels_are_refused():
    text = _broken("2561-five-indices.toml", 'code = "Internal"', 'code = "Internal"\nweight = 1.0')

    with pytest.raises(DataTableError, match="either the instruments"):
        read_year("2561-five-indices.toml", text, concepts())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[a]\ntitle = " "\nterms = [["แผน"]]', "title is empty"),
        ('[a]\ntitle = "แผน"\nterms = []', "none empty"),
        ('[a]\ntitle = "แผน"\nterms = [[]]', "none empty"),
        ('[a]\ntitle = "แผน"\nterms = [["แผน", " "]]', "none empty"),
        ('[a]\ntitle = "แผน"', "terms"),
        ('[a]\ntitle = "แผน"\nterms = ["แผน"]', "array"),
        ('[a]\ntitle = "แผน"\nterms = [["แผน"]]\nalias = "x"', "alias"),
    ],
)
def test_a_wrong_concept_names_the_entry(text: str, problem: str):
    with pytest.raises(DataTableError) as raised:
        read_concepts("questions.toml", text)

    assert raised.value.entry.startswith("a")
    assert problem in raised.value.problem

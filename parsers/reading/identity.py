"""What a document is: its kind, scheme, agency and years."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from parsers.errors import DataTableError
from parsers.knowledge.vocabulary import fold
from parsers.model import DocumentKind, Grid, Identity, Passage, Scheme
from parsers.reading.agencies import find_agency
from parsers.text.dates import find_years

__all__ = ["identify", "of_several", "speaks_of_assessment"]

_TABLE = "kinds.toml"
# Title pages: the cover, a covering memo, the first page of the report proper.
_TITLE_PAGES = 3
_LAST_FIVE_INDEX_YEAR = 2561
_RESULT = regex.compile(r"ผล(?:คะแนน)?(?:การ)?ประเมิน|คะแนน|ผลการวิเคราะห์|วิเคราะห์ผล")
_CONTEXT = 110
# Quick to look for; without one of these no year is said to be a fiscal year.
_MAY_BE_FISCAL = regex.compile(r"งบ|fy|fiscal", regex.IGNORECASE)
# Before a year: what the result is compared with.
_COMPARED = regex.compile(
    r"(?:(?:เพิ่มขึ้น|ลดลง|สูงขึ้น|ต่ำลง)จาก|กว่า|กับ|เทียบ|ย้อนหลัง|ระหว่าง|จาก(?=\s*(?:ปี|พ\.ศ)))"
    r"(?:ผลการประเมิน|ผล|คะแนน|ITA|\(|\)|\s)*"
    r"(?:ของ|ใน)?\s*(?:ประจำ)?(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*$"
)


def speaks_of_assessment(text: str) -> bool:
    """Whether a text names the assessment at all."""
    return _patterns()["assessment"].search(fold(text)) is not None


def identify(lines: Mapping[int, Sequence[Passage]], grids: Sequence[Grid]) -> Identity:
    """Kind, scheme, agency and years of a document.

    Args:
        lines: Lines outside tables by page.
        grids: The tables.
    """
    pages = _page_texts(lines, grids)
    outside = _page_texts(lines, ())
    scheme, (result_year, report_year) = _scheme_and_years(pages, outside, grids)
    agency = find_agency(pages)
    return Identity(
        kind=_kind("\n".join(pages[:_TITLE_PAGES]), several_agencies=False),
        scheme=scheme,
        agency=agency,
        result_year_be=result_year,
        report_year_be=report_year,
        province=agency.province if agency else None,
        province_code=agency.province_code if agency else None,
    )


def of_several(
    identity: Identity, lines: Mapping[int, Sequence[Passage]], grids: Sequence[Grid]
) -> Identity:
    """The identity of a document in which a table lists the results of several agencies.

    The agencies of the table are not the document's own: only the text outside tables says
    whose it is. A list about a province is not that province's report.
    """
    title = "\n".join(_page_texts(lines, grids)[:_TITLE_PAGES])
    agency = find_agency(_page_texts(lines, ()))
    about_province = agency is not None and agency.type == "province"
    return replace(
        identity,
        kind=_kind(title, several_agencies=True),
        agency=None if about_province else agency,
        province=agency.province if agency else None,
        province_code=agency.province_code if agency else None,
    )


def _scheme_and_years(
    pages: Sequence[str], outside: Sequence[str], grids: Sequence[Grid]
) -> tuple[Scheme | None, tuple[int | None, int | None]]:
    result_year, report_year = _years(outside, [[c.text for c in grid.cells] for grid in grids])
    scheme = _scheme("\n".join(pages), result_year)
    return scheme, (result_year if scheme else None, report_year)


def _page_texts(lines: Mapping[int, Sequence[Passage]], grids: Sequence[Grid]) -> list[str]:
    last = max([*lines, *(grid.page_last for grid in grids)], default=0)
    texts = ["\n".join(line.text for line in lines.get(page, ())) for page in range(1, last + 1)]
    for grid in grids:
        for cell in grid.cells:
            if cell.page <= last:
                texts[cell.page - 1] += "\n" + cell.text
    return texts


def _kind(title: str, *, several_agencies: bool) -> DocumentKind:
    """By the first words of the title; a table of several agencies announces results."""
    folded = fold(title)
    places = {
        kind: match.start()
        for kind, pattern in _kinds().items()
        if (match := pattern.search(folded))
    }
    if several_agencies and "measures" not in places:
        return "result"
    if not places:
        return "other"
    order = list(_kinds())
    # "ผลการประเมิน" is part of the other titles too: it decides only alone.
    for kind in sorted(places, key=lambda k: (places[k] // 200, order.index(k))):
        if kind != "result" or len(places) == 1:
            return kind  # type: ignore[return-value]
    return "result"


def _scheme(text: str, result_year: int | None) -> Scheme | None:
    folded = fold(text)
    patterns = _patterns()
    if not patterns["assessment"].search(folded):
        return None
    early = result_year is not None and result_year <= _LAST_FIVE_INDEX_YEAR
    if early and patterns["five_indices"].search(folded):
        return "nacc-ita-5"
    return "other" if patterns["other"].search(folded) else "nacc-ita"


def _years(lines: Sequence[str], tables: Sequence[Sequence[str]]) -> tuple[int | None, int | None]:
    """The year whose result is analysed, and the year the document names itself.

    Args:
        lines: Text outside tables, by page.
        tables: The texts of the cells of each table. A table of several years speaks of the
            latest; what it compares with is not what the document is about.
    """
    title = _fiscal_years(lines[:1]) or _fiscal_years(lines[:_TITLE_PAGES])
    report_year = title[0][0] if title else None
    votes: Counter[int] = Counter()
    for number, text in enumerate(lines):
        for year, context in _fiscal_years([text]):
            if _RESULT.search(context) and not _COMPARED.search(context):
                votes[year] += 3 if number < _TITLE_PAGES else 1
    for cells in tables:
        named = [y for text in cells if len(text) < _CONTEXT for y, _ in _fiscal_years([text])]
        if named:
            votes[max(named)] += 1
            report_year = report_year or max(named)
    if not votes:
        return report_year, report_year
    # The title's own year wins a tie; an old year in a comparison does not win, and no result
    # is of a year after the one that the document names itself.
    top = max(votes.values())
    leaders = [year for year, count in votes.items() if count == top]
    past = [year for year in leaders if report_year is None or year <= report_year]
    return (report_year if report_year in leaders else max(past or leaders)), report_year


def _fiscal_years(texts: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (mention.year_be, text[max(0, mention.start - _CONTEXT) : mention.start])
        for text in texts
        if _MAY_BE_FISCAL.search(text)
        for mention in find_years(text)
        if mention.fiscal
    ]


@cache
def _kinds() -> dict[str, regex.Pattern[str]]:
    try:
        return {
            entry["kind"]: regex.compile("|".join(f"(?:{e})" for e in entry["title"]))
            for entry in _table()["kind"]
        }
    except (KeyError, TypeError, regex.error) as error:
        raise DataTableError(_TABLE, "[[kind]]", str(error)) from error


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    try:
        return {
            name: regex.compile("|".join(f"(?:{e})" for e in entries))
            for name, entries in _table()["scheme"].items()
        }
    except (KeyError, TypeError, regex.error) as error:
        raise DataTableError(_TABLE, "[scheme]", str(error)) from error


@cache
def _table() -> dict[str, Any]:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    return tomllib.loads(text)

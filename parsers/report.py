"""The conductor: one document's bytes in, everything that was read from it out.

extract (pdf) → lines and tables → identity → scores, ratings, measures, advice → status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from parsers.collector import cycles_unsought
from parsers.errors import DocumentRefused
from parsers.model import (
    DocumentStatus,
    Grid,
    Identity,
    Measure,
    Page,
    PageContent,
    Passage,
    Rank,
    Rating,
    Report,
    Score,
    TextSource,
)
from parsers.pdf import PdfContent, read_pdf
from parsers.reading.advice import read_advice
from parsers.reading.captionyears import years_of_captions
from parsers.reading.claims import read_claims
from parsers.reading.columns import Layout, lay_out
from parsers.reading.identity import identify, of_several, speaks_of_assessment
from parsers.reading.measures import lists_measures, read_measures
from parsers.reading.naming import read_names
from parsers.reading.planheads import read_plan_heads
from parsers.reading.scores import read_scores
from parsers.reading.sentences import read_sentences
from parsers.scan.document import (
    Words,
    believed,
    credible,
    is_picture,
    is_unread,
    read_pictures,
    why_unread,
)
from parsers.tables import find_grids
from parsers.text.stream import Stream, stream_of

__all__ = ["parse_report"]

_ID_LENGTH = 20


def parse_report(data: bytes, *, file_name: str = "") -> Report:
    """Read one PDF report.

    Args:
        data: The bytes of the file.
        file_name: Its name, for messages only; nothing is decided by it.

    Returns:
        A report in every case: `refused` with a reason where nothing could be read,
        `partial` where some pages could not. Never raises for bad data.
    """
    with cycles_unsought():
        return _parsed(data)


def _parsed(data: bytes) -> Report:
    document_id = sha256(data).hexdigest()
    try:
        content = read_pdf(data)
    except DocumentRefused as refusal:
        return _refused(document_id, data, refusal.reason, refusal.detail)
    pages, words = read_pictures(data, content.pages)
    content = replace(content, pages=pages)
    readable = [page for page in content.pages if page.text_source != "none"]
    if not readable:
        return _without_text(document_id, data, content)
    return _read(document_id, data, content, words)


def _refused(
    document_id: str, data: bytes, reason: str, detail: str, page_count: int | None = None
) -> Report:
    return Report(
        document_id=document_id,
        byte_size=len(data),
        page_count=page_count,
        status="refused",
        status_reason=reason,
        status_detail=detail,
        text_source="none",
    )


def _without_text(document_id: str, data: bytes, content: PdfContent) -> Report:
    """No page has a text layer worth reading: scans, blank pages, damaged pages."""
    pictures = [page for page in content.pages if is_picture(page)]
    spoilt = {problem.page for problem in content.problems if problem.page}
    if len(pictures) > len(spoilt):
        reason, detail = why_unread(pictures), f"{len(pictures)} pages without usable text"
    elif content.problems:
        reason, detail = "damaged", content.problems[0].detail
    else:
        reason, detail = "no-report-content", "all pages are blank"
    report = _refused(document_id, data, reason, detail, content.page_count)
    pages = tuple(_page_content(page, (), 0) for page in content.pages)
    return replace(report, pages=pages, problems=content.problems)


def _read(document_id: str, data: bytes, content: PdfContent, words: Words) -> Report:
    tables = find_grids([page for page in content.pages if page.text_source != "none"])
    grids = tables.grids
    stream = stream_of(tables.lines, grids)
    identity = credible(identify(tables.lines, grids), content.pages)
    layouts = [lay_out(grid) for grid in grids]
    scores, ratings, ranks, several = _scores(layouts, stream, identity)
    if several:
        identity = of_several(identity, tables.lines, grids)
    mentions = read_names(stream, grids, identity, several=several)
    scores, ratings = years_of_captions(scores, ratings, grids, mentions, identity.result_year_be)
    plan_year = identity.report_year_be or identity.result_year_be
    measures = _measures(layouts, stream, plan_year)
    advice = read_advice(layouts, stream, year_be=identity.result_year_be)
    sourced = believed(_with_sources(scores, content.pages), words)
    with_ids = _with_score_ids(document_id, sourced)
    year = identity.result_year_be
    claims = read_claims(layouts, stream, with_ids, year_be=year, several=several)
    report = Report(
        document_id=document_id,
        byte_size=len(data),
        page_count=content.page_count,
        status="ok",
        status_reason="",
        status_detail="",
        text_source=_text_source(content.pages),
        identity=identity,
        pages=_pages(content.pages, tables.lines, grids),
        grids=grids,
        scores=with_ids,
        ratings=_with_rating_ids(document_id, ratings),
        measures=_with_measure_ids(document_id, measures),
        advice=advice,
        mentions=mentions,
        claims=claims,
        ranks=ranks,
        problems=content.problems,
    )
    return _with_status(report, stream)


def _measures(
    layouts: Sequence[Layout], stream: Stream, year_be: int | None
) -> tuple[Measure, ...]:
    plans = [index for index, layout in enumerate(layouts) if lists_measures(layout)]
    heads = read_plan_heads([layout.grid for layout in layouts], plans, stream)
    return tuple(
        measure
        for plan, head in zip(plans, heads, strict=True)
        for measure in read_measures(layouts[plan], year_be=year_be, head=head)
    )


def _text_source(pages: Sequence[Page]) -> TextSource:
    """Where the text came from: `mixed` if some pages hold an older OCR layer."""
    found = {page.text_source for page in pages} - {"none"}
    return found.pop() if len(found) == 1 else "mixed"


def _with_sources(scores: Sequence[Score], pages: Sequence[Page]) -> list[Score]:
    """Mark the scores of pages whose text somebody else's OCR recognised."""
    recognised = {page.number for page in pages if page.text_source == "ocr"}
    return [
        replace(score, text_source="ocr") if score.page in recognised else score for score in scores
    ]


def _scores(
    layouts: Sequence[Layout], stream: Stream, identity: Identity
) -> tuple[list[Score], list[Rating], tuple[Rank, ...], bool]:
    year = identity.result_year_be
    scores: list[Score] = []
    ratings: list[Rating] = []
    ranks: list[Rank] = []
    several = False
    for layout in layouts:
        reading = read_scores(layout, year_be=year)
        scores += reading.scores
        ratings += reading.ratings
        ranks += reading.ranks
        several = several or reading.multi_agency
    told, judged = read_sentences(stream, year_be=year)
    order = [*scores, *told]
    order.sort(key=lambda score: (score.page, score.box.top, score.box.x0))
    verdicts = sorted([*ratings, *judged], key=lambda r: (r.page, r.box.top, r.box.x0))
    return order, verdicts, tuple(ranks), several


def _with_status(report: Report, stream: Stream) -> Report:
    """`ok` only if every page was read and there is something of the assessment."""
    found = report.scores or report.ratings or report.measures or report.advice
    reason, detail = _hindrance(report)
    if found and _is_of_assessment(report, stream):
        status: DocumentStatus = "partial" if reason else "ok"
        return replace(report, status=status, status_reason=reason, status_detail=detail)
    if not reason:  # every page was read: it is another document
        reason = "no-report-content"
        detail = "no score, measure or advice of the assessment was found"
    return replace(
        report,
        status="refused",
        status_reason=reason,
        status_detail=detail,
        scores=(),
        ratings=(),
        measures=(),
        advice=(),
        mentions=(),
        claims=(),
        ranks=(),
    )


def _hindrance(report: Report) -> tuple[str, str]:
    """What kept pages from being read, and which; empty where every page was read."""
    spoilt = [problem for problem in report.problems if problem.page]
    if spoilt:
        pages = sorted({problem.page or 0 for problem in spoilt})
        return "damaged", f"{spoilt[0].detail} (pages {', '.join(map(str, pages))})"
    unread = [page for page in report.pages if is_unread(page)]
    if unread:
        numbers = ", ".join(str(page.page) for page in unread)
        return why_unread(unread), f"pages without usable text: {numbers}"
    return "", ""


def _is_of_assessment(report: Report, stream: Stream) -> bool:
    if speaks_of_assessment(stream.text):
        return True
    return any(speaks_of_assessment(cell.text) for grid in report.grids for cell in grid.cells)


def _pages(
    pages: Sequence[Page], lines: Mapping[int, tuple[Passage, ...]], grids: Sequence[Grid]
) -> tuple[PageContent, ...]:
    tables: Counter[int] = Counter()
    words: Counter[int] = Counter()
    repairs: dict[int, Counter[str]] = {}
    for grid in grids:
        for page in range(grid.page_first, grid.page_last + 1):
            tables[page] += 1
        for cell in grid.cells:
            words[cell.page] += len(cell.text.split())
            repairs.setdefault(cell.page, Counter()).update(dict(cell.passage.repairs))
    for page, passages in lines.items():
        for line in passages:
            words[page] += len(line.text.split())
            repairs.setdefault(page, Counter()).update(dict(line.repairs))
    return tuple(
        replace(
            _page_content(page, lines.get(page.number, ()), tables[page.number]),
            word_count=words[page.number],
            repairs=dict(sorted(repairs.get(page.number, Counter()).items())),
        )
        for page in pages
    )


def _page_content(page: Page, lines: tuple[Passage, ...], table_count: int) -> PageContent:
    source: TextSource = page.text_source
    return PageContent(
        page=page.number,
        width=page.width,
        height=page.height,
        text_source=source,
        text_verdict=page.text_verdict,
        lines=lines,
        repairs={},
        word_count=0,
        table_count=table_count,
    )


def _with_score_ids(document_id: str, scores: Sequence[Score]) -> tuple[Score, ...]:
    ids = _ids(
        document_id,
        [
            ("score", s.page, _at(s), s.level, s.code, s.value_printed, s.agency_name_printed or "")
            for s in scores
        ],
    )
    return tuple(replace(score, score_id=id_) for score, id_ in zip(scores, ids, strict=True))


def _with_rating_ids(document_id: str, ratings: Sequence[Rating]) -> tuple[Rating, ...]:
    ids = _ids(
        document_id,
        [
            ("rating", r.page, _at(r), r.code, r.rating, r.agency_name_printed or "")
            for r in ratings
        ],
    )
    return tuple(replace(rating, rating_id=id_) for rating, id_ in zip(ratings, ids, strict=True))


def _with_measure_ids(document_id: str, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    ids = _ids(document_id, [("measure", m.page_first, m.issue_no, m.measure) for m in measures])
    return tuple(
        replace(measure, measure_id=id_) for measure, id_ in zip(measures, ids, strict=True)
    )


def _at(record: Score | Rating) -> tuple[float, ...]:
    return tuple(round(edge, 1) for edge in record.box)


def _ids(document_id: str, keys: Sequence[tuple[object, ...]]) -> list[str]:
    """Ids that depend on the document and on what and where a record is; never on order."""
    seen: Counter[tuple[object, ...]] = Counter()
    ids: list[str] = []
    for key in keys:
        seen[key] += 1
        digest = sha256(repr((document_id, key, seen[key])).encode()).hexdigest()
        ids.append(digest[:_ID_LENGTH])
    return ids

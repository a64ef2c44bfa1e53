"""PDF bytes -> `PdfContent`: the conductor of this package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.errors import DocumentRefused
from parsers.model import Page, Problem
from parsers.pdf.contents import survey_contents
from parsers.pdf.document import LOCK, mended, open_document
from parsers.pdf.fontmaps import remap_fonts
from parsers.pdf.limits import Limits
from parsers.pdf.pages import Reading, read_page
from parsers.pdf.plumber import second_reading
from parsers.pdf.quality import Verdict, has_symptoms, judge, word_share
from parsers.pdf.sniff import checked

__all__ = ["PdfContent", "read_pdf"]

# Verdicts that another way of reading the same glyphs may change.
_WORTH_A_SECOND_READING = frozenset({"control-characters", "partly-mapped", "greek-letters"})
_UNREADABLE = Verdict("unreadable", "none")
_CLEARLY_READABLE = 0.8  # share of words that a second reading must have to be believed


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What a PDF file shows.

    Attributes:
        page_count: Pages of the document.
        pages: All of them in order, those without usable text included.
        problems: What went wrong without ending the work, by page where it concerns one:
            `page-unreadable`, `page-damaged`, `page-too-complex`, `structure-rebuilt`.
    """

    page_count: int
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass over the pages of a file: None for a page that cannot be opened."""

    data: bytes
    readings: list[Reading | None]
    has_symptoms: bool = False

    @property
    def failed(self) -> bool:
        return not any(self.readings)


def read_pdf(data: bytes, limits: Limits | None = None) -> PdfContent:
    """Read a PDF: for every page its characters, ruling lines and pictures, as displayed.

    Coordinates are points from the top left of each page as a viewer shows it: rotation and
    crop box are applied. A table printed sideways on an upright page stays sideways; its
    characters say so by their `angle`. Where the file's own tables give wrong characters for
    its glyphs, they are put right from the embedded fonts first (verdict `repaired`). A page
    whose text layer is not fit to be read has no characters, `text_source` `none`, and the
    reason in `text_verdict` (see `parsers.pdf.quality`).

    Args:
        data: The bytes of the file.
        limits: Bounds on what the file may cost; the defaults suit reports.

    Raises:
        DocumentRefused: `empty-file`, `not-a-pdf`, `encrypted`, `damaged`, `no-pages`,
            `too-large`. Nothing else is raised, whatever the bytes are.
    """
    limits = limits or Limits()
    data = checked(data, limits)
    with LOCK:
        contents = survey_contents(data, limits.page_bytes)
        if contents.endless:
            raise DocumentRefused("too-large", "a page draws without end")
        problems: list[Problem] = []
        done = _read(data, limits)
        if done is None or done.failed:
            done = _read_mended(data, limits, done)
            problems.append(Problem("structure-rebuilt", "damaged; its structure was rebuilt"))
        pages = []
        for number, reading in enumerate(done.readings, start=1):
            damaged = number in contents.damaged
            problems.extend(_problems(reading, number, damaged=damaged))
            pages.append(_page(reading, number, done.data, limits, damaged=damaged))
    return PdfContent(len(pages), tuple(pages), tuple(problems))


def _read_mended(data: bytes, limits: Limits, done: _Pass | None) -> _Pass:
    """Read a copy with a rebuilt structure, for PDFium made nothing of the file itself."""
    better = mended(data, limits)
    again = None if better is None else _read(better, limits)
    if again is not None and not again.failed:
        return again
    if done is not None and not done.readings:
        raise DocumentRefused("no-pages", "the document has no pages")
    raise DocumentRefused("damaged", "its structure is broken beyond repair")


def _read(data: bytes, limits: Limits) -> _Pass | None:
    """All pages, with glyph tables put right where a page shows that they are wrong."""
    done = _pass(data, limits, watch=len(data) <= limits.remap_bytes)
    if done is None or not done.has_symptoms:
        return done
    better = remap_fonts(data)
    if better is not None:
        again = _pass(better.data, limits, fonts=better.fonts)
        if again is not None and not again.failed:
            return again
    return _pass(data, limits, before=done.readings)


def _pass(
    data: bytes,
    limits: Limits,
    *,
    watch: bool = False,
    fonts: frozenset[str] = frozenset(),
    before: Sequence[Reading | None] = (),
) -> _Pass | None:
    """Read all pages, those in `before` excepted.

    With `watch` it stops at the first page whose text shows a wrong glyph table. None where
    no document opens, or its number of pages is not believable.
    """
    with open_document(data) as document:
        if document is None or document.page_count > limits.pages:
            return None
        readings = list(before)
        for index in range(len(readings), document.page_count):
            reading = read_page(document.handle, index, limits, fonts)
            readings.append(reading)
            if watch and reading is not None and has_symptoms(reading.layer.text):
                return _Pass(data, readings, has_symptoms=True)
        return _Pass(data, readings)


def _problems(reading: Reading | None, number: int, *, damaged: bool) -> Iterator[Problem]:
    if reading is None:
        yield Problem("page-unreadable", "the page cannot be opened", number)
    elif reading.problem is not None:
        yield reading.problem
    elif damaged:
        detail = "its drawing instructions are damaged; what follows the damage is lost"
        yield Problem("page-damaged", detail, number)


def _page(
    reading: Reading | None, number: int, data: bytes, limits: Limits, *, damaged: bool
) -> Page:
    """A page with the verdict on its text; what is not fit to be read is left out."""
    if reading is None:
        return Page(number, 0.0, 0.0, (), (), (), "none", _UNREADABLE.slug, "pdfium")
    verdict, chars, engine = judge(reading.layer), reading.chars, "pdfium"
    if damaged and not verdict.usable:
        verdict = _UNREADABLE
    elif verdict.slug in _WORTH_A_SECOND_READING:
        others = second_reading(data, number, limits.chars)
        text = "".join(char.text for char in others)
        second = judge(replace(reading.layer, text=text, repaired=True))
        if second.slug == "repaired" and word_share(text) >= _CLEARLY_READABLE:
            verdict, chars, engine = second, others, "pdfplumber"
    return Page(
        number,
        reading.width,
        reading.height,
        chars if verdict.usable else (),
        reading.rules,
        reading.images,
        verdict.source,
        verdict.slug,
        engine,
    )

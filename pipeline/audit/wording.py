"""What findings say, in Thai and in English (`pipeline/data/rules/`).

The table holds every sentence; this module checks it when it is loaded and fills it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from string import Formatter
from typing import Literal, TypeVar

from msgspec import Struct, field

from parsers.errors import DataTableError
from parsers.knowledge.catalogue import read_table
from pipeline.audit.case import SetCase
from pipeline.audit.equations import Equation
from pipeline.audit.interval import decimals_of
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.records import Severity

__all__ = [
    "LANGUAGES",
    "Evidence",
    "Language",
    "RuleText",
    "code_list",
    "evidence_of",
    "how",
    "how_solved",
    "method",
    "packaged_rules",
    "phrase",
    "points",
    "read_rules",
    "rule_texts",
    "rules_by_kind",
    "subject",
    "tail",
    "year_list",
]

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, Language] = ("th", "en")

# What may be put beside a finding to show that it is one: see letters.toml.
Evidence = Literal[
    "values", "arithmetic", "levels", "pass-mark", "catalogue", "identity", "measures"
]

_FOLDER = "rules"
# A sum of more numbers than this is described, not written out.
_LONGEST_SUM = 6


_Entry = TypeVar("_Entry")


class RuleText(Struct, frozen=True, forbid_unknown_fields=True):
    """The entry of a rule: see the head of phrases.toml."""

    slug: str
    severity: Severity
    since: str
    title_th: str
    title_en: str
    about_th: str
    about_en: str
    ask_th: str
    ask_en: str
    message_th: str
    message_en: str
    words: tuple[str, ...]
    example_th: str = ""
    example_en: str = ""

    def title(self, language: Language) -> str:
        """What the finding is called."""
        return self.title_th if language == "th" else self.title_en

    def about(self, language: Language) -> str:
        """What the rule checks."""
        return self.about_th if language == "th" else self.about_en

    def ask(self, language: Language) -> str:
        """What an officer may ask the agency."""
        return self.ask_th if language == "th" else self.ask_en

    def example(self, language: Language) -> str:
        """A message filled in; empty where the table has none."""
        return self.example_th if language == "th" else self.example_en

    def template(self, language: Language) -> str:
        """The message with its places open."""
        return self.message_th if language == "th" else self.message_en

    def message(self, language: Language, words: Mapping[str, str]) -> str:
        """The message of a finding, filled in."""
        return self.template(language).format_map(words)


class _Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    th: str
    en: str


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the folder, or all of them together."""

    rules: tuple[RuleText, ...] = field(name="rule", default=())
    shows: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    how: dict[str, _Phrase] = field(default_factory=dict)
    phrase: dict[str, _Phrase] = field(default_factory=dict)


def read_rules(files: Mapping[str, str]) -> _Table:
    """Read and check the tables of rules and sentences.

    Args:
        files: The text of each file by its name.

    Raises:
        DataTableError: A table is wrong; the error names the file and the entry.
    """
    rules: dict[str, RuleText] = {}
    shows: dict[str, tuple[Evidence, ...]] = {}
    how: dict[str, _Phrase] = {}
    phrases: dict[str, _Phrase] = {}
    for name, text in files.items():
        table = read_table(name, text, _Table)
        for rule in table.rules:
            _add(name, f"[[rule]] {rule.slug}", rules, rule.slug, rule)
            for message in (rule.message_th, rule.message_en):
                _check_words(name, f"[[rule]] {rule.slug}", message, rule.words)
        for slug, evidence in table.shows.items():
            _add(name, f"[shows] {slug}", shows, slug, evidence)
        for kind, entries, held in (("how", table.how, how), ("phrase", table.phrase, phrases)):
            for key, entry in entries.items():
                _add(name, f"[{kind}.{key}]", held, key, entry)
                _check_words(name, f"[{kind}.{key}]", entry.en, sorted(_words_of(entry.th)))
    return _Table(tuple(rules.values()), shows, how, phrases)


def _add(table: str, entry: str, held: dict[str, _Entry], key: str, value: _Entry) -> None:
    if key in held:
        raise DataTableError(table, entry, "stands twice")
    held[key] = value


def _check_words(table: str, entry: str, template: str, words: Iterable[str]) -> None:
    expected, found = set(words), _words_of(template)
    if found != expected:
        odd = ", ".join(sorted(found ^ expected))
        raise DataTableError(table, entry, f"Thai, English and words must name the same: {odd}")


def _words_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def packaged_rules() -> dict[str, str]:
    """The text of each table that is packaged with the program, by file name."""
    folder = files("pipeline").joinpath("data", _FOLDER)
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=_file_name)
    return {table.name: table.read_text(encoding="utf-8") for table in tables}


def _file_name(file: Traversable) -> str:
    return file.name


@cache
def _table() -> _Table:
    return read_rules(packaged_rules())


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """The entries of the rules, by slug, in the order of the table."""
    return {rule.slug: rule for rule in _table().rules}


def evidence_of(slug: str) -> tuple[Evidence, ...]:
    """What shows that a finding of a rule is one, beside the scores that it rests on."""
    return _table().shows.get(slug, ("arithmetic",))


@cache
def rules_by_kind() -> Mapping[str, tuple[RuleText, ...]]:
    """The entries of each kind of rule: the file of the folder in which they stand."""
    kinds = {
        name.removesuffix(".toml"): read_table(name, text, _Table).rules
        for name, text in packaged_rules().items()
    }
    return {kind: rules for kind, rules in kinds.items() if rules}


def phrase(name: str, language: Language, /, **words: str) -> str:
    """A phrase of the table, filled in."""
    entry = _table().phrase[name]
    return (entry.th if language == "th" else entry.en).format_map(words)


# ---- names of scores --------------------------------------------------------------------------


def points(value: Decimal) -> str:
    """A score as messages write it: two decimals, more only where more are printed.

    >>> points(Decimal("100")), points(Decimal("-78.4")), points(Decimal("78.4066"))
    ('100.00', '-78.40', '78.4066')
    """
    return f"{value:.{max(2, decimals_of(value))}f}"


def subject(held: SetCase, key: Key, language: Language) -> str:
    """What a score is of, with its year and, among several agencies, its agency."""
    level = level_of(key.code)
    name = f"{level}-weighted" if (level, key.scale) == ("instrument", "weighted") else level
    words = {"code": key.code}
    if level == "indicator":
        rule = held.rules.indicator(key.code)
        words["name"] = rule.name if rule else ""
    return phrase(name, language, **words) + tail(held, language)


def tail(held: SetCase, language: Language) -> str:
    """The year and agency of a set, as they follow the name of a score."""
    year, agency = held.scores.year_be, held.scores.agency_name_printed
    text = phrase("of-year", language, year=str(year)) if year is not None else ""
    return text + (phrase("of-agency", language, agency=agency) if agency else "")


def year_list(years: Iterable[int], language: Language) -> str:
    """Fiscal years with runs drawn together.

    >>> year_list([2562, 2563, 2564, 2566], "en")
    'FY2562–2564, FY2566'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    names = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(f"FY{name}" if language == "en" else name for name in names)


def how(held: SetCase, equation: Equation, language: Language) -> str:
    """How an equation computes its target, with the numbers where they are few."""
    entry = _table().how[equation.rule]
    text = entry.th if language == "th" else entry.en
    parts = code_list(part.code for part in equation.parts)
    return text.format_map({"parts": parts, "arithmetic": _arithmetic(held, equation)})


def method(rule: str, parts: Iterable[Key], language: Language) -> str:
    """How an equation computes its target, in words alone."""
    entry = _table().how.get(rule)
    if entry is None:
        return rule
    text = entry.th if language == "th" else entry.en
    words = {"parts": code_list(part.code for part in parts), "arithmetic": ""}
    return text.format_map(words).strip()


def how_solved(codes: Iterable[str], language: Language) -> str:
    """That several equations together call for a number."""
    entry = _table().how["solved"]
    return (entry.th if language == "th" else entry.en).format_map({"parts": ", ".join(codes)})


def _arithmetic(held: SetCase, equation: Equation) -> str:
    """The sum as `[(100.00 + 97.52 + 100.00) ÷ 3]`; empty where that would be long."""
    if len(equation.parts) > _LONGEST_SUM:
        return ""
    values = [points(held.choice.values[part].value) for part in equation.parts]
    if set(equation.weights) == {1}:
        total = " + ".join(values)
        return f" [{total}]" if equation.denominator == 1 else f" [({total}) ÷ {len(values)}]"
    shares = [Decimal(weight) / equation.denominator for weight in equation.weights]
    return " [" + " + ".join(f"{s:.2f} × {v}" for s, v in zip(shares, values, strict=True)) + "]"


def code_list(codes: Iterable[str]) -> str:
    """Codes with runs drawn together.

    >>> code_list(["i1", "i2", "i3", "i7", "9.1", "9.2", "9.3", "IIT", "EIT"])
    'i1–i3, i7, 9.1–9.3, IIT, EIT'
    """
    split = []
    for code in codes:
        head = code.rstrip("0123456789")
        number = int(code[len(head) :] or 0) if head not in ("IIT", "EIT", "OIT") else 0
        split.append((head, number, code))
    written: list[str] = []
    for _, run in groupby(enumerate(split), key=lambda e: (e[1][0], e[1][1] - e[0], not e[1][1])):
        names = [code for _, (_, number, code) in run]
        close = len(names) > 2 and names[0] != names[-1]
        written += [f"{names[0]}–{names[-1]}"] if close else names
    return ", ".join(written)

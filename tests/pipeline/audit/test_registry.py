"""The table of rules, the functions, the tests and the handbook belong together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsers.errors import DataTableError
from pipeline.audit.equations import templates
from pipeline.audit.handbook import PAGES, page, write_pages
from pipeline.audit.registry import ACROSS, RULES
from pipeline.audit.wording import (
    LANGUAGES,
    Language,
    _table,
    packaged_rules,
    read_rules,
    rule_texts,
    rules_by_kind,
)
from pipeline.audit.year import year_rules

HERE = Path(__file__).parent
TABLES = packaged_rules()


def test_every_rule_has_an_entry_and_every_entry_a_rule() -> None:
    assert set(RULES) | set(ACROSS) == set(rule_texts())


@pytest.mark.parametrize("slug", [*RULES, *ACROSS])
def test_every_rule_has_a_test(slug: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))

    assert f'"{slug}"' in tests


def test_every_equation_has_its_words() -> None:
    slugs = {
        option.rule
        for year in (2561, 2564, 2566, 2568)
        for row in templates(year_rules(year))
        for option in row.options
    } - {"indicator-from-listed-failures"}  # can only agree, so is never explained

    assert slugs <= set(_table().how)


@pytest.mark.parametrize("language", ["th", "en"])
def test_messages_are_sentences_of_their_language(language: str) -> None:
    for rule in rule_texts().values():
        message = rule.message_th if language == "th" else rule.message_en
        letters = re.sub(r"\{\w+\}", "", message)
        assert bool(re.search("[ก-๙]", letters)) == (language == "th")


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_says_what_to_ask_the_agency(slug: str) -> None:
    """An officer who has a finding needs a question: a rule without one helps nobody."""
    rule = rule_texts()[slug]

    assert re.search("[ก-๙]{8}", rule.ask_th)
    assert re.search("[a-z]{3} [a-z]", rule.ask_en)
    assert rule.ask_en.endswith((".", "?"))


@pytest.mark.parametrize("slug", RULES)
def test_an_example_is_a_message_of_its_rule(slug: str) -> None:
    """The handbook's examples must not drift away from what findings say."""
    rule = rule_texts()[slug]

    for language in LANGUAGES:
        fixed = (re.escape(part) for part in re.split(r"\{\w+\}", rule.template(language)))
        assert not rule.example(language) or re.fullmatch(".*".join(fixed), rule.example(language))
    assert bool(rule.example_th) == bool(rule.example_en)


@pytest.mark.parametrize("kind", rules_by_kind())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbook_has_every_kind_and_rule(kind: str, language: Language) -> None:
    text = page(language)

    for rule in rules_by_kind()[kind]:
        assert f"](#{rule.slug})" in text
        assert f'<a id="{rule.slug}"></a>' in text
        assert rule.ask(language) in text


@pytest.mark.parametrize(
    ("table", "old", "new", "names"),
    [
        ("scale.toml", 'severity = "error"', 'severity = "fatal"', "severity"),
        ("scale.toml", 'slug = "borderline"', 'slug = "total-differs"', "total-differs"),
        ("scale.toml", "is printed as {printed} (page {page}), right", "is right", "borderline"),
        ("phrases.toml", "[how.total-from-instruments]\nth", "[how.x]\nde", "how"),
        ("arithmetic.toml", "[[rule]]", "[[rule", "TOML"),
    ],
)
def test_a_wrong_table_is_refused_with_the_name_of_the_entry(
    table: str, old: str, new: str, names: str
) -> None:
    assert old in TABLES[table]
    with pytest.raises(DataTableError, match=re.escape(names)) as refused:
        read_rules({**TABLES, table: TABLES[table].replace(old, new, 1)})
    assert refused.value.table == table


@pytest.mark.parametrize("name", PAGES)
def test_the_handbook_is_fresh(name: str) -> None:
    """`python -m pipeline.audit.handbook docs` writes the pages anew."""
    docs = HERE.parents[2] / "docs"

    assert (docs / name).read_text(encoding="utf-8") == page(PAGES[name])


def test_the_handbook_can_be_written_anywhere(tmp_path: Path) -> None:
    write_pages(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES)


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_says_what_shows_its_findings(slug: str) -> None:
    """`ita audit --explain` must have something to show; [shows] decides what."""
    assert slug in _table().shows

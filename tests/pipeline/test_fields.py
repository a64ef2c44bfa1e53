"""The definitions of tables and columns, and what is made from them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from parsers import model
from parsers.errors import DataTableError
from pipeline.audit import records as audit_records
from pipeline.dictionary import FILES, dictionary_markdown
from pipeline.fields import check_fields, table, tables, value_labels
from pipeline.reasons import reason, reasons

# What readers of the dataset rely on: these columns exist, whatever else is added.
PROMISED = {
    "documents": "document_id file_name source retrieved_at byte_size page_count status "
    "status_reason status_detail kind agency_id agency_name agency_name_printed agency_type "
    "tambon district province province_code scheme result_year_be report_year_be text_source "
    "parser_version",
    "pages": "document_id page width height text_source text_verdict repairs word_count "
    "table_count",
    "scores": "score_id document_id agency_id agency_name_printed year_be level code code_printed "
    "code_rule label_printed value value_printed value_rule scale place page x0 top x1 bottom "
    "table_no row_no text_source confidence",
    "recomputed": "document_id agency_id agency_name_printed year_be level code computed low high "
    "printed difference rule inputs verdict why_not",
    "findings": "finding_id rule severity document_id agency_id agency_name_printed year_be level "
    "code printed expected difference message_th message_en page x0 top x1 bottom evidence",
    "measures": "measure_id document_id agency_id year_be issue_no issue_printed codes indicator "
    "analysis measure steps responsible period_printed period_start period_end result outcome "
    "follow_up page_first page_last",
    "advice": "document_id agency_id year_be code code_printed code_rule label_printed text "
    "refers_to page",
}

SMALL = """
[values.words]
a = ["ก", "a"]
[columns.id]
type = "string"
th = ["ก", "ข"]
en = ["a", "b"]
[tables.one]
th = ["ก", "ข"]
en = ["a", "b"]
key = ["id"]
required = []
columns = ["id"]
"""


@pytest.mark.parametrize("name", PROMISED)
def test_promised_columns_exist_in_their_order(name: str) -> None:
    promised = PROMISED[name].split()

    assert [column for column in table(name).names if column in promised] == promised


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("status", model.DocumentStatus),
        ("kind", model.DocumentKind),
        ("scheme", model.Scheme),
        ("level", model.Level),
        ("scale", model.Scale),
        ("place", model.Place),
        ("severity", audit_records.Severity),
        ("verdict", audit_records.Verdict),
    ],
)
def test_word_lists_are_those_of_the_records(words: str, type_: Any) -> None:
    """A word that the parsers may write and the dataset does not know would refuse a document."""
    assert set(value_labels(words)) == set(get_args(type_))


def test_agency_types_are_those_of_the_parsers(root: Path) -> None:
    raw = tomllib.loads((root / "parsers/data/agency_types.toml").read_text(encoding="utf-8"))

    assert {entry["slug"] for entry in raw["type"]} <= set(value_labels("agency_type"))


def test_every_label_is_in_its_language() -> None:
    for held in tables():
        for item in (held, *held.columns):
            for text in (item.labels["th"].title, item.labels["th"].description):
                thai = any("\u0e00" <= char <= "\u0e7f" for char in text)
                assert thai or text.isupper(), (held.name, text)
            for text in (item.labels["en"].title, item.labels["en"].description):
                assert text.isascii() or "–" in text, (held.name, text)


def test_column_names_are_plain_english_words() -> None:
    """Portals and SQL want names without blanks and without letters beyond ASCII."""
    for held in tables():
        for name in held.names:
            assert name.isascii() and name.isidentifier() and name == name.lower()


def test_a_column_means_the_same_type_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for held in tables():
        for column in held.columns:
            # What a finding prints may be a word, what is recomputed is a score.
            if column.name != "printed":
                kinds.setdefault(column.name, set()).add(column.type)

    assert {name for name, types in kinds.items() if len(types) > 1} == set()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[tables.one]", "[tables.one"), "file"),
        (('type = "string"', 'type = "text"'), "column id"),
        (('columns = ["id"]', 'columns = ["id", "other"]'), "other"),
        (('columns = ["id"]', 'columns = ["id", "id"]'), "twice"),
        (('key = ["id"]', 'key = ["di"]'), "tables.one.key"),
        (('type = "string"', 'type = "string"\nvalues = "lost"'), "lost"),
        (('type = "string"', 'type = "string"\nreferences = "two"'), "two"),
        (('type = "string"', 'type = "string"\ncolour = "red"'), "colour"),
    ],
)
def test_a_wrong_definition_is_named(change: tuple[str, str], said: str) -> None:
    assert check_fields(SMALL)[0].names == ("id",)

    with pytest.raises(DataTableError, match=said) as caught:
        check_fields(SMALL.replace(*change, 1))
    assert caught.value.table == "fields.toml"


@pytest.mark.parametrize("lang", FILES)
def test_the_data_dictionary_is_fresh(root: Path, lang: Any) -> None:
    """Made by `python -m pipeline.dictionary docs`."""
    text = (root / "docs" / FILES[lang]).read_text(encoding="utf-8")

    assert text == dictionary_markdown(lang)


def test_every_column_stands_in_the_data_dictionary() -> None:
    text = dictionary_markdown("th")

    for held in tables():
        assert f"\n## {held.name}\n" in text
        for column in held.columns:
            assert f"| `{column.name}` |" in text


def test_every_reason_says_what_to_do_in_both_languages() -> None:
    for slug, held in reasons().items():
        for text in (held.th, held.do_th):
            assert any("\u0e00" <= char <= "\u0e7f" for char in text), slug
        for text in (held.en, held.do_en):
            assert text.isascii() and text.endswith("."), slug


def test_an_unknown_reason_has_general_words() -> None:
    assert reason("never-heard-of") == reason("other")


@pytest.mark.parametrize(
    "slug",
    [
        "encrypted",
        "not-a-pdf",
        "empty-file",
        "damaged",
        "no-pages",
        "too-large",
        "timeout",
        "out-of-memory",
        "crashed",
        "no-report-content",
        "ocr-unavailable",
        "unreadable-file",
        "internal-error",
        "page-unreadable",
        "page-damaged",
        "page-too-complex",
        "structure-rebuilt",
    ],
)
def test_every_reason_that_the_readers_give_has_words(slug: str) -> None:
    assert reason(slug) != reason("other")

"""Codes in every spelling that reports print."""

from __future__ import annotations

import pytest

from parsers.reading.codes import candidates, find_code_groups, find_codes, head_code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("i1", "i1"),
        ("I10", "i10"),
        ("ข้อ i๑", "i1"),
        ("ข้อ ๐๗", "o7"),
        ("ข้อ ๐๑๐", "o10"),
        ("o12", "o12"),
        ("O๒๐", "o20"),
        ("ข้อ EP๑", "ep1"),
        ("es9", "es9"),
        ("e ๔", "e4"),
        ("i 12", "i12"),
        ("ข้อ 021", "o21"),
        ("(อ้างอิงจาก ๐๑๑)", "o11"),
        ("i07", "i7"),
    ],
)
def test_spellings(printed: str, code: str) -> None:
    found = find_codes(printed)

    assert [mention.codes[0] for mention in found] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "เวลา ๐๘.๓๐ น.",
        "โทร. ๐-๔๔๘๕-๑๓๕๙",
        "โทรศัพท์ 044-123456",
        "คะแนน ๐๐.๐๐",
        "ได้ 0 คะแนน",
        "wifi5 และ iPhone12",
        "http://site/o12/page",
        "ข้อ ๑๐๐",
        "i99",
        "12-05-2566",
        "ร้อยละ 05",
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert find_codes(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("e๔-e๕", [("e4", "e5")]),
        ("e๔- e๖ ซึ่งได้คะแนน", [("e4", "e5", "e6")]),
        ("i๗ ถึง i๙ และ ๐๑๖ ถึง ๐๑๘", [("i7", "i8", "i9", "o16", "o17", "o18")]),
        ("ข้อ i๒ และ i๓ ได้คะแนน", [("i2", "i3")]),
        ("ข้อ ๐๑-๐๔ ซึ่ง", [("o1", "o2", "o3", "o4")]),
        ("ข้อ e๓ และข้อ ๐๙ ถึง ๐๑๑ และ ๐๒๐", [("e3", "o9", "o10", "o11", "o20")]),
        ("i1-3", [("i1", "i2", "i3")]),
        ("ตัวชี้วัด i๗ ถึง i๘ และข้อตัวชี้วัด ๐๑๖", [("i7", "i8", "o16")]),
        ("i1, i2, i5", [("i1", "i2", "i5")]),
        ("i๑ ได้ ๙๙ คะแนน i๒ ได้ ๑๐๐", [("i1",), ("i2",)]),
        ("กลุ่ม e๔- e๖ ข้อ e๔ ได้", [("e4", "e5", "e6"), ("e4",)]),
        ("e๔ e๕ และ e๗", [("e4", "e5", "e7")]),
        ("o9 ถึง o7", [("o9",), ("o7",)]),
    ],
)
def test_groups_and_ranges(text: str, codes: list[tuple[str, ...]]) -> None:
    assert [mention.codes for mention in find_code_groups(text)] == codes


def test_a_group_spans_what_it_names() -> None:
    text = "ตามข้อ i๗ ถึง i๙ ได้ ๑๐๐"

    (group,) = find_code_groups(text)

    assert text[group.start : group.end] == "i๗ ถึง i๙"
    assert group.rule == "range"


@pytest.mark.parametrize(
    ("token", "first"),
    [
        ("๐๗", ("o7", "zero-for-o")),
        ("EP๓", ("ep3", "exact")),
        ("14", ("i4", "digit-for-letter")),
        ("๕๑๐", ("e10", "digit-for-letter")),
        ("l3", ("i3", "lookalike-for-i")),
        ("7", ("i7", "letter-left-out")),
    ],
)
def test_candidates(token: str, first: tuple[str, str]) -> None:
    assert candidates(token)[0] == first


def test_no_candidates_beyond_the_largest_questionnaire() -> None:
    assert candidates("i49") == []
    assert candidates("๐๐") == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("ข้อ i๑ การปฏิบัติงาน", "i๑"),
        ("๐๑๓ รายงานผล", "๐๑๓"),
        ("- ข้อ ๐๓.รายงานผล", "๐๓"),
        ("(I12) บุคลากร", "I12"),
        ("ข้อที่ ๑๔ คู่มือ", "๑๔"),
    ],
)
def test_head_code(text: str, token: str) -> None:
    head = head_code(text)

    assert head is not None
    assert head.token == token


def test_a_decimal_at_the_head_is_no_code() -> None:
    assert head_code("๙๙.๓๕ คะแนน") is None


def test_a_hyphen_or_blank_between_letter_and_number() -> None:
    assert [m.codes for m in find_codes("ข้อ O-20 และ O 12 ผ่านระบบ E-Service 3 ระบบ")] == [
        ("o20",),
        ("o12",),
    ]
    assert candidates("O-20") == [("o20", "exact")]

"""Whether a title belongs to the code before it."""

from __future__ import annotations

import pytest

from parsers.knowledge.fits import TitleFit, title_fit, title_may_mean


@pytest.mark.parametrize(
    ("title", "code", "year_be", "expected"),
    [
        ("แผนปฏิบัติการป้องกันการทุจริต", "o25", 2568, TitleFit(True)),
        ("แผนปฏิบัติการป้องกันการทุจริต", "o24", 2568, TitleFit(False, "o25")),
        ("แผนปฏิบัติการป้องกันการทุจริต", "o40", 2568, TitleFit(False, "o25")),  # no such code
        ("E-Service", "o10", 2568, TitleFit(True)),
        ("E-Service", "o12", 2568, TitleFit(False, "o10")),
        ("แผนปฏิบัติการ", "o24", 2568, TitleFit(False)),  # cut: nobody knows of what
        ("", "o24", 2568, TitleFit(False)),
        ("แผนปฏิบัติการป้องกันการทุจริต", "o25", 2599, TitleFit(False)),
        ("เจ้าหน้าที่เรียกรับสินบนเพื่อแลกกับการให้บริการหรือไม่", "ep3", 2568, TitleFit(True)),
    ],
)
def test_title_fit(title: str, code: str, year_be: int, expected: TitleFit) -> None:
    assert title_fit(title, code, year_be) == expected


def test_a_damaged_title_may_still_mean_its_question() -> None:
    title = "หนวยงานเผยแพรขอมลทประชาชนควรทราบอยางชดเจน มากนอยเพยงใด"

    assert title_may_mean(title, "e7", 2566)
    assert not title_may_mean(title, "e10", 2566)

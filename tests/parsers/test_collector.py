"""The search for cycles is put off while a report is read, and comes back after it."""

from __future__ import annotations

import gc

import pytest

from parsers.collector import cycles_unsought
from parsers.report import parse_report


def test_it_is_off_inside_and_on_again_after_the_outermost():
    with cycles_unsought():
        with cycles_unsought():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_off_before_stays_off():
    gc.disable()
    try:
        with cycles_unsought():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_comes_back_after_an_error():
    with pytest.raises(KeyError), cycles_unsought():
        raise KeyError
    assert gc.isenabled()


def test_a_refused_document_leaves_it_on():
    assert parse_report(b"").status == "refused"
    assert gc.isenabled()

"""The input method in the kiosk: opened once somebody writes, asked once, told when it is gone."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.input_method import InputMethod
from kiosk.config.sections import OWN_PINYIN_INDEX
from kiosk.model.text import Language
from kiosk.session.entry import blank
from kiosk.session.states import Entry

WRITING = replace(blank(Entry.NAME, Language.ZH), letters="lina")


def test_letters_become_names() -> None:
    """The port and the engine must understand each other with the real index."""
    method = InputMethod(OWN_PINYIN_INDEX)
    assert method.pages(WRITING)[0][0].text == "李娜"
    single = method.pages(replace(WRITING, one_by_one=True))
    assert all(len(one.text) == 1 for page in single for one in page)
    method.close()


def test_the_same_letters_are_asked_once() -> None:
    """The glass is drawn every second for the ring; the engine need not answer each time."""
    method = InputMethod(OWN_PINYIN_INDEX)
    first = method.pages(WRITING)
    assert method.pages(replace(WRITING, sheet=1)) is first
    assert method.pages(replace(WRITING, letters="li")) != first
    method.forget()
    assert method.pages(WRITING) is not first
    method.close()


def test_nothing_of_what_was_typed_stays() -> None:
    """The next person's memory dump would hold a name."""
    method = InputMethod(OWN_PINYIN_INDEX)
    method.pages(WRITING)
    method.pages(replace(WRITING, letters=""))
    assert "lina" not in repr(vars(method))
    method.close()


def test_a_missing_index_is_told_once_and_nothing_is_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A kiosk that crashed at the first letter would serve nobody."""
    method = InputMethod(tmp_path / "pinyin.index")
    assert method.usable
    with caplog.at_level(logging.ERROR):
        assert method.pages(WRITING) == ()
        assert method.pages(replace(WRITING, letters="li")) == ()
    assert not method.usable
    (line,) = caplog.messages
    assert "make pinyin" in line
    assert "lina" not in line

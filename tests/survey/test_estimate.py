"""The time a survey takes, as an author is told it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.estimate import estimate_in_s, estimate_s
from kiosk.survey.form import Form


def form(*elements: dict[str, Any], **page: Any) -> Form:
    """A page of these questions."""
    return Form.model_validate({"pages": [{"name": "p", "elements": list(elements), **page}]})


def text(kind: str = "text", name: str = "q", **more: Any) -> dict[str, Any]:
    """A question to be typed."""
    return {"type": "text", "name": name, "inputType": kind, "title": "Why", **more}


CHOICES = [{"value": n} for n in range(6)]


@pytest.mark.parametrize(
    ("quick", "slow"),
    [
        ({"type": "rating", "name": "q", "title": "Why"}, text()),
        ({"type": "boolean", "name": "q", "title": "Why"}, text("date")),
        (text("number"), text("email")),
        (
            {"type": "radiogroup", "name": "q", "choices": CHOICES[:2]},
            {"type": "radiogroup", "name": "q", "choices": CHOICES},
        ),
        (
            {"type": "radiogroup", "name": "q", "choices": CHOICES},
            {"type": "checkbox", "name": "q", "choices": CHOICES},
        ),
        (
            {"type": "imagepicker", "name": "q", "choices": CHOICES},
            {"type": "imagepicker", "name": "q", "choices": CHOICES, "multiSelect": True},
        ),
        (text(visibleIf="{q} = 1"), text()),
        (text(), text(description="With three more lines about it, which all want to be read")),
    ],
)
def test_what_takes_longer_is_told_longer(quick: dict[str, Any], slow: dict[str, Any]) -> None:
    """An author would cut the quick question and keep the slow one."""
    assert estimate_s(form(quick)) < estimate_s(form(slow))


def test_each_language_is_read_at_its_own_speed() -> None:
    """English readers would be promised the time of Chinese ones."""
    asked = form(text(title={"default": "x" * 30, "zh-cn": "字" * 20}))
    in_zh_s, in_en_s = (estimate_in_s(asked, one) for one in (Language.ZH, Language.EN))
    assert (in_zh_s, in_en_s) == (1 + 10 + 20 / 5, 1 + 10 + 30 / 15)
    assert estimate_s(asked) == in_zh_s


def test_latin_words_in_chinese_are_read_as_such() -> None:
    """A title of "XS S M L" in both languages would take three times as long in one."""
    asked = form(text(title="XS S M L"))
    assert estimate_in_s(asked, Language.ZH) == estimate_in_s(asked, Language.EN)


def test_a_page_seldom_seen_counts_a_third() -> None:
    """A survey that branches would look too long for the time it takes most people."""
    always, seldom = form(text()), form(text(), visibleIf="{q} = 1")
    assert estimate_s(seldom) == pytest.approx(estimate_s(always) / 3)
    panel = {"type": "panel", "name": "in", "visibleIf": "{q} = 1", "elements": [text()]}
    assert estimate_s(form(panel)) == pytest.approx(1 + (estimate_s(always) - 1) / 3)


def test_what_is_only_shown_takes_no_answer() -> None:
    """A figure that is computed would count as a question."""
    figure = {"type": "expression", "name": "f", "expression": "1 + 1"}
    assert estimate_s(form(text(), figure)) == estimate_s(form(text()))


@given(st.lists(st.sampled_from(["text", "tel", "number", "date", "month", "email"]), min_size=1))
def test_one_more_question_never_takes_less(kinds: list[str]) -> None:
    """An author would make a survey shorter by adding to it."""
    asked = [text(kind, f"q{at}") for at, kind in enumerate(kinds[:30])]
    takes_s = [estimate_s(form(*asked[: at + 1])) for at in range(len(asked))]
    assert takes_s == sorted(takes_s)

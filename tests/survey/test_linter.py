"""What is unwise is told to an author, and nothing else is."""

from typing import Any

import pytest

from kiosk.survey.document import Document
from kiosk.survey.estimate import estimate_s
from kiosk.survey.linter import Rule, advice_on
from tests.survey.example import Change, element, published


def rules(document: Document) -> set[tuple[Rule, str]]:
    """What the linter warns of, and about which question."""
    return {(one.rule, one.about) for one in advice_on(document)}


def test_a_good_survey_is_not_warned_of() -> None:
    """Warnings that are always there are never read."""
    why = {"zh-CN": "我们会给您回电", "en": "So that we can call you back"}

    def good(given: dict[str, Any]) -> None:
        names = ("overall", "cause", "contact_me", "nps", "ideas")
        given["questions"] = {name: {"purpose": "service"} for name in names}
        given["questions"]["phone"] = {"purpose": "call", "why": why, "sensitivity": "personal"}
        given["anonymous_allowed"] = False

    assert rules(published(good)) == set()
    assert 10 < estimate_s(published(good).survey) < 30


@pytest.mark.parametrize(
    ("change", "rule", "about"),
    [
        (lambda g: None, Rule.PURPOSE, "overall"),
        (lambda g: element(g, 0, 0)["title"].pop("zh-cn"), Rule.TRANSLATION, "overall"),
        (lambda g: element(g, 0, 0).pop("title"), Rule.TITLE, "overall"),
        (lambda g: element(g, 2, 1).update(title="您的收入是多少？"), Rule.SENSITIVE, "ideas"),
        (lambda g: element(g, 2, 1).update(title="What is your salary?"), Rule.SENSITIVE, "ideas"),
        (lambda g: element(g, 2, 1).update(title="公司需要您的建议"), Rule.COMPANY, "ideas"),
        (lambda g: element(g, 2, 1).update(isRequired=True), Rule.REQUIRED, "ideas"),
        (lambda g: element(g, 2, 1).update(title="You said {causes}"), Rule.NAME, "ideas"),
        (lambda g: element(g, 2, 1).update(requiredIf="{self} empty"), Rule.NAME, "ideas"),
        (lambda g: g["survey"].pop("clearInvisibleValues"), Rule.LINGERS, ""),
        (lambda g: None, Rule.ANONYMOUS, ""),
        (lambda g: g["survey"]["pages"].extend(_comments(8)), Rule.LENGTH, ""),
        (lambda g: g["survey"]["pages"].extend(_comments(8)), Rule.PAGES, ""),
        (lambda g: element(g, 1, 0)["choices"].extend(range(9)), Rule.CHOICES, "cause"),
        (
            lambda g: g.update(questions={"phone": {"sensitivity": "personal"}}),
            Rule.WHY,
            "phone",
        ),
        (lambda g: g.update(questions={"nps": {"self_askable": False}}), Rule.STAFF, "nps"),
        (lambda g: element(g, 1, 1).update(_pictures("x", None)), Rule.PICTURE, "contact_me"),
        (lambda g: g["survey"]["pages"][0]["elements"].append(_html("Hi")), Rule.TRANSLATION, ""),
    ],
)
def test_what_is_unwise_is_told(change: Change, rule: Rule, about: str) -> None:
    """A survey too long or too curious drives members away; its author is the last to see it."""
    assert (rule, about) in rules(published(change))


def _pictures(*links: str | None) -> dict[str, Any]:
    choices = [{"value": at, "imageLink": link} for at, link in enumerate(links) if link]
    choices += [{"value": at} for at, link in enumerate(links) if not link]
    return {"type": "imagepicker", "choices": choices}


def _html(text: str) -> dict[str, Any]:
    return {"type": "html", "name": "note", "html": text}


def _comments(many: int) -> list[dict[str, Any]]:
    return [
        {"name": f"more{at}", "elements": [{"type": "comment", "name": f"c{at}", "title": "More?"}]}
        for at in range(many)
    ]

"""A survey says why it asks, where its author does."""

import pytest

from kiosk.model.text import Language
from kiosk.session.states import Home, Session, Survey
from tests.golden.shots import LINA
from tests.golden.shots_survey import HERE
from tests.screens.glasses import drawn, said
from tests.survey.survey_kit import ID, asks, document, put

WHY = {"zh-CN": "只用来给您回电", "en": "Only to call you back"}
PHONE = asks("text", "phone", "手机号？", "Your number?", inputType="tel")


def words(question: dict[str, object], language: Language) -> str:
    """Everything the page of this question says."""
    survey = document(question, questions={"phone": {"why": WHY}})
    page = Survey(put(survey, "phone", language=language), ID)
    until_s = HERE.uptime_s + 38
    session = Session(page, language, trail=(Home(),), visitor=LINA, until_s=until_s)
    return said(drawn(session, HERE))


@pytest.mark.parametrize(
    ("language", "reason"), [(Language.ZH, WHY["zh-CN"]), (Language.EN, WHY["en"])]
)
def test_the_reason_stands_below_the_question(language: Language, reason: str) -> None:
    """A number would be asked for, and nobody would say what becomes of it."""
    assert reason in words(PHONE, language)


def test_what_the_author_says_of_the_question_goes_first() -> None:
    """A page would have two lines of small print, and no room for the answers."""
    told = words({**PHONE, "description": "11 digits"}, Language.EN)
    assert "11 digits" in told
    assert WHY["en"] not in told

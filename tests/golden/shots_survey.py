"""Golden pictures of surveys: one question of every kind, a fault, without a name, the thanks."""

from kiosk.session import answering
from kiosk.session.states import Home, Survey, SurveyThanks
from tests.factories import content, world
from tests.golden.shots import LINA, Shot
from tests.survey.survey_kit import (
    ALL_KINDS,
    BOUGHT,
    ID,
    KINDS,
    WORLD,
    both,
    document,
    put,
    survey_at,
)

SHORT = document(
    *(one for one in ALL_KINDS if one["name"] in ("overall", "nps", "reason", "ideas"))
)
NAMELESS = SHORT.model_copy(update={"anonymous_allowed": True})
HELLO = {
    "type": "html",
    "name": "hello",
    "title": both("开始之前", "Before you begin"),
    "html": both(
        "接下来几个问题与今天的购物有关，随时可以跳过。",
        "The next questions are about today's shopping. You may skip any of them.",
    ),
}
WORDS = document(
    survey={
        "pages": [
            {"name": "p1", "elements": [HELLO]},
            {"name": "p2", "elements": [one for one in ALL_KINDS if one["name"] == "overall"]},
        ]
    }
)
HERE = world(content=content(surveys=(KINDS,)))
BESIDE = (Home(),)


def shot(name: str, page: Survey | SurveyThanks, **more: object) -> Shot:
    """A member's picture of this page."""
    given = {"visitor": LINA, "trail": BESIDE, **more}
    return Shot(f"survey-{name}", page, HERE, **given)  # type: ignore[arg-type]


def with_fault() -> Survey:
    """Gone on without the number that is asked for."""
    asking = answering.forward(put(KINDS, "phone"), WORLD)
    return Survey(asking, ID)


def filled() -> Survey:
    """A number was written; it stands nowhere."""
    return Survey(answering.write_text(put(KINDS, "phone"), "13812345678", WORLD), ID)


def answered_before() -> Survey:
    """Back on a question that was answered."""
    asking = put(KINDS, "reason")
    back = answering.backward(answering.touch(asking, "1", WORLD), WORLD)
    assert back is not None
    return Survey(back, ID)


EVERY_WAY = (
    shot("smileys", survey_at("overall", SHORT, purchase=BOUGHT)),
    shot("nameless", survey_at("overall", NAMELESS, purchase=BOUGHT, anonymous=True)),
    shot("nps", survey_at("nps", SHORT, purchase=BOUGHT)),
    shot("choices", survey_at("reason", SHORT)),
    shot("several", survey_at("cause", KINDS, "0", "2")),
    shot("icons", survey_at("style", KINDS, "0", "1")),
    shot("text", survey_at("phone")),
    shot("fault", with_fault()),
    shot("boolean", survey_at("fitting")),
    shot("pictures", survey_at("gift")),
    shot("date", survey_at("day")),
    shot("last", survey_at("ideas", SHORT)),
    shot("thanks", SurveyThanks("kinds", 20), left_s=5),
)

STANDING_ONLY = (
    shot("answered", answered_before()),
    shot("filled", filled()),
    shot("stars", survey_at("stars")),
    shot("sizes", survey_at("size")),
    shot("faces-10", survey_at("ease")),
    shot("only-words", survey_at("hello", WORDS)),
    Shot("survey-nobody", survey_at("overall", NAMELESS), HERE),
    Shot("survey-thanks-nobody", SurveyThanks("kinds"), HERE, left_s=5),
    shot("thanks-nameless", SurveyThanks("kinds", 20, anonymous=True), left_s=5),
    shot("big-text", survey_at("overall", NAMELESS, purchase=BOUGHT), big_text=True),
    shot("high-contrast", survey_at("style", KINDS, "0"), theme="high-contrast"),
)

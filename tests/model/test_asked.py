"""What was asked, in one word: who reads it later reads what was meant."""

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kiosk.model.answers import Came, ProfileAnswer, Reluctance, SurveyAsked, SurveyResponse
from kiosk.model.asked import (
    LONGEST_FIELD,
    profile_word,
    read_profile_word,
    survey_word,
    survey_words,
    tells_of,
)
from kiosk.model.text import Identifier, Language
from tests.factories import KEY

IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
ID = UUID("01937a00-0000-7000-8000-0000000000b1")
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True)


def asked(came: Came, survey_id: str = "post_purchase", purchase: str | None = "p-77") -> str:
    """The word for a survey of which this came."""
    return survey_word(
        SurveyAsked(
            asked_id=ID,
            member_id="m-1",
            card_key=KEY.hex(),
            survey_id=survey_id,
            survey_version=1,
            purchase=purchase,
            came=came,
            language=Language.ZH,
        )
    )


def answered(*, complete: bool) -> str:
    """The word for an answer, whole or half."""
    return survey_word(
        SurveyResponse(
            response_id=ID,
            survey_id="vote",
            survey_version=1,
            language=Language.ZH,
            complete=complete,
            anonymous=False,
            member_id="m-1",
            card_key=KEY.hex(),
            answers={"overall": 5},
            seconds={},
        )
    )


def profile(**said: object) -> str:
    """The word for what was said to a question of the profile."""
    given = {"answer_id": ID, "member_id": "m-1", "card_key": KEY.hex(), "survey_id": "stage_1"}
    edition = {"survey_version": 1, "field": "style", "language": Language.ZH}
    return profile_word(ProfileAnswer.model_validate(given | edition | said))


def test_a_survey_s_word_says_what_came_of_it() -> None:
    """Half an answer would count as a whole one, and its points be waited for in vain."""
    assert asked(Came.DECLINED) == "declined.p-77.post_purchase"
    assert answered(complete=True) == "answered.none.vote"
    assert answered(complete=False) == f"{Came.HALF_WAY}.none.vote"


@example(Came.ANSWERED, "s" * 64, "p" * 64)
@given(st.sampled_from(Came), NAMES, st.none() | NAMES)
def test_every_word_of_a_survey_can_be_kept_and_is_found_again(
    came: Came, survey_id: str, purchase: str | None
) -> None:
    """A word that no claim can hold would take the answer's record down with it."""
    word = asked(came, survey_id, purchase)
    assert IDENTIFIER.validate_python(word) == word
    assert word in survey_words(survey_id, purchase)
    assert purchase is None or tells_of(word, purchase)


@pytest.mark.parametrize("other", ["p-7", "p", "77", "p-77.2", "p-77_2"])
def test_a_word_tells_of_its_own_purchase_alone(other: str) -> None:
    """A survey about one purchase would silence the question about another."""
    word = asked(Came.ANSWERED, purchase=other)
    assert not tells_of(word, "p-77")
    assert not tells_of(asked(Came.ANSWERED), other)


@pytest.mark.parametrize(
    ("said", "word", "how"),
    [
        ({"value": "plain"}, "answered.style", None),
        ({"confirmed": True}, "confirmed.style", None),
        ({"put_off": Reluctance.LATER}, "later.style", Reluctance.LATER),
        ({"put_off": Reluctance.NEVER}, "never.style", Reluctance.NEVER),
    ],
)
def test_a_profile_s_word_is_read_as_it_was_meant(
    said: dict[str, object], word: str, how: Reluctance | None
) -> None:
    """Offline, what a member refused would count as told, or be asked at the next visit."""
    assert profile(**said) == word
    assert read_profile_word(word) == ("style", how)


def test_the_longest_field_fits_every_word_and_no_longer_one_breaks_it() -> None:
    """A field whose name is cut would never be known as told."""
    longest = "f" * LONGEST_FIELD
    assert read_profile_word(profile(confirmed=True, field=longest)) == (longest, None)
    word = profile(confirmed=True, field="f" * 64)
    assert IDENTIFIER.validate_python(word) == word


@pytest.mark.parametrize("word", ["", "style", "answered", "answered.", "often.style", ".style"])
def test_a_word_that_nobody_understands_says_nothing(word: str) -> None:
    """A claim of another version would stop the member's page."""
    assert read_profile_word(word) is None

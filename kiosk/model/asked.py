"""What a member was asked, in one word, as a claim keeps it."""

from kiosk.model.answers import Came, ProfileAnswer, Reluctance, SurveyAsked, SurveyResponse
from kiosk.model.text import Identifier

_LONGEST = 64
"""Of an Identifier (kiosk/model/text.py)."""

_ANSWERED, _CONFIRMED = "answered", "confirmed"

LONGEST_FIELD = _LONGEST - len(f"{_CONFIRMED}.")
"""Characters of a profile's question name that every word about it has room for."""


def survey_word(fact: SurveyResponse | SurveyAsked) -> Identifier:
    """`answered.p-77.post_purchase`; a name too long for it loses its end."""
    if isinstance(fact, SurveyAsked):
        came = fact.came
    else:
        came = Came.ANSWERED if fact.complete else Came.HALF_WAY
    return _word(came, fact.survey_id, fact.purchase)


def survey_words(survey_id: str, purchase: str | None) -> frozenset[Identifier]:
    """Every word there can be for this survey, one for each thing that may come of it."""
    return frozenset(_word(came, survey_id, purchase) for came in Came)


def tells_of(word: Identifier, purchase: str) -> bool:
    """Whether a survey's word is about this purchase, whichever survey it was."""
    beginnings = (_word(came, "", purchase) for came in Came)
    return any(word.startswith(one) for one in beginnings)


def _word(came: Came, survey_id: str, purchase: str | None) -> Identifier:
    about = (purchase or "none").replace(".", "_")
    return f"{came}.{about}.{survey_id}"[:_LONGEST]


def profile_word(fact: ProfileAnswer) -> Identifier:
    """`answered.style`, `later.style`, `never.style`, `confirmed.style`."""
    said = _CONFIRMED if fact.confirmed else str(fact.put_off or _ANSWERED)
    return f"{said}.{fact.field}"[:_LONGEST]


def read_profile_word(word: Identifier) -> tuple[str, Reluctance | None] | None:
    """The field, and how it was turned down; None for a word nobody understands any more."""
    said, _, name = word.partition(".")
    if not name:
        return None
    if said in (_ANSWERED, _CONFIRMED):
        return name, None
    return (name, Reluctance(said)) if said in set(Reluctance) else None

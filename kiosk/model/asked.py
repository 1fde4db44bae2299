"""What a member was asked, in one word, as a claim keeps it."""

from dataclasses import dataclass

from kiosk.model.answers import Came, ProfileAnswer, Reluctance, SurveyAsked, SurveyResponse
from kiosk.model.text import Identifier

_LONGEST = 64
"""Of an Identifier (kiosk/model/text.py)."""

_ANSWERED, _CONFIRMED = "answered", "confirmed"


@dataclass(frozen=True, slots=True)
class AskedWord:
    """What a claim remembers of a survey.

    Attributes:
        purchase: the one it was about; "" for none.
    """

    survey_id: str
    purchase: str
    came: Came


def survey_word(fact: SurveyResponse | SurveyAsked) -> Identifier:
    """`answered.p-77.post_purchase`; a name too long for it loses its end."""
    if isinstance(fact, SurveyAsked):
        came = fact.came
    else:
        came = Came.ANSWERED if fact.complete else Came.HALF_WAY
    purchase = (fact.purchase or "none").replace(".", "_")
    return f"{came}.{purchase}.{fact.survey_id}"[:_LONGEST]


def read_survey_word(word: Identifier) -> AskedWord | None:
    """What `survey_word` wrote; None for a word that nobody understands any more."""
    came, _, rest = word.partition(".")
    purchase, _, survey_id = rest.partition(".")
    if came not in set(Came) or not survey_id:
        return None
    return AskedWord(survey_id, "" if purchase == "none" else purchase, Came(came))


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

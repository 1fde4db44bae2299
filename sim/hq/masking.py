"""What kiosks are told of a value of the profile: choices as they are, all else masked."""

from collections.abc import Iterable

from kiosk.survey.document import Document, Sensitivity
from kiosk.survey.profile import Field, fields_of
from kiosk.survey.questions import CommentQuestion, TextQuestion
from kiosk.survey.showing import HIDDEN, as_shown, is_open_choice

LONGEST = 200
"""Of `Known.shown` (kiosk/model/asking.py)."""


def field_of(documents: Iterable[Document], name: str) -> Field | None:
    """The question of this name in the first document that has it."""
    return next((one for one in fields_of(documents) if one.name == name), None)


def shown(found: Field | None, value: object) -> str:
    """What may stand on a kiosk; of what is not known or is sensitive only that it is there."""
    if found is None or found.note.sensitivity is Sensitivity.SENSITIVE:
        return HIDDEN
    written = isinstance(found.question, TextQuestion | CommentQuestion)
    if not written and not is_open_choice(found.question, found.note):
        return HIDDEN  # the first letter of a choice would tell all of it
    words = as_shown(found.question, found.note, value)
    return words if len(words) <= LONGEST else HIDDEN

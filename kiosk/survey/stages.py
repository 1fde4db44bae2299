"""What a stage of the profile must be, beyond what every survey must: asked for the member's good.

Here the linter's advice is a rule: what the chain never asks at an entrance is refused, and so is
a question without a word on what the member gains by it.
"""

from collections.abc import Iterator

from kiosk.model.asked import LONGEST_FIELD
from kiosk.survey.document import Document, Kind, Note
from kiosk.survey.parts import Words
from kiosk.survey.places import Location, Trouble, placed
from kiosk.survey.profile import BIRTHDAY
from kiosk.survey.questions import Question, TextQuestion
from kiosk.survey.topics import company_reasons, forbidden_topics


def wrong_in_stage(document: Document) -> Iterator[Trouble]:
    """Everything that keeps a document from being a stage of the profile; nothing of others."""
    if document.kind is not Kind.PROFILE:
        return
    if document.anonymous_allowed:
        reason = "`anonymous_allowed`: a profile is somebody's; it cannot be anonymous"
        yield Trouble(("anonymous_allowed",), reason)
    for place, element in placed(document.survey):
        if isinstance(element, Question):
            about = f"question `{element.name}`"
            yield from _named(element, about, place)
            yield from _forbidden(element, about, place)
            note = document.questions.get(element.name, Note())
            yield from _unexplained(note, about, ("questions", element.name))


def _named(question: Question, about: str, place: Location) -> Iterator[Trouble]:
    """What a name asks of its question."""
    if len(question.name) > LONGEST_FIELD:
        yield Trouble((*place, "name"), f"{about}: the name is longer than {LONGEST_FIELD} letters")
    is_date = isinstance(question, TextQuestion) and question.input_type == "date"
    if question.name == BIRTHDAY and not is_date:
        reason = "inputType `date` is missing: nobody could tell who is of age"
        yield Trouble(place, f"{about}: {reason}")


def _forbidden(question: Question, about: str, place: Location) -> Iterator[Trouble]:
    texts = [words for words in (question.title, question.description) if words]
    named = Words(default=question.name.replace("_", " ").replace("-", " "))
    for topic in forbidden_topics([*texts, named]):
        yield Trouble((*place, "title"), f"{about}: a profile never asks for {topic}")


def _unexplained(note: Note, about: str, place: Location) -> Iterator[Trouble]:
    if note.file is None:
        yield Trouble(place, f"{about}: property `class` is missing: `hard` or `soft`")
    if note.why is None:
        if note.self_askable:
            yield Trouble(place, f"{about}: property `why` is missing: what does the member gain?")
        return
    for phrase in company_reasons([Words.of(note.why)]):
        yield Trouble((*place, "why"), f"{about}: `{phrase}` is no gain of the member's")

"""A survey's questions as fields of a form in a browser, and back from the browser to answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import category

from kiosk.model.text import Language
from kiosk.survey.profile import Field
from kiosk.survey.questions import (
    AnyQuestion,
    BooleanQuestion,
    CommentQuestion,
    TextQuestion,
)
from kiosk.survey.scope import choice_words, choices_of, has_several, truth_words
from sim.hq.direction import undirected

PREFIX = "q."
"""Before a question's name, so that no question can be named like a field of our own."""

LONGEST = 2000
"""Characters of one field that are looked at at all."""

_COMPLETES = {"name": "name", "phone": "tel", "birthday": "bday", "address": "street-address"}
"""What the phone may offer to fill in, by the question's name (HTML, 4.10.18.7)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One field.

    Attributes:
        name: of the field in the form.
        kind: `text`, `lines`, `one` or `several`.
        type: of the input, for `text`.
        options: words of the choices; a choice is sent as its place.
        why: what the member gains; "" for nothing said.
        on_file: that HQ knows it already.
        typed: what was sent and could not be taken.
        fault: what is wrong with it; "" for nothing.
    """

    name: str
    title: str
    kind: str
    type: str = "text"
    options: tuple[str, ...] = ()
    why: str = ""
    completes: str = "off"
    on_file: bool = False
    typed: tuple[str, ...] = ()
    fault: str = ""

    @property
    def text(self) -> str:
        """What was typed into a field for words."""
        return self.typed[0] if self.typed else ""


def shown(
    field: Field,
    language: Language,
    *,
    on_file: bool,
    typed: Sequence[str] = (),
    fault: str = "",
) -> Shown:
    """A question as a field of the form, in the reader's language."""
    question, why = field.question, field.note.why
    return Shown(
        name=PREFIX + field.name,
        title=question.title.in_(language) if question.title else field.name,
        kind=_kind(question),
        type=question.input_type if isinstance(question, TextQuestion) else "text",
        options=_options(question, language),
        why=why.in_(language) if why is not None else "",
        completes=_COMPLETES.get(field.name, "off"),
        on_file=on_file,
        typed=tuple(typed),
        fault=fault,
    )


def _kind(question: AnyQuestion) -> str:
    if isinstance(question, TextQuestion):
        return "text"
    if isinstance(question, CommentQuestion):
        return "lines"
    return "several" if has_several(question) else "one"


def _options(question: AnyQuestion, language: Language) -> tuple[str, ...]:
    if isinstance(question, BooleanQuestion):
        return tuple(
            truth_words(question, value, language)
            for value in (question.value_true, question.value_false)
        )
    return tuple(choice_words(one, language) for one in choices_of(question))


def tidy(text: str) -> str:
    """What was typed, without signs that nobody types and some databases do not take."""
    told: str = undirected(text[:LONGEST])
    return "".join(" " if category(one) == "Cc" else one for one in told).strip()


def answer_of(question: AnyQuestion, sent: Mapping[str, Sequence[str]]) -> object:
    """The answer in what a browser sent; None where the field was left empty.

    A place that no choice has stays a text, which its question then does not take.
    """
    typed = [one for each in sent.get(PREFIX + question.name, ()) if (one := tidy(each))]
    if not typed:
        return None
    if isinstance(question, TextQuestion | CommentQuestion):
        return _written(question, typed[0])
    values: tuple[object, ...] = tuple(one.value for one in choices_of(question))
    if isinstance(question, BooleanQuestion):
        values = (question.value_true, question.value_false)
    chosen = [_at(values, one) for one in typed]
    return chosen if has_several(question) else chosen[0]


def _written(question: AnyQuestion, text: str) -> object:
    if not isinstance(question, TextQuestion) or question.input_type != "number":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _at(values: Sequence[object], place: str) -> object:
    known = place.isascii() and place.isdigit() and len(place) < 4 and int(place) < len(values)
    return values[int(place)] if known else place

"""What somebody who writes good surveys would say about one that can be published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.survey.document import Document, Kind, Note, Sensitivity
from kiosk.survey.estimate import estimate_s
from kiosk.survey.expressions.names import steps_of
from kiosk.survey.layout import layout_of
from kiosk.survey.parts import Words
from kiosk.survey.pipe import NAMED
from kiosk.survey.questions import (
    AnyQuestion,
    CommentQuestion,
    ExpressionQuestion,
    HtmlElement,
    PictureQuestion,
    TextQuestion,
)
from kiosk.survey.references import known_names
from kiosk.survey.scope import PANEL, SELF, choices_of
from kiosk.survey.topics import company_reasons, forbidden_topics

SECONDS = 30.0
"""A satisfaction survey fits between two steps: the mission says half a minute."""

LONGEST_S = 90.0
"""Nobody stands longer for any other."""

QUESTIONS = 6
"""Most questions everybody is asked (the mission: 2 to 6)."""

PAGES = 6
CHOICES = 8
"""More do not fit a page at a finger's size."""

LABEL_CHARACTERS = 30


class Rule(StrEnum):
    """What a warning is about."""

    LENGTH = "length"
    PAGES = "pages"
    PURPOSE = "purpose"
    WHY = "why"
    SENSITIVE = "sensitive"
    STAFF = "staff"
    COMPANY = "company"
    TRANSLATION = "translation"
    TITLE = "title"
    CHOICES = "choices"
    REQUIRED = "required"
    LINGERS = "lingers"
    ANONYMOUS = "anonymous"
    NAME = "name"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Advice:
    """One warning; it holds nothing up.

    Attributes:
        about: the question's name; "" for the survey as a whole.
    """

    rule: Rule
    reason: str
    about: str = ""

    def __str__(self) -> str:
        return f"question `{self.about}`: {self.reason}" if self.about else self.reason


def advice_on(document: Document) -> tuple[Advice, ...]:
    """Every warning, the survey as a whole first, then question by question."""
    questions = [
        one
        for one in layout_of(document.survey).questions.values()
        if not isinstance(one, ExpressionQuestion)
    ]
    return (
        *_length(document, questions),
        *_privacy(document, questions),
        *_texts_around(document),
        *(one for question in questions for one in _question(document, question)),
    )


def _length(document: Document, questions: list[AnyQuestion]) -> Iterator[Advice]:
    if document.kind is Kind.PROFILE:
        return  # one or two of its questions are asked in a visit, and each can be skipped
    takes_s = estimate_s(document.survey)
    limit_s = SECONDS if document.kind is Kind.SATISFACTION else LONGEST_S
    if takes_s > limit_s:
        yield Advice(
            Rule.LENGTH, f"takes about {takes_s:.0f} s; people stay {limit_s:.0f} s for it"
        )
    always = [one for one in questions if one.visible_if is None]
    if len(always) > QUESTIONS:
        yield Advice(Rule.LENGTH, f"asks everybody {len(always)} questions; {QUESTIONS} are enough")
    if len(document.survey.pages) > PAGES:
        yield Advice(
            Rule.PAGES, f"has {len(document.survey.pages)} pages; {PAGES} are as many as one bears"
        )
    if len(questions) > 1 and all(one.is_required for one in questions):
        yield Advice(Rule.REQUIRED, "requires every answer; let people skip what they avoid")


def _privacy(document: Document, questions: list[AnyQuestion]) -> Iterator[Advice]:
    personal = [one.name for one in questions if _is_personal(document, one)]
    if personal and document.survey.clear_invisible_values != "onHidden":
        yield Advice(
            Rule.LINGERS,
            f"keeps the answer to `{personal[0]}` when the question is hidden again;"
            " set clearInvisibleValues to onHidden",
        )
    if personal and document.anonymous_allowed:
        yield Advice(Rule.ANONYMOUS, f"may be anonymous, but `{personal[0]}` tells who answers")


def _is_personal(document: Document, question: AnyQuestion) -> bool:
    typed = isinstance(question, TextQuestion) and question.input_type in ("tel", "email")
    noted = document.questions.get(question.name, Note()).sensitivity
    return typed or noted is not Sensitivity.NORMAL


def _texts_around(document: Document) -> Iterator[Advice]:
    form = document.survey
    around = [("the title", form.title), ("completedHtml", form.completed_html)]
    around += [(f"the title of page `{page.name}`", page.title) for page in form.pages]
    around += [
        (f"`{one.name}`", one.html) for one in form.elements() if isinstance(one, HtmlElement)
    ]
    for what, words in around:
        if words and not words.is_complete:
            yield Advice(Rule.TRANSLATION, f"{what} is not there in both languages")
        yield from _unknown_names(document, words, "")


def _question(document: Document, question: AnyQuestion) -> Iterator[Advice]:
    note = document.questions.get(question.name)
    yield from _noted(question, note)
    yield from _worded(question)
    yield from _unknown_names(document, question.title, question.name)
    yield from _asked_once(question)
    texts = [words for words in (question.title, question.description) if words]
    for topic in forbidden_topics(texts):
        yield Advice(Rule.SENSITIVE, f"asks for {topic}: not at an entrance", question.name)
    why = [Words.of(note.why)] if note and note.why else []
    for reason in company_reasons([*texts, *why]):
        text = f"says `{reason}`: say what the member gains"
        yield Advice(Rule.COMPANY, text, question.name)
    if isinstance(question, CommentQuestion) and question.is_required:
        yield Advice(Rule.REQUIRED, "requires free words; few will type any", question.name)
    if document.kind is Kind.PROFILE and question.is_required:
        yield Advice(Rule.REQUIRED, "is required; in the profile all can be skipped", question.name)


def _noted(question: AnyQuestion, note: Note | None) -> Iterator[Advice]:
    if note is None or not note.purpose:
        yield Advice(Rule.PURPOSE, "has no purpose: what is done with the answer?", question.name)
    if note is None:
        return
    if note.sensitivity is Sensitivity.SENSITIVE:
        yield Advice(Rule.SENSITIVE, "is sensitive: people behind can see it", question.name)
    if note.sensitivity is not Sensitivity.NORMAL and note.why is None:
        yield Advice(Rule.WHY, "is personal and does not say why it is asked", question.name)
    if not note.self_askable:
        yield Advice(Rule.STAFF, "is for staff to note, not for the member", question.name)


def _worded(question: AnyQuestion) -> Iterator[Advice]:
    if question.title is None:
        yield Advice(Rule.TITLE, "has no title: its name would be shown", question.name)
    words = [question.title, question.description, question.required_error_text]
    words += [one.text for one in question.validators]
    choices = choices_of(question)
    words += [one.text for one in choices]
    if any(one and not one.is_complete for one in words):
        yield Advice(Rule.TRANSLATION, "is not there in both languages", question.name)
    if any(one.text is None and isinstance(one.value, str) for one in choices):
        yield Advice(Rule.TRANSLATION, "has choices without words", question.name)
    if len(choices) > max(CHOICES, 11 if question.type == "rating" else 0):
        yield Advice(Rule.CHOICES, f"has {len(choices)} choices; {CHOICES} fit", question.name)
    if isinstance(question, PictureQuestion) and not all(one.image_link for one in choices):
        yield Advice(Rule.PICTURE, "has choices without a picture", question.name)
    if any(_is_long(one.text) for one in choices):
        yield Advice(Rule.CHOICES, "has a choice too long for a button", question.name)


def _is_long(words: Words | None) -> bool:
    return (
        words is not None and max(map(len, (words.default, words.en, words.zh))) > LABEL_CHARACTERS
    )


def _asked_once(question: AnyQuestion) -> Iterator[Advice]:
    """Names in a condition that do not tell it when their answer changes (so in SurveyJS)."""
    conditions = (question.visible_if, question.enable_if, question.required_if)
    named = dict.fromkeys(name for one in conditions if one for name in one.names)
    for name in named:
        if name.startswith(f"{PANEL}.") or steps_of(name)[0].name == SELF:
            reason = f"has a condition with `{{{name}}}`, which is asked once: use the plain name"
            yield Advice(Rule.NAME, reason, question.name)


def _unknown_names(document: Document, words: Words | None, about: str) -> Iterator[Advice]:
    """Names in a text that nothing will take the place of."""
    if words is None:
        return
    texts: Iterable[str] = (words.default, words.en, words.zh)
    named = dict.fromkeys(found[1].strip() for text in texts for found in NAMED.finditer(text))
    for name in named:
        first = steps_of(name)[0].name
        if first not in known_names(document.survey) and first not in (SELF, PANEL):
            yield Advice(Rule.NAME, f"names `{{{name}}}`, which is no answer", about)

"""What an expression of a survey can ask about: figures, questions, its own question's panel."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.model.text import Language
from kiosk.survey.choices import Choice
from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.names import LENGTH, Step, follow, steps_of
from kiosk.survey.expressions.numbers import to_text
from kiosk.survey.expressions.values import (
    SPACES,
    UNDEFINED,
    Value,
    from_json,
    is_empty,
    is_nothing,
)
from kiosk.survey.layout import Layout
from kiosk.survey.parts import Words
from kiosk.survey.questions import (
    BooleanQuestion,
    CheckboxQuestion,
    ChoosingQuestion,
    PictureQuestion,
    RatingQuestion,
)

SELF = "self"
PANEL = "panel"
ITEMS = frozenset({"item", "choice"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Answers as one place of a survey sees them.

    Attributes:
        owner: the question an expression belongs to; "" for none.
        item: the choice it belongs to; undefined for none.
    """

    layout: Layout
    shown: Mapping[str, Value]
    data: Mapping[str, Value]
    variables: Mapping[str, Value]
    language: Language
    owner: str = ""
    item: Value = UNDEFINED

    def find(self, name: str) -> tuple[bool, Value]:
        """Whether a name leads to a value; a question without an answer is found, undefined."""
        if self.item is not UNDEFINED and name.lower() in ITEMS:
            return True, self.item
        name = self.local(name)
        steps = steps_of(name)
        for where in (self._variable, self._asked, self._written):
            found, value = where(steps)
            if found:
                return True, value
        return (True, 0.0) if steps[-1].name == LENGTH else (False, UNDEFINED)

    def _variable(self, steps: tuple[Step, ...]) -> tuple[bool, Value]:
        return follow(steps, self.variables)

    def _written(self, steps: tuple[Step, ...]) -> tuple[bool, Value]:
        return follow(steps, self.data)

    def local(self, name: str) -> str:
        """A name for what only means something here: `self`, `panel.name`."""
        if name == SELF:
            return self.owner
        if not name.startswith(PANEL + "."):
            return name
        inside = name.removeprefix(PANEL + ".")
        beside = steps_of(inside)[0].name in self.layout.siblings(self.owner)
        return inside if beside else name

    def _asked(self, steps: tuple[Step, ...]) -> tuple[bool, Value]:
        first, *rest = steps
        question = self.question_named(first.name)
        if not question:
            return False, UNDEFINED
        value = self.value_of(question)
        if first.place is not None and isinstance(value, tuple):
            value = value[first.place] if first.place < len(value) else UNDEFINED
        return follow((Step("value"), *rest), {"value": value}) if rest else (True, value)

    def value_of(self, question: str) -> Value:
        """What stands in a question; in one with several answers always a list."""
        several = has_several(self.layout.questions[question])
        return self.shown.get(question, () if several else UNDEFINED)

    def question_named(self, name: str) -> str:
        """The question of this name, whatever its case; "" when there is none."""
        wanted = name.lower()
        return next((one for one in self.layout.questions if one.lower() == wanted), "")

    def display(self, name: str, value: Value) -> Value:
        """The words of a question's answer, or of another value of it that is not empty."""
        question = self.question_named(name)
        if not question:
            return UNDEFINED
        asked = self.shown.get(question, UNDEFINED) if is_empty(value) else value
        if isinstance(asked, str | tuple) or self._has_words(question, asked):
            return self.words(question, asked)
        return "" if is_nothing(asked) else asked

    def _has_words(self, name: str, value: Value) -> bool:
        question = self.layout.questions[name]
        return isinstance(question, BooleanQuestion) or _chosen(question, value) is not None

    def words(self, name: str, value: Value) -> str:
        """A value of a question as people read it; "" for none."""
        question = self.layout.questions[name]
        if is_nothing(value) or (isinstance(value, str) and not value.strip(SPACES)):
            return ""
        if isinstance(value, tuple) and choices_of(question):
            return ", ".join(self.words(name, one) for one in value)
        if isinstance(question, BooleanQuestion):
            return truth_words(question, value, self.language)
        chosen = _chosen(question, value)
        return choice_words(chosen, self.language) if chosen else to_text(value)


def _chosen(question: object, value: Value) -> Choice | None:
    """The choice or step with this value, if there is one."""
    steps = choices_of(question)
    return next((one for one in steps if same(from_json(one.value), value, FIGURE)), None)


_YES = Words.model_validate({"default": "Yes", "zh-cn": "是"})
_NO = Words.model_validate({"default": "No", "zh-cn": "否"})


def truth_words(question: BooleanQuestion, value: Value, language: Language) -> str:
    """A yes or a no in the question's words, or in plain ones."""
    yes = same(value, from_json(question.value_true), FIGURE)
    label = (question.label_true or _YES) if yes else (question.label_false or _NO)
    return label.in_(language)


def has_several(question: object) -> bool:
    """Whether a question takes several of its choices."""
    if isinstance(question, PictureQuestion):
        return question.multi_select
    return isinstance(question, CheckboxQuestion)


def choices_of(question: object) -> tuple[Choice, ...]:
    """What a question offers: choices, or the steps of a scale."""
    if isinstance(question, ChoosingQuestion):
        return question.choices
    return question.steps if isinstance(question, RatingQuestion) else ()


def choice_words(choice: Choice, language: Language) -> str:
    """A choice's text, or its value where it has none."""
    text = choice.text.in_(language) if choice.text else ""
    return text or to_text(from_json(choice.value))

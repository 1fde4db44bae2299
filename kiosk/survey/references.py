"""Names in a survey that lead nowhere, stand twice, or mean something else already."""

from collections.abc import Iterator

from kiosk.survey.document import Document
from kiosk.survey.expressions.names import LENGTH, steps_of
from kiosk.survey.form import Form, SetValueTrigger, SkipTrigger
from kiosk.survey.layout import Layout, layout_of
from kiosk.survey.parts import Expression
from kiosk.survey.places import Location, Trouble, placed
from kiosk.survey.questions import (
    AnyElement,
    CheckboxQuestion,
    ChoosingQuestion,
    ExpressionQuestion,
    HtmlElement,
    Panel,
    PictureQuestion,
    Question,
)
from kiosk.survey.scope import ITEMS, PANEL, SELF
from kiosk.survey.validators import ExpressionValidator

RESERVED = frozenset(
    {
        *("self", "panel", "item", "choice", "parent", "row", "survey", "length"),
        *("pageno", "pagecount", "questioncount", "locale"),
        *("correctedanswers", "correctanswers", "correctedanswercount"),
        *("incorrectedanswers", "incorrectanswers", "incorrectedanswercount"),
    }
)
"""Names that mean something to SurveyJS; a question of that name would be shadowed."""


def loose_ends(document: Document) -> Iterator[Trouble]:
    """Everything wrong with a document that no single part of it shows."""
    form = document.survey
    layout = layout_of(form)
    yield from _names(form)
    known = known_names(form)
    for about, expression, location, local in _expressions(form, layout):
        yield from _unknown(about, expression, location, known | local)
    yield from _targets(form, layout)
    yield from _choices(form)
    for name in document.questions:
        if name not in layout.questions:
            yield Trouble(("questions", name), f"there is no question `{name}`")


def _names(form: Form) -> Iterator[Trouble]:
    """Names that stand twice, whatever their case, or are taken."""
    seen: set[str] = set()
    for location, name in _all_names(form):
        if name.lower() in RESERVED or name.lower().endswith("-unwrapped"):
            yield Trouble(location, f"the name `{name}` means something else to SurveyJS")
        if name.lower() in seen:
            yield Trouble(location, f"the name `{name}` is there twice")
        seen.add(name.lower())
    pages = [page.name.lower() for page in form.pages]
    for at, name in enumerate(pages):
        if name in pages[:at]:
            yield Trouble(("survey", "pages", at, "name"), f"page `{name}` is there twice")


def _all_names(form: Form) -> Iterator[tuple[Location, str]]:
    for location, element in placed(form):
        yield (*location, "name"), element.name
    for at, figure in enumerate(form.calculated_values):
        yield ("survey", "calculatedValues", at, "name"), figure.name


def known_names(form: Form) -> frozenset[str]:
    """Everything an expression may name: what has a value."""
    questions = form.questions()
    figures = {figure.name for figure in form.calculated_values}
    triggers = (one for one in form.triggers if isinstance(one, SetValueTrigger))
    return frozenset({*questions, *figures, *(one.set_to_name for one in triggers)})


Named = tuple[str, Expression, Location, frozenset[str]]
"""Whom an expression belongs to, itself, its place, and what it alone may name."""

_NOTHING: frozenset[str] = frozenset()


def _expressions(form: Form, layout: Layout) -> Iterator[Named]:
    for location, element in placed(form):
        yield from _of_element(element, location, layout)
    for at, page in enumerate(form.pages):
        yield from _given(f"page `{page.name}`", page, ("survey", "pages", at), _NOTHING)
    for at, figure in enumerate(form.calculated_values):
        place = ("survey", "calculatedValues", at, "expression")
        yield f"figure `{figure.name}`", figure.expression, place, _NOTHING
    for at, trigger in enumerate(form.triggers):
        place = ("survey", "triggers", at, "expression")
        yield f"trigger {at + 1}", trigger.expression, place, _NOTHING


def _of_element(element: AnyElement, location: Location, layout: Layout) -> Iterator[Named]:
    about = f"question `{element.name}`"
    siblings = (f"{PANEL}.{one}" for one in layout.siblings(element.name))
    local = frozenset({SELF, *siblings})
    if isinstance(element, Panel):
        yield from _given(f"panel `{element.name}`", element, location, _NOTHING)
        return
    yield from _given(about, element, location, local)
    if isinstance(element, ExpressionQuestion):
        yield about, element.expression, (*location, "expression"), local
    if isinstance(element, ChoosingQuestion):
        for at, choice in enumerate(element.choices):
            if choice.visible_if:
                place = (*location, "choices", at, "visibleIf")
                yield about, choice.visible_if, place, local | ITEMS
    if isinstance(element, Question):
        for at, one in enumerate(element.validators):
            if isinstance(one, ExpressionValidator):
                place = (*location, "validators", at, "expression")
                yield about, one.expression, place, local


def _given(about: str, owner: object, location: Location, local: frozenset[str]) -> Iterator[Named]:
    for name, property_ in (
        ("visible_if", "visibleIf"),
        ("enable_if", "enableIf"),
        ("required_if", "requiredIf"),
    ):
        expression = getattr(owner, name, None)
        if isinstance(expression, Expression):
            yield about, expression, (*location, property_), local


def _unknown(
    about: str, expression: Expression, location: Location, known: frozenset[str]
) -> Iterator[Trouble]:
    for name in expression.names:
        if not _leads_somewhere(name, known):
            yield Trouble(location, f"{about}: there is no answer `{{{name}}}`")


def _leads_somewhere(name: str, known: frozenset[str]) -> bool:
    head, point, tail = name.partition(".")
    if head == PANEL and point:
        first, point, tail = tail.partition(".")
        head = f"{PANEL}.{first}"
    place = steps_of(head)[-1].place
    base = head if place is None else head[: head.rindex("[")]
    return base in known and (place is None or place >= 0) and (not point or tail == LENGTH)


def _targets(form: Form, layout: Layout) -> Iterator[Trouble]:
    """Triggers that lead to nothing."""
    for at, trigger in enumerate(form.triggers):
        place = ("survey", "triggers", at)
        if isinstance(trigger, SkipTrigger) and not _asks(layout, trigger.goto_name):
            reason = f"trigger {at + 1}: there is no question `{trigger.goto_name}` to go to"
            yield Trouble((*place, "gotoName"), reason)
        if isinstance(trigger, SetValueTrigger) and _is_no_answer(layout, trigger):
            reason = f"trigger {at + 1}: `{trigger.set_to_name}` cannot be answered"
            yield Trouble((*place, "setToName"), reason)


def _asks(layout: Layout, name: str) -> bool:
    return isinstance(layout.elements.get(name), Question | ExpressionQuestion)


def _is_no_answer(layout: Layout, trigger: SetValueTrigger) -> bool:
    element = layout.elements.get(trigger.set_to_name)
    return isinstance(element, ExpressionQuestion | HtmlElement | Panel) or (
        element is not None and trigger.is_variable
    )


def _choices(form: Form) -> Iterator[Trouble]:
    for location, element in placed(form):
        if isinstance(element, CheckboxQuestion) and (
            0 < element.max_selected_choices < element.min_selected_choices
        ):
            reason = f"question `{element.name}`: asks for more choices than it allows"
            yield Trouble((*location, "maxSelectedChoices"), reason)
        if isinstance(element, ChoosingQuestion) and not isinstance(element, PictureQuestion):
            yield from _needless_pictures(element, location)


def _needless_pictures(question: ChoosingQuestion, location: Location) -> Iterator[Trouble]:
    for at, choice in enumerate(question.choices):
        if choice.image_link is not None:
            reason = f"question `{question.name}`: only type `imagepicker` has `imageLink`"
            yield Trouble((*location, "choices", at, "imageLink"), reason)

"""Where everything of a survey stands: which page, inside which panels, in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.survey.form import Form, Page
from kiosk.survey.questions import AnyElement, AnyQuestion, ExpressionQuestion, Panel, Question


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a form's elements.

    Attributes:
        pages: by name, in order.
        elements: by name, in order; a panel comes before what is in it.
        page_of: an element's page.
        around: the panels an element is in, the outermost first.
    """

    pages: Mapping[str, Page]
    elements: Mapping[str, AnyElement]
    page_of: Mapping[str, str]
    around: Mapping[str, tuple[str, ...]]

    @property
    def questions(self) -> "Mapping[str, AnyQuestion | ExpressionQuestion]":
        """Everything that has a value, by name, in order."""
        return {
            name: one
            for name, one in self.elements.items()
            if isinstance(one, Question | ExpressionQuestion)
        }

    def siblings(self, name: str) -> frozenset[str]:
        """Names in the innermost panel an element is in; none outside of panels."""
        panels = self.around.get(name, ())
        if not panels:
            return frozenset()
        return frozenset(one for one, around in self.around.items() if panels[-1] in around)


def layout_of(form: Form) -> Layout:
    """The places of a form's elements."""
    elements: dict[str, AnyElement] = {}
    page_of: dict[str, str] = {}
    around: dict[str, tuple[str, ...]] = {}
    for page in form.pages:
        for panels, element in _walk(page.elements, ()):
            elements[element.name] = element
            page_of[element.name] = page.name
            around[element.name] = panels
    return Layout(
        MappingProxyType({page.name: page for page in form.pages}),
        MappingProxyType(elements),
        MappingProxyType(page_of),
        MappingProxyType(around),
    )


def _walk(
    elements: tuple[AnyElement, ...], panels: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], AnyElement]]:
    for one in elements:
        yield panels, one
        if isinstance(one, Panel):
            yield from _walk(one.elements, (*panels, one.name))

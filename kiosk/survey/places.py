"""Places in a document: where each element stands in its JSON, to tell an author the line."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.survey.form import Form
from kiosk.survey.questions import AnyElement, Panel

Location = tuple[str | int, ...]
"""The way to a value: names of members and places in arrays."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with a document.

    Attributes:
        location: the way to it, to find its line.
        reason: in plain words, with the name of the question it is about.
    """

    location: Location
    reason: str


def placed(form: Form) -> Iterator[tuple[Location, AnyElement]]:
    """Every element with its place, panels before what is in them."""
    for at, page in enumerate(form.pages):
        yield from _inside(page.elements, ("survey", "pages", at, "elements"))


def _inside(
    elements: tuple[AnyElement, ...], location: Location
) -> Iterator[tuple[Location, AnyElement]]:
    for at, element in enumerate(elements):
        yield (*location, at), element
        if isinstance(element, Panel):
            yield from _inside(element.elements, (*location, at, "elements"))

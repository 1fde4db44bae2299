"""One person's way through a survey: the answers so far and where they have led."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.model.text import Language
from kiosk.survey.choices import Choice
from kiosk.survey.expressions.values import UNDEFINED, Value
from kiosk.survey.form import Form
from kiosk.survey.layout import Layout
from kiosk.survey.questions import Panel
from kiosk.survey.scope import Scope, choices_of


def _nothing() -> Mapping[str, Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """A survey under way; every step makes a new one.

    Attributes:
        shown: what stands in each question, by its name.
        data: what counts as answered; a number out of its limits stands in `shown` alone.
        variables: figures made of answers, and what triggers set, by name in small letters.
        hidden: elements whose own condition hides them.
        hidden_pages: the same of pages.
        locked: elements whose own condition disables them.
        locked_pages: the same of pages.
        required: questions that must be answered now.
        missing: choices that are not offered now: the question's name and the choice's place.
        set_aside: chosen values whose choice went away; they come back with it.
        page: name of the page that is open; "" when there is none to open.
        skips: jumps made: from which page to which.
        completed: nothing can be answered any more.
    """

    form: Form = field(repr=False)
    layout: Layout = field(repr=False)
    language: Language
    shown: Mapping[str, Value] = field(default_factory=_nothing, repr=False)
    data: Mapping[str, Value] = field(default_factory=_nothing, repr=False)
    variables: Mapping[str, Value] = field(default_factory=_nothing, repr=False)
    hidden: frozenset[str] = frozenset()
    hidden_pages: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    locked_pages: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    missing: frozenset[tuple[str, int]] = frozenset()
    set_aside: Mapping[str, tuple[Value, ...]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    page: str = ""
    skips: tuple[tuple[str, str], ...] = ()
    completed: bool = False

    def scope(self, owner: str = "", item: Value = UNDEFINED) -> Scope:
        """The answers as an expression of this question sees them."""
        return Scope(self.layout, self.shown, self.data, self.variables, self.language, owner, item)

    def is_shown(self, name: str) -> bool:
        """Whether an element's own condition shows it, and a panel has anything to show."""
        element = self.layout.elements[name]
        if name in self.hidden:
            return False
        return not isinstance(element, Panel) or any(
            self.is_shown(one.name) for one in element.elements
        )

    def is_visible(self, name: str) -> bool:
        """Whether an element is to be seen on its page, once that is open."""
        return (
            self.is_shown(name)
            and self.is_page_visible(self.layout.page_of[name])
            and all(map(self.is_shown, self.layout.around[name]))
        )

    def is_page_visible(self, page: str) -> bool:
        """Whether a page can be opened."""
        return page not in self.hidden_pages and any(
            self.is_shown(one.name) for one in self.layout.pages[page].elements
        )

    def is_locked(self, name: str) -> bool:
        """Whether a question takes no answer now."""
        around = (name, *self.layout.around[name])
        return self.layout.page_of[name] in self.locked_pages or bool(self.locked & {*around})

    def visible_pages(self) -> tuple[str, ...]:
        """The pages that can be opened, in order."""
        return tuple(page for page in self.layout.pages if self.is_page_visible(page))

    def visible_elements(self, page: str) -> tuple[str, ...]:
        """What a page shows, in order; panels before what is in them."""
        return tuple(
            name
            for name, where in self.layout.page_of.items()
            if where == page and self.is_visible(name)
        )

    def visible_questions(self, page: str) -> tuple[str, ...]:
        """What a page asks now, in order."""
        questions = self.layout.questions
        return tuple(name for name in self.visible_elements(page) if name in questions)

    def offered(self, name: str) -> tuple[Choice, ...]:
        """The choices a question offers now, or the steps of its scale."""
        choices = choices_of(self.layout.elements[name])
        return tuple(one for at, one in enumerate(choices) if (name, at) not in self.missing)

    def is_last_page(self) -> bool:
        """Whether no page comes after this one."""
        return self.visible_pages()[-1:] in ((self.page,), ())


def marked(names: frozenset[str], name: str, inside: bool) -> frozenset[str]:
    """These names with this one among them, or without it."""
    return names | {name} if inside else names - {name}

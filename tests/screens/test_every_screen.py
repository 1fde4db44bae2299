"""Every picture of every page on every glass, in both languages: fits, large enough, readable."""

from dataclasses import replace
from enum import Enum
from itertools import product
from typing import get_args

import pytest

from kiosk.model.text import Language
from kiosk.session.advance import advance
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Entry,
    Joining,
    JoiningStep,
    Mode,
    Notice,
    NoticeKind,
    Page,
    ProfileQuestion,
    Survey,
    Writing,
)
from kiosk.survey.questions import AnyElement, ExpressionQuestion, Panel
from kiosk.ui.nodes import Box, Button, Node, Place, Scene, Stack, text
from kiosk.ui.palette import BOUTIQUE, HIGH_CONTRAST
from kiosk.ui.pieces import Corner, TapHint
from kiosk.ui.theme import Colour, Fill
from tests.golden.shots import Shot, every_way, standing_only
from tests.screens.glasses import GLASSES, STANDING, buttons, drawn, laid_out
from tests.screens.measured import pale, problems

SHOTS = every_way() + standing_only()
PAGES = tuple(page for shot in SHOTS for page in (*shot.trail, shot.page))
"""What is written stands on a page of its own, above the one it is for."""

CASES = tuple(
    (shot, glass, language) for glass, language, shot in product(GLASSES, Language, SHOTS)
)
"""One glass after the other, so that its letters stay at hand."""


def name_of(case: tuple[Shot, str, Language]) -> str:
    """As in `home-small-big-en`."""
    shot, glass, language = case
    return f"{shot.name}-{glass}-{language.value[:2]}"


@pytest.mark.parametrize(("shot", "glass", "language"), CASES, ids=map(name_of, CASES))
def test_the_page_fits_and_can_be_touched_and_read(
    shot: Shot, glass: str, language: Language
) -> None:
    """A cut word, a target for a needle, one button over another, grey words on grey."""
    metrics = GLASSES[glass]
    layout = laid_out(drawn(shot.session(language), shot.world, metrics, shot.corner), metrics)
    found = problems(layout, shot.page, metrics) + pale(layout, BOUTIQUE, HIGH_CONTRAST)
    assert not found, "\n".join(found)


CHOSEN = frozenset({"answer", "candidates", "cause", "hours", "kind", "mode", "per-month", "wheel"})
"""What holds already may be touched again, and nothing comes of it."""

NOT_NOW = frozenset({"erase", "erase-letter", "key", "next", "save", "space"})
"""Keys where nothing can be added or taken away, and a way on whose fault is said already."""


def test_every_button_does_something() -> None:
    """A button that nothing listens to makes people press harder; more time is not enough."""
    idle: set[tuple[str, str]] = set()
    busy: set[tuple[str, str]] = set()
    for shot in SHOTS:
        session = shot.session(Language.ZH)
        for one in buttons(drawn(session, shot.world, corner=shot.corner)):
            step = advance(session, Pressed(one.key, one.value), shot.world)
            moved = step.facts or replace(step.session, until_s=session.until_s) != session
            (busy if moved else idle).add((one.key, shot.name))
    assert {key for key, _ in idle} <= CHOSEN | NOT_NOW, idle
    assert {key for key, _ in idle} <= {key for key, _ in busy}


# -- no page is forgotten ------------------------------------------------------------------


def test_every_page_has_a_picture() -> None:
    """A page without one would be held by nothing above, and looked at by nobody."""
    assert {type(shot.page) for shot in SHOTS} == set(get_args(Page))


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        (NoticeKind, {shot.page.kind for shot in SHOTS if isinstance(shot.page, Notice)}),
        (JoiningStep, {page.step for page in PAGES if isinstance(page, Joining)}),
        (Entry, {shot.page.purpose for shot in SHOTS if isinstance(shot.page, Writing)}),
        (Mode, {shot.page.mode for shot in SHOTS if isinstance(shot.page, Writing)}),
        (Corner, {shot.corner for shot in SHOTS}),
    ],
    ids=["notices", "steps of joining", "what is written", "keyboards", "places of the reader"],
)
def test_every_kind_of_a_page_has_a_picture(of: type[Enum], shown: set[Enum]) -> None:
    """Each of these looks different, so that one that fits says nothing of the others."""
    assert set(of) - shown == set()


def test_every_kind_of_question_has_a_picture() -> None:
    """HQ may use any of them tomorrow; what has never been drawn has never been seen to fit."""
    asked = [shot.page.asking for shot in SHOTS if isinstance(shot.page, Survey | ProfileQuestion)]
    shown = [asking.run.layout.elements[asking.question] for asking in asked]
    (union, *_) = get_args(AnyElement)
    # what is computed is asked of nobody, and a panel only holds questions together
    assert set(get_args(union)) - {type(one) for one in shown} == {ExpressionQuestion, Panel}
    ratings = {getattr(one, "rate_type", "labels") for one in shown}
    assert ratings == {"labels", "stars", "smileys"}


# -- the checks find what they are for -----------------------------------------------------

GOOD = Button(key="good", says="Good", child=text("Good", max_lines=0), height=20, width=40)


def found(*layers: tuple[Node, Place | None]) -> str:
    """What is wrong with these layers on a standing glass, in the boutique's colours."""
    layout = laid_out(Scene(name="s", root=Stack(layers=layers)), STANDING)
    return "\n".join([*problems(layout, Joining(), STANDING), *pale(layout, BOUTIQUE)])


def test_a_sound_page_has_no_problems() -> None:
    """A check that always finds something is turned off by the first who is in a hurry."""
    beside = text("Beside it")
    assert found((GOOD, Place(x=0, y=0)), (beside, Place(x=1, y=1))) == ""


def test_a_small_button_is_found() -> None:
    """Nineteen millimetres are a miss at arm's length."""
    small = replace(GOOD, height=19)
    assert "button 'good' is 161 x 77" in found((small, Place()))


def test_overlapping_buttons_are_found() -> None:
    """One touch would press either."""
    other = replace(GOOD, key="other")
    assert "button 'good' and button 'other' overlap" in found((GOOD, Place()), (other, Place()))


def test_a_button_without_words_is_found() -> None:
    """Nobody who is read to could tell what it does."""
    assert "says nothing" in found((replace(GOOD, says=" "), Place()))


def test_covered_words_are_found() -> None:
    """Words below other words, or below a button, are read by nobody."""
    words = text("Some words")
    assert "'Some words' and 'Other' overlap" in found((words, Place()), (text("Other"), Place()))
    assert "button 'good' lies over 'Some words'" in found((words, Place()), (GOOD, Place()))


def test_what_lies_on_the_hint_is_found() -> None:
    """The disc shows where the card goes; words on it point elsewhere, and are pine on pine."""
    label = text("Here", colour=Colour.WHITE)
    hint = TapHint(corner=Corner.BOTTOM_RIGHT, label=label, width=128, height=128)
    at = Place(x=1, y=1)
    assert found((hint, at)) == ""
    told = found((hint, at), (text("Lost", colour=Colour.PINE), at), (GOOD, at))
    assert "'Lost' lies on the hint" in told
    assert "button 'good' lies on the hint" in told
    assert "'Lost': pine on pine" in told


def test_pale_words_are_found_on_whatever_is_drawn_below_them() -> None:
    """A layer is no parent: by the tree alone, white words on a linen sheet stood on pine."""
    pine = Box(child=text(""), fill=Fill.PINE, width=100, height=100)
    linen = Box(child=text(""), fill=Fill.LINEN, width=100, height=60)
    white = text("White", colour=Colour.WHITE)
    assert found((pine, Place()), (white, Place())) == ""
    assert "on linen" in found((pine, Place()), (linen, Place()), (white, Place()))

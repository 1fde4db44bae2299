"""Wheels for a day or a month: what stands there, what is near, and what is still to choose."""

from datetime import date

from kiosk.model.text import Language
from kiosk.screens.furniture import card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Wheel, Wheels
from kiosk.session.wheels import JUMP_YEARS, at_step, chosen, missing, touch
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

PLACE_MM = 20.5
"""Height of a value that can be touched: a target (docs/design.md, measures)."""

MIDDLE_MM = 25.0
"""Height of the one in the middle, which is the value."""

_HEAD_MM, _LYING_HEAD_MM = 13.0, 10.0
_INSIDE_MM = 3.0
_AROUND_STANDING, _AROUND_LYING = 3, 2
"""Places above and below the middle; the outermost are the years' jumps."""

_BIGGEST = {0: Style.HEADLINE, 1: Style.HEADING}
"""Type by distance from the middle; farther away it is the smallest that is read with ease."""

_RADIUS_MM = 6.0


def wheels_mm(sight: Sight) -> float:
    """Height of the wheels on this glass."""
    return 2 * _around(sight) * PLACE_MM + MIDDLE_MM + _head_mm(sight) + 2 * _INSIDE_MM


def wheels(sight: Sight, on: Wheels) -> Node:
    """The wheels beside each other, in the order in which this language says a day.

    Their touches are told as key `wheel`; kiosk.session.wheels.turned takes the value.
    """
    shown = tuple(_wheel(sight, on, one) for one in _in_order(sight, on.wheels))
    return Row(items=shown, gap=GAP_MM * 2, align=Align.STRETCH)


def told(sight: Sight, on: Wheels) -> Node:
    """The day that was chosen, in words; or what is still to be chosen."""
    words, day = sight.words, chosen(on)
    if day is not None:
        icon, colour, said = "check", Colour.PINE, said_day(sight, day, on.wheels)
    else:
        names = [words.say(f"wheels.{one.value}") for one in _in_order(sight, missing(on))]
        still = words.say("wheels.between").join(names)
        icon, colour, said = "calendar", Colour.INK_2, words.say("wheels.missing", which=still)
    line = text(said, Style.HEADING, colour, shrink_to=0.7)
    items = (Icon(name=icon, size=8.5, colour=colour), line)
    return Row(items=items, gap=3.5, justify=Justify.CENTRE)


def said_day(sight: Sight, day: date, of: tuple[Wheel, ...]) -> str:
    """A day, or its month alone, as it is said in this language."""
    key = "wheels.chosen" if Wheel.DAY in of else "wheels.chosen_month"
    month = sight.words.lists["wheels.months"][day.month - 1]
    return sight.words.say(key, year=day.year, month=month, day=day.day)


def _in_order(sight: Sight, of: tuple[Wheel, ...]) -> tuple[Wheel, ...]:
    """Year first in Chinese, day first in English."""
    return of if sight.session.language is Language.ZH else tuple(reversed(of))


def _around(sight: Sight) -> int:
    return _AROUND_STANDING if sight.view.portrait else _AROUND_LYING


def _head_mm(sight: Sight) -> float:
    """Large type lying has no room to name what the values tell by themselves."""
    if sight.view.portrait:
        return _HEAD_MM
    return 0 if sight.session.big_text else _LYING_HEAD_MM


# -- one wheel -----------------------------------------------------------------------------


def _wheel(sight: Sight, on: Wheels, wheel: Wheel) -> Node:
    around = _around(sight)
    steps = range(-around, around + 1)
    places = tuple(_place(sight, on, wheel, step) for step in steps)
    head = (_head(sight, wheel),) if _head_mm(sight) else ()
    return card(Column(items=(*head, *places)), padding=Insets.all(_INSIDE_MM), grow=1)


def _head(sight: Sight, wheel: Wheel) -> Node:
    name = sight.words.say(f"wheels.{wheel.value}")
    return Box(
        child=text(name, Style.CAPTION_STRONG, Colour.INK_2, align=Align.CENTRE),
        fill=None,
        radius=0,
        height=_head_mm(sight),
        valign=Align.CENTRE,
    )


def _place(sight: Sight, on: Wheels, wheel: Wheel, at: int) -> Node:
    """One value; the outermost ones of the years pass over ten."""
    jump = wheel is Wheel.YEAR and abs(at) == _around(sight)
    step = at // abs(at) * JUMP_YEARS if jump else at
    value = at_step(on, wheel, step)
    if value is None:
        return Gap(height=MIDDLE_MM if at == 0 else PLACE_MM)
    if jump:
        return _jump(sight, wheel, step)
    return _value(sight, on, wheel, value, step)


def _value(sight: Sight, on: Wheels, wheel: Wheel, value: int, step: int) -> Button:
    middle, taken = step == 0, step == 0 and wheel in on.touched
    said = _said(sight, wheel, value)
    style = _BIGGEST.get(abs(step), Style.BODY)
    colour = Colour.WHITE if taken else Colour.INK if abs(step) == 1 else Colour.INK_2
    shown = text(said, style, colour, align=Align.CENTRE, shrink_to=0.6)
    face = Box(
        child=shown,
        fill=Fill.PINE if taken else Fill.PAPER if middle else None,
        radius=_RADIUS_MM,
        edge=(Colour.EDGE_PINE if taken else Colour.EDGE) if middle else None,
        padding=Insets.xy(1, 0),
        valign=Align.CENTRE,
        height=MIDDLE_MM - 2 if middle else None,
    )
    return Button(
        key="wheel",
        value=touch(wheel, step),
        says=said,
        look=Look.BARE,
        radius=_RADIUS_MM,
        child=face,
        height=MIDDLE_MM if middle else PLACE_MM,
    )


def _jump(sight: Sight, wheel: Wheel, step: int) -> Button:
    earlier = step < 0
    said = sight.words.say("wheels.earlier" if earlier else "wheels.later", n=abs(step))
    icon = "arrow-up" if earlier else "arrow-down"
    inside = Row(
        items=(
            Icon(name=icon, size=7, colour=Colour.PINE),
            text(said, Style.CAPTION_STRONG, Colour.PINE, shrink_to=0.7),
        ),
        gap=2,
        justify=Justify.CENTRE,
    )
    return Button(
        key="wheel",
        value=touch(wheel, step),
        says=said,
        look=Look.QUIET,
        radius=_RADIUS_MM,
        child=inside,
        height=PLACE_MM,
        padding=Insets.xy(2, 0),
    )


def _said(sight: Sight, wheel: Wheel, value: int) -> str:
    if wheel is Wheel.MONTH:
        return sight.words.lists["wheels.months"][value - 1]
    return sight.words.say(f"wheels.{wheel.value}_value", n=value)

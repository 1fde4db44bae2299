"""How often promotions may come, on a slider of HQ's steps, and when they are welcome."""

from kiosk.model.care import Frequency
from kiosk.model.members import ContactWishes
from kiosk.screens.around import ems
from kiosk.screens.choices import CHIP_MM, chip
from kiosk.screens.contact_table import is_roomy
from kiosk.screens.furniture import card
from kiosk.screens.view import GAP_MM, Sight
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
    Stack,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

NAMED_EMS = 9
"""A purpose of at most so many characters is named where its frequency is chosen."""

STEP_MM = 23
"""Edge of minus and plus."""

KNOB_MM, DOT_MM, TRACK_MM = 15.0, 6.0, 3.0
"""The chosen step, the others, and the bar through them."""


# -- how often -----------------------------------------------------------------------------


def frequency_card(sight: Sight, wishes: ContactWishes) -> tuple[Node, ...]:
    """Promotions a month at most; nothing where HQ sends no promotions."""
    rules = sight.content.care.contact
    promotions = [one for one in rules.purposes if one.promotion]
    if not promotions:
        return ()
    what = promotions[0].words.in_(sight.session.language)
    if len(promotions) > 1 or ems(what) > NAMED_EMS:
        what = sight.words.say("contact.promotions")
    said = text(sight.words.say("contact.at_most", what=what), Style.STRONG, shrink_to=0.7, grow=1)
    head = Row(items=(said, _figure(sight, wishes)), gap=4, align=Align.BASELINE)
    padding = Insets.xy(5.5, 7 if is_roomy(sight) else 4)
    return (card(Column(items=(head, _slider(sight, wishes)), gap=GAP_MM), padding=padding),)


def _most(wishes: ContactWishes, steps: tuple[Frequency, ...]) -> int:
    """What holds now; who never chose gets as many as HQ may send."""
    return wishes.per_month if wishes.per_month is not None else steps[-1].per_month


def _figure(sight: Sight, wishes: ContactWishes) -> Node:
    """The number in large type, in a word where there is none."""
    most = _most(wishes, sight.content.care.contact.frequencies)
    if wishes.do_not_disturb:
        return text(sight.words.say("contact.pausing"), Style.STRONG, Colour.INK_2)
    if most == 0:
        return text(sight.words.say("contact.none"), Style.TITLE, Colour.POINTS_INK)
    spans = sight.words.spans(
        "contact.per_month", style=Style.DISPLAY, colour=Colour.POINTS_INK, n=most
    )
    return Text(spans=spans, style=Style.BODY, colour=Colour.INK_2)


def _slider(sight: Sight, wishes: ContactWishes) -> Node:
    """Minus, HQ's steps, plus; each step can be touched as well."""
    steps = sight.content.care.contact.frequencies
    counts = [one.per_month for one in steps]
    most = _most(wishes, steps)
    fewer = max((count for count in counts if count < most), default=None)
    more = min((count for count in counts if count > most), default=None)
    chosen = sum(count <= most for count in counts) - 1
    quiet = wishes.do_not_disturb
    return Row(
        items=(
            _by_one(sight, "minus", None if quiet else fewer),
            _steps(sight, steps, None if quiet else chosen),
            _by_one(sight, "plus", None if quiet else more),
        ),
        gap=2,
    )


def _by_one(sight: Sight, icon: str, count: int | None) -> Node:
    """One step of HQ's down or up; at the end of them there is nothing to touch."""
    if count is None:
        return Box(
            child=Icon(name=icon, size=9, colour=Colour.INK_3),
            fill=Fill.MUTED,
            radius=6,
            width=STEP_MM,
            height=STEP_MM,
            align=Align.CENTRE,
            valign=Align.CENTRE,
        )
    return Button(
        key="per-month",
        value=str(count),
        says=sight.words.say("contact.fewer" if icon == "minus" else "contact.more"),
        look=Look.QUIET,
        radius=6,
        child=Icon(name=icon, size=9, colour=Colour.PINE),
        width=STEP_MM,
        height=STEP_MM,
    )


def _steps(sight: Sight, steps: tuple[Frequency, ...], chosen: int | None) -> Node:
    """The steps side by side on one bar; none is chosen, or can be, while nothing is sent."""
    dots = tuple(_step(sight, one, at=at, chosen=chosen) for at, one in enumerate(steps))
    passed = chosen or 0
    bar = Row(
        items=(
            Gap(grow=0.5),
            Box(child=Gap(), fill=Fill.PINE, radius=0, height=TRACK_MM, grow=passed),
            Box(
                child=Gap(), fill=Fill.SAND, radius=0, height=TRACK_MM, grow=len(steps) - 1 - passed
            ),
            Gap(grow=0.5),
        ),
        height=KNOB_MM,
    )
    behind = Column(items=(bar, Gap(grow=1)))
    return Stack(layers=((behind, None), (Row(items=dots), None)), grow=1)


def _step(sight: Sight, step: Frequency, *, at: int, chosen: int | None) -> Node:
    """A step of HQ's with its name below."""
    here, words = at == chosen, step.words.in_(sight.session.language)
    dot = Row(
        items=(_dot(here=here, passed=chosen is not None and at < chosen),),
        height=KNOB_MM,
        justify=Justify.CENTRE,
    )
    name = text(
        words,
        Style.CAPTION_STRONG if here else Style.CAPTION,
        Colour.INK if here else Colour.INK_2,
        align=Align.CENTRE,
        shrink_to=0.6,
    )
    inside = Box(child=Column(items=(dot, name), gap=0.5), fill=None)
    if chosen is None:
        return Box(child=inside, fill=None, grow=1)
    return Button(
        key="per-month", value=str(step.per_month), says=words, look=Look.BARE, child=inside, grow=1
    )


def _dot(*, here: bool, passed: bool) -> Node:
    """Ring, small ring, dot: chosen, fewer, more."""
    size = KNOB_MM if here else DOT_MM
    return Box(
        child=Gap(),
        fill=Fill.LINEN if here or passed else Fill.MUTED,
        edge=Colour.PINE if here or passed else Colour.EDGE,
        edge_mm=1.4 if here else 0.8,
        radius=size / 2,
        shadow=Shadow.SOFT if here else None,
        width=size,
        height=size,
    )


# -- when ----------------------------------------------------------------------------------


def hours_card(sight: Sight, wishes: ContactWishes) -> Node:
    """When a call or a message is welcome; nothing is chosen by who never chose."""
    language, quiet = sight.session.language, wishes.do_not_disturb
    title = text(sight.words.say("contact.hours"), Style.STRONG, shrink_to=0.7)
    hours = sight.content.care.contact.hours
    chips: tuple[Node, ...] = tuple(
        _pausing(one.words.in_(language))
        if quiet
        else chip(
            "hours",
            one.words.in_(language),
            one.choice_id,
            chosen=one.choice_id == wishes.hours,
            beside=3,
        )
        for one in hours
    )
    row = Row(items=chips, gap=GAP_MM, grow=1)
    beside = sight.view.portrait and not sight.session.big_text
    inside: Node = (
        Row(items=(title, row), gap=5) if beside else Column(items=(title, row), gap=GAP_MM * 0.8)
    )
    return card(inside, padding=Insets.xy(5.5, 6 if is_roomy(sight) else 4))


def _pausing(words: str) -> Node:
    """What holds again once do-not-disturb is over."""
    said = text(words, Style.MEDIUM, Colour.INK_2, shrink_to=0.6)
    return Box(
        child=Row(items=(said,), justify=Justify.CENTRE),
        fill=Fill.MUTED,
        radius=CHIP_MM / 2,
        padding=Insets.xy(3, 0),
        height=CHIP_MM,
        valign=Align.CENTRE,
        grow=1,
    )

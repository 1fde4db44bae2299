"""What the pages of the profile share: the ring that fills, the top card, what a stage earns."""

from kiosk.model.asking import Source
from kiosk.screens.around import day, line_mm, lines_in
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.profile import dossier_of
from kiosk.survey.document import Document
from kiosk.survey.profile import Dossier, Field
from kiosk.survey.told import Told
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Icon,
    Insets,
    Justify,
    Node,
    Row,
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Gauge, count_up
from kiosk.ui.theme import Colour, Style

GAUGE_MM, LYING_GAUGE_MM = 48.0, 40.0
"""Diameter of the ring, standing and lying."""

_STROKE = 0.09
"""Width of the ring as a share of its diameter."""

_COLUMN = 1.15
"""Width of the words below the ring as a share of its diameter."""

WHOLE = 100


def dossier(sight: Sight) -> Dossier:
    """The visitor's profile; its pages are only opened where there is one."""
    found = dossier_of(sight.session, sight.world)
    return found if found is not None else _nothing(sight)


def _nothing(sight: Sight) -> Dossier:
    """A profile without stages: HQ has withdrawn them while a page was open."""
    language = sight.session.language
    return Dossier((), Told(), sight.world.local_now, sight.world.today, language)


def gauge(sight: Sight, percent: int, ahead: int, size: float, before: int | None = None) -> Node:
    """The ring with its figure in the middle.

    Args:
        percent: how complete the profile is.
        ahead: how complete one more answer makes it.
        size: diameter, mm.
        before: what it was until now, from where the figure counts up.
    """
    unit = (Span(text="%", style=Style.HEADING, colour=Colour.GOLD_ON_PINE),)
    style = Style.HEADLINE if size >= LYING_GAUGE_MM else Style.TITLE
    figure = count_up(
        percent if before is None else before,
        percent,
        style,
        Colour.WHITE,
        after=unit,
        align=Align.CENTRE,
        shrink_to=0.5,
    )
    ring = Gauge(
        fraction=percent / WHOLE,
        ahead=ahead / WHOLE,
        child=Box(child=figure, fill=None, radius=0, width=size * 0.66, valign=Align.CENTRE),
        stroke=size * _STROKE,
        width=size,
        height=size,
    )
    return Row(items=(ring,), justify=Justify.CENTRE)


def top_card(sight: Sight, child: Node) -> Box:
    """The card at the top of the page."""
    return pine_card(child, Insets(13, 9, 9, 9) if sight.view.portrait else Insets(9, 5, 7, 5))


def on_pine(icon: str, words: str, lines: int = 2) -> Node:
    """A promise in gold, with its icon."""
    said = text(words, Style.BODY, Colour.GOLD_ON_PINE, max_lines=lines, shrink_to=0.7, grow=1)
    return Row(items=(Icon(name=icon, size=8, colour=Colour.GOLD_ON_PINE), said), gap=3.5)


def stage_line(sight: Sight, of: Dossier, stage: Document) -> str:
    """What is left of a stage and what finishing it earns; "" when neither is worth a word."""
    words, left, points = sight.words, len(of.missing(stage)), of.points(stage)
    if not left:
        return _done(sight, of, stage)
    if points:
        return words.count("profile.stage_points", left, points=words.points(points))
    return words.count("profile.stage", left)


def _done(sight: Sight, of: Dossier, stage: Document) -> str:
    words, points = sight.words, of.points(stage)
    if points:
        return words.say("profile.stage_done_points", points=words.points(points))
    paid = stage.id in of.told.paid and stage.reward_points
    return words.say("profile.stage_paid" if paid else "profile.stage_done")


def ring_mm(sight: Sight) -> float:
    """Diameter of the ring on this glass."""
    return GAUGE_MM if sight.view.portrait else LYING_GAUGE_MM


def ring_column_mm(sight: Sight, below: tuple[str, ...]) -> float:
    """About how high the ring is with the words below it."""
    wide = ring_mm(sight) * _COLUMN
    lines = sum(min(2, lines_in(sight, words, Style.CAPTION_STRONG, wide)) for words in below)
    gaps = GAP_MM * 0.6 * len(below)
    return ring_mm(sight) + lines * line_mm(sight, Style.CAPTION) + gaps


def beside_ring(sight: Sight, said: tuple[Node, ...], ring: Node, below: tuple[str, ...]) -> Node:
    """Words on the left, the ring and what it says on the right."""
    left = Column(items=said, gap=GAP_MM * 1.3, grow=1, justify=Justify.CENTRE)
    captions: tuple[Text, ...] = tuple(
        text(
            words,
            Style.CAPTION_STRONG if at else Style.CAPTION,
            Colour.GOLD_ON_PINE if at else Colour.ON_PINE,
            align=Align.CENTRE,
            max_lines=2,
            shrink_to=0.6,
        )
        for at, words in enumerate(below)
    )
    right = Column(items=(ring, *captions), gap=GAP_MM * 0.6, width=ring_mm(sight) * _COLUMN)
    return Row(items=(left, right), gap=5, align=Align.STRETCH)


def told_on(sight: Sight, of: Dossier, one: Field) -> str:
    """Who told a value and when; what was told here waits for HQ."""
    known, words = of.told.values.get(one.name), sight.words
    if known is None or one.name in of.told.fresh:
        return words.say("profile.confirmed_here" if known is not None else "profile.told_here")
    key = {Source.MEMBER: "told", Source.STAFF: "told_staff", Source.IMPORT: "told_import"}
    when = day(sight, known.on, of.today or known.on)
    return words.say(f"profile.{key[known.source]}", day=when)

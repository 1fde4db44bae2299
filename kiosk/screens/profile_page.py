"""My profile: what the member has told, stage by stage, each value masked; and ways to go on."""

from dataclasses import dataclass

from kiosk.model.answers import Form
from kiosk.screens.around import around, line_mm, lines_in, mark, offline
from kiosk.screens.furniture import card, chevron, row_button
from kiosk.screens.hand_over import offer
from kiosk.screens.pager import pager, sheet_of, sheets_of
from kiosk.screens.profile_parts import (
    beside_ring,
    dossier,
    gauge,
    on_pine,
    ring_mm,
    stage_line,
    told_on,
    top_card,
)
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.states import Profile
from kiosk.survey.document import Document
from kiosk.survey.profile import BIRTHDAY, Dossier, Field
from kiosk.survey.showing import shown_words
from kiosk.ui.nodes import Align, Column, Icon, Insets, Node, Row, Scene, text
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.42
"""Share of the width that ring and ways on take when the glass lies."""

_BARS_MM = 12 + 20.5 + 28 + 2 * 10 + MARGIN_MM
_LYING_BARS_MM = 9 + 20.5 + 28 + 2 * GAP_MM * 2 + MARGIN_MM
"""What the bars, their gaps and the margins take of the height (kiosk.screens.furniture.page)."""

_HERO_MM, _HEADING_MM, _FOOT_MM, _BANNER_MM = 88.0, 20.0, 30.0, 24.0
_MARK_MM, _ROW_INSET_MM = 18.0, 2.5
_BESIDE_TITLE_MM = 75.0
"""Mark, the word for what a touch does, and their gaps, in large type."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on one sheet: a stage, or a part of a long one."""

    stage: Document
    fields: tuple[Field, ...]


def profile_page(sight: Sight, on_page: Profile) -> Scene:
    """The whole page."""
    of, above = dossier(sight), offline(sight, "profile.offline")
    sheets = _sheets(sight, of, len(above))
    if not sheets:
        return around(sight, "profile", head=(_hero(sight, of, None),), main=(), above=above)
    here = sheets[sheet_of(on_page.sheet, len(sheets))]
    rows = tuple(_row(sight, on_page, of, one) for one in here.fields)
    listed = (_heading(sight, of, here.stage), Column(items=rows, gap=GAP_MM))
    return around(
        sight,
        "profile",
        head=(_hero(sight, of, here.stage),),
        main=listed,
        foot=_foot(sight),
        above=above,
        middle=pager(sight, on_page.sheet, len(sheets)),
        side=SIDE,
    )


def _sheets(sight: Sight, of: Dossier, banners: int) -> tuple[_Sheet, ...]:
    """Each stage on a sheet of its own; a long one on as many as it needs."""
    stages = ((stage, of.open_fields(stage)) for stage in of.stages)
    return tuple(
        _Sheet(stage, fields)
        for stage, every in stages
        for fields in sheets_of(every, _most(sight, every, banners))
        if fields
    )


def _most(sight: Sight, fields: tuple[Field, ...], banners: int) -> int:
    """Rows of these questions that fit on a sheet."""
    used = banners * _BANNER_MM + _HEADING_MM
    if sight.view.portrait:
        used += _BARS_MM + _HERO_MM + _FOOT_MM * len(_foot(sight))
    else:
        used += _LYING_BARS_MM
    return max(1, int((sight.view.height_mm - used) / (_row_mm(sight, fields) + GAP_MM)))


def _row_mm(sight: Sight, fields: tuple[Field, ...]) -> float:
    """Height of the highest row: a title of one line or two, the answer, and who told it."""
    portrait = sight.view.portrait
    wide = sight.view.inner_mm * (1 if portrait else 1 - SIDE) - _BESIDE_TITLE_MM
    most = max(
        (lines_in(sight, _title(sight, one), Style.CAPTION, wide) for one in fields), default=1
    )
    lines = line_mm(sight, Style.CAPTION) * (1 + min(2, most)) + line_mm(sight, Style.STRONG)
    return max(_MARK_MM, lines) + 2 * _ROW_INSET_MM


def _title(sight: Sight, one: Field) -> str:
    title = one.question.title
    return title.in_(sight.session.language) if title is not None else one.name


# -- how complete it is --------------------------------------------------------------------


def _hero(sight: Sight, of: Dossier, stage: Document | None) -> Node:
    words, percent = sight.words, of.percent
    large = sight.view.portrait and not sight.session.big_text
    style = Style.DISPLAY if large else Style.HEADLINE
    said: list[Node] = [
        text(words.say("profile.title"), style, Colour.WHITE, max_lines=2, shrink_to=0.6)
    ]
    if stage is not None:
        said.append(on_pine("gift", stage_line(sight, of, stage), 3))
    ring = gauge(sight, percent, percent, ring_mm(sight))
    below = (words.say("profile.complete"),)
    return top_card(sight, beside_ring(sight, tuple(said), ring, below))


def _heading(sight: Sight, of: Dossier, stage: Document) -> Node:
    """The stage's name, and how many of its questions are answered."""
    title, fields = stage.survey.title, of.open_fields(stage)
    told = len(fields) - len(of.missing(stage))
    said = title.in_(sight.session.language) if title is not None else stage.id
    beside = sight.words.say("profile.stage_at", told=told, count=len(fields))
    items = (
        text(said, Style.TITLE, shrink_to=0.5),
        text(beside, Style.CAPTION_STRONG, Colour.INK_2),
    )
    return Row(items=items, gap=4, align=Align.BASELINE)


# -- what is told --------------------------------------------------------------------------


def _row(sight: Sight, on_page: Profile, of: Dossier, one: Field) -> Node:
    """One question: what may be shown of the answer, who gave it when, and the way to change it."""
    asked, words = _title(sight, one), sight.words
    icon, fill, way = _state(of, one)
    told = Column(
        items=(
            text(asked, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.6),
            text(_value(sight, on_page, of, one), Style.STRONG, max_lines=1, shrink_to=0.6),
            *_source(sight, on_page, of, one),
        ),
        gap=0.5,
        grow=1,
    )
    items: tuple[Node, ...] = (mark(icon, fill, edge=_MARK_MM), told)
    padding = Insets.xy(5.5, _ROW_INSET_MM)
    if not of.can_be_told(one):
        return card(Row(items=items, gap=5), padding=padding)
    says = words.say(f"profile.{way}")
    items += (text(says, Style.CAPTION_STRONG, Colour.PINE), chevron())
    inside = Row(items=items, gap=5)
    return row_button("profile-question", says, inside, value=one.name, padding=padding)


def _state(of: Dossier, one: Field) -> tuple[str, Fill, str]:
    """Icon, its ground, and what a touch does."""
    if one.name in of.told.known:
        return "check", Fill.MINT, "change"
    if one.name in of.told.never:
        return "eye-off", Fill.SAND, "open_again"
    return "plus", Fill.GOLD_SOFT, "add"


def _value(sight: Sight, on_page: Profile, of: Dossier, one: Field) -> str:
    """What may be shown; what was told here and is not in HQ's row, only while it is just saved."""
    words, language = sight.words, sight.session.language
    if one.name in of.told.known:
        fresh = on_page.shown if one.name == on_page.saved else ""
        told = shown_words(one.question, one.note, fresh, language) or of.words(one)
        return words.say("profile.between").join(told) or words.say("profile.on_file")
    if not of.can_be_told(one):
        return words.say("profile.clock")
    return words.say("profile.refused_row" if one.name in of.told.never else "profile.missing")


def _source(sight: Sight, on_page: Profile, of: Dossier, one: Field) -> tuple[Node, ...]:
    """Who told it and when; that it was kept just now."""
    if one.name not in of.told.known:
        return ()
    if one.name == BIRTHDAY and one.name != on_page.saved:
        fixed = sight.words.say("profile.birthday_fixed")
        return (text(fixed, Style.CAPTION, Colour.INK_2, shrink_to=0.6),)
    if one.name == on_page.saved:
        said = text(sight.words.say("profile.saved"), Style.CAPTION_STRONG, Colour.GOOD_INK)
        return (
            Row(items=(Icon(name="check-circle", size=6, colour=Colour.GOOD_INK), said), gap=2),
        )
    return (text(told_on(sight, of, one), Style.CAPTION, Colour.INK_2, shrink_to=0.6),)


# -- other ways ----------------------------------------------------------------------------


def _foot(sight: Sight) -> tuple[Node, ...]:
    """On one's own phone, and what HQ can be asked to do with all this."""
    said = sight.words.say("profile.data")
    words = text(said, Style.STRONG, Colour.PINE, max_lines=2, shrink_to=0.6, grow=1)
    inside = Row(items=(mark("shield-check", edge=_MARK_MM), words, chevron()), gap=5)
    padding = Insets.xy(5.5, _ROW_INSET_MM)
    data = row_button("my-data", said, inside, padding=padding)
    return (*offer(sight, Form.PROFILE), data)

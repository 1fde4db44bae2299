"""One question of the profile: what it is good for, its answer, and the ways to put it off."""

from kiosk.screens.around import BETWEEN_MM, line_mm, offline
from kiosk.screens.asked import Room, description, title, title_lines
from kiosk.screens.furniture import back_button, bottom_bar, done_button, page, wide_button
from kiosk.screens.profile_parts import (
    GAUGE_MM,
    LYING_GAUGE_MM,
    beside_ring,
    dossier,
    gauge,
    on_pine,
    pine_card,
    stage_line,
)
from kiosk.screens.questions import body
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.answering import answer_of
from kiosk.session.states import ProfileQuestion
from kiosk.survey.document import Note
from kiosk.survey.profile import Dossier
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
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.42
"""Share of the width that the question takes when the glass lies."""

WAY_MM, LYING_WAY_MM = 24.0, 21.5
"""Height of the ways to put a question off: targets (docs/design.md, measures)."""

_BARS_MM = 12 + 20.5 + 28 + 2 * 10 + MARGIN_MM
_LYING_BARS_MM = 9 + 20.5 + 28 + 2 * GAP_MM * 2 + MARGIN_MM
"""What the bars, their gaps and the margins take of the height (kiosk.screens.furniture.page)."""

_WHY_MM, _HINT_MM, _BANNER_MM = 34.0, 10.0, 26.0
_CAPTIONS_MM = 18.0
"""Height of the words below the ring."""


def profile_question(sight: Sight, on_page: ProfileQuestion) -> Scene:
    """The whole page."""
    above = offline(sight, "profile.offline")
    bottom = bottom_bar(back_button(sight), _save(sight, on_page), done_button(sight))
    middle = _standing if sight.view.portrait else _lying
    return page(sight, "profile-question", (*above, *middle(sight, on_page, len(above))), bottom)


def _standing(sight: Sight, on_page: ProfileQuestion, banners: int) -> tuple[Node, ...]:
    width, gap = sight.view.inner_mm, GAP_MM * 2.5
    why, foot = _why(sight, on_page), (*_ways(sight, on_page), *_hint(sight, on_page))
    used = _BARS_MM + _hero_mm(sight, on_page) + gap + banners * (_BANNER_MM + gap)
    used += (_WHY_MM + gap) * len(why) + sum((WAY_MM, _HINT_MM)[: len(foot)])
    room = Room(width, sight.view.height_mm - used - gap * (len(foot) + 1))
    return (_hero(sight, on_page), body(sight, on_page.asking, room), *why, Gap(grow=1), *foot)


def _lying(sight: Sight, on_page: ProfileQuestion, banners: int) -> tuple[Node, ...]:
    """The question on the left, its answers on the right."""
    left = sight.view.inner_mm * SIDE
    ways = _ways(sight, on_page)
    used = _LYING_BARS_MM + (LYING_WAY_MM + GAP_MM * 3.2) * len(ways) + banners * (_BANNER_MM + 5)
    room = Room(sight.view.inner_mm - left - BETWEEN_MM, sight.view.height_mm - used)
    told = Column(
        items=(_hero(sight, on_page), Gap(grow=1), *_why(sight, on_page)), gap=GAP_MM, width=left
    )
    answers = (body(sight, on_page.asking, room), Gap(grow=1), *ways)
    both = (told, Column(items=answers, gap=GAP_MM * 1.6, grow=1))
    return (Row(items=both, gap=BETWEEN_MM, align=Align.STRETCH, grow=1),)


# -- what is asked -------------------------------------------------------------------------


def _hero(sight: Sight, on_page: ProfileQuestion) -> Node:
    """The question in the largest type, beside the ring that it fills."""
    of = dossier(sight)
    percent, ahead = of.percent, of.percent_with(on_page.asking.question)
    size = GAUGE_MM if sight.view.portrait else LYING_GAUGE_MM
    below = [sight.words.say("profile.complete")]
    if ahead > percent:
        below.append(sight.words.say("profile.after", percent=ahead))
    ring = gauge(sight, percent, ahead, size)
    said = _said(sight, on_page, of)
    return pine_card(sight, beside_ring(sight, said, ring, tuple(below)))


def _said(sight: Sight, on_page: ProfileQuestion, of: Dossier) -> tuple[Node, ...]:
    """Why it comes now, what it is, how it is answered, and what the stage earns."""
    asking, words = on_page.asking, sight.words
    lines: list[Node] = [title(sight, asking, _title_mm(sight), least=_least(sight))]
    if not sight.session.big_text:
        key = "profile.mine" if on_page.chosen else "profile.today"
        lines.insert(0, text(words.say(key), Style.CAPTION, Colour.ON_PINE, shrink_to=0.7))
    quiet = description(sight, asking)
    if quiet:
        lines.append(text(quiet, Style.BODY, Colour.ON_PINE_2, max_lines=2, shrink_to=0.7))
    quick = on_page.chosen or _is_tight(sight)
    earns = "" if quick else stage_line(sight, of, asking.document)
    return (*lines, on_pine("gift", earns)) if earns else tuple(lines)


def _is_tight(sight: Sight) -> bool:
    """Two of large type, a lying glass and a banner: only what is asked, and how to answer it."""
    lying, away = not sight.view.portrait, sight.world.hq_reachable is False
    return sum((sight.session.big_text, lying, away)) > 1


def _title_mm(sight: Sight) -> float:
    """Width that the ring leaves for the question."""
    inner = sight.view.inner_mm * (1 if sight.view.portrait else SIDE)
    return inner - 1.15 * (GAUGE_MM if sight.view.portrait else LYING_GAUGE_MM) - 28


def _least(sight: Sight) -> int:
    """Large type and a lying glass leave the largest steps of type out."""
    return 1 if sight.session.big_text or not sight.view.portrait else 0


def _hero_mm(sight: Sight, on_page: ProfileQuestion) -> float:
    """About how high the card is."""
    high = title_lines(sight, on_page.asking, _title_mm(sight), _least(sight))
    quiet = line_mm(sight, Style.BODY) + GAP_MM * 1.2
    lines = 1 + bool(description(sight, on_page.asking)) + 2 * (not on_page.chosen)
    told = high + quiet * lines + line_mm(sight, Style.CAPTION)
    return 18 + max(told, GAUGE_MM + _CAPTIONS_MM)


# -- why, and the ways out -----------------------------------------------------------------


def _why(sight: Sight, on_page: ProfileQuestion) -> tuple[Node, ...]:
    """What the member gains, as HQ says it."""
    note = on_page.asking.document.questions.get(on_page.asking.question, Note())
    if note.why is None:
        return ()
    head = text(sight.words.say("profile.why"), Style.STRONG, Colour.PINE, shrink_to=0.7)
    lines = 2 if sight.session.big_text else 3
    said = text(note.why.in_(sight.session.language), max_lines=lines, shrink_to=0.6)
    told = Column(items=(head, said), gap=1, grow=1)
    icon = Icon(name="info", size=10, colour=Colour.PINE)
    inside = Row(items=(icon, told), gap=6, align=Align.START)
    padding = Insets.xy(8, 3.5 if sight.session.big_text else 6)
    return (Box(child=inside, fill=Fill.LINEN, radius=7, padding=padding),)


def _ways(sight: Sight, on_page: ProfileQuestion) -> tuple[Node, ...]:
    """Not now, or not ever; whoever came for the question just goes back."""
    if on_page.chosen:
        return ()
    both = (_way(sight, "later", "arrow-right"), _way(sight, "never", "eye-off"))
    height = WAY_MM if sight.view.portrait else LYING_WAY_MM
    return (Row(items=both, gap=GAP_MM * 2, height=height, align=Align.STRETCH),)


def _way(sight: Sight, key: str, icon: str) -> Button:
    words = sight.words.say(f"profile.{key}")
    items = (
        Icon(name=icon, size=9, colour=Colour.PINE),
        text(words, Style.STRONG, Colour.PINE, max_lines=2, shrink_to=0.7),
    )
    inside = Row(items=items, gap=3.5, justify=Justify.CENTRE)
    return Button(
        key=key, says=words, look=Look.QUIET, child=inside, grow=1, padding=Insets.xy(4, 2)
    )


def _hint(sight: Sight, on_page: ProfileQuestion) -> tuple[Node, ...]:
    """That it can be changed; large type needs the room."""
    if on_page.chosen or sight.session.big_text:
        return ()
    said = text(sight.words.say("profile.change_hint"), Style.CAPTION, Colour.INK_2, shrink_to=0.7)
    items = (Icon(name="pencil", size=7, colour=Colour.INK_2), said)
    return (Row(items=items, gap=3, justify=Justify.CENTRE),)


def _save(sight: Sight, on_page: ProfileQuestion) -> Node:
    """Only what was answered can be kept."""
    if answer_of(on_page.asking) is None:
        return Gap(grow=1)
    return wide_button("save", "check", sight.words.say("profile.save"), Look.PRIMARY, grow=1)

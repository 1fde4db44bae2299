"""One question of the profile: what it is good for, its answer, and the ways to put it off."""

from kiosk.screens.around import BETWEEN_MM, line_mm, lines_in, offline
from kiosk.screens.asked import Room, description, title, title_lines
from kiosk.screens.furniture import back_button, bottom_bar, done_button, page, wide_button
from kiosk.screens.profile_parts import (
    beside_ring,
    dossier,
    gauge,
    on_pine,
    ring_column_mm,
    ring_mm,
    stage_line,
    top_card,
)
from kiosk.screens.questions import body
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.answering import answer_of
from kiosk.session.states import ProfileQuestion
from kiosk.survey.document import Note
from kiosk.survey.profile import BIRTHDAY, Dossier
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

_HINT_MM = 10.0
_EVERYTHING = 3
"""Large type, a lying glass and a banner at once."""

_WHY_LINES, _LONG_WHY_LINES = 2, 5
"""Lines that a reason may take, in the usual type and in the smallest."""


def profile_question(sight: Sight, on_page: ProfileQuestion) -> Scene:
    """The whole page."""
    above = offline(sight, "profile.offline")
    bottom = bottom_bar(back_button(sight), _save(sight, on_page), done_button(sight))
    middle = _standing if sight.view.portrait else _lying
    return page(sight, "profile-question", (*above, *middle(sight, on_page, len(above))), bottom)


def _standing(sight: Sight, on_page: ProfileQuestion, banners: int) -> tuple[Node, ...]:
    width, gap = sight.view.inner_mm, GAP_MM * 2.5
    why, foot = _why(sight, on_page), (*_ways(sight, on_page), *_hint(sight, on_page))
    used = _BARS_MM + _hero_mm(sight, on_page) + gap + banners * (_banner_mm(sight) + gap)
    used += (_why_mm(sight, on_page, width) + gap) * len(why)
    used += sum((WAY_MM, _HINT_MM)[: len(foot)])
    room = Room(width, sight.view.height_mm - used - gap * (len(foot) + 1))
    return (_hero(sight, on_page), body(sight, on_page.asking, room), *why, Gap(grow=1), *foot)


def _lying(sight: Sight, on_page: ProfileQuestion, banners: int) -> tuple[Node, ...]:
    """The question on the left, its answers on the right."""
    left = sight.view.inner_mm * SIDE
    ways = _ways(sight, on_page)
    used = _LYING_BARS_MM + (LYING_WAY_MM + GAP_MM * 1.6) * len(ways) + GAP_MM * 1.6
    used += banners * (_banner_mm(sight) + GAP_MM * 2)
    room = Room(sight.view.inner_mm - left - BETWEEN_MM, sight.view.height_mm - used)
    told = Column(
        items=(_hero(sight, on_page), Gap(grow=1), *_why(sight, on_page)), gap=GAP_MM, width=left
    )
    answers = (body(sight, on_page.asking, room), Gap(grow=1), *ways)
    both = (told, Column(items=answers, gap=GAP_MM * 1.6, grow=1))
    return (Row(items=both, gap=BETWEEN_MM, align=Align.STRETCH, grow=1),)


def _banner_mm(sight: Sight) -> float:
    """About how high the banner is."""
    words, wide = sight.words.say("profile.offline"), sight.view.inner_mm - 30
    lines = min(2, lines_in(sight, words, Style.CAPTION, wide))
    return max(16, 7 + lines * line_mm(sight, Style.CAPTION))


# -- what is asked -------------------------------------------------------------------------


def _hero(sight: Sight, on_page: ProfileQuestion) -> Node:
    """The question in the largest type, beside the ring that it fills."""
    of = dossier(sight)
    said = _said(sight, on_page, of)
    if not _has_ring(sight, on_page):
        return top_card(sight, Column(items=said, gap=GAP_MM * 1.2))
    percent, ahead = of.percent, of.percent_with(on_page.asking.question)
    ring = gauge(sight, percent, ahead, ring_mm(sight))
    below = _below_ring(sight, percent, ahead)
    return top_card(sight, beside_ring(sight, said, ring, below))


def _below_ring(sight: Sight, percent: int, ahead: int) -> tuple[str, ...]:
    """What the ring says, and where the answer leads if that is farther."""
    words = sight.words
    after = (words.say("profile.after", percent=ahead),) if ahead > percent else ()
    return (words.say("profile.complete"), *after)


def _said(sight: Sight, on_page: ProfileQuestion, of: Dossier) -> tuple[Node, ...]:
    """Why it comes now, what it is, how it is answered, and what the stage earns."""
    asking, words = on_page.asking, sight.words
    lines: list[Node] = [title(sight, asking, _title_mm(sight, on_page), least=_least(sight))]
    if not sight.session.big_text:
        key = "profile.mine" if on_page.chosen else "profile.today"
        lines.insert(0, text(words.say(key), Style.CAPTION, Colour.ON_PINE, shrink_to=0.7))
    quiet = _quiet(sight, on_page)
    if quiet:
        lines.append(text(quiet, Style.BODY, Colour.ON_PINE_2, max_lines=2, shrink_to=0.7))
    earns = _earns(sight, on_page, of)
    return (*lines, on_pine("gift", earns)) if earns else tuple(lines)


def _earns(sight: Sight, on_page: ProfileQuestion, of: Dossier) -> str:
    """What the stage earns; nothing where there is no room, or nobody was asked to answer."""
    quick = on_page.chosen or _is_tight(sight, on_page)
    return "" if quick else stage_line(sight, of, on_page.asking.document)


def _quiet(sight: Sight, on_page: ProfileQuestion) -> str:
    """How it is answered; of a day of birth, that it is told once."""
    if on_page.asking.question == BIRTHDAY:
        return sight.words.say("profile.birthday_hint")
    return description(sight, on_page.asking) if _wants(sight) < _EVERYTHING else ""


def _is_tight(sight: Sight, on_page: ProfileQuestion) -> bool:
    """Two of large type, a lying glass and a banner: only what is asked, and how to answer it."""
    turned = sight.session.big_text and on_page.asking.wheels is not None
    return _wants(sight) > 1 or turned


def _wants(sight: Sight) -> int:
    """How many things want room that others have: large type, a lying glass, a banner."""
    away = sight.world.hq_reachable is False
    return sum((sight.session.big_text, not sight.view.portrait, away))


def _has_ring(sight: Sight, on_page: ProfileQuestion) -> bool:
    """Large type needs its room for the question on a lying glass, and above wheels."""
    roomy = sight.view.portrait and on_page.asking.wheels is None
    return roomy or not sight.session.big_text


def _title_mm(sight: Sight, on_page: ProfileQuestion) -> float:
    """Width that the ring leaves for the question."""
    inner = sight.view.inner_mm * (1 if sight.view.portrait else SIDE)
    return inner - 28 - (1.15 * ring_mm(sight) if _has_ring(sight, on_page) else 0)


def _least(sight: Sight) -> int:
    """Large type and a lying glass leave the largest steps of type out."""
    return 1 if sight.session.big_text or not sight.view.portrait else 0


def _hero_mm(sight: Sight, on_page: ProfileQuestion) -> float:
    """About how high the card is."""
    wide = _title_mm(sight, on_page)
    told = [title_lines(sight, on_page.asking, wide, _least(sight))]
    if not sight.session.big_text:
        told.append(line_mm(sight, Style.CAPTION))
    for words in (_quiet(sight, on_page), _earns(sight, on_page, dossier(sight))):
        if words:
            told.append(
                min(2, lines_in(sight, words, Style.BODY, wide)) * line_mm(sight, Style.BODY)
            )
    high = sum(told) + GAP_MM * 1.3 * len(told)
    if not _has_ring(sight, on_page):
        return 18 + high
    return 18 + max(high, ring_column_mm(sight, _below_ring(sight, 0, 1)))


# -- why, and the ways out -----------------------------------------------------------------


def _why(sight: Sight, on_page: ProfileQuestion) -> tuple[Node, ...]:
    """What the member gains, as HQ says it."""
    note = on_page.asking.document.questions.get(on_page.asking.question, Note())
    if note.why is None:
        return ()
    head = text(sight.words.say("profile.why"), Style.STRONG, Colour.PINE, shrink_to=0.7)
    words = note.why.in_(sight.session.language)
    style, lines = _why_style(sight, words)
    said = text(words, style, max_lines=lines, shrink_to=0.6)
    told = Column(items=(head, said), gap=1, grow=1)
    icon = Icon(name="info", size=10, colour=Colour.PINE)
    inside = Row(items=(icon, told), gap=6, align=Align.START)
    padding = Insets.xy(8, 3.5 if sight.session.big_text else 6)
    return (Box(child=inside, fill=Fill.LINEN, radius=7, padding=padding),)


def _why_style(sight: Sight, words: str) -> tuple[Style, int]:
    """The type a reason is set in, and in how many lines at most."""
    wide = sight.view.inner_mm * (1 if sight.view.portrait else SIDE) - 32
    if lines_in(sight, words, Style.BODY, wide) <= _WHY_LINES:
        return Style.BODY, _WHY_LINES
    return Style.CAPTION, _LONG_WHY_LINES - (_wants(sight) == _EVERYTHING)


def _why_mm(sight: Sight, on_page: ProfileQuestion, width: float) -> float:
    """About how high the reason is."""
    note = on_page.asking.document.questions.get(on_page.asking.question, Note())
    words = note.why.in_(sight.session.language) if note.why is not None else ""
    style, most = _why_style(sight, words)
    lines = min(most, lines_in(sight, words, style, width - 32))
    return line_mm(sight, Style.STRONG) + lines * line_mm(sight, style) + 14


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
    settled = on_page.asking.question == BIRTHDAY
    if on_page.chosen or settled or sight.session.big_text:
        return ()
    said = text(sight.words.say("profile.change_hint"), Style.CAPTION, Colour.INK_2, shrink_to=0.7)
    items = (Icon(name="pencil", size=7, colour=Colour.INK_2), said)
    return (Row(items=items, gap=3, justify=Justify.CENTRE),)


def _save(sight: Sight, on_page: ProfileQuestion) -> Node:
    """Only what was answered can be kept."""
    if answer_of(on_page.asking) is None:
        return Gap(grow=1)
    return wide_button("save", "check", sight.words.say("profile.save"), Look.PRIMARY, grow=1)

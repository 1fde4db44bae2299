"""The one question of a visit, as a card on the member's page: what, how long, what it earns."""

from datetime import timedelta
from math import ceil

from kiosk.model.asking import Purchase
from kiosk.screens.furniture import card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.profile import Offered, dossier_of
from kiosk.session.prompts import Prompt, name_of, prompt
from kiosk.survey.document import Document
from kiosk.survey.estimate import estimate_s
from kiosk.survey.offers import Offer
from kiosk.survey.parts import Words as Asked
from kiosk.ui.languages import Words
from kiosk.ui.nodes import Align, Box, Button, Column, Icon, Insets, Look, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style

BUTTON_MM = 21.5
"""Height of its two buttons: a target (docs/design.md, measures)."""

SHORT_BYTES, LONGEST_BYTES = 36, 54
"""Of a title that fits on a line of Chinese (12 signs), and of one that fits at all (18); Latin
letters are narrower, and the page has more room in English."""

MINUTE_S = 60
STEP_S = 10
"""Times are told in whole steps, rounded up: nobody takes longer than they were told."""


def prompt_card(sight: Sight) -> tuple[Node, ...]:
    """The card; nothing where nothing is asked."""
    asked = prompt(sight.session, sight.world)
    if asked is None:
        return ()
    said, line = _words(sight, asked)
    roomy = sight.view.portrait and len(said.encode()) <= SHORT_BYTES
    told = _told(said, line, roomy=roomy)
    inside = Row(items=(*_mark(sight), told, *_buttons(sight, asked)), gap=GAP_MM * 2)
    edge = 4 if roomy else 1.4
    return (card(inside, padding=Insets(5.5, edge, 4, edge)),)


def duration(words: Words, document: Document) -> str:
    """About how long a survey takes: 约 30 秒 / about 30 seconds."""
    seconds = estimate_s(document.survey)
    if seconds <= MINUTE_S - STEP_S:
        return words.say("prompt.seconds", n=STEP_S * max(1, ceil(seconds / STEP_S)))
    return words.count("prompt.minutes", ceil(seconds / MINUTE_S))


def _words(sight: Sight, asked: Prompt) -> tuple[str, str]:
    """What is asked, and what for."""
    return _of_survey(sight, asked) if isinstance(asked, Offer) else _of_profile(sight, asked)


def _of_survey(sight: Sight, asked: Offer) -> tuple[str, str]:
    words, document = sight.words, asked.document
    time, points = duration(words, document), document.reward_points
    earns = words.say("prompt.earns", points=words.points(points), time=time) if points else time
    if asked.purchase is not None:
        return _bought(sight, asked.purchase), earns
    return _title(sight, document.survey.title), earns


def _bought(sight: Sight, purchase: Purchase) -> str:
    words, today = sight.words, sight.world.today
    if purchase.on == today:
        return words.say("prompt.bought_today")
    if today is not None and purchase.on == today - timedelta(days=1):
        return words.say("prompt.bought_yesterday")
    return words.say("prompt.bought", day=words.day(purchase.on))


def _of_profile(sight: Sight, asked: Offered) -> tuple[str, str]:
    words, dossier = sight.words, dossier_of(sight.session, sight.world)
    if asked.confirm or dossier is None:
        return words.say("prompt.confirm"), words.say("prompt.confirm_line")
    after = dossier.percent_with(asked.field.name)
    title = _title(sight, asked.field.question.title)
    return title, words.say("prompt.completes", percent=after)


def _title(sight: Sight, title: Asked | None) -> str:
    """HQ's own words where they are short; what has answers in it is put on its own page."""
    said = title.in_(sight.session.language) if title is not None else ""
    tight = sight.session.big_text and not sight.view.portrait
    longest = SHORT_BYTES if tight else LONGEST_BYTES
    fits = 0 < len(said.encode()) <= longest and "{" not in said
    return said if fits else sight.words.say("prompt.survey")


# -- how it looks --------------------------------------------------------------------------


def _mark(sight: Sight) -> tuple[Node, ...]:
    """An icon, where there is room for one."""
    if sight.session.big_text or not sight.view.portrait:
        return ()
    icon = Icon(name="question-note", size=12, colour=Colour.PINE)
    soft = Fill.GOOD_SOFT
    centre = Align.CENTRE
    return (Box(child=icon, fill=soft, radius=6, width=23, height=23, align=centre, valign=centre),)


def _told(said: str, line: str, *, roomy: bool) -> Node:
    """Where there is no height to spare, two lines are little higher than the buttons."""
    return Column(
        items=(
            text(said, Style.HEADING if roomy else Style.STRONG, shrink_to=0.5, max_lines=2),
            text(line, Style.CAPTION, Colour.POINTS_INK, shrink_to=0.5),
        ),
        gap=1.5 if roomy else 0,
        grow=1,
    )


def _buttons(sight: Sight, asked: Prompt) -> tuple[Button, Button]:
    survey = isinstance(asked, Offer)
    key = "survey" if survey else "profile-question"
    value = name_of(asked) if survey else ""
    words = sight.words
    refuse = words.say("prompt.not_now" if survey else "prompt.later")
    return (
        _button(key, value, words.say("prompt.answer"), Look.SECONDARY, Colour.PINE),
        _button("not-now", name_of(asked), refuse, Look.QUIET, Colour.INK_2),
    )


def _button(key: str, value: str, words: str, look: Look, colour: Colour) -> Button:
    return Button(
        key=key,
        value=value,
        says=words,
        look=look,
        child=text(words, Style.STRONG, colour, align=Align.CENTRE, shrink_to=0.7),
        height=BUTTON_MM,
        min_width=36,
        padding=Insets.xy(5, 0),
    )

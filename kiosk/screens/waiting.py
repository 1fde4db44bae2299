"""Waiting for HQ's word: what is done, what is being done, what comes."""

from kiosk.screens.around import hint
from kiosk.screens.furniture import bottom_bar, done_button
from kiosk.screens.redeeming import (
    MARK_MM,
    done_mark,
    halves,
    next_mark,
    price_line,
    reward_panel,
    said,
    seal,
    step,
    steps,
)
from kiosk.screens.view import Sight
from kiosk.session.states import Waiting
from kiosk.ui.nodes import Gap, Icon, Node, Scene
from kiosk.ui.pieces import Turning
from kiosk.ui.theme import Colour, Fill


def waiting(sight: Sight, on_page: Waiting) -> Scene:
    """The whole page."""
    words, seconds = sight.words, f"{sight.world.timing.verdict_s:g}"
    fallback = "waiting.else_back" if on_page.giving_back else "waiting.else"
    return halves(
        sight,
        "waiting",
        bottom_bar(Gap(grow=1), done_button(sight)),
        head=said(sight, words.say("waiting.title"), words.say("waiting.line", n=seconds)),
        panel=_panel(sight, on_page),
        told=(_steps(sight, on_page), hint("info", words.say(fallback, n=seconds))),
    )


def _panel(sight: Sight, on_page: Waiting) -> Node:
    reward = sight.content.reward(on_page.subject)
    line = price_line(sight, reward) if reward is not None else ""
    return reward_panel(sight, reward, seal("clock", Fill.GOLD, Colour.ON_GOLD), line)


def _steps(sight: Sight, on_page: Waiting) -> Node:
    """Only what is known to be done is ticked: the wish was on disk before this page."""
    words = sight.words
    asking = "waiting.asking_back_line" if on_page.giving_back else "waiting.asking_line"
    return steps(
        sight,
        step(done_mark(), words.say("waiting.kept"), words.say("waiting.kept_line")),
        step(_busy(), words.say("waiting.asking"), words.say(asking)),
        _last(sight, on_page),
    )


def _last(sight: Sight, on_page: Waiting) -> Node:
    words = sight.words
    if not on_page.giving_back:
        return step(
            next_mark(3), words.say("waiting.code"), words.say("waiting.code_line"), Colour.INK_2
        )
    reward = sight.content.reward(on_page.subject)
    points = words.points(reward.points if reward is not None else 0)
    line = words.say("waiting.back_line", points=points)
    return step(next_mark(3), words.say("waiting.back"), line, Colour.INK_2)


def _busy() -> Node:
    icon = Icon(name="cloud", size=9, colour=Colour.PINE)
    return Turning(child=icon, stroke=1.8, width=MARK_MM, height=MARK_MM)

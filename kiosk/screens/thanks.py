"""Thanks for a complaint: it is there, what was promised, how it goes on; not what it was."""

from kiosk.screens.case_steps import steps_line
from kiosk.screens.furniture import card
from kiosk.screens.promises import call_promise, staff_promise
from kiosk.screens.redeeming import offline_means, said
from kiosk.screens.thanking import (
    BETWEEN_MM,
    PICTURED,
    follows,
    is_beside,
    thanking,
    what_follows,
)
from kiosk.screens.view import Sight
from kiosk.session.profile import can_be_called
from kiosk.session.states import Thanks
from kiosk.ui.nodes import Insets, Node, Scene

AROUND_MM = 5.0
"""Left and right of the steps on their card."""


def thanks(sight: Sight, on_page: Thanks) -> Scene:
    """The whole page."""
    words, known = sight.words, sight.session.visitor is not None
    line = words.say("thanks.line" if known else "thanks.line_nobody")
    head = said(sight, words.say("thanks.title"), line, roomy=True)
    told = (*_promised(sight, on_page), _steps(sight))
    return thanking(sight, "thanks", head, told, offline_means(sight, "thanks.offline"))


def _promised(sight: Sight, on_page: Thanks) -> tuple[Node, ...]:
    """What was asked for, each with what HQ lets be promised of it."""
    words, rows = sight.words, list[Node]()
    if on_page.call_me:
        rows.append(follows("phone", words.say("thanks.call_me"), _when_called(sight)))
    if on_page.staff_now:
        rows.append(_who_comes(sight))
    return what_follows(rows)


def _when_called(sight: Sight) -> tuple[str, ...]:
    """When HQ calls; where to leave a number if it has none."""
    if can_be_called(sight.session, sight.world):
        return call_promise(sight)
    return (sight.words.say("thanks.call_no_number"),)


def _who_comes(sight: Sight) -> Node:
    """Somebody of the store; nobody while HQ, which would send for them, is away."""
    words = sight.words
    if sight.world.hq_reachable is False:
        instead = words.say("thanks.staff_offline_line")
        return follows("person", words.say("thanks.staff_offline"), (instead,))
    return follows("person", words.say("thanks.staff_now"), staff_promise(sight))


def _steps(sight: Sight) -> Node:
    """The first of six is done; it is on the disk before this page is on the glass."""
    across = sight.view.inner_mm
    if is_beside(sight):
        across = across * (1 - PICTURED) - BETWEEN_MM
    line = steps_line(sight, 1, across - 2 * AROUND_MM)
    return card(line, padding=Insets.xy(AROUND_MM, 6))

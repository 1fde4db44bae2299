"""The member's page: how near the next reward is, and what can be had today."""

from dataclasses import replace

from kiosk.screens.at_counter import at_counter
from kiosk.screens.calendar import my_next_event
from kiosk.screens.case_steps import case_row
from kiosk.screens.choices import count_button
from kiosk.screens.furniture import banner, bottom_bar, done_button, page, wide_button
from kiosk.screens.hero import as_of, balance_notes, hero_card
from kiosk.screens.prompt import prompt_card
from kiosk.screens.reward_rows import (
    BIG_LYING_ROW_MM,
    BIG_ROW_MM,
    ROW_MM,
    TIGHT_ROW_MM,
    nearest_rows,
)
from kiosk.screens.ticket import benefit_ticket
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.profile import dossier_of
from kiosk.ui.nodes import Align, Column, Gap, Look, Node, Row, Scene
from kiosk.ui.theme import Colour, Style

MANY = 2
"""Where so much waits already (HQ away, the counter, a complaint), nothing is asked besides."""

ROOMY_LISTS = 3
"""Ways to a list that stand beside each other with their icons on every glass."""

WIDER = 1.1
"""How much of the redeem button's room more ways take in large type on a lying glass."""


def home(sight: Sight) -> Scene:
    """The whole page."""
    scene = _standing(sight) if sight.view.portrait else _lying(sight)
    return replace(scene, enters=False)  # a card is answered at once, not in 200 ms


def _standing(sight: Sight) -> Scene:
    offline, waits = offline_banner(sight), (*at_counter(sight), *case_row(sight))
    big, notes = sight.session.big_text, len(balance_notes(sight))
    nothing_within = not sight.summary.ladder.within_reach
    full = bool(big or offline or waits or notes or nothing_within)
    asks = prompt_card(sight) if len(offline) + len(waits) < MANY else ()
    above = len(offline) + len(waits) + (len(asks) if full else 0)
    benefit = () if big and above > 1 else benefit_ticket(sight)
    room = _room(big=big, above=above, notes=notes, bars=nothing_within)
    if not benefit and not (big and above > 1):
        room += 1
    rows = nearest_rows(sight, room, BIG_ROW_MM if big else TIGHT_ROW_MM)
    ahead = asks or (() if full else my_next_event(sight))
    lists = Row(items=_lists(sight), gap=GAP_MM * 2, height=22, align=Align.STRETCH)
    middle = (*offline, hero_card(sight), *waits, *benefit, *rows, *ahead, Gap(grow=1), lists)
    body = Column(items=middle, gap=GAP_MM * 1.8, grow=1)
    return page(sight, "home", (body,), bottom_bar(_redeem(sight), done_button(sight)))


def _room(*, big: bool, above: int, notes: int, bars: bool) -> int:
    """How many rewards fit on a standing page.

    Args:
        above: cards that are there besides the usual ones.
        notes: lines below the balance.
        bars: whether nothing is within reach, so that each row has a bar in it.
    """
    if above > 2:
        return 0 if big else 1
    if big:
        return 1 if above or notes else 2
    if above < 2:
        return 2 if above and (bars or notes) else 3
    return 1 if notes else 2


def _lying(sight: Sight) -> Scene:
    """Little room: what waits at the counter then takes the place of a reward."""
    offline, waits = offline_banner(sight), at_counter(sight)
    case = case_row(sight)
    asks = prompt_card(sight) if len(offline) + len(waits) + len(case) < MANY else ()
    big = sight.session.big_text
    notes = balance_notes(sight)
    tight = bool(offline) or big
    crowded = tight or bool(notes)
    below = () if crowded else asks or waits or case
    aside = tuple(card for card in (*waits, *case) if card not in below)
    last = asks if crowded else ()
    bars = not sight.summary.ladder.within_reach  # rows with a bar in them are higher
    between = GAP_MM * 0.2 if bars and (last or offline) else GAP_MM
    benefit = benefit_ticket(sight)
    room = (2 if big else 3) - len(aside) - len(last) + (0 if benefit else 1)
    height = BIG_LYING_ROW_MM if big else TIGHT_ROW_MM if offline else ROW_MM
    rows = nearest_rows(sight, room, height)
    ahead = () if tight or notes else my_next_event(sight)
    below = () if crowded else below or ahead
    half = sight.view.inner_mm * 0.485
    left = Column(items=(hero_card(sight), *below), gap=GAP_MM * 1.6, width=half)
    right = Column(items=(*aside, *benefit, *rows, *last), gap=between, grow=1)
    both = Row(items=(left, right), gap=6, align=Align.STRETCH, grow=1)
    ways = _lists(sight)
    many = big and len(ways) > ROOMY_LISTS
    wide, gap = (half * WIDER, GAP_MM) if many else (half, GAP_MM * 2)
    lists = Row(items=ways, gap=gap, width=wide, align=Align.STRETCH)
    bottom = bottom_bar(lists, _redeem(sight), done_button(sight))
    return page(sight, "home", (*offline, both), bottom)


def offline_banner(sight: Sight) -> tuple[Node, ...]:
    """Says that HQ is away, what the figures are true of, and what can still be done."""
    if sight.world.hq_reachable is not False:
        return ()
    spans = sight.words.spans(
        "banner.offline", style=Style.CAPTION_STRONG, colour=Colour.CARE_INK, when=as_of(sight)
    )
    return (banner("cloud-off", spans),)


def _lists(sight: Sight) -> tuple[Node, ...]:
    words, count = sight.words, len(sight.summary.all_vouchers)
    ways: tuple[tuple[str, str, int], ...] = (
        ("vouchers", "ticket", count),
        ("history", "list", 0),
        ("messages", "bell", 0),
    )
    if dossier_of(sight.session, sight.world) is not None:
        ways += (("profile", "person", 0),)
    four = len(ways) > ROOMY_LISTS  # their words are all that fits beside each other
    plain = not sight.view.portrait and (four or sight.session.big_text)
    bare = plain or (four and sight.session.big_text)
    return tuple(
        count_button(key, None if bare else icon, words.say(f"home.{key}"), many)
        for key, icon, many in ways
    )


def _redeem(sight: Sight) -> Node:
    words = sight.words.say("home.redeem")
    return wide_button("redeem", "gift", words, Look.PRIMARY, grow=1)

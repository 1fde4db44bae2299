"""What waits for the visitor at the counter, or for HQ's word: one card on the member's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.loyalty.claims import not_in_row, taken
from kiosk.model.verdicts import Claim, ClaimKind, Outcome
from kiosk.screens.furniture import card
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Column, Icon, Insets, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style


@dataclass(frozen=True, slots=True)
class Waits:
    """One reward the visitor has asked for.

    Attributes:
        until: the time it is kept until; None for no end that is known.
        confirmed: whether HQ, or the kiosk in its name, has promised it.
    """

    reward_id: str
    until: datetime | None
    confirmed: bool


def at_counter(sight: Sight) -> tuple[Node, ...]:
    """The card; nothing when nothing waits."""
    waits = waiting_rewards(sight)
    if not waits:
        return ()
    words, ready = sight.words, [one for one in waits if one.confirmed]
    said = words.count("at_counter.ready" if ready else "at_counter.asked", len(ready or waits))
    line = _line(sight, ready) if ready else words.say("at_counter.asked_line")
    icon = "counter" if ready else "clock"
    inside = Row(items=(_mark(icon), _words(said, line)), gap=6)
    return (card(inside, padding=Insets(5.5, 4, 7, 4)),)


def waiting_rewards(sight: Sight) -> tuple[Waits, ...]:
    """What HQ's row holds and what this kiosk has asked for since, the first to end in front."""
    member, claims = sight.visitor.member, sight.visitor.claims
    news = not_in_row(member, claims, sight.place.kiosk_id)
    let_go = {one.subject for one in news if one.kind is ClaimKind.RELEASE and not one.dead}
    told = [
        Waits(held.reward_id, held.until, confirmed=True)
        for held in member.held
        if str(held.redemption_id) not in let_go
    ]
    asked = [_of_claim(claim) for claim in taken(news) if str(claim.id) not in let_go]
    now, timed = sight.now, sight.world.today is not None
    waits = [one for one in (*told, *asked) if not (timed and one.until and one.until <= now)]
    return tuple(sorted(waits, key=lambda one: (one.until is None, one.until or now)))


def _of_claim(claim: Claim) -> Waits:
    verdict = claim.verdict
    if verdict is None:
        return Waits(claim.subject, None, confirmed=False)
    held = verdict.outcome is Outcome.HELD and verdict.holds_for_s is not None
    until = verdict.as_of + timedelta(seconds=verdict.holds_for_s or 0) if held else None
    return Waits(claim.subject, until, confirmed=True)


def _line(sight: Sight, ready: list[Waits]) -> str:
    """Which one, and until when it is kept."""
    words, first = sight.words, ready[0]
    reward = sight.content.reward(first.reward_id)
    name = reward.short_name.in_(sight.session.language) if reward is not None else ""
    if first.until is None or sight.world.today is None:
        return words.say("at_counter.ready_line", reward=name)
    until = words.moment(sight.local(first.until))
    return words.say("at_counter.ready_until", reward=name, when=until)


def _mark(icon: str) -> Node:
    return Box(
        child=Icon(name=icon, size=12, colour=Colour.PINE),
        fill=Fill.GOOD_SOFT,
        radius=6,
        width=24,
        height=24,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _words(said: str, line: str) -> Node:
    return Column(
        items=(
            text(said, Style.HEADING, shrink_to=0.5),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.5),
        ),
        gap=1.5,
        grow=1,
    )

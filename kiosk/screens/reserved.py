"""HQ has not spoken: what is noted, what is not given yet, what happens next."""

from kiosk.model.verdicts import ClaimKind
from kiosk.screens.around import hint
from kiosk.screens.furniture import back_button, bottom_bar, done_button
from kiosk.screens.redeeming import (
    done_mark,
    halves,
    next_mark,
    offline_means,
    reward_panel,
    said,
    seal,
    step,
    steps,
)
from kiosk.screens.view import Sight
from kiosk.session.states import Reserved
from kiosk.ui.nodes import Gap, Node, Scene
from kiosk.ui.theme import Colour, Fill


def reserved(sight: Sight, on_page: Reserved) -> Scene:
    """The whole page."""
    reward = sight.content.reward(on_page.reward_id)
    line = sight.words.say("redeeming.points", points=_points(sight, on_page))
    return halves(
        sight,
        "reserved",
        bottom_bar(back_button(sight), Gap(grow=1), done_button(sight)),
        above=offline_means(sight, _key(on_page, "offline")),
        head=_title(sight, on_page),
        panel=reward_panel(sight, reward, seal("clock", Fill.GOLD, Colour.ON_GOLD), line),
        told=(_steps(sight, on_page), _balance(sight, on_page)),
    )


def _key(on_page: Reserved, key: str) -> str:
    return f"reserved.back_{key}" if on_page.giving_back else f"reserved.{key}"


def _title(sight: Sight, on_page: Reserved) -> Node:
    words = sight.words
    line = words.say(_key(on_page, "line"), points=_points(sight, on_page))
    return said(sight, words.say(_key(on_page, "title")), line)


def _steps(sight: Sight, on_page: Reserved) -> Node:
    """Only the first has happened."""
    words = sight.words
    send = "reserved.send_line" if sight.world.hq_reachable is False else "reserved.slow"
    last = "reserved.return" if on_page.giving_back else "reserved.collect"
    hours = sight.content.programme.redeeming.reservation_hours
    return steps(
        sight,
        step(done_mark(), words.say("reserved.kept"), words.say("reserved.kept_line")),
        step(next_mark(2), words.say("reserved.send"), words.say(send)),
        step(next_mark(3), words.say(last), words.say(f"{last}_line", n=hours)),
    )


def _balance(sight: Sight, on_page: Reserved) -> Node:
    words = sight.words
    if on_page.giving_back:
        return hint("info", words.say("reserved.back_aside"))
    points = _points(sight, on_page)
    left = words.points(sight.summary.balance.points)
    return hint("coins", words.say("reserved.aside", points=points, left=left))


def _points(sight: Sight, on_page: Reserved) -> str:
    """What the redemption cost when it was made; HQ may have changed the price since."""
    claims = {str(claim.id): claim for claim in sight.visitor.claims}
    claim = claims.get(str(on_page.claim_id))
    if claim is not None and claim.kind is ClaimKind.RELEASE:
        claim = claims.get(claim.subject)
    reward = sight.content.reward(on_page.reward_id)
    listed = reward.points if reward is not None else 0
    return sight.words.points(claim.points if claim is not None else listed)

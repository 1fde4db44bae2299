"""What stands in the way of a reward: one plain sentence, what to do, and the way round it."""

from kiosk.loyalty.earning import purchase_for
from kiosk.loyalty.redeeming import Obstacle, Permission
from kiosk.model.programme import Reward
from kiosk.screens.furniture import card, wide_button
from kiosk.screens.reward_rows import tiers_of
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Column, Gap, Icon, Insets, Look, Node, Row, text
from kiosk.ui.pieces import Progress
from kiosk.ui.theme import Colour, Fill, Style

_ICON = {
    Obstacle.NOT_OFFERED: "box",
    Obstacle.TIER: "crown",
    Obstacle.OUT_OF_STOCK: "box",
    Obstacle.LIMIT: "check-circle",
    Obstacle.DAY_LIMIT: "calendar",
    Obstacle.NOT_ENOUGH: "coins",
    Obstacle.UNSETTLED: "clock",
    Obstacle.PIN_BLOCKED: "lock",
    Obstacle.NO_PIN: "lock",
}

_AT_COUNTER = frozenset({Obstacle.PIN_BLOCKED, Obstacle.NO_PIN})
"""What the counter alone can put right; the notice says how."""

MOST_STORES = 2
"""So many other stores are named; a list of them all would not be read."""


def obstacle_card(sight: Sight, reward: Reward | None, may: Permission) -> Node:
    """Why not, and what to do; in place of how it would go on.

    Args:
        reward: None when it is not offered any more.
    """
    obstacle = may.obstacle or Obstacle.NOT_OFFERED
    title, line = _says(sight, reward, obstacle)
    words: list[Node] = [text(title, Style.HEADING, shrink_to=0.6, max_lines=2)]
    if obstacle is Obstacle.NOT_ENOUGH and reward is not None:
        covered = max(sight.summary.balance.points, 0) / reward.points
        words.append(Progress(fraction=min(covered, 1.0), height=5))
    words.append(text(line, Style.CAPTION, Colour.INK_2, max_lines=3))
    inside = Row(items=(_mark(_ICON[obstacle]), Column(items=tuple(words), gap=2, grow=1)), gap=6)
    return card(inside, padding=Insets.xy(7, 6))


def way_round(sight: Sight, obstacle: Obstacle) -> Node:
    """The middle of the bottom row: where to go instead; empty where back is the way."""
    words = sight.words
    if obstacle in _AT_COUNTER:
        return wide_button("forgot", "lock", words.say("obstacle.pin_how"), Look.SECONDARY, grow=1)
    return Gap(grow=1)


def _mark(icon: str) -> Node:
    return Box(
        child=Icon(name=icon, size=11, colour=Colour.CARE_INK),
        fill=Fill.CARE_SOFT,
        radius=11,
        width=22,
        height=22,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _says(sight: Sight, reward: Reward | None, obstacle: Obstacle) -> tuple[str, str]:
    """What stands in the way, and what to do."""
    words, key = sight.words, f"obstacle.{obstacle.value}"
    match obstacle:
        case Obstacle.NOT_ENOUGH if reward is not None:
            return _not_enough(sight, reward)
        case Obstacle.OUT_OF_STOCK if reward is not None:
            return words.say(key), _elsewhere(sight, reward)
        case Obstacle.TIER if reward is not None:
            line = f"{key}_line" if _is_above(sight, reward) else "obstacle.limit_line"
            return words.say(key, tiers=tiers_of(sight, reward)), words.say(line)
        case Obstacle.LIMIT if reward is not None:
            return words.count(key, reward.per_member or 1), words.say(f"{key}_line")
        case Obstacle.DAY_LIMIT:
            most = sight.content.programme.redeeming.per_day or 1
            return words.count(key, most), words.say(f"{key}_line")
        case _:
            return words.say(key), words.say(f"{key}_line")


def _not_enough(sight: Sight, reward: Reward) -> tuple[str, str]:
    words, figures = sight.words, sight.summary
    missing = reward.points - figures.balance.points
    purchase = purchase_for(missing, sight.content.programme, figures.tier)
    title = words.say("obstacle.not_enough", points=words.points(missing))
    have = words.points(figures.balance.points)
    return title, words.say("obstacle.not_enough_line", have=have, money=words.money(purchase))


def _is_above(sight: Sight, reward: Reward) -> bool:
    """Whether a tier it is kept for can still be climbed to."""
    tiers = [tier.tier_id for tier in sight.content.programme.tiers]
    mine = sight.visitor.member.tier
    return mine in tiers and any(one in reward.tiers for one in tiers[tiers.index(mine) + 1 :])


def _elsewhere(sight: Sight, reward: Reward) -> str:
    """Other stores that have it, by name."""
    language = sight.session.language
    stores = [store for store in sight.content.stores if reward.stock.get(store.store_id, 0) > 0]
    if not stores:
        return sight.words.say("obstacle.out_everywhere")
    names = [store.name.in_(language) for store in stores[:MOST_STORES]]
    return sight.words.say("obstacle.elsewhere", stores=sight.words.say("list.and").join(names))

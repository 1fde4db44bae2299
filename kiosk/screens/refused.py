"""HQ said no: why, what it means for the points, and a way on."""

from kiosk.model.programme import Reward
from kiosk.model.verdicts import Because
from kiosk.screens.around import hint
from kiosk.screens.furniture import (
    back_button,
    bottom_bar,
    card,
    done_button,
    page,
    wide_button,
)
from kiosk.screens.redeeming import offline_means, points_now, reward_panel, said, seal
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Refused
from kiosk.ui.nodes import Align, Column, Gap, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Picture, Progress
from kiosk.ui.theme import Colour, Fill, Style

_SEAL = {
    Because.BALANCE: "coins",
    Because.STOCK: "box",
    Because.LIMIT: "check-circle",
    Because.TIER: "crown",
    Because.NOT_OFFERED: "calendar",
    Because.TOO_LATE: "clock",
}
"""What the seal on the reward's picture shows; anything else: that care is needed."""


def refused(sight: Sight, on_page: Refused) -> Scene:
    """The whole page; a card that was blocked meanwhile gets no figures."""
    because = _because(on_page)
    if because is Because.CARD:
        return _card_blocked(sight)
    reward = sight.content.reward(on_page.reward_id)
    head = said(sight, _say(sight, because), _line(sight, because, reward), roomy=True)
    icon = _SEAL.get(because, "care")
    panel = reward_panel(sight, reward, seal(icon, Fill.CARE_SOFT, Colour.CARE_INK))
    figures = _figures(sight, reward, because)
    return _arranged(sight, panel, (head, figures), offline_means(sight, "refused.offline"))


def _arranged(
    sight: Sight, panel: Node, told: tuple[Node, ...], above: tuple[Node, ...] = ()
) -> Scene:
    others = wide_button("redeem", "gift", sight.words.say("refused.others"), Look.PRIMARY, grow=1)
    bottom = bottom_bar(back_button(sight), others, done_button(sight))
    head, *rest = told
    if sight.view.portrait:
        return page(sight, "refused", (*above, head, panel, *rest), bottom)
    left = Column(items=(panel,), width=sight.view.inner_mm * 0.36)
    right = Column(items=(head, Gap(grow=1), *rest), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "refused", (*above, both), bottom)


def _because(on_page: Refused) -> Because:
    because = on_page.verdict.because
    known = {*_SEAL, Because.CARD}
    return because if because in known else Because.UNKNOWN


# -- what is said --------------------------------------------------------------------------


def _say(sight: Sight, because: Because) -> str:
    return sight.words.say(f"refused.{because.value}")


def _line(sight: Sight, because: Because, reward: Reward | None) -> str:
    line = sight.words.say(f"refused.{because.value}_line")
    known = {Because.LIMIT: _limits, Because.TIER: _tiers}.get(because)
    before = known(sight, reward) if known is not None and reward is not None else ""
    return f"{before}\n{line}" if before else line


def _limits(sight: Sight, reward: Reward) -> str:
    """Every limit there is: HQ does not say which one was reached."""
    words, per_day = sight.words, sight.content.programme.redeeming.per_day
    if reward.per_member and per_day:
        return words.say("refused.limit_both", n=reward.per_member, day=per_day)
    if reward.per_member:
        return words.say("refused.limit_member", n=reward.per_member)
    return words.say("refused.limit_day", n=per_day) if per_day else ""


def _tiers(sight: Sight, reward: Reward) -> str:
    language = sight.session.language
    tiers = [tier for tier in sight.content.programme.tiers if tier.tier_id in reward.tiers]
    names = sight.words.say("refused.and").join(tier.name.in_(language) for tier in tiers)
    return sight.words.say("refused.tier_only", tiers=names) if tiers else ""


def _figures(sight: Sight, reward: Reward | None, because: Because) -> Node:
    """The balance as it is now; after it was spent elsewhere also how far this reward is."""
    now = points_now(sight, "refused.now")
    if because is not Because.BALANCE or reward is None:
        return card(now, padding=Insets.xy(9, 7))
    balance = sight.summary.balance.points
    missing = reward.points - balance
    key = "refused.short" if missing > 0 else "refused.enough"
    words = sight.words.say(key, points=sight.words.points(missing))
    colour = Colour.CARE_INK if missing > 0 else Colour.GOOD_INK
    fraction = min(1.0, max(0.0, balance / reward.points))
    way = Column(
        items=(
            text(words, Style.STRONG, colour, shrink_to=0.8),
            Progress(fraction=fraction, height=7),
        ),
        gap=GAP_MM,
    )
    return card(Column(items=(now, way), gap=GAP_MM * 1.6), padding=Insets.xy(9, 7))


# -- a blocked card ------------------------------------------------------------------------


def _card_blocked(sight: Sight) -> Scene:
    """Only the way to the counter: whoever holds the card may not be the member."""
    words = sight.words
    head = said(sight, words.say("refused.card"), words.say("refused.card_line"), roomy=True)
    picture = Picture(name="lost-card", tint=Fill.MINT, radius=7, inset=0.03, grow=1)
    panel = card(picture, padding=Insets.all(5.5), grow=1)
    below = hint("person", words.say("refused.card_hint"))
    done = wide_button("done", "exit", words.say("refused.to_start"), Look.SECONDARY, grow=1)
    bottom = bottom_bar(done)
    if sight.view.portrait:
        return page(sight, "refused", (head, panel, below), bottom)
    left = Column(items=(panel,), width=sight.view.inner_mm * 0.36)
    right = Column(items=(head, below, Gap(grow=1)), gap=GAP_MM * 4, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "refused", (both,), bottom)

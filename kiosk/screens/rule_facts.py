"""The programme's numbers in words: joining, earning, worth, expiry, vouchers, tiers."""

from kiosk.model.programme import Programme, Tier
from kiosk.model.rules import CashBack, VoucherRules
from kiosk.screens.around import fact, rate
from kiosk.screens.badge import tier_badge
from kiosk.screens.view import Sight
from kiosk.ui.languages import Words
from kiosk.ui.nodes import Box, Column, Node, Row, text
from kiosk.ui.theme import Colour, Style

WORTH_OF = 100
"""Points whose worth is named: that of a single one is too small a sum to picture."""


PLAIN_PERCENT = 100
"""What a tier earns that has no more than everybody."""


def facts(sight: Sight) -> tuple[Node, ...]:
    """What holds for everybody; a rule that the programme leaves out is not there."""
    words, programme = sight.words, sight.content.programme
    return (
        _joining(words, programme),
        _earning(words, programme),
        _expiry(words, programme),
        *_vouchers(words, programme.vouchers),
        *_cash_back(words, programme.cash_back),
        _redeeming(words, programme),
    )


def _joining(words: Words, programme: Programme) -> Node:
    joining = programme.joining
    said = words.say(
        "rules.joining",
        single=words.money(joining.single_purchase_fen),
        total=words.money(joining.total_purchases_fen),
    )
    return fact("person", said, words.say("rules.joining_line", n=joining.minimum_age_years))


def _earning(words: Words, programme: Programme) -> Node:
    said = words.say("rules.earning", money=words.money(programme.earn_fen_per_point))
    worth_fen = WORTH_OF * programme.point_worth_milli_fen // 1000
    line = words.say("rules.worth", points=WORTH_OF, money=words.money(worth_fen))
    return fact("coins", said, line)


def _expiry(words: Words, programme: Programme) -> Node:
    if programme.expiry is None:
        return fact("clock", words.say("rules.no_expiry"))
    said = words.say("rules.expiry", n=programme.expiry.months)
    return fact("clock", said, words.say("rules.expiry_line"))


def _vouchers(words: Words, given: VoucherRules) -> tuple[Node, ...]:
    """Birthday and anniversary in one line each; the page of vouchers says the rest."""
    found = []
    if given.birthday is not None:
        discount = words.discount(given.birthday.price_factor_percent)
        friend = given.birthday.companion
        line = words.say("vouchers.companion", discount=discount) if friend else ""
        found.append(fact("cake", words.say("vouchers.rule_birthday", discount=discount), line))
    if given.anniversary is not None:
        rule = given.anniversary
        said = words.say(
            "vouchers.rule_anniversary",
            discount=words.discount(rule.price_factor_percent),
            first=rule.first_year,
            last=rule.last_year,
        )
        found.append(fact("calendar", said, words.say("vouchers.valid_days", n=rule.valid_days)))
    return tuple(found)


def _cash_back(words: Words, rule: CashBack | None) -> tuple[Node, ...]:
    if rule is None:
        return ()
    floor, share = words.money(rule.floor_fen), rate(rule.per_mille)
    said = words.say("rules.cash_back", floor=floor, rate=share)
    if rule.referral_per_mille is None:
        return (fact("hand-coins", said),)
    line = words.say("rules.referral", rate=rate(rule.referral_per_mille))
    return (fact("hand-coins", said, line),)


def _redeeming(words: Words, programme: Programme) -> Node:
    redeeming = programme.redeeming
    said = words.say("rules.redeeming", n=redeeming.pin.digits)
    return fact("gift", said, words.say("rules.redeeming_line", n=redeeming.hold_minutes))


# -- tiers ---------------------------------------------------------------------------------


def tier_facts(sight: Sight) -> tuple[Node, ...]:
    """Each tier: what opens it, what keeps it, what it earns."""
    return tuple(_tier(sight, tier) for tier in sight.content.programme.tiers)


def _tier(sight: Sight, tier: Tier) -> Node:
    words = sight.words
    wide = 88 if sight.session.big_text else 71
    badge = Box(child=tier_badge(sight, tier), fill=None, radius=0, width=wide)
    said, line = words.say("rules.tier_for_all"), ""
    if (condition := tier.condition) is not None:
        reach, keep = words.money(condition.reach_fen), words.money(condition.keep_fen)
        said = words.say("rules.tier_reach", n=condition.months, money=reach)
        line = words.say("rules.tier_keep", money=keep)
    items: list[Node] = [text(said, Style.BODY, max_lines=2, shrink_to=0.85)]
    below = [line] if line else []
    if tier.earn_percent != PLAIN_PERCENT:
        times = f"{tier.earn_percent / PLAIN_PERCENT:g}"
        below.append(words.say("rules.tier_earns", times=times))
    if below:
        items.append(text(" · ".join(below), Style.CAPTION, Colour.INK_2, max_lines=2))
    return Row(items=(badge, Column(items=tuple(items), gap=1, grow=1)), gap=5.5, min_height=22)

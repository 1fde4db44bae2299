"""Which vouchers the programme gives, and when: said where a member has none, or few."""

from kiosk.model.members import VoucherReason
from kiosk.model.rules import AnniversaryRule, BirthdayRule, GrantRule, VoucherRules
from kiosk.screens.around import fact, parted
from kiosk.screens.furniture import card
from kiosk.screens.view import Sight
from kiosk.ui.languages import Words
from kiosk.ui.nodes import Column, Insets, Node, text
from kiosk.ui.theme import Colour, Style


def voucher_rules(sight: Sight, held: frozenset[VoucherReason]) -> tuple[Node, ...]:
    """A card of the occasions that bring a voucher, without those of vouchers already held."""
    facts = _facts(sight.words, sight.content.programme.vouchers, held)
    if not facts:
        return ()
    when = text(sight.words.say("vouchers.when"), Style.STRONG, Colour.INK_2)
    return (card(Column(items=(when, *parted(facts)), gap=4), padding=Insets.xy(7, 5.5)),)


def _facts(words: Words, rules: VoucherRules, held: frozenset[VoucherReason]) -> list[Node]:
    """An apology is not announced: nobody should look forward to one."""
    facts: list[Node] = []
    if rules.birthday is not None and VoucherReason.BIRTHDAY_MONTH not in held:
        facts.append(_birthday(words, rules.birthday))
    if rules.anniversary is not None and VoucherReason.ANNIVERSARY not in held:
        facts.append(_anniversary(words, rules.anniversary))
    if rules.referral is not None and VoucherReason.REFERRAL not in held:
        facts.append(_referral(words, rules.referral))
    return facts


def _birthday(words: Words, rule: BirthdayRule) -> Node:
    discount = words.discount(rule.price_factor_percent)
    line = words.say("vouchers.companion", discount=discount) if rule.companion else ""
    return fact("cake", words.say("vouchers.rule_birthday", discount=discount), line)


def _anniversary(words: Words, rule: AnniversaryRule) -> Node:
    said = words.say(
        "vouchers.rule_anniversary",
        discount=words.discount(rule.price_factor_percent),
        first=rule.first_year,
        last=rule.last_year,
    )
    return fact("calendar", said, words.say("vouchers.valid_days", n=rule.valid_days))


def _referral(words: Words, rule: GrantRule) -> Node:
    said = words.say("vouchers.rule_referral", discount=words.discount(rule.price_factor_percent))
    return fact("people", said, words.say("vouchers.valid_days", n=rule.valid_days))

"""Invents the demo's members: the same ones every time, whatever their number."""

import calendar
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kiosk.model.members import CardStatus, PinState, Voucher
from kiosk.model.text import Language
from sim.hq.demo import (
    Ago,
    Deed,
    Edge,
    Gender,
    Names,
    Person,
    VoucherPlan,
    names,
    tray_cards,
)

SEED = "store kiosk demo"
"""Changing it invents other people with other cards."""

_EXACT_PRICES = (1200, 2400, 5000, 13000)
"""Balances that meet a reward's price to the point (sim/demo/content/rewards.json)."""

WITH_PURCHASES = 2000
"""Members beyond this number bought nothing: a million of them must be seeded in time."""

_PURCHASES = 4
"""Purchases of an invented member at most."""

_STORES = ("sh-ja-01", "sh-xh-02", "bj-cy-01", "gz-th-01")
"""Where invented members buy, mostly in the first (sim/demo/content/stores.json)."""


@dataclass(frozen=True, slots=True)
class DemoMember:
    """One invented member with their cards.

    Attributes:
        cards: UID in 14 hex digits and status, the present one last.
    """

    member_id: str
    person: Person
    cards: tuple[tuple[str, CardStatus], ...]


def invent(count: int) -> Iterator[DemoMember]:
    """The first so many members: those of the tray, then people of all kinds."""
    on_tray = [card for card in tray_cards() if card.member is not None]
    parts = names()
    for number in range(1, count + 1):
        if number <= len(on_tray):
            shown = on_tray[number - 1]
            assert shown.member is not None
            yield _member(number, shown.member, shown.uid)
        else:
            yield _member(number, _person(parts, number), uid_of(number))


def uid_of(number: int, issue: int = 1) -> str:
    """The UID of a member's n-th card: 7 bytes, the first being NXP's 04 (ISO/IEC 7816-6)."""
    rest = hashlib.blake2b(f"{SEED} {number} {issue}".encode(), digest_size=6).digest()
    # 0x88 is the cascade tag (ISO/IEC 14443-3, 6.5.4) and may not begin the second part.
    return bytes([0x04, *(byte if byte != 0x88 else 0x89 for byte in rest)]).hex()


def _member(number: int, person: Person, uid: str) -> DemoMember:
    cards: tuple[tuple[str, CardStatus], ...] = ((uid, person.card_status),)
    if person.card_status is CardStatus.REPLACED:
        cards += ((uid_of(number, issue=2), CardStatus.ACTIVE),)
    return DemoMember(f"m-{number:06}", person, cards)


def _person(parts: Names, number: int) -> Person:
    chance = Random(f"{SEED} {number}")
    month = chance.choice([None, *range(1, 13)])
    tier = chance.choices(("standard", "silver", "gold"), (70, 22, 8))[0]
    gender: Gender | None = chance.choices(("f", "m", None), (62, 36, 2))[0]
    surname, latin, given, gender = _name(parts, chance, number, gender)
    english = surname.isascii()
    told = chance.random() < 0.3
    points = _points(chance, tier)
    joined = _joined(chance)
    return Person(
        surname=surname,
        latin=latin,
        given=given,
        gender=gender,
        tier=tier,
        points=points,
        language=Language.EN if english else Language.ZH if told else None,
        card_status=_status(chance),
        joined=joined,
        birth_month=month,
        pin=PinState.SET if number <= WITH_PURCHASES else PinState.NONE,
        deeds=tuple(_deeds(chance, points, joined)) if number <= WITH_PURCHASES else (),
    )


def _name(
    parts: Names, chance: Random, number: int, gender: Gender | None
) -> tuple[str, str, str, Gender | None]:
    """Surname, its Latin spelling, given name and gender; every 100th name is a rare one."""
    if number % 100 == 0:
        rare = chance.choice(parts.rare)
        return rare.han, rare.latin, rare.given, rare.gender
    female = gender == "f" or (gender is None and chance.random() < 0.5)
    if chance.random() < 0.07:
        surname = chance.choice(parts.english_surnames)
        first = parts.english_female if female else parts.english_male
        return surname, surname, chance.choice(first), gender
    weights = [1 / (place + 3) for place in range(len(parts.surnames))]
    family = chance.choices(parts.surnames, weights)[0]
    given = chance.choice(parts.given_female if female else parts.given_male)
    return family.han, family.latin, given, gender


def _points(chance: Random, tier: str) -> int:
    """Mostly little, seldom much; now and then an edge: none, below zero, exactly a price."""
    edge = chance.random()
    if edge < 0.04:
        return 0
    if edge < 0.045:
        return -chance.randint(1, 900)
    if edge < 0.06:
        return chance.choice(_EXACT_PRICES) - chance.randint(0, 1)
    middle = {"standard": 6.8, "silver": 8.4, "gold": 9.7}[tier]
    return round(chance.lognormvariate(middle, 0.8))


def _joined(chance: Random) -> Ago:
    """Up to six years ago; one member in twelve has had an anniversary this month."""
    days = chance.randint(0, 29) if chance.random() < 1 / 12 else chance.randint(30, 364)
    return Ago(years=chance.randint(0, 6), days=days)


def _deeds(chance: Random, points: int, joined: Ago) -> Iterator[Deed]:
    """A few purchases, none before joining, that earn less than the member has in any tier."""
    days = min(joined.years * 365 + joined.days, 720)
    if days < 2 or points < 200:
        return
    ages = {chance.randint(1, days - 1) for _ in range(chance.randint(1, _PURCHASES))}
    for ago in sorted(ages, reverse=True):
        fen = points * 100 // 2 // _PURCHASES * chance.randint(30, 100) // 100
        store = chance.choices(_STORES, (8, 2, 3, 2))[0]
        yield Deed(ago_days=ago, store=store, buys_fen=fen)


def _status(chance: Random) -> CardStatus:
    weights = {
        CardStatus.ACTIVE: 975,
        CardStatus.LOST: 10,
        CardStatus.BLOCKED: 5,
        CardStatus.REPLACED: 10,
    }
    return chance.choices(list(weights), list(weights.values()))[0]


def joined_on(person: Person, today: date) -> date:
    """The day on which this person became a member."""
    day = today - timedelta(person.joined.days)
    try:
        return day.replace(year=day.year - person.joined.years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - person.joined.years, day=28)


def birth_month_on(person: Person, today: date) -> int | None:
    """The month of the birthday, 1 to 12; who has it always has it in this one."""
    return today.month if person.birth_month == "this" else person.birth_month


def vouchers_on(member: DemoMember, today: date) -> tuple[Voucher, ...]:
    """The vouchers that no rule of the programme brings."""
    return tuple(_voucher(member.member_id, plan, today) for plan in member.person.vouchers)


def _voucher(member_id: str, plan: VoucherPlan, today: date) -> Voucher:
    first = _day(plan.first, today)
    return Voucher(
        voucher_id=f"demo-{member_id}-{plan.reason.value}-{first:%Y%m%d}",
        reason=plan.reason,
        price_factor_percent=plan.price_factor_percent,
        valid_from=first,
        valid_to=_day(plan.last, today),
    )


def _day(edge: Edge, today: date) -> date:
    if edge == "month_start":
        return today.replace(day=1)
    if edge == "month_end":
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return today + timedelta(days=edge)

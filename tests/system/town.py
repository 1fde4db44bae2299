"""A small chain in one process: HQ, its tills and the clock everybody shares; and what is true."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from fastapi.security import HTTPAuthorizationCredentials
from sqlalchemy import select, update

from kiosk.content import Content
from kiosk.model.cards import card_key
from kiosk.model.facts import Kind, Redemption
from kiosk.model.programme import Event, RewardKind
from kiosk.model.rules import (
    AnniversaryRule,
    BirthdayRule,
    CashBack,
    Expiry,
    GrantRule,
    OfflineRule,
    VoucherRules,
)
from kiosk.model.wire import Fate, Result, Upload
from sim.hq.clockwork import tick
from sim.hq.database import Database
from sim.hq.directory import begin_sequence
from sim.hq.kiosks import enrol
from sim.hq.state import Hq, open_hq
from sim.hq.tables import card, member
from sim.hq.till import Tills
from sim.hq.tills import enrol_till
from tests import factories
from tests.factories import STORE, local
from tests.hq.office import SALT, JumpClock, Office

KIOSKS = ("k-1", "k-2")
MEMBERS = ("m-1", "m-2")
BEGIN = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""A Saturday noon in Shanghai."""

TILL_TOKEN = "token-of-the-till-0000"
TOKEN = HTTPAuthorizationCredentials(scheme="Bearer", credentials=TILL_TOKEN)
TRIES = 5


class TownClock(JumpClock):
    """The time of the whole chain; nothing at HQ happens in the same millisecond twice."""

    def __call__(self) -> datetime:
        """HQ looks at the clock."""
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass(frozen=True)
class Truth:
    """A member's points at HQ at one moment, and the wishes HQ had judged by then."""

    at: int
    points: int
    judged: frozenset[UUID]


@dataclass(frozen=True)
class Wish:
    """A redemption as it left a kiosk's session."""

    kiosk: str
    fact: Redemption


@dataclass
class Town:
    """HQ with its members, and what the test alone knows of it.

    Attributes:
        wishes: every redemption that was asked for, by its id, in that order.
        truths: what was true right after HQ had judged a wish.
        judged: by member, the wishes HQ has judged.
        events: counts what happens at HQ.
        chance: draws what must not be guessed; the same in each run.
    """

    office: Office
    clock: TownClock
    tills: Tills
    wishes: dict[UUID, Wish] = field(default_factory=dict)
    truths: dict[UUID, tuple[str, Truth]] = field(default_factory=dict)
    judged: dict[str, set[UUID]] = field(default_factory=dict)
    events: int = 0
    chance: Random = field(default_factory=lambda: Random(0))

    @property
    def hq(self) -> Hq:
        """HQ itself."""
        return self.office.hq

    def truth(self, member_id: str) -> Truth:
        """What is true of this member now."""
        self.events += 1
        judged = frozenset(self.judged.get(member_id, ()))
        return Truth(self.events, self.office.sum_of(member_id), judged)

    def committed(self, upload: Upload, results: list[Result]) -> None:
        """HQ has taken an upload in; whether the kiosk will hear of it is another question."""
        fates = {result.id: result.status for result in results}
        for record in upload.records:
            moves = record.kind in (Kind.REDEMPTION, Kind.RELEASE)
            if moves and fates[record.id] is Fate.ACCEPTED:
                who = str(record.payload["member_id"])
                self.judged.setdefault(who, set()).add(record.id)
                self.truths[record.id] = who, self.truth(who)

    def pass_time(self, by: timedelta) -> None:
        """Let time pass without anybody looking at what it brought."""
        self.clock.now += by

    def let_hq_look(self) -> None:
        """HQ's clockwork, which runs every second."""
        tick(self.hq)

    def publish(self, offline_points: int) -> None:
        """Publish the programme anew, with so much that may be given out offline per member."""
        self.office.publish(content(self.office, offline_points))

    def close(self) -> None:
        """Let the files go."""
        self.hq.close()


def uid_of(member_id: str) -> bytes:
    """What this member's card says."""
    return b"\x04" + member_id.encode().ljust(6, b"-")


def key_of(member_id: str) -> str:
    """The card's key in hex."""
    return card_key(uid_of(member_id), SALT).hex()


def open_town(folder: Path, points: Callable[[str], int]) -> Town:
    """A new HQ with two kiosks and a till in one store, and two members with an opening.

    Args:
        folder: for HQ's files.
        points: each member's opening balance.
    """
    clock = TownClock(BEGIN)
    hq = open_hq(f"sqlite:///{folder}/hq.db", folder, now=clock, fleet_salt=SALT)
    office = Office(hq, clock)
    with hq.database.write() as connection:
        begin_sequence(connection, clock())
    for kiosk in KIOSKS:
        enrol(hq.database, kiosk, STORE, f"token-of-{kiosk}-0000")
    enrol_till(hq.database, "t-1", STORE, TILL_TOKEN)
    town = Town(office, clock, Tills(hq))
    town.publish(0)
    _settle_in(hq.database, office, points)
    town.let_hq_look()
    hq.snapshots.make()
    return town


def _settle_in(database: Database, office: Office, points: Callable[[str], int]) -> None:
    for member_id in MEMBERS:
        office.join(member_id, points(member_id), joined_on="2024-01-31", birth_month=12)
        mine = update(card).where(card.c.member_id == member_id)
        with database.write() as connection:
            connection.execute(mine.values(card_key=key_of(member_id)))
    second = update(member).where(member.c.member_id == MEMBERS[1])
    with database.write() as connection:
        connection.execute(second.values(referred_by=MEMBERS[0]))


def content(office: Office, offline_points: int) -> Content:
    """A programme in which everything there is happens within weeks."""
    offline = OfflineRule(allowed=offline_points > 0, points_per_member=offline_points)
    redeeming = factories.redeeming(pin=office.pin_rule(tries=TRIES), offline=offline, per_day=None)
    programme = factories.programme(
        redeeming=redeeming,
        expiry=Expiry(months=1),
        vouchers=VoucherRules(
            birthday=BirthdayRule(price_factor_percent=70, companion=True),
            anniversary=AnniversaryRule(
                price_factor_percent=80, first_year=1, last_year=5, valid_days=30
            ),
            referral=GrantRule(price_factor_percent=85, valid_days=30),
        ),
        cash_back=CashBack(per_mille=10, floor_fen=50_000, referral_per_mille=10),
        events=(CRAFT,),
    )
    return factories.content(programme=programme, rewards=REWARDS)


CRAFT = Event(
    event_id="craft",
    on=date(2026, 12, 20),
    name=local("折纸下午", "Paper craft"),
    badge=local("手作", "Craft"),
    seats=1,
)

REWARDS = (
    factories.reward(
        reward_id="socks", points=300, picture="cotton-socks", offline=True, stock={STORE: 500}
    ),
    factories.reward(reward_id="tote", points=800, offline=True, stock={STORE: 3}),
    factories.reward(reward_id="box", points=500, per_member=1, stock={STORE: 500}),
    factories.reward(
        reward_id="cardigan",
        kind=RewardKind.HALF_PRICE,
        points=600,
        worth_fen=59_800,
        cash_fen=29_900,
        stock={STORE: 500},
    ),
)
"""Cheap and dear, plentiful and rare, once each, and points with money."""


def balance_in_row(town: Town, member_id: str) -> int:
    """The balance as HQ's table repeats it."""
    with town.hq.database.read() as connection:
        query = select(member.c.points).where(member.c.member_id == member_id)
        return int(connection.execute(query).scalar_one())

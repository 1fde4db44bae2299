"""A small HQ inside the test: its own clock, content and members, wishes sent as kiosks do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from kiosk.app.sealing import seal
from kiosk.content import Content
from kiosk.model.facts import Kind, Mode
from kiosk.model.ledger import LedgerLine, LineKind, LineReason
from kiosk.model.members import Member
from kiosk.model.programme import Rewards, Store, Stores
from kiosk.model.rules import PinRule
from kiosk.model.verdicts import Verdict
from kiosk.model.wire import Result
from sim.hq.clockwork import tick
from sim.hq.directory import begin_sequence, next_sequences
from sim.hq.envelope import open_envelope
from sim.hq.ingest import take_in
from sim.hq.kiosks import enrol
from sim.hq.ledger import Booking, balance_of, book
from sim.hq.lines import lines_of
from sim.hq.members import AT_ONCE
from sim.hq.pins import FIRST_KEY, set_pin
from sim.hq.purchases import Booked, Purchase, record_purchase
from sim.hq.refunds import Refund, record_refund
from sim.hq.rows import as_members, card_rows
from sim.hq.state import Hq, open_hq
from sim.hq.tables import card, member
from tests import factories
from tests.hq.kit import moment

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""A Saturday noon in Shanghai."""

STORES = (
    Store(store_id=factories.STORE, name=factories.local("上海静安寺店", "Jing'an Temple store")),
    Store(store_id="bj-cy-01", name=factories.local("北京朝阳店", "Chaoyang store")),
)
"""Where the tests' kiosks and tills stand."""

PIN = "1234"
QUICK = 2
"""scrypt's N for tests: what is tested here is not how long a guess takes."""

SALT = bytes(range(32))


@dataclass
class JumpClock:
    """A clock that only moves when a test says so."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The time in UTC."""
        return self.now


@dataclass
class Office:
    """One HQ, in reach of the test's hand."""

    hq: Hq
    clock: JumpClock
    numbers: Any = field(default_factory=lambda: count(1))

    def publish(self, content: Content, surveys: Sequence[dict[str, Any]] = ()) -> None:
        """Make this the current content; its programme names this HQ's key.

        Args:
            surveys: documents as their author wrote them.
        """
        documents = {
            "programme.json": content.programme,
            "rewards.json": Rewards(rewards=content.rewards),
            "stores.json": Stores(stores=content.stores),
            "attract.json": content.attract,
            "care.json": content.care,
        }
        files = {name: one.model_dump_json(by_alias=True) for name, one in documents.items()}
        if content.coming is not None:
            files["programme_next.json"] = content.coming.model_dump_json(by_alias=True)
        files |= {f"surveys/{one['id']}.json": json.dumps(one) for one in surveys}
        bundle = {name: text.encode() for name, text in files.items()}
        self.hq.bundles.publish(bundle, "test", self.clock())

    @property
    def content(self) -> Content:
        """What HQ goes by."""
        content = self.hq.bundles.content()
        assert content is not None
        return content

    def pin_rule(self, **changes: Any) -> PinRule:
        """Four digits, five tries, this HQ's key."""
        values = {"digits": 4, "tries": 5, "key_id": FIRST_KEY}
        return PinRule(x25519=self.hq.keys.public(FIRST_KEY), **(values | changes))

    def join(self, member_id: str = "m-1", points: int = 0, **columns: Any) -> None:
        """A new member with one card, a PIN, and perhaps points that never lapse."""
        now = self.clock()
        row = {
            "member_id": member_id,
            "full_name": "李娜",
            "called_zh": "李女士",
            "called_en": "Ms L.",
            "tier": "standard",
            "as_of": now.isoformat(),
            "due": AT_ONCE,
        }
        opening = Booking(LineKind.ADJUST, LineReason.OPENING, points, now)
        with self.hq.database.write() as connection:
            connection.execute(insert(member).values(row | columns))
            (number,) = next_sequences(connection)
            connection.execute(insert(card).values(_card(member_id, number, now)))
            set_pin(connection, member_id, PIN, QUICK)
            book(connection, member_id, [opening], now)

    def buy(self, fen: int, member_id: str = "m-1", **changes: Any) -> Booked:
        """A purchase in the test's store."""
        values: dict[str, Any] = {
            "purchase_id": f"p-{next(self.numbers)}",
            "member_id": member_id,
            "store_id": factories.STORE,
            "receipt": "R-1",
            "purchase_fen": fen,
        }
        bought = Purchase.model_validate(values | changes)
        with self.hq.database.write() as connection:
            return record_purchase(connection, bought, self.content, self.clock())

    def refund(self, purchase_id: str, fen: int, **changes: Any) -> Booked:
        """A refund, whole or in part."""
        values: dict[str, Any] = {
            "refund_id": f"r-{next(self.numbers)}",
            "purchase_id": purchase_id,
            "receipt": "R-2",
            "refund_fen": fen,
        }
        given = Refund.model_validate(values | changes)
        with self.hq.database.write() as connection:
            return record_refund(connection, given, self.content, self.clock())

    def wish(self, reward_id: str = "canvas-tote", **changes: Any) -> dict[str, Any]:
        """A record of a redemption on the wire; its PIN is sealed unless it is given sealed."""
        reward = self.content.reward(reward_id)
        wanted = changes.pop("redemption_id", uuid4())
        member_id = changes.get("member_id", "m-1")
        pin = seal(changes.pop("pin", PIN), self.pin_rule(), wanted)
        payload: dict[str, Any] = {
            "kind": "redemption",
            "redemption_id": str(wanted),
            "member_id": member_id,
            "card_key": key_of(member_id),
            "reward_id": reward_id,
            "points": reward.points if reward else 1,
            "cash_fen": reward.cash_fen if reward else 0,
            "mode": Mode.HOLD.value,
            "pin": pin.model_dump(mode="json"),
            "code": None,
            "programme_version": self.content.programme.version,
        }
        return self.record(Kind.REDEMPTION, wanted, payload | changes)

    def giving_back(self, redemption_id: UUID | str, member_id: str = "m-1") -> dict[str, Any]:
        """A record of a release on the wire."""
        release_id = uuid4()
        payload = {
            "kind": "release",
            "release_id": str(release_id),
            "redemption_id": str(redemption_id),
            "member_id": member_id,
            "card_key": key_of(member_id),
        }
        return self.record(Kind.RELEASE, release_id, payload)

    def signing(self, event_id: str, member_id: str = "m-1", coming: bool = True) -> dict[str, Any]:
        """A record of a sign-up on the wire."""
        signup_id = uuid4()
        payload = {
            "kind": "event_signup",
            "signup_id": str(signup_id),
            "member_id": member_id,
            "card_key": key_of(member_id),
            "event_id": event_id,
            "coming": coming,
        }
        return self.record(Kind.EVENT_SIGNUP, signup_id, payload)

    def record(self, kind: Kind, record_id: UUID, payload: dict[str, Any]) -> dict[str, Any]:
        """Any record on the wire."""
        return {
            "id": str(record_id),
            "seq": next(self.numbers),
            "kind": kind.value,
            "kind_version": 1,
            "priority": 0,
            "occurred": moment(),
            "payload": payload,
        }

    def send(
        self,
        *records: dict[str, Any],
        kiosk: str = "k-1",
        store: str = factories.STORE,
        later_s: float = 0.5,
    ) -> list[Result]:
        """Upload records as a kiosk does, so long after they occurred."""
        sent = moment(since_boot_s=moment()["since_boot_s"] + later_s)
        upload = {"kiosk": kiosk, "store": store, "sent": sent, "records": list(records)}
        return take_in(self.hq, open_envelope(json.dumps(upload).encode(), "identity"))

    def ask(self, record: dict[str, Any], **how: Any) -> Verdict:
        """Upload one record; HQ's verdict on it."""
        (result,) = self.send(record, **how)
        assert result.verdict is not None, result
        return result.verdict

    def pass_time(self, **by: float) -> None:
        """Let time pass and HQ look at what it brought."""
        self.clock.now += timedelta(**by)
        tick(self.hq)

    def jump_to(self, day: date, hour: int = 4) -> None:
        """Go to an hour of a day in UTC, and let HQ look at what it brought."""
        self.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        tick(self.hq)

    def row(self, member_id: str = "m-1") -> Member:
        """The member as kiosks are told."""
        with self.hq.database.read() as connection:
            rows = connection.execute(card_rows().where(card.c.member_id == member_id)).all()
            (told,) = as_members(connection, rows).values()
        return told

    def lines(self, member_id: str = "m-1") -> list[LedgerLine]:
        """The member's whole ledger, the newest entry first."""
        with self.hq.database.read() as connection:
            return lines_of(connection, member_id)

    def column(self, name: str, member_id: str = "m-1") -> Any:
        """A column of the member's row in HQ's table."""
        with self.hq.database.read() as connection:
            query = select(member.c[name]).where(member.c.member_id == member_id)
            return connection.execute(query).scalar_one()

    def sum_of(self, member_id: str = "m-1") -> int:
        """What the ledger adds up to."""
        with self.hq.database.read() as connection:
            return balance_of(connection, member_id)


def key_of(member_id: str) -> str:
    """The card key of a member of this office."""
    return member_id.encode().hex().ljust(32, "0")


def _card(member_id: str, number: int, now: datetime) -> dict[str, Any]:
    row = {"card_key": key_of(member_id), "member_id": member_id, "status": "active"}
    return row | {"gone": False, "changed": number, "changed_at": now.isoformat()}


def open_office(
    folder: Path, surveys: Sequence[dict[str, Any]] = (), database: str = "", **programme: Any
) -> Office:
    """A new HQ with one kiosk and the factories' content, its programme changed as named.

    Args:
        database: its address; empty for a file in the folder.
    """
    clock = JumpClock()
    hq = open_hq(database or f"sqlite:///{folder}/hq.db", folder, now=clock, fleet_salt=SALT)
    office = Office(hq, clock)
    with hq.database.write() as connection:
        begin_sequence(connection, clock())
    enrol(hq.database, "k-1", factories.STORE, "token-of-k-1-0000")
    redeeming = programme.pop("redeeming", {})
    rules = factories.redeeming(**({"pin": office.pin_rule()} | redeeming))
    told = factories.programme(redeeming=rules, **programme)
    office.publish(factories.content(programme=told, stores=STORES), surveys)
    return office

"""Anything in any order at HQ: ledgers add up, wishes count once, limits and stock are kept."""

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from kiosk.model.members import Member
from kiosk.model.rules import CashBack, Expiry, OfflineRule
from kiosk.model.verdicts import Outcome, Verdict
from sim.hq.collecting import collect
from sim.hq.errors import Refusal
from sim.hq.ledger import entries_of
from sim.hq.lots import lapsed_of, lots_of
from sim.hq.tables import purchase, redemption, refund, stock
from tests import factories
from tests.hq.office import SALT, Office, open_office

MEMBERS = st.sampled_from(["m-1", "m-2"])
REWARDS = st.sampled_from(["cotton-socks", "canvas-tote", "trench-coat"])
KIOSKS = st.sampled_from(["k-1", "k-2"])


class HqStory(RuleBasedStateMachine):
    """Two members, two kiosks, a till and time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = open_office(
            Path(self.folder.name),
            expiry=Expiry(months=2),
            cash_back=CashBack(per_mille=10, floor_fen=100_000),
            redeeming={"offline": OfflineRule(allowed=True, points_per_member=900)},
        )
        for member_id in ("m-1", "m-2"):
            self.office.join(member_id, points=3_000)
        self.sent: list[tuple[dict[str, Any], str, Verdict]] = []
        self.codes: list[str] = []
        self.bought: dict[str, int] = {}

    def teardown(self) -> None:
        """Close HQ and remove its files."""
        self.office.hq.close()
        self.folder.cleanup()

    def _ask(self, record: dict[str, Any], kiosk: str) -> Verdict:
        verdict = self.office.ask(record, kiosk=kiosk)
        self.sent.append((record, kiosk, verdict))
        return verdict

    @rule(who=MEMBERS, reward_id=REWARDS, kiosk=KIOSKS, mode=st.sampled_from(["hold", "reserve"]))
    def wish(self, who: str, reward_id: str, kiosk: str, mode: str) -> None:
        """A member asks for a reward; only what is there may be held."""
        before = self.office.row(who)
        verdict = self._ask(self.office.wish(reward_id, member_id=who, mode=mode), kiosk)
        if verdict.outcome is Outcome.HELD:
            assert verdict.balance is not None
            assert verdict.balance >= 0
            assert verdict.code is not None
            self.codes.append(verdict.code)
        else:
            assert self.office.row(who).points == before.points

    @rule(who=MEMBERS, kiosk=KIOSKS, number=st.integers(0, 99_999))
    def issue(self, who: str, kiosk: str, number: int) -> None:
        """A kiosk gave out something by itself; HQ accepts it."""
        code = f"{number:09}"
        record = self.office.wish("cotton-socks", member_id=who, mode="issue", code=code)
        assert self._ask(record, kiosk).outcome is Outcome.ISSUED

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """An answer was lost: the same words come again and nothing moves."""
        record, kiosk, verdict = data.draw(st.sampled_from(self.sent))
        before = [self.office.sum_of(who) for who in ("m-1", "m-2")]
        (result,) = self.office.send(record, kiosk=kiosk)
        assert result.verdict is not None
        assert result.verdict.model_copy(update={"holds_for_s": verdict.holds_for_s}) == verdict
        assert [self.office.sum_of(who) for who in ("m-1", "m-2")] == before

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), kiosk=KIOSKS)
    def give_back(self, data: st.DataObject, kiosk: str) -> None:
        """A member gives something back, perhaps for the second time, perhaps too late."""
        record, _, _ = data.draw(st.sampled_from(self.sent))
        who = record["payload"]["member_id"]
        self._ask(self.office.giving_back(record["id"], who), kiosk)

    @precondition(lambda self: self.codes)
    @rule(data=st.data())
    def collect(self, data: st.DataObject) -> None:
        """The counter takes a code; points never move by that."""
        code = data.draw(st.sampled_from(self.codes))
        before = [self.office.sum_of(who) for who in ("m-1", "m-2")]
        with suppress(Refusal):
            self._collect(code)
        assert [self.office.sum_of(who) for who in ("m-1", "m-2")] == before

    def _collect(self, code: str) -> None:
        with self.office.hq.database.write() as connection:
            collect(connection, factories.STORE, code, SALT, self.office.clock())

    @rule(who=MEMBERS, fen=st.integers(1, 200_000))
    def buy(self, who: str, fen: int) -> None:
        """A purchase."""
        purchase_id = f"bought-{len(self.bought)}"
        self.office.buy(fen, who, purchase_id=purchase_id)
        self.bought[purchase_id] = fen

    @precondition(lambda self: self.bought)
    @rule(data=st.data(), share=st.integers(1, 100))
    def refund(self, data: st.DataObject, share: int) -> None:
        """A refund, whole or in part, perhaps of more than is left."""
        purchase_id = data.draw(st.sampled_from(sorted(self.bought)))
        fen = max(self.bought[purchase_id] * share // 100, 1)
        with suppress(Refusal):
            self.office.refund(purchase_id, fen)

    @rule(minutes=st.sampled_from([1, 16, 60 * 24, 60 * 24 * 20, 60 * 24 * 95]))
    def let_time_pass(self, minutes: int) -> None:
        """Time passes, a little or a lot."""
        self.office.clock.now += timedelta(minutes=minutes)
        self.office.pass_time()

    @invariant()
    def ledgers_add_up(self) -> None:
        """What kiosks are told is the sum of the ledger, and lots are what of it is there."""
        for who in ("m-1", "m-2"):
            row = self.office.row(who)
            assert row.points == self.office.sum_of(who)
            with self.office.hq.database.read() as connection:
                lots = lots_of(entries_of(connection, who))
            assert sum(lot.points for lot in lots) == max(row.points, 0)
            self._line_by_line(who, row)

    def _line_by_line(self, who: str, row: Member) -> None:
        lines = self.office.lines(who)
        assert sum(line.points for line in lines) == row.points
        assert row.lines == tuple(lines[:20])

    @invariant()
    def redemptions_and_ledger_agree(self) -> None:
        """Each redemption took its points once, and gave them back once when it ended so."""
        with self.office.hq.database.read() as connection:
            rows = connection.execute(select(redemption)).all()
            for row in rows:
                moved = [
                    entry.points
                    for entry in entries_of(connection, row.member_id)
                    if entry.redemption_id == row.redemption_id
                ]
                back = [row.points] if row.state == "released" else []
                assert moved == [-row.points, *back]

    @invariant()
    def stock_is_what_is_not_promised(self) -> None:
        """HQ's count is the published one less what was taken."""
        with self.office.hq.database.read() as connection:
            taken = connection.execute(select(redemption).where(redemption.c.state != "released"))
            gone = [row.reward_id for row in taken]
            for row in connection.execute(select(stock)):
                assert row.left == row.told - gone.count(row.reward_id)

    @invariant()
    def refunds_stay_within_purchases(self) -> None:
        """Nothing is refunded twice."""
        with self.office.hq.database.read() as connection:
            given: dict[str, int] = {}
            for row in connection.execute(select(refund)):
                given[row.purchase_id] = given.get(row.purchase_id, 0) + row.refund_fen
        assert all(fen <= self.bought[purchase_id] for purchase_id, fen in given.items())

    @invariant()
    def no_point_is_taken_twice(self) -> None:
        """What refunds took of a purchase's points, and what lapsed of them, it had earned."""
        with self.office.hq.database.read() as connection:
            for row in connection.execute(select(purchase)):
                mine = refund.c.purchase_id == row.purchase_id
                taken = sum(connection.execute(select(refund.c.reversed).where(mine)).scalars())
                theirs = entries_of(connection, row.member_id)
                assert taken + lapsed_of(theirs, row.purchase_id) <= row.earned

    @invariant()
    def shares_stay_within_the_risk(self) -> None:
        """All kiosks together may never spend more offline than HQ risks."""
        for who in ("m-1", "m-2"):
            assert sum(self.office.row(who).offline_allowance.values()) <= 900


HqStory.TestCase.settings = settings(max_examples=6, stateful_step_count=20, deadline=None)
TestHqStory = HqStory.TestCase

"""The test's own books: what kiosks must show, what may be collected, what never may happen."""

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from kiosk.loyalty.claims import moves_points
from kiosk.loyalty.redeeming import is_used_up
from kiosk.model.facts import Mode
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.verdicts import Outcome
from kiosk.session.states import VoucherCode
from sim.hq.errors import Refusal
from sim.hq.tables import ledger, record, redemption, signup, stock
from sim.hq.till_wire import Handed
from tests.factories import STORE
from tests.system.box import Box
from tests.system.counter import Counter
from tests.system.town import CRAFT, MEMBERS, REWARDS, Town, balance_in_row

SLACK = timedelta(seconds=1)
"""Around the end of a hold nobody can say who was first."""

TAKEN = ("held", "issued", "collected")
ONCE = next(reward for reward in REWARDS if reward.per_member == 1)

OUT = (LineKind.HOLD.value, LineKind.REDEEM.value)


@dataclass(frozen=True)
class Code:
    """A code as a kiosk showed it; one that was issued is good for ever."""

    redemption_id: UUID
    code: str
    until: datetime | None


@dataclass
class Reckoning:
    """What holds at every moment.

    Attributes:
        codes: what was shown, by redemption.
        collected: what the counter has handed out.
        risk: the most that HQ ever let kiosks give out offline to one member.
    """

    town: Town
    boxes: list[Box]
    codes: dict[UUID, Code] = field(default_factory=dict)
    collected: set[UUID] = field(default_factory=set)
    risk: int = 0

    # -- codes -----------------------------------------------------------------------------

    def note_code(self, box: Box) -> None:
        """Write down the code on the glass, if there is one."""
        page = box.session.page
        if not isinstance(page, VoucherCode) or page.redemption_id in self.codes:
            return
        left_s = page.until_s - box.clock.monotonic()
        until = None if page.issued else self.town.clock.now + timedelta(seconds=left_s)
        self.codes[page.redemption_id] = Code(page.redemption_id, page.code, until)

    def collect(self, till: Counter, number: int) -> None:
        """Show a code at the counter: it is good until its time, once."""
        shown = list(self.codes.values())[number % len(self.codes)]
        good = self._is_good(shown)
        try:
            handed = till.collect(shown.code)
        except Refusal as refusal:
            if good is True:
                raise AssertionError("a good code was refused") from refusal
            return
        assert good is not False, "a code that is good no more was taken"
        assert handed.redemption_id in (shown.redemption_id, None)
        self._once(shown.redemption_id)

    def handed_out(self, handed: Handed) -> None:
        """Something was given out for a card."""
        assert handed.redemption_id is not None
        self._once(handed.redemption_id)

    def _once(self, redemption_id: UUID) -> None:
        assert redemption_id not in self.collected, "handed out twice"
        self.collected.add(redemption_id)

    def _is_good(self, shown: Code) -> bool | None:
        """Whether it must be taken; None where both is right."""
        if shown.redemption_id in self.collected or self._given_back(shown.redemption_id):
            return False
        if shown.until is None or self.town.clock.now < shown.until - SLACK:
            return True
        return False if self.town.clock.now > shown.until + SLACK else None

    def _given_back(self, redemption_id: UUID) -> bool:
        reason = LineReason.GIVEN_BACK.value
        return any(
            line.reason == reason and line.kind == LineKind.RELEASE.value
            for line in self._entries(ledger.c.redemption_id == str(redemption_id))
        )

    # -- after every step ------------------------------------------------------------------

    def check(self) -> None:
        """Everything that must hold now."""
        for who in MEMBERS:
            self._check_ledger(who)
            for box in self.boxes:
                self.check_shown(box, who)
        self._check_words()
        self._check_redemptions()
        self._check_stock()
        self._check_seats()

    def check_shown(self, box: Box, who: str) -> None:
        """HQ's newest word minus exactly those own wishes that it does not include."""
        heard = box.heard[who]
        open_points = sum(
            wish.fact.points
            for id_, wish in self.town.wishes.items()
            if wish.kiosk == box.name and wish.fact.member_id == who and id_ not in heard.judged
        )
        shown = box.shown(who)
        assert (shown.points, shown.set_aside) == (heard.points - open_points, open_points)
        waiting = [claim for claim in box.claims(who) if claim.waits and moves_points(claim)]
        assert len(waiting) <= 1, "two wishes are open at once"

    def _check_words(self) -> None:
        """What kiosks were told is what stands in HQ's books."""
        states = self._states()
        for box in self.boxes:
            for claim in (claim for who in MEMBERS for claim in box.claims(who)):
                outcome = claim.verdict.outcome if claim.verdict is not None else None
                if outcome in (Outcome.HELD, Outcome.ISSUED):
                    assert claim.id in states
                elif outcome is Outcome.REFUSED:
                    assert claim.id not in states, "refused and booked all the same"
                elif outcome is Outcome.RELEASED:
                    assert states[UUID(claim.subject)] == "released"

    def _check_ledger(self, who: str) -> None:
        entries = self._entries(ledger.c.member_id == who)
        balance = sum(entry.points for entry in entries)
        assert balance == balance_in_row(self.town, who)
        taken_back = sum(
            -entry.points
            for entry in entries
            if entry.kind == LineKind.REVERSE.value and entry.points < 0
        )
        issued = -sum(entry.points for entry in entries if entry.kind == LineKind.REDEEM.value)
        risk = min(self.risk, issued)
        assert balance + taken_back >= -risk, "more was spent than balance and allowance"

    def _check_redemptions(self) -> None:
        entries = self._entries(ledger.c.redemption_id.is_not(None))
        outs = Tally(entry.redemption_id for entry in entries if entry.kind in OUT)
        backs = Tally(
            entry.redemption_id for entry in entries if entry.kind == LineKind.RELEASE.value
        )
        assert set(outs.values()) <= {1}, "applied twice"
        assert set(backs.values()) <= {1}, "given back twice"
        assert backs.keys() <= outs.keys()
        points: dict[str, int] = {}
        for entry in entries:
            points[entry.redemption_id] = points.get(entry.redemption_id, 0) + entry.points
        assert all(left <= 0 for left in points.values()), "more came back than was taken"
        for id_, state in self._states().items():
            price, left = self.town.wishes[id_].fact.points, points[str(id_)]
            whole = {"held": -price, "issued": -price, "released": 0, "reversed": 0}.get(state)
            assert whole in (left, None), "points were lost, or given away"

    def _check_stock(self) -> None:
        """Pieces in the store and pieces promised or handed out are as many as there were."""
        with self.town.hq.database.read() as connection:
            gone = Tally(
                connection.execute(
                    select(redemption.c.reward_id).where(redemption.c.state != "released")
                ).scalars()
            )
            rows = connection.execute(select(stock)).all()
        there = {reward.reward_id: reward.stock[STORE] for reward in REWARDS}
        for row in rows:
            assert row.left + gone[row.reward_id] == there[row.reward_id]

    def _check_seats(self) -> None:
        with self.town.hq.database.read() as connection:
            query = select(func.count()).select_from(signup).where(signup.c.seated.is_(True))
            assert connection.execute(query).scalar_one() <= (CRAFT.seats or 0)

    # -- in the end ------------------------------------------------------------------------

    def check_end(self) -> None:
        """Every wish is at HQ once; what was issued counts, and what was collected stays so."""
        states = self._states()
        with self.town.hq.database.read() as connection:
            ids = connection.execute(
                select(record.c.id).where(record.c.kind == "redemption")
            ).scalars()
            assert Tally(map(UUID, ids)) == Tally(self.town.wishes.keys())
        for id_ in self.collected:
            assert states[id_] in ("collected", "reversed")
        for id_, wish in self.town.wishes.items():
            if wish.fact.mode is Mode.ISSUE:
                assert states[id_] in ("issued", "collected", "reversed")
        for who in MEMBERS:
            had = [wish.fact for id_, wish in self.town.wishes.items() if states.get(id_) in TAKEN]
            once = any(fact.member_id == who and fact.reward_id == ONCE.reward_id for fact in had)
            assert all(is_used_up(ONCE, box.means(who)) is once for box in self.boxes)

    def _states(self) -> dict[UUID, str]:
        with self.town.hq.database.read() as connection:
            rows = connection.execute(select(redemption.c.redemption_id, redemption.c.state))
            return {UUID(row.redemption_id): row.state for row in rows}

    def _entries(self, which: Any) -> list[Row[Any]]:
        with self.town.hq.database.read() as connection:
            return list(connection.execute(select(ledger).where(which)).all())

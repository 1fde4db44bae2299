"""Row and verdict arrive in any order, late or never: no claim counts twice, or not at all."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.loyalty.balance import balance_of
from kiosk.loyalty.claims import unsettled
from kiosk.model.members import Member
from kiosk.model.verdicts import Because, Claim, ClaimKind, Outcome, Verdict
from tests.factories import PLACE, member

KIOSK = PLACE.kiosk_id
BEGIN = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass(frozen=True)
class Truth:
    """HQ's ledger of one member at one moment; `knows` are the wishes it has judged."""

    tick: int
    points: int
    knows: frozenset[UUID] = frozenset()
    applied_seq: int = 0

    @property
    def as_of(self) -> datetime:
        """The moment."""
        return BEGIN + timedelta(seconds=self.tick)


class OneMember(RuleBasedStateMachine):
    """HQ, the post between, and a kiosk that remembers what it asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.hq = Truth(tick=0, points=1_000)
        self.held: dict[UUID, int] = {}
        self.post: deque[Claim] = deque()
        self.answers: dict[UUID, tuple[Verdict, Truth]] = {}
        self.rows: list[Truth] = []
        self.row = self.newest = self.hq
        self.claims: dict[UUID, Claim] = {}
        self.seq = 0

    # -- at HQ -----------------------------------------------------------------------------

    @rule(points=st.integers(-700, 700))
    def elsewhere(self, points: int) -> None:
        """A purchase, a refund, another kiosk's redemption."""
        self.hq = replace(self.hq, tick=self.hq.tick + 1, points=self.hq.points + points)

    @precondition(lambda self: self.held)
    @rule()
    def lapse(self) -> None:
        """A hold that nobody collected."""
        _, points = self.held.popitem()
        self.hq = replace(self.hq, tick=self.hq.tick + 1, points=self.hq.points + points)

    @precondition(lambda self: self.post)
    @rule(later=st.booleans())
    def judge(self, later: bool) -> None:
        """A record reaches HQ; the answer sets out, and may not arrive for long."""
        claim = self.post.popleft()
        outcome, points = self._word_on(claim)
        self.hq = Truth(
            self.hq.tick + later, self.hq.points + points, self.hq.knows | {claim.id}, claim.seq
        )
        verdict = Verdict(
            outcome=outcome,
            because=Because.BALANCE if outcome is Outcome.REFUSED else None,
            balance=self.hq.points,
            as_of=self.hq.as_of,
        )
        self.answers[claim.id] = (verdict, self.hq)

    @precondition(lambda self: self.post)
    @rule()
    def reject(self) -> None:
        """HQ would not read the record."""
        claim = self.post.popleft()
        self.claims[claim.id] = replace(claim, dead=True)

    @rule()
    def publish(self) -> None:
        """A row of the directory sets out."""
        self.rows.append(self.hq)

    # -- at the kiosk ----------------------------------------------------------------------

    @precondition(lambda self: not self._unsettled())
    @rule(points=st.integers(1, 500))
    def ask(self, points: int) -> None:
        """A member redeems; the kiosk never has two questions about points open."""
        self._send(ClaimKind.REDEMPTION, "canvas-tote", points)

    @precondition(lambda self: not self._unsettled() and self.held)
    @rule()
    def give_back(self) -> None:
        """A member lets go of what is held."""
        self._send(ClaimKind.RELEASE, str(next(iter(self.held))), 0)

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def verdict_arrives(self, data: st.DataObject) -> None:
        """The answer to the record, or to its repetition."""
        claim_id = data.draw(st.sampled_from(sorted(self.answers)))
        verdict, truth = self.answers[claim_id]
        self.claims[claim_id] = replace(self.claims[claim_id], verdict=verdict)
        self._hears(truth)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def row_arrives(self, data: st.DataObject) -> None:
        """Any row on its way; one older than the kiosk's is ignored."""
        index = data.draw(st.integers(0, len(self.rows) - 1))
        self.row, self.rows = self.rows[index], self.rows[index + 1 :]
        self._hears(self.row)

    # -- what must hold --------------------------------------------------------------------

    @invariant()
    def nothing_counts_twice_or_not_at_all(self) -> None:
        """HQ's figure minus exactly those wishes that HQ had not judged at that moment."""
        open_points = sum(
            claim.points
            for claim in self.claims.values()
            if claim.id not in self.newest.knows and not claim.dead
        )
        balance = balance_of(self._row(), self.claims.values(), KIOSK)
        assert balance.points == self.newest.points - open_points
        assert balance.set_aside == open_points
        assert balance.as_of == self.newest.as_of

    @invariant()
    def the_kiosk_is_never_richer_than_its_news(self) -> None:
        """Once everything has arrived, kiosk and HQ agree."""
        if self.newest == self.hq and not self._unsettled():
            assert balance_of(self._row(), self.claims.values(), KIOSK).points == self.hq.points

    # -- helpers ---------------------------------------------------------------------------

    def _word_on(self, claim: Claim) -> tuple[Outcome, int]:
        if claim.kind is ClaimKind.RELEASE:
            points = self.held.pop(UUID(claim.subject), None)
            return (Outcome.REFUSED, 0) if points is None else (Outcome.RELEASED, points)
        if claim.points > self.hq.points:
            return Outcome.REFUSED, 0
        self.held[claim.id] = claim.points
        return Outcome.HELD, -claim.points

    def _send(self, kind: ClaimKind, subject: str, points: int) -> None:
        self.seq += 1
        claim = Claim(UUID(int=self.seq), self.seq, kind, "m-000001", subject, points)
        self.claims[claim.id] = claim
        self.post.append(claim)

    def _hears(self, truth: Truth) -> None:
        later = (truth.tick, truth.applied_seq) > (self.newest.tick, self.newest.applied_seq)
        self.newest = truth if later else self.newest

    def _row(self) -> Member:
        row = self.row
        return member(points=row.points, as_of=row.as_of, applied_seq={KIOSK: row.applied_seq})

    def _unsettled(self) -> bool:
        return bool(unsettled(self._row(), self.claims.values(), KIOSK))


OneMember.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
TestOneMember = OneMember.TestCase

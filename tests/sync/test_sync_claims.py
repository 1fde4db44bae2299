"""Claims are forgotten when a row includes them, codes are wiped when their hold is over."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.model.cards import CardKey
from kiosk.model.clock import ClockQuality
from kiosk.model.ledger import Held
from kiosk.model.members import Member
from kiosk.model.queue import Settlement
from kiosk.model.records import Priority
from kiosk.model.verdicts import Because, ClaimKind, Outcome, Verdict
from kiosk.model.wire import Fate
from kiosk.store.claims import NewClaim
from kiosk.store.outbox import Outbox
from kiosk.sync.claims import EVERY_S, LOOKED_AT_S, NO_ROW_S, ClaimsTask
from tests.factories import KEY, member
from tests.fakes.clock import FakeClock
from tests.fakes.queue import Tape
from tests.sync.samples import record

KIOSK = "k-1"
HOLD_S = 1800.0


class Rows:
    """A directory in memory; damaged when told so."""

    def __init__(self) -> None:
        self.row: Member | None = member()
        self.damaged = False

    def find(self, key: CardKey) -> Member | None:
        """The one row."""
        if self.damaged:
            raise CorruptStore("a row is broken")
        return self.row if key == KEY else None


class World:
    """The task with everything around it, and one wish on disk."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.tape = Tape()
        self.rows = Rows()
        self.task = self.new_task()
        self.ids: list[UUID] = []

    def new_task(self) -> ClaimsTask:
        """As after a restart of kiosk-sync."""
        return ClaimsTask(self.tape, self.rows, self.clock, KIOSK)

    def ask(self, kind: ClaimKind = ClaimKind.REDEMPTION, subject: str = "canvas-tote") -> int:
        """A wish; its number."""
        made = record(len(self.ids) + 1, priority=Priority.NOW)
        self.ids.append(made.id)
        return self.tape.put(made, NewClaim(kind, member().member_id, KEY, subject))

    def say(self, outcome: Outcome = Outcome.HELD, fate: Fate = Fate.ACCEPTED) -> None:
        """HQ's word on the newest wish."""
        hold = {"code": "482916", "holds_for_s": HOLD_S} if outcome is Outcome.HELD else {}
        verdict = Verdict.model_validate({"outcome": outcome, "as_of": self.clock.wall, **hold})
        settlement = Settlement(fate, verdict=None if fate is Fate.REJECTED else verdict)
        self.tape.settle({self.ids[-1]: settlement}, self.clock.now())

    def row(self, seq: int, noted: int = 0, **changes: object) -> None:
        """The member's row comes home, true up to these records."""
        self.rows.row = member(applied_seq={KIOSK: seq}, noted={KIOSK: noted}, **changes)

    def look(self, after_s: float, times: int = 2) -> list[UUID]:
        """Let time pass, look, and say which claims are left."""
        self.clock.advance(after_s)
        for _ in range(times):
            self.task.turn(False)
        return list(self.tape.claims)

    @property
    def code(self) -> str | None:
        """The code on disk."""
        verdict = self.tape.claims[self.ids[-1]].claim.verdict
        return None if verdict is None else verdict.code


@pytest.fixture
def world() -> World:
    """A member and an empty queue."""
    return World()


def test_a_claim_is_forgotten_when_the_row_includes_it(world: World) -> None:
    """Nothing would ever be cleared away, or points be given back while the row lacks them."""
    seq = world.ask()
    world.say(Outcome.REFUSED)
    world.row(seq - 1)
    assert world.look(LOOKED_AT_S) == world.ids
    assert world.look(NO_ROW_S * 3) == world.ids  # no age makes up for a row that is behind
    world.row(seq)
    assert world.look(0) == []


def test_a_waiting_claim_is_never_forgotten(world: World) -> None:
    """Its points would be spent a second time."""
    world.row(world.ask())
    assert world.look(NO_ROW_S * 3) == world.ids


def test_a_claim_that_the_row_holds_stays_with_its_code(world: World) -> None:
    """The member who taps again within the quarter of an hour is shown the code again."""
    seq = world.ask()
    world.say()
    held = Held(
        redemption_id=world.ids[0], reward_id="canvas-tote", points=1, until=world.clock.wall
    )
    world.row(seq, held=(held,))
    assert world.look(LOOKED_AT_S) == world.ids
    assert world.code == "482916"
    world.row(seq)
    assert world.look(0) == []


def test_nothing_vanishes_while_a_page_may_wait_for_it(world: World) -> None:
    """The screen would look for the verdict of a claim that is gone, and say nothing."""
    world.row(world.ask())
    world.say(Outcome.REFUSED)
    assert world.look(LOOKED_AT_S - 1) == world.ids
    assert world.look(1) == []


def test_a_claim_goes_at_the_second_look(world: World) -> None:
    """Who read the old row just before, and the claims just after, would miss it in both."""
    world.row(world.ask())
    world.say(Outcome.REFUSED)
    assert world.look(LOOKED_AT_S, times=1) == world.ids
    assert world.look(0, times=1) == []


@pytest.mark.parametrize("why", ["no row", "damaged row", "dead"])
def test_without_a_row_that_could_tell_a_week_must_do(world: World, why: str) -> None:
    """Cards that are replaced would leave their claims for ever."""
    world.row(world.ask())
    world.say(Outcome.REFUSED, Fate.REJECTED if why == "dead" else Fate.ACCEPTED)
    if why == "no row":
        world.rows.row = None
    world.rows.damaged = why == "damaged row"
    assert world.look(NO_ROW_S - 1) == world.ids
    assert world.look(1) == []


def test_without_a_clock_a_week_is_not_known(world: World) -> None:
    """After a power cut a clock at 1970 must neither forget everything nor stop the look."""
    world.ask()
    world.say(Outcome.REFUSED)
    world.rows.row = None
    (kept,) = world.tape.answered_claims()
    elsewhere = replace(kept.told, boot_id="another", quality=ClockQuality.UNSET)
    world.tape.claims[kept.claim.id] = replace(kept, told=elsewhere)
    assert world.look(NO_ROW_S * 2) == world.ids


@pytest.mark.parametrize(
    ("kind", "outcome", "events", "gone"),
    [
        (ClaimKind.EVENT_SIGNUP, Outcome.SIGNED_UP, ("md",), True),
        (ClaimKind.EVENT_SIGNUP, Outcome.SIGNED_UP, (), False),
        (ClaimKind.EVENT_SIGNOFF, Outcome.SIGNED_OFF, (), True),
        (ClaimKind.EVENT_SIGNOFF, Outcome.SIGNED_OFF, ("md",), False),
        (ClaimKind.EVENT_SIGNUP, Outcome.WAITLISTED, (), False),
    ],
)
def test_a_sign_up_goes_when_the_row_agrees(
    world: World, kind: ClaimKind, outcome: Outcome, events: tuple[str, ...], gone: bool
) -> None:
    """Sign-ups move no points, so that no number in the row tells of them."""
    world.ask(kind, "md")
    world.say(outcome)
    world.row(0, events=events)
    assert world.look(LOOKED_AT_S) == ([] if gone else world.ids)
    assert world.look(NO_ROW_S) == []


@pytest.mark.parametrize(
    "kind",
    [
        *(ClaimKind.CONSENT, ClaimKind.DATA_REQUEST, ClaimKind.FEEDBACK),
        *(ClaimKind.SURVEY, ClaimKind.PROFILE, ClaimKind.APPLICATION),
    ],
    ids=str,
)
def test_what_a_member_said_goes_when_the_row_has_noted_it(world: World, kind: ClaimKind) -> None:
    """Do-not-disturb that is forgotten a moment too early disturbs; one kept on rules for ever."""
    world.ask()
    seq = world.ask(kind, "do_not_disturb.on")
    world.row(seq + 9, noted=seq)
    assert world.look(LOOKED_AT_S) == world.ids  # HQ has not said that it has it
    world.say(Outcome.NOTED)
    world.row(seq + 9, noted=seq - 1)
    assert world.look(NO_ROW_S * 3) == world.ids
    world.row(0, noted=seq)
    assert world.look(0) == world.ids[:1]


def test_a_wish_hq_would_not_take_goes_after_a_week(world: World) -> None:
    """No row ever notes it."""
    world.ask(ClaimKind.CONSENT, "do_not_disturb.on")
    world.say(Outcome.REFUSED)
    world.row(0)
    assert world.look(NO_ROW_S - 1) == world.ids
    assert world.look(1) == []


def test_a_code_is_wiped_when_its_hold_is_over(world: World) -> None:
    """A code that is good no more has no business on a disk that can be stolen."""
    world.ask()
    world.say()
    assert world.task.turn(False) == EVERY_S
    world.clock.advance(HOLD_S - 10)
    assert world.task.turn(False) == pytest.approx(10)
    assert world.code == "482916"
    world.clock.advance(10)
    assert world.task.turn(False) == EVERY_S
    assert world.code is None


def test_a_code_of_unknown_age_is_wiped_at_the_start(world: World) -> None:
    """After a power cut nobody knows how long the kiosk was off."""
    world.ask()
    world.say()
    world.clock.quality = ClockQuality.UNSET
    (kept,) = world.tape.answered_claims()
    world.tape.claims[kept.claim.id] = replace(kept, told=replace(kept.told, boot_id="another"))
    world.task = world.new_task()
    world.task.turn(False)
    assert world.code is None


class Unwilling(Tape):
    """A queue whose codes cannot be wiped at first."""

    def __init__(self) -> None:
        super().__init__()
        self.wiped: list[int] = []
        self.busy = False

    def wipe_codes(self, ids: object) -> None:
        """As in `Claims`."""
        assert isinstance(ids, list)
        self.wiped.append(len(ids))
        super().wipe_codes(ids)
        if self.busy:
            raise StoreFailed("the log is in use")


def test_wiping_is_tried_until_it_succeeds(world: World) -> None:
    """The code is out of the table, and would stand in the log for days."""
    tape = world.tape = Unwilling()
    world.task = world.new_task()
    world.task.turn(False)
    world.ask()
    world.say()
    world.clock.advance(HOLD_S)
    tape.busy = True
    with pytest.raises(StoreFailed):
        world.task.turn(False)
    tape.busy = False
    world.task.turn(False)
    world.task.turn(False)
    assert tape.wiped == [0, 1, 0]  # at the start, the code, and once more for the log


def test_a_settled_record_leaves_the_log_as_well(tmp_path: Path) -> None:
    """A stolen kiosk would show the code it gave out, and the sealed PIN, of weeks ago."""
    clock, rows = FakeClock(), Rows()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        task = ClaimsTask(outbox, rows, clock, KIOSK)
        task.turn(False)
        given_out = replace(record(1, priority=Priority.NOW), payload=b'{"code":"482916057"}')
        outbox.put(given_out, NewClaim(ClaimKind.REDEMPTION, "m-1", KEY, "canvas-tote", 5))
        word = Verdict(outcome=Outcome.ISSUED, code="482916057", as_of=clock.wall)
        outbox.settle({given_out.id: Settlement(Fate.ACCEPTED, verdict=word)}, clock.now())
        task.turn(False)
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"482916057" not in files


def test_a_record_without_a_claim_leaves_the_log_as_well(tmp_path: Path) -> None:
    """Name and number of somebody who joined without a card would lie in a stolen kiosk."""
    clock = FakeClock()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        task = ClaimsTask(outbox, Rows(), clock, KIOSK)
        task.turn(False)
        applied = replace(record(1), payload='{"name":"王小明"}'.encode())
        outbox.put(applied)
        task.turn(False)
        outbox.settle({applied.id: Settlement(Fate.ACCEPTED)}, clock.now())
        task.turn(False)
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "王小明".encode() not in files


def test_a_forgotten_claim_leaves_the_log_as_well(tmp_path: Path) -> None:
    """Who wished what would lie in a stolen kiosk after HQ's row has taken it over."""
    clock, rows = FakeClock(), Rows()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        task = ClaimsTask(outbox, rows, clock, KIOSK)
        wish = record(1)
        seq = outbox.put(wish, NewClaim(ClaimKind.PROFILE, "m-1", KEY, "favourite-colour", 0))
        outbox.settle({wish.id: Settlement(Fate.ACCEPTED)}, clock.now())
        rows.row = member(noted={KIOSK: seq})
        clock.advance(LOOKED_AT_S)
        for _ in range(3):
            task.turn(False)
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"favourite-colour" not in files


def test_a_quiet_kiosk_leaves_its_log_alone(world: World) -> None:
    """A flush a minute, day and night, would wear out the card for nothing."""
    tape = world.tape = Unwilling()
    world.task = world.new_task()
    world.ask()
    world.say()
    for _ in range(4):
        world.task.turn(False)
    assert tape.wiped == [0]


def test_what_hq_refused_needs_no_code(world: World) -> None:
    """A verdict without a hold must not wake the task for nothing."""
    world.ask()
    verdict = Verdict(outcome=Outcome.REFUSED, because=Because.STOCK, as_of=world.clock.wall)
    word = Settlement(Fate.ACCEPTED, verdict=verdict)
    world.tape.settle({world.ids[-1]: word}, world.clock.now())
    assert world.task.turn(False) == EVERY_S

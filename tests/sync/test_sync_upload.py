"""Every record reaches HQ, or is kept where a technician can see it; none is lost."""

import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exceptions import HqRefused, HqUnreachable, StoreFailed, SyncError
from kiosk.model.clock import Instant
from kiosk.model.queue import Settlement
from kiosk.model.records import Priority
from kiosk.model.verdicts import Outcome, Verdict
from kiosk.model.wire import MAX_BATCH_RECORDS, Fate
from kiosk.store.outbox import Outbox
from kiosk.sync.backoff import CAP_S, DISK_CAP_S
from kiosk.sync.lane import Lane, Trouble
from kiosk.sync.reopening import ReopeningOutbox
from kiosk.sync.upload import LOOK_S, Sender, Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.hq import FakeHq
from tests.store.samples import wish
from tests.sync.samples import record, upload

AT = FakeClock().now()
HELD = Verdict(outcome=Outcome.HELD, code="482916", holds_for_s=900, balance=10_280, as_of=AT.wall)
SENDER = Sender("k-1", "sh-ja-01")


@pytest.fixture
def hq() -> FakeHq:
    """HQ in memory."""
    return FakeHq()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """The real queue."""
    with Outbox.open(tmp_path / "outbox.db") as opened:
        yield opened


@pytest.fixture
def uploader(outbox: Outbox, hq: FakeHq, clock: FakeClock) -> Uploader:
    """An uploader whose every pause is as long as it may be."""
    return Uploader(outbox, hq, clock, SENDER, lambda: 0.999)


def put(outbox: Outbox, *numbers: int) -> None:
    """Write records."""
    for number in numbers:
        outbox.put(record(number))


def drain(uploader: Uploader, probe: bool = False) -> None:
    """Let it work until it rests."""
    for _ in range(1000):
        if uploader.turn(probe):
            return
    raise AssertionError("it never rests")


def sent(hq: FakeHq) -> list[int]:
    """The sequence numbers HQ has, in the order they came."""
    return [wire.seq for wire in hq.received.values()]


def test_records_go_up_in_order(outbox: Outbox, hq: FakeHq, uploader: Uploader) -> None:
    """HQ applies a member's records in their order; shuffled ones would mix answers up."""
    put(outbox, *range(1, 451))
    drain(uploader)
    assert sent(hq) == list(range(1, 451))
    assert hq.uploads == [MAX_BATCH_RECORDS, MAX_BATCH_RECORDS, 50]
    assert outbox.pending().count == outbox.pending().dead == 0


def test_consent_goes_first(outbox: Outbox, hq: FakeHq, uploader: Uploader) -> None:
    """Do-not-disturb must not wait behind three days of visits."""
    put(outbox, 1, 2)
    outbox.put(record(3, priority=Priority.NOW))
    drain(uploader)
    assert sent(hq) == [3, 1, 2]


def test_an_idle_uploader_asks_nothing(hq: FakeHq, uploader: Uploader) -> None:
    """Ten thousand idle kiosks must not be a load."""
    assert uploader.turn(probe=False) == LOOK_S
    assert hq.questions == []


def test_an_idle_queue_is_tidied_up_once(tmp_path: Path, hq: FakeHq, clock: FakeClock) -> None:
    """The log must not grow until a member's tap pays for it, nor be tidied up for nothing."""
    with Counting.open(tmp_path / "outbox.db") as outbox:
        uploader = Uploader(outbox, hq, clock, SENDER, random.random)
        drain(uploader)
        assert outbox.checkpoints == 0
        put(outbox, 1, 2)
        drain(uploader)
        drain(uploader)
        assert outbox.checkpoints == 1


def test_a_rejected_record_is_kept_and_blocks_nobody(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """What HQ will not take is a dead letter for the technician, and the rest goes on."""
    put(outbox, 1, 2, 3)
    hq.says = {record(2).id: Fate.REJECTED}
    drain(uploader)
    assert sent(hq) == [1, 3]
    assert (outbox.pending().count, outbox.pending().dead) == (0, 1)


@pytest.mark.parametrize("silent", [False, True])
def test_a_record_put_off_blocks_nobody(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, clock: FakeClock, silent: bool
) -> None:
    """Neither `retry` nor a missing word may lose a record or hold up its successors."""
    put(outbox, *range(1, 21))
    late = {record(number).id for number in (1, 2)}
    hq.unsaid = late if silent else set()
    hq.says = {} if silent else dict.fromkeys(late, Fate.RETRY)
    drain(uploader)
    assert outbox.pending().count == 2
    assert len(sent(hq)) == (20 if silent else 18)
    hq.says, hq.unsaid = {}, set()
    drain(uploader)
    assert outbox.pending().count == 2  # not yet
    clock.advance(CAP_S)
    drain(uploader)
    assert outbox.pending().count == 0


def test_an_hq_that_takes_nothing_is_left_alone(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """Answers without a word on anything must not be asked for in a circle."""
    put(outbox, 1)
    hq.says = {record(1).id: Fate.RETRY}
    with pytest.raises(HqUnreachable, match="took none"):
        uploader.turn(probe=False)
    assert outbox.peek(1)[0].tries == 1


def test_a_duplicate_is_settled(outbox: Outbox, hq: FakeHq, uploader: Uploader) -> None:
    """After a lost answer HQ says duplicate; keeping the record would send it for ever."""
    put(outbox, 1)
    wire = FakeHq()
    drain(Uploader(outbox, wire, FakeClock(), SENDER, random.random))
    hq.received = wire.received
    put(outbox, 1)
    drain(uploader)
    assert outbox.pending().count == 0
    assert len(hq.received) == 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_poison_is_found_and_the_rest_goes_up(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, status: int
) -> None:
    """One record that HQ chokes on must cost neither the others nor itself."""
    put(outbox, *range(1, 11))
    hq.poison = {record(4).id: status, record(5).id: status}
    drain(uploader)
    assert sent(hq) == [1, 2, 3, 6, 7, 8, 9, 10]
    assert (outbox.pending().count, outbox.pending().dead) == (0, 2)


def test_a_lonely_poisoned_record_is_found_too(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """With no neighbour to compare, an upload without records tells whose fault it is."""
    put(outbox, 1)
    hq.poison = {record(1).id: 422}
    drain(uploader)
    assert hq.uploads == [0]
    assert outbox.pending().dead == 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_an_hq_that_refuses_everything_buries_nothing(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, status: int
) -> None:
    """A bad release at HQ must not empty the queues of the fleet into dead letters."""
    put(outbox, *range(1, 6))
    hq.refuses_all_with = status
    with pytest.raises(HqRefused):
        drain(uploader)
    assert (outbox.pending().count, outbox.pending().dead) == (5, 0)
    hq.refuses_all_with = 0
    drain(uploader)
    assert sent(hq) == [1, 2, 3, 4, 5]


def test_a_smaller_limit_at_hq(outbox: Outbox, hq: FakeHq, uploader: Uploader) -> None:
    """A proxy with a smaller limit than agreed slows the kiosk down and loses nothing."""
    put(outbox, *range(1, 101))
    hq.largest_upload = 7
    drain(uploader)
    assert sent(hq) == list(range(1, 101))
    assert outbox.pending().dead == 0


@pytest.mark.parametrize("status", [401, 403, 404, 405, 410])
def test_other_refusals_keep_everything(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, status: int
) -> None:
    """A token that ran out or a wrong address is for people to mend; records wait."""
    put(outbox, 1, 2)
    hq.refuses_all_with = status
    with pytest.raises(HqRefused):
        uploader.turn(probe=False)
    assert (outbox.pending().count, outbox.pending().dead, len(hq.questions)) == (2, 0, 1)


def test_a_probe_is_one_record(outbox: Outbox, hq: FakeHq, uploader: Uploader) -> None:
    """An HQ that struggles back to its feet must not get two hundred records from each kiosk."""
    put(outbox, 1, 2, 3)
    uploader.turn(probe=True)
    assert hq.uploads == [1]


def test_a_record_that_crashes_hq_is_put_behind_the_others(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """A bug at HQ that one record sets off must not hold up the queue for ever."""
    put(outbox, 1, 2)
    hq.failures = [HqUnreachable("crashed", status=500)]
    with pytest.raises(HqUnreachable):
        uploader.turn(probe=True)
    uploader.turn(probe=True)
    assert sent(hq) == [2]


def test_only_a_crash_over_one_record_puts_it_off(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """A short absence of HQ's would hold back whatever happened to be on its way."""
    put(outbox, 1)
    hq.failures = [HqUnreachable("busy", status=503), HqUnreachable("away")]
    for _ in range(2):
        with pytest.raises(HqUnreachable):
            uploader.turn(probe=True)
    put(outbox, 2)
    hq.failures = [HqUnreachable("crashed", status=500)]
    with pytest.raises(HqUnreachable):
        uploader.turn(probe=False)
    drain(uploader)
    assert sent(hq) == [1, 2]


def test_a_record_put_off_again_and_again_waits_longer_each_time(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, clock: FakeClock
) -> None:
    """A record HQ cannot take today would be sent every two seconds until tomorrow."""
    put(outbox, 1)
    hq.says = {record(1).id: Fate.RETRY}
    tried_at_s: list[float] = []
    for _ in range(60):
        before = len(hq.uploads)
        with suppress(HqUnreachable):  # an upload of which nothing was taken
            uploader.turn(probe=False)
        if len(hq.uploads) > before:
            tried_at_s.append(clock.monotonic())
        clock.advance(0.5)
    gaps = [after - earlier for earlier, after in pairwise(tried_at_s)]
    assert gaps == [2.0, 4.0, 8.0]


def test_a_record_spoilt_on_disk_becomes_a_dead_letter(
    outbox: Outbox, hq: FakeHq, uploader: Uploader
) -> None:
    """It can never go up; it would be read again and again, and nobody would hear of it."""
    put(outbox, 1)
    outbox.put(replace(record(2), payload=b"{"))
    put(outbox, 3)
    drain(uploader)
    assert sent(hq) == [1, 3]
    assert (outbox.pending().count, outbox.pending().dead) == (0, 1)


def test_hq_sets_the_pace_and_urgent_records_pass(
    outbox: Outbox, hq: FakeHq, uploader: Uploader, clock: FakeClock
) -> None:
    """HQ may slow a fleet down, but a redemption or a consent goes at once."""
    put(outbox, 1)
    hq.next_after_s = 60
    drain(uploader)
    put(outbox, 2)
    outbox.put(record(3, priority=Priority.URGENT))
    drain(uploader)
    assert sent(hq) == [1, 3]
    clock.advance(61)
    drain(uploader)
    assert sent(hq) == [1, 3, 2]


def test_a_full_disk_loses_nothing(tmp_path: Path, hq: FakeHq, clock: FakeClock) -> None:
    """HQ's word that cannot be written down is asked for again: HQ knows duplicates."""
    with Unwilling.open(tmp_path / "outbox.db") as outbox:
        put(outbox, 1)
        uploader = Uploader(outbox, hq, clock, SENDER, random.random)
        lane = Lane("records", uploader, clock, lambda: 0.5)
        lane.go()
        assert lane.trouble == Trouble("the disk is full")
        assert lane.due_s > clock.monotonic()
        assert outbox.pending().count == len(hq.received) == 1


@pytest.mark.parametrize(
    ("local", "error", "soon"),
    [
        (True, StoreFailed("full"), True),
        (False, StoreFailed("full"), False),
        (True, SyncError("unlike itself"), False),
    ],
)
def test_only_a_disk_that_costs_hq_nothing_is_tried_again_soon(
    clock: FakeClock, local: bool, error: SyncError | StoreFailed, soon: bool
) -> None:
    """A fleet with full disks would load HQ's directory down every five seconds."""
    lane = Lane("lane", Failing(error), clock, lambda: 0.999, local=local)
    for _ in range(8):
        lane.go()
    assert (lane.due_s - clock.monotonic() <= DISK_CAP_S) is soon


def test_hq_s_verdict_is_written_and_told(outbox: Outbox, hq: FakeHq, clock: FakeClock) -> None:
    """The member waits for it, and the row that has changed with it must come home at once."""
    told: list[int] = []
    uploader = Uploader(outbox, hq, clock, SENDER, random.random, lambda: told.append(1))
    asking = record(1, priority=Priority.NOW)
    outbox.put(asking, wish())
    put(outbox, 2)
    hq.verdicts = {asking.id: HELD}
    drain(uploader)
    claim = outbox.claim(asking.id, clock.now())
    assert claim is not None
    assert claim.verdict == HELD
    assert told == [1]
    put(outbox, 3)
    drain(uploader)
    assert told == [1]


def test_a_duplicate_brings_the_verdict_too(
    outbox: Outbox, hq: FakeHq, clock: FakeClock, uploader: Uploader
) -> None:
    """After a lost answer the member would never learn of the code."""
    asking = record(1, priority=Priority.NOW)
    outbox.put(asking, wish())
    hq.verdicts = {asking.id: HELD}
    hq.received = {asking.id: upload(1).records[0]}
    drain(uploader)
    claim = outbox.claim(asking.id, clock.now())
    assert claim is not None
    assert claim.verdict == HELD


def test_a_rejected_wish_is_dead(
    outbox: Outbox, hq: FakeHq, clock: FakeClock, uploader: Uploader
) -> None:
    """Points would stay set aside for what HQ never read, whatever came with its word."""
    asking = record(1, priority=Priority.NOW)
    outbox.put(asking, wish())
    hq.says, hq.verdicts = {asking.id: Fate.REJECTED}, {asking.id: HELD}
    drain(uploader)
    claim = outbox.claim(asking.id, clock.now())
    assert claim is not None
    assert (claim.dead, claim.verdict) == (True, None)


def test_a_word_the_disk_refused_is_written_without_asking_again(
    tmp_path: Path, hq: FakeHq, clock: FakeClock
) -> None:
    """A full disk at ten thousand kiosks must not send the same uploads to HQ for hours."""
    with Unwilling.open(tmp_path / "outbox.db") as outbox:
        asking = record(1, priority=Priority.NOW)
        outbox.put(asking, wish())
        hq.verdicts = {asking.id: HELD}
        uploader = Uploader(outbox, hq, clock, SENDER, random.random)
        lane = Lane("records", uploader, clock, lambda: 0.999, local=True)
        for _ in range(8):
            lane.go()
            assert lane.due_s - clock.monotonic() <= DISK_CAP_S
            clock.advance(5)
        outbox.willing = True
        lane.go()
        assert hq.questions == ["upload"]
        assert (outbox.pending().count, lane.trouble) == (0, None)
        claim = outbox.claim(asking.id, clock.now())
        assert claim is not None
        assert claim.verdict is not None
        assert claim.verdict.holds_for_s == 900 - 8 * 5  # counted from HQ's word


def test_the_queue_is_opened_again_after_the_disk_failed(tmp_path: Path) -> None:
    """After an error nothing may be promised on the old handle, and the kiosk must recover."""
    files = iter([Unwilling, Outbox])
    outbox = ReopeningOutbox(lambda: next(files).open(tmp_path / "outbox.db"))
    assert outbox.peek(1) == []
    with pytest.raises(StoreFailed):
        outbox.settle({}, AT)
    outbox.settle({}, AT)
    assert outbox.checkpoint()
    outbox.close()


numbers = st.sets(st.integers(1, 40), max_size=8)


@settings(max_examples=15, deadline=None)
@given(numbers, numbers, numbers, numbers, st.integers(0, 2**32))
def test_nothing_is_ever_lost(
    poison: set[int], rejected: set[int], retried: set[int], unsaid: set[int], seed: int
) -> None:
    """Whatever HQ does in whatever order, every record ends at HQ or as a dead letter."""
    chance = random.Random(seed)  # seeded: hypothesis repeats what it found
    clock, hq = FakeClock(), FakeHq()
    hq.poison = {record(number).id: chance.choice([400, 413, 422]) for number in poison}
    hq.says = {record(number).id: Fate.RETRY for number in retried}
    hq.says |= {record(number).id: Fate.REJECTED for number in rejected}
    hq.unsaid = {record(number).id for number in unsaid - rejected}
    hq.failures = [
        HqUnreachable("away", status=chance.choice([None, 500, 503]))
        for _ in range(chance.randrange(6))
    ]
    with TemporaryDirectory() as folder, Outbox.open(Path(folder) / "outbox.db") as outbox:
        put(outbox, *range(1, 41))
        lane = Lane(
            "records", Uploader(outbox, hq, clock, SENDER, chance.random), clock, chance.random
        )
        work(lane, clock, 150)
        hq.says = {id_: fate for id_, fate in hq.says.items() if fate is Fate.REJECTED}
        hq.unsaid = set()
        work(lane, clock, 150)
        assert outbox.pending().count == 0
        assert outbox.pending().dead == len(poison | rejected)
    assert set(sent(hq)) == set(range(1, 41)) - (poison | rejected)


def work(lane: Lane, clock: FakeClock, turns: int) -> None:
    """Let time pass from turn to turn."""
    for _ in range(turns):
        clock.advance(max(0.0, lane.due_s - clock.monotonic()))
        lane.go()
    clock.advance(CAP_S)


class Unwilling(Outbox):
    """A queue on a full disk: nothing can be settled until it is willing."""

    willing = False

    def settle(self, results: Mapping[UUID, Settlement], at: Instant) -> None:
        """Fail."""
        if not self.willing:
            raise StoreFailed("the disk is full")
        super().settle(results, at)


@dataclass(frozen=True)
class Failing:
    """Work that always fails in this way."""

    error: SyncError | StoreFailed

    def turn(self, probe: bool) -> float:
        """Fail."""
        raise self.error


class Counting(Outbox):
    """A queue that counts how often it was tidied up."""

    checkpoints = 0

    def checkpoint(self) -> bool:
        """As in `Outbox`."""
        self.checkpoints += 1
        return super().checkpoint()

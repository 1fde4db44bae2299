"""Anonymous answers: durable at once, and in the queue only where nobody can tell them apart."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import pytest

from kiosk.exceptions import StoreFailed
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.nameless import NamelessRecord
from kiosk.store.nameless_rows import AT_ONCE, CROWD
from kiosk.store.outbox import Outbox
from kiosk.store.sequence import STEP, SequenceMark
from kiosk.store.tinyfile import perform_on_disk
from tests.store.power import Promised, Trace, traced_disk
from tests.store.samples import ACCEPTED, AT, later, record
from tests.store.samples import nameless as answer

DISK = "nameless"
DAY_S = 24 * 60 * 60.0
UNSET = replace(AT, quality=ClockQuality.UNSET)


@pytest.fixture
def trace() -> Iterator[Trace]:
    """The deeds of a disk named DISK."""
    with traced_disk(DISK) as noted:
        yield noted


def put(outbox: Outbox, *answers: NamelessRecord) -> list[UUID]:
    """Store these; their ids."""
    for one in answers:
        outbox.put_nameless(one)
    return [one.record.id for one in answers]


def waiting(outbox: Outbox) -> list[UUID]:
    """Ids in the queue, in its order."""
    return [stored.record.id for stored in outbox.peek(1000)]


def test_an_answer_alone_rests_and_outlives_a_restart(tmp_path: Path) -> None:
    """Next to the visit of the member who gave it, it would be theirs for all to see."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        (id_,) = put(outbox, answer())
        outbox.put(record())
        assert outbox.let_go(later(60)) == 0
        assert id_ not in waiting(outbox)
        assert outbox.pending().count == 1
    with Outbox.open(tmp_path / "outbox.db") as again:
        assert again.let_go(later(60)) == 0
        assert again.let_go(later(DAY_S)) == 1
        assert id_ in waiting(again)
        assert again.pending().count == 2


def test_a_crowd_goes_the_same_day(tmp_path: Path) -> None:
    """HQ would hear of a bad morning only the next day, though nobody could be found in it."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        ids = put(outbox, *(answer() for _ in range(CROWD - 1)))
        assert outbox.let_go(AT) == 0
        ids += put(outbox, answer())
        assert outbox.let_go(AT) == CROWD
        assert set(waiting(outbox)) == set(ids)
        assert outbox.let_go(later(DAY_S)) == 0


@pytest.mark.parametrize("odd", [{"survey_id": "vote"}, {"complete": False}])
def test_only_those_that_can_be_taken_for_each_other_are_a_crowd(
    tmp_path: Path, odd: dict[str, Any]
) -> None:
    """HQ knows which survey a member was asked: one answer to it among many others is theirs."""
    different = answer(**odd)
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        ids = put(outbox, *(answer() for _ in range(CROWD - 1)), different)
        assert outbox.let_go(AT) == 0
        put(outbox, answer())
        assert outbox.let_go(AT) == CROWD
        assert ids[-1] not in waiting(outbox)


def test_their_order_tells_nothing_of_who_came_first(tmp_path: Path) -> None:
    """The third to answer would be the third in HQ's table."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        orders = set()
        for _ in range(20):
            ids = put(outbox, *(answer() for _ in range(CROWD)))
            outbox.let_go(AT)
            orders.add(tuple(ids.index(one) for one in waiting(outbox)))
            outbox.settle(dict.fromkeys(ids, ACCEPTED), AT)
        # 20 draws out of 120 orders: fewer than ten different ones come once in 10^8 runs.
        assert len(orders) >= 10


def test_the_order_is_not_that_of_the_ids_either(tmp_path: Path) -> None:
    """An id that were made with a clock in it would bring the order back."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        ids = put(outbox, *(answer() for _ in range(4 * CROWD)))
        outbox.let_go(AT)
        assert waiting(outbox) != sorted(ids)


def test_nothing_of_its_moment_reaches_the_queue(tmp_path: Path) -> None:
    """The second of the answer is the second of the member's visit."""
    at = later(4321.5)
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, answer(at))
        outbox.let_go(later(DAY_S))
        (stored,) = outbox.peek(10)
    noon = at.wall.replace(hour=12, minute=0, second=0, microsecond=0)
    assert stored.record.occurred == Instant(noon, "", 0.0, ClockQuality.ESTIMATED)
    assert answer(at).record.occurred == stored.record.occurred
    assert b'"seconds":{}' in stored.record.payload


def test_nothing_of_its_moment_reaches_the_disk(tmp_path: Path) -> None:
    """A kiosk that is stolen would tell HQ's people, or anybody, who said what."""
    path, at = tmp_path / "outbox.db", later(4321.5)
    with Outbox.open(path) as outbox:
        put(outbox, answer(at))
    told = (at.wall.isoformat()[11:19].encode(), at.boot_id.encode())
    assert not any(one in path.read_bytes() for one in told)
    with Outbox.open(path) as outbox:
        outbox.put(record(at=at))
    assert all(one in path.read_bytes() for one in told)


def test_a_day_nobody_knows_is_taken_for_the_first_that_is_known(tmp_path: Path) -> None:
    """An answer before the clock was set would go alone the moment it is, or rest for ever."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, answer(UNSET))
        assert outbox.let_go(replace(later(DAY_S), quality=ClockQuality.UNSET)) == 0
        assert outbox.let_go(later(DAY_S)) == 0
        assert outbox.let_go(later(2 * DAY_S)) == 1
        (stored,) = outbox.peek(10)
        assert stored.record.occurred.wall.date() == later(DAY_S).wall.date()


def test_a_clock_that_was_lost_lets_nobody_go_alone(tmp_path: Path) -> None:
    """After a power cut it is 1970: every other day would seem to be over."""
    lost = replace(later(-DAY_S), quality=ClockQuality.UNSET)
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, answer())
        assert outbox.let_go(lost) == 0


def test_a_crowd_goes_also_while_nobody_knows_the_day(tmp_path: Path) -> None:
    """A kiosk whose clock is never set would keep every anonymous answer to itself."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, *(answer(UNSET) for _ in range(CROWD)))
        assert outbox.let_go(UNSET) == CROWD
        assert {one.record.occurred.quality for one in outbox.peek(10)} == {ClockQuality.UNSET}


def test_a_clock_that_was_set_back_keeps_nothing_for_ever(tmp_path: Path) -> None:
    """Answers of a day that never comes again would never go."""
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, answer(later(DAY_S)))
        assert outbox.let_go(AT) == 1


def test_the_same_answer_twice_is_one(tmp_path: Path) -> None:
    """HQ would count it twice, or a conflict would stop all others."""
    one = answer()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        put(outbox, one, one)
        assert outbox.let_go(later(DAY_S)) == 1
        put(outbox, one)
        outbox.let_go(later(DAY_S))
        assert waiting(outbox) == [one.record.id]
        assert outbox.pending().count == 1


def test_many_do_not_run_out_of_numbers(tmp_path: Path) -> None:
    """Numbers above the mark could come twice after a damage, and HQ's order be lost."""
    path = tmp_path / "outbox.db"
    with Outbox.open(path) as outbox:
        for _ in range(3):
            put(outbox, *(answer() for _ in range(STEP // 2)))
            while outbox.let_go(AT):
                mark = SequenceMark(path.with_suffix(".seq"), perform_on_disk).value
                assert mark is not None
                assert outbox.peek(10_000)[-1].seq < mark
        assert len(outbox.peek(10_000)) >= 3 * (STEP // 2) - 2 * CROWD
        assert AT_ONCE < STEP // 2


def test_a_refusal_leaves_them_resting(tmp_path: Path, trace: Trace) -> None:
    """Half of a crowd in the queue, the other half gone."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        put(outbox, *(answer() for _ in range(CROWD)))
        trace.fault_on_write = apsw.FullError("full")
        with pytest.raises(StoreFailed):
            outbox.let_go(AT)
        with pytest.raises(StoreFailed):
            outbox.put_nameless(answer())
        trace.fault_on_write = None
        assert waiting(outbox) == []
        assert outbox.let_go(AT) == CROWD


def test_one_flush_an_answer(tmp_path: Path, trace: Trace) -> None:
    """A second flush would double what an answer costs; none would lose it; and a crowd is one."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        put(outbox, answer())
        before = _flushes(trace)
        put(outbox, *(answer() for _ in range(10)))
        assert _flushes(trace) - before == 10
        outbox.let_go(AT)
        assert _flushes(trace) - before == 11


def test_looking_while_nothing_is_due_writes_nothing(tmp_path: Path, trace: Trace) -> None:
    """A kiosk that stands idle would wear out its card, four times an hour."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        put(outbox, answer())
        before = len(trace.deeds)
        outbox.let_go(AT)
        assert trace.deeds[before:] == []


# -- the power fails -----------------------------------------------------------------------


def _flushes(trace: Trace) -> int:
    return sum(type(deed).__name__ == "Flushed" for deed in trace.deeds)


def _a_day(folder: Path, trace: Trace) -> None:
    """Forty answers among records; crowds go into the queue and up to HQ on the way."""
    with Outbox.open(folder / "outbox.db", vfs=DISK, log_limit_bytes=60_000) as outbox:
        for number in range(40):
            outbox.put(record())
            (id_,) = put(outbox, answer())
            trace.deeds.append(Promised(str(id_)))
            if number % 3 == 2:
                outbox.let_go(AT)
            if number % 10 == 9:
                outbox.checkpoint()


def _lost(tmp_path: Path, trace: Trace, cuts: int) -> list[str]:
    """Answers that were promised and are not there exactly once, over many random cuts."""
    chance = random.Random(20261122)
    broken: list[str] = []
    for number in range(cuts):
        at = chance.randrange(20, len(trace.deeds) + 1)
        promised, _ = trace.promised(at)
        folder = tmp_path / f"cut-{number}"
        folder.mkdir()
        for name, content in trace.left_after(at, chance).items():
            (folder / name).write_bytes(content)
        with Outbox.open(folder / "outbox.db") as outbox, suppress(StoreFailed):
            while outbox.let_go(later(DAY_S)):
                pass
            there = [str(id_) for id_ in waiting(outbox)]
            once = all(there.count(one) == 1 for one in promised)
            if outbox.set_aside or not once or outbox.pending().count != len(there):
                broken.append(f"cut {number} after deed {at}")
    return broken


def test_no_answer_is_lost_or_doubled_by_a_power_cut(tmp_path: Path, trace: Trace) -> None:
    """What somebody dared to say only without a name would be gone, or count twice."""
    _a_day(tmp_path / "day", trace)
    assert _lost(tmp_path, trace, cuts=60) == []


def test_a_lying_disk_loses_answers_and_is_found_out(tmp_path: Path, trace: Trace) -> None:
    """If this found nothing, the test above could not fail either."""
    _a_day(tmp_path / "day", trace)
    trace.lies = True
    assert _lost(tmp_path, trace, cuts=10)

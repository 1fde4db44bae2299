"""The rules of a reader's life, on a reader in memory and a clock the test moves."""

import logging
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drivers.port import (
    CardInserted,
    CardRemoved,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
    ReaderState,
    ReadFailed,
)
from kiosk.drivers.supervisor import Supervisor
from kiosk.exceptions import ReaderError
from tests.drivers.fake_pcd import ANNA, BOB, Action, FakePcd, Scene, at_once, kinds, looks


def lost(events: list[ReaderEvent]) -> list[ReaderLost]:
    """The losses alone."""
    return [event for event in events if isinstance(event, ReaderLost)]


def test_unplugged_with_a_card_removes_it_before_the_loss() -> None:
    """A session would stay open for a card that nobody can see any more."""
    scene = Scene()
    events = scene.play(scene.lay(ANNA), scene.unplug)
    assert kinds(events) == ["CardInserted", "CardRemoved", "ReaderLost"]
    assert events[-1].at_s == events[-2].at_s


def test_two_failed_commands_are_no_loss_three_are() -> None:
    """One late ACK costs two commands; the third failure means a deaf reader."""
    scene = Scene()
    assert kinds(scene.play(scene.deafen(), None, scene.deafen(False), *looks(5))) == []
    scene = Scene()
    assert kinds(scene.play(scene.deafen(), *looks(2))) == ["ReaderLost"]


def test_failures_must_be_in_a_row() -> None:
    """A noisy but working reader would be closed and opened all day."""
    scene = Scene()
    hiccup = [scene.deafen(), None, scene.deafen(False), None]
    assert kinds(scene.play(*hiccup * 4)) == []


def test_failed_looks_are_no_misses() -> None:
    """A hiccup of the line would end a member's session although the card lies there."""
    scene = Scene()
    script = [scene.lay(ANNA), scene.clear, None, scene.deafen(), None]
    events = scene.play(*script, at_once(scene.deafen(False), scene.lay(ANNA)), *looks(3))
    assert kinds(events) == ["CardInserted"]


def test_pauses_double_up_to_the_longest() -> None:
    """A reader that is gone for good would be opened four times a second for ever."""
    assert pauses(0.5)[:7] == pytest.approx([0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0])


@pytest.mark.parametrize(("chance", "factor"), [(0.0, 0.8), (1.0, 1.2)])
def test_pauses_vary_by_a_fifth(chance: float, factor: float) -> None:
    """Without jitter a fleet that lost power together would hammer together."""
    assert pauses(chance)[:2] == pytest.approx([0.25 * factor, 0.5 * factor])


def test_a_good_look_ends_the_long_pauses() -> None:
    """A reader that was away for a night would be tried every 5 s after the next loose contact."""
    scene = Scene()
    scene.pcd.deaf = True
    scene.play(*looks(60), scene.deafen(False), *looks(30), scene.deafen(), *looks(3))
    later = next(event for event in lost(scene.events) if "in a row" in event.reason)
    assert later.next_try_s == pytest.approx(0.25)


def pauses(chance: float) -> list[float]:
    """Seconds between the attempts to open a reader that stays deaf."""
    scene = Scene(chance)
    scene.pcd.deaf = True
    scene.play(*looks(120))
    return [after - before for before, after in pairwise(scene.openings_s)]


def test_a_reader_plugged_in_anew_is_opened_at_once() -> None:
    """After a long absence a technician would wait up to six seconds at the kiosk."""
    scene = Scene()
    scene.unplug()
    scene.play(*looks(100), scene.replug, None)
    replugged_s = scene.now_s - scene.waits_s[-1]
    connected = scene.events[-1]
    assert isinstance(connected, ReaderConnected)
    assert connected.at_s <= replugged_s + 0.3


def test_a_loss_is_told_once_and_again_for_another_reason() -> None:
    """The technician's screen would flood, or keep showing a reason that no longer holds."""
    scene = Scene()
    scene.unplug()
    scene.play(*looks(20), scene.deafen(), scene.replug, *looks(20))
    assert [event.reason for event in lost(scene.events)] == [
        "there is no device",
        "nobody answers",
    ]


def stumbles() -> None:
    """What a driver's own fault looks like from outside."""
    raise ZeroDivisionError("boom")


def test_a_fault_of_the_driver_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """A driver that stumbles all night would fill the log with one traceback."""
    scene = Scene()
    scene.pcd.when_opened = stumbles
    with caplog.at_level(logging.INFO):
        events = scene.play(*looks(200))
    assert len(lost(events)) == 1
    assert len(caplog.records) == 1


def test_no_log_line_names_a_card(caplog: pytest.LogCaptureFixture) -> None:
    """A card's number in a log is a privacy breach."""
    scene = Scene()
    with caplog.at_level(logging.DEBUG):
        scene.play(scene.lay(ANNA), None, scene.deafen(), *looks(9), scene.deafen(False), None)
    assert ANNA.hex() not in caplog.text.lower()
    assert str(ANNA) not in caplog.text


def test_state_is_true_when_an_event_arrives() -> None:
    """The screen asks for the state while it handles the event."""
    scene = Scene()
    scene.play(scene.unplug, *looks(2), scene.replug, *looks(3))
    assert scene.states == [
        ReaderState.READY,
        ReaderState.LOST,
        ReaderState.LOST,
        ReaderState.READY,
    ]
    assert scene.supervisor.state is ReaderState.CLOSED
    assert not scene.pcd.opened


def test_a_fault_in_the_driver_is_a_loss_and_not_a_dead_thread(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An unforeseen error would leave a reader that looks ready and reads nothing."""
    scene = Scene()
    script = [lambda: setattr(scene.pcd, "broken", ZeroDivisionError("boom"))]
    events = scene.play(*script, lambda: setattr(scene.pcd, "broken", None), *looks(3))
    assert kinds(events) == ["ReaderLost", "ReaderConnected"]
    assert "ZeroDivisionError" in lost(events)[0].reason
    assert "fault in the driver" in caplog.text


def test_looks_keep_their_beat_when_a_look_takes_time() -> None:
    """The time of a look would add to the pause and slow every detection down."""
    scene = Scene()

    class Slow(FakePcd):
        def sense(self) -> None:
            scene.now_s += 0.02

    scene.run(Slow(), *looks(3))
    assert scene.waits_s == pytest.approx([0.03] * 4)


ACTIONS = st.sampled_from(
    ["lay anna", "lay bob", "lay phone", "clear", "unplug", "replug", "deaf", "hears", "", "", ""]
)


def _action(scene: Scene, name: str) -> Action | None:
    return {
        "lay anna": scene.lay(ANNA),
        "lay bob": scene.lay(BOB),
        "lay phone": scene.lay(bytes.fromhex("08010203")),
        "clear": scene.clear,
        "unplug": scene.unplug,
        "replug": scene.replug,
        "deaf": scene.deafen(),
        "hears": scene.deafen(False),
    }.get(name)


@given(st.lists(ACTIONS, max_size=80))
def test_whatever_happens_events_make_sense(names: list[str]) -> None:
    """A removal of an absent card, or a card on a lost reader, would break the session."""
    scene = Scene()
    scene.play(*(_action(scene, name) for name in names))
    here: bytes | None = None
    ready = False
    for event in scene.events:
        match event:
            case ReaderConnected():
                assert not ready
                ready = True
            case CardInserted(uid=uid):
                assert ready
                assert here is None
                here = uid
            case CardRemoved(uid=uid):
                assert here == uid
                here = None
            case ReaderLost():
                assert here is None
                ready = False
            case ReadFailed():
                assert ready


def test_the_thread_starts_and_stops() -> None:
    """A kiosk that cannot stop its reader is killed by the watchdog and leaves the chip awake."""
    pcd = FakePcd()
    connected = threading.Event()
    supervisor = Supervisor("door", pcd)
    supervisor.start(lambda event: connected.set())
    assert connected.wait(2)
    supervisor.stop()
    assert supervisor.state is ReaderState.CLOSED
    assert not pcd.opened


def test_starting_twice_is_refused() -> None:
    """Two threads on one chip garble each other's commands."""
    supervisor = Supervisor("door", FakePcd())
    supervisor.start(lambda event: None)
    with pytest.raises(ReaderError, match="started before"):
        supervisor.start(lambda event: None)
    supervisor.stop()


def test_a_thread_that_will_not_die_is_reported() -> None:
    """The owner would close up and believe the device is free."""
    release, inside = threading.Event(), threading.Event()

    class Stuck(FakePcd):
        def sense(self) -> None:
            inside.set()
            release.wait(5)

    supervisor = Supervisor("door", Stuck())
    supervisor.start(lambda event: None)
    assert inside.wait(2)
    with pytest.raises(ReaderError, match="does not stop"):
        supervisor.stop(timeout_s=0.01)
    release.set()
    supervisor.stop()

"""nfcpy's nine known defects, each held off on the virtual chip, and what else the wire can do."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.drivers import open_reader
from kiosk.drivers.nfc import NfcPcd
from kiosk.drivers.port import (
    CardInserted,
    CardReader,
    CardRemoved,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
    ReadFailed,
)
from kiosk.drivers.supervisor import Pace
from kiosk.exceptions import ReaderError, ReaderGone
from sim.pn532 import BankCard, Fault, Ntag215, Phone, VirtualReader

ANNA = Ntag215(bytes.fromhex("04a1b2c3d4e580"))


class Watched:
    """A running reader and what it said."""

    def __init__(self, reader: CardReader) -> None:
        self.reader = reader
        self.events: list[ReaderEvent] = []
        self._changed = threading.Condition()

    def emit(self, event: ReaderEvent) -> None:
        """Keep the event."""
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def until(self, enough: Callable[[list[ReaderEvent]], bool], timeout_s: float = 3.0) -> None:
        """Wait for events that are enough."""
        with self._changed:
            assert self._changed.wait_for(lambda: enough(self.events), timeout_s), self.events

    def until_last(self, kind: type[ReaderEvent], timeout_s: float = 3.0) -> ReaderEvent:
        """Wait until the latest event is of this kind."""
        self.until(lambda events: bool(events) and isinstance(events[-1], kind), timeout_s)
        return self.events[-1]

    def count(self, kind: type[ReaderEvent]) -> int:
        """How many events of this kind there were."""
        return sum(isinstance(event, kind) for event in self.events)


@pytest.fixture
def door(chip: VirtualReader) -> Iterator[Watched]:
    """The kiosk's reader on it, connected."""
    with running(chip) as watched:
        watched.until_last(ReaderConnected)
        yield watched


@contextlib.contextmanager
def running(chip: VirtualReader, pace: Pace | None = None) -> Iterator[Watched]:
    """The kiosk's reader on the virtual one, stopped at the end."""
    watched = Watched(open_reader("door", "nfc", str(chip.path), pace))
    watched.reader.start(watched.emit)
    try:
        yield watched
    finally:
        watched.reader.stop()


def descriptors() -> int:
    """How many file descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counting needs no paths


def test_defect_1_200_unplugs_leak_no_descriptor(chip: VirtualReader) -> None:
    """Defect 1: nfcpy keeps the dead port's descriptor, and the next ttyUSB gets another name."""
    quick = Pace(look_s=0.002, first_pause_s=0.002, longest_pause_s=0.002)
    counts = []
    with running(chip, quick) as door:
        for _ in range(200):
            door.until_last(ReaderConnected)
            counts.append(descriptors())
            chip.unplug()
            door.until_last(ReaderLost)
            chip.replug()
        door.until_last(ReaderConnected)
        assert descriptors() == min(counts)


def test_defect_1_a_dead_port_is_closed_at_once(chip: VirtualReader) -> None:
    """Defect 1: left to the garbage collector, the descriptor outlives the replug."""
    pcd = NfcPcd(str(chip.path))
    pcd.open()
    transport = pcd._transport
    chip.unplug()
    pcd.close()
    assert transport.tty is None


def test_defect_1_the_same_object_opens_again_after_an_unplug(
    chip: VirtualReader, door: Watched
) -> None:
    """Defect 1: after an unplug nfcpy raises at every later open, so the kiosk stays blind."""
    chip.lay(ANNA)
    door.until_last(CardInserted)
    chip.unplug()
    door.until_last(ReaderLost)
    replugged_s = time.monotonic()
    chip.replug()
    door.until_last(CardInserted)
    connected = next(e for e in reversed(door.events) if isinstance(e, ReaderConnected))
    assert connected.at_s - replugged_s < 1.0


def test_defect_2_termios_error_becomes_ours(chip: VirtualReader) -> None:
    """Defect 2: termios.error is no OSError, so that it would end the thread."""
    pcd = NfcPcd(str(chip.path))
    pcd.open()
    chip.unplug()
    for _ in range(3):
        with pytest.raises(ReaderGone, match="port is gone"):
            pcd.sense()
    pcd.close()


def test_defect_2_a_port_that_dies_during_a_command_is_gone(chip: VirtualReader) -> None:
    """Defect 2: nfcpy turns this into the same error as a late ACK; waiting for three is slow."""
    pcd = NfcPcd(str(chip.path))
    pcd.open()
    chip.fault(Fault.DEAF)
    pull = threading.Timer(0.03, chip.unplug)
    pull.start()
    with pytest.raises(ReaderGone):
        pcd.sense()
    pull.join()
    pcd.close()


def test_defect_3_a_card_on_an_unplugged_reader_is_removed_first(
    chip: VirtualReader, door: Watched
) -> None:
    """Defect 3: nfcpy's connect loses the removal, so that a member's page stays open."""
    chip.lay(ANNA)
    door.until_last(CardInserted)
    unplugged_s = time.monotonic()
    chip.unplug()
    door.until(lambda events: any(isinstance(event, ReaderLost) for event in events))
    names = [type(event).__name__ for event in door.events]
    assert names[:4] == ["ReaderConnected", "CardInserted", "CardRemoved", "ReaderLost"]
    assert door.events[3].at_s - unplugged_s < 0.3  # three tries would take 0.45 s


def test_defect_4_a_frame_cut_short_is_a_failed_command(chip: VirtualReader) -> None:
    """Defect 4: nfcpy indexes into a short frame; IndexError would end the thread."""
    pcd = NfcPcd(str(chip.path))
    pcd.open()
    for _ in range(6):
        chip.fault(Fault.TRUNCATE, times=1)
        with pytest.raises(ReaderError) as failure:
            pcd.sense()
        assert not isinstance(failure.value, ReaderGone)
        with contextlib.suppress(ReaderError):
            pcd.sense()
    assert pcd.sense() is None
    pcd.close()


def test_defect_5_a_late_ack_is_no_loss(chip: VirtualReader, door: Watched) -> None:
    """Defect 5: one late ACK makes two commands fail; it must not blank the reader."""
    chip.lay(ANNA)
    door.until_last(CardInserted)
    chip.fault(Fault.LATE_ACK, times=1)
    chip_is_back = time.monotonic() + 0.6
    while time.monotonic() < chip_is_back:
        assert door.count(ReaderLost) == 0
        assert door.count(CardRemoved) == 0
        threading.Event().wait(0.02)
    chip.take(ANNA)
    door.until_last(CardRemoved)


def test_defect_6_stopping_takes_no_second(chip: VirtualReader) -> None:
    """Defect 6: nfcpy's connect ends after 0.9 to 1.9 s; a stop must fit a service's patience."""
    with running(chip) as door:
        door.until_last(ReaderConnected)
        begun_s = time.monotonic()
        door.reader.stop()
        assert time.monotonic() - begun_s < 0.6


def test_defect_7_removal_is_told_soon(chip: VirtualReader, door: Watched) -> None:
    """Defect 7: nfcpy's own check takes 300 ms a time, in which the next person looks on."""
    chip.lay(ANNA)
    door.until_last(CardInserted)
    taken_s = time.monotonic()
    chip.take(ANNA)
    assert door.until_last(CardRemoved).at_s - taken_s < 0.5  # usually 0.15


@pytest.mark.parametrize("card", [Phone(seed=1), BankCard(bytes.fromhex("5a1c93e7"))])
def test_defect_8_a_phone_is_powered_once(
    chip: VirtualReader, door: Watched, card: Phone | BankCard
) -> None:
    """Defect 8: power-cycled, a phone draws a new UID each look: twenty visitors a second."""
    chip.lay(card)
    arrival = door.until_last(CardInserted)
    assert isinstance(arrival, CardInserted)
    uid_kept = card.uid
    assert arrival.uid == uid_kept
    threading.Event().wait(0.3)
    assert card.uid == uid_kept
    chip.take(card)
    removal = door.until_last(CardRemoved)
    assert isinstance(removal, CardRemoved)
    assert removal.uid == arrival.uid
    assert door.count(CardInserted) == 1


def test_a_card_after_a_phone_is_read(chip: VirtualReader, door: Watched) -> None:
    """A member who first taps the phone and then the card would wait for ever."""
    phone = Phone(seed=2)
    chip.lay(phone)
    door.until_last(CardInserted)
    chip.take(phone)
    chip.lay(ANNA)
    door.until(lambda events: door.count(CardInserted) == 2)
    arrival = door.events[-1]
    assert isinstance(arrival, CardInserted)
    assert arrival.uid == ANNA.uid


def test_a_deaf_reader_is_found_out(chip: VirtualReader, door: Watched) -> None:
    """A reader whose wire is cut would look like one that nobody uses."""
    deafened_s = time.monotonic()
    chip.fault(Fault.DEAF)
    assert door.until_last(ReaderLost).at_s - deafened_s < 1.5
    chip.fault(Fault.DEAF, on=False)
    door.until_last(ReaderConnected)


def test_a_chip_left_at_high_speed_is_called_back(chip: VirtualReader) -> None:
    """A killed process leaves the chip at 921600 bit/s, deaf to every later start of the kiosk."""
    killed = NfcPcd(str(chip.path))
    killed.open()
    transport, lock = killed._transport, killed._lock
    assert lock is not None
    transport.tty.close()  # what the kernel does for a killed process: no word to the chip
    os.close(lock)
    fresh = NfcPcd(str(chip.path))
    assert "PN532" in fresh.open()
    fresh.close()


def test_a_noisy_line_never_kills_the_worker(chip: VirtualReader) -> None:
    """After a storm on the wire the reader must read cards as before."""
    quick = Pace(first_pause_s=0.01, longest_pause_s=0.02, look_s=0.005)
    with running(chip, quick) as door:
        door.until_last(ReaderConnected)
        chip.lay(ANNA)
        for fault in (Fault.GARBLE, Fault.TRUNCATE, Fault.LATE_ACK):
            chip.fault(fault)
            threading.Event().wait(0.4)
            chip.fault(fault, on=False)
        door.until_last(CardInserted, 5.0)
        uids = {event.uid for event in door.events if isinstance(event, CardInserted)}
        assert uids == {ANNA.uid}
        assert door.count(ReadFailed) == 0

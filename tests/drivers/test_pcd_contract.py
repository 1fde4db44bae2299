"""The contract of a Pcd, kept by the fake in memory and by nfcpy on the virtual chip alike."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.drivers.nfc import NfcPcd
from kiosk.drivers.pcd import Pcd, Sighting
from kiosk.drivers.port import Technology
from kiosk.exceptions import CollisionError, ReaderError, ReaderGone
from sim.pn532 import Card, Fault, Ntag215, VirtualReader
from tests.drivers.fake_pcd import ANNA, BOB, FakePcd, sighting


class Bench(Protocol):
    """A device under test, and the hands that lay cards and pull plugs."""

    pcd: Pcd

    def lay(self, uid: bytes) -> None:
        """Lay an NTAG."""

    def take(self, uid: bytes) -> None:
        """Take it away."""

    def plug(self, plugged: bool) -> None:
        """Pull the plug or put it back."""

    def deafen(self, deaf: bool) -> None:
        """Make the chip deaf or hear again."""


class FakeBench:
    """The fake in memory."""

    def __init__(self) -> None:
        self.fake = FakePcd()
        self.pcd: Pcd = self.fake

    def lay(self, uid: bytes) -> None:
        """Lay an NTAG."""
        self.fake.cards.append(sighting(uid))

    def take(self, uid: bytes) -> None:
        """Take it away."""
        self.fake.cards.remove(sighting(uid))

    def plug(self, plugged: bool) -> None:
        """Pull the plug or put it back."""
        self.fake.plugged = plugged
        self.fake.opened = self.fake.opened and plugged

    def deafen(self, deaf: bool) -> None:
        """Make it deaf or hear again."""
        self.fake.deaf = deaf


class ChipBench:
    """nfcpy on the virtual chip."""

    def __init__(self, reader: VirtualReader) -> None:
        self._reader = reader
        self._cards: dict[bytes, Card] = {}
        self.pcd: Pcd = NfcPcd(str(reader.path))

    def lay(self, uid: bytes) -> None:
        """Lay an NTAG215."""
        self._reader.lay(self._cards.setdefault(uid, Ntag215(uid)))

    def take(self, uid: bytes) -> None:
        """Take it away."""
        self._reader.take(self._cards[uid])

    def plug(self, plugged: bool) -> None:
        """Pull the plug or put it back."""
        if plugged:
            self._reader.replug()
        else:
            self._reader.unplug()

    def deafen(self, deaf: bool) -> None:
        """Make the chip deaf or hear again."""
        self._reader.fault(Fault.DEAF, deaf)


@pytest.fixture(params=["fake", "chip"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """Each test runs on both."""
    if request.param == "fake":
        yield FakeBench()
        return
    with VirtualReader(tmp_path / "reader") as reader:
        chip = ChipBench(reader)
        yield chip
        chip.pcd.close()


def test_open_says_what_the_device_is(bench: Bench) -> None:
    """The technician's screen would have nothing to show."""
    assert bench.pcd.open()


def test_an_empty_field_is_none(bench: Bench) -> None:
    """An idle reader would report cards that are not there."""
    bench.pcd.open()
    assert [bench.pcd.sense() for _ in range(25)] == [None] * 25


def test_a_card_is_seen_in_every_look(bench: Bench) -> None:
    """A card that shows only every other time would flicker on the screen."""
    bench.pcd.open()
    bench.lay(ANNA)
    expected = Sighting(ANNA, Technology.NFC_A, b"\x44\x00", 0)
    assert [bench.pcd.sense() for _ in range(4)] == [expected] * 4
    bench.take(ANNA)
    assert bench.pcd.sense() is None


def test_two_cards_collide_until_one_is_gone(bench: Bench) -> None:
    """One of two cards would be read by chance, perhaps the other person's."""
    bench.pcd.open()
    bench.lay(ANNA)
    bench.lay(BOB)
    for _ in range(3):
        with pytest.raises(CollisionError):
            bench.pcd.sense()
    bench.take(ANNA)
    seen = bench.pcd.sense()
    assert seen is not None
    assert seen.uid == BOB


def test_an_absent_device_is_gone(bench: Bench) -> None:
    """The supervisor knows no other failure of opening."""
    bench.plug(False)
    with pytest.raises(ReaderGone):
        bench.pcd.open()


def test_a_deaf_device_does_not_open(bench: Bench) -> None:
    """A reader without power would look ready."""
    bench.deafen(True)
    with pytest.raises(ReaderGone):
        bench.pcd.open()
    bench.deafen(False)
    assert bench.pcd.open()


def test_unplugged_in_use_is_gone_at_once_and_opens_again(bench: Bench) -> None:
    """A dead port must not cost three tries, nor keep its descriptor and spoil the reopening."""
    bench.pcd.open()
    bench.lay(ANNA)
    bench.pcd.sense()
    bench.plug(False)
    with pytest.raises(ReaderGone):
        bench.pcd.sense()
    bench.pcd.close()
    bench.plug(True)
    bench.pcd.open()
    assert bench.pcd.sense() is not None


def test_deaf_in_use_is_a_failed_command(bench: Bench) -> None:
    """An open but deaf reader would look like an empty field for ever."""
    bench.pcd.open()
    bench.deafen(True)
    with pytest.raises(ReaderError) as failure:
        bench.pcd.sense()
    assert not isinstance(failure.value, ReaderGone)


def test_close_may_come_at_any_time(bench: Bench) -> None:
    """The supervisor closes in every state, and an error there would kill its thread."""
    bench.pcd.close()
    bench.pcd.open()
    bench.plug(False)
    bench.pcd.close()
    bench.pcd.close()

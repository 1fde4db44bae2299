"""Unmodified nfcpy on the virtual reader: opens it, reads and writes tags, survives faults."""

import contextlib
import os
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ndef
import nfc
import pytest
import serial
from nfc.clf import RemoteTarget, pn532, transport

from sim.pn532 import HOST_BAUD, BankCard, Card, Fault, Ntag213, Ntag215, Phone, VirtualReader
from sim.pn532.frames import ACK, FROM_HOST, NAK, SYNTAX_ERROR, information

UID = bytes.fromhex("04a1b2c3d4e580")
SUN_LINK = "https://card.example/t?e=94EED9EE&c=65337086"


def message(link: str) -> bytes:
    """An NDEF message with one link."""
    return b"".join(ndef.message_encoder([ndef.UriRecord(link)]))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[VirtualReader]:
    """A virtual reader without time on the wire."""
    with VirtualReader(tmp_path / "reader") as virtual:
        yield virtual


@contextlib.contextmanager
def opened(reader: VirtualReader) -> Iterator[Any]:
    """The frontend of nfcpy on the reader's path."""
    clf = nfc.ContactlessFrontend()
    clf.device = pn532.init(transport.TTY(str(reader.path)))
    clf.device._path = str(reader.path)
    try:
        yield clf
    finally:
        clf.close()


def tag_on(clf: Any) -> Any:
    """The tag that nfcpy finds in the field."""
    return nfc.tag.activate(clf, clf.sense(RemoteTarget("106A")))


def test_nfcpy_opens_at_high_speed_and_closes(reader: VirtualReader) -> None:
    """The chip must change its speed with the host, at opening and at closing."""
    for _ in range(3):
        with opened(reader) as clf:
            assert clf.device.chipset_name == "PN532v1.6"
            assert clf.device.chipset.transport.baudrate == 921600


@pytest.mark.parametrize(("kind", "product"), [(Ntag213, "NXP NTAG213"), (Ntag215, "NXP NTAG215")])
def test_nfcpy_recognises_reads_and_writes_tags(
    reader: VirtualReader, kind: Callable[[bytes, bytes], Card], product: str
) -> None:
    """The driver's later use of NDEF rests on tags that behave as real ones do."""
    reader.lay(kind(UID, message(SUN_LINK)))
    with opened(reader) as clf:
        tag = tag_on(clf)
        assert tag.product == product
        assert tag.identifier == UID
        assert [record.iri for record in tag.ndef.records] == [SUN_LINK]
        tag.ndef.records = [ndef.TextRecord("会员")]
    with opened(reader) as clf:
        assert [record.text for record in tag_on(clf).ndef.records] == ["会员"]


def test_a_long_message_and_the_signature(reader: VirtualReader) -> None:
    """Messages over 254 bytes take three bytes of length; the signature is read as stored."""
    signature = bytes(range(32))
    reader.lay(Ntag215(UID, message("https://card.example/" + "x" * 400), signature))
    with opened(reader) as clf:
        tag = tag_on(clf)
        assert len(tag.ndef.records[0].iri) == 421
        assert tag.signature == signature


def test_defect_9_only_iri_keeps_the_query_of_a_link(reader: VirtualReader) -> None:
    """Defect 9: `.uri` percent-encodes `=` and `&`, so that a SUN message read by it is wrong."""
    reader.lay(Ntag215(UID, message(SUN_LINK)))
    with opened(reader) as clf:
        record = tag_on(clf).ndef.records[0]
        assert record.iri == SUN_LINK
        assert record.uri != SUN_LINK


@pytest.mark.parametrize("junk", [b"\xff" * 40, b"\xd1\x01\xffU", b"\x00", bytes(60)])
def test_malformed_ndef_leaves_the_card_readable(reader: VirtualReader, junk: bytes) -> None:
    """A card with nonsense on it is still a card with a UID."""
    reader.lay(Ntag215(UID, junk))
    with opened(reader) as clf:
        tag = tag_on(clf)
        assert tag.identifier == UID
        assert tag.ndef is not None


def test_phones_and_bank_cards_are_type_4(reader: VirtualReader) -> None:
    """They must be told from membership cards by what nfcpy sees."""
    for card in (Phone(seed=1), BankCard(bytes.fromhex("5a1c93e7"))):
        reader.lay(card)
        with opened(reader) as clf:
            tag = tag_on(clf)
            assert tag.type == "Type4Tag"
            assert tag.ndef is None
            assert tag.is_present
            reader.take(card)
            assert not tag.is_present


def test_a_card_away_takes_the_chips_own_time(reader: VirtualReader) -> None:
    """Without the chip's RF time-out, measured removal times would be better than real ones."""
    card = Ntag215(UID)
    reader.lay(card)
    with opened(reader) as clf:
        clf.sense(RemoteTarget("106A"))
        reader.take(card)
        begun_s = time.monotonic()
        with pytest.raises(nfc.clf.TimeoutError):
            clf.exchange(b"\x30\x00", 0.02)
        assert 0.025 < time.monotonic() - begun_s < 0.2


def test_unplugged_the_path_is_gone_and_replugged_it_is_back(reader: VirtualReader) -> None:
    """An unplug that leaves the path would hide how drivers lose and find a device."""
    descriptor = os.open(reader.path, os.O_RDWR | os.O_NOCTTY)
    reader.unplug()
    assert not reader.plugged
    assert not reader.path.is_symlink()
    with pytest.raises(termios.error):
        termios.tcgetattr(descriptor)
    os.close(descriptor)
    reader.replug()
    with opened(reader) as clf:
        assert clf.sense(RemoteTarget("106A")) is None


def test_cards_stay_while_the_plug_is_pulled(reader: VirtualReader) -> None:
    """Pulling a cable does not lift a card."""
    reader.lay(Ntag215(UID))
    reader.unplug()
    reader.replug()
    with opened(reader) as clf:
        assert clf.sense(RemoteTarget("106A")).sdd_res == UID


def test_starting_and_stopping_leak_nothing(tmp_path: Path) -> None:
    """A day of tests would run out of descriptors or threads."""
    reader = VirtualReader(tmp_path / "reader")
    before = len(os.listdir("/proc/self/fd")), threading.active_count()  # noqa: PTH208 - a count
    for _ in range(20):
        reader.start()
        reader.stop()
    after = len(os.listdir("/proc/self/fd")), threading.active_count()  # noqa: PTH208 - a count
    assert after == before


def talk(port: serial.Serial, frame: bytes, size: int) -> bytes:
    """Send a frame and read an ACK and so many bytes."""
    port.write(frame)
    assert port.read(6) == ACK
    return port.read(size)


@pytest.fixture
def port(reader: VirtualReader) -> Iterator[serial.Serial]:
    """The reader's line without nfcpy."""
    with serial.Serial(str(reader.path), 115200, timeout=1.0) as serial_port:
        yield serial_port


def test_an_unknown_command_is_a_syntax_error(port: serial.Serial) -> None:
    """Hosts rely on the error frame to learn what a chip can do."""
    for data in (b"\x99", b"\x4a", b"\x32\x01", b"\x06\x63", b"\x08\x63\x02", b"\x10\x44"):
        assert talk(port, information(FROM_HOST, data), 8) == SYNTAX_ERROR


def test_broken_frames_and_signals_get_no_answer(port: serial.Serial) -> None:
    """A chip that answers what it did not understand confuses every host."""
    port.timeout = 0.05
    port.write(b"\x00\x00\xff\x02\xfe\xd4\x02\x2b\x00" + NAK + ACK)
    assert port.read(1) == b""


def test_a_new_command_breaks_off_a_waiting_one(port: serial.Serial) -> None:
    """With endless retries, as after power-up, the chip looks for a card until told otherwise."""
    port.write(information(FROM_HOST, b"\x4a\x01\x00"))
    assert port.read(6) == ACK
    version = talk(port, information(FROM_HOST, b"\x02"), 13)
    assert version[6:11].hex() == "0332010607"


def test_an_endless_look_ends_with_a_card(reader: VirtualReader, port: serial.Serial) -> None:
    """Hosts that wait inside the command would never see a card."""
    port.write(information(FROM_HOST, b"\x12\x00"))
    port.read(15)
    port.write(information(FROM_HOST, b"\x4a\x01\x00"))
    assert port.read(6) == ACK
    reader.lay(Ntag215(UID))
    answer = port.read(22)
    assert UID in answer


def test_the_wrong_speed_is_noise(reader: VirtualReader) -> None:
    """A chip that hears any speed would hide the kiosk that cannot find it after a crash."""
    with serial.Serial(str(reader.path), 9600, timeout=0.05) as slow:
        slow.write(information(FROM_HOST, b"\x02"))
        assert slow.read(1) == b""


def test_a_sleeping_chip_needs_a_preamble(port: serial.Serial) -> None:
    """The first bytes wake the chip and are lost, which is why hosts send a long preamble."""
    assert talk(port, information(FROM_HOST, b"\x16\x20"), 10)
    port.timeout = 0.05
    port.write(information(FROM_HOST, b"\x02"))
    assert port.read(1) == b""
    port.timeout = 1.0
    assert talk(port, bytes(10) + information(FROM_HOST, b"\x02"), 13)


@pytest.mark.parametrize("baud", [115200, HOST_BAUD])
def test_bytes_take_their_time_when_asked(tmp_path: Path, baud: int) -> None:
    """Latencies measured without the wire's time would promise what no kiosk can keep."""
    with (
        VirtualReader(tmp_path / "slow", baud) as reader,
        serial.Serial(str(reader.path), 115200, timeout=1.0) as port,
    ):
        frame = information(FROM_HOST, b"\x00\x00" + bytes(200))
        begun_s = time.monotonic()
        talk(port, frame, len(frame))
        wire_s = (2 * len(frame) + len(ACK)) * 10 / 115200
        assert wire_s <= time.monotonic() - begun_s < wire_s + 0.1


def test_faults_end_by_themselves_after_their_times(reader: VirtualReader) -> None:
    """A fault meant for one command would spoil the rest of a test."""
    with serial.Serial(str(reader.path), 115200, timeout=0.05) as port:
        reader.fault(Fault.DEAF, times=2)
        for _ in range(2):
            port.write(information(FROM_HOST, b"\x02"))
            assert port.read(1) == b""
        assert talk(port, information(FROM_HOST, b"\x02"), 13)
    with pytest.raises(ValueError, match="at least once"):
        reader.fault(Fault.DEAF, times=0)


def test_faults_do_what_they_are_called(reader: VirtualReader, port: serial.Serial) -> None:
    """A fault that does nothing makes every test with it pass."""
    frame = information(FROM_HOST, b"\x02")
    good = talk(port, frame, 13)
    reader.fault(Fault.GARBLE, times=1)
    garbled = talk(port, frame, 13)
    assert sum(one != other for one, other in zip(good, garbled, strict=True)) == 1
    reader.fault(Fault.TRUNCATE, times=1)
    port.timeout = 0.05
    assert len(talk(port, frame, 13)) < 13
    port.timeout = 1.0
    reader.fault(Fault.LATE_ACK, times=1)
    begun_s = time.monotonic()
    talk(port, frame, 13)
    assert time.monotonic() - begun_s >= 0.15

"""Looking into the field, through nfcpy's framing, on a line in memory that tears frames."""

import logging
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nfc.clf import pn532

from kiosk.drivers.nfc import failures
from kiosk.drivers.pn532 import Antenna, parse_targets
from kiosk.exceptions import CollisionError, ReaderError
from sim.pn532 import Card, Ntag215, Phone
from sim.pn532.chip import Chip, SyntaxRefused
from sim.pn532.field import Field
from sim.pn532.frames import ACK, FROM_CHIP, SYNTAX_ERROR, Command, Decoder, information

ANNA = Ntag215(bytes.fromhex("04a1b2c3d4e580"))


class MemoryLine:
    """A transport for nfcpy that reaches the virtual chip without a port and without time.

    Args:
        noise: share of the chip's frames that are damaged.
    """

    TYPE = "TTY"

    def __init__(self, field: Field, noise: float = 0.0, seed: int = 0) -> None:
        self._chip, self._decoder = Chip(field), Decoder()
        self._noise, self._random = noise, random.Random(seed)
        self._frames: list[bytes] = []
        self.commands: list[int] = []
        self._chip._settings.activation_retries = 1
        self._chip._settings.parameters = 0

    def write(self, frame: bytes) -> None:
        """Take a command; what was not read before is flushed, as nfcpy's own transport does."""
        self._frames.clear()
        for command in self._decoder.feed(bytes(frame)):
            if isinstance(command, Command):
                self.commands.append(command.code)
                self._frames += [self._torn(ACK), self._torn(self._answer(command))]

    def _answer(self, command: Command) -> bytes:
        try:
            reply = self._chip.obey(command)
        except SyntaxRefused:
            return SYNTAX_ERROR
        assert reply is not None
        return information(FROM_CHIP, bytes([command.code + 1]) + reply.data)

    def read(self, timeout_ms: int) -> bytearray:
        """The next frame; what nfcpy's transport makes of a short or missing one."""
        frame = bytearray(self._frames.pop(0) if self._frames else b"")
        if not frame:
            raise TimeoutError
        if frame[:6] != ACK:
            frame = frame[: frame[3] + 7]
        return frame

    def _torn(self, frame: bytes) -> bytes:
        if self._random.random() >= self._noise:
            return frame
        at = self._random.randrange(len(frame))
        changed = bytes([frame[at] ^ self._random.randrange(1, 256)])
        return self._random.choice(
            [
                b"",
                frame[:at],
                frame[:at] + changed + frame[at + 1 :],
                frame[:at] + frame[at + 1 :],
                frame[:at] + changed + frame[at:],
            ]
        )


def looking_at(*cards: Card, noise: float = 0.0, seed: int = 0) -> tuple[Antenna, MemoryLine]:
    """An antenna over these cards."""
    field = Field()
    for card in cards:
        field.lay(card)
    line = MemoryLine(field, noise, seed)
    chipset = pn532.Chipset(line, logging.getLogger("nfc"))
    return Antenna(chipset.command), line


def test_an_idle_look_is_one_command() -> None:
    """Needless commands cost a core that draws the screen, and delay each detection."""
    antenna, line = looking_at()
    for _ in range(21):
        assert antenna.look() is None
    # one reset at the start and one after the twentieth empty look
    assert len(line.commands) == 21 + 2


def test_a_lone_card_is_not_lost_to_its_halt() -> None:
    """Looking for a second card halts the first; without a reset it shows every other time."""
    antenna, _ = looking_at(ANNA)
    seen = [antenna.look() for _ in range(6)]
    assert [card.uid if card else None for card in seen] == [ANNA.uid] * 6


def test_the_same_uid_twice_is_one_card() -> None:
    """Some cards ignore a halt and are listed twice; that is no collision."""
    twice = bytes.fromhex("02 01 0044 00 04 01020304 02 0044 00 04 01020304")
    antenna = Antenna(lambda code, data, timeout_s: twice if code == 0x4A else b"")
    card = antenna.look()
    assert card is not None
    assert card.uid == bytes.fromhex("01020304")


def test_a_phone_and_a_card_collide() -> None:
    """A phone over a wallet with a card in it would be read as either, by chance."""
    antenna, _ = looking_at(Phone(seed=3), ANNA)
    with pytest.raises(CollisionError):
        antenna.look()


def test_a_phone_is_activated_once() -> None:
    """Each RATS and each power-cycle makes a phone show its wallet again."""
    phone = Phone(seed=4)
    antenna, line = looking_at(phone)
    first = antenna.look()
    sent = len(line.commands)
    assert first is not None
    assert [antenna.look() for _ in range(5)] == [first] * 5
    assert line.commands[sent:] == [0x42] * 5
    assert phone.uid == first.uid


@pytest.mark.parametrize("seed", range(4))
def test_torn_frames_neither_raise_nor_invent_cards(seed: int) -> None:
    """An unforeseen error ends the worker; a wrong UID opens another member's page."""
    antenna, line = looking_at(ANNA, noise=0.3, seed=seed)
    torn: tuple[type[Exception], ...] = (ReaderError, *failures())
    outcomes = {"seen": 0, "failed": 0}
    for _ in range(1500):
        try:
            card = antenna.look()
        except torn:
            outcomes["failed"] += 1
            continue
        assert card is None or card.uid == ANNA.uid
        outcomes["seen"] += card is not None
    assert min(outcomes.values()) > 100
    line._noise = 0.0
    quiet = [antenna.look() for _ in range(3)]
    assert [card.uid for card in quiet if card] == [ANNA.uid] * 3


@pytest.mark.parametrize("seed", range(3))
def test_torn_frames_do_not_lose_a_phone_for_good(seed: int) -> None:
    """A phone whose activation failed half-way must be seen again once the line is quiet."""
    antenna, line = looking_at(Phone(seed=5), noise=0.3, seed=seed)
    torn: tuple[type[Exception], ...] = (ReaderError, *failures())
    for _ in range(500):
        try:
            card = antenna.look()
        except torn:
            continue
        assert card is None or (len(card.uid) == 4 and card.uid[0] == 0x08)
    line._noise = 0.0
    antenna.look()
    assert antenna.look() is not None


Listed = tuple[bytes, bytes, int]
UIDS = st.sampled_from([4, 7, 10]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
CARDS = st.lists(st.tuples(UIDS, st.binary(min_size=2, max_size=2), st.integers(0, 255)))


def listing(cards: list[Listed]) -> bytes:
    """The chip's answer that tells of these cards."""
    answer = bytes([len(cards)])
    for number, (uid, atqa, sak) in enumerate(cards, 1):
        answer += bytes([number]) + atqa[::-1] + bytes([sak, len(uid)]) + uid
    return answer


@given(CARDS)
def test_what_the_chip_lists_is_what_we_read(cards: list[Listed]) -> None:
    """A field read from the wrong place gives a wrong UID or calls a phone a tag."""
    found = [(card.uid, card.atqa, card.sak) for card in parse_targets(listing(cards))]
    assert found == cards


def spoilt(answer: bytes, at: int, byte: int, cut: int) -> bytes:
    """The answer with another byte in it, and without its last ones."""
    changed = bytearray(answer)
    changed[at % len(changed)] = byte
    return bytes(changed[: len(changed) - cut])


NEARLY = st.builds(
    spoilt,
    CARDS.map(listing),
    st.integers(0, 60),
    st.integers(0, 255),
    st.sampled_from([0, 0, 1, 7]),
)


@example(listing([(ANNA.uid, b"\x44\x00", 0)]))
@given(st.binary(max_size=40) | NEARLY)
def test_any_answer_is_cards_or_our_error(answer: bytes) -> None:
    """An answer of a strange shape would raise out of the worker or invent a card."""
    try:
        cards = parse_targets(answer)
    except ReaderError:
        return
    assert all(len(card.uid) in (4, 7, 10) for card in cards)
    assert listing([(card.uid, card.atqa, card.sak) for card in cards]) == answer

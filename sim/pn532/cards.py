"""The cards a tester can lay: NTAG213 and NTAG215 with NDEF, a phone, a bank card."""

import random
from collections.abc import Callable
from typing import Protocol

from sim.pn532.air import ACK_BITS, NAK_BITS, Answer

PAGE_BYTES = 4
HALT = b"\x50\x00"

BANK_UID = bytes.fromhex("5a1c93e7")
"""For a bank card where any will do: 4 bytes that do not begin with 08."""


class Card(Protocol):
    """A contactless card of type A, as the reader's field meets it."""

    @property
    def uid(self) -> bytes:
        """NFCID1: 4, 7 or 10 bytes."""

    @property
    def atqa(self) -> bytes:
        """SENS_RES as the PN532 hands it on: high byte first."""

    @property
    def sak(self) -> int:
        """SEL_RES."""

    def power_up(self) -> None:
        """The field came on: all state but the memory begins anew."""

    def answer(self, frame: bytes) -> Answer | None:
        """What the selected card answers to a frame (without CRC); None is silence."""


class Ntag:
    """An NFC Forum Type 2 tag of NXP's NTAG21x family (data sheet NTAG213/215/216, rev. 3.2).

    Args:
        uid: 7 bytes, the first of which names the maker (04 is NXP).
        ndef: an NDEF message laid down in the user memory; empty leaves the tag as delivered.
        signature: 32 bytes that READ_SIG gives. Only NXP can sign; the default is all zero.

    Raises:
        ValueError: the UID has not 7 bytes, or the message does not fit.
    """

    atqa = b"\x00\x44"
    sak = 0x00
    _pages: int
    _version: bytes
    _capability: bytes
    _delivered: bytes

    def __init__(self, uid: bytes, ndef: bytes = b"", signature: bytes = bytes(32)) -> None:
        if len(uid) != 7:
            raise ValueError(f"the UID of an NTAG has 7 bytes, not {len(uid)}")
        if len(signature) != 32:
            raise ValueError(f"an originality signature has 32 bytes, not {len(signature)}")
        self.uid = uid
        self._signature = signature
        self.memory = self._formatted(ndef)

    def _formatted(self, ndef: bytes) -> bytearray:
        memory = bytearray(self._pages * PAGE_BYTES)
        check0 = 0x88 ^ self.uid[0] ^ self.uid[1] ^ self.uid[2]
        check1 = self.uid[3] ^ self.uid[4] ^ self.uid[5] ^ self.uid[6]
        memory[0:9] = self.uid[:3] + bytes([check0]) + self.uid[3:] + bytes([check1])
        memory[9] = 0x48  # internal byte (8.5.1)
        memory[12:16] = self._capability
        user = _ndef_tlv(ndef) if ndef else self._delivered
        if len(user) > self._capability[2] * 8:
            raise ValueError(f"an NDEF message of {len(ndef)} bytes does not fit this tag")
        memory[16 : 16 + len(user)] = user
        memory[-20:] = bytes.fromhex("000000bd 040000ff 00050000 00000000 00000000")
        return memory

    def power_up(self) -> None:
        """Nothing but memory is kept, so nothing begins anew."""

    def answer(self, frame: bytes) -> Answer | None:
        """Obey one command of the data sheet's chapter 10; NAK whatever is not one."""
        commands: dict[int, Callable[[bytes], Answer]] = {
            0x30: self._read,
            0x3A: self._fast_read,
            0xA2: self._write,
            0x60: self._get_version,
            0x3C: self._read_sig,
        }
        command = commands.get(frame[0]) if frame else None
        return command(frame[1:]) if command else _NAK

    def _read(self, args: bytes) -> Answer:
        if len(args) != 1 or args[0] >= self._pages:
            return _NAK
        begin = args[0] * PAGE_BYTES
        rolled = self._readable() * 2  # a READ near the end rolls over to page 0 (10.2)
        return Answer(rolled[begin : begin + 16])

    def _fast_read(self, args: bytes) -> Answer:
        if len(args) != 2 or not args[0] <= args[1] < self._pages:
            return _NAK
        return Answer(self._readable()[args[0] * PAGE_BYTES : (args[1] + 1) * PAGE_BYTES])

    def _readable(self) -> bytes:
        """The memory with password and its acknowledge hidden (8.8)."""
        return bytes(self.memory[:-8]) + bytes(8)

    def _write(self, args: bytes) -> Answer:
        page, data = args[:1], args[1:]
        if len(data) != PAGE_BYTES or not 2 <= page[0] < self._pages or self._locked(page[0]):
            return _NAK
        begin = page[0] * PAGE_BYTES
        old = self.memory[begin : begin + PAGE_BYTES]
        self.memory[begin : begin + PAGE_BYTES] = _burn(page[0], bytes(old), data)
        return _ACK

    def _locked(self, page: int) -> bool:
        """Whether a static lock bit forbids writing (8.5.2); page 3 is locked by bit 3."""
        bits = int.from_bytes(self.memory[10:12], "little")
        return 3 <= page <= 15 and bool(bits >> page & 1)

    def _get_version(self, args: bytes) -> Answer:
        return _NAK if args else Answer(self._version)

    def _read_sig(self, args: bytes) -> Answer:
        return Answer(self._signature) if args == b"\x00" else _NAK


class Ntag213(Ntag):
    """144 bytes of user memory."""

    _pages = 45
    _version = bytes.fromhex("0004040201000f03")
    _capability = bytes.fromhex("e1101200")
    _delivered = bytes.fromhex("0103a00c340300fe")


class Ntag215(Ntag):
    """504 bytes of user memory, 496 of which NDEF may use."""

    _pages = 135
    _version = bytes.fromhex("0004040201001103")
    _capability = bytes.fromhex("e1103e00")
    _delivered = bytes.fromhex("0300fe00")


class IsoDepCard:
    """A card that speaks ISO/IEC 14443-4 and has no application for us.

    Every SELECT is refused (6A82), as a wallet does for an unknown application.
    """

    atqa = b"\x00\x04"
    sak = 0x20
    _ats = bytes.fromhex("0578807002")

    def __init__(self, uid: bytes) -> None:
        self.uid = uid
        self._activated = False

    def power_up(self) -> None:
        """Back to before RATS."""
        self._activated = False

    def answer(self, frame: bytes) -> Answer | None:
        """RATS, then blocks of the half-duplex protocol (ISO/IEC 14443-4, 7)."""
        if not frame:
            return None
        if not self._activated:
            self._activated = frame[0] == 0xE0 and len(frame) == 2
            return Answer(self._ats) if self._activated else None
        return self._block(frame)

    def _block(self, frame: bytes) -> Answer | None:
        control = frame[0]
        if control & 0xE2 == 0x02:  # I-block: acknowledge a chained one, else refuse the command
            number = control & 1
            return Answer(bytes([0xA2 | number] if control & 0x10 else [0x02 | number, 0x6A, 0x82]))
        if control & 0xF6 == 0xB2:  # R(NAK) asks "still there?"
            return Answer(bytes([0xA2 | control & 1 ^ 1]))
        if control & 0xF7 == 0xC2:  # S(DESELECT)
            self._activated = False
            return Answer(frame[:1])
        return None


class Phone(IsoDepCard):
    """A phone or watch: draws a new 4-byte UID beginning 08 each time the field comes on.

    Args:
        seed: fixes the sequence of UIDs; without it they are random.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        super().__init__(self._draw())

    def power_up(self) -> None:
        """A new activation draws a new UID (ISO/IEC 14443-3, 6.5.4)."""
        super().power_up()
        self.uid = self._draw()

    def _draw(self) -> bytes:
        return b"\x08" + self._random.randbytes(3)


class BankCard(IsoDepCard):
    """A payment card with a fixed UID of 4 bytes.

    Raises:
        ValueError: the UID has not 4 bytes.
    """

    def __init__(self, uid4: bytes) -> None:
        if len(uid4) != 4:
            raise ValueError(f"the UID of a bank card has 4 bytes, not {len(uid4)}")
        super().__init__(uid4)


_ACK = Answer(bytes([ACK_BITS]), short=True)
_NAK = Answer(bytes([NAK_BITS]), short=True)


def _ndef_tlv(message: bytes) -> bytes:
    """The message as an NDEF TLV with its terminator (NFC Forum Type 2 Tag, 2.3)."""
    long = len(message) > 254
    size = b"\xff" + len(message).to_bytes(2, "big") if long else bytes([len(message)])
    return b"\x03" + size + message + b"\xfe"


def _burn(page: int, old: bytes, new: bytes) -> bytes:
    """What a page holds after a write: lock and one-time bits only turn to 1 (8.5.2, 8.5.3)."""
    burnt = bytes(was | now for was, now in zip(old, new, strict=True))
    if page == 2:
        return old[:2] + burnt[2:]
    return burnt if page == 3 else new

"""A PN532 on a serial line through nfcpy 1.0.4, whose known defects end here.

nfcpy is frozen since 2022. This is the one module that imports it, and it does so when a
reader is opened (0.1 s), in the reader's own thread. Below nfcpy's `ContactlessFrontend` we
use its device and chipset objects: `sense` there costs four commands and 119 bytes on the wire
for each look and cannot see a second card; an idle look here is one command and 27 bytes.

How a look works on the chip:

- InListPassiveTarget with MaxTg 2 switches the field on and selects up to two cards; nfcpy
  always asks for one. Two different UIDs are a collision. To look for a second card the chip
  halts the first, and a halted card answers nobody until it loses power: a host that leaves the
  field on then sees a lone card only every other time. So the field goes off after each look
  that found something, after a look that failed, and once a second in any case. Otherwise it
  stays on, so that a card laid down has power at once: 5 ms sooner, and one command less.
- A card that speaks ISO/IEC 14443-4 (SAK bit 6) is a phone, a watch or a bank card. Power-cycling
  a phone makes it draw a new UID each time. Such a card is activated once (RATS), the field
  stays on, and R(NAK) asks whether it is still there. While it is held no second card is seen.

The chip's frames carry an 8-bit sum: any one changed byte is noticed, but of frames with several
changed bytes one in 256 passes. Frames are also checked for their shape.
"""

import contextlib
import errno
import fcntl
import logging
import os
import struct
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.drivers.pcd import Sighting
from kiosk.drivers.port import Technology
from kiosk.exceptions import CollisionError, ReaderError, ReaderGone

LIST_PASSIVE_TARGET = 0x4A
ONE_CARD_TYPE_A, TWO_CARDS_TYPE_A = b"\x01\x00", b"\x02\x00"
LIST_TIMEOUT_S = 0.3
"""An answer takes about 15 ms; nfcpy gives it 1 s, in which a lost frame would blind us."""

FIELD, OFF = 0x01, b"\x02"
"""RFConfiguration item 1: carrier off, no automatic collision avoidance (UM0701-02, 7.3.1)."""

LOOKS_PER_RESET = 20
"""Once a second at a look every 50 ms."""

RATS = b"\xe0\x80"
R_NAK = b"\xb2"
ISO_DEP = 0x20
BLOCK_TIMEOUT_S = 0.2
"""Longer than the 51.2 ms after which the chip itself gives up on a card."""

UID_SIZES = frozenset({4, 7, 10})
FAST_BAUD = 921600
"""The speed nfcpy raises the line to; a process that was killed leaves the chip there."""

_REASONS = {
    errno.ENOENT: "there is no device at {path}",
    errno.EACCES: "no permission for {path}; add the user to the group dialout",
    errno.EPERM: "no permission for {path}; add the user to the group dialout",
    errno.EAGAIN: "{path} is used by another program",
    errno.EBUSY: "{path} is used by another program",
    errno.ENOTTY: "{path} is no serial port",
}


class NfcPcd:
    """One PN532 behind a serial port.

    On a Raspberry Pi nfcpy waits up to 1.5 s for the first answer of a ttyUSB port, so that
    stopping may take that long while a silent one is being opened.

    Args:
        path: any path that leads to the port: /dev/ttyUSB0, /dev/serial0, /dev/serial/by-id/...
            Links are resolved at each opening, because nfcpy knows the Pi's ports by name.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock: int | None = None
        self._transport: Any = None  # nfc.clf.transport.TTY; nfcpy has no types
        self._device: Any = None  # nfc.clf.pn532.Device
        self._held: Sighting | None = None
        self._reset_due = True
        self._empty_looks = 0

    def open(self) -> str:
        """Open and wake the chip.

        Raises:
            ReaderGone: no such port, taken, or nobody answers; says which.
        """
        try:
            port = os.path.realpath(self._path)
            self._lock = _locked(port)
            self._device = self._woken(port)
        except _all_failures() as error:
            self.close()
            raise ReaderGone(self._reason(error)) from error
        return f"{self._device.chipset_name} at {self._path}"

    def sense(self) -> Sighting | None:
        """Look into the field once.

        Raises:
            CollisionError: two cards.
            ReaderGone: the port is dead.
            ReaderError: the chip did not answer, or nonsense.
        """
        with self._failures_made_ours():
            if self._held is not None:
                return self._held_still()
            return self._look()

    def close(self) -> None:
        """Put the chip back to its first speed and to sleep if it listens; let go in any case.

        nfcpy's own `close` raises on a dead port and keeps its descriptor open for ever.
        """
        device, self._device = self._device, None
        transport, self._transport = self._transport, None
        if device is not None:
            with contextlib.suppress(*_all_failures()):
                device.close()
        _hang_up(transport)
        lock, self._lock = self._lock, None
        self._held, self._reset_due = None, True
        if lock is not None:
            os.close(lock)

    def _woken(self, port: str) -> Any:
        """The chip's device object; calls the chip back from high speed where that is needed."""
        try:
            return self._initialised(port)
        except OSError:
            if not self._called_back(port):
                raise
            return self._initialised(port)

    def _initialised(self, port: str) -> Any:
        from nfc.clf import pn532, transport

        # nfcpy logs UIDs and every failed frame; failures are told by the supervisor instead.
        logging.getLogger("nfc").setLevel(logging.CRITICAL)
        _hang_up(self._transport)
        self._transport = transport.TTY(port)
        return pn532.init(self._transport)

    def _called_back(self, port: str) -> bool:
        """Whether the chip was left at high speed by a killed process and is slow again now."""
        from nfc.clf import pn532

        try:
            self._transport.open(port, FAST_BAUD)
            pn532.Chipset(self._transport, logging.getLogger("nfc")).set_serial_baudrate(115200)
        except _all_failures():
            return False
        return True

    def _look(self) -> Sighting | None:
        if self._reset_due:
            self._field_off()
        self._reset_due = True  # holds if the answer gets lost: it may hide a halted card
        cards = self._listed(TWO_CARDS_TYPE_A)
        self._empty_looks = 0 if cards else self._empty_looks + 1
        if self._empty_looks % LOOKS_PER_RESET == 0:
            self._field_off()
        self._reset_due = False
        return self._made_out(cards)

    def _made_out(self, cards: list[Sighting]) -> Sighting | None:
        if len({card.uid for card in cards}) > 1:
            raise CollisionError("more than one card lies on the reader")
        if cards and cards[0].sak & ISO_DEP:
            return self._activated() or cards[0]
        return cards[0] if cards else None

    def _activated(self) -> Sighting | None:
        """Find the card once more after its halt, activate it and leave the field on.

        A phone shows the UID that it keeps from here on.
        """
        cards = self._listed(ONE_CARD_TYPE_A)
        if cards and self._answers(RATS):
            self._held = cards[0]
            return cards[0]
        self._field_off()
        return None

    def _listed(self, which: bytes) -> list[Sighting]:
        chipset = self._device.chipset
        return parse_targets(bytes(chipset.command(LIST_PASSIVE_TARGET, which, LIST_TIMEOUT_S)))

    def _field_off(self) -> None:
        self._device.chipset.rf_configuration(FIELD, OFF)

    def _held_still(self) -> Sighting | None:
        if self._answers(R_NAK):
            return self._held
        self._held = None
        self._field_off()
        return None

    def _answers(self, block: bytes) -> bool:
        """Whether the selected card answers anything at all to `block`."""
        from nfc.clf import pn532

        try:
            self._device.chipset.in_communicate_thru(block, BLOCK_TIMEOUT_S)
        except pn532.Chipset.Error:
            return False
        return True

    @contextlib.contextmanager
    def _failures_made_ours(self) -> Iterator[None]:
        try:
            yield
        except termios.error as error:
            raise ReaderGone("the port is gone") from error
        except OSError as error:
            # pyserial's own errors carry no number and mean a dead port.
            if error.errno is None or self._port_dead():
                raise ReaderGone("the port is gone") from error
            raise ReaderError("the reader did not answer") from error
        except _all_failures() as error:
            raise ReaderError("the reader answered nonsense") from error

    def _port_dead(self) -> bool:
        """Whether the port hung up; asked of our own descriptor, because nfcpy hides the cause."""
        try:
            termios.tcgetattr(self._lock if self._lock is not None else -1)
        except termios.error:
            return True
        return False

    def _reason(self, error: BaseException) -> str:
        known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
        return (known or "nobody answers at {path}").format(path=self._path)


def parse_targets(answer: bytes) -> list[Sighting]:
    """The cards in the answer to InListPassiveTarget at 106 kbit/s type A (UM0701-02, 7.3.5).

    Each one is: number, SENS_RES high byte first, SEL_RES, size of UID, UID.

    Raises:
        ReaderError: the answer has not that shape.
    """
    count, rest, cards = answer[0] if answer else 0, answer[1:], list[Sighting]()
    for number in range(1, count + 1):
        if (
            len(rest) < 5
            or rest[0] != number
            or rest[4] not in UID_SIZES
            or len(rest) < 5 + rest[4]
        ):
            raise ReaderError("the reader answered nonsense")
        uid, atqa = rest[5 : 5 + rest[4]], rest[2:0:-1]
        cards.append(Sighting(uid, Technology.NFC_A, atqa, rest[3]))
        rest = rest[5 + len(uid) :]
    if rest or not answer:
        raise ReaderError("the reader answered nonsense")
    return cards


def identity(path: str) -> tuple[int, int, int] | None:
    """What tells one plugging-in of the device at `path` from the next; None while absent."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_rdev, found.st_ctime_ns


def _all_failures() -> tuple[type[Exception], ...]:
    """What nfcpy and pyserial let through when a frame or a port is broken.

    OSError is the rule; termios.error comes from flushing a dead port; IndexError, ValueError
    and struct.error from frames cut short; Chipset.Error is the chip's own refusal.
    """
    from nfc.clf import pn532

    refusal: type[Exception] = pn532.Chipset.Error
    return (OSError, termios.error, IndexError, ValueError, struct.error, refusal)


def _locked(port: str) -> int:
    """An own descriptor of the port that holds the advisory lock; nfcpy opens without one.

    Raises:
        OSError: no such device, no permission, or locked by another program.
    """
    descriptor = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _hang_up(transport: Any) -> None:
    """Close the descriptor in nfcpy's transport without its flush, which fails on a dead port."""
    if transport is not None and transport.tty is not None:
        tty, transport.tty = transport.tty, None
        with contextlib.suppress(OSError, termios.error):
            tty.close()

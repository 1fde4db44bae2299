"""A PN532 on a serial line through nfcpy 1.0.4, whose known defects end here.

nfcpy is frozen since 2022. This is the one module that imports it, and it does so when a
reader is opened (0.1 s), in the reader's own thread. nfcpy wakes the chip, raises the speed of
the line and frames the commands; which commands to send is told in `pn532`. Its
`ContactlessFrontend` stays out: opening there knows only paths directly in /dev, and after an
unplug it never opens again.

While opening, nfcpy runs `stty` twice through a shell (2 ms each; the C library spawns it
without copying the process). Where a sandbox forbids that, the line stays at 115200 bit/s and
all works as well.
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
from kiosk.drivers.pn532 import Antenna
from kiosk.exceptions import ReaderError, ReaderGone

FIRST_BAUD, FAST_BAUD = 115200, 921600
"""The chip's speed after power-up, and the one nfcpy raises it to."""

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
        self._antenna: Antenna | None = None

    def open(self) -> str:
        """Open and wake the chip.

        Raises:
            ReaderGone: no such port, taken, or nobody answers; says which.
        """
        try:
            port = os.path.realpath(self._path)
            self._lock = _locked(port)
            self._device = self._woken(port)
        except failures() as error:
            self.close()
            raise ReaderGone(self._reason(error)) from error
        self._antenna = Antenna(self._device.chipset.command)
        return f"{self._device.chipset_name} at {self._path}"

    def sense(self) -> Sighting | None:
        """Look into the field once.

        Raises:
            CollisionError: two cards.
            ReaderGone: the port is dead, or was never opened.
            ReaderError: the chip did not answer, or nonsense.
        """
        if self._antenna is None:
            raise ReaderGone("the reader is not open")
        with self._failures_made_ours():
            return self._antenna.look()

    def close(self) -> None:
        """Put the chip back to its first speed and to sleep if it listens; let go in any case.

        nfcpy's own `close` raises on a dead port and keeps its descriptor open for ever.
        """
        device, self._device, self._antenna = self._device, None, None
        transport, self._transport = self._transport, None
        if device is not None:
            with contextlib.suppress(*failures()):
                device.close()
        _hang_up(transport)
        lock, self._lock = self._lock, None
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

        # nfcpy logs UIDs and every failed frame; failures become events of the supervisor instead.
        logging.getLogger("nfc").setLevel(logging.CRITICAL)
        _hang_up(self._transport)
        self._transport = transport.TTY(port)
        return pn532.init(self._transport)

    def _called_back(self, port: str) -> bool:
        """Whether the chip was left at high speed by a killed process and is slow again now."""
        from nfc.clf import pn532

        if self._transport is None:
            return False
        try:
            self._transport.open(port, FAST_BAUD)
            chipset = pn532.Chipset(self._transport, logging.getLogger("nfc"))
            chipset.set_serial_baudrate(FIRST_BAUD)
        except failures():
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
        except failures() as error:
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


def identity(path: str) -> tuple[int, int, int] | None:
    """What tells one plugging-in of the device at `path` from the next; None while absent."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_rdev, found.st_ctime_ns


def failures() -> tuple[type[Exception], ...]:
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
        OSError: no such device, no serial port, no permission, or locked by another program.
    """
    descriptor = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not os.isatty(descriptor):
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
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

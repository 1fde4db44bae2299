"""The wire: a pseudo-terminal under a path of our own, that can be pulled out and put back."""

import contextlib
import errno
import os
import select
import termios
import tty
from pathlib import Path

_SPEEDS = {getattr(termios, name): int(name[1:]) for name in dir(termios) if name[1:].isdigit()}
"""Baud rates by termios constant (B9600 and so on)."""

UNKNOWN_BAUD = 0
"""For speeds without a termios constant of their own."""

_OUTPUT_SPEED = 5  # index in termios.tcgetattr's list


class Line:
    """One pseudo-terminal and the symbolic link that leads to it.

    Both ends are raw before anybody opens the path, and one slave descriptor stays open:
    without it the master reads EIO while the host closes and reopens its end.

    Args:
        link: where the host finds the device; a link that lies there is replaced.

    Raises:
        OSError: the link cannot be made, or something else than a link lies there.
    """

    def __init__(self, link: Path) -> None:
        if link.exists() and not link.is_symlink():
            raise FileExistsError(errno.EEXIST, "something else than a link lies there", str(link))
        self._link = link
        self._master, self._slave = os.openpty()
        for end in (self._master, self._slave):
            tty.setraw(end)
        os.set_blocking(self._master, False)
        self._wake_end, self._waker = os.pipe()
        try:
            self._point_link()
        except OSError:
            self._close_ends()
            raise

    def _point_link(self) -> None:
        beside = self._link.with_name(f".{self._link.name}.new")
        beside.unlink(missing_ok=True)
        beside.symlink_to(os.ttyname(self._slave))
        beside.replace(self._link)

    def host_baud(self) -> int:
        """Bits per second the host has set on its end, or UNKNOWN_BAUD."""
        return _SPEEDS.get(termios.tcgetattr(self._slave)[_OUTPUT_SPEED], UNKNOWN_BAUD)

    def waiting(self, timeout_s: float | None) -> bool:
        """Wait until the host sent something; False after `timeout_s` or when woken."""
        ready, _, _ = select.select([self._master, self._wake_end], [], [], timeout_s)
        return self._master in ready and self._wake_end not in ready

    def wake(self) -> None:
        """Make this and every later `waiting` return at once; from any thread."""
        os.write(self._waker, b"x")

    def read(self) -> bytes:
        """What the host has sent; empty when that is nothing."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._master, 4096)
        return b""

    def write(self, data: bytes) -> None:
        """Send to the host; what it does not fetch in time is lost, as on a wire."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, data)

    def close(self) -> None:
        """Pull the plug: the host's end hangs up and the path is gone."""
        self._link.unlink(missing_ok=True)
        self._close_ends()

    def _close_ends(self) -> None:
        for end in (self._master, self._slave, self._wake_end, self._waker):
            os.close(end)

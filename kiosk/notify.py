"""Tells systemd how the process is: sd_notify(3), in plain sockets."""

import logging
import socket
from collections.abc import Mapping

_log = logging.getLogger(__name__)


class Notifier:
    """Sends the states of sd_notify(3) to the socket systemd gave us; silent without one.

    A message that cannot be sent is dropped: the worst that follows is a restart by the
    watchdog, which is what a kiosk cut off from its supervisor needs anyway.
    """

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._last_status = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Notifier":
        """The notifier for this process; `NOTIFY_SOCKET` names the socket, "@" an abstract one."""
        address = environ.get("NOTIFY_SOCKET", "")
        if not address.startswith(("/", "@")):
            return cls(None)
        return cls("\0" + address[1:] if address.startswith("@") else address)

    def ready(self) -> None:
        """Start-up is over: the unit is active from here on."""
        self._send("READY=1")

    def alive(self) -> None:
        """Feed the watchdog (`WatchdogSec=`); call it more often than every half of that."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """One line for `systemctl status`; the same line twice is sent once."""
        line = " ".join(text.split())
        if line != self._last_status:
            self._last_status = line
            self._send(f"STATUS={line}")

    def stopping(self) -> None:
        """The process is on its way out."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if self._address is None:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
                sock.setblocking(False)
                sock.sendto(message.encode(), self._address)
        except OSError as error:
            _log.debug("systemd was not told %r: %s", message, error)

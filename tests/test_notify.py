"""systemd hears how the process is, and a process without systemd does not notice."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.notify import Notifier


@pytest.fixture(params=["path", "abstract"])
def supervisor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    """A socket as systemd offers it, in both of its kinds."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "n") if request.param == "path" else f"\0kiosk-{uuid4().hex}")
        sock.settimeout(1)
        yield sock


def notifier_of(supervisor: socket.socket) -> Notifier:
    """The notifier that systemd's environment makes."""
    address = supervisor.getsockname()
    name = "@" + address[1:].decode() if isinstance(address, bytes) else address
    return Notifier.from_environ({"NOTIFY_SOCKET": name})


@pytest.mark.parametrize(
    ("say", "heard"),
    [
        (Notifier.ready, b"READY=1"),
        (Notifier.alive, b"WATCHDOG=1"),
        (Notifier.stopping, b"STOPPING=1"),
        (lambda notifier: notifier.status("one\nREADY=1 two"), b"STATUS=one READY=1 two"),
    ],
)
def test_each_word_arrives(
    supervisor: socket.socket, say: Callable[[Notifier], None], heard: bytes
) -> None:
    """A unit of Type=notify that stays silent is killed at its start."""
    say(notifier_of(supervisor))
    assert supervisor.recv(100) == heard


def test_the_same_status_is_sent_once(supervisor: socket.socket) -> None:
    """The journal of systemd must not fill with one line."""
    notifier = notifier_of(supervisor)
    for text in ("a", "a", "b"):
        notifier.status(text)
    assert [supervisor.recv(100) for _ in range(2)] == [b"STATUS=a", b"STATUS=b"]


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1"}])
def test_without_systemd_nothing_happens(environ: dict[str, str]) -> None:
    """The same program runs on a laptop."""
    notifier = Notifier.from_environ(environ)
    notifier.ready()
    notifier.alive()


def test_a_supervisor_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    """Losing the supervisor must not end what it supervises."""
    Notifier.from_environ({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()

"""Whether the card reader is there, may be used, and answers."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.check.finding import Finding, care, fine, stop
from kiosk.check.rights import Account
from kiosk.drivers.nfc import NfcPcd
from kiosk.exceptions import ReaderError

NAME = "reader"
DEAD = "no card is read; members see that the reader is resting"

MINI_UART = "/dev/ttyS0"
"""The Pi's second-best serial port: its speed follows the processor's clock."""

PI_UARTS = frozenset({"ttyAMA0", "ttyS0"})
"""Either may be serial0 of a Pi."""

Probe = Callable[[str], str]
"""Opens the reader, closes it cleanly, and returns what it says of itself.

Raises:
    ReaderError: it does not answer.
"""


def probe_pn532(path: str) -> str:
    """As in Probe, for the driver nfc."""
    reader = NfcPcd(path)
    try:
        return reader.open()
    finally:
        reader.close()


def judge(path: Path, account: Account, probe: Probe = probe_pn532) -> Iterator[Finding]:
    """Everything about the device at `path`, outermost cause first."""
    problem = _port_problem(path, account)
    if problem:
        yield problem
        return
    yield from judge_port(path, os.path.realpath(path), _kernel_command_line())
    yield _answer(path, probe)


def _port_problem(path: Path, account: Account) -> Finding | None:
    try:
        status = path.stat()
    except OSError as error:
        do = "plug it in, or set [reader] path; `ls -l /dev/serial/by-id` shows USB readers"
        return stop(NAME, f"nothing at {path}: {error.strerror}", DEAD, do)
    if not stat.S_ISCHR(status.st_mode):
        do = "set [reader] path to the device, such as /dev/serial0"
        return stop(NAME, f"{path} is no device", DEAD, do)
    if not account.may_use(status):
        mode, group = stat.filemode(status.st_mode), status.st_gid
        what = f"{account.name} may not use {path} ({mode}, group number {group})"
        return stop(NAME, what, DEAD, f"add {account.name} to the group that owns it: dialout")
    return None


def _kernel_command_line() -> str:
    try:
        return Path("/proc/cmdline").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def judge_port(path: Path, port: str, command_line: str) -> Iterator[Finding]:
    """What is wrong with the serial port on a Pi, if anything.

    Args:
        path: as configured.
        port: where it leads.
        command_line: the kernel's own; names the ports it writes its messages to.
    """
    if port == MINI_UART:
        yield care(
            NAME,
            f"{path} is the Pi's mini UART",
            "answers are garbled when the processor changes its speed",
            "put dtoverlay=disable-bt into config.txt, so that /dev/serial0 is the full UART",
        )
    name = Path(port).name
    also = {"serial0"} if name in PI_UARTS else set()  # what the Pi's firmware calls it
    if any(f"console={one}" in command_line for one in {name} | also):
        yield stop(
            NAME,
            f"the kernel's console uses {port}",
            "its messages are mixed into the reader's answers",
            "remove console=serial0,115200 from cmdline.txt and start anew",
        )


def _answer(path: Path, probe: Probe) -> Finding:
    try:
        said = probe(str(path))
    except ReaderError as error:
        if "used by another program" in str(error):
            do = "nothing when kiosk.service is running; else see who with: fuser " + str(path)
            return care(NAME, str(error), "it could not be asked", do)
        do = "check its power and that TX goes to RX and RX to TX; a PN532's switches set to HSU"
        return stop(NAME, str(error), DEAD, do)
    return fine(NAME, said)

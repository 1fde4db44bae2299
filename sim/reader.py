"""A virtual reader on the command line: prints its device path, takes commands on stdin.

    python -m sim.reader --link /tmp/reader --uart 115200

Commands, one a line, each answered by one line `ok ...` or `error ...`:

    lay NAME UIDHEX     lay an NTAG215 with this 7-byte UID; later `lay NAME` lays it again
    lay phone           lay a phone (a new random UID at each activation)
    lay bank            lay a bank card (4-byte UID)
    take NAME | all     take it, or everything, away
    unplug | replug     pull the plug, put it back
    fault KIND on [N]   switch a fault on, for N commands if given
    fault KIND off      KIND: late-ack, garble, truncate, deaf
    cards               what lies there
    quit                end; so does the end of input
"""

import argparse
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

from sim.pn532 import BANK_UID, HOST_BAUD, BankCard, Card, Fault, Ntag215, Phone, VirtualReader


class BadCommand(Exception):
    """Raised for a line that cannot be obeyed; the message says why in one sentence."""


class Console:
    """Obeys command lines on one virtual reader.

    Args:
        reader: plugged in already; the caller stops it.
    """

    def __init__(self, reader: VirtualReader) -> None:
        self._reader = reader
        self._known: dict[str, Card] = {"phone": Phone(), "bank": BankCard(BANK_UID)}
        self._commands: dict[str, Callable[[Sequence[str]], str]] = {
            "lay": self._lay,
            "take": self._take,
            "unplug": self._unplug,
            "replug": self._replug,
            "fault": self._fault,
            "cards": self._cards,
        }

    def obey(self, line: str) -> str:
        """The answer to one line: `ok ...` or `error ...`."""
        verb, *words = line.split() or [""]
        try:
            if verb not in self._commands:
                known = ", ".join([*self._commands, "quit"])
                raise BadCommand(f"there is no command '{verb}'; known: {known}")
            return f"ok {self._commands[verb](words)}"
        except BadCommand as error:
            return f"error {error}"

    def _lay(self, words: Sequence[str]) -> str:
        match words:
            case [name]:
                card = self._named(name)
            case [("phone" | "bank" | "all") as name, _]:
                raise BadCommand(f"'{name}' is no name for a card of your own")
            case [name, uid]:
                card = self._made(name, uid)
            case _:
                raise BadCommand("say: lay NAME UIDHEX, lay phone, or lay bank")
        if card in self._reader.cards:
            raise BadCommand(f"'{name}' lies there already")
        self._reader.lay(card)
        return f"laid {name}"

    def _made(self, name: str, uid_hex: str) -> Card:
        """The card of this name; a new one, unless it was laid before with the same UID."""
        try:
            uid = bytes.fromhex(uid_hex)
            fresh = Ntag215(uid)
        except ValueError:
            raise BadCommand(f"'{uid_hex}' is no UID of 7 bytes in hexadecimal") from None
        old = self._known.get(name)
        if old is not None and old.uid != uid:
            raise BadCommand(f"'{name}' has another UID already")
        return self._known.setdefault(name, fresh)

    def _named(self, name: str) -> Card:
        if name not in self._known:
            raise BadCommand(f"there is no card '{name}' yet; say its UID: lay {name} UIDHEX")
        return self._known[name]

    def _take(self, words: Sequence[str]) -> str:
        if len(words) != 1:
            raise BadCommand("say: take NAME, or take all")
        cards = self._reader.cards if words[0] == "all" else (self._named(words[0]),)
        for card in cards:
            if card not in self._reader.cards:
                raise BadCommand(f"'{words[0]}' does not lie there")
            self._reader.take(card)
        return f"took {words[0]}"

    def _unplug(self, _: Sequence[str]) -> str:
        if not self._reader.plugged:
            raise BadCommand("the reader is unplugged already")
        self._reader.unplug()
        return "unplugged"

    def _replug(self, _: Sequence[str]) -> str:
        if self._reader.plugged:
            raise BadCommand("the reader is plugged in already")
        self._reader.replug()
        return "plugged in"

    def _fault(self, words: Sequence[str]) -> str:
        kinds = {fault.value: fault for fault in Fault}
        match words:
            case [kind, "off"] if kind in kinds:
                self._reader.fault(kinds[kind], on=False)
            case [kind, "on"] if kind in kinds:
                self._reader.fault(kinds[kind])
            case [kind, "on", times] if kind in kinds and times.isdecimal() and int(times) > 0:
                self._reader.fault(kinds[kind], times=int(times))
            case _:
                raise BadCommand(f"say: fault {'|'.join(kinds)} on|off [times]")
        return f"fault {' '.join(words)}"

    def _cards(self, _: Sequence[str]) -> str:
        lying = self._reader.cards
        return " ".join(name for name, card in self._known.items() if card in lying) or "none"


def serve(reader: VirtualReader, lines: Iterable[str], out: TextIO) -> None:
    """Answer lines until `quit` or the end of input; the first line names the device."""
    console = Console(reader)
    _say(out, f"device {reader.path}")
    for line in lines:
        if line.strip() == "quit":
            _say(out, "ok bye")
            return
        if line.strip():
            _say(out, console.obey(line))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the virtual reader until quit, end of input, or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sim.reader", description="A virtual PN532.")
    parser.add_argument("--link", type=Path, required=True, help="path the device shall have")
    parser.add_argument(
        "--uart",
        type=_uart,
        default=None,
        help="model the time on the wire: bits per second, or 'host' for what the host sets",
    )
    chosen = parser.parse_args(arguments)
    reader = VirtualReader(chosen.link.absolute(), chosen.uart)
    try:
        reader.start()
    except OSError as error:
        parser.error(f"cannot make a device at {chosen.link}: {error.strerror}")
    signal.signal(signal.SIGTERM, _end)
    try:
        serve(reader, sys.stdin, sys.stdout)
    finally:
        reader.stop()
    return 0


def _uart(text: str) -> int:
    if text == "host":
        return HOST_BAUD
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is neither a baud rate nor 'host'")
    return int(text)


def _say(out: TextIO, line: str) -> None:
    out.write(line + "\n")
    out.flush()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())

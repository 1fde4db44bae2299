"""The virtual reader: chip, field and line in one thread, ready for any PN532 software."""

import threading
import time
from pathlib import Path
from typing import Self

from sim.pn532 import air, frames
from sim.pn532.cards import Card
from sim.pn532.chip import Chip, Reply, SyntaxRefused
from sim.pn532.faults import LATE_ACK_S, Fault, Faults
from sim.pn532.field import Field
from sim.pn532.frames import Command, Signal
from sim.pn532.line import Line

HOST_BAUD = 0
"""For `uart_baud`: take the time the speed needs that the host has set."""

BITS_PER_BYTE = 10  # start, eight data bits, stop
WAKE_UP_BYTES = 5  # lost while a sleeping chip wakes; hosts send a long preamble for that

END_WITHIN_S = 2.0
"""Longest wait for the thread of a reader that is pulled; a look at the line takes a moment."""


class VirtualReader:
    """A PN532 on a pseudo-terminal.

    A chip whose baud rate differs from the host's hears only noise, as on a real wire.

    Args:
        link: path under which the host finds the device.
        uart_baud: None takes no time for bytes on the wire; a number takes the time this
            many bits per second need, whatever the host has set; HOST_BAUD the host's speed.
        seed: fixes where the faults damage frames.
    """

    def __init__(self, link: Path, uart_baud: int | None = None, seed: int = 0) -> None:
        self.path = link
        self._uart_baud = uart_baud
        self._field = Field()
        self._faults = Faults(seed)
        self._lock = threading.Lock()
        self._plugging = threading.Lock()
        self._plug: _Plug | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop()

    def start(self) -> None:
        """Plug the reader in for the first time.

        Raises:
            OSError: the path cannot be made.
        """
        self.replug()

    def stop(self) -> None:
        """Unplug the reader for good.

        Raises:
            RuntimeError: its thread would not die.
        """
        self.unplug()

    @property
    def plugged(self) -> bool:
        """Whether the device is there."""
        return self._plug is not None

    @property
    def cards(self) -> tuple[Card, ...]:
        """What lies on the reader."""
        with self._lock:
            return self._field.cards

    def lay(self, card: Card) -> None:
        """Lay a card on the reader.

        Raises:
            ValueError: it lies there already.
        """
        with self._lock:
            self._field.lay(card)

    def take(self, card: Card) -> None:
        """Take a card from the reader.

        Raises:
            ValueError: it does not lie there.
        """
        with self._lock:
            self._field.take(card)

    def fault(self, fault: Fault, on: bool = True, times: int | None = None) -> None:
        """Switch a fault on or off; with `times` for so many commands only.

        Raises:
            ValueError: `times` is not positive.
        """
        with self._lock:
            self._faults.set(fault, on, times)

    def unplug(self) -> None:
        """Pull the plug: the port hangs up, the path goes, the chip forgets. Cards stay.

        Raises:
            RuntimeError: the thread would not die.
        """
        with self._plugging:
            plug, self._plug = self._plug, None
            if plug is not None:
                plug.pull()

    def replug(self) -> None:
        """Put the plug back: a new port under the same path, a chip just powered.

        Raises:
            OSError: the path cannot be made.
        """
        with self._plugging:
            if self._plug is None:
                self._field.switch(on=False)
                chip, line = Chip(self._field), Line(self.path)
                self._plug = _Plug(line, chip, self._faults, self._lock, self._uart_baud)


class _Plug:
    """The reader while it is plugged in: one line, one powered chip, one thread."""

    def __init__(
        self,
        line: Line,
        chip: Chip,
        faults: Faults,
        lock: threading.Lock,
        uart_baud: int | None,
    ) -> None:
        self._line, self._chip, self._faults, self._lock = line, chip, faults, lock
        self._uart_baud = uart_baud
        self._decoder = frames.Decoder()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="virtual PN532", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        self._stop.set()
        self._line.wake()
        self._thread.join(END_WITHIN_S)
        if self._thread.is_alive():
            raise RuntimeError("the virtual reader's thread does not end")
        self._line.close()

    def _run(self) -> None:
        todo: list[frames.Frame] = []
        while not self._stop.is_set():
            if not todo:
                self._line.waiting(None)
                todo = self._receive()
            elif isinstance(command := todo.pop(0), Command):
                self._carry_out(command)
            elif command is Signal.ACK:
                self._chip.host_ack()

    def _receive(self) -> list[frames.Frame]:
        chunk = self._line.read()
        self._spend_on_wire(chunk)
        if not self._chip.hears(self._line.host_baud()):
            self._decoder = frames.Decoder()
            return []
        if self._chip.asleep:
            self._chip.asleep = False
            chunk = chunk[WAKE_UP_BYTES:]
        return self._decoder.feed(chunk)

    def _carry_out(self, command: Command) -> None:
        """Acknowledge, work, answer; a host that speaks meanwhile breaks the command off."""
        with self._lock:
            deaf, late = self._faults.strikes(Fault.DEAF), self._faults.strikes(Fault.LATE_ACK)
        if deaf:
            return
        if late:
            self._stop.wait(LATE_ACK_S)
        self._send(frames.ACK)
        answer = self._answer(command)
        if answer is not None:
            with self._lock:
                answer = self._faults.damage(answer)
            self._send(answer)

    def _answer(self, command: Command) -> bytes | None:
        """The frame to send, after the chip's own time; None when the host broke off."""
        try:
            reply = self._obey(command)
        except SyntaxRefused:
            return frames.SYNTAX_ERROR
        if reply is None or self._interrupted(reply.after_s):
            return None
        return frames.information(frames.FROM_CHIP, bytes([command.code + 1]) + reply.data)

    def _obey(self, command: Command) -> Reply | None:
        while True:
            with self._lock:
                reply = self._chip.obey(command)
            if reply is not None or self._interrupted(air.NO_ANSWER_S):
                return reply

    def _interrupted(self, after_s: float) -> bool:
        """Wait; True as soon as the host sends something or the plug is pulled."""
        end_s = time.monotonic() + after_s
        while (left_s := end_s - time.monotonic()) > 0:
            if self._line.waiting(left_s) or self._stop.is_set():
                return True
        return self._stop.is_set()

    def _send(self, frame: bytes) -> None:
        self._spend_on_wire(frame)
        if not self._stop.is_set():
            self._line.write(frame)

    def _spend_on_wire(self, data: bytes) -> None:
        if self._uart_baud is not None and data:
            baud = self._uart_baud or self._line.host_baud()
            self._stop.wait(len(data) * BITS_PER_BYTE / baud)

"""The frames between host and PN532: normal, extended, ACK, NAK and error (UM0701-02, 6.2.1)."""

from dataclasses import dataclass
from enum import Enum

ACK = bytes.fromhex("0000ff00ff00")
NAK = bytes.fromhex("0000ffff0000")
SYNTAX_ERROR = bytes.fromhex("0000ff01ff7f8100")
"""What the chip answers to a command it does not know (UM0701-02, 6.2.1.5)."""

START = b"\x00\xff"
FROM_HOST, FROM_CHIP = 0xD4, 0xD5
EXTENDED_MARK = b"\xff\xff"
LONGEST_NORMAL_BYTES = 255
LONGEST_BYTES = 265
"""TFI and data of the longest frame the chip takes (UM0701-02, 6.2.1.2)."""


class Signal(Enum):
    """A frame without data from the host."""

    ACK = "ack"
    NAK = "nak"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Command:
    """An information frame from the host: command code and parameters, without the TFI."""

    code: int
    params: bytes


Frame = Signal | Command


def information(tfi: int, data: bytes) -> bytes:
    """One information frame, extended only where a length byte does not suffice."""
    body = bytes([tfi]) + data
    if len(body) <= LONGEST_NORMAL_BYTES:
        head = bytes([len(body), -len(body) & 0xFF])
    else:
        size = len(body).to_bytes(2, "big")
        head = EXTENDED_MARK + size + bytes([-sum(size) & 0xFF])
    return b"\x00" + START + head + body + bytes([-sum(body) & 0xFF, 0])


class Decoder:
    """Cuts the host's byte stream into frames; whatever is no frame is passed over."""

    def __init__(self) -> None:
        self._stream = bytearray()

    def feed(self, chunk: bytes) -> list[Frame]:
        """The frames that are whole once `chunk` has arrived."""
        self._stream += chunk
        frames = list[Frame]()
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        start = self._stream.find(START)
        if start < 0:
            del self._stream[:-1]  # the last byte may be the first of a start code
            return None
        head = bytes(self._stream[start + 2 : start + 7])
        if len(head) < 2:
            return None
        if signal := _SIGNALS.get(head[:2]):
            return self._take(start + 4, signal)
        if head[:2] != EXTENDED_MARK:
            return self._body(start + 4, head[0], sum(head[:2]))
        if len(head) < 5:
            return None
        return self._body(start + 7, int.from_bytes(head[2:4], "big"), sum(head[2:5]))

    def _body(self, begin: int, size: int, length_sum: int) -> Frame | None:
        if length_sum & 0xFF or not 0 < size <= LONGEST_BYTES:
            return self._take(begin, Signal.BROKEN)
        body = bytes(self._stream[begin : begin + size + 1])
        if len(body) <= size:
            return None
        return self._take(begin + size + 1, _read(body))

    def _take(self, until: int, frame: Frame) -> Frame:
        del self._stream[:until]
        return frame


_SIGNALS = {ACK[3:5]: Signal.ACK, NAK[3:5]: Signal.NAK}
"""Bytes in the place of length and length checksum that make no valid pair."""


def _read(body: bytes) -> Frame:
    """The command in `body`, which still carries its TFI and its checksum."""
    if sum(body) & 0xFF or body[0] != FROM_HOST or len(body) < 3:
        return Signal.BROKEN
    return Command(body[1], body[2:-1])

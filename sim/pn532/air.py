"""What ISO/IEC 14443-3 puts on the air: CRC_A, time, and a card's answer."""

from dataclasses import dataclass

BIT_S = 128 / 13.56e6
"""One bit at 106 kbit/s (ISO/IEC 14443-2)."""

FRAME_DELAY_S = 1172 / 13.56e6
"""Least pause between a reader's frame and the card's answer (ISO/IEC 14443-3, 6.2.1.1)."""

GUARD_S = 0.005
"""Time a card is powered before the first request (ISO/IEC 14443-3, 6.1.6)."""

NO_ANSWER_S = 0.001
"""One request that nobody answers; not published for the PN532, so a guess."""

SELECT_S = {4: 0.0024, 7: 0.00443, 10: 0.00646}
"""Request, anticollision and selection by size of UID, computed from the frame lengths."""

ACK_BITS, NAK_BITS = 0x0A, 0x00


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card sends back.

    Attributes:
        data: the bytes, without CRC.
        short: four bits without a CRC, as NFC Forum Type 2 acknowledges.
    """

    data: bytes
    short: bool = False

    @property
    def on_air(self) -> bytes:
        """The bytes with their CRC, as the reader receives them."""
        return self.data if self.short else self.data + crc_a(self.data)


def crc_a(data: bytes) -> bytes:
    """CRC_A (ISO/IEC 14443-3, annex B), low byte first."""
    register = 0x6363
    for byte in data:
        mixed = (byte ^ register) & 0xFF
        mixed = (mixed ^ mixed << 4) & 0xFF
        register = register >> 8 ^ mixed << 8 ^ mixed << 3 ^ mixed >> 4
    return (register & 0xFFFF).to_bytes(2, "little")


def exchange_s(sent: bytes, received: bytes) -> float:
    """Seconds one exchange takes on the air: nine bits a byte, and the card's pause."""
    return (len(sent) + len(received)) * 9 * BIT_S + FRAME_DELAY_S

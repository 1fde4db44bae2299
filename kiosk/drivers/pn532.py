"""How to look into the field of a PN532: which commands, in which order, and what they mean.

- InListPassiveTarget with MaxTg 2 switches the field on and selects up to two cards; nfcpy
  always asks for one. Two different UIDs are a collision. To look for a second card the chip
  halts the first, and a halted card answers nobody until it loses power: a host that leaves the
  field on then sees a lone card only every other time. So the field goes off after each look
  that found something, after a look that failed, and about once a second in any case. Otherwise it
  stays on, so that a card laid down has power at once: 5 ms sooner, and one command less.
- A card that speaks ISO/IEC 14443-4 (SAK bit 6) is a phone, a watch or a bank card. Power-cycling
  a phone makes it draw a new UID each time. Such a card is activated once (RATS), the field
  stays on, and R(NAK) asks whether it is still there. While it is held no second card is seen.

An idle look is one command and 27 bytes on the wire; nfcpy's `sense` takes four and 119.

The chip's frames carry an 8-bit sum: any one changed byte is noticed, but of frames with several
changed bytes one in 256 passes. Answers are also checked for their shape.

Chapter numbers are those of the user manual UM0701-02.
"""

from typing import Protocol

from kiosk.drivers.pcd import Sighting
from kiosk.drivers.port import Technology
from kiosk.exceptions import CollisionError, ReaderError

RF_CONFIGURATION, FIELD_OFF = 0x32, b"\x01\x02"
"""Item 1: carrier off, no automatic collision avoidance (7.3.1)."""

LIST_PASSIVE_TARGET = 0x4A
ONE_CARD_TYPE_A, TWO_CARDS_TYPE_A = b"\x01\x00", b"\x02\x00"

COMMUNICATE_THRU, DONE = 0x42, 0x00
RATS, R_NAK = b"\xe0\x80", b"\xb2"
"""Activation, and the question "still there?" (ISO/IEC 14443-4, 5.6.1.1 and 7.5.5)."""

ANSWER_TIMEOUT_S = 0.3
"""Answers take 10 to 70 ms; nfcpy would give them 1 s, in which a lost frame blinds the kiosk."""

LOOKS_PER_RESET = 20
"""Every 0.8 s at a look every 40 ms."""

ISO_DEP = 0x20
UID_SIZES = frozenset({4, 7, 10})
HEAD_BYTES = 5


class Command(Protocol):
    """Sends one command to the chip and returns the data behind its response code."""

    def __call__(self, code: int, data: bytes, timeout_s: float, /) -> bytes:
        """Send `code` with `data`; wait at most `timeout_s` for the answer."""


class Antenna:
    """The field of one chip, looked into again and again.

    Whatever the command raises passes through; the next look begins with a reset.

    Args:
        command: how to reach the chip.
    """

    def __init__(self, command: Command) -> None:
        self._command = command
        self._held: Sighting | None = None
        self._reset_due = True
        self._empty_looks = 0

    def look(self) -> Sighting | None:
        """The one card in the field, or None.

        Raises:
            CollisionError: there are two.
            ReaderError: the chip's answer has not the right shape.
        """
        if self._held is not None:
            return self._held_still()
        return self._made_out(self._fresh_look())

    def _held_still(self) -> Sighting | None:
        if not self._answers(R_NAK):
            self._held = None
            self._field_off()
        return self._held

    def _fresh_look(self) -> list[Sighting]:
        if self._reset_due:
            self._field_off()
        self._reset_due = True  # holds if the answer gets lost: it may hide a halted card
        cards = self._listed(TWO_CARDS_TYPE_A)
        self._empty_looks = 0 if cards else self._empty_looks + 1
        if self._empty_looks % LOOKS_PER_RESET == 0:
            self._field_off()
        self._reset_due = False
        return cards

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
        self._reset_due = True
        cards = self._listed(ONE_CARD_TYPE_A)
        self._held = cards[0] if cards and self._answers(RATS) else None
        return self._held

    def _listed(self, which: bytes) -> list[Sighting]:
        return parse_targets(bytes(self._command(LIST_PASSIVE_TARGET, which, ANSWER_TIMEOUT_S)))

    def _answers(self, block: bytes) -> bool:
        """Whether the selected card answers anything at all to `block`."""
        return self._command(COMMUNICATE_THRU, block, ANSWER_TIMEOUT_S)[0] == DONE

    def _field_off(self) -> None:
        self._command(RF_CONFIGURATION, FIELD_OFF, ANSWER_TIMEOUT_S)


def parse_targets(answer: bytes) -> list[Sighting]:
    """The cards in the answer to InListPassiveTarget at 106 kbit/s type A (7.3.5).

    Each one is: number, SENS_RES high byte first, SEL_RES, size of UID, UID.

    Raises:
        ReaderError: the answer has not that shape.
    """
    count, rest = answer[0] if answer else 1, answer[1:]
    cards: list[Sighting] = []
    for number in range(1, count + 1):
        size = rest[4] if len(rest) >= HEAD_BYTES else 0
        if size not in UID_SIZES or rest[0] != number or len(rest) < HEAD_BYTES + size:
            raise ReaderError("the reader answered nonsense")
        uid, rest_after = rest[HEAD_BYTES : HEAD_BYTES + size], rest[HEAD_BYTES + size :]
        cards.append(Sighting(uid, Technology.NFC_A, atqa=rest[2:0:-1], sak=rest[3]))
        rest = rest_after
    if rest:
        raise ReaderError("the reader answered nonsense")
    return cards

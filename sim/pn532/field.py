"""The reader's field: which cards lie in it, and how they answer requests and selection."""

from dataclasses import dataclass
from enum import Enum

from sim.pn532.air import NAK_BITS, Answer
from sim.pn532.cards import HALT, Card

RATS, DESELECT = 0xE0, 0xC2
"""First byte of the frames that begin and end ISO/IEC 14443-4 (5.6.1.1, 7.1.1)."""


class _State(Enum):
    """States of a card of type A (ISO/IEC 14443-3, 6.3)."""

    IDLE = "idle"
    ACTIVE = "active"
    PROTOCOL = "protocol"
    HALT = "halt"


_SELECTED = (_State.ACTIVE, _State.PROTOCOL)


@dataclass(slots=True)
class _Laid:
    card: Card
    state: _State = _State.IDLE


class Field:
    """Cards laid on the antenna, powered while the field is on.

    A card that was halted stays silent until the field goes off: with MaxTg 2 the PN532 halts
    the first card to look for a second one, and a host that leaves the field on afterwards
    sees a lone card only every other time (NXP community thread 481864).
    """

    def __init__(self) -> None:
        self._laid: list[_Laid] = []
        self.on = False

    @property
    def cards(self) -> tuple[Card, ...]:
        """What lies there, in the order it was laid."""
        return tuple(laid.card for laid in self._laid)

    def lay(self, card: Card) -> None:
        """Put a card down.

        Raises:
            ValueError: this very card lies there already.
        """
        if card in self.cards:
            raise ValueError("this card lies there already")
        self._laid.append(_Laid(card))
        if self.on:
            card.power_up()

    def take(self, card: Card) -> None:
        """Take a card away.

        Raises:
            ValueError: the card does not lie there.
        """
        if card not in self.cards:
            raise ValueError("this card does not lie there")
        self._laid = [laid for laid in self._laid if laid.card is not card]

    def switch(self, on: bool) -> None:
        """Switch the carrier; cards lose their state when it goes and begin anew when it comes."""
        if on and not self.on:
            for laid in self._laid:
                laid.state = _State.IDLE
                laid.card.power_up()
        self.on = on

    def select(self, uid: bytes = b"") -> Card | None:
        """Request, anticollision and selection of one card; with `uid` only of that one.

        Of several cards the one is found whose UID has a 1 where they first differ, lowest bit
        first, as readers choose at a collision. Cards of the same UID answer as one.
        """
        awake = [laid for laid in self._laid if laid.state in (_State.IDLE, _State.ACTIVE)]
        for laid in awake:
            laid.state = _State.IDLE
        found = [laid for laid in awake if not uid or laid.card.uid == uid]
        if not self.on or not found:
            return None
        chosen = max(found, key=lambda laid: _as_sent(laid.card.uid))
        chosen.state = _State.ACTIVE
        return chosen.card

    def halt(self) -> None:
        """Send the selected card to sleep."""
        for laid in self._laid:
            if laid.state in _SELECTED:
                laid.state = _State.HALT

    def exchange(self, frame: bytes) -> Answer | None:
        """What the selected card answers; None is silence.

        A refusal sends a Type 2 tag back to IDLE (NTAG21x data sheet, 8.4).
        """
        laid = next((laid for laid in self._laid if laid.state in _SELECTED), None)
        if not self.on or laid is None:
            return None
        answer = None if frame == HALT else laid.card.answer(frame)
        laid.state = _after(laid, frame, answer)
        return answer


def _after(laid: _Laid, frame: bytes, answer: Answer | None) -> _State:
    """The state a selected card is in after it took `frame` and gave `answer`."""
    if frame == HALT or frame[:1] == bytes([DESELECT]):
        return _State.HALT
    if answer and answer.short and answer.data == bytes([NAK_BITS]):
        return _State.IDLE
    if answer and frame[0] == RATS and laid.card.sak & 0x20:
        return _State.PROTOCOL
    return laid.state


def _as_sent(uid: bytes) -> str:
    """The bits of a UID in the order of the air: lowest bit of each byte first."""
    return "".join(f"{byte:08b}"[::-1] for byte in uid)

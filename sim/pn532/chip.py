"""The PN532 itself: takes a host command, works the field, says what to answer and when.

Nothing here sleeps or touches a file: `obey` gives the answer and the time the chip needs for
it. Chapter numbers are those of the user manual UM0701-02.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as default

from sim.pn532 import air
from sim.pn532.air import crc_a
from sim.pn532.cards import Card
from sim.pn532.field import Field
from sim.pn532.frames import Command

FIRMWARE = bytes.fromhex("32010607")
"""IC, version, revision and supported technologies of a PN532 v1.6 (7.2.2)."""

BAUD_RATES = (9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 1288000)
FIRST_BAUD = 115200

RX_MODE, TX_CONTROL, FIFO_DATA = 0x6303, 0x6304, 0x6339
CRC_ON = 0x80
REQA = 0x26

OK, RF_TIMEOUT, CRC_ERROR, BAD_CONTEXT = 0x00, 0x01, 0x02, 0x27  # 7.1
FOREVER = 0xFF
AUTOMATIC_RATS = 0x10
ISO_DEP = 0x20
TYPE_A = 0x00


@dataclass(frozen=True, slots=True)
class Reply:
    """The chip's answer: data behind the response code, and seconds until it is there."""

    data: bytes
    after_s: float = 0.0


class SyntaxRefused(Exception):
    """Raised for a command the chip does not know or whose parameters make no sense."""


@dataclass(slots=True)
class _Settings:
    """What RFConfiguration and SetParameters set, at their values after reset (7.3.1, 7.2.9)."""

    parameters: int = 0x14
    reply_timeout: int = 0x0A
    activation_retries: int = FOREVER


@dataclass(slots=True)
class Chip:
    """One PN532 with its field.

    Attributes:
        field: the antenna and what lies on it; outlives the chip's power.
        baud: bits per second on the host's line; a new rate holds from the host's next ACK.
        asleep: the chip was told to power down and wakes at the next bytes.
    """

    field: Field
    baud: int = FIRST_BAUD
    asleep: bool = False
    _next_baud: int | None = None
    _settings: _Settings = default(default_factory=_Settings)
    _registers: dict[int, int] = default(default_factory=dict)
    _targets: list[Card] = default(default_factory=list)
    _block_number: int = 0

    def obey(self, command: Command) -> Reply | None:
        """Carry out a command; None means "not yet": ask again after `air.NO_ANSWER_S`.

        Raises:
            SyntaxRefused: the command is unknown or malformed; nothing was done.
        """
        try:
            return self._commands()[command.code](command.params)
        except (KeyError, IndexError, ValueError) as error:
            raise SyntaxRefused(f"command {command.code:02x}") from error

    def hears(self, baud: int) -> bool:
        """Whether bytes at this speed make sense to the chip.

        A host that already uses the speed it asked for has sent its ACK, even where that ACK
        was flushed away with the port's buffers.
        """
        if baud == self._next_baud:
            self.host_ack()
        return baud == self.baud

    def host_ack(self) -> None:
        """The host acknowledged: a baud rate it asked for holds from now (7.2.8)."""
        if self._next_baud is not None:
            self.baud, self._next_baud = self._next_baud, None

    def _commands(self) -> dict[int, Callable[[bytes], Reply | None]]:
        return {
            0x00: self._diagnose,
            0x02: lambda _: Reply(FIRMWARE),
            0x04: self._general_status,
            0x06: self._read_register,
            0x08: self._write_register,
            0x10: self._set_baud_rate,
            0x12: self._set_parameters,
            0x14: lambda params: Reply(b"" if 1 <= params[0] <= 4 else _refuse()),
            0x16: self._power_down,
            0x32: self._rf_configuration,
            0x40: self._data_exchange,
            0x42: self._communicate_thru,
            0x44: self._deselect,
            0x4A: self._list_passive_target,
            0x52: self._release,
        }

    def _diagnose(self, params: bytes) -> Reply | None:
        """Communication line, ROM, RAM, and presence of an activated target (7.2.1)."""
        match params[0]:
            case 0x00:
                return Reply(params)
            case 0x01 | 0x02:
                return Reply(bytes([OK]))
            case 0x06:
                there = bool(self._targets) and self.field.exchange(b"\xb2") is not None
                return Reply(bytes([OK])) if there else self._silence()
        raise ValueError(params[0])

    def _general_status(self, _: bytes) -> Reply:
        """Last error, field, targets at 106 kbit/s, SAM (7.2.3)."""
        targets = b"".join(bytes([n, 0, 0, 0x10]) for n, _ in enumerate(self._targets, 1))
        return Reply(bytes([OK, self.field.on, len(self._targets)]) + targets + b"\x00")

    def _read_register(self, params: bytes) -> Reply:
        return Reply(bytes(self._register(address) for address in _words(params)))

    def _register(self, address: int) -> int:
        if address == TX_CONTROL:
            return 0x83 if self.field.on else 0x80
        return self._registers.get(address, 0)

    def _write_register(self, params: bytes) -> Reply:
        if not params or len(params) % 3:
            raise ValueError(len(params))
        for at in range(0, len(params), 3):
            self._registers[int.from_bytes(params[at : at + 2], "big")] = params[at + 2]
        return Reply(b"")

    def _set_baud_rate(self, params: bytes) -> Reply:
        self._next_baud = BAUD_RATES[params[0]]
        return Reply(b"")

    def _set_parameters(self, params: bytes) -> Reply:
        self._settings.parameters = params[0]
        return Reply(b"")

    def _power_down(self, params: bytes) -> Reply:
        """Sleep with the field off once the answer is out (7.2.11)."""
        if not params:
            raise ValueError
        self.field.switch(on=False)
        self.asleep = True
        return Reply(bytes([OK]))

    def _rf_configuration(self, params: bytes) -> Reply:
        """Field, timings, retries; the analogue settings change nothing here (7.3.1)."""
        item, data = params[0], params[1:]
        match item:
            case 0x01:
                self.field.switch(on=bool(data[0] & 1))
            case 0x02:
                self._settings.reply_timeout = data[2]
            case 0x05:
                self._settings.activation_retries = data[2]
            case 0x04 | 0x0A | 0x0B | 0x0C | 0x0D if data:
                pass
            case _:
                raise ValueError(item)
        return Reply(b"")

    def _list_passive_target(self, params: bytes) -> Reply | None:
        """Find up to two cards; the first one is halted to look for the second (7.3.5)."""
        most, technology, uid = params[0], params[1], _plain_uid(params[2:])
        if most not in (1, 2) or technology > 4:
            raise ValueError(most)
        guard_s = 0.0 if self.field.on else air.GUARD_S
        self.field.switch(on=True)
        self._registers[RX_MODE] = CRC_ON
        self._targets = self._find(most, uid) if technology == TYPE_A else []
        if not self._targets and self._settings.activation_retries == FOREVER:
            return None
        return Reply(self._described(), guard_s + self._search_s(most))

    def _find(self, most: int, uid: bytes) -> list[Card]:
        found: list[Card] = []
        while len(found) < most and (card := self.field.select(uid)) is not None:
            found.append(card)
            if len(found) < most:
                self.field.halt()
        self._registers[FIFO_DATA] = 0 if found else REQA
        return found

    def _search_s(self, most: int) -> float:
        """Time of the selections, and of the looks that found nobody any more."""
        tries = min(self._settings.activation_retries, FOREVER - 1) + 1
        unanswered = tries if len(self._targets) < most else 0
        return sum(air.SELECT_S[len(t.uid)] for t in self._targets) + unanswered * air.NO_ANSWER_S

    def _described(self) -> bytes:
        parts = [bytes([len(self._targets)])]
        for number, card in enumerate(self._targets, 1):
            parts.append(bytes([number]) + card.atqa + bytes([card.sak, len(card.uid)]) + card.uid)
            if card.sak & ISO_DEP and self._settings.parameters & AUTOMATIC_RATS:
                self.field.select(card.uid)
                ats = self.field.exchange(b"\xe0\x50")
                parts.append(bytes([len(ats.data) + 1]) + ats.data if ats else b"\x00")
        return b"".join(parts)

    def _communicate_thru(self, params: bytes) -> Reply | None:
        """Send raw bytes to the selected card (7.3.9)."""
        answer = self.field.exchange(params)
        if answer is None:
            return self._silence()
        spent_s = air.exchange_s(params, answer.on_air)
        return Reply(self._received(answer), spent_s)

    def _received(self, answer: air.Answer) -> bytes:
        """Status and data as CIU_RxMode wants them: with the CRC checked and cut off, or raw."""
        if not self._registers.get(RX_MODE, 0) & CRC_ON:
            return bytes([OK]) + answer.on_air
        raw = answer.on_air
        if len(raw) < 3 or crc_a(raw[:-2]) != raw[-2:]:
            return bytes([CRC_ERROR])
        return bytes([OK]) + raw[:-2]

    def _data_exchange(self, params: bytes) -> Reply | None:
        """Send a command to a target, in an I-block where the card speaks ISO-DEP (7.3.8)."""
        if not 1 <= params[0] <= len(self._targets):
            return Reply(bytes([BAD_CONTEXT]))
        if not self._targets[params[0] - 1].sak & ISO_DEP:
            return self._communicate_thru(params[1:])
        reply = self._communicate_thru(bytes([0x02 | self._block_number]) + params[1:])
        if reply is None or reply.data[0] != OK:
            return reply
        self._block_number ^= 1
        return Reply(bytes([OK]) + reply.data[2:], reply.after_s)

    def _deselect(self, params: bytes) -> Reply:
        """Send the targets to sleep and remember them (7.3.10)."""
        if params[0] > len(self._targets):
            return Reply(bytes([BAD_CONTEXT]))
        self.field.exchange(b"\xc2")
        self.field.halt()
        return Reply(bytes([OK]))

    def _release(self, params: bytes) -> Reply:
        """Send the targets to sleep and forget them (7.3.11)."""
        reply = self._deselect(params)
        self._targets = []
        return reply

    def _silence(self) -> Reply | None:
        """No card answers: told after the longest wait, or never (7.3.1, item 02)."""
        steps = self._settings.reply_timeout
        return Reply(bytes([RF_TIMEOUT]), 100e-6 * 2 ** (steps - 1)) if steps else None


def _refuse() -> bytes:
    raise ValueError("parameter out of range")


def _words(data: bytes) -> list[int]:
    if not data or len(data) % 2:
        raise ValueError(len(data))
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _plain_uid(initiator_data: bytes) -> bytes:
    """The UID without the cascade tags that announce its longer forms (7.3.5)."""
    match len(initiator_data):
        case 0 | 4:
            return initiator_data
        case 8:
            return initiator_data[1:]
        case 12:
            return initiator_data[1:4] + initiator_data[5:]
    raise ValueError(len(initiator_data))

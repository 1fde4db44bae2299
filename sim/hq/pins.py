"""Members' PINs: opened with HQ's keys, compared by their scrypt hash, blocked after some tries."""

import base64
import binascii
import json
import os
import secrets
from dataclasses import dataclass, field
from hashlib import scrypt
from hmac import compare_digest
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import Connection, Row, select, update

from kiosk.exceptions import ConfigError
from kiosk.model.facts import SealedPin
from kiosk.model.members import PinState
from kiosk.model.rules import PinRule
from kiosk.model.verdicts import Because
from kiosk.store.disk import sync_file, sync_folder
from sim.hq.database import upsert
from sim.hq.errors import Refusal
from sim.hq.tables import member, pin

PURPOSE = b"kiosk pin 1"
"""Begins the HPKE info; the 16 bytes of the record's id follow, so that it opens no other."""

FIRST_KEY = "pin-1"
"""Name of the key pair that a new HQ draws."""

COST = 2**14
"""scrypt's N: 16 MB and some 50 ms a try. A short PIN is safe by its tries, not by its hash."""

_BLOCK_SIZE = 8
"""scrypt's r (RFC 7914, 2): its usual value."""


class Keyring:
    """HQ's private keys by their names, in one file that only HQ's user can read.

    Args:
        path: of the file; made with a first key when absent.

    Raises:
        ConfigError: the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.exists():
            self._keys = _read(path)
        else:
            self._keys = {FIRST_KEY: X25519PrivateKey.generate()}
            self._keep()

    def adopt(self, key_id: str, private: str) -> None:
        """Keep a key pair that was drawn elsewhere.

        Args:
            key_id: replaces the key of this name.
            private: 32 bytes in base64.
        """
        self._keys[key_id] = _key(private)
        self._keep()

    def public(self, key_id: str) -> str:
        """The public key in base64, as a programme names it; KeyError for an unknown name."""
        return base64.b64encode(self._keys[key_id].public_key().public_bytes_raw()).decode()

    def open(self, sealed: SealedPin, record_id: UUID) -> str | None:
        """The digits; None when they were sealed to another key or for another record."""
        key = self._keys.get(sealed.key_id)
        if key is None:
            return None
        suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
        try:
            whole = base64.b64decode(sealed.sealed, validate=True)
            return suite.decrypt(whole, key, info=PURPOSE + record_id.bytes).decode("ascii")
        except (binascii.Error, InvalidTag, ValueError):
            return None

    def _keep(self) -> None:
        raw = {name: key.private_bytes_raw() for name, key in self._keys.items()}
        text = json.dumps({name: base64.b64encode(one).decode() for name, one in raw.items()})
        growing = self._path.with_suffix(".writing")
        growing.unlink(missing_ok=True)
        with os.fdopen(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        sync_file(growing)
        growing.replace(self._path)
        sync_folder(self._path.parent)


def _read(path: Path) -> dict[str, X25519PrivateKey]:
    try:
        return {name: _key(text) for name, text in json.loads(path.read_text()).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise ConfigError(f"{path.name}: HQ's keys cannot be read") from error


def _key(text: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))


@dataclass(frozen=True, slots=True)
class PinCheck:
    """What an entered PIN turned out to be.

    Attributes:
        because: None when it is right.
        tries_left: after a wrong one; None when trying is of no use.
    """

    because: Because | None = None
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A PIN as a member entered it, hashed ahead where that was possible.

    Attributes:
        digits: None when HQ could not open it.
        salt: of the member's PIN it was hashed with, hex; empty when it was not hashed.
        hashed: what came of it, hex.
    """

    digits: str | None = field(repr=False)
    salt: str = ""
    hashed: str = field(default="", repr=False)


def set_pin(connection: Connection, member_id: str, digits: str, cost: int = COST) -> None:
    """Give the member this PIN and all tries again.

    Raises:
        Refusal: 404 when there is no such member, 422 when it is not 4 or 6 digits.
    """
    if len(digits) not in (4, 6) or not (digits.isascii() and digits.isdecimal()):
        raise Refusal(422, "a PIN is 4 or 6 digits")
    if connection.execute(select(member).where(member.c.member_id == member_id)).first() is None:
        raise Refusal(404, "there is no such member")
    upsert(connection, pin, [pin_row(member_id, digits, secrets.token_bytes(16), cost)])


def pin_row(member_id: str, digits: str, salt: bytes, cost: int = COST) -> dict[str, object]:
    """The row of the table `pin` for these digits."""
    hashed = _hash(digits, salt, cost).hex()
    row = {"member_id": member_id, "cost": cost, "salt": salt.hex(), "hashed": hashed}
    return row | {"wrong": 0, "blocked": False}


def hash_ahead(connection: Connection, member_id: str, digits: str | None) -> Entered:
    """The digits hashed with the salt of the member's PIN, where there is one to compare with.

    Args:
        connection: outside of any write transaction: scrypt takes 50 ms, and nobody else could
            write for so long.
        member_id: whose PIN it should be.
        digits: None when HQ could not open it.
    """
    row = connection.execute(select(pin).where(pin.c.member_id == member_id)).one_or_none()
    if row is None or row.blocked or digits is None:
        return Entered(digits)
    return Entered(digits, row.salt, _hash(digits, bytes.fromhex(row.salt), row.cost).hex())


def check_pin(connection: Connection, member_id: str, entered: Entered, rule: PinRule) -> PinCheck:
    """Judge an entered PIN and count a wrong one; a right one gives all tries back.

    One that HQ could not open is refused, and no try is counted.

    Args:
        connection: inside a write transaction.
        member_id: whose PIN it should be.
        entered: hashed anew here if the member's PIN has been changed since it was hashed.
        rule: how many tries there are.
    """
    row = connection.execute(select(pin).where(pin.c.member_id == member_id)).one_or_none()
    if row is None or row.blocked:
        return PinCheck(Because.PIN_BLOCKED)
    if entered.digits is None:
        return PinCheck(Because.PIN, max(rule.tries - row.wrong, 0))
    wrong = 0 if _is_same(entered, row) else row.wrong + 1
    blocked = wrong >= rule.tries
    if wrong != row.wrong:
        mine = update(pin).where(pin.c.member_id == member_id)
        connection.execute(mine.values(wrong=wrong, blocked=blocked))
    if wrong == 0:
        return PinCheck()
    if blocked:
        return PinCheck(Because.PIN_BLOCKED, 0)
    return PinCheck(Because.PIN, rule.tries - wrong)


def _is_same(entered: Entered, row: Row[Any]) -> bool:
    """Whether these are the digits of the table's row."""
    hashed = entered.hashed
    if entered.salt != row.salt:
        hashed = _hash(entered.digits or "", bytes.fromhex(row.salt), row.cost).hex()
    return compare_digest(hashed, row.hashed)


def state_of(blocked: bool | None) -> PinState:
    """What a kiosk is told: `blocked` of the member's row, None when there is none."""
    if blocked is None:
        return PinState.NONE
    return PinState.BLOCKED if blocked else PinState.SET


def _hash(digits: str, salt: bytes, cost: int) -> bytes:
    return scrypt(digits.encode(), salt=salt, n=cost, r=_BLOCK_SIZE, p=1, dklen=32)

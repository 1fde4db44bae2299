"""Records: what the kiosk tells HQ, each with an identity that makes it count once."""

import os
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from kiosk.model.clock import Instant
from kiosk.model.facts import Fact, Kind, Redemption, SealedPin, own_id


class Priority(IntEnum):
    """Which record goes up first: the lower number, then the lower sequence."""

    NOW = 0
    URGENT = 1
    NORMAL = 5
    BACKGROUND = 9


KIND_VERSION = 1
"""Version of the payloads above; HQ keeps reading older ones."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record on its way to disk; its sequence number is given there.

    Attributes:
        id: UUIDv7 (RFC 9562, 5.7); identity only, never used for order.
        payload: JSON of the fact, UTF-8. Sealing to HQ's key happens where this is made.
    """

    id: UUID
    kind: Kind
    kind_version: int
    priority: Priority
    occurred: Instant
    payload: bytes


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record on disk.

    Attributes:
        seq: place in the order of this kiosk, from 1, never used twice.
        tries: how often HQ has been asked to take it and answered `retry`.
    """

    seq: int
    tries: int
    record: NewRecord


def uuid7(unix_ms: int, entropy: bytes) -> UUID:
    """A version 7 UUID (RFC 9562, 5.7).

    Args:
        unix_ms: milliseconds since 1970-01-01 UTC, 48 bits.
        entropy: 10 random bytes.
    """
    if len(entropy) != 10:
        raise ValueError(f"a UUIDv7 takes 10 random bytes, not {len(entropy)}")
    value = (unix_ms & (1 << 48) - 1) << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


_PRIORITY = {
    Kind.VISIT: Priority.NORMAL,
    Kind.REDEMPTION: Priority.NOW,
    Kind.RELEASE: Priority.NOW,
    Kind.EVENT_SIGNUP: Priority.NORMAL,
    Kind.FEEDBACK: Priority.URGENT,
    Kind.CONSENT: Priority.NOW,
    Kind.DATA_REQUEST: Priority.URGENT,
    Kind.SURVEY_RESPONSE: Priority.NORMAL,
    Kind.SURVEY_ASKED: Priority.NORMAL,
    Kind.PROFILE_ANSWER: Priority.NORMAL,
    Kind.APPLICATION: Priority.URGENT,
    Kind.HAND_OVER: Priority.NOW,
    Kind.DEVICE_EVENT: Priority.BACKGROUND,
}


def new_record(fact: Fact, occurred: Instant, entropy: bytes | None = None) -> NewRecord:
    """The record that carries this fact; `entropy` is 10 random bytes, drawn here when absent.

    Raises:
        ValueError: a redemption's PIN was not sealed.
    """
    if isinstance(fact, Redemption) and not isinstance(fact.pin, SealedPin):
        raise ValueError("a PIN must be sealed before it may be written")
    unix_ms = int(occurred.wall.timestamp() * 1000)
    return NewRecord(
        id=own_id(fact) or uuid7(unix_ms, entropy or os.urandom(10)),
        kind=fact.kind,
        kind_version=KIND_VERSION,
        priority=_PRIORITY[fact.kind],
        occurred=occurred,
        payload=fact.model_dump_json().encode(),
    )

"""Records: what the kiosk tells HQ, each with an identity that makes it count once."""

import os
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kiosk.model.clock import Instant
from kiosk.model.members import Identifier
from kiosk.model.text import Language


class Kind(StrEnum):
    """What a record is about."""

    VISIT = "visit"
    DEVICE_EVENT = "device_event"


class Priority(IntEnum):
    """Which record goes up first: the lower number, then the lower sequence."""

    NOW = 0
    URGENT = 1
    NORMAL = 5
    BACKGROUND = 9


class Visit(BaseModel):
    """A member's card was read and the member's page was shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal[Kind.VISIT] = Kind.VISIT
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    language: Language
    directory_as_of: str = Field(description="the balance's own time, ISO 8601")


class DeviceEvent(BaseModel):
    """Something happened to the kiosk itself; carries nothing of a member."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal[Kind.DEVICE_EVENT] = Kind.DEVICE_EVENT
    what: Identifier
    detail: str = Field(default="", max_length=500)


Fact = Visit | DeviceEvent
"""What a step of the session leaves behind; each becomes one record."""

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


def new_record(fact: Fact, occurred: Instant, entropy: bytes | None = None) -> NewRecord:
    """The record that carries this fact; `entropy` is 10 random bytes, drawn here when absent."""
    unix_ms = int(occurred.wall.timestamp() * 1000)
    is_visit = isinstance(fact, Visit)
    return NewRecord(
        id=uuid7(unix_ms, entropy or os.urandom(10)),
        kind=fact.kind,
        kind_version=KIND_VERSION,
        priority=Priority.NORMAL if is_visit else Priority.BACKGROUND,
        occurred=occurred,
        payload=fact.model_dump_json().encode(),
    )

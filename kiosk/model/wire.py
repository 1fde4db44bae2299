"""The contract with HQ: the bodies of every request and answer, as pydantic models.

docs/hq-api.json is made from these; a test holds the two together.
"""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from kiosk.model.clock import ClockQuality
from kiosk.model.facts import Kind
from kiosk.model.members import Member
from kiosk.model.strict import STRICT, TOLERANT
from kiosk.model.text import Identifier
from kiosk.model.verdicts import Verdict

MAX_BATCH_RECORDS = 200
"""Records in one upload at most (docs/decisions.md, uploads)."""

MAX_BATCH_BYTES = 256 * 1024
"""Size of one upload's JSON at most, before compression (docs/decisions.md, uploads)."""

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact (RFC 8259, 6); databases hold it."""

HexKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class WireTime(BaseModel):
    """An Instant on the wire."""

    model_config = STRICT

    wall: AwareDatetime
    boot_id: str = Field(max_length=64)
    since_boot_s: float = Field(ge=0)
    clock: ClockQuality


class WireRecord(BaseModel):
    """One record on the wire; `id` makes it count once, `(kiosk, seq)` orders it."""

    model_config = STRICT

    id: UUID
    seq: int = Field(ge=1)
    kind: Kind
    kind_version: int = Field(ge=1)
    priority: int = Field(ge=0, le=9)
    occurred: WireTime
    payload: dict[str, Any]


class Upload(BaseModel):
    """Body of `POST /v1/kiosks/{kiosk}/records`."""

    model_config = STRICT

    kiosk: Identifier
    store: Identifier
    sent: WireTime
    records: list[WireRecord] = Field(max_length=MAX_BATCH_RECORDS)


class Fate(StrEnum):
    """What HQ did with one record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    RETRY = "retry"


class Result(BaseModel):
    """HQ's word on one record; a record without a word is kept and sent again."""

    model_config = TOLERANT

    id: UUID
    status: Fate
    code: str = Field(default="", max_length=64)
    detail: str = Field(default="", max_length=500)
    verdict: Verdict | None = Field(
        default=None,
        description="on a record that asks for something: what HQ did; the same again when the"
        " record comes a second time",
    )


class UploadAnswer(BaseModel):
    """HQ's answer to an upload, sent after HQ has committed."""

    model_config = TOLERANT

    results: list[Result]
    server_time: AwareDatetime
    next_after_s: float = Field(default=0, ge=0, le=3600)


class Change(BaseModel):
    """One change of the directory: a new row, or `member` null for a card that is gone."""

    model_config = TOLERANT

    k: HexKey
    v: int = Field(
        ge=1, le=LARGEST, description="version of the row; a lower one than ours is ignored"
    )
    member: Member | None = None


class Changes(BaseModel):
    """Answer of `GET /v1/directory/changes?cursor=N`; 410 when N is too old."""

    model_config = TOLERANT

    changes: list[Change]
    next: int = Field(ge=0, le=LARGEST)
    more: bool = False


class SnapshotManifest(BaseModel):
    """Answer of `GET /v1/directory/snapshot/manifest`: what the snapshot file must be.

    The file is SQLite with the table
    `member(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL) WITHOUT ROWID`,
    `k` being 16 bytes and `row` the member's JSON.
    """

    model_config = TOLERANT

    name: Identifier
    cursor: int = Field(ge=0, le=LARGEST)
    rows: int = Field(ge=0, le=LARGEST)
    size_bytes: int = Field(ge=0, le=LARGEST)
    blake2b_256: Digest


class ContentManifest(BaseModel):
    """Answer of `GET /v1/content/manifest`: which bundle is current.

    The bundle is a ZIP file, its entries stored or deflated: `programme.json`, `rewards.json`,
    `stores.json`, `attract.json`, `care.json`, perhaps `programme_next.json`, surveys below
    `surveys/`, and pictures below `pictures/`, as PNG or JPEG.
    """

    model_config = TOLERANT

    version: int = Field(ge=1)
    size_bytes: int = Field(ge=0)
    blake2b_256: Digest

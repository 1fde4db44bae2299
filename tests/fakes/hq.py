"""HQ in memory, as the uploader's three ports see it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kiosk.exceptions import CursorGone, HqRefused, HqUnreachable
from kiosk.model.verdicts import Verdict
from kiosk.model.wire import (
    Change,
    Changes,
    ContentManifest,
    Fate,
    Result,
    SnapshotManifest,
    Upload,
    UploadAnswer,
    WireRecord,
)
from kiosk.sync.ports import Told, Wanted

SERVER_TIME = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@dataclass
class FakeHq:
    """Keeps what is uploaded; misbehaves on order.

    Attributes:
        received: records HQ holds, by id.
        uploads: how many records each understood upload carried.
        poison: records that make HQ refuse a whole upload, with the status it refuses by.
        says: HQ's word on certain records instead of "accepted".
        verdicts: what HQ does with certain records that ask for something.
        unsaid: records HQ takes and says nothing of.
        failures: raised one by one by the next calls.
        log: every change of the directory.
        spoilt: versions of rows that are sent so that nobody can read them.
        floor: the oldest cursor HQ knows.
        page: changes in one answer.
        piece_bytes: bytes of a file in one answer.
        claimed_bytes: what the manifest says of the bundle's size instead of the truth.
    """

    received: dict[UUID, WireRecord] = field(default_factory=dict)
    uploads: list[int] = field(default_factory=list)
    poison: dict[UUID, int] = field(default_factory=dict)
    says: dict[UUID, Fate] = field(default_factory=dict)
    verdicts: dict[UUID, Verdict] = field(default_factory=dict)
    unsaid: set[UUID] = field(default_factory=set)
    failures: list[HqUnreachable | HqRefused] = field(default_factory=list)
    refuses_all_with: int = 0
    largest_upload: int = 10_000
    next_after_s: float = 0.0
    log: list[Change] = field(default_factory=list)
    spoilt: set[int] = field(default_factory=set)
    floor: int = 0
    page: int = 2
    snapshot: bytes = b""
    snapshot_cursor: int = 0
    bundle: bytes = b""
    claimed_bytes: int = 0
    version: int = 1
    piece_bytes: int = 64
    questions: list[str] = field(default_factory=list)

    def upload(self, upload: Upload) -> UploadAnswer:
        """As in `RecordsHq`."""
        self._begin("upload")
        self._refuse(upload.records)
        self.uploads.append(len(upload.records))
        results = [self._word(record) for record in upload.records]
        spoken = [result for result in results if result.id not in self.unsaid]
        return UploadAnswer(results=spoken, server_time=SERVER_TIME, next_after_s=self.next_after_s)

    def changes(self, cursor: int) -> Told:
        """As in `DirectoryHq`."""
        self._begin("changes")
        if cursor < self.floor:
            raise CursorGone("too old")
        page = self.log[cursor : cursor + self.page]
        following = cursor + len(page)
        sound = [change for change in page if change.v not in self.spoilt]
        changes = Changes(changes=sound, next=following, more=following < len(self.log))
        left_out = len(page) - len(sound)
        return Told(changes, "a row" if left_out else "", left_out)

    def changes_as_sent(self, cursor: int) -> dict[str, Any]:
        """The answer in JSON, with rows in it that nobody can read."""
        told = self.changes(cursor).changes
        sent = told.model_dump(mode="json", by_alias=True)
        rows = self.log[cursor : told.next]
        sent["changes"] = [row.model_dump(mode="json", by_alias=True) for row in rows]
        for row in sent["changes"]:
            if row["v"] in self.spoilt:
                row["member"]["points"] = "many"
        return sent

    def snapshot_manifest(self) -> SnapshotManifest:
        """As in `DirectoryHq`."""
        self._begin("snapshot manifest")
        return SnapshotManifest(
            name="snapshot-1",
            cursor=self.snapshot_cursor,
            rows=1,
            size_bytes=len(self.snapshot),
            blake2b_256=digest(self.snapshot),
        )

    def snapshot_piece(self, name: str, offset: int, wanted: Wanted) -> bytes:
        """As in `DirectoryHq`."""
        if name != "snapshot-1":
            raise HqRefused(404, "there is no such snapshot")
        return self._piece("snapshot piece", self.snapshot, offset, wanted)

    def content_manifest(self) -> ContentManifest:
        """As in `ContentHq`."""
        self._begin("content manifest")
        return ContentManifest(
            version=self.version,
            size_bytes=self.claimed_bytes or len(self.bundle),
            blake2b_256=digest(self.bundle),
        )

    def content_piece(self, version: int, offset: int, wanted: Wanted) -> bytes:
        """As in `ContentHq`."""
        if version != self.version:
            raise HqRefused(404, "there is no such bundle")
        return self._piece("content piece", self.bundle, offset, wanted)

    def _piece(self, question: str, whole: bytes, offset: int, wanted: Wanted) -> bytes:
        self._begin(question)
        if offset >= len(whole):
            raise HqRefused(416, "beyond the end")
        return whole[offset : offset + self.piece_bytes] if wanted() else b""

    def _begin(self, question: str) -> None:
        self.questions.append(question)
        if self.failures:
            raise self.failures.pop(0)

    def _refuse(self, records: Iterable[WireRecord]) -> None:
        poisoned = [self.poison[record.id] for record in records if record.id in self.poison]
        if self.refuses_all_with or poisoned:
            raise HqRefused(self.refuses_all_with or poisoned[0], "refused")
        if len(list(records)) > self.largest_upload:
            raise HqRefused(413, "too large")

    def _word(self, record: WireRecord) -> Result:
        fate = self.says.get(record.id)
        if fate is None:
            fate = Fate.DUPLICATE if record.id in self.received else Fate.ACCEPTED
            self.received[record.id] = record
        verdict = self.verdicts.get(record.id) if fate in (Fate.ACCEPTED, Fate.DUPLICATE) else None
        return Result(id=record.id, status=fate, code=f"code-{fate}", verdict=verdict)


def digest(data: bytes) -> str:
    """BLAKE2b-256 in hex."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()

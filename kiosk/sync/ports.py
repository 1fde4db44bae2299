"""What the uploader needs of HQ, and nothing more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.model.wire import Changes, ContentManifest, SnapshotManifest, Upload, UploadAnswer

Wanted = Callable[[], bool]
"""Asked during a long download; False ends it early, with what has arrived."""


@dataclass(frozen=True, slots=True)
class Told:
    """What HQ told of the directory.

    Attributes:
        changes: those this version of the product can read.
        unread: where the first one stands that it cannot, and what is wrong; "" for none.
        unread_count: how many were left out.
    """

    changes: Changes
    unread: str = ""
    unread_count: int = 0


class RecordsHq(Protocol):
    """HQ as the receiver of records."""

    def upload(self, upload: Upload) -> UploadAnswer:
        """Send records; HQ has committed its word on each when this returns.

        Raises:
            HqUnreachable: no usable answer; HQ may or may not have the records.
            HqRefused: HQ will not take this request.
        """


class DirectoryHq(Protocol):
    """HQ as the keeper of the directory."""

    def changes(self, cursor: int) -> Told:
        """What changed after this cursor; one row that cannot be read keeps back no other.

        Raises:
            CursorGone: HQ does not know the cursor any more.
            HqUnreachable: no usable answer.
            HqRefused: HQ will not answer this.
        """

    def snapshot_manifest(self) -> SnapshotManifest:
        """Which snapshot is current.

        Raises:
            HqUnreachable: no usable answer.
            HqRefused: HQ will not answer this.
        """

    def snapshot_piece(self, name: str, offset: int, wanted: Wanted) -> bytes:
        """Bytes of the snapshot from this offset on: as many as arrived in time.

        None at all only when nobody wanted them any more.

        Raises:
            HqUnreachable: nothing arrived.
            HqRefused: HQ will not answer this, or has no such bytes.
        """


class ContentHq(Protocol):
    """HQ as the publisher of content."""

    def content_manifest(self) -> ContentManifest:
        """Which bundle is current.

        Raises:
            HqUnreachable: no usable answer.
            HqRefused: HQ will not answer this.
        """

    def content_piece(self, version: int, offset: int, wanted: Wanted) -> bytes:
        """Bytes of the bundle from this offset on; else as `DirectoryHq.snapshot_piece`."""

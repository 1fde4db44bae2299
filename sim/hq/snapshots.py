"""The snapshot files HQ offers: made at start and on demand, the one before kept for downloads."""

import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path

from kiosk.model.wire import SnapshotManifest
from kiosk.store.snapshot import write_snapshot
from sim.hq.database import Database
from sim.hq.directory import read_meta, snapshot_rows
from sim.hq.errors import Refusal

KEPT = 2
"""Files kept: the current one, and the one before it that a kiosk may still be fetching."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file kiosks may fetch.

    Attributes:
        path: where it is; it never changes.
        blake2b_256: its digest in hex, as its manifest tells it.
        sha256: its digest as HTTP tells it (RFC 9530, 5 knows no BLAKE2b).
    """

    path: Path
    blake2b_256: str
    sha256: bytes


class Snapshots:
    """The folder of snapshot files.

    Args:
        folder: made when absent; emptied of files older than the last two.
        database: where the rows are.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._database = database
        self._lock = threading.Lock()
        self._manifests: dict[str, SnapshotManifest] = {}
        self._offers: dict[str, Offer] = {}

    def make(self) -> SnapshotManifest:
        """Write a snapshot of the directory as it is now; it is current from then on.

        Raises:
            StoreFailed: the disk refused.
        """
        with self._lock, self._database.read() as connection:
            cursor = read_meta(connection, "head")
            name = f"directory-{cursor}.sqlite"
            written = write_snapshot(self._folder / name, snapshot_rows(connection))
            path = self._folder / name
            self._manifests.pop(name, None)
            self._manifests[name] = written.manifest(name, cursor)
            self._offers[name] = Offer(path, written.blake2b_256, sha256_of(path))
            self._forget_old()
            return self._manifests[name]

    def current(self) -> SnapshotManifest:
        """What the newest file must be.

        Raises:
            Refusal: 404 when none was made yet.
        """
        if not self._manifests:
            raise Refusal(404, "no snapshot was made yet")
        return list(self._manifests.values())[-1]

    def offer(self, name: str) -> Offer:
        """The file of this name.

        Raises:
            Refusal: 404 when it is not offered (any more).
        """
        found = self._offers.get(name)
        if found is None:
            raise Refusal(404, "this snapshot is not offered any more")
        return found

    def _forget_old(self) -> None:
        for name in list(self._manifests)[:-KEPT]:
            del self._manifests[name], self._offers[name]
        for path in self._folder.glob("directory-*.sqlite*"):
            if path.name not in self._manifests:
                path.unlink()


def sha256_of(path: Path) -> bytes:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()

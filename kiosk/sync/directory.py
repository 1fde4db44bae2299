"""Brings the directory home: a snapshot once, then its changes."""

import math
from pathlib import Path
from typing import Protocol

from kiosk.exceptions import CorruptStore, CursorGone, HqUnreachable
from kiosk.model.wire import Changes, SnapshotManifest
from kiosk.sync.download import Download
from kiosk.sync.errands import Errands, offered
from kiosk.sync.journal import Journal
from kiosk.sync.ports import DirectoryHq

WHAT = "directory"

REFUSED_S = 6 * 60 * 60.0
"""Seconds before a snapshot that was damaged on arrival is fetched once more: it is large."""


class Directory(Protocol):
    """The directory on disk, as its uploader's side needs it."""

    def cursor(self) -> int | None:
        """HQ's commit sequence up to which the directory is true; None when it is empty."""

    def install_snapshot(self, part_file: Path, manifest: SnapshotManifest) -> None:
        """Take a downloaded snapshot into use.

        Raises:
            CorruptStore: the file is not what the manifest promises; the old one serves on.
            StoreFailed: the disk refused.
        """

    def apply(self, changes: Changes) -> None:
        """Take changes and their cursor in, all or nothing.

        Raises:
            StoreFailed: the disk refused.
        """


class DirectoryTask:
    """The directory's way from HQ to the disk."""

    def __init__(
        self,
        directory: Directory,
        hq: DirectoryHq,
        journal: Journal,
        errands: Errands,
    ) -> None:
        """Nothing is asked yet.

        Args:
            directory: where members are kept.
            hq: who knows them.
            journal: told what was taken and what was not.
            errands: how and when to ask.
        """
        self._directory = directory
        self._hq = hq
        self._journal = journal
        self._errands = errands
        self._coming: tuple[SnapshotManifest, Download] | None = None
        self._outdated = False
        self._installed = ""
        self._refused = ("", -math.inf)

    def turn(self, probe: bool) -> float:
        """One question to HQ: for changes, a manifest, or a piece of a snapshot."""
        if self._coming is not None:
            return self._fetch(*self._coming)
        cursor = self._directory.cursor()
        if cursor is None or self._outdated:
            return self._begin()
        try:
            return self._ask(cursor)
        except CursorGone:
            self._outdated = True
            return 0.0

    def _ask(self, cursor: int) -> float:
        changes = self._hq.changes(cursor)
        if changes.more and changes.next <= cursor:
            raise HqUnreachable("HQ says there are more changes and gives none")
        if changes.changes or changes.next != cursor:
            self._directory.apply(changes)
        if changes.more:
            return 0.0
        self._journal.directory_is_current()
        return self._errands.pause_s()

    def _begin(self) -> float:
        manifest = offered(WHAT, self._hq.snapshot_manifest)
        if self._outdated and manifest.blake2b_256 == self._installed:
            self._outdated = False  # ask for changes again: perhaps HQ remembers by then
            raise HqUnreachable("HQ does not know the cursor of its own snapshot", status=410)
        digest, until_s = self._refused
        if manifest.blake2b_256 == digest and self._errands.clock.monotonic() < until_s:
            return self._errands.pause_s()
        digest, size_bytes = manifest.blake2b_256, manifest.size_bytes
        self._coming = manifest, Download(self._errands.folder, "snapshot", digest, size_bytes)
        return 0.0

    def _fetch(self, manifest: SnapshotManifest, download: Download) -> float:
        self._coming = None  # after a failure the manifest is asked for again
        if not download.step(
            lambda at: self._hq.snapshot_piece(manifest.name, at, self._errands.wanted)
        ):
            self._coming = manifest, download
            return 0.0
        try:
            self._directory.install_snapshot(download.part, manifest)
        except CorruptStore as error:
            download.discard()
            digest = manifest.blake2b_256
            self._refused = digest, self._errands.clock.monotonic() + REFUSED_S
            self._journal.refused(WHAT, manifest.name, digest, str(error))
            return self._errands.pause_s()
        self._outdated = False
        self._installed = manifest.blake2b_256
        self._journal.taken(WHAT, manifest.name)
        return 0.0

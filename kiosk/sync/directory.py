"""Brings the directory home: a snapshot once, then its changes."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk import __version__
from kiosk.exceptions import CorruptStore, CursorGone, HqUnreachable
from kiosk.model.facts import DeviceEvent
from kiosk.model.wire import Changes, SnapshotManifest
from kiosk.sync.download import Download
from kiosk.sync.errands import Errands, offered
from kiosk.sync.journal import Journal
from kiosk.sync.ports import DirectoryHq, Told

WHAT = "directory"

ROWS = "directory rows"
"""What a refusal of single rows is called in the status."""

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


class Lost(Protocol):
    """The mark that this kiosk may have forgotten what it promised; each raises StoreFailed."""

    @property
    def noted(self) -> bool:
        """Whether it stands."""

    def made_good(self) -> None:
        """The directory includes all that HQ has heard of: take it away."""


class DirectoryTask:
    """The directory's way from HQ to the disk."""

    def __init__(
        self,
        directory: Directory,
        hq: DirectoryHq,
        journal: Journal,
        errands: Errands,
        tell_hq: Callable[[DeviceEvent], None] = lambda _: None,
        lost: Lost | None = None,
    ) -> None:
        """Nothing is asked yet.

        Args:
            directory: where members are kept.
            hq: who knows them.
            journal: told what was taken and what was not.
            errands: how and when to ask.
            tell_hq: makes a record of what HQ should know of this kiosk.
            lost: what the directory makes good; None where nothing else keeps promises.
        """
        self._directory = directory
        self._hq = hq
        self._journal = journal
        self._errands = errands
        self._tell_hq = tell_hq
        self._lost = lost
        self._coming: tuple[SnapshotManifest, Download] | None = None
        self._outdated = self._news = False
        self._installed = ""
        self._refused = ("", -math.inf)
        self._read_again_s = -math.inf

    def turn(self, probe: bool) -> float:
        """One question to HQ: for changes, a manifest, or a piece of a snapshot."""
        if self._coming is not None:
            return self._fetch(*self._coming)
        cursor = self._directory.cursor()
        if cursor is None or self._outdated or self._may_read_more():
            return self._begin()
        try:
            return self._ask(cursor)
        except CursorGone:
            self._outdated = True
            return 0.0

    def _may_read_more(self) -> bool:
        """Whether another version left rows out, which only a snapshot brings again.

        Asked for at the start and seldom after that: changes must not wait for it.
        """
        refusal = self._journal.status.refusal_of(ROWS)
        now_s = self._errands.clock.monotonic()
        if refusal is None or refusal.product == __version__ or now_s < self._read_again_s:
            return False
        self._read_again_s = now_s + REFUSED_S
        return True

    def _ask(self, cursor: int) -> float:
        lost = self._lost if self._lost is not None and self._lost.noted else None
        told = self._hq.changes(cursor)
        changes = told.changes
        if told.unread:
            self._leave_out(cursor, told)
        if changes.more and changes.next <= cursor:
            raise HqUnreachable("HQ says there are more changes and gives none")
        if changes.changes or changes.next != cursor:
            self._directory.apply(changes)
            self._news = True
        if changes.more:
            return 0.0
        if lost is not None:
            lost.made_good()
        self._journal.directory_is_current(news=self._news)
        self._news = False
        return self._errands.pause_s()

    def _leave_out(self, cursor: int, told: Told) -> None:
        """Say once that HQ sends rows this version cannot read; the members' older rows stay."""
        before = self._journal.status.refusal_of(ROWS)
        if before is None or before.product != __version__:
            reason = f"{told.unread_count} left out after cursor {cursor}, first {told.unread}"
            self._journal.refused(ROWS, str(cursor), "", reason)
            self._tell_hq(DeviceEvent(what="rows-unreadable", detail=reason))

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
        self._journal.forgiven(ROWS)
        return 0.0

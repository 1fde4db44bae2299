"""Brings the content home: a bundle whenever HQ publishes another version."""

from pathlib import Path
from typing import Protocol

from kiosk.content import Content
from kiosk.exceptions import ContentRefused, CorruptStore
from kiosk.model.wire import ContentManifest
from kiosk.store.bundle import MAX_BUNDLE_BYTES
from kiosk.sync.download import Download
from kiosk.sync.errands import Errands, offered
from kiosk.sync.journal import Journal
from kiosk.sync.ports import ContentHq

WHAT = "content"

LARGEST_BYTES = MAX_BUNDLE_BYTES + 1024 * 1024
"""Size of a bundle's file at most: what it unpacks to, and the ZIP file's own heads."""


class ContentShelf(Protocol):
    """The content on disk, as its uploader's side needs it."""

    def current(self) -> Content | None:
        """The version in use; None before the first.

        Raises:
            CorruptStore: neither the version in use nor the one before can be read.
        """

    def apply_bundle(self, bundle: Path, manifest: ContentManifest) -> Content:
        """Take a downloaded bundle into use.

        Raises:
            ContentRefused: something in it is wrong; the old version stays.
            StoreFailed: the disk refused.
        """


class ContentTask:
    """The content's way from HQ to the disk."""

    def __init__(
        self,
        shelf: ContentShelf,
        hq: ContentHq,
        journal: Journal,
        errands: Errands,
    ) -> None:
        """Nothing is asked yet; the arguments are those of `DirectoryTask`."""
        self._shelf = shelf
        self._hq = hq
        self._journal = journal
        self._errands = errands
        self._coming: tuple[ContentManifest, Download] | None = None

    def turn(self, probe: bool) -> float:
        """One question to HQ: for the manifest or a piece of the bundle."""
        if self._coming is not None:
            return self._fetch(*self._coming)
        manifest = offered(WHAT, self._hq.content_manifest)
        digest = manifest.blake2b_256
        if manifest.version == self._version() or self._journal.was_refused(WHAT, digest):
            return self._errands.pause_s()
        if manifest.size_bytes > LARGEST_BYTES:
            reason = f"has {manifest.size_bytes} bytes, {LARGEST_BYTES} at most are fetched"
            self._journal.refused(WHAT, str(manifest.version), digest, reason)
            return self._errands.pause_s()
        self._coming = manifest, Download(self._errands.folder, WHAT, digest, manifest.size_bytes)
        return 0.0

    def _version(self) -> int | None:
        """The version in use; None when there is none to be read, so that a new one is fetched."""
        try:
            content = self._shelf.current()
        except CorruptStore:
            return None
        return None if content is None else content.version

    def _fetch(self, manifest: ContentManifest, download: Download) -> float:
        self._coming = None  # after a failure the manifest is asked for again
        if not download.step(
            lambda at: self._hq.content_piece(manifest.version, at, self._errands.wanted)
        ):
            self._coming = manifest, download
            return 0.0
        version = str(manifest.version)
        try:
            self._shelf.apply_bundle(download.part, manifest)
        except ContentRefused as error:
            self._journal.refused(WHAT, version, manifest.blake2b_256, str(error))
        else:
            self._journal.taken(WHAT, version)
        finally:
            download.discard()
        return self._errands.pause_s()

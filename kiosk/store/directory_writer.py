"""Takes the directory in: a snapshot once, then its changes; kiosk-sync's side."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

import apsw

from kiosk.exceptions import CorruptStore, DirectoryMissing
from kiosk.model.wire import Changes, SnapshotManifest
from kiosk.store import directory_tables
from kiosk.store.directory_files import (
    DirectoryState,
    Generation,
    Serving,
    fault_of,
    generation_files,
    next_number,
    read_pointer,
    write_pointer,
)
from kiosk.store.disk import name_aside, sync_file, sync_folder
from kiosk.store.snapshot import verify_snapshot
from kiosk.store.sqlite import (
    close_without_traces,
    index_beside,
    log_beside,
    our_failures,
    require_safe_library,
)

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class DirectoryWriter:
    """The one writer of the directory's folder; readers follow by its pointer file.

    Files of the snapshot before stay until the next installation: a reader that has not
    looked yet still serves from them, and they serve again when the new one is damaged.

    An object belongs to one thread at a time.
    """

    def __init__(
        self, folder: Path, now: Callable[[], datetime], on_older: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._now = now
        self._on_older = on_older
        self._db: apsw.Connection | None = None
        self._fault = ""
        with our_failures(folder.name):
            folder.mkdir(parents=True, exist_ok=True)
        self._serving = self._usable(self._read_pointer())

    @classmethod
    def open(
        cls, folder: Path, now: Callable[[], datetime], on_older: Callable[[], None] = lambda: None
    ) -> Self:
        """Open the directory for writing, mending what a damaged disk left of it.

        Args:
            folder: where snapshot, overlay and pointer are kept.
            now: the wall clock; tells when the last change was taken in.
            on_older: called before rows serve that may be older than those that served.

        Raises:
            StoreError: the SQLite library is too old to be safe.
            StoreFailed: the disk refused.
        """
        require_safe_library()
        return cls(folder, now, on_older)

    def cursor(self) -> int | None:
        """HQ's commit sequence up to which the directory is true; None when it is empty.

        Raises:
            StoreFailed: the disk refused.
        """
        return self.state().cursor

    def state(self) -> DirectoryState:
        """What the directory holds now; a snapshot damaged since the last look serves no more.

        Raises:
            StoreFailed: the disk refused.
        """
        self._look_at_snapshot()
        if not self._serving.generations:
            return DirectoryState(fault=self._fault)
        current = self._serving.generations[0]
        return self._on_overlay(lambda db: directory_tables.state(db, current, self._fault))

    def install_snapshot(self, part_file: Path, manifest: SnapshotManifest) -> None:
        """Let a downloaded snapshot serve, with an empty overlay above it.

        The file is moved; it lies on the same file system as the directory. When it is
        refused it stays where it is.

        Raises:
            CorruptStore: the file is not what the manifest promises; the old one serves on.
            StoreFailed: the disk refused; the old one serves on.
        """
        verify_snapshot(part_file, manifest)
        self._on_older()  # HQ may have made it before the last changes
        coming = Generation(
            number=next_number(self._serving, self._folder),
            name=manifest.name,
            cursor=manifest.cursor,
            rows=manifest.rows,
            size_bytes=manifest.size_bytes,
            installed=self._now(),
        )
        with our_failures(manifest.name):
            sync_file(part_file)
            part_file.rename(coming.snapshot_in(self._folder))
            self._begin_overlay(coming)
        self._serve(Serving(generations=(coming, *self._serving.generations[:1])))
        self._fault = ""
        self._remove_unused()

    def apply(self, changes: Changes) -> None:
        """Take changes and their cursor in, all or nothing; versions not newer are passed over.

        Raises:
            DirectoryMissing: there is no snapshot the changes could stand on.
            StoreFailed: the disk refused; nothing was taken in.
        """
        if not self._serving.generations:
            raise DirectoryMissing("there is no snapshot below these changes")
        as_of = self._now()
        self._on_overlay(lambda db: directory_tables.apply(db, changes, as_of))

    def close(self) -> None:
        """Let the files go."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _look_at_snapshot(self) -> None:
        """One stat: without it a snapshot cut while it serves would be missed until a restart."""
        current = self._serving.generations[:1]
        if any(fault_of(generation, self._folder) for generation in current):
            self.close()
            self._serving = self._usable(self._serving)

    def _read_pointer(self) -> Serving:
        try:
            return read_pointer(self._folder)
        except CorruptStore as damage:
            # Without the pointer nobody knows which file is whose: HQ sends a new snapshot.
            self._note(str(damage))
            return Serving()

    def _usable(self, serving: Serving) -> Serving:
        """What can still serve; a damaged snapshot is set aside and the one before comes back."""
        usable = tuple(g for g in serving.generations if not self._is_damaged(g))
        if usable != serving.generations:
            self._on_older()
            write_pointer(self._folder, Serving(generations=usable))
        return Serving(generations=usable)

    def _is_damaged(self, generation: Generation) -> bool:
        fault = fault_of(generation, self._folder)
        if fault:
            self._note(fault)
            self._set_aside(generation.snapshot_in(self._folder))
        return bool(fault)

    def _on_overlay(self, work: Callable[[apsw.Connection], Result]) -> Result:
        """Work on the overlay; a damaged one is set aside and the work done on a fresh one.

        A fresh overlay begins at the snapshot's cursor, so HQ tells all later changes again.
        """
        try:
            return self._attempt(work)
        except CorruptStore as damage:
            self._note(str(damage))
        self._renew_overlay()
        return self._attempt(work)

    def _attempt(self, work: Callable[[apsw.Connection], Result]) -> Result:
        current = self._serving.generations[0]
        with our_failures(f"directory {current.name}"):
            if self._db is None:
                self._db = directory_tables.open_tables(current, self._folder)
            result = work(self._db)
        return result

    def _renew_overlay(self) -> None:
        self._on_older()
        current, *before = self._serving.generations
        fresh = current.model_copy(update={"overlay": current.overlay + 1})
        with our_failures(f"directory {current.name}"):
            if self._db is not None:
                close_without_traces(self._db)
                self._db = None
            self._set_aside(current.overlay_in(self._folder))
            self._begin_overlay(fresh)
        self._serve(Serving(generations=(fresh, *before)))

    def _begin_overlay(self, generation: Generation) -> None:
        overlay = generation.overlay_in(self._folder)
        directory_tables.create_overlay(overlay, generation.cursor, generation.installed)
        sync_file(overlay)
        sync_folder(self._folder)

    def _serve(self, serving: Serving) -> None:
        """The moment of the change: readers look elsewhere from here on."""
        write_pointer(self._folder, serving)
        self.close()
        self._serving = serving

    def _remove_unused(self) -> None:
        """Remove the files of generations before the last two."""
        used = {
            path
            for generation in self._serving.generations
            for path in (
                generation.snapshot_in(self._folder),
                generation.overlay_in(self._folder),
            )
        }
        with our_failures(self._folder.name):
            for path in generation_files(self._folder):
                if path not in used:
                    for old in (path, log_beside(path), index_beside(path)):
                        old.unlink(missing_ok=True)

    def _set_aside(self, path: Path) -> None:
        aside = name_aside(path)
        with our_failures(path.name):
            for part, name in (
                (log_beside(path), log_beside(aside)),
                (index_beside(path), index_beside(aside)),
                (path, aside),
            ):
                if part.exists():
                    part.rename(name)
            sync_folder(self._folder)

    def _note(self, fault: str) -> None:
        log.error("the directory: %s", fault)
        self._fault = fault

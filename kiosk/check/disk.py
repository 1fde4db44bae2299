"""Whether what members say will survive a power cut on this disk, and there is room for it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk.check.finding import Finding, care, fine, stop
from kiosk.exceptions import StoreError
from kiosk.store.sqlite import require_safe_library

NAME = "data"

FORGETFUL = frozenset({"tmpfs", "ramfs", "overlay", "aufs"})
"""File systems whose content is gone after a power cut, or may be."""

UNSAFE = frozenset({"nfs", "nfs4", "cifs", "smb3", "vfat", "exfat", "fuse", "9p"})
"""File systems that lock or order writes otherwise than SQLite's WAL needs."""

MEBIBYTE = 1024 * 1024

LEAST_FREE = 100 * MEBIBYTE
"""Room for the queue to go on while HQ is away; below this even settling records may fail."""

GOOD_FREE = 500 * MEBIBYTE
"""Room for a second directory of a million members beside the first while it is replaced."""


def judge(folder: Path, mounts: str | None = None) -> Iterator[Finding]:
    """Everything about the data folder.

    Args:
        mounts: /proc/self/mountinfo; this machine's when absent.
    """
    if not folder.is_dir():
        do = "install systemd/kiosk.tmpfiles.conf and run systemd-tmpfiles --create"
        yield stop(NAME, f"there is no folder {folder}", "the kiosk cannot start", do)
        return
    table = Path("/proc/self/mountinfo").read_text(encoding="utf-8") if mounts is None else mounts
    yield judge_kind(folder, kind_of(folder.resolve(), table))
    yield judge_free(folder, _free_bytes(folder))
    yield _judge_writing(folder)
    yield from judge_set_aside(folder)


def kind_of(folder: Path, mounts: str) -> str:
    """The type of the file system that holds the folder (proc(5), mountinfo)."""
    best, kind = -1, "unknown"
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        # The kernel writes a space as \040 and so on.
        mount = Path(left.split()[4].encode().decode("unicode_escape"))
        # Of two on the same place the later one hides the earlier.
        if folder.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), right.split()[0]
    return kind


def judge_kind(folder: Path, kind: str) -> Finding:
    """What the type of the file system means for the queue."""
    if kind in FORGETFUL:
        return stop(
            NAME,
            f"{folder} is on {kind}",
            "a power cut loses every record that HQ does not have yet",
            "mount a real disk there (docs/operations.md, Files on disk)",
        )
    if kind.partition(".")[0] in UNSAFE:
        means = "records may be damaged: two processes share a database there"
        return stop(NAME, f"{folder} is on {kind}", means, "use ext4, on a disk of this machine")
    return fine(NAME, f"{folder} is on {kind}")


def judge_free(folder: Path, free: int) -> Finding:
    """What the free space in bytes means."""
    room = f"{free // MEBIBYTE} MiB free in {folder}"
    if free < LEAST_FREE:
        means = "the kiosk soon takes nothing any more and shows that it is out of service"
        return stop("space", room, means, "see what fills the disk: du -xh --max-depth=2 /")
    if free < GOOD_FREE:
        means = "a new directory of members may not fit beside the old one"
        return care("space", room, means, "use a larger card or partition")
    return fine("space", room)


def judge_set_aside(folder: Path) -> Iterator[Finding]:
    """Damaged files that wait for somebody to look at them; nothing where there are none."""
    kept = sorted(path.name for path in folder.rglob("*.damaged-*"))
    if kept:
        more = f" and {len(kept) - 3} more" if len(kept) > 3 else ""
        what = f"set aside as damaged: {', '.join(kept[:3])}{more}"
        means = "whoever takes the disk may read names, numbers and answers in them"
        yield care("damaged", what, means, "have them looked at, then remove them")


def judge_library() -> Finding:
    """Whether SQLite may share its file between the two processes."""
    try:
        require_safe_library()
    except StoreError as error:
        do = "make the environment anew from requirements.lock"
        return stop("sqlite", str(error), "the kiosk refuses to start", do)
    return fine("sqlite", "the library may share its files between two processes")


def _free_bytes(folder: Path) -> int:
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def _judge_writing(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written by the check, removed at once")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        what = f"cannot write in {folder}: {error.strerror}"
        do = "see mount and dmesg; the folder belongs to kiosk:kiosk, mode 2770"
        return stop("writing", what, "the kiosk shows that it is out of service", do)
    return fine("writing", f"a file in {folder} reached the disk")

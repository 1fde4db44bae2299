"""Which snapshot and overlay serve: the directory's pointer file, read and replaced whole."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kiosk.exceptions import CorruptStore
from kiosk.model.text import Identifier
from kiosk.store.tinyfile import read_checked, write_checked

POINTER = "serving.json"
"""Name of the pointer file in the directory's folder."""

_FILE_NAME = re.compile(r"(?:snapshot|overlay)-([0-9]+)(?:-[0-9]+)?\.db")

Stamp = tuple[int, int] | None
"""Inode and time of change of a file; None when there is none."""


class Generation(BaseModel):
    """One snapshot with the overlay of its later changes.

    `number` grows with every installation and names the files, so that a name is never used
    again for other content. `overlay` counts the overlays begun for this snapshot.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    overlay: int = Field(default=1, ge=1)
    name: Identifier
    cursor: int = Field(ge=0)
    rows: int = Field(ge=0)
    size_bytes: int = Field(ge=0)
    installed: AwareDatetime

    def snapshot_in(self, folder: Path) -> Path:
        """The snapshot's file."""
        return folder / f"snapshot-{self.number}.db"

    def overlay_in(self, folder: Path) -> Path:
        """The overlay's file."""
        return folder / f"overlay-{self.number}-{self.overlay}.db"


class Serving(BaseModel):
    """What the pointer file says: the generation that serves, and the one before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generations: tuple[Generation, ...] = Field(default=(), max_length=2)


def generation_files(folder: Path) -> list[Path]:
    """Every snapshot and overlay in the folder, in use or not."""
    return [path for path in folder.glob("*-*.db") if _FILE_NAME.fullmatch(path.name)]


def next_number(serving: Serving, folder: Path) -> int:
    """A number no generation has had: the pointer may be lost while its files remain."""
    numbers = [generation.number for generation in serving.generations]
    for path in generation_files(folder):
        if match := _FILE_NAME.fullmatch(path.name):
            numbers.append(int(match[1]))
    return max(numbers, default=0) + 1


def read_pointer(folder: Path) -> Serving:
    """What serves; nothing at all before the first installation.

    Raises:
        CorruptStore: the pointer and the one before it are damaged.
        StoreFailed: the disk refused.
    """
    body = read_checked(folder / POINTER)
    if body is None:
        return Serving()
    try:
        return Serving.model_validate_json(body)
    except ValidationError as error:
        raise CorruptStore(f"{POINTER}: {error.error_count()} fields are not as agreed") from error


def write_pointer(folder: Path, serving: Serving) -> None:
    """Let other files serve from now on; on disk when this returns.

    Raises:
        StoreFailed: the disk refused; the files before go on serving.
    """
    write_checked(folder / POINTER, serving.model_dump_json(indent=1).encode())


def stamp(folder: Path) -> Stamp:
    """Changes whenever the pointer file is replaced; one stat."""
    try:
        stat = (folder / POINTER).stat()
    except OSError:  # not there, or the disk refuses: reading it says which
        return None
    return stat.st_ino, stat.st_mtime_ns


def fault_of(generation: Generation, folder: Path) -> str:
    """What is visibly wrong with a generation's snapshot, or "".

    Only its size is looked at: the digest was checked when it was installed, and reading a
    million rows again would cost seconds at every start.
    """
    path = generation.snapshot_in(folder)
    try:
        size_bytes = path.stat().st_size
    except FileNotFoundError:
        return f"{path.name} is missing"
    except OSError as error:
        return f"{path.name}: {error.strerror}"
    if size_bytes != generation.size_bytes:
        return f"{path.name} has {size_bytes} bytes instead of {generation.size_bytes}"
    return ""


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """What the directory holds, for the technician and for kiosk-sync.

    Attributes:
        snapshot: HQ's name of the snapshot that serves; None without one.
        rows: members in the snapshot.
        changed: cards whose row in the overlay stands above the snapshot's.
        cursor: HQ's commit sequence up to which the directory is true; None without one.
        as_of: when the last change or snapshot was taken in.
        fault: what is wrong with a newer snapshot, so that an older one serves; or "".
    """

    snapshot: str | None = None
    rows: int = 0
    changed: int = 0
    cursor: int | None = None
    as_of: datetime | None = None
    fault: str = ""

"""Small files that survive a power cut: replaced whole, checked when read, kept twice."""

import json
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.store.disk import name_aside, sync_folder

_HEAD = "crc32:{crc:08x} len:{length}\n"


@dataclass(frozen=True, slots=True)
class Create:
    """Write a new file with these bytes and flush it; it holds all of them or is not used."""

    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a file another name, replacing the file that had it."""

    path: Path
    to: Path


@dataclass(frozen=True, slots=True)
class Link:
    """Give a file a second name, which is free."""

    path: Path
    to: Path


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a name away, if it is there."""

    path: Path


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """Flush the folder's names."""

    path: Path


Step = Create | Rename | Link | Remove | SyncFolder

FileSteps = Callable[[Step], None]
"""Performs one step on the disk; raises OSError. Tests cut the power between any two."""


def perform_on_disk(step: Step) -> None:
    """Perform one step on the real file system.

    Raises:
        OSError: the disk refused.
    """
    match step:
        case Create(path, content):
            _create(path, content)
        case Rename(path, to):
            path.replace(to)
        case Link(path, to):
            to.hardlink_to(path)
        case Remove(path):
            path.unlink(missing_ok=True)
        case SyncFolder(path):
            sync_folder(path)


def _create(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_checked(path: Path, body: bytes, perform: FileSteps = perform_on_disk) -> None:
    """Replace a file whole; the content before it stays beside it as `.bak`.

    At every moment, power cut included, either the old or the new content can be read.

    Raises:
        StoreFailed: the disk refused; the old content stands.
    """
    try:
        for step in _plan(path, body):
            perform(step)
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error


def _plan(path: Path, body: bytes) -> list[Step]:
    growing, backup = path.with_name(path.name + ".new"), _backup(path)
    steps: list[Step] = [Create(growing, _head(body) + body)]
    if path.exists():
        if _body(path) is None:
            # A damaged file is evidence, and must not push out the good one behind it.
            steps.append(Rename(path, name_aside(path)))
        else:
            steps += [Remove(backup), Link(path, backup)]
    return [*steps, Rename(growing, path), SyncFolder(path.parent)]


def read_checked(path: Path) -> bytes | None:
    """The content of a file written by write_checked; None when there never was one.

    Raises:
        CorruptStore: the file and the one before it are both damaged. Never taken for empty.
        StoreFailed: the disk refused.
    """
    try:
        for candidate in (path, _backup(path)):
            if (body := _body(candidate)) is not None:
                return body
        if path.exists() or _backup(path).exists():
            raise CorruptStore(f"{path.name}: damaged, and the copy behind it too")
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error
    return None


def put_aside(path: Path, perform: FileSteps = perform_on_disk) -> None:
    """Give a damaged file and the copy behind it other names, so that it can begin anew.

    Raises:
        StoreFailed: the disk refused.
    """
    try:
        for damaged in (path, _backup(path)):
            if damaged.exists():
                perform(Rename(damaged, name_aside(damaged)))
        perform(SyncFolder(path.parent))
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error


def _backup(path: Path) -> Path:
    return path.with_name(path.name + ".bak")


def _head(body: bytes) -> bytes:
    return _HEAD.format(crc=zlib.crc32(body), length=len(body)).encode()


def _body(path: Path) -> bytes | None:
    """The bytes after the first line; None without a file or when they break its promise."""
    try:
        head, newline, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return body if head + newline == _head(body) else None


class CheckedStorage(Storage):
    """TinyDB's storage over write_checked: the file stays readable by eye, indented JSON."""

    def __init__(self, path: Path, perform: FileSteps = perform_on_disk) -> None:
        self._path = path
        self._perform = perform

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables; None when nothing was ever written.

        Raises:
            CorruptStore: the file and the one before it are both damaged.
            StoreFailed: the disk refused.
        """
        body = read_checked(self._path)
        if body is None:
            return None
        tables: dict[str, dict[str, Any]] = json.loads(body)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables.

        Raises:
            StoreFailed: the disk refused; the old tables stand.
        """
        body = json.dumps(data, ensure_ascii=False, indent=1).encode()
        write_checked(self._path, body, self._perform)

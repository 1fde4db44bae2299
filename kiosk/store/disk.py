"""Steps on a folder that survive a power cut, and the names given to damaged files."""

import hashlib
import os
from pathlib import Path

from kiosk.exceptions import CorruptStore, StoreFailed


def sync_file(path: Path) -> None:
    """Return only when the file's bytes are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Return only when the folder's names (new, renamed, removed) are on disk."""
    sync_file(folder)


def name_aside(path: Path) -> Path:
    """A free name beside a damaged file: `outbox.db.damaged-1`, then -2 and so on."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


def digest_of(path: Path) -> str:
    """BLAKE2b-256 of a file's bytes in hex.

    Raises:
        StoreFailed: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error


def require_announced(path: Path, name: str, size_bytes: int, blake2b_256: str) -> None:
    """Check that a file from HQ is the one its manifest announces.

    Args:
        path: of the file.
        name: how to call it in the message.
        size_bytes: its announced size.
        blake2b_256: its announced digest, in hex.

    Raises:
        CorruptStore: it is another; the message says how.
        StoreFailed: it cannot be read.
    """
    try:
        found_bytes = path.stat().st_size
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error
    if found_bytes != size_bytes:
        raise CorruptStore(f"{name}: {found_bytes} bytes instead of {size_bytes}")
    if digest_of(path) != blake2b_256:
        raise CorruptStore(f"{name}: the digest is not the manifest's")

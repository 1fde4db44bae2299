"""Fetches one file from HQ piece by piece; what has arrived is kept for the next time."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from kiosk.exceptions import HqRefused, HqUnreachable, StoreFailed

RESERVE_BYTES = 64 * 1024 * 1024
"""Room on the disk that a download leaves free, so that records can always be written."""

_GONE = frozenset({404, 410, 416})

Fetch = Callable[[int], bytes]
"""Gives bytes of the file from this offset on; may raise HqUnreachable and HqRefused."""


class Download:
    """A file on its way, named by its digest, so that two versions are never mixed.

    Attributes:
        part: where the bytes are gathered.
    """

    def __init__(self, folder: Path, what: str, digest: str, size_bytes: int) -> None:
        """Nothing is fetched yet; unfinished files of other versions are removed.

        Args:
            folder: where unfinished files lie.
            what: "snapshot" or "content".
            digest: the file's digest, hex.
            size_bytes: the file's size.

        Raises:
            StoreFailed: the folder does not take it.
        """
        self.part = folder / f"{what}-{digest}.part"
        self._size_bytes = size_bytes
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for other in folder.glob(f"{what}-*.part"):
                if other != self.part:
                    other.unlink()
        except OSError as error:
            raise StoreFailed(f"{folder.name}: {error}") from error

    def step(self, fetch: Fetch) -> bool:
        """Fetch one more piece; whether the file is complete.

        Raises:
            HqUnreachable: nothing arrived, or HQ has replaced the file meanwhile.
            HqRefused: HQ will not give it.
            StoreFailed: no room, or the disk refused.
        """
        have_bytes = self._have_bytes()
        if have_bytes < self._size_bytes:
            piece = self._fetch(fetch, have_bytes)
            self._keep(piece[: self._size_bytes - have_bytes])
            have_bytes += len(piece)
        return have_bytes >= self._size_bytes

    def discard(self) -> None:
        """Remove what has arrived."""
        with contextlib.suppress(OSError):  # the next download removes it
            self.part.unlink()

    def _have_bytes(self) -> int:
        try:
            size_bytes = self.part.stat().st_size
        except FileNotFoundError:
            size_bytes = 0
        except OSError as error:
            raise StoreFailed(f"{self.part.name}: {error}") from error
        missing_bytes = self._size_bytes - size_bytes
        if missing_bytes + RESERVE_BYTES > shutil.disk_usage(self.part.parent).free:
            raise StoreFailed(f"no room for a download of {self._size_bytes} bytes")
        return size_bytes

    def _fetch(self, fetch: Fetch, offset: int) -> bytes:
        try:
            return fetch(offset)
        except HqRefused as error:
            if error.status in _GONE:
                self.discard()
                raise HqUnreachable("HQ has replaced the file meanwhile") from error
            raise

    def _keep(self, piece: bytes) -> None:
        try:
            with self.part.open("ab") as file:
                file.write(piece)
        except OSError as error:
            raise StoreFailed(f"{self.part.name}: {error}") from error

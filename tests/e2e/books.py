"""A look into HQ's own books, and for what must be in none of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.e2e.rig import Road

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def rows(whole: Road, query: str, *values: object) -> list[dict[str, Any]]:
    """What HQ's database answers."""
    file = whole.folder.hq / "hq.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query, values)]


def places_of(whole: Road, *secrets: str) -> list[str]:
    """Every file of kiosk, kiosk-sync and HQ, and column of a JSON text, that has one of these."""
    wanted = {secret.encode(code): secret for secret in secrets for code in ENCODINGS}
    wanted |= {_escaped(secret): secret for secret in secrets}
    return [
        f"{secret} in {file.relative_to(whole.folder.root)}"
        for file in _files(whole.folder.root)
        for encoded, secret in wanted.items()
        if encoded in file.read_bytes()
    ]


def _escaped(secret: str) -> bytes:
    r"""As JSON without its own letters writes it: \u738b."""
    return secret.encode("ascii", "backslashreplace")


def _files(folder: Path) -> Iterator[Path]:
    return (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())

"""Every edition of every survey that was published, so that late answers are understood too."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from kiosk.survey.check import check
from kiosk.survey.document import Document, Kind
from sim.hq.answer_tables import survey_edition
from sim.hq.database import insert_new
from sim.hq.days import stamp
from sim.hq.fitting import Fit, Given, misfits

EDITIONS_READ = 100
"""Kept ready: all that a chain has in use, and some of last year's."""


def keep_editions(
    connection: Connection, surveys: Iterable[Mapping[str, Any]], now: datetime
) -> list[Document]:
    """Keep the surveys of content that fits; those that were new. A known one changes nothing.

    Args:
        connection: inside the transaction that publishes the content.
        surveys: documents as they were written.
        now: HQ's time.
    """
    rows = [
        {
            "survey_id": one["id"],
            "version": one["version"],
            "digest": _digest(one),
            "kind": one["kind"],
            "document": one,
            "published": stamp(now),
        }
        for one in surveys
    ]
    new = insert_new(connection, survey_edition, rows, "digest")
    return [Document.model_validate(row["document"]) for row in rows if row["digest"] in new]


def _digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def editions(connection: Connection, survey_id: str, version: int) -> list[Document]:
    """The editions published under this number, the newest first; nearly always one or none."""
    mine = (survey_edition.c.survey_id == survey_id) & (survey_edition.c.version == version)
    return _read(connection, mine)


def edition(connection: Connection, survey_id: str, version: int) -> Document | None:
    """The newest edition published under this number; None when HQ has none."""
    return next(iter(editions(connection, survey_id, version)), None)


def newest_edition(connection: Connection, survey_id: str) -> Document | None:
    """The newest edition of a survey under whatever number; None when HQ has none."""
    mine = survey_edition.c.survey_id == survey_id
    return next(iter(_read(connection, mine)), None)


def profile_editions(connection: Connection) -> list[Document]:
    """Every edition of every stage of the profile, the newest first."""
    return _read(connection, survey_edition.c.kind == Kind.PROFILE.value)


def _read(connection: Connection, which: ColumnElement[bool]) -> list[Document]:
    """Editions, the newest first; one the product of today does not understand is left out."""
    query = select(survey_edition.c.document).where(which)
    order = (survey_edition.c.published.desc(), survey_edition.c.version.desc())
    rows = connection.execute(query.order_by(*order))
    found = (_understood(json.dumps(row.document)) for row in rows)
    return [one for one in found if one is not None]


@lru_cache(maxsize=EDITIONS_READ)
def _understood(text: str) -> Document | None:
    """An edition as the product reads it; 7 ms the first time, for each answer of an upload."""
    return check(json.loads(text)).document


def fit_of(
    connection: Connection, survey_id: str, version: int, given: Given
) -> tuple[Fit, tuple[str, ...]]:
    """Whether answers fit one of the editions with this number; the names of those that do not.

    The names are those of the newest edition.
    """
    published = editions(connection, survey_id, version)
    if not published:
        return Fit.UNKNOWN, ()
    found = [misfits(one, given) for one in published]
    return (Fit.FITS, ()) if () in found else (Fit.MISFIT, found[0])

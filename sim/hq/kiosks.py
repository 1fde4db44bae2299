"""Which kiosks HQ knows, each by its own token."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select

from sim.hq.database import Database, upsert
from sim.hq.errors import Refusal
from sim.hq.tables import kiosk

SEEN_EVERY = timedelta(seconds=15)
"""How exactly HQ remembers when a kiosk last asked: finer would write at every question."""


def token_digest(token: str) -> str:
    """What is kept of a token; a token is random, so one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def enrol(database: Database, kiosk_id: str, store_id: str, token: str) -> None:
    """Admit a kiosk, or give one that is known another token."""
    row = {
        "kiosk_id": kiosk_id,
        "store_id": store_id,
        "token_digest": token_digest(token),
        "revoked": False,
    }
    with database.write() as connection:
        upsert(connection, kiosk, [row])


def revoke(database: Database, kiosk_id: str) -> None:
    """Shut a kiosk out, as when it was stolen; what it sent before stays.

    Raises:
        Refusal: 404 when there is no such kiosk.
    """
    with database.write() as connection:
        shut = kiosk.update().where(kiosk.c.kiosk_id == kiosk_id).values(revoked=True)
        if connection.execute(shut).rowcount == 0:
            raise Refusal(404, "there is no such kiosk")


def authenticate(database: Database, token: str | None, now: datetime) -> str:
    """Which kiosk calls, by its bearer token (RFC 6750, 2.1); HQ's page then shows it as seen.

    Raises:
        Refusal: 401 no token or one nobody has, 403 a kiosk that was shut out.
    """
    if not token:
        raise Refusal(401, "a bearer token is needed")
    with database.read() as connection:
        mine = kiosk.c.token_digest == token_digest(token)
        found = connection.execute(select(kiosk).where(mine)).one_or_none()
    if found is None:
        raise Refusal(401, "this token is not known")
    if found.revoked:
        raise Refusal(403, "this kiosk was shut out")
    if found.last_seen is None or found.last_seen < (now - SEEN_EVERY).isoformat():
        seen = kiosk.update().where(kiosk.c.kiosk_id == found.kiosk_id)
        with database.write() as connection:
            connection.execute(seen.values(last_seen=now.isoformat()))
    return str(found.kiosk_id)


def may_send_as(database: Database, caller: str, kiosk_id: str) -> None:
    """Whether the caller may send records of this kiosk: only of itself.

    Raises:
        Refusal: 404 when there is no such kiosk, 403 when it is another one.
    """
    if caller == kiosk_id:
        return
    with database.read() as connection:
        exists = connection.execute(select(kiosk).where(kiosk.c.kiosk_id == kiosk_id)).first()
    if exists is None:
        raise Refusal(404, "there is no such kiosk")
    raise Refusal(403, "this token belongs to another kiosk")


def stands_in(database: Database, kiosk_id: str, store_id: str) -> None:
    """Check that a kiosk sends from the store it was admitted for: points and stock hang on it.

    Raises:
        Refusal: 403 when it names another one.
    """
    mine = select(kiosk.c.store_id).where(kiosk.c.kiosk_id == kiosk_id)
    with database.read() as connection:
        known = connection.execute(mine).scalar_one()
    if known != store_id:
        raise Refusal(403, "the envelope names another store than this kiosk was admitted for")

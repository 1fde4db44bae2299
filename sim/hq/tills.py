"""Which tills HQ knows, and that each of their requests counts once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, select, update

from kiosk.model.text import Identifier
from sim.hq.database import Database, insert_new, upsert
from sim.hq.errors import Refusal
from sim.hq.kiosks import token_digest
from sim.hq.till_tables import till, till_request
from sim.hq.till_wire import TillRequest

SECRETS = {"pin"}
"""Fields that leave no trace, not even a digest: four digits would be guessed from it."""


Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Till:
    """A till that has shown its token."""

    till_id: Identifier
    store_id: Identifier


def enrol_till(database: Database, till_id: str, store_id: str, token: str) -> None:
    """Admit a till, or give one that is known another token."""
    row = {
        "till_id": till_id,
        "store_id": store_id,
        "token_digest": token_digest(token),
        "revoked": False,
    }
    with database.write() as connection:
        upsert(connection, till, [row])


def revoke_till(database: Database, till_id: str) -> None:
    """Shut a till out; what it did before stays.

    Raises:
        Refusal: 404 when there is no such till.
    """
    with database.write() as connection:
        shut = update(till).where(till.c.till_id == till_id).values(revoked=True)
        if connection.execute(shut).rowcount == 0:
            raise Refusal(404, "there is no such till")


def authenticate_till(database: Database, token: str | None, store_id: str) -> Till:
    """Which till calls, by its bearer token (RFC 6750, 2.1); it speaks for its own store alone.

    Raises:
        Refusal: 401 no token or one no till has, 403 a till that was shut out or that stands in
            another store.
    """
    if not token:
        raise Refusal(401, "a bearer token is needed")
    with database.read() as connection:
        mine = till.c.token_digest == token_digest(token)
        found = connection.execute(select(till).where(mine)).one_or_none()
    if found is None:
        raise Refusal(401, "no till has this token")
    if found.revoked:
        raise Refusal(403, "this till was shut out")
    if found.store_id != store_id:
        raise Refusal(403, "this till stands in another store")
    return Till(found.till_id, found.store_id)


def once(
    database: Database,
    caller: Till,
    request: TillRequest,
    answers: type[Answer],
    do: Callable[[Connection, datetime], Answer],
    clock: Callable[[], datetime],
) -> Answer:
    """Do what a till asks for, or tell the answer again when it was done before.

    A refusal leaves nothing behind: the same id may be tried again.

    Args:
        answers: what `do` answers.
        do: runs inside the transaction that remembers the request, and is told its time.
        clock: HQ's; read once the transaction has begun, so that a later one is told as later.

    Raises:
        Refusal: 409 when the id already asked for something else; whatever `do` refuses.
    """
    mine = till_request.c.request_id == str(request.id)
    with database.write() as connection:
        now = clock()
        row = _row(caller, request, now)
        if not insert_new(connection, till_request, [row], "request_id"):
            known = connection.execute(select(till_request).where(mine)).one()
            if known.body_digest != row["body_digest"]:
                raise Refusal(409, "this id already asked for something else")
            return answers.model_validate(known.answer)
        answer = do(connection, now)
        told = answer.model_dump(mode="json")
        connection.execute(update(till_request).where(mine).values(answer=told))
        return answer


def _row(caller: Till, request: TillRequest, now: datetime) -> dict[str, object]:
    return {
        "request_id": str(request.id),
        "till_id": caller.till_id,
        "body_digest": _digest(caller, request),
        "answer": {},
        "at": now.isoformat(),
    }


def _digest(caller: Till, request: TillRequest) -> str:
    """The same for the same request of the same till; secrets are no part of it."""
    told = f"{caller.till_id} {type(request).__name__} {request.model_dump_json(exclude=SECRETS)}"
    return hashlib.blake2b(told.encode(), digest_size=32).hexdigest()

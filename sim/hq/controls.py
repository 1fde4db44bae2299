"""The simulator's own handles on HQ, below /sim: no part of the contract, only for this machine."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from sqlalchemy import Row, func, select

from kiosk.model.text import Identifier
from kiosk.model.wire import ContentManifest, SnapshotManifest
from sim.hq.bundles import read_folder
from sim.hq.directory import read_meta
from sim.hq.errors import Refusal
from sim.hq.faults import Faults
from sim.hq.figures import count
from sim.hq.form_link import with_form_url
from sim.hq.kiosks import enrol, revoke
from sim.hq.members import MemberEdit, edit_member
from sim.hq.state import Hq
from sim.hq.tables import card, member, record
from sim.hq.tills import enrol_till, revoke_till

T = TypeVar("T")


class State(BaseModel):
    """HQ in figures.

    Attributes:
        held_answers: uploads that are committed and wait for their answer to leave.
    """

    faults: Faults
    held_answers: int
    records: int
    members: int
    cards: int
    directory_head: int
    snapshot: SnapshotManifest | None
    content: ContentManifest | None


class Received(BaseModel):
    """One record as HQ has it; `n` counts them in the order they came."""

    n: int
    id: str
    kiosk: str
    store: str
    seq: int
    kind: str
    wall: str
    clock: str
    received: str
    member_id: str | None
    payload: dict[str, Any]


class Enrolment(BaseModel):
    """A kiosk to be admitted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kiosk: Identifier
    store: Identifier
    token: SecretStr = Field(min_length=16)


class TillEnrolment(BaseModel):
    """A till to be admitted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    till: Identifier
    store: Identifier
    token: SecretStr = Field(min_length=16)


class Publication(BaseModel):
    """Content to be published.

    Attributes:
        folder: holds the four documents and perhaps `pictures/`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path


class Controls:
    """The handlers below /sim."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq

    def router(self) -> APIRouter:
        """Every path below /sim."""
        router = APIRouter(prefix="/sim", include_in_schema=False)
        router.add_api_route("/state", self.state)
        router.add_api_route("/faults", self.set_faults, methods=["POST"])
        router.add_api_route("/faults", self.clear_faults, methods=["DELETE"])
        router.add_api_route("/records", self.records)
        router.add_api_route("/members/{member_id}", self.edit, methods=["POST"], status_code=204)
        router.add_api_route("/snapshot", self.snapshot, methods=["POST"])
        router.add_api_route("/content", self.publish, methods=["POST"])
        router.add_api_route("/kiosks", self.enrol, methods=["POST"], status_code=204)
        router.add_api_route("/kiosks/{kiosk}", self.revoke, methods=["DELETE"], status_code=204)
        router.add_api_route("/tills", self.enrol_till, methods=["POST"], status_code=204)
        router.add_api_route("/tills/{till}", self.revoke_till, methods=["DELETE"], status_code=204)
        return router

    def state(self) -> State:
        """HQ in figures, and its switches."""
        with self._hq.database.read() as connection:
            live = select(func.count()).select_from(card).where(card.c.gone.is_(False))
            counts = {
                "cards": connection.execute(live).scalar_one(),
                "records": count(connection, record),
                "members": count(connection, member),
                "directory_head": read_meta(connection, "head"),
            }
        return State(
            faults=self._hq.faults.now,
            held_answers=self._hq.faults.held,
            snapshot=or_none(self._hq.snapshots.current),
            content=or_none(self._hq.bundles.current),
            **counts,
        )

    def set_faults(self, change: Faults) -> Faults:
        """Set the switches that are named; the others stay as they are."""
        self._hq.faults.change(change)
        return self._hq.faults.now

    def clear_faults(self) -> Faults:
        """Switch every fault off."""
        self._hq.faults.clear()
        return self._hq.faults.now

    def records(
        self,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[Received]:
        """What was received after the n-th record, newest first."""
        query = select(record).where(record.c.n > after).order_by(record.c.n.desc()).limit(limit)
        with self._hq.database.read() as connection:
            rows = connection.execute(query).all()
        return [received(row) for row in rows]

    def edit(self, member_id: Identifier, edit: MemberEdit) -> None:
        """Change a member; the kiosks hear of it with their next question for changes."""
        edit_member(self._hq.database, member_id, edit, self._hq.now())

    def snapshot(self) -> SnapshotManifest:
        """Make a snapshot of the directory as it is now."""
        return self._hq.snapshots.make()

    def publish(self, publication: Publication) -> ContentManifest:
        """Publish the documents of a folder, right or wrong: refusing is the kiosk's part."""
        files = with_form_url(read_folder(publication.folder), self._hq.address)
        return self._hq.bundles.publish(files, publication.folder.name, self._hq.now())

    def enrol(self, enrolment: Enrolment) -> None:
        """Admit a kiosk, or give a known one another token."""
        token = enrolment.token.get_secret_value()
        enrol(self._hq.database, enrolment.kiosk, enrolment.store, token)

    def revoke(self, kiosk: Identifier) -> None:
        """Shut a kiosk out."""
        revoke(self._hq.database, kiosk)

    def enrol_till(self, enrolment: TillEnrolment) -> None:
        """Admit a till, or give a known one another token."""
        token = enrolment.token.get_secret_value()
        enrol_till(self._hq.database, enrolment.till, enrolment.store, token)

    def revoke_till(self, till: Identifier) -> None:
        """Shut a till out."""
        revoke_till(self._hq.database, till)


def received(row: Row[Any]) -> Received:
    """A row of the table of records, as it is shown."""
    return Received(
        n=row.n,
        id=row.id,
        kiosk=row.kiosk_id,
        store=row.store_id,
        seq=row.seq,
        kind=row.kind,
        wall=row.wall,
        clock=row.clock,
        received=row.received,
        member_id=row.member_id,
        payload=row.payload,
    )


def or_none(ask: Callable[[], T]) -> T | None:
    """The answer, or None where HQ has nothing yet."""
    try:
        return ask()
    except Refusal:
        return None

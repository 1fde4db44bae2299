"""HQ's board of applications: who waits, how far it is, accepted or refused by staff."""

from collections.abc import Callable
from typing import Annotated
from uuid import uuid4

import fastapi
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from kiosk.model.text import Identifier
from sim.hq import applications
from sim.hq.acts import Desk, fen_of, receipt_of
from sim.hq.applicant_purchases import Bought, count_purchase
from sim.hq.application_figures import board
from sim.hq.binding import key_of_uid
from sim.hq.errors import Refusal
from sim.hq.groups import add_group, drop_group
from sim.hq.look import Look, back_to
from sim.hq.state import Hq

PLACE = "/applications"


class Accepting(BaseModel):
    """The form that makes an applicant a member.

    Attributes:
        card: number of a card; empty for the one that was laid down.
        transfer: ticked when staff have seen another club's card.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    card: str = Field(default="", max_length=40)
    transfer: str = Field(default="", max_length=8)


class Counted(BaseModel):
    """The form for a purchase at a counter without a till's report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    yuan: str = Field(max_length=20)
    store: str = Field(max_length=64)


class Group(BaseModel):
    """The form of a new group code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(max_length=20)
    who: str = Field(max_length=100)
    first: str = Field(max_length=10)
    last: str = Field(max_length=10)


class ApplicationPages:
    """The handlers of the board and of its forms; they work without any script."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The board and its acts."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(PLACE, self.page)
        add = router.add_api_route
        add(f"{PLACE}/groups", self.add_group, methods=["POST"])
        add(f"{PLACE}/groups/{{code}}", self.drop_group, methods=["POST"])
        add(f"{PLACE}/{{application_id}}/accept", self.accept, methods=["POST"])
        add(f"{PLACE}/{{application_id}}/refuse", self.refuse, methods=["POST"])
        add(f"{PLACE}/{{application_id}}/purchase", self.purchase, methods=["POST"])
        return router

    def page(self, request: Request, done: str = "") -> Response:
        """The board; the browser asks for it again every few seconds."""
        return self._show(request, done, None)

    def accept(
        self,
        request: Request,
        application_id: Identifier,
        form: Annotated[Accepting, fastapi.Form()],
    ) -> Response:
        """Make an applicant a member with an active card."""

        def do(connection: Connection, desk: Desk) -> None:
            key = key_of_uid(form.card, desk.fleet_salt) if form.card.strip() else None
            transfer = bool(form.transfer)
            applications.accept(
                connection, desk.content, application_id, desk.now, card_key=key, transfer=transfer
            )

        return self._do(request, "accepted", do)

    def refuse(
        self,
        request: Request,
        application_id: Identifier,
        reason: Annotated[str, fastapi.Form(max_length=200)] = "",
    ) -> Response:
        """Refuse an application with a reason."""

        def do(connection: Connection, desk: Desk) -> None:
            applications.refuse(connection, application_id, reason, desk.now)

        return self._do(request, "refused", do)

    def purchase(
        self,
        request: Request,
        application_id: Identifier,
        form: Annotated[Counted, fastapi.Form()],
    ) -> Response:
        """Count a purchase at the counter towards membership."""

        def do(connection: Connection, desk: Desk) -> None:
            row = applications.require(connection, application_id)
            if desk.content.store(form.store) is None:
                raise Refusal(422, "there is no such store")
            fen, day = fen_of(form.yuan), desk.today(form.store)
            bought = Bought(str(uuid4()), form.store, receipt_of(desk), fen, day)
            count_purchase(connection, row, bought, desk.now)

        return self._do(request, "counted", do)

    def add_group(self, request: Request, form: Annotated[Group, fastapi.Form()]) -> Response:
        """Make a group code."""

        def do(connection: Connection, desk: Desk) -> None:
            add_group(connection, form.code, form.who, form.first, form.last)
            applications.retell_group(connection, form.code, desk.now)

        return self._do(request, "group", do)

    def drop_group(self, request: Request, code: Identifier) -> Response:
        """Take a group code back."""

        def do(connection: Connection, desk: Desk) -> None:
            drop_group(connection, code)
            applications.retell_group(connection, code, desk.now)

        return self._do(request, "dropped", do)

    def _do(self, request: Request, done: str, act: Callable[[Connection, Desk], None]) -> Response:
        """Do it in one transaction and show the board; reloading it does nothing again."""
        try:
            content = self._hq.bundles.content()
            if content is None:
                raise Refusal(503, "no programme was published yet")
            with self._hq.database.write() as connection:
                act(connection, Desk(content, self._hq.now(), self._hq.fleet_salt))
        except Refusal as refusal:
            return self._show(request, "", refusal)
        return back_to(request, PLACE, done=done)

    def _show(self, request: Request, done: str, refusal: Refusal | None) -> Response:
        now, content = self._hq.now(), self._hq.bundles.content()
        with self._hq.database.read() as connection:
            shown = {"board": board(connection, content, now)}
        known = {"accepted", "refused", "counted", "group", "dropped"}
        told = {
            "done": done if done in known else "",
            "refusal": refusal.reason if refusal is not None else None,
            "today": now.date().isoformat(),
        }
        status = refusal.status if refusal is not None else 200
        return self._look.show("applications", request, shown | told, status)

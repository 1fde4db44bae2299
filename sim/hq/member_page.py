"""A member's page at HQ: the ledger and what is behind it, and what a technician may do."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import fastapi
from fastapi import APIRouter, Request
from fastapi.responses import Response

from kiosk.loyalty.worth import worth_fen
from kiosk.model.text import Identifier
from sim.hq import figures
from sim.hq.acts import ActName, Desk, Form, carry_out
from sim.hq.clockwork import tick
from sim.hq.days import months_later
from sim.hq.errors import Refusal
from sim.hq.look import Look, back_to
from sim.hq.member_care import care_shown
from sim.hq.member_figures import member_shown
from sim.hq.state import Hq

AT_ONCE = 100
"""Members the clockwork looks at within a second or so; nobody waits for more of them."""


class Step(StrEnum):
    """How far HQ's clock is run forward at once."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"

    def after(self, today: date) -> timedelta:
        """How long this is from a day on; a month ends on the same day, or its last one."""
        if self is Step.MONTH:
            return months_later(today, 1) - today
        return timedelta(hours=1) if self is Step.HOUR else timedelta(days=1)


class MemberPage:
    """The handlers of the page and of its forms; they work without any script."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The page, its acts, and HQ's clock."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/members/{member_id}", self.page)
        router.add_api_route("/members/{member_id}/{act}", self.act, methods=["POST"])
        router.add_api_route("/clock", self.forward, methods=["POST"])
        return router

    def page(self, request: Request, member_id: Identifier, done: str = "") -> Response:
        """Everything about one member."""
        known = done if done in set(ActName) else ""
        return self._show(request, member_id, {"done": known, "refusal": None})

    def act(
        self,
        request: Request,
        member_id: Identifier,
        act: ActName,
        form: Annotated[Form, fastapi.Form()],
    ) -> Response:
        """Do what a form asks for, then show the page anew; reloading it does nothing again."""
        try:
            self._carry_out(member_id, act, form)
        except Refusal as refusal:
            shown = {"done": "", "refusal": refusal.reason}
            return self._show(request, member_id, shown, refusal.status)
        return back_to(request, f"/members/{member_id}", done=act.value)

    def _carry_out(self, member_id: str, act: ActName, form: Form) -> None:
        content, now = self._hq.bundles.content(), self._hq.now()
        if content is None:
            raise Refusal(503, "no programme was published yet")
        desk = Desk(content, now, self._hq.fleet_salt)
        with self._hq.database.write() as connection:
            carry_out(connection, desk, act, member_id, form)
        self._catch_up()

    def _catch_up(self) -> None:
        """Let happen what is due by now, unless it would take long."""
        with self._hq.database.read() as connection:
            many = figures.behind(connection, self._hq.now()) > AT_ONCE
        if not many:
            tick(self._hq)

    def forward(
        self,
        request: Request,
        step: Annotated[Step, fastapi.Form()],
        back: Annotated[str, fastapi.Form(max_length=200)] = "/",
    ) -> Response:
        """Run HQ's clock forward; what is little happens at once, the rest in the background."""
        self._hq.now.forward(step.after(self._hq.now().astimezone(figures.STORE_TIME).date()))
        self._catch_up()
        return back_to(request, back)

    def _show(
        self, request: Request, member_id: str, shown: dict[str, Any], status: int = 200
    ) -> Response:
        now, content = self._hq.now(), self._hq.bundles.content()
        with self._hq.database.read() as connection:
            today = now.astimezone(figures.STORE_TIME).date()
            found = member_shown(connection, member_id, content, today)
            care = care_shown(connection, member_id, content, now)
        worth = worth_fen(found.row.points, content.programme) if content is not None else 0
        known = {
            "m": found,
            "care": care,
            "worth_fen": worth,
            "left_until": lambda until: (datetime.fromisoformat(until) - now).total_seconds(),
        }
        return self._look.show("member", request, shown | known, status)

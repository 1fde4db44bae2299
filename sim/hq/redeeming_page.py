"""HQ's page of rewards: what waits at the counters, what is left, what went wrong offline."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sim.hq.figures import STORE_TIME
from sim.hq.look import Look, back_to
from sim.hq.redeeming_figures import redeeming_shown
from sim.hq.segments import segment_members
from sim.hq.state import Hq


class RedeemingPage:
    """The handlers of the page."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The page, and its one act."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/redeeming", self.page)
        router.add_api_route("/redeeming/segments", self.segment, methods=["POST"])
        return router

    def page(self, request: Request) -> Response:
        """The whole page; the browser asks for it again every few seconds."""
        now, content = self._hq.now(), self._hq.bundles.content()
        with self._hq.database.read() as connection:
            found = redeeming_shown(connection, content)
        shown = {
            "r": found,
            "rewards": content.rewards if content is not None else (),
            "left_until": lambda until: (datetime.fromisoformat(until) - now).total_seconds(),
        }
        return self._look.show("redeeming", request, shown)

    def segment(self, request: Request) -> Response:
        """Put every member into a segment anew."""
        now = self._hq.now()
        with self._hq.database.write() as connection:
            segment_members(connection, now.astimezone(STORE_TIME).date(), now)
        return back_to(request, "/redeeming")

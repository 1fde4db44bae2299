"""HQ's pages of what members say: the board of complaints, who may be sent what, requests."""

import csv
import io
from typing import Annotated

import fastapi
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from kiosk.model.care import Channel
from kiosk.model.text import Identifier
from sim.hq import complaints, data_requests
from sim.hq.complaints_figures import board, stores_that_complained
from sim.hq.contact_figures import open_requests, sending, sending_list
from sim.hq.look import Look, back_to
from sim.hq.state import Hq

LIST_COLUMNS = (
    "member_id",
    "purpose_id",
    "channel",
    "promotions_per_month",
    "hours",
    "text_version",
)
"""Of the sending list; names and numbers stay where they are kept."""

Back = Annotated[str, fastapi.Form(max_length=200)]


class CarePages:
    """The handlers of the pages and of their forms; they work without any script."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The pages, their acts, and the sending list."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/complaints", self.complaints)
        router.add_api_route("/complaints/{case_id}", self.move_on, methods=["POST"])
        router.add_api_route("/wishes", self.wishes)
        router.add_api_route("/wishes/sending.csv", self.sending_list)
        router.add_api_route("/requests/{request_id}", self.answer, methods=["POST"])
        return router

    def complaints(
        self, request: Request, store: Annotated[str, Query(max_length=64)] = ""
    ) -> Response:
        """The board; the browser asks for it again every few seconds."""
        now, content = self._hq.now(), self._hq.bundles.content()
        with self._hq.database.read() as connection:
            shown = {
                "columns": board(connection, content, now, store),
                "chosen": store,
                "complained": stores_that_complained(connection),
            }
        return self._look.show("complaints", request, shown)

    def move_on(
        self,
        request: Request,
        case_id: Identifier,
        step: Annotated[int, fastapi.Form()],
        back: Back = "/complaints",
        store: Annotated[str, fastapi.Form(max_length=64)] = "",
    ) -> Response:
        """Move a case on from this step; where it stands elsewhere by now, only show that."""
        with self._hq.database.write() as connection:
            complaints.move_on(connection, case_id, step, self._hq.now())
        return back_to(request, back, **({"store": store} if store else {}))

    def wishes(self, request: Request) -> Response:
        """Who may be sent what, and requests that wait."""
        with self._hq.database.read() as connection:
            shown = {
                "sending": sending(connection, self._hq.bundles.content()),
                "channels": list(Channel),
                "requests": open_requests(connection),
            }
        return self._look.show("wishes", request, shown)

    def sending_list(self) -> Response:
        """The sending list, made anew: one line for each member, purpose and channel."""
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(LIST_COLUMNS)
        with self._hq.database.read() as connection:
            lines.writerows(sending_list(connection, self._hq.bundles.content()))
        headers = {"Content-Disposition": 'attachment; filename="sending.csv"'}
        return Response(text.getvalue(), media_type="text/csv", headers=headers)

    def answer(self, request: Request, request_id: Identifier, back: Back = "/wishes") -> Response:
        """Note that staff have dealt with a request."""
        with self._hq.database.write() as connection:
            data_requests.answer(connection, request_id, self._hq.now())
        return back_to(request, back)

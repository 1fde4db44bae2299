"""HQ's page of one member's profile: staff see what is known, and note what they are told."""

from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from kiosk.model.text import Identifier
from sim.hq.errors import Refusal
from sim.hq.form_pages import LARGEST_BYTES
from sim.hq.forms import Sent
from sim.hq.ledger import require_member
from sim.hq.look import Look, back_to, language_of
from sim.hq.member_profile import Noting, note_values, profile_fields, profile_shown
from sim.hq.state import Hq

_STAFF = TypeAdapter(Identifier)


class MemberProfilePage:
    """The handlers of the page and of its form; they work without any script."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The page and its form."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/members/{member_id}/profile", self.page)
        router.add_api_route("/members/{member_id}/profile", self.note, methods=["POST"])
        return router

    def page(self, request: Request, member_id: Identifier, done: str = "") -> Response:
        """Everything HQ knows of this member's profile, masked."""
        return self._show(request, member_id, {"done": bool(done)})

    async def note(self, request: Request, member_id: Identifier) -> Response:
        """Keep what staff were told."""
        body = await request.body()
        if len(body) > LARGEST_BYTES:
            raise Refusal(413, "the form is too large")
        sent = parse_qs(body.decode("utf-8", "replace"), max_num_fields=500)
        return await run_in_threadpool(self._note, request, member_id, sent)

    def _note(self, request: Request, member_id: str, sent: Sent) -> Response:
        try:
            noting = self._noting(request, member_id, sent)
            with self._hq.database.write() as connection:
                faults = note_values(connection, noting, sent)
        except Refusal as refusal:
            told = {"refusal": refusal.reason, "sent": sent}
            return self._show(request, member_id, told, refusal.status)
        if faults:
            return self._show(request, member_id, {"faults": faults, "sent": sent}, 422)
        return back_to(request, f"/members/{member_id}/profile", done="yes")

    def _noting(self, request: Request, member_id: str, sent: Sent) -> Noting:
        """Who notes what.

        Raises:
            Refusal: 422 no such store or no number of staff, 503 nothing is published.
        """
        content = self._hq.bundles.content()
        if content is None:
            raise Refusal(503, "no programme was published yet")
        store = next(iter(sent.get("store", ())), "")
        if content.store(store) is None:
            raise Refusal(422, "there is no such store")
        try:
            staff_id = _STAFF.validate_python(next(iter(sent.get("staff", ())), "").strip())
        except ValidationError as error:
            raise Refusal(422, "say who notes it: the number of a member of staff") from error
        language = language_of(request)
        return Noting(member_id, staff_id, store, content, self._hq.now(), language)

    def _show(
        self, request: Request, member_id: str, told: dict[str, Any], status: int = 200
    ) -> Response:
        content, language = self._hq.bundles.content(), language_of(request)
        with self._hq.database.read() as connection:
            row = require_member(connection, member_id)
            known = profile_shown(connection, member_id, content, language)
        sent, faults = told.get("sent"), told.get("faults", {})
        shown = {
            "row": row,
            "profile": known,
            "fields": profile_fields(content, language, sent, faults) if content else (),
            "typed": {name: (sent or {}).get(name, [""])[0] for name in ("staff", "store")},
            "wrong": bool(faults),
            "done": told.get("done", False),
            "refusal": told.get("refusal"),
        }
        return self._look.show("member_profile", request, shown, status)

"""Puts HQ's web application together."""

import ipaddress

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.fonts import font_router
from sim.guard import LoopbackOnly
from sim.hq.answers_pages import AnswersPages
from sim.hq.api import V1
from sim.hq.application_pages import ApplicationPages
from sim.hq.capped import Capped
from sim.hq.care_pages import CarePages
from sim.hq.charts.gallery import Gallery
from sim.hq.controls import Controls
from sim.hq.error_pages import ErrorPages
from sim.hq.faults import FaultyNetwork
from sim.hq.form_link import PATH
from sim.hq.form_pages import FormPages
from sim.hq.look import Look
from sim.hq.member_page import MemberPage
from sim.hq.member_profile_page import MemberProfilePage
from sim.hq.page import Page
from sim.hq.quality_pages import QualityPage
from sim.hq.redeeming_page import RedeemingPage
from sim.hq.state import Hq
from sim.hq.till import Tills


class _LocalOnly:
    """Lets only this machine past /v1, and no foreign site: the pages ask for no password.

    A form on somebody's own phone is for everybody who has the secret of its link, and so is
    the font it is set in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._guarded = LoopbackOnly(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_FOR_ALL):
            await self._app(scope, receive, send)
        elif _is_here(scope):
            await self._guarded(scope, receive, _Unkept(send))
        else:
            refusal = JSONResponse({"detail": "only from this machine"}, status_code=403)
            await refusal(scope, receive, send)


_FOR_ALL = ("/v1/", f"{PATH}/", "/fonts/")


_PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-real-ip"})
"""Headers by which a proxy says that somebody else asks (RFC 7239, RFC 9110 7.6.3, and custom)."""


def _is_here(scope: Scope) -> bool:
    """Whether somebody at this machine asks; a proxy on it, for phones' forms, is nobody here."""
    client = scope.get("client")
    if client is None or not _PASSED_ON.isdisjoint(Headers(scope=scope).keys()):
        return False
    return ipaddress.ip_address(client[0]).is_loopback


_PERSONAL = ("text/html", "text/csv", "application/json")
"""Kinds of answers that tell of members; style and charts do not."""


class _Unkept:
    """Lets no browser keep a page with members on it, or tell another site its address."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            if headers.get("content-type", "").startswith(_PERSONAL):
                headers["Cache-Control"] = "no-store"
            headers["Referrer-Policy"] = "same-origin"  # stricter would hide Origin from the guard
            headers["X-Content-Type-Options"] = "nosniff"
            message = {**message, "headers": headers.raw}
        await self._send(message)


def create_app(hq: Hq) -> ASGIApp:
    """The application for one opened HQ."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    look = Look(hq)
    app.include_router(V1(hq).router())
    app.include_router(Tills(hq).router())
    app.include_router(Controls(hq).router())
    app.include_router(Page(hq, look).router())
    app.include_router(MemberProfilePage(hq, look).router())  # before the acts of any name
    app.include_router(MemberPage(hq, look).router())
    app.include_router(RedeemingPage(hq, look).router())
    app.include_router(CarePages(hq, look).router())
    gallery = Gallery()
    app.include_router(AnswersPages(hq, look, gallery).router())
    app.include_router(QualityPage(hq, look, gallery).router())
    app.include_router(ApplicationPages(hq, look).router())
    app.include_router(FormPages(hq).router())
    app.include_router(font_router())
    ErrorPages(look, lambda path: not path.startswith(_FOR_ALL)).join(app)
    # Outside of the framework's own error handling: an answer 500 carries a Date as well.
    return FaultyNetwork(_LocalOnly(Capped(app)), hq.faults)

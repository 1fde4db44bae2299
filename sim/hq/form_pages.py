"""The forms that open on one's own phone: /form/ and the secret of the link."""

import secrets
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.model.answers import Form
from kiosk.model.hand_over import fingerprint
from kiosk.model.text import Language
from sim.hq import forms, hand_overs
from sim.hq.form_fields import Shown
from sim.hq.form_link import PATH
from sim.hq.form_words import FORM_WORDS
from sim.hq.forms import Link, Sent, Taken
from sim.hq.hand_overs import Gate, Opened
from sim.hq.look import HERE, language_of
from sim.hq.state import Hq
from sim.hq.wrong_secrets import WrongSecrets

COOKIE = "opened"
LARGEST_BYTES = 65_536
"""Of a form that is sent in: thirty answers with 2 000 characters each are not typed on a phone."""

MOST_FIELDS = 500
"""Of a form that is sent in; a stage has thirty questions, of a dozen choices each."""

AGAIN_S = 3
TRIES = 20
"""The page looks for the kiosk's record every three seconds, for a minute."""

Secret = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,128}$")]


class FormPages:
    """The handlers of the forms; they work without any script and load nothing from anywhere."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq
        self._wrong = WrongSecrets()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def router(self) -> APIRouter:
        """A form's page, and what is sent in."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(f"{PATH}/{{secret}}", self.open)
        router.add_api_route(f"{PATH}/{{secret}}", self.send, methods=["POST"])
        return router

    def open(
        self, request: Request, secret: Secret, n: Annotated[int, Query(ge=0, le=1000)] = 0
    ) -> Response:
        """The form, once; while the kiosk's record is on its way, a page that looks again."""
        if _is_ahead(request):
            return self._wait(request, secret, n)
        token = request.cookies.get(COOKIE, "")
        with self._hq.database.read() as connection:
            known = hand_overs.find(connection, secret) is not None
        if not known:  # asked without keeping records from being written: anybody can ask
            return self._unknown(request, secret, n)
        with self._hq.database.write() as connection:
            opened = hand_overs.open_once(connection, secret, token, self._hq.now())
        return self._answer(request, opened, opened.token or token, self._form)

    async def send(self, request: Request, secret: Secret) -> Response:
        """Take in what was filled in, all of it or nothing."""
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_BYTES:
                return self._say(language_of(request), "closed", status=413)
        try:
            sent = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
        except ValueError:
            return self._say(language_of(request), "closed", status=413)
        return await run_in_threadpool(self._take, request, secret, sent)

    def _take(self, request: Request, secret: str, sent: Sent) -> Response:
        token = request.cookies.get(COOKIE) or next(iter(sent.get("token", ())), "")
        with self._hq.database.read() as connection:
            opened = hand_overs.may_send(connection, secret, token, self._hq.now())
        if opened.gate is Gate.UNKNOWN:
            return self._unknown(request, secret, TRIES)
        return self._answer(
            request, opened, token, lambda link, _t: self._stored(link, token, sent)
        )

    def _answer(
        self,
        request: Request,
        opened: Opened,
        token: str,
        show: Callable[[Link, str], Response],
    ) -> Response:
        """What an open link shows; what a closed one says."""
        content = self._hq.bundles.content()
        assert opened.row is not None
        language = Language(opened.row.language)
        if opened.gate is not Gate.OPEN:
            return self._say(language, opened.gate.value, status=410)
        if content is None:
            return self._say(language, "closed", status=503)
        response = show(Link(opened.row, content, self._hq.now()), token)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(hand_overs.FILLED_IN_WITHIN.total_seconds()),
            path=request.url.path,
            httponly=True,
            samesite="strict",
            secure=self._hq.address.startswith("https:"),
        )
        return response

    def _stored(self, link: Link, token: str, sent: Sent) -> Response:
        """Store it, and say so; what cannot be taken is shown again with what is wrong."""
        with self._hq.database.write() as connection:
            taken = forms.take(connection, link, sent)
        if taken is None:
            return self._say(link.language, Gate.USED.value, status=410)
        if taken.faults:
            return self._form(link, token, sent, taken.faults)
        if taken.too_young:
            return self._say(link.language, "young")
        return self._thanks(link.language, taken, joining=link.row.form == Form.JOINING.value)

    def _thanks(self, language: Language, taken: Taken, *, joining: bool) -> Response:
        t = FORM_WORDS[language]
        done = "thanks_joining" if joining else "thanks_profile"
        lines = [t[done] if taken.kept or taken.settled else t["thanks_nothing"]]
        if taken.settled:
            lines = ([t["thanks_profile"]] if taken.kept else []) + [t["settled"]]
        return self._page("form", language, {"title": t["thanks"], "lines": lines})

    def _form(
        self,
        link: Link,
        token: str,
        sent: Sent | None = None,
        faults: Mapping[str, str] | None = None,
    ) -> Response:
        joining = link.row.form == Form.JOINING.value
        t = FORM_WORDS[link.language]
        if joining:
            fields = _joining_fields(t, sent or {}, faults or {})
        else:
            with self._hq.database.read() as connection:
                fields = forms.stage_fields(connection, link, sent, faults or {})
        if not fields:
            return self._say(link.language, "closed", status=503)
        shown = {
            "title": t["joining" if joining else "profile"],
            "lines": [t["joining_line" if joining else "profile_line"]],
            "fields": fields,
            "faults": bool(faults),
            "joining": joining,
            "ticked": bool(sent and sent.get("marketing")),
            "token": token,
        }
        return self._page("form_fields", link.language, shown, status=422 if faults else 200)

    def _unknown(self, request: Request, secret: str, n: int) -> Response:
        """A link HQ has no record of: wait for it a minute, then say that it leads nowhere."""
        language = language_of(request)
        address = request.client.host if request.client is not None else ""
        if not self._wrong.may_try(address, fingerprint(secret), self._hq.now()):
            return self._say(language, "busy", status=429)
        if n >= TRIES:
            return self._say(language, "unknown", status=404)
        return self._wait(request, secret, n)

    def _wait(self, request: Request, secret: str, n: int) -> Response:
        language = language_of(request)
        t = FORM_WORDS[language]
        shown = {
            "title": t["wait"],
            "lines": [t["wait_line"]],
            "again": f"{PATH}/{secret}?n={n + 1}",
        }
        return self._page("form", language, shown, status=202)

    def _say(self, language: Language, what: str, status: int = 200) -> Response:
        t = FORM_WORDS[language]
        return self._page(
            "form", language, {"title": t[what], "lines": [t[f"{what}_line"]]}, status
        )

    def _page(
        self, name: str, language: Language, shown: Mapping[str, Any], status: int = 200
    ) -> Response:
        nonce = secrets.token_urlsafe(16)
        known: dict[str, Any] = {"lang": language, "t": FORM_WORDS[language], "nonce": nonce}
        known |= {"again": "", "again_s": AGAIN_S}
        html = self._templates.get_template(f"{name}.html").render(known | dict(shown))
        return HTMLResponse(html, status, _headers(nonce))


def _headers(nonce: str) -> dict[str, str]:
    """Nothing is kept, sent on, indexed, framed or run; nothing but HQ's own font is loaded."""
    own = f"style-src 'nonce-{nonce}'; img-src data:; font-src 'self'; form-action 'self';"
    policy = f"default-src 'none'; {own}"
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": f"{policy} base-uri 'none'; frame-ancestors 'none'",
    }


def _is_ahead(request: Request) -> bool:
    """Whether a browser only fetches ahead: that must not use the one opening up."""
    told = (request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return any("prefetch" in one.lower() for one in told)


def _joining_fields(
    t: Mapping[str, str], sent: Sent, faults: Mapping[str, str]
) -> tuple[Shown, ...]:
    kinds = {"name": ("text", "name"), "phone": ("tel", "tel"), "born": ("date", "bday")}
    return tuple(
        Shown(
            name=name,
            title=t[name],
            kind="text",
            type=kind,
            why=t["born_why"] if name == "born" else "",
            completes=completes,
            typed=tuple(sent.get(name, ())),
            fault=faults.get(name, ""),
        )
        for name, (kind, completes) in (kinds | {"group_code": ("text", "off")}).items()
    )

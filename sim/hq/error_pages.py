"""What HQ answers when it will not or cannot: a page to a person's browser, else JSON."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kiosk.model.text import Language
from sim.hq.errors import Refusal
from sim.hq.look import Look, language_of
from sim.hq.refusal_words import REFUSALS_IN_CHINESE


class ErrorPages:
    """The handlers of everything that is refused or missing.

    Args:
        look: of HQ's pages.
        for_people: whether a path is one of HQ's own pages, which only people open.
    """

    def __init__(self, look: Look, for_people: Callable[[str], bool]) -> None:
        self._look = look
        self._for_people = for_people

    def join(self, app: FastAPI) -> None:
        """Answer for this application."""
        app.add_exception_handler(Refusal, self._refused)
        app.add_exception_handler(RequestValidationError, self._misfit)
        app.add_exception_handler(HTTPException, self._failed)

    async def _refused(self, request: Request, refusal: Exception) -> Response:
        """A refusal as an answer."""
        assert isinstance(refusal, Refusal)
        if refusal.status == 404 and self._wants_page(request):
            return self._page(request, refusal.reason)
        headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
        return JSONResponse({"detail": refusal.reason}, refusal.status, headers)

    async def _misfit(self, request: Request, misfit: Exception) -> Response:
        """What does not fit, without its value; a name that cannot exist is simply not found."""
        assert isinstance(misfit, RequestValidationError)
        problems = misfit.errors()
        in_path = any(problem["loc"][:1] == ("path",) for problem in problems)
        if in_path and self._wants_page(request):
            return self._page(request, "")
        told = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in problems[:5])
        return JSONResponse({"detail": told}, status_code=404 if in_path else 422)

    async def _failed(self, request: Request, failure: Exception) -> Response:
        """What the framework itself refuses: no such path, no such method."""
        assert isinstance(failure, HTTPException)
        if failure.status_code == 404 and self._wants_page(request):
            return self._page(request, "")
        return JSONResponse({"detail": failure.detail}, failure.status_code, failure.headers)

    def _wants_page(self, request: Request) -> bool:
        """Whether a person's browser asks, and not a kiosk, a till or a script."""
        reads = request.method == "GET" and self._for_people(request.url.path)
        return reads and "text/html" in request.headers.get("accept", "")

    def _page(self, request: Request, reason: str) -> Response:
        """The page that says so, with all ways onward."""
        if language_of(request) is Language.ZH:
            reason = REFUSALS_IN_CHINESE.get(reason, "")
        return self._look.show("error", request, {"reason": reason}, 404)

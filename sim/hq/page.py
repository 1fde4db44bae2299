"""HQ's first page: who reported, what came in, who the members are."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response

from sim.hq import figures
from sim.hq.application_figures import waiting_count
from sim.hq.complaints_figures import urgent
from sim.hq.controls import or_none
from sim.hq.directory import read_meta
from sim.hq.look import Look
from sim.hq.state import Hq
from sim.hq.tables import record

STATIC = Path(__file__).parent / "static"


class Page:
    """The handlers of the page."""

    def __init__(self, hq: Hq, look: Look) -> None:
        self._hq = hq
        self._look = look

    def router(self) -> APIRouter:
        """The page and its style."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.page)
        for name in ("hq.css", "hq.js"):
            router.add_api_route(f"/{name}", _static(name))
        return router

    def page(
        self,
        request: Request,
        q: Annotated[str, Query(max_length=100)] = "",
        page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    ) -> Response:
        """The whole page; the browser asks for it again every few seconds."""
        return self._look.show("home", request, self._shown(q.strip(), page))

    def _shown(self, words: str, number: int) -> dict[str, Any]:
        now = self._hq.now().astimezone(figures.STORE_TIME)
        content = self._hq.bundles.content()
        with self._hq.database.read() as connection:
            members = figures.members(connection, words, number)
            return {
                "q": words,
                "wanted": urgent(connection, content, self._hq.now()),
                "applying": waiting_count(connection),
                "kiosks": figures.kiosks(connection, now),
                "records": figures.newest_records(connection),
                "record_count": figures.count(connection, record),
                "visits": figures.visits_on(connection, self._hq.now()),
                "member_count": figures.member_count(connection),
                "members": members,
                "cards": figures.cards_of(connection, members),
                "head": read_meta(connection, "head"),
                "snapshot": or_none(self._hq.snapshots.current),
                "bundle": figures.newest_bundle(connection),
            }


def _static(name: str) -> Any:
    def file() -> Response:
        return FileResponse(STATIC / name)

    return file

"""HQ's page: who reported, what came in, who the members are."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.model.text import Language
from sim.hq import figures
from sim.hq.controls import or_none
from sim.hq.directory import read_meta
from sim.hq.faults import Faults
from sim.hq.state import Hq
from sim.hq.tables import card, member, record
from sim.hq.words import WORDS

HERE = Path(__file__).parent

POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
"""Nothing runs and nothing is loaded but HQ's own files, whatever a kiosk has sent."""


class Page:
    """The handlers of the page; everything from outside is escaped by the template."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(number=_number, clock=_clock, day=_day, size=_size)

    def router(self) -> APIRouter:
        """The page and its style."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.page)
        for name in ("hq.css", "hq.js"):
            router.add_api_route(f"/{name}", _static(name))
        return router

    def page(
        self,
        lang: Annotated[str, Query(max_length=16)] = "",
        q: Annotated[str, Query(max_length=100)] = "",
        page: Annotated[int, Query(ge=1, le=10**6)] = 1,
        accept_language: Annotated[str, Header()] = "",
    ) -> Response:
        """The whole page; the browser asks for it again every few seconds."""
        language = _language(lang or accept_language)
        shown = self._shown(q.strip(), page) | {"lang": language, "t": WORDS[language]}
        html = self._templates.get_template("page.html").render(shown)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    def _shown(self, words: str, number: int) -> dict[str, Any]:
        now = self._hq.now().astimezone(figures.STORE_TIME)
        with self._hq.database.read() as connection:
            members = figures.members(connection, words, number)
            return {
                "now": now,
                "q": words,
                "kiosks": figures.kiosks(connection, now),
                "records": figures.newest_records(connection),
                "record_count": figures.count(connection, record),
                "visits": figures.visits_on(connection, self._hq.now()),
                "member_count": figures.count(connection, member),
                "card_count": figures.count(connection, card),
                "members": members,
                "cards": figures.cards_of(connection, members),
                "head": read_meta(connection, "head"),
                "snapshot": or_none(self._hq.snapshots.current),
                "bundle": figures.newest_bundle(connection),
                "stores": self._hq.bundles.store_names(),
                "faults": _switched_on(self._hq.faults.now),
                "local": figures.local,
            }


def _switched_on(faults: Faults) -> dict[str, Any]:
    """The switches that differ from an HQ without faults."""
    off = dict(Faults())
    return {name: value for name, value in faults if value != off[name]}


def _static(name: str) -> Any:
    def file() -> Response:
        return FileResponse(HERE / "static" / name)

    return file


def _language(wish: str) -> Language:
    """Chinese when the wish, a tag or an Accept-Language header, begins with it."""
    return Language.ZH if wish.lower().startswith("zh") else Language.EN


def _number(value: int) -> str:
    return f"{value:,}".replace("-", "−")


def _clock(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%H:%M:%S}"


def _day(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _size(size_bytes: int) -> str:
    """Kilobytes or megabytes of 1000, as file managers show them."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:.0f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"

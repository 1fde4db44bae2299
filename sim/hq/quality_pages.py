"""HQ's page of profile quality: the contest of stores and of their staff."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sim.hq.answers_figures import minimum_of
from sim.hq.charted import Charting
from sim.hq.charts.gallery import Gallery
from sim.hq.counted import Counts
from sim.hq.figures import STORE_TIME, local
from sim.hq.look import Look, language_of
from sim.hq.quality_charts import QualityCharts
from sim.hq.quality_figures import board_since, words_said
from sim.hq.state import Hq
from sim.hq.statistics.quality import Board, Quality
from sim.hq.words import WORDS

PERIODS = (30, 90, 365)
"""Days to choose from; a quarter is what the chain's contest takes."""


class QualityPage:
    """The handler of the page; it works without any script.

    Args:
        hq: that has the profiles.
        look: that makes its pages.
        gallery: that keeps charts for the browser.
    """

    def __init__(self, hq: Hq, look: Look, gallery: Gallery) -> None:
        self._hq = hq
        self._look = look
        self._gallery = gallery
        self._counts: Counts[Board] = Counts(hq.now)

    def router(self) -> APIRouter:
        """The page."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/profiles", self.page)
        return router

    def page(
        self,
        request: Request,
        days: Annotated[int, Query(ge=1, le=3650)] = PERIODS[1],
        store: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        """The board of so many days; the staff of all stores or of one."""
        content = self._hq.bundles.content()
        since = self._hq.now().astimezone(STORE_TIME).date() - timedelta(days=days - 1)
        with self._hq.database.read() as connection:
            key = (since, content.version if content else None)
            counted = self._counts.get(
                key, words_said(connection), lambda: board_since(connection, content, since)
            )
        board = counted.figures
        language = language_of(request)
        called = self._look.names(language)
        charts = QualityCharts(Charting(self._gallery, WORDS[language], language))
        stores = {called.store(one): quality for one, quality in board.stores.items()}
        staff = {
            _named(called.store(one), who, alone=bool(store)): quality
            for (one, who), quality in board.staff.items()
            if store in ("", one)
        }
        shown: dict[str, Any] = {
            "counted_at": local(counted.at.isoformat()),
            "periods": PERIODS,
            "days": days,
            "chosen": store,
            "gathered": list(board.stores),
            "stores": charts.trio(_worth_showing(stores), "store"),
            "staff": charts.trio(_worth_showing(staff), "staff"),
            "minimum": minimum_of(content),
        }
        return self._look.show("profiles", request, shown)


def _named(store: str, who: str, *, alone: bool) -> str:
    return who if alone else f"{who} · {store}"


def _worth_showing(groups: dict[str, Quality]) -> dict[str, Quality]:
    """Without those that gathered nothing in this time and had nothing checked."""
    return {name: one for name, one in groups.items() if one.values or one.validity.checked}

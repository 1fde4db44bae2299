"""HQ's pages of what people answer: the surveys, one edition's figures, the charts on them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from kiosk.content import Content
from kiosk.model.text import Identifier
from kiosk.survey.document import Document
from kiosk.ui.fonts import FontMissing
from sim.hq import answers_figures as figures
from sim.hq.answers_charts import SurveyCharts
from sim.hq.answers_figures import Edition, Figures
from sim.hq.charted import Charting, Picture
from sim.hq.charts.gallery import Gallery
from sim.hq.counted import Counted, Counts
from sim.hq.editions import edition
from sim.hq.errors import Refusal
from sim.hq.figures import local
from sim.hq.look import Look, language_of
from sim.hq.state import Hq
from sim.hq.statistics.report import Report, Scored
from sim.hq.words import WORDS


class AnswersPages:
    """The handlers of the pages; they work without any script.

    Args:
        hq: that has the answers.
        look: that makes its pages.
        gallery: that keeps charts for the browser.
    """

    def __init__(self, hq: Hq, look: Look, gallery: Gallery) -> None:
        self._hq = hq
        self._look = look
        self._gallery = gallery
        self._counts: Counts[Figures] = Counts(hq.now)

    def router(self) -> APIRouter:
        """The pages and their charts."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/answers", self.surveys)
        router.add_api_route("/answers/{survey_id}/{version}", self.survey)
        router.add_api_route("/charts/{name}.svg", self.chart)
        return router

    def surveys(self, request: Request) -> Response:
        """Every survey with the scores of its newest edition."""
        content = self._hq.bundles.content()
        charting = self._charting(request)
        with self._hq.database.read() as connection:
            editions = figures.editions_answered(connection)
            newest: dict[str, Edition] = {}
            for one in editions:  # the newest that HQ knows comes first
                newest.setdefault(one.survey_id, one)
            lines = [
                self._line(connection, content, one, editions, charting, request)
                for one in newest.values()
            ]
        shown = {"lines": lines, "minimum": figures.minimum_of(content)}
        return self._look.show("answers", request, shown)

    def _line(
        self,
        connection: Connection,
        content: Content | None,
        newest: Edition,
        editions: list[Edition],
        charting: Charting,
        request: Request,
    ) -> dict[str, Any]:
        """One survey of the list."""
        others = [one for one in editions if one.survey_id == newest.survey_id]
        line = {"newest": newest, "editions": others, "title": newest.survey_id}
        document = newest.document
        if document is None:
            return line | {"report": None, "tiles": []}
        language = language_of(request)
        counted = self._counted(connection, content, document, "")
        charts = SurveyCharts(charting, document, language)
        title = document.survey.title.in_(language) if document.survey.title else document.id
        found = counted.figures.report
        return line | {"title": title, "report": found, "tiles": list(charts.tiles(found))}

    def survey(
        self,
        request: Request,
        survey_id: Identifier,
        version: int,
        store: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        """The figures of one edition, of all stores or of one.

        Raises:
            Refusal: 404 when HQ never published this edition.
        """
        content = self._hq.bundles.content()
        with self._hq.database.read() as connection:
            document = edition(connection, survey_id, version)
            if document is None:
                raise Refusal(404, "this edition was never published")
            counted = self._counted(connection, content, document, store)
            shown = {
                "counted_at": local(counted.at.isoformat()),
                "report": counted.figures.report,
                "minimum": figures.minimum_of(content),
                "document": document,
                "chosen": store,
                "answered": counted.figures.stores,
                "said": counted.figures.said,
                "versions": [
                    one
                    for one in figures.editions_answered(connection)
                    if one.survey_id == survey_id
                ],
            }
        drawn = self._charts(request, document, counted.figures.report)
        return self._look.show("survey", request, shown | drawn)

    def _charts(self, request: Request, document: Document, found: Report) -> dict[str, Any]:
        """The tiles and charts of one edition."""
        language = language_of(request)
        charting = self._charting(request)
        charts = SurveyCharts(charting, document, language)
        title = document.survey.title
        told = {
            "title": title.in_(language) if title else document.id,
            "question": charts.title,
        }
        if found.missing:
            return told | {"tiles": [], "scored": [], "left": None, "times": None, "shares": []}
        called = self._look.names(language)
        return told | {
            "tiles": list(charts.tiles(found)),
            "scored": [_scored(charting, charts, one, called) for one in found.scored],
            "left": charts.where_left(found.asked),
            "times": charts.times(found.asked),
            "shares": list(charts.distributions(found)),
        }

    def _counted(
        self, connection: Connection, content: Content | None, document: Document, store: str
    ) -> Counted[Figures]:
        key = (document.id, document.version, store, content.version if content else None)
        mark = figures.mark_of(connection, document.id, document.version)

        def count() -> Figures:
            return figures.figures_of(connection, content, document, store)

        return self._counts.get(key, mark, count)

    def _charting(self, request: Request) -> Charting:
        language = language_of(request)
        return Charting(self._gallery, WORDS[language], language)

    def chart(self, name: str) -> Response:
        """A chart of a page that was shown lately; its name says what it shows, for ever.

        Raises:
            Refusal: 404 for a name no page has named; 503 while the fonts are missing.
        """
        try:
            svg = self._gallery.svg(name)
        except FontMissing as missing:
            raise Refusal(503, f"{missing}") from missing
        if svg is None:
            raise Refusal(404, "no page has shown this chart lately")
        headers = {
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(svg, media_type="image/svg+xml", headers=headers)


def _scored(charting: Charting, charts: SurveyCharts, one: Scored, called: Any) -> dict[str, Any]:
    """One question's score over time and by group; a group alone is no comparison."""
    measure, overall = one.scale.measure, one.filtered
    shifts = [
        (f"{called.store(store)} · {called.shift(shift)}", score)
        for (store, shift), score in one.shifts.items()
    ]
    stores = [(called.store(store), score) for store, score in one.stores.items()]

    def chart(groups: list[Any], head: str, reference: str) -> Picture | None:
        if len(groups) < 2:
            return None
        return charting.scores(measure, groups, overall, head, reference)

    return {
        "measure": measure.value,
        "title": charts.title(one.name),
        "trend": charting.trend(measure, one.weeks),
        "stores": chart(stores, "store", "at_all"),
        "shifts": chart(shifts, "shift", "at_everybody"),
        "staff": chart(list(one.staff.items()), "staff", "at_everybody"),
    }

"""How HQ's pages are made: templates, figures in words, the frame around every page."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.content import Content
from kiosk.model.care import Cause, Choice
from kiosk.model.text import Language
from sim.hq import figures
from sim.hq.direction import undirected
from sim.hq.faults import Faults
from sim.hq.refusal_words import REFUSALS_IN_CHINESE
from sim.hq.state import Hq
from sim.hq.words import WORDS

HERE = Path(__file__).parent

POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'self'"
)
"""Nothing runs and nothing is loaded but HQ's own files, whatever a kiosk has sent.

The page's icon is an empty one of its own (`data:`), so that no browser asks for a file.
"""


class Look:
    """Renders pages; everything from outside is escaped by the templates."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            finalize=undirected,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            number=_number,
            signed=_signed,
            yuan=_yuan,
            clock=_clock,
            day=_day,
            date=_date,
            size=_size,
            left=_left,
            age=_age,
            sentence=_sentence,
        )

    def show(
        self, name: str, request: Request, shown: Mapping[str, Any], status: int = 200
    ) -> Response:
        """The page of this name, in the reader's language.

        Args:
            name: of the template, without its ending.
            request: whose query and headers say the language.
            shown: what this page shows besides what every page does.
            status: of the answer (RFC 9110, 15).
        """
        language = language_of(request)
        content, now = self._hq.bundles.content(), self._hq.now()
        with self._hq.database.read() as connection:
            behind = figures.behind(connection, now)
            is_demo = figures.is_demo(connection)
        known = {
            "here": name,
            "place": request.url.path,
            "lang": language,
            "other": language.other.value,
            "same_in": lambda tag: urlencode({**request.query_params, "lang": tag}),
            "t": WORDS[language],
            "now": now.astimezone(figures.STORE_TIME),
            "behind": behind,
            "is_demo": is_demo,
            "faults": _switched_on(self._hq.faults.now),
            "called": Names(content, language),
            "stores": content.stores if content is not None else (),
            "local": figures.local,
            "factor": lambda percent: _factor(percent, language),
            "plain_yuan": _plain_yuan,
            "refusals": REFUSALS_IN_CHINESE if language is Language.ZH else {},
        }
        html = self._templates.get_template(f"{name}.html").render(known | dict(shown))
        return HTMLResponse(html, status, {"Content-Security-Policy": POLICY})

    def names(self, language: Language) -> "Names":
        """What content calls things now."""
        return Names(self._hq.bundles.content(), language)


class Names:
    """What content calls things, in one language; their ids where content has no such thing."""

    def __init__(self, content: Content | None, language: Language) -> None:
        self._content = content
        self._language = language

    def store(self, store_id: str) -> str:
        """A store's name."""
        found = self._content.store(store_id) if self._content is not None else None
        return found.name.in_(self._language) if found is not None else store_id

    def reward(self, reward_id: str) -> str:
        """A reward's name."""
        found = self._content.reward(reward_id) if self._content is not None else None
        return found.name.in_(self._language) if found is not None else reward_id

    def tier(self, tier_id: str) -> str:
        """A tier's name."""
        found = self._content.programme.tier(tier_id) if self._content is not None else None
        return found.name.in_(self._language) if found is not None else tier_id

    def event(self, event_id: str) -> str:
        """An event's name and day."""
        events = self._content.programme.events if self._content is not None else ()
        found = next((one for one in events if one.event_id == event_id), None)
        return f"{found.name.in_(self._language)} {found.on}" if found is not None else event_id

    def cause(self, cause_id: str) -> str:
        """What a complaint is about."""
        found = self._cause(cause_id)
        return found.words.in_(self._language) if found is not None else cause_id

    def reason(self, cause_id: str, reason_id: str) -> str:
        """A reason of a cause."""
        cause = self._cause(cause_id)
        return self._choice(cause.reasons if cause is not None else (), reason_id)

    def _cause(self, cause_id: str) -> Cause | None:
        return self._content.care.complaints.cause(cause_id) if self._content is not None else None

    def _choice(self, choices: Sequence[Choice], choice_id: str) -> str:
        found = next((one for one in choices if one.choice_id == choice_id), None)
        return found.words.in_(self._language) if found is not None else choice_id

    def shift(self, shift_id: str) -> str:
        """A part of a store's day."""
        shifts = self._content.care.reporting.shifts if self._content is not None else ()
        found = next((one for one in shifts if one.shift_id == shift_id), None)
        return found.words.in_(self._language) if found is not None else shift_id

    def step(self, number: int) -> str:
        """A step of a complaint, from 1; its number where there is no content."""
        if self._content is None:
            return str(number)
        return self._content.care.complaints.steps[number - 1].in_(self._language)

    def purpose(self, purpose_id: str) -> str:
        """What a message is for."""
        rules = self._content.care.contact if self._content is not None else None
        found = rules.purpose(purpose_id) if rules is not None else None
        return found.words.in_(self._language) if found is not None else purpose_id

    def hours(self, hours_id: str) -> str:
        """When a message is welcome."""
        rules = self._content.care.contact if self._content is not None else None
        return self._choice(rules.hours if rules is not None else (), hours_id)


def back_to(request: Request, place: str, **query: str) -> Response:
    """Show a page of ours anew, in the reader's language; reloading it does nothing again.

    Args:
        request: whose query and headers say the language.
        place: path of the page; a place elsewhere leads to the first page.
        query: what else its address says.
    """
    ours = place.startswith("/") and "//" not in place
    path = quote(place, safe="/") if ours else "/"
    told = urlencode({"lang": language_of(request).value} | query)
    return RedirectResponse(f"{path}?{told}", 303)


def language_of(request: Request) -> Language:
    """Chinese when the wish in the address, or else the browser's, begins with it."""
    wish = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return Language.ZH if wish.lower().startswith("zh") else Language.EN


def _switched_on(faults: Faults) -> dict[str, Any]:
    """The switches that differ from an HQ without faults."""
    off = dict(Faults())
    return {name: value for name, value in faults if value != off[name]}


def _number(value: int) -> str:
    return f"{value:,}".replace("-", "−")


def _signed(value: int) -> str:
    return _number(value) if value <= 0 else f"+{value:,}"


def _yuan(fen: int) -> str:
    """Money as a receipt has it; whole yuan without fen."""
    sign = "−" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}¥{yuan:,}" + (f".{rest:02}" if rest else "")


def _plain_yuan(fen: int) -> str:
    """Money as a form takes it."""
    return f"{fen // 100}.{fen % 100:02}"


def _factor(percent: int, language: Language) -> str:
    """What is paid, as each language says it: 70 is 7折 and 30% off."""
    if language is Language.EN:
        return f"{100 - percent}% off"
    tenths, rest = divmod(percent, 10)
    return f"{tenths}.{rest}折" if rest else f"{tenths}折"


def _clock(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%H:%M:%S}"


def _day(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _date(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d}"


def _left(seconds: float) -> str:
    """A time that is left: minutes and seconds below an hour, then hours and minutes."""
    minutes, rest_s = divmod(max(0, int(seconds)), 60)
    if minutes < 60:
        return f"{minutes}:{rest_s:02} min"
    return f"{minutes // 60}:{minutes % 60:02} h"


def _sentence(reason: str) -> str:
    """A refusal's reason, which stands within a sentence elsewhere, by itself."""
    return f"{reason[:1].upper()}{reason[1:]}."


def _age(age: timedelta) -> tuple[int, str]:
    """How long ago in one unit, and the word for it."""
    minutes = max(0, int(age.total_seconds())) // 60
    if minutes < 120:
        return minutes, "ago_minutes"
    return (minutes // 60, "ago_hours") if minutes < 48 * 60 else (minutes // 1440, "ago_days")


def _size(size_bytes: int) -> str:
    """Kilobytes or megabytes of 1000, as file managers show them."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:.0f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"

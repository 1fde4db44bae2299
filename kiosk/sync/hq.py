"""HQ over HTTP: the written contract on one side, our own failures on the other."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.exceptions import CursorGone, HqRefused, HqUnreachable
from kiosk.model.wire import (
    LARGEST,
    Change,
    Changes,
    ContentManifest,
    SnapshotManifest,
    Upload,
    UploadAnswer,
)
from kiosk.sync.ports import Told, Wanted
from kiosk.sync.transport import Answer, Ask, Transport

JSON_CAP_BYTES = 4 * 1024 * 1024
"""Size of an answer in JSON at most: 10 000 changes of the directory."""

PIECE_BYTES = 1024 * 1024
"""Size of one piece of a download: about what 300 kbit/s carry before the deadline."""

AGAIN = frozenset({408, 425, 429})
"""Codes below 500 that ask to come again later (RFC 9110 15.5.9, RFC 8470, RFC 6585)."""

Heard = Callable[[datetime | None], None]
"""Told of each usable answer, with HQ's own time from its `Date` header."""

_Model = TypeVar("_Model", bound=BaseModel)


class _RawChanges(BaseModel):
    """`Changes` whose rows nobody has looked at yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    changes: list[Any]
    next: int = Field(ge=0, le=LARGEST)
    more: bool = False


class HqClient:
    """HQ at one address, as `RecordsHq`, `DirectoryHq` and `ContentHq`."""

    def __init__(
        self, url: str, kiosk: str, transport: Transport, heard: Heard | None = None
    ) -> None:
        """Nothing is sent yet.

        Args:
            url: address before `/v1`; a slash at the end does not matter.
            kiosk: this kiosk's name at HQ.
            transport: sends the requests and keeps the token.
            heard: told of each usable answer.
        """
        self._base = url.rstrip("/") + "/v1"
        self._kiosk = kiosk
        self._transport = transport
        self._heard = heard or (lambda _: None)

    def upload(self, upload: Upload) -> UploadAnswer:
        """As in `RecordsHq`."""
        body = gzip.compress(upload.model_dump_json().encode(), mtime=0)
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        url = f"{self._base}/kiosks/{quote(self._kiosk, safe='')}/records"
        return self._json(Ask("POST", url, JSON_CAP_BYTES, body, headers), UploadAnswer)

    def changes(self, cursor: int) -> Told:
        """As in `DirectoryHq`."""
        try:
            return _told(self._get(f"directory/changes?cursor={cursor}", _RawChanges))
        except HqRefused as error:
            if error.status == 410:
                raise CursorGone(f"HQ does not know cursor {cursor} any more") from error
            raise

    def snapshot_manifest(self) -> SnapshotManifest:
        """As in `DirectoryHq`."""
        return self._get("directory/snapshot/manifest", SnapshotManifest)

    def snapshot_piece(self, name: str, offset: int, wanted: Wanted) -> bytes:
        """As in `DirectoryHq`."""
        return self._piece(f"directory/snapshot/{quote(name, safe='')}", offset, wanted)

    def content_manifest(self) -> ContentManifest:
        """As in `ContentHq`."""
        return self._get("content/manifest", ContentManifest)

    def content_piece(self, version: int, offset: int, wanted: Wanted) -> bytes:
        """As in `ContentHq`."""
        return self._piece(f"content/{version}.zip", offset, wanted)

    def _get(self, path: str, model: type[_Model]) -> _Model:
        return self._json(Ask("GET", f"{self._base}/{path}", JSON_CAP_BYTES), model)

    def _json(self, ask: Ask, model: type[_Model]) -> _Model:
        answer = self._transport.send(ask)
        if answer.status != 200:
            _raise_for(answer)
        if answer.flaw:
            raise HqUnreachable(answer.flaw)
        try:
            told = model.model_validate_json(answer.body)
        except ValidationError as error:
            raise HqUnreachable(_not_ours(answer, error)) from None  # it quotes the answer
        self._heard(_http_date(answer.headers.get("date", "")))
        return told

    def _piece(self, path: str, offset: int, wanted: Wanted) -> bytes:
        span = {"Range": f"bytes={offset}-{offset + PIECE_BYTES - 1}"}
        url = f"{self._base}/{path}"
        try:
            answer = self._transport.send(
                Ask("GET", url, PIECE_BYTES, headers=span, is_wanted=wanted)
            )
        except HqUnreachable:
            if not wanted():
                return b""
            raise
        if answer.status not in (200, 206):
            _raise_for(answer)
        _require_offset(answer, offset)
        if answer.flaw and not answer.body and wanted():
            raise HqUnreachable(answer.flaw)
        self._heard(_http_date(answer.headers.get("date", "")))
        return answer.body


def _told(raw: _RawChanges) -> Told:
    """The rows that can be read; a row's own words are personal and never told."""
    rows: list[Change] = []
    faults: list[str] = []
    for number, row in enumerate(raw.changes):
        try:
            rows.append(Change.model_validate(row))
        except ValidationError as error:
            faults.append(f"changes.{number}.{_place(error)}")
    changes = Changes(changes=rows, next=raw.next, more=raw.more)
    return Told(changes, faults[0] if faults else "", len(faults))


def _place(error: ValidationError) -> str:
    """Where the first fault is, and of what kind; not what stands there."""
    detail = error.errors(include_input=False, include_url=False)[0]
    return ".".join(str(part) for part in detail["loc"]) + f" ({detail['type']})"


def _raise_for(answer: Answer) -> NoReturn:
    """Raise what an answer other than success means; its body may be personal and is not told."""
    status = answer.status
    if status in AGAIN or status >= 500:
        raise HqUnreachable(f"HQ answered {status}: later", _retry_after_s(answer), status)
    if 400 <= status < 500:
        raise HqRefused(status, _REFUSALS.get(status, "HQ does not take this request"))
    raise HqUnreachable(f"HQ answered {status}: does something stand between, a log-in page?")


_REFUSALS = {
    400: "HQ does not understand this request",
    401: "HQ does not know this kiosk's token: check hq.token",
    403: "HQ has shut this kiosk out, or knows it in another store: check kiosk.store, ask HQ",
    404: "HQ does not know this address or kiosk: check hq.url and kiosk.id",
    410: "this address is gone: check hq.url",
    413: "this is too large for HQ",
    422: "HQ cannot use this request",
}


def _require_offset(answer: Answer, offset: int) -> None:
    """Check that the bytes begin where we asked.

    Raises:
        HqUnreachable: they do not, so that they cannot be joined to what is here.
    """
    begins = "bytes 0-" if answer.status == 200 else answer.headers.get("content-range", "")
    if not begins.startswith(f"bytes {offset}-"):
        raise HqUnreachable("HQ sent another part of the file than asked for")


def _not_ours(answer: Answer, error: ValidationError) -> str:
    kind = answer.headers.get("content-type", "nothing").partition(";")[0].strip()[:40]
    if kind != "application/json":
        return f"the answer is {kind}, not HQ's: does something stand between, a log-in page?"
    where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
    return f"HQ's answer is not as agreed at '{where}'" if where else "HQ's answer is not JSON"


def _retry_after_s(answer: Answer) -> float | None:
    """HQ's wish in seconds: digits, or a date read against HQ's own clock (RFC 9110 10.2.3)."""
    wish = answer.headers.get("retry-after", "").strip()
    if wish.isascii() and wish.isdigit():
        return float(wish[:9])
    until = _http_date(wish)
    if until is None:
        return None
    now = _http_date(answer.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)

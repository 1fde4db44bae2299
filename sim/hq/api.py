"""The contract itself: the paths below /v1 that kiosks use."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import FileResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk.model.text import Identifier
from kiosk.model.wire import (
    MAX_BATCH_BYTES,
    Changes,
    ContentManifest,
    Fate,
    Result,
    SnapshotManifest,
    UploadAnswer,
)
from sim.hq.directory import changes_since
from sim.hq.envelope import Opened, open_envelope
from sim.hq.errors import Refusal
from sim.hq.ingest import take_in
from sim.hq.kiosks import authenticate, may_send_as, stands_in
from sim.hq.refused import refusals
from sim.hq.snapshots import Offer
from sim.hq.state import Hq

Token = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="the kiosk's own token")),
]

UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"At most {MAX_BATCH_BYTES} bytes of JSON; gzip by Content-Encoding.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Upload"}}},
    }
}


async def capped_body(request: Request) -> bytes:
    """The body as it came, read no further than the limit.

    Raises:
        Refusal: 413 when it is larger.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BATCH_BYTES:
            raise Refusal(413, f"more than {MAX_BATCH_BYTES} bytes")
    return bytes(body)


TOLD = {
    400: "The body cannot be read: divide the batch.",
    401: "No token, or one nobody has: stop and keep everything.",
    403: "Not this kiosk's token or store, or the kiosk was shut out: stop and keep everything.",
    404: "There is no such kiosk or file.",
    410: "The cursor is not known (any more): take a snapshot.",
    413: "Too large: halve the batch.",
    415: "The encoding is neither identity nor gzip.",
    416: "The range lies behind the end of the file.",
    422: "What was sent does not fit the contract; a batch is to be divided.",
}
"""What each refusal means to a kiosk."""


class V1:
    """The handlers of the contract; plain functions, so that they run in the thread pool."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq

    def router(self) -> APIRouter:
        """Every path of the contract."""
        router = APIRouter(prefix="/v1", tags=["kiosk"])
        router.add_api_route(
            "/kiosks/{kiosk}/records",
            self.upload,
            methods=["POST"],
            summary="Upload records",
            responses=refusals(TOLD, 400, 401, 403, 404, 413, 415, 422),
            openapi_extra=UPLOAD_BODY,
        )
        router.add_api_route(
            "/directory/changes",
            self.changes,
            summary="Changes of the directory",
            responses=refusals(TOLD, 401, 403, 410, 422),
        )
        pair = self._add_pair
        pair(router, "/directory/snapshot", "{name}", self.snapshot_manifest, self.snapshot)
        pair(router, "/content", "{version}.zip", self.content_manifest, self.content)
        return router

    def _add_pair(
        self,
        router: APIRouter,
        path: str,
        name: str,
        manifest: Callable[..., Any],
        file: Callable[..., Any],
    ) -> None:
        """A manifest, and beside it the file it speaks of, whole or in part."""
        what = path.strip("/").replace("/", " ").capitalize()
        known = refusals(TOLD, 401, 403, 404)
        router.add_api_route(
            f"{path}/manifest", manifest, summary=f"{what}: which is current", responses=known
        )
        content: dict[str, Any] = {"application/octet-stream": {}}
        whole = {"description": "The whole file.", "content": content}
        part = {"description": "The part the Range header asked for.", "content": content}
        router.add_api_route(
            f"{path}/{name}",
            file,
            summary=f"{what}: the file",
            response_class=FileResponse,
            responses=known | refusals(TOLD, 416) | {200: whole, 206: part},
        )

    def _caller(self, token: HTTPAuthorizationCredentials | None) -> str:
        words = token.credentials if token else None
        return authenticate(self._hq.database, words, self._hq.now())

    def upload(
        self,
        kiosk: Identifier,
        token: Token,
        body: Annotated[bytes, Depends(capped_body)],
        content_encoding: Annotated[str, Header()] = "identity",
    ) -> UploadAnswer:
        """Take records in; everything called accepted or duplicate is committed by then."""
        may_send_as(self._hq.database, self._caller(token), kiosk)
        opened = open_envelope(body, content_encoding.strip().lower())
        if opened.envelope.kiosk != kiosk:
            raise Refusal(403, "the envelope names another kiosk than the address")
        stands_in(self._hq.database, kiosk, opened.envelope.store)
        opened, postponed = self._postpone(opened)
        results = take_in(self._hq, opened)
        return UploadAnswer(results=results + postponed, server_time=self._time())

    def _postpone(self, opened: Opened) -> tuple[Opened, list[Result]]:
        """Leave out as many records as the simulator wants to see again."""
        count = self._hq.faults.take_retries(len(opened.good))
        later = [
            Result(id=item.wire.id, status=Fate.RETRY, code="busy", detail="send it again")
            for item in opened.good[:count]
        ]
        return Opened(opened.envelope, opened.good[count:], opened.refused), later

    def _time(self) -> datetime:
        return self._hq.now() + timedelta(seconds=self._hq.faults.now.clock_shift_s)

    def changes(self, token: Token, cursor: Annotated[int, Query(ge=0, lt=2**63)]) -> Changes:
        """What changed in the directory after this cursor, oldest first."""
        self._caller(token)
        if self._hq.faults.now.forget_cursors:
            raise Refusal(410, "this cursor is not known here: take a snapshot")
        return changes_since(self._hq.database, cursor)

    def snapshot_manifest(self, token: Token) -> SnapshotManifest:
        """Which snapshot of the directory is current."""
        self._caller(token)
        return self._hq.snapshots.current()

    def snapshot(self, name: Identifier, token: Token) -> Response:
        """The snapshot file; a part of it when a Range is asked for (RFC 9110, 14)."""
        self._caller(token)
        return _file(self._hq.snapshots.offer(name), "application/vnd.sqlite3")

    def content_manifest(self, token: Token) -> ContentManifest:
        """Which bundle of content is current."""
        self._caller(token)
        return self._hq.bundles.current()

    def content(self, version: Annotated[int, Path(ge=1, lt=2**31)], token: Token) -> Response:
        """The bundle as a ZIP file; a version never changes."""
        self._caller(token)
        return _file(self._hq.bundles.offer(version), "application/zip")


def _file(offer: Offer, media_type: str) -> FileResponse:
    """The file with what says which one it is; the digest is that of the whole, in a part too."""
    digest = base64.b64encode(offer.sha256).decode()
    headers = {"ETag": f'"{offer.blake2b_256}"', "Repr-Digest": f"sha-256=:{digest}:"}
    return FileResponse(offer.path, media_type=media_type, headers=headers)

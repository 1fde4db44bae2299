"""Writes the contract as an OpenAPI document, from the code that serves it."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.openapi.utils import get_openapi

from kiosk.model.wire import Upload
from sim.hq.api import V1
from sim.hq.state import open_hq
from sim.hq.till import Tills

TITLE = "Store kiosk: the contract with HQ"

ABOUT = """What kiosks and tills ask of HQ. Whoever keeps this contract can stand in HQ's place.

Records: `id` makes a record count once, `(kiosk, seq)` orders it. HQ commits before it answers
and says of each record: accepted or duplicate (the kiosk deletes it), rejected (the kiosk keeps
it aside), retry or no word at all (the kiosk sends it again).

Directory: a snapshot is an SQLite file with the table
`member(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL) WITHOUT ROWID`; changes after
it come by cursor. Files can be fetched in parts (Range), and their ETag is their BLAKE2b-256.

Tills: every request has an id the till draws; the same request again gets the same answer and
changes nothing. A refused request left nothing behind. A PIN travels in the request alone and is
kept as a hash.

Time: the Date header of every answer is HQ's time.
"""


def document() -> dict[str, Any]:
    """The OpenAPI document of the paths below /v1."""
    with TemporaryDirectory() as folder:
        hq = open_hq(f"sqlite:///{folder}/hq.db", Path(folder))
        routes = [*V1(hq).router().routes, *Tills(hq).router().routes]
        hq.close()
    whole = get_openapi(title=TITLE, version="1", description=ABOUT, routes=routes)
    upload = Upload.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = whole["components"]["schemas"]
    schemas.update(upload.pop("$defs"), Upload=upload)
    _forget_framework_errors(whole)
    whole["components"]["schemas"] = dict(sorted(schemas.items()))
    return whole


def _forget_framework_errors(whole: dict[str, Any]) -> None:
    """Leave out the framework's own 422: HQ answers in its own words (sim.hq.app)."""
    for name in ("HTTPValidationError", "ValidationError"):
        whole["components"]["schemas"].pop(name, None)
    for path in whole["paths"].values():
        for operation in path.values():
            described = operation["responses"].get("422", {}).get("content", {})
            if "HTTPValidationError" in str(described):
                del operation["responses"]["422"]


def as_text() -> str:
    """The document as it stands in docs/hq-api.json."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"

"""The written contract is the one that HQ keeps and kiosks speak."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from kiosk.model import wire
from sim.hq.__main__ import main
from sim.hq.openapi import document

WRITTEN = Path(__file__).parents[2] / "docs" / "hq-api.json"


def test_the_written_contract_is_that_of_the_code(tmp_path: Path) -> None:
    """Whoever builds a real HQ from the document would build another one."""
    fresh = tmp_path / "hq-api.json"
    assert main(["--write-openapi", str(fresh)]) == 0
    assert WRITTEN.read_text(encoding="utf-8") == fresh.read_text(encoding="utf-8"), (
        "run: python -m sim.hq --write-openapi docs/hq-api.json"
    )


def test_only_the_contract_is_written() -> None:
    """The simulator's switches would look like something a real HQ must have."""
    assert all(path.startswith("/v1/") for path in document()["paths"])


def test_the_kiosks_models_are_in_it() -> None:
    """The kiosk and the document could drift apart without anybody noticing."""
    schemas = json.loads(WRITTEN.read_text(encoding="utf-8"))["components"]["schemas"]
    for model in (
        wire.Upload,
        wire.UploadAnswer,
        wire.Changes,
        wire.SnapshotManifest,
        wire.ContentManifest,
    ):
        wanted = TypeAdapter(model).json_schema()["properties"].keys()
        assert schemas[model.__name__]["properties"].keys() == wanted

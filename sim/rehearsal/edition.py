"""The demo's content with one survey alone, which every card is asked on every day."""

import json
from collections.abc import Mapping

from kiosk.store.bundle import survey_file, survey_id

CARE = "care.json"


def rehearsed(files: Mapping[str, bytes], survey: bytes) -> dict[str, bytes]:
    """The files of a bundle in which this survey takes the place of all others.

    Whom it is meant for and when does not count here, nor when somebody was asked last: whoever
    tries it out lays down any card. Everything else of the survey stays as its author wrote it.

    Args:
        files: of the bundle, by name.
        survey: the survey's document, one that can be published.
    """
    others = {name: content for name, content in files.items() if survey_id(name) is None}
    document = json.loads(survey.decode("utf-8-sig"))
    document.pop("window", None)
    document["audience"] = {}
    care = json.loads(others[CARE])
    care["asking"] = {**care.get("asking", {}), "survey_rest_days": 0}
    return others | {
        CARE: _as_bytes(care),
        survey_file(document["id"]): _as_bytes(document),
    }


def _as_bytes(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"

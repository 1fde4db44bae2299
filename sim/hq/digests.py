"""What a record says in one number: the same record counts once, however its JSON is written."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kiosk.model.answers import SurveyResponse
from kiosk.model.facts import Fact, Kind
from kiosk.model.wire import WireRecord

_GUESSED: Mapping[Kind, frozenset[str]] = {
    Kind.APPLICATION: frozenset({"name", "phone", "born"}),
    Kind.PROFILE_ANSWER: frozenset({"value"}),
}
"""What is left out of the number: a day of birth has so few values that whoever holds the number
could find it by trying them all, also where HQ has refused to keep it."""

UNNAMED = ("survey_id", "survey_version", "complete", "answers", "flags")
"""What of an anonymous answer is kept; nothing else may be found by trying."""


def digest_of(kiosk: str, wire: WireRecord, fact: Fact) -> str:
    """The number of a record of this kiosk."""
    if isinstance(fact, SurveyResponse) and fact.anonymous:
        return unnamed_digest(fact.model_dump(mode="json"))
    told = {"kiosk": kiosk, **wire.model_dump(mode="json")}
    payload: dict[str, Any] = told["payload"]
    guessed = _GUESSED.get(wire.kind, frozenset())
    told["payload"] = {name: value for name, value in payload.items() if name not in guessed}
    return _number(told)


def unnamed_digest(told: Mapping[str, Any]) -> str:
    """The number of an anonymous answer, from its payload or from the row that was kept."""
    return _number({name: told[name] for name in UNNAMED})


def _number(told: Mapping[str, Any]) -> str:
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=32).hexdigest()

"""The chain's own example of a survey, whole and changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.survey.check import check
from kiosk.survey.document import Document

EXAMPLE = Path(__file__).parent / "post_purchase.json"

Change = Callable[[dict[str, Any]], object]


def example() -> dict[str, Any]:
    """A survey of the chain, as JSON holds it."""
    found: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return found


def published(change: Change = lambda _given: None) -> Document:
    """The example, changed, as it can be published."""
    given = example()
    change(given)
    checked = check(given)
    assert checked.document is not None, checked.troubles
    return checked.document


def element(given: dict[str, Any], page: int, at: int) -> dict[str, Any]:
    """One element of a page."""
    found: dict[str, Any] = given["survey"]["pages"][page]["elements"][at]
    return found


def triggers(*made: dict[str, Any]) -> Change:
    """The example with these triggers."""
    return lambda given: given["survey"].update(triggers=list(made))

"""Whether a survey can be published: every reason why not, by name and place.

Nothing of a survey is silently left out: what the kiosk does not understand is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kiosk.survey.document import Document
from kiosk.survey.impossible import impossible, never_asked
from kiosk.survey.places import Location, Trouble
from kiosk.survey.references import loose_ends
from kiosk.survey.stages import wrong_in_stage

_KINDS = {
    "pages": "page",
    "elements": "question",
    "calculatedValues": "figure",
    "triggers": "trigger",
}
_TAGGED = frozenset({"elements", "validators", "triggers"})
"""Lists whose members pydantic tells apart by their type, and names it in a place."""

DEEPEST = 60
"""Levels of JSON inside one another; a survey with panels in panels has a dozen."""

PATTERNS = 20
"""Regular expressions of a survey: each may take a thousand states, half a megabyte, in memory."""


_BARE = "stands alone: put it into `survey`, with `id`, `version` and `kind` beside it"
"""Said of what an editor saves, without our envelope."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a document.

    Attributes:
        document: None when it cannot be published.
        troubles: why not, in the order of the document; empty when it can.
    """

    document: Document | None
    troubles: tuple[Trouble, ...] = ()


def check(given: object) -> Checked:
    """Read a document of HQ, a JSON text already parsed."""
    if _is_too_deep(given):
        return Checked(None, (Trouble((), f"is more than {DEEPEST} levels deep"),))
    if isinstance(given, dict) and "survey" not in given and given.keys() & {"pages", "elements"}:
        return Checked(None, (Trouble((), _BARE),))
    if (patterns := _patterns(given)) > PATTERNS:
        reason = f"has {patterns} regular expressions, {PATTERNS} at most are allowed"
        return Checked(None, (Trouble((), reason),))
    try:
        document = Document.model_validate(given)
    except ValidationError as error:
        return Checked(None, tuple(_troubles(given, error)))
    found = (*loose_ends(document), *impossible(document), *wrong_in_stage(document))
    found = found or tuple(never_asked(document))
    troubles = tuple(replace(one, location=_as_given(given, one.location)) for one in found)
    return Checked(None if troubles else document, troubles)


def _is_too_deep(given: object) -> bool:
    level = [given]
    for _ in range(DEEPEST):
        level = [inside for one in level for inside in _members(one)]
        if not level:
            return False
    return True


def _patterns(given: object) -> int:
    """How many regular expressions there are, before any is made ready."""
    found, waiting = 0, [given]
    while waiting:
        one = waiting.pop()
        found += isinstance(one, dict) and "regex" in one
        waiting += _members(one)
    return found


def _members(one: object) -> list[object]:
    if isinstance(one, dict):
        return list(one.values())
    return list(one) if isinstance(one, list) else []


def _troubles(given: object, error: ValidationError) -> Iterator[Trouble]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # only because what was in it has been refused already
        location = _as_given(given, _untagged(detail["loc"]))
        about, reason = _named(given, location), _reason(detail, location)
        yield Trouble(location, f"{about}: {reason}" if about else reason)


def _reason(detail: ErrorDetails, location: Location) -> str:
    last = _last(location)
    match detail["type"]:
        case "union_tag_invalid":
            return f"type `{detail['ctx']['tag']}` is not supported"
        case "union_tag_not_found":
            return "property `type` is missing"
        case "extra_forbidden":
            return f"property `{last}` is not supported"
        case "missing":
            return f"property `{last}` is missing"
        case "value_error" if last.endswith("If") or last in ("expression", "regex"):
            return f"`{last}`: {detail['ctx']['error']}"
        case "value_error" if str(detail["ctx"]["error"]).startswith("should be "):
            return f"`{last}` {detail['ctx']['error']}{_found(detail['input'])}"
        case "value_error":
            return str(detail["ctx"]["error"])
        case "model_type" | "dict_type":
            return f"`{last}` should be an object"
        case _:
            wanted = _PLAINLY.get(detail["type"]) or _wanted(detail["msg"])
            return f"`{last}` {wanted}{_found(detail['input'])}"


def _last(location: Location) -> str:
    """The name at the end of a place; a member of a list is counted from 1."""
    match location:
        case (*_, str(holder), int(at)):
            return f"{holder} {at + 1}"
        case (*_, last):
            return str(last)
        case _:
            return "document"


_PLAINLY = {"bool_type": "should be true or false", "int_type": "should be a whole number"}


def _wanted(message: str) -> str:
    for stiff in ("Input ", "String ", "Value ", "Tuple "):
        message = message.removeprefix(stiff)
    return message


def _found(value: object) -> str:
    return f", not {value}" if isinstance(value, bool | int | float) else ""


def _untagged(location: Location) -> Location:
    """A place without the types pydantic puts in."""
    left: list[str | int] = []
    tagged = False
    for step in location:
        if tagged:
            tagged = False
            continue
        tagged = isinstance(step, int) and bool(left) and left[-1] in _TAGGED
        left.append(step)
    return tuple(left)


def _as_given(given: object, location: Location) -> Location:
    """The place in what was written: the one page of a survey may be left out there."""
    survey = given.get("survey") if isinstance(given, dict) else None
    is_bare = isinstance(survey, dict) and "pages" not in survey
    if is_bare and location[:3] == ("survey", "pages", 0):
        return ("survey", *location[3:])
    return location


def _named(given: object, location: Location) -> str:
    """The nearest named thing around a place: question `q7`, page `p1`."""
    about, kind, here = "", "", given
    for step in location:
        if isinstance(here, dict) and isinstance(step, str):
            kind, here = _KINDS.get(step, ""), here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            if kind and isinstance(here, dict):
                known = "panel" if here.get("type") == "panel" else kind
                name = here.get("name")
                about = f"{known} `{name}`" if isinstance(name, str) else f"{known} {step + 1}"
        else:
            break
    return about

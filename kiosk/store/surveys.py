"""Surveys of a bundle: read by the survey's own check, each refusal told with file and line."""

from kiosk.store.bundle import survey_id
from kiosk.store.json_lines import Location
from kiosk.store.json_text import Parsed
from kiosk.store.problems import Problem
from kiosk.survey.check import check
from kiosk.survey.document import Document


def read(name: str, parsed: Parsed) -> Document | list[Problem]:
    """The survey in a file, or everything that is wrong with it.

    Args:
        name: of the file; one of a bundle has the name of the survey's id.
    """
    checked = check(parsed.value)
    if checked.document is None:
        return [_told(name, parsed, one.location, one.reason) for one in checked.troubles]
    named = survey_id(name)
    if named is not None and checked.document.id != named:
        reason = f"the id `{checked.document.id}` is not the file's name, `{named}`"
        return [_told(name, parsed, ("id",), reason)]
    return checked.document


def _told(name: str, parsed: Parsed, location: Location, reason: str) -> Problem:
    """A refusal; its reason names the question already, so a path would only lengthen it."""
    return Problem(name, reason, parsed.lines.line_of(location) if parsed.lines else None)

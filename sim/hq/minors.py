"""Who is too young: of them nothing is kept, not even in the table of records."""

from datetime import date
from typing import Any

from kiosk.content import Content
from kiosk.loyalty.ages import is_of_age
from kiosk.model.answers import Application, ProfileAnswer
from kiosk.model.facts import Fact, own_id
from kiosk.survey.profile import BIRTHDAY
from sim.hq.care import Arrival

GROWN_UP_YEARS = 18
"""What the chain asks for; it holds while no programme is published."""


def born_by(fact: Fact) -> date | None:
    """The day of birth that a fact tells; None when it tells none that can be read."""
    if isinstance(fact, Application):
        return fact.born
    if isinstance(fact, ProfileAnswer) and fact.field == BIRTHDAY:
        return as_birthday(fact.value)
    return None


def as_birthday(value: object) -> date | None:
    """A day of birth as a question with a date keeps it; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def is_too_young(fact: Fact, arrival: Arrival) -> bool:
    """Whether somebody tells a day of birth with which they cannot be a member yet."""
    born = born_by(fact)
    return born is not None and not is_old_enough(born, arrival.content, arrival.day)


def is_old_enough(born: date, content: Content | None, day: date) -> bool:
    """Whether who was born then may be a member on this store-local day."""
    years = GROWN_UP_YEARS
    if content is not None:
        years = content.on(day).programme.joining.minimum_age_years
    return is_of_age(born, day, years)


def nothing_of(fact: Fact) -> dict[str, Any]:
    """What is left in the table of records: that there was one, and its own id."""
    return {"kind": fact.kind.value, "refused": "too_young", "id": str(own_id(fact))}

"""One response as the figures see it: without a person, a kiosk and a time of day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody answered.

    Attributes:
        day: store-local.
        complete: whether the survey was gone through.
        flagged: doubtful; counted in the raw figures alone.
        answers: by the question's name.
        seconds: time spent on each answered question.
        staff_id: who served at the purchase it is about; None when that is not known.
        shift_id: the part of the store's day it was given in; None of an anonymous one, whose
            time of day nobody knows.
    """

    store_id: str
    day: date
    complete: bool
    flagged: bool
    answers: Mapping[str, Any]
    seconds: Mapping[str, float]
    staff_id: str | None = None
    shift_id: str | None = None

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.day - timedelta(days=self.day.weekday())

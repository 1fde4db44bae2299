"""How HQ's content says what figures are told: shifts and the smallest number of answers."""

import pytest
from pydantic import ValidationError

from kiosk.model.care import Reporting, Shift
from tests.factories import local


def shift(first_hour: int, to_hour: int) -> Shift:
    """A part of the day."""
    name = f"h{first_hour}"
    return Shift(shift_id=name, words=local("班", "shift"), first_hour=first_hour, to_hour=to_hour)


def test_every_hour_is_in_one_shift_at_most() -> None:
    """The hour in which shifts change would count twice, or for nobody."""
    reporting = Reporting(shifts=(shift(8, 16), shift(16, 24)))
    found = [reporting.shift_at(hour) for hour in (7, 8, 15, 16, 23)]
    assert [one.shift_id if one else None for one in found] == [None, "h8", "h8", "h16", "h16"]


def test_a_shift_runs_forward() -> None:
    """A shift that ends before it begins would be empty, and nobody told why."""
    with pytest.raises(ValidationError, match="no later than the first hour"):
        shift(16, 8)


def test_a_score_of_one_answer_cannot_be_asked_for() -> None:
    """One person's answer would stand on a page as a store's."""
    with pytest.raises(ValidationError):
        Reporting(minimum_answers=1)
    assert Reporting().minimum_answers == 20

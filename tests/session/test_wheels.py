"""The wheels on which a day is chosen: only real days, within limits, and none by accident."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.states import Wheel, Wheels
from kiosk.session.states.wheels import A_MONTH
from kiosk.session.wheels import at_step, begin, born, chosen, missing, stands, steps, touch, turned

FIRST, LAST = date(1904, 1, 1), date(2026, 11, 22)
TOUCHES = st.sampled_from([touch(wheel, step) for wheel in Wheel for step in steps(wheel)])


def after(on: Wheels, *touches: str) -> Wheels:
    """The wheels after these touches; one that means nothing leaves them as they are."""
    for one in touches:
        on = turned(on, one) or on
    return on


@given(st.dates(), st.dates(), st.dates(), st.lists(TOUCHES, max_size=40))
def test_every_touch_leads_to_a_real_day_within_the_limits(
    one: date, other: date, at: date, touches: list[str]
) -> None:
    """30 February would end the session, and a day beyond the limits would be refused later."""
    first, last = min(one, other), max(one, other)
    on = begin(first, last, at)
    for told in touches:
        on = turned(on, told) or on
        assert first <= stands(on) <= last
        assert chosen(on) in (None, stands(on))


@given(st.dates(), st.dates(), st.lists(TOUCHES, max_size=20), TOUCHES)
def test_what_stands_on_a_wheel_is_what_a_touch_on_it_chooses(
    one: date, other: date, touches: list[str], last_touch: str
) -> None:
    """The finger lands on 1988 and another year is in the field."""
    on = after(begin(min(one, other), max(one, other)), *touches)
    wheel = Wheel(last_touch.partition(":")[0])
    shown = at_step(on, wheel, int(last_touch.partition(":")[2]))
    turned_to = turned(on, last_touch)
    assert (turned_to is None) == (shown is None)
    if turned_to is not None:
        day = stands(turned_to)
        assert {Wheel.YEAR: day.year, Wheel.MONTH: day.month, Wheel.DAY: day.day}[wheel] == shown
        assert wheel in turned_to.touched


@given(st.lists(TOUCHES, max_size=12))
def test_nothing_is_chosen_until_every_wheel_was_touched(touches: list[str]) -> None:
    """Whoever goes on in a hurry would be born on the day the wheels happened to stand at."""
    on = born(LAST)
    assert chosen(on) is None
    on = after(on, *touches)
    told = {one.partition(":")[0] for one in touches}
    assert (chosen(on) is None) == (len(told) < 3)
    assert {one.value for one in missing(on)} == {"year", "month", "day"} - told


@pytest.mark.parametrize(
    ("begun", "touches", "day"),
    [
        (date(1988, 3, 31), ["month:+1"], date(1988, 4, 30)),
        (date(1988, 3, 31), ["month:-1"], date(1988, 2, 29)),
        (date(1988, 3, 31), ["month:+1", "month:+1"], date(1988, 5, 31)),
        (date(1988, 3, 31), ["month:+1", "day:0", "month:+1"], date(1988, 5, 30)),
        (date(1988, 2, 29), ["year:+1"], date(1989, 2, 28)),
        (date(1988, 2, 29), ["year:+1", "year:-1"], date(1988, 2, 29)),
        (date(2000, 2, 29), ["year:-10", "year:-10"], date(1980, 2, 29)),
        (date(1988, 1, 1), ["month:-1"], date(1988, 12, 1)),
        (date(1988, 4, 30), ["day:+1"], date(1988, 4, 1)),
        (date(1988, 4, 1), ["day:-2"], date(1988, 4, 29)),
        (date(1910, 5, 5), ["year:-10"], date(1904, 5, 5)),
        (date(2020, 12, 24), ["year:+10"], LAST),
        (date(2020, 12, 24), ["year:+10", "year:-1"], date(2025, 12, 24)),
    ],
)
def test_wheels_turn_as_a_calendar_does(begun: date, touches: list[str], day: date) -> None:
    """A month turned past February must not cost the 31st, and no wheel ends in a wall."""
    assert stands(after(begin(FIRST, LAST, begun), *touches)) == day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "year",
        "year:",
        "year:+3",
        "year:1",
        "year:+0",
        "day:-10",
        "day:+4",
        "week:+1",
        "year:+10:0",
    ],
)
def test_other_touches_turn_nothing(value: str) -> None:
    """The live view may send anything."""
    assert turned(born(LAST), value) is None


def test_years_end_at_the_limits() -> None:
    """Nobody is born tomorrow, and a button that does nothing must not be shown."""
    on = begin(FIRST, LAST)
    assert [at_step(on, Wheel.YEAR, step) for step in (1, 2, 10)] == [None] * 3
    assert at_step(begin(FIRST, LAST, FIRST), Wheel.YEAR, -10) is None
    assert at_step(on, Wheel.MONTH, 1) == 1


def test_few_days_do_not_stand_on_a_wheel_twice() -> None:
    """Three possible days, seven places: the same day above and below would be a riddle."""
    on = begin(date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 21))
    assert [at_step(on, Wheel.DAY, step) for step in (-2, -1, 0, 1, 2)] == [None, 20, 21, 22, None]


def test_a_day_chosen_before_is_the_value_already() -> None:
    """Whoever goes back would have to choose their birthday again."""
    assert chosen(begin(FIRST, LAST, date(1988, 3, 4), chosen=True)) == date(1988, 3, 4)
    assert chosen(begin(FIRST, LAST, None, chosen=True)) is None


def test_a_month_needs_no_day() -> None:
    """A question for a month would never be answered."""
    on = begin(date(2026, 2, 10), LAST, wheels=A_MONTH)
    assert turned(on, "day:0") is None
    assert chosen(after(on, "year:0")) is None
    assert chosen(after(on, "year:0", "month:-1")) == date(2026, 10, 1)
    assert chosen(after(on, "year:0", "month:-1", "month:+1", "month:+1")) == date(2026, 2, 10)


def test_no_wheel_tells_a_birthday_to_a_log() -> None:
    """A state is written out when something goes wrong."""
    on = begin(FIRST, LAST, date(1988, 3, 4), chosen=True)
    assert "1988" not in repr(on)

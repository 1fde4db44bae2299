"""Signing up for events: seats by store, those who wait in their order, each member once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.model.programme import Event
from kiosk.model.verdicts import Because, Outcome
from tests import factories
from tests.hq.office import Office, open_office

ELSEWHERE = "bj-cy-01"


def workshop(event_id: str, **changes: object) -> Event:
    """An afternoon of paper-craft with one seat in each store."""
    values: dict[str, object] = {
        "event_id": event_id,
        "on": date(2026, 11, 21),
        "name": factories.local("折纸", "Paper-craft"),
        "badge": factories.local("活动", "Event"),
        "seats": 1,
    }
    return Event.model_validate(values | changes)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with events of every kind and four members."""
    one = open_office(
        tmp_path,
        events=(
            workshop("paper"),
            workshop("open", seats=None),
            workshop("golden", tiers=("gold",)),
            workshop("beijing", stores=(ELSEWHERE,)),
        ),
    )
    for number in range(1, 5):
        one.join(f"m-{number}")
    yield one
    one.hq.close()


def outcome(office: Office, member_id: str, coming: bool = True, **how: str) -> Outcome:
    """What HQ says to a sign-up for the workshop."""
    return office.ask(office.signing("paper", member_id, coming), **how).outcome


def test_a_free_seat_goes_to_whoever_waits_longest(office: Office) -> None:
    """Seats would be given twice, or stay empty while somebody waits."""
    told = [outcome(office, f"m-{number}") for number in (1, 2, 3)]
    assert told == [Outcome.SIGNED_UP, Outcome.WAITLISTED, Outcome.WAITLISTED]
    assert outcome(office, "m-1", coming=False) is Outcome.SIGNED_OFF
    assert outcome(office, "m-2") is Outcome.SIGNED_UP
    assert outcome(office, "m-3") is Outcome.WAITLISTED
    assert outcome(office, "m-4") is Outcome.WAITLISTED


def test_who_waits_and_goes_frees_no_seat(office: Office) -> None:
    """One seat would be given to two members."""
    for number in (1, 2, 3):
        outcome(office, f"m-{number}")
    outcome(office, "m-2", coming=False)
    assert outcome(office, "m-3") is Outcome.WAITLISTED


def test_signing_up_again_changes_nothing(office: Office) -> None:
    """A member would take two seats, or lose the place in the row."""
    outcome(office, "m-1")
    outcome(office, "m-2")
    assert outcome(office, "m-1") is Outcome.SIGNED_UP
    assert outcome(office, "m-2") is Outcome.WAITLISTED
    for _ in range(2):
        assert outcome(office, "m-4", coming=False) is Outcome.SIGNED_OFF


def test_each_store_has_its_own_seats(office: Office) -> None:
    """A full store would turn members of another one away."""
    outcome(office, "m-1")
    assert outcome(office, "m-2", store=ELSEWHERE) is Outcome.SIGNED_UP


def test_the_row_tells_what_the_member_has_signed_up_for(office: Office) -> None:
    """The page would offer again what is settled; and no balance moves by it."""
    office.ask(office.signing("paper"))
    office.ask(office.signing("open"))
    row = office.row()
    assert (row.events, row.applied_seq) == (("open", "paper"), {})
    office.ask(office.signing("open", coming=False))
    assert office.row().events == ("paper",)


@pytest.mark.parametrize(
    ("event_id", "because"),
    [
        ("unheard-of", Because.NOT_OFFERED),
        ("beijing", Because.NOT_OFFERED),
        ("golden", Because.TIER),
    ],
)
def test_an_event_for_others_is_refused(office: Office, event_id: str, because: Because) -> None:
    """Somebody would come to what is not for them."""
    verdict = office.ask(office.signing(event_id))
    assert (verdict.outcome, verdict.because) == (Outcome.REFUSED, because)
    assert office.row().events == ()


def test_after_its_day_it_is_too_late(office: Office) -> None:
    """A sign-up from a kiosk that was offline would take a seat of the past."""
    office.pass_time(hours=11)
    assert office.ask(office.signing("open")).outcome is Outcome.SIGNED_UP
    office.pass_time(hours=1)
    assert office.ask(office.signing("paper")).because is Because.TOO_LATE


def test_a_strangers_card_signs_nobody_up(office: Office) -> None:
    """One member could sign another one off."""
    record = office.signing("paper")
    record["payload"]["card_key"] = "ab" * 16
    assert office.ask(record).because is Because.UNKNOWN

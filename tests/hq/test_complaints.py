"""Complaints at HQ: none is lost, each moves by one step at a time, its member sees where it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from kiosk.model.care import STEPS
from kiosk.model.members import CardStatus
from kiosk.model.verdicts import Outcome
from kiosk.model.wire import Fate
from sim.hq.care_tables import case_step, complaint
from sim.hq.complaints import TOLD_FOR
from sim.hq.errors import Refusal
from sim.hq.members import MemberEdit, edit_member
from sim.hq.state import open_hq
from sim.hq.tables import card
from tests.hq.care_kit import close, complaining, move, visiting
from tests.hq.kit import moment
from tests.hq.office import JumpClock, Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with two members."""
    one = open_office(tmp_path)
    one.join()
    one.join("m-2")
    yield one
    one.hq.close()


def cases(office: Office) -> list[Row[Any]]:
    """Every complaint HQ has, the first one first."""
    with office.hq.database.read() as connection:
        return list(connection.execute(select(complaint).order_by(complaint.c.opened)).all())


def head(office: Office) -> int:
    """The version of the member's directory row."""
    with office.hq.database.read() as connection:
        return int(
            connection.execute(select(card.c.changed).where(card.c.member_id == "m-1")).scalar_one()
        )


def test_a_complaint_is_kept_and_told_in_the_row(office: Office) -> None:
    """A member would complain into the void, or not see at the next tap that HQ has it."""
    before = head(office)
    record = complaining(office, call_me=True, staff_now=True, complete=False)
    assert office.ask(record).outcome is Outcome.NOTED
    (case,) = cases(office)
    assert (case.case_id, case.step, case.cause_id) == (record["id"], 1, "product")
    assert (case.words, case.reasons) == ("第一次洗就掉色", ["first"])
    assert (case.call_me, case.staff_now, case.complete) == (True, True, False)
    assert (case.unknown_cause, case.card_wrong) == (False, False)
    row = office.row()
    (told,) = row.cases
    assert (told.case_id, told.cause_id, told.step) == (record["id"], "product", 1)
    assert told.opened == date(2026, 11, 21)
    assert row.noted == {"k-1": record["seq"]}
    assert row.applied_seq == {}
    assert head(office) > before


def test_the_same_complaint_twice_is_one_case(office: Office) -> None:
    """A lost answer would make staff call a member twice."""
    record = complaining(office)
    first, again = office.send(record), office.send(record)
    assert [one.status for one in (*first, *again)] == [Fate.ACCEPTED, Fate.DUPLICATE]
    assert first[0].verdict == again[0].verdict
    assert len(cases(office)) == 1
    assert [one.status for one in office.send(complaining(office), record)] == [
        Fate.ACCEPTED,
        Fate.DUPLICATE,
    ]


def test_without_a_card_it_is_as_good(office: Office) -> None:
    """Whoever has no card could not complain."""
    assert office.ask(complaining(office, None)).outcome is Outcome.NOTED
    (case,) = cases(office)
    assert (case.member_id, case.told, case.card_wrong) == (None, False, False)
    close(office, case.case_id)


@pytest.mark.parametrize("changes", [{"cause_id": "unheard-of"}, {"reasons": ["unheard-of"]}])
def test_an_unknown_cause_is_kept_with_a_flag(office: Office, changes: dict[str, Any]) -> None:
    """A complaint made on yesterday's content would be lost with the word that changed."""
    assert office.ask(complaining(office, **changes)).outcome is Outcome.NOTED
    (case,) = cases(office)
    assert case.unknown_cause
    assert len(office.row().cases) == 1


def test_before_anything_is_published_it_is_kept(tmp_path: Path) -> None:
    """A complaint that meets an HQ without content would stop the queue of its kiosk."""
    bare = Office(
        open_hq(f"sqlite:///{tmp_path}/bare.db", tmp_path / "bare", JumpClock()), JumpClock()
    )
    assert bare.ask(complaining(bare)).outcome is Outcome.NOTED
    (case,) = cases(bare)
    assert case.unknown_cause
    bare.hq.close()


def test_an_unknown_member_is_kept(office: Office) -> None:
    """A complaint would be lost when its member left while the kiosk was offline."""
    assert office.ask(complaining(office, "m-unheard-of")).outcome is Outcome.NOTED
    (case,) = cases(office)
    assert (case.member_id, case.card_wrong) == ("m-unheard-of", True)


def test_with_another_members_card_it_is_not_told_in_their_name(office: Office) -> None:
    """A kiosk in wrong hands could put words into a member's page."""
    record = complaining(office, "m-2")
    record["payload"]["member_id"] = "m-1"
    office.ask(record)
    (case,) = cases(office)
    assert case.card_wrong
    assert office.row().cases == ()
    assert office.row("m-2").cases == ()


def test_a_lost_card_complains_with_a_flag(office: Office) -> None:
    """A finder would speak for the member, and staff would not know."""
    edit_member(office.hq.database, "m-1", MemberEdit(card_status=CardStatus.LOST), office.clock())
    office.ask(complaining(office))
    (case,) = cases(office)
    assert case.card_wrong
    assert len(office.row().cases) == 1


def test_one_step_at_a_time_to_the_end(office: Office) -> None:
    """Two clicks would skip a step, or a closed case open again; and times would be missing."""
    record = complaining(office)
    office.ask(record)
    name = record["id"]
    for step in range(1, STEPS):
        office.clock.now += timedelta(hours=1)
        assert move(office, name, step)
        assert not move(office, name, step)
        assert office.row().cases[0].step == step + 1
    assert not move(office, name, STEPS)
    with office.hq.database.read() as connection:
        query = select(case_step.c.step, case_step.c.at).order_by(case_step.c.step)
        history = [(row.step, row.at) for row in connection.execute(query)]
    assert [step for step, _at in history] == list(range(1, STEPS + 1))
    assert sorted(at for _step, at in history) == [at for _step, at in history]
    (case,) = cases(office)
    assert case.closed_at == history[-1][1]


def test_each_step_changes_the_row(office: Office) -> None:
    """The kiosks would not hear of a step until something else changes the member."""
    record = complaining(office)
    office.ask(record)
    before = head(office)
    move(office, record["id"], 1)
    assert head(office) > before


def test_no_such_case_is_not_found(office: Office) -> None:
    """A mistyped address would look like a broken HQ."""
    with pytest.raises(Refusal, match="404"):
        move(office, "unheard-of", 1)


def test_a_closed_case_is_told_until_it_was_shown(office: Office) -> None:
    """The member would never hear that it was dealt with, or be told at every visit."""
    record = complaining(office)
    office.ask(record)
    before = office.clock().isoformat()
    office.clock.now += timedelta(hours=1)
    close(office, record["id"])
    office.send(visiting(office, before))
    assert office.row().cases[0].step == STEPS
    office.send(visiting(office, office.clock().isoformat(), "m-2"))
    assert len(office.row().cases) == 1
    office.send(visiting(office, office.clock().isoformat()))
    assert office.row().cases == ()
    assert cases(office)[0].shown_closed is not None


def test_an_open_case_stays_however_often_it_is_shown(office: Office) -> None:
    """A complaint nobody has dealt with would vanish from the member's page."""
    office.ask(complaining(office))
    office.send(visiting(office, office.clock().isoformat()))
    assert len(office.row().cases) == 1


@pytest.mark.parametrize(
    "true_at", ["never", "", "2026-11-21T06:00:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_visit_of_no_time_shows_nothing(office: Office, true_at: str) -> None:
    """One odd visit would fail its whole upload, or hide what the member has not seen."""
    record = complaining(office)
    office.ask(record)
    close(office, record["id"])
    assert [one.status for one in office.send(visiting(office, true_at))] == [Fate.ACCEPTED]
    assert len(office.row().cases) == 1


def test_a_case_closed_long_ago_is_told_no_more(office: Office) -> None:
    """Rows of members who never come by would grow for ever."""
    first, second = complaining(office), complaining(office, "m-2")
    office.send(first, second)
    close(office, first["id"])
    office.pass_time(days=TOLD_FOR.days)
    assert len(office.row().cases) == 1
    before = head(office)
    office.pass_time(seconds=1)
    assert office.row().cases == ()
    assert head(office) > before
    assert len(office.row("m-2").cases) == 1


def test_a_row_tells_the_newest_ten(office: Office) -> None:
    """A row longer than kiosks take would keep the whole directory from them."""
    for _ in range(12):
        office.clock.now += timedelta(minutes=1)
        office.ask(complaining(office))
    newest = [case.case_id for case in reversed(cases(office))]
    assert [case.case_id for case in office.row().cases] == newest[:10]


def test_what_was_said_offline_is_as_old_as_it_is(office: Office) -> None:
    """Staff would take a complaint of three days ago for a fresh one."""
    record = complaining(office)
    record["occurred"] = moment(since_boot_s=100.0)
    office.send(record, later_s=3 * 86_400)
    opened = cases(office)[0].opened
    assert opened.startswith("2026-11-18T03:48")
    assert office.row().cases[0].opened == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("occurred", "day"),
    [
        ({"clock": "synced", "wall": "2026-11-19T23:30:00+08:00"}, date(2026, 11, 19)),
        ({"clock": "estimated", "wall": "2027-03-01T12:00:00+08:00"}, date(2026, 11, 21)),
        ({"clock": "synced", "wall": "9999-12-31T23:59:59-12:00"}, date(2026, 11, 21)),
        ({"clock": "synced", "wall": "0001-01-01T00:00:00+12:00"}, date(2016, 11, 23)),
        ({"clock": "unset", "wall": "1970-01-01T00:00:00+00:00"}, date(2026, 11, 21)),
    ],
)
def test_across_boots_the_wall_clock_tells_if_it_was_set(
    office: Office, occurred: dict[str, str], day: date
) -> None:
    """A clock that was never set would date a complaint to 1970, or one gone mad close HQ."""
    record = complaining(office)
    record["occurred"] = moment(boot_id="another", **occurred)
    office.send(record)
    assert office.row().cases[0].opened == day


def test_endless_seconds_are_no_age(office: Office) -> None:
    """A counter beyond all reason would fail the upload of everything beside it."""
    record = complaining(office)
    assert [one.status for one in office.send(record, later_s=1e300)] == [Fate.ACCEPTED]


def test_telling_ends_only_for_what_was_closed(office: Office) -> None:
    """An open case would be forgotten after a season."""
    office.ask(complaining(office))
    with office.hq.database.write() as connection:
        connection.execute(update(complaint).values(opened="2020-01-01T00:00:00.000000+00:00"))
    office.pass_time(days=400)
    assert len(office.row().cases) == 1

"""What the demo's people did and have: true on any day of seeding, to the last point."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.model.asking import ApplicationState
from kiosk.model.cards import card_key
from kiosk.model.care import Asking
from kiosk.model.members import CardStatus, ContactWishes, Member, PinState
from kiosk.model.verdicts import Because
from kiosk.store.bundle import survey_id
from kiosk.survey.check import check
from kiosk.survey.document import Document
from kiosk.survey.offers import Manners, offer
from sim.hq.clockwork import tick
from sim.hq.demo import TrayApplicant, TrayCard, demo_pin, fleet, tray_applicant, tray_cards
from sim.hq.demo_rows import DemoRows, Rows
from sim.hq.figures import STORE_TIME
from sim.hq.ledger import recount
from sim.hq.people import DemoMember, invent
from sim.hq.pins import Entered, check_pin
from sim.hq.rows import as_members, card_rows
from sim.hq.seed import DemoPlan, demo_content, rules_on, seed
from sim.hq.standing import renew
from sim.hq.state import open_hq
from sim.hq.tables import member

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))
ON_TRAY = len(tray_cards()) - 1
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SALT = bytes.fromhex(fleet().fleet_salt)


def rows_on(day: date, count: int) -> list[tuple[DemoMember, Rows]]:
    """The first so many members with their rows, seeded on this day at noon in the stores."""
    noon = datetime.combine(day, time(12), STORE_TIME).astimezone(UTC)
    rows = DemoRows(rules_on(day), noon)
    return [(one, rows.of(one)) for one in invent(count)]


@settings(deadline=None, max_examples=8)
@given(DAYS)
def test_the_trays_vouchers_are_true_on_any_day(day: date) -> None:
    """The demo would show no birthday voucher at a month's end, or an expired one."""
    on_tray = {one.person.full_name: rows.voucher for one, rows in rows_on(day, ON_TRAY)}
    birthday, anniversary = on_tray["李娜"]
    assert birthday["reason"] == "birthday_month"
    assert birthday["companion"]
    first, last = map(date.fromisoformat, (birthday["valid_from"], birthday["valid_to"]))
    assert first <= day <= last
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert anniversary["reason"] == "anniversary"
    assert anniversary["valid_from"] <= day.isoformat() <= anniversary["valid_to"]
    (ending,) = on_tray["吴婷"]
    assert ending["valid_from"] <= day.isoformat() == ending["valid_to"]
    assert on_tray["王建国"] == []


@settings(deadline=None, max_examples=8)
@given(DAYS)
def test_every_ledger_of_the_tray_sums_to_the_balance(day: date) -> None:
    """A member's lines would not explain the points on the card, on some day of seeding."""
    for one, rows in rows_on(day, ON_TRAY + 20):
        assert sum(line["points"] for line in rows.ledger) == one.person.points
        opening, at = rows.ledger[:1], [line["at"] for line in rows.ledger]
        assert at == sorted(at)
        assert at == [moment for moment in at if moment < day.isoformat()]
        assert all(line["reason"] != "opening" or line["points"] > 0 for line in opening) or (
            one.person.points < 0
        )
        lapse = [line["lapses_on"] for line in rows.ledger if line["lapses_on"]]
        assert all(last >= day.isoformat() for last in lapse)


def test_the_trays_ledgers_have_every_kind_of_line() -> None:
    """A page of the kiosk could not be seen as it is with a refund or a redemption."""
    lines = [line for _one, rows in rows_on(date(2026, 11, 22), ON_TRAY) for line in rows.ledger]
    assert {line["reason"] for line in lines} == {"opening", "purchase", "refund", "reward"}
    assert {line["receipt"] is not None for line in lines if line["reason"] == "purchase"} == {True}


def test_what_repeats_a_history_is_what_hq_would_count(tmp_path: Path) -> None:
    """The first purchase after seeding would move figures that nobody touched."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: NOW)
    seed(hq, DemoPlan(60, SALT))
    names = [one.name for one in member.c if one.name not in ("due", "as_of", "tier")]
    content = hq.bundles.content()
    assert content is not None
    with hq.database.write() as connection:
        for row in connection.execute(select(member)).all():
            recount(connection, row.member_id, NOW)
            renew(connection, row.member_id, content, NOW.astimezone(STORE_TIME).date(), NOW)
            mine = select(member).where(member.c.member_id == row.member_id)
            again = connection.execute(mine).one()
            if row.tier != "platinum":  # a tier the programme does not know is decided anew
                assert {name: getattr(row, name) for name in names} == {
                    name: getattr(again, name) for name in names
                }
    hq.close()


def test_nothing_is_due_on_the_day_of_seeding(tmp_path: Path) -> None:
    """The demo's members would change before a technician has looked at them."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: NOW)
    seed(hq, DemoPlan(200, SALT))
    with hq.database.read() as connection:
        before = connection.execute(select(member)).all()
    tick(hq)
    with hq.database.read() as connection:
        assert connection.execute(select(member)).all() == before
    hq.close()


def test_the_trays_pins(tmp_path: Path) -> None:
    """A technician could not redeem with the PIN the tray tells, or none would be blocked."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: NOW)
    seed(hq, DemoPlan(20, SALT))
    rule = rules_on(NOW.date()).programme.redeeming.pin
    assert len(demo_pin()) == rule.digits
    with hq.database.write() as connection:
        states = {
            shown.name: check_pin(connection, one.member_id, Entered(demo_pin()), rule).because
            for shown, one in zip(tray_cards(), invent(ON_TRAY), strict=False)
        }
    hq.close()
    assert states["李娜"] is None
    assert states["刘洋"] is Because.PIN_BLOCKED
    assert all(f"PIN {demo_pin()}" in one.note_en for one in tray_cards() if _has_pin(one))


def _has_pin(card: TrayCard) -> bool:
    return card.member is not None and card.member.pin is PinState.SET


def told_of(folder: Path) -> dict[str, Member]:
    """The directory's rows of the tray, its applicant included, by the name on the card."""
    hq = open_hq(f"sqlite:///{folder}/hq.db", folder, now=lambda: NOW)
    seed(hq, DemoPlan(20, SALT))
    names = {card_key(bytes.fromhex(one.uid), SALT).hex(): one.name for one in all_on_tray()}
    with hq.database.read() as connection:
        found = as_members(connection, connection.execute(card_rows()).all())
    hq.close()
    return {names[key]: row for key, row in found.items() if key in names}


def all_on_tray() -> list[TrayCard | TrayApplicant]:
    """Every card that has a name on it."""
    return [*tray_cards(), tray_applicant()]


def test_the_tray_shows_every_question(tmp_path: Path) -> None:
    """A new user would look in vain for what a card's note promises."""
    rows, surveys = told_of(tmp_path), surveys_on(NOW.date())
    manners = Manners(Asking(), ContactWishes(), "sh-ja-01-k1", NOW.date())
    offered = {name: offer(row, (), surveys, manners) for name, row in rows.items()}
    asked = {name: one.document.id for name, one in offered.items() if one is not None}
    assert (asked["李娜"], asked["Emily Carter"]) == ("post_purchase", "post_purchase")
    assert (asked["王建国"], asked["刘洋"]) == ("next_season", "follow_up")
    assert "周敏" not in asked, "a survey would stand where her question of the day should"
    assert {one.field for one in rows["周敏"].known} == {"name", "phone", "wechat"}


def test_the_trays_applicant_waits(tmp_path: Path) -> None:
    """The card that shows an application would be unknown, or a member's already."""
    row = told_of(tmp_path)["林晓彤"]
    assert row.card_status is CardStatus.APPLIED
    assert row.applicant is not None
    assert row.applicant.state is ApplicationState.SUBMITTED


def surveys_on(day: date) -> list[Document]:
    """The demo's surveys."""
    files = demo_content(day)
    texts = [text for name, text in files.items() if survey_id(name) is not None]
    found = [check(json.loads(text)).document for text in texts]
    return [one for one in found if one is not None]

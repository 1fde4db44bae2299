"""Applications at HQ: from the kiosk's record to an active card, or to a reason."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from kiosk.loyalty.joining import way_to_join
from kiosk.model.asking import ApplicationState, GroupCode
from kiosk.model.cards import card_key
from kiosk.model.members import CardStatus, Member
from kiosk.model.verdicts import Outcome
from kiosk.model.wire import Fate
from sim.hq import applications
from sim.hq.answer_tables import application
from sim.hq.applicant_purchases import Bought, count_purchase
from sim.hq.applications import Basis
from sim.hq.binding import bind, replace_card
from sim.hq.care_tables import consent
from sim.hq.directory import read_meta
from sim.hq.errors import Refusal
from sim.hq.groups import add_group
from sim.hq.naming import greeting
from sim.hq.rows import as_members, card_rows
from sim.hq.tables import card, member, record
from sim.hq.tills import enrol_till
from tests import factories
from tests.hq.answers_kit import applying, stage
from tests.hq.office import SALT, Office, key_of, open_office
from tests.hq.served import served
from tests.hq.test_profile_answers import digest
from tests.hq.till_kit import Till

KEY = "ab" * 16
UID = "04112233445566"
OTHER = card_key(bytes.fromhex(UID), SALT).hex()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with a stage of the profile."""
    office = open_office(tmp_path, [stage()])
    yield office
    office.hq.close()


def told(office: Office, key: str = KEY) -> Member:
    """The row of this card as kiosks are told."""
    with office.hq.database.read() as connection:
        rows = connection.execute(card_rows().where(card.c.card_key == key)).all()
        return as_members(connection, rows)[key]


def applied(office: Office, **changes: Any) -> str:
    """Somebody has applied; the application's id."""
    sent = applying(office, **changes)
    assert office.ask(sent).outcome is Outcome.NOTED
    return str(sent["id"])


def row_of(office: Office, application_id: str) -> Row[Any]:
    """The application as HQ keeps it."""
    with office.hq.database.read() as connection:
        return applications.require(connection, application_id)


def bought(office: Office, application_id: str, *fens: int) -> None:
    """The applicant buys something at a counter."""
    for fen in fens:
        with office.hq.database.write() as connection:
            row = applications.require(connection, application_id)
            one = Bought(str(uuid4()), factories.STORE, "R-1", fen, date(2026, 11, 21))
            count_purchase(connection, row, one, office.clock())


def accept(office: Office, application_id: str, **how: Any) -> str:
    """Staff accept."""
    with office.hq.database.write() as connection:
        content, now = office.content, office.clock()
        return applications.accept(connection, content, application_id, now, **how)


def refuse(office: Office, application_id: str, reason: str = "资料不符") -> None:
    """Staff refuse."""
    with office.hq.database.write() as connection:
        applications.refuse(connection, application_id, reason, office.clock())


def test_an_application_is_in_the_directory_by_its_card(office: Office) -> None:
    """At the next tap the applicant would be told that nobody knows the card."""
    sent = applying(office)
    assert office.ask(sent).outcome is Outcome.NOTED
    row = told(office)
    assert row.card_status is CardStatus.APPLIED
    assert row.applicant is not None
    assert (row.applicant.state, row.applicant.on) == (
        ApplicationState.SUBMITTED,
        date(2026, 11, 21),
    )
    assert row.called.zh == "王会员"
    assert (row.points, row.tier, row.noted) == (0, "standard", {"k-1": sent["seq"]})
    assert not [one for one in ("小明", "1381", "1990") if one in row.model_dump_json()]


def test_without_a_card_an_application_waits_at_hq(office: Office) -> None:
    """Who has no card yet would be told so and forgotten."""
    name = applied(office, card_key=None)
    row = row_of(office, name)
    assert (row.state, row.member_id, row.name) == ("submitted", None, "王小明")


@pytest.mark.parametrize(
    ("born", "kept"), [("2008-11-21", True), ("2008-11-22", False), ("2016-02-29", False)]
)
def test_of_who_is_too_young_nothing_is_stored(office: Office, born: str, kept: bool) -> None:
    """HQ would keep a child's name and phone because a kiosk's clock was wrong."""
    sent = applying(office, born=born)
    (result,) = office.send(sent)
    assert result.status is Fate.ACCEPTED
    with office.hq.database.read() as connection:
        assert bool(connection.execute(select(application)).first()) is kept
        assert bool(connection.execute(select(member)).first()) is kept
        (row,) = connection.execute(select(record)).all()
    assert ("王小明" in str(row)) is kept
    assert (born in str(row)) is kept
    (again,) = office.send(sent)
    assert again.status is Fate.DUPLICATE


def test_the_number_of_an_application_tells_nothing_of_a_person(office: Office) -> None:
    """Who guesses the name could find phone and birthday of a child HQ has refused."""
    sent = applying(office, born="2016-01-01")
    changed = sent["payload"] | {"born": "1990-01-01", "name": "x", "phone": "13900000000"}
    assert digest(sent | {"payload": changed}) == digest(sent)
    assert digest(sent | {"payload": sent["payload"] | {"marketing": True}}) != digest(sent)


PURCHASES = st.lists(st.integers(1, 35_000), max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(fens=PURCHASES)
def test_the_row_tells_the_same_distance_that_hq_goes_by(office: Office, fens: list[int]) -> None:
    """The kiosk would say it is enough, and HQ refuse; or HQ let in whom the kiosk sends away."""
    key = uuid4().hex
    name = applied(office, card_key=key)
    bought(office, name, *fens)
    applicant = told(office, key).applicant
    assert applicant is not None
    assert (applicant.best_fen, applicant.total_fen) == (max(fens, default=0), sum(fens))
    rule = office.content.programme.joining
    enough = max(fens, default=0) >= rule.single_purchase_fen or (
        sum(fens) >= rule.total_purchases_fen
    )
    assert way_to_join(rule, applicant).is_done is enough
    if enough:
        accept(office, name)
        assert told(office, key).card_status is CardStatus.ACTIVE
    else:
        with pytest.raises(Refusal, match="not enough"):
            accept(office, name)
        assert told(office, key).card_status is CardStatus.APPLIED


def test_an_accepted_applicant_is_a_member_with_all_they_told(office: Office) -> None:
    """The new member would be asked for everything again, or greeted as nobody."""
    name = applied(office)
    bought(office, name, 10_000)
    who = accept(office, name)
    row = told(office)
    assert (row.member_id, row.card_status, row.applicant) == (who, CardStatus.ACTIVE, None)
    assert (row.called.zh, row.tier, row.points) == ("王会员", "standard", 0)
    assert row.standing.joined_on == date(2026, 11, 21)
    shown = {one.field: one.shown for one in row.known}
    assert shown == {"name": "王*", "phone": "138****5678", "birthday": ""}
    assert office.column("birth_month", who) == 3
    kept = row_of(office, name)
    assert (kept.state, kept.basis, kept.member_id) == ("accepted", Basis.PURCHASES, who)
    assert row.wishes.granted == {}
    office.pass_time(seconds=1)
    assert told(office).card_status is CardStatus.ACTIVE


def test_marketing_is_granted_only_by_its_own_tick(office: Office) -> None:
    """Applying would bring advertising nobody asked for, or a given tick be lost."""
    name = applied(office, marketing=True)
    bought(office, name, 10_000)
    who = accept(office, name)
    promotions = {one.purpose_id for one in office.content.care.contact.purposes if one.promotion}
    granted = told(office).wishes.granted
    assert set(granted) <= promotions
    with office.hq.database.read() as connection:
        rows = connection.execute(select(consent).where(consent.c.member_id == who)).all()
    assert {(one.channel, one.text_version, one.granted) for one in rows} <= {("sms", 1, True)}
    assert len(rows) == len(granted) > 0


def test_a_group_code_stands_for_purchases_on_its_days(office: Office) -> None:
    """Whole companies would be sent away, or a code of last year go on for ever."""
    with office.hq.database.write() as connection:
        add_group(connection, "corp26", "某公司", "2026-11-01", "2026-11-30")
        add_group(connection, "OLD1", "某学校", "2025-01-01", "2026-11-20")
    good, old = (
        applied(office, group_code=code, card_key=uuid4().hex) for code in ("CORP26", "OLD1")
    )
    accept(office, good)
    assert row_of(office, good).basis == Basis.GROUP
    with pytest.raises(Refusal, match="group code"):
        accept(office, old)
    accept(office, old, transfer=True)
    assert row_of(office, old).basis == Basis.TRANSFER


def test_a_card_is_bound_at_hq_where_none_was_laid_down(office: Office) -> None:
    """Who applied without a card could never become a member."""
    name = applied(office, card_key=None)
    bought(office, name, 30_000)
    with pytest.raises(Refusal, match="no card"):
        accept(office, name)
    accept(office, name, card_key=OTHER)
    assert told(office, OTHER).card_status is CardStatus.ACTIVE


def test_another_card_takes_the_place_of_the_one_laid_down(office: Office) -> None:
    """Two cards would be good for one new member."""
    name = applied(office)
    bought(office, name, 10_000)
    accept(office, name, card_key=OTHER)
    assert told(office, OTHER).card_status is CardStatus.ACTIVE
    assert told(office, KEY).card_status is CardStatus.REPLACED


def test_a_card_of_somebody_else_is_never_bound(office: Office) -> None:
    """A stranger would get a member's points."""
    office.join("m-1")
    with office.hq.database.write() as connection:
        bind(connection, "m-1", OTHER, CardStatus.ACTIVE, office.clock())
    name = applied(office)
    bought(office, name, 10_000)
    with pytest.raises(Refusal, match="belongs to somebody"):
        accept(office, name, card_key=OTHER)
    assert told(office, OTHER).member_id == "m-1"
    assert row_of(office, name).state == "submitted"


def test_an_application_with_a_members_card_changes_nothing_of_the_member(office: Office) -> None:
    """Laying down another's card would turn a member into an applicant."""
    office.join("m-1")
    with office.hq.database.write() as connection:
        bind(connection, "m-1", KEY, CardStatus.ACTIVE, office.clock())
    sent = applying(office)
    office.ask(sent)
    row = told(office)
    assert (row.member_id, row.card_status, row.applicant) == ("m-1", CardStatus.ACTIVE, None)
    assert row.noted == {"k-1": sent["seq"]}
    assert row_of(office, sent["id"]).member_id is None


def test_who_applies_twice_with_one_card_is_one_applicant(office: Office) -> None:
    """The second application would fail its whole upload, or make two people of one."""
    first = applied(office)
    refuse(office, first)
    assert told(office).applicant is not None
    office.clock.now = office.clock.now.replace(hour=6)
    second = applied(office)
    assert row_of(office, first).member_id == row_of(office, second).member_id
    applicant = told(office).applicant
    assert applicant is not None
    assert applicant.state is ApplicationState.SUBMITTED


def test_a_second_application_with_a_card_never_takes_its_member_over(office: Office) -> None:
    """Whoever applies with a borrowed card would get its owner's name, points and phone."""
    first = applied(office)
    other = applied(office, name="坏人", phone="13900000000", born="1980-01-01")
    for one in (first, other):
        bought(office, one, 10_000)
    who = accept(office, first)
    before = told(office)
    with pytest.raises(Refusal, match="member already"):
        accept(office, other)
    with pytest.raises(Refusal, match="member already"):
        accept(office, other, card_key=OTHER)
    assert told(office) == before
    assert office.column("full_name", who) == "王小明"
    refuse(office, other)
    assert told(office).card_status is CardStatus.ACTIVE


def test_a_refusal_is_told_and_ends_it(office: Office) -> None:
    """The applicant would wait for ever, or a refused one be accepted by a second click."""
    name = applied(office)
    with pytest.raises(Refusal, match="reason"):
        refuse(office, name, " ")
    refuse(office, name)
    applicant = told(office).applicant
    assert applicant is not None
    assert applicant.state is ApplicationState.REFUSED
    assert row_of(office, name).reason == "资料不符"
    assert "资料" not in told(office).model_dump_json()
    for act in (accept, refuse):
        with pytest.raises(Refusal, match="decided"):
            act(office, name)


def test_a_replaced_card_says_so_and_the_new_one_is_good(office: Office) -> None:
    """A lost card would go on working beside the new one."""
    office.join("m-1", points=500)
    old = office.row("m-1").card_status
    with office.hq.database.write() as connection:
        replace_card(connection, "m-1", OTHER, office.clock())
    assert old is CardStatus.ACTIVE
    rows = {key: told(office, key) for key in (OTHER, key_of("m-1"))}
    assert {key: one.card_status for key, one in rows.items()} == {
        OTHER: CardStatus.ACTIVE,
        key_of("m-1"): CardStatus.REPLACED,
    }
    assert {one.points for one in rows.values()} == {500}
    with pytest.raises(Refusal, match="belongs"), office.hq.database.write() as connection:
        replace_card(connection, "m-1", OTHER, office.clock())


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("王小明", "王会员", "Member W."),
        ("欧阳娜娜", "欧阳会员", "Member O."),
        ("欧阳", "欧会员", "Member"),
        ("Emily Carter", "C会员", "Member C."),
        ("  ", "会员", "Member"),
        ("\u0007\u0301😀", "会员", "Member"),
        ("喆", "喆会员", "Member"),
    ],
)
def test_a_name_of_any_kind_greets_politely(name: str, zh: str, en: str) -> None:
    """One odd name would keep the whole directory from every kiosk."""
    assert greeting(name) == {"called_zh": zh, "called_en": en}


@pytest.mark.parametrize("name", [" ", "\u0000", "😀", "a" * 40])
def test_odd_names_do_not_stop_the_directory(office: Office, name: str) -> None:
    """The same, all the way to the row."""
    office.send(applying(office, name=name))
    assert told(office).applicant is not None


# -- over HTTP ----------------------------------------------------------------------------------


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    """Where the office answers, with a till in the test's store."""
    enrol_till(office.hq.database, "t-1", factories.STORE, "token-of-t-1-0000")
    with served(office.hq) as url:
        yield url


def test_a_till_counts_what_an_applicant_buys(office: Office, url: str) -> None:
    """Applicants would buy and buy, and never become members; or earn points before they are."""
    name = applied(office)
    till = Till(url, "t-1", "token-of-t-1-0000", factories.STORE)
    sold = str(uuid4())
    for _ in range(2):
        done = till.done("purchases", id=sold, card_key=KEY, receipt="R-1", purchase_fen=6_000)
        assert done == {"points": 0, "balance": 0}
    till.done("purchases", card_key=KEY, receipt="R-2", purchase_fen=7_000, items=3)
    applicant = told(office).applicant
    assert applicant is not None
    assert (applicant.best_fen, applicant.total_fen) == (7_000, 13_000)
    till.done("refunds", purchase_id=sold, receipt="R-3", refund_fen=1_000)
    applicant = told(office).applicant
    assert applicant is not None
    assert applicant.total_fen == 12_000
    wrong = till.refused("refunds", purchase_id=sold, receipt="R-4", refund_fen=5_001)
    assert wrong == (409, "more than is left of this purchase")
    refuse(office, name)
    assert till.refused("purchases", card_key=KEY, receipt="R-5", purchase_fen=100)[0] == 403


def test_a_till_tells_how_many_pieces_were_bought(office: Office, url: str) -> None:
    """The survey could not ask about the goods that were bought."""
    office.join("m-1")
    till = Till(url, "t-1", "token-of-t-1-0000", factories.STORE)
    till.done("purchases", member_id="m-1", receipt="R-1", purchase_fen=6_000, items=4)
    (one,) = office.row("m-1").purchases
    assert one.items == 4


def page(url: str, language: str = "en") -> str:
    """What stands on the board."""
    answer = requests.get(f"{url}/applications?lang={language}", timeout=10)
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def act(url: str, path: str, **form: str) -> requests.Response:
    """Send one of the board's forms."""
    address = f"{url}/applications/{path}?lang=en"
    return requests.post(address, data=form, timeout=10, allow_redirects=True)


def test_the_board_leads_an_application_to_an_active_card(office: Office, url: str) -> None:
    """Staff would see that somebody waits, and could do nothing about it."""
    name = applied(office, card_key=None)
    shown = page(url)
    assert "138****5678" in shown
    assert not [one for one in ("13812345678", "小明", "1990") if one in shown]
    assert "no card yet" in shown
    assert act(url, f"{name}/accept", card=UID).status_code == 409
    assert (
        "counts towards" in act(url, f"{name}/purchase", yuan="128.50", store=factories.STORE).text
    )
    assert act(url, f"{name}/accept", card="12").status_code == 422
    done = act(url, f"{name}/accept", card="04 11 22 33 44 55 66")
    assert "The card is active" in done.text
    assert told(office, OTHER).card_status is CardStatus.ACTIVE
    assert "by purchases" in page(url)
    assert "消费达标" in page(url, "zh-CN")


def test_the_board_flags_a_phone_that_was_told_before(office: Office, url: str) -> None:
    """One person could join twice, and be thanked for coming twice."""
    first = applied(office)
    assert "same phone" not in page(url)
    applied(office, card_key="cd" * 16)
    assert page(url).count("same phone as others: 1") == 2
    bought(office, first, 10_000)
    accept(office, first)
    assert "same phone as others: 1" in page(url)


def test_the_first_page_says_who_waits(office: Office, url: str) -> None:
    """Applications would lie for days until somebody opens the board by chance."""
    first = requests.get(f"{url}/?lang=en", timeout=10).text
    assert "wait for a decision" not in first
    applied(office)
    again = requests.get(f"{url}/?lang=en", timeout=10).text
    assert re.search(r"wait for a decision:</a> <strong>1<", again)
    assert "Application" in again


def test_group_codes_are_made_and_taken_back(office: Office, url: str) -> None:
    """A code that has leaked would let everybody in."""
    days = {"first": "2026-11-01", "last": "2026-12-31"}
    assert "CORP26" in act(url, "groups", code="corp26", who="某公司", **days).text
    assert act(url, "groups", code="corp26", who="某公司", **days).status_code == 409
    for wrong in ({"code": "!"}, {"who": " "}, {"last": "2026-10-01"}, {"first": "soon"}):
        sent = {"code": "NEW1", "who": "w"} | days | wrong
        assert act(url, "groups", **sent).status_code == 422
    assert "taken back" in act(url, "groups/CORP26").text
    assert act(url, "groups/CORP26").status_code == 404


def test_the_card_tells_what_became_of_its_group_code(office: Office, url: str) -> None:
    """Who needs to buy nothing would read how much is still to be bought."""
    applied(office, group_code="CORP26")
    applied(office, card_key=OTHER)
    days = {"first": "2026-11-01", "last": "2026-12-31"}

    def codes() -> list[GroupCode | None]:
        rows = [told(office, key).applicant for key in (KEY, OTHER)]
        return [row.group for row in rows if row is not None]

    def head() -> int:
        with office.hq.database.read() as connection:
            return read_meta(connection, "head")

    before = head()
    assert codes() == [GroupCode.UNKNOWN, None]
    act(url, "groups", code="corp26", who="某公司", **days)
    assert (codes(), head()) == ([GroupCode.VALID, None], before + 1)
    act(url, "groups/CORP26")
    assert (codes(), head()) == ([GroupCode.UNKNOWN, None], before + 2)


def test_a_refusal_on_the_board_needs_its_reason(office: Office, url: str) -> None:
    """Nobody at the counter could say why."""
    name = applied(office)
    assert act(url, f"{name}/refuse", reason="").status_code == 422
    assert "资料不符" in act(url, f"{name}/refuse", reason="资料不符").text


def test_a_members_page_replaces_a_card(office: Office, url: str) -> None:
    """A member with a lost card would have to join anew."""
    office.join("m-1")
    answer = requests.post(f"{url}/members/m-1/replace?lang=en", data={"card": UID}, timeout=10)
    assert "The new card is good" in answer.text
    assert told(office, OTHER).card_status is CardStatus.ACTIVE
    taken = requests.post(f"{url}/members/m-1/replace?lang=en", data={"card": UID}, timeout=10)
    assert taken.status_code == 409

"""Forms on one's own phone: opened once, in time, by one phone; what is sent in is kept."""

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import requests
from sqlalchemy import Row, select

from kiosk.model.asking import ApplicationState, Source
from kiosk.model.facts import Kind
from kiosk.model.hand_over import fingerprint, secret_from
from kiosk.model.text import Language
from sim.hq import forms, hand_overs
from sim.hq.answer_tables import application, profile_said
from sim.hq.form_pages import MOST_FIELDS, TRIES
from sim.hq.form_words import FORM_WORDS
from sim.hq.hand_overs import Gate
from sim.hq.wrong_secrets import MOST
from tests.hq.answers_kit import stage, survey
from tests.hq.office import JumpClock, Office, key_of, open_office
from tests.hq.served import served

ZH, EN = FORM_WORDS[Language.ZH], FORM_WORDS[Language.EN]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """One HQ behind a port; each test takes a member of its own."""
    office = open_office(tmp_path_factory.mktemp("hq"), [survey(), stage()])
    with served(office.hq) as url:
        yield office, url
    office.hq.close()


@pytest.fixture
def office(shared: tuple[Office, str]) -> Office:
    """The HQ, at its noon."""
    office, _url = shared
    office.clock.now = JumpClock().now
    return office


class Phone:
    """A phone that opens a link."""

    def __init__(self, url: str, secret: str) -> None:
        self._address = f"{url}/form/{secret}"
        self._session = requests.Session()

    def open(self, **headers: str) -> requests.Response:
        """Open the link as the camera of a phone does."""
        return self._session.get(self._address, headers=headers, timeout=10)

    def send(self, **sent: Any) -> requests.Response:
        """Send the form in."""
        return self._session.post(self._address, data=sent, timeout=10)

    def forget(self) -> None:
        """Lose the cookie."""
        self._session.cookies.clear()


class Link:
    """A link that a kiosk has shown."""

    def __init__(self, shared: tuple[Office, str], **changes: Any) -> None:
        self.office, self.url = shared
        self.secret = secret_from(uuid.uuid4().bytes)
        self.who = f"m-{uuid.uuid4().hex[:8]}"
        self._changes = changes

    def record(self) -> dict[str, Any]:
        """The kiosk's record of it."""
        id_ = uuid.uuid4()
        payload = {
            "kind": "hand_over",
            "hand_over_id": str(id_),
            "form": "profile",
            "member_id": self.who,
            "card_key": key_of(self.who),
            "secret_sha256": fingerprint(self.secret),
            "language": "zh-CN",
        }
        return self.office.record(Kind.HAND_OVER, id_, payload | self._changes)

    def come(self, **how: Any) -> "Link":
        """Let the record arrive; the member is known."""
        self.office.join(self.who, full_name="")
        self.office.send(self.record(), **how)
        return self

    def phone(self) -> Phone:
        """Another phone with this link."""
        return Phone(self.url, self.secret)


def words(answer: requests.Response) -> str:
    """What stands on a page."""
    return unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", answer.text, flags=re.DOTALL))


def test_a_link_opens_its_form_in_the_language_of_the_kiosk(
    office: Office, shared: tuple[Office, str]
) -> None:
    """The member would meet a page in another language, or none."""
    for language, t in (("zh-CN", ZH), ("en", EN)):
        page = Link(shared, language=language).come().phone().open()
        assert page.status_code == 200
        assert t["profile"] in words(page)
        assert f'lang="{language}"' in page.text


def test_nothing_is_kept_sent_on_indexed_or_loaded(
    office: Office, shared: tuple[Office, str]
) -> None:
    """The secret or an answer would stay in a cache, a search engine or another site's log."""
    link = Link(shared).come()
    for page in (link.phone().open(), Link(shared).phone().open()):
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        loaded = re.findall(r'(?:src|href)="([^"]*)"', page.text)
        assert all(one.startswith(("data:", "/form/")) for one in loaded)
        assert "<script" not in page.text
        fonts = re.findall(r"url\(([^)]*)\)", page.text)
        assert fonts == ["/fonts/400", "/fonts/700"]
        assert "font-src 'self'" in page.headers["Content-Security-Policy"]


def test_every_field_has_a_label(office: Office, shared: tuple[Office, str]) -> None:
    """Who hears the page instead of seeing it would not know what is asked."""
    page = Link(shared).come().phone().open()
    ids = set(re.findall(r'<(?:input|textarea) id="([^"]+)"', page.text))
    assert ids == set(re.findall(r'<label class="title" for="([^"]+)"', page.text))
    assert page.text.count("<fieldset") == page.text.count("<legend") == 1
    assert 'autocomplete="tel"' in page.text


def test_a_link_opens_on_one_phone_alone(office: Office, shared: tuple[Office, str]) -> None:
    """Whoever photographs the screen over the member's shoulder could open the form as well."""
    link = Link(shared).come()
    first, second = link.phone(), link.phone()
    assert first.open().status_code == 200
    late = second.open()
    assert (late.status_code, ZH["taken"] in words(late)) == (410, True)
    assert second.send(**{"q.name": "坏人"}).status_code == 410
    assert first.open().status_code == 200


def test_a_browser_that_fetches_ahead_does_not_use_the_link_up(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A messenger that looks at the link first would lock its reader out."""
    link = Link(shared).come()
    assert link.phone().open(**{"Sec-Purpose": "prefetch"}).status_code == 202
    assert link.phone().open().status_code == 200


def test_a_link_is_good_for_ten_minutes(office: Office, shared: tuple[Office, str]) -> None:
    """A link found later would open the form of somebody long gone."""
    early, late = Link(shared).come(), Link(shared).come()
    office.clock.now += timedelta(seconds=599)
    assert early.phone().open().status_code == 200
    office.clock.now += timedelta(seconds=2)
    page = late.phone().open()
    assert (page.status_code, ZH["late"] in words(page)) == (410, True)


def test_the_ten_minutes_count_from_the_kiosk_screen(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A record that came late would make its link good for longer."""
    link = Link(shared).come(later_s=601.0)
    assert link.phone().open().status_code == 410


def test_an_open_form_can_be_filled_in_for_half_an_hour(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A form left open on a phone for days could still change a profile."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    office.clock.now += timedelta(minutes=31)
    assert phone.send(**{"q.name": "王小明"}).status_code == 410
    assert said(office, link.who) == []


def test_looking_again_does_not_make_the_half_hour_longer(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A page that is loaded again now and then would stay open for ever."""
    phone = Link(shared).come().phone()
    phone.open()
    office.clock.now += timedelta(minutes=20)
    assert phone.open().status_code == 200
    office.clock.now += timedelta(minutes=11)
    assert phone.open().status_code == 410


def test_before_the_record_has_come_the_page_waits_a_minute(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A member quicker than the network would be told that the link is wrong."""
    link = Link(shared)
    phone = link.phone()
    page = phone.open(**{"Accept-Language": "en"})
    assert (page.status_code, EN["wait"] in words(page)) == (202, True)
    again = re.search(r'http-equiv="refresh" content="3;url=([^"]+)"', page.text)
    assert again is not None
    assert again[1] == f"/form/{link.secret}?n=1"
    last = requests.get(f"{link.url}/form/{link.secret}?n={TRIES}", timeout=10)
    assert last.status_code == 404
    assert "http-equiv" not in last.text.split("</head>")[0].replace("referrer", "")
    link.come()
    assert phone.open().status_code == 200


def test_guessing_is_slowed_down(shared: tuple[Office, str], office: Office) -> None:
    """A machine could try links as fast as HQ answers."""
    office.clock.now += timedelta(hours=1)
    codes = [Link(shared).phone().open().status_code for _ in range(MOST + 3)]
    assert codes == [202] * MOST + [429] * 3
    assert Link(shared).come().phone().open().status_code == 200
    office.clock.now += timedelta(minutes=1)
    assert Link(shared).phone().open().status_code == 202


def said(office: Office, who: str) -> list[tuple[str, object, str, bool]]:
    """Field, value, source and whether it holds, of everything said about a profile."""
    columns = [profile_said.c[name] for name in ("field", "value", "source", "holds")]
    query = select(*columns).where(profile_said.c.member_id == who)
    with office.hq.database.read() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(profile_said.c.field))]


def test_what_is_sent_in_is_kept_as_the_members_own(
    office: Office, shared: tuple[Office, str]
) -> None:
    """Answers typed on the phone would be lost, or look like somebody else's."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    page = phone.send(**{"q.name": " 王小明 ", "q.phone": "13812345678", "q.style": ["0", "2"]})
    assert (page.status_code, ZH["thanks"] in words(page)) == (200, True)
    assert said(office, link.who) == [
        ("name", "王小明", "member", True),
        ("phone", "13812345678", "member", True),
        ("style", ["plain", "vintage"], "member", True),
    ]
    told = {one.field: (one.shown, one.source) for one in office.row(link.who).known}
    assert told["phone"] == ("138****5678", Source.MEMBER)
    again = phone.send(**{"q.name": "李娜"})
    assert (again.status_code, ZH["used"] in words(again)) == (410, True)
    assert phone.open().status_code == 410


def test_a_stage_finished_on_the_phone_pays(office: Office, shared: tuple[Office, str]) -> None:
    """The promise of the kiosk would not hold for who goes on on the phone."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    whole = {"q.name": "王小明", "q.phone": "13812345678", "q.style": "1"}
    phone.send(**whole, **{"q.birthday": "1990-03-04"})
    assert office.row(link.who).stages == ("profile_1",)
    assert office.row(link.who).points == 30


def test_without_cookies_the_form_works_as_well(office: Office, shared: tuple[Office, str]) -> None:
    """A browser that keeps nothing would fill in the form for nothing."""
    link = Link(shared).come()
    phone = link.phone()
    token = re.search(r'name="token" value="([^"]+)"', phone.open().text)
    assert token is not None
    phone.forget()
    assert phone.send(**{"q.name": "王小明"}).status_code == 410
    assert phone.send(**{"q.name": "王小明", "token": token[1]}).status_code == 200


def test_what_cannot_be_taken_is_shown_again_and_nothing_is_stored(
    office: Office, shared: tuple[Office, str]
) -> None:
    """Half a form would be stored, or all of it have to be typed anew."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    page = phone.send(**{"q.name": "王小明", "q.phone": "123", "q.style": "7"})
    assert page.status_code == 422
    assert ZH["faults"] in words(page)
    assert 'value="王小明"' in page.text
    assert 'id="q.phone-fault"' in page.text
    assert said(office, link.who) == []
    assert phone.send(**{"q.name": "王小明", "q.phone": "13812345678"}).status_code == 200


def test_what_is_no_day_is_no_birthday(office: Office, shared: tuple[Office, str]) -> None:
    """A child's birthday written in words would be kept."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    assert phone.send(**{"q.birthday": "4 March 2015"}).status_code == 422
    assert ZH["young"] in words(phone.send(**{"q.birthday": "2015-03-04", "q.name": "王"}))
    assert said(office, link.who) == []
    assert phone.open().status_code == 410


@pytest.mark.parametrize(
    "born", ["20150304", "2015-W10", "2015W101", "2015-W10-3", "２０１５-03-04"]
)
def test_a_day_written_in_short_is_no_birthday(
    born: str, office: Office, shared: tuple[Office, str]
) -> None:
    """A child's name and birthday would be kept: nobody asks the age of what is no date."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    page = phone.send(**{"q.birthday": born, "q.name": "王"})
    assert page.status_code == 422 or ZH["young"] in words(page)
    assert said(office, link.who) == []


def test_an_empty_form_changes_nothing(office: Office, shared: tuple[Office, str]) -> None:
    """Who only looks would lose what is on file."""
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    assert ZH["thanks_nothing"] in words(phone.send(**{"q.name": " "}))
    assert said(office, link.who) == []


def test_what_is_on_file_is_not_shown(office: Office, shared: tuple[Office, str]) -> None:
    """A link in other hands would tell the member's phone number."""
    link = Link(shared).come()
    first = link.phone()
    first.open()
    first.send(**{"q.phone": "13812345678", "q.name": "王小明"})
    second = Link(shared, member_id=link.who, card_key=key_of(link.who))
    office.send(second.record())
    page = second.phone().open()
    assert page.text.count(ZH["on_file"]) == 2
    assert not re.search("1381|5678|王|小明", page.text)


def test_a_day_of_birth_on_file_is_not_asked_for(
    office: Office, shared: tuple[Office, str]
) -> None:
    """Somebody would type another day and read only afterwards that it changes nothing."""
    link = Link(shared).come()
    first = link.phone()
    assert 'name="q.birthday"' in first.open().text
    first.send(**{"q.birthday": "1990-03-04"})
    second = Link(shared, member_id=link.who, card_key=key_of(link.who))
    office.send(second.record())
    page = second.phone().open().text
    assert 'name="q.name"' in page
    assert 'name="q.birthday"' not in page


def test_a_card_that_proved_nothing_opens_nothing(
    office: Office, shared: tuple[Office, str]
) -> None:
    """A blocked card would still open its owner's profile, away from all staff."""
    link = Link(shared, card_key="0" * 32).come()
    assert link.phone().open().status_code == 410


def joining(shared: tuple[Office, str], **changes: Any) -> Phone:
    """A phone with an open form for joining."""
    link = Link(shared, form="joining", member_id=None, card_key=None, **changes)
    link.office.send(link.record())
    phone = link.phone()
    assert phone.open().status_code == 200
    return phone


GOOD = {"name": "王小明", "phone": "138 1234 5678", "born": "1990-03-04", "group_code": "abc1"}


def applied(office: Office) -> list[Any]:
    """Every application HQ has."""
    with office.hq.database.read() as connection:
        return list(connection.execute(select(application).order_by(application.c.at)).all())


def test_an_application_comes_from_the_phone(office: Office, shared: tuple[Office, str]) -> None:
    """Who went on on the phone would never hear of the application again."""
    key = uuid.uuid4().hex
    before = len(applied(office))
    link = Link(shared, form="joining", member_id=None, card_key=key)
    office.send(link.record())
    phone = link.phone()
    phone.open()
    assert ZH["thanks_joining"] in words(phone.send(**GOOD, marketing="yes"))
    row = applied(office)[before]
    assert (row.name, row.phone, row.born, row.group_code, row.marketing, row.card_key) == (
        "王小明",
        "13812345678",
        "1990-03-04",
        "ABC1",
        True,
        key,
    )
    assert row.kiosk_id == "phone"
    told = office.row(row.member_id)
    assert told.applicant is not None
    assert told.applicant.state is ApplicationState.SUBMITTED
    assert told.applicant.on == date(2026, 11, 21)
    assert told.noted == {}


@pytest.mark.parametrize("field", ["name", "phone", "born", "group_code"])
def test_a_wrong_field_of_an_application_is_named(
    field: str, office: Office, shared: tuple[Office, str]
) -> None:
    """The applicant would have to guess what is wrong."""
    before = len(applied(office))
    page = joining(shared).send(**(GOOD | {field: "?" if field != "name" else ""}))
    assert page.status_code == 422
    assert re.findall(r'id="(\w+)-fault"', page.text) == [field]
    assert len(applied(office)) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王\x00小\n明", "王 小 明"),
        ("\x00王\x07", "王"),
        ("\x00", None),
        ("王\u202e小\u2066明\u200f", "王小明"),
    ],
)
def test_signs_nobody_types_are_not_kept(
    typed: str, kept: str | None, office: Office, shared: tuple[Office, str]
) -> None:
    """A name of nothing would be on HQ's page, and some databases fail on such a sign."""
    before = len(applied(office))
    page = joining(shared).send(**(GOOD | {"name": typed}))
    assert page.status_code == (422 if kept is None else 200)
    assert [row.name for row in applied(office)[before:]] == ([] if kept is None else [kept])
    link = Link(shared).come()
    phone = link.phone()
    phone.open()
    phone.send(**{"q.name": typed})
    assert [value for _field, value, *_rest in said(office, link.who)] == ([kept] if kept else [])


@pytest.mark.parametrize("name", ["\u200b", "123", "？！", "\u202e"])
def test_a_name_has_a_letter(name: str, office: Office, shared: tuple[Office, str]) -> None:
    """Staff would find an application of nobody, and nothing to call the person by."""
    page = joining(shared).send(**(GOOD | {"name": name}))
    assert re.findall(r'id="(\w+)-fault"', page.text) == ["name"]


@pytest.mark.parametrize("born", ["2008-11-22", "2020-01-01"])
def test_who_is_too_young_leaves_nothing(
    born: str, office: Office, shared: tuple[Office, str]
) -> None:
    """HQ would keep the name and phone of a child."""
    before = len(applied(office))
    page = joining(shared).send(**(GOOD | {"born": born}))
    assert (page.status_code, ZH["young"] in words(page)) == (200, True)
    assert len(applied(office)) == before


@pytest.mark.parametrize("form", ["joining", "profile"])
def test_a_button_touched_twice_sends_one_form(
    form: str, office: Office, shared: tuple[Office, str]
) -> None:
    """Two requests that find the link open at once would leave two applications of one person."""
    before = len(applied(office))
    link = Link(shared, form=form).come()
    row = opened(link)
    for first in (True, False):
        with office.hq.database.write() as connection:
            found = forms.Link(row, office.content, office.clock())
            sent = {name: [value] for name, value in (GOOD | {"q.name": "王小明"}).items()}
            assert (forms.take(connection, found, sent) is not None) is first
    assert len(applied(office)) - before == (form == "joining")
    assert len(said(office, link.who)) == (form == "profile")


def opened(link: Link) -> Row[Any]:
    """The link as HQ has it, open on one phone."""
    token = link.phone().open().cookies["opened"]
    with link.office.hq.database.read() as connection:
        found = hand_overs.may_send(connection, link.secret, token, link.office.clock())
    assert found.row is not None
    assert found.gate is Gate.OPEN
    return found.row


def test_too_many_fields_are_not_read(office: Office, shared: tuple[Office, str]) -> None:
    """A body of tiny fields would end in an error of the server's own."""
    page = joining(shared).send(**{f"x{number}": "1" for number in range(MOST_FIELDS + 1)})
    assert page.status_code == 413


def test_too_much_is_not_read(office: Office, shared: tuple[Office, str]) -> None:
    """One phone could fill HQ's memory."""
    page = joining(shared).send(name="王" * 100_000)
    assert page.status_code == 413

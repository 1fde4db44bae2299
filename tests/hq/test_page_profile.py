"""HQ's page of one member's profile: masked for staff, who note what they are told."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from kiosk.model.text import Language
from sim.hq.answer_tables import profile_said
from sim.hq.words import WORDS
from tests import factories
from tests.hq.answers_kit import stage, telling
from tests.hq.office import Office, open_office
from tests.hq.served import served

EN, ZH = WORDS[Language.EN], WORDS[Language.ZH]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with a stage of the profile and a member."""
    office = open_office(tmp_path, [stage()])
    office.join()
    yield office
    office.hq.close()


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    """Where the office answers."""
    with served(office.hq) as url:
        yield url


def page(url: str, language: str = "en") -> str:
    """What stands on the page."""
    answer = requests.get(f"{url}/members/m-1/profile?lang={language}", timeout=10)
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def note(url: str, **form: str) -> requests.Response:
    """Send the form."""
    sent = {"staff": "s-7", "store": factories.STORE} | {
        f"q.{name}": it for name, it in form.items()
    }
    return requests.post(f"{url}/members/m-1/profile?lang=en", data=sent, timeout=10)


def said(office: Office) -> list[tuple[str, object, str, str | None]]:
    """Everything said about any profile."""
    columns = [profile_said.c[name] for name in ("field", "value", "source", "staff_id")]
    with office.hq.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_staff_see_what_is_known_masked(office: Office, url: str) -> None:
    """Whoever looks over a shoulder at HQ would read a member's phone and birthday."""
    assert EN["profile_nothing"] in page(url)
    office.send(
        telling(office, "phone", "13812345678"),
        telling(office, "birthday", "1990-03-04"),
        telling(office, "style", put_off="never"),
        telling(office, "phone", confirmed=True),
    )
    for language, t in (("en", EN), ("zh-CN", ZH)):
        shown = page(url, language)
        assert "138****5678" in shown
        assert t["profile_there"] in shown
        assert t["said_never"] in shown
        assert t["said_confirmed"] in shown
        assert not re.search("13812345678|1990-03", shown)


def test_staff_note_under_their_own_number(office: Office, url: str) -> None:
    """The quality of what staff gather could not be told by who gathered it."""
    assert EN["profile_noted"] in note(url, name="李娜", style="1").text
    assert sorted(said(office)) == [
        ("name", "李娜", "staff", "s-7"),
        ("style", ["sporty"], "staff", "s-7"),
    ]
    assert "s-7" in page(url)


@pytest.mark.parametrize(
    "wrong", [{"phone": "123"}, {"birthday": "2015-01-01"}, {"birthday": "soon"}]
)
def test_what_will_not_do_keeps_nothing(office: Office, url: str, wrong: dict[str, str]) -> None:
    """Half a form would be kept, or a child's birthday."""
    answer = note(url, name="李娜", **wrong)
    assert answer.status_code == 422
    assert EN["profile_faults"] in unescape(answer.text)
    assert said(office) == []


def test_nobody_notes_without_a_number(office: Office, url: str) -> None:
    """Values would come from nobody."""
    answer = requests.post(
        f"{url}/members/m-1/profile?lang=en",
        data={"staff": " ", "store": factories.STORE, "q.name": "李娜"},
        timeout=10,
    )
    assert answer.status_code == 422
    assert "Say who notes it" in answer.text
    assert said(office) == []


def test_an_unknown_member_has_no_page(url: str) -> None:
    """A mistyped number would look like a broken HQ."""
    answer = requests.get(f"{url}/members/nobody/profile", timeout=10)
    assert answer.status_code == 404

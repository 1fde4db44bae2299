"""HQ's page of a member: what staff see of a ledger, and what a technician does to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.model.facts import Kind, Mode
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import PinState, VoucherReason
from kiosk.model.text import Language
from kiosk.model.verdicts import Because, Outcome
from sim.hq.acts import ActName
from sim.hq.refusal_words import REFUSALS_IN_CHINESE
from sim.hq.segments import Segment
from sim.hq.words import WORDS
from tests.hq.conftest import MEMBERS

HERE = "refusal_words"
SOURCES = sorted((Path(__file__).parents[2] / "sim/hq").glob("*.py"))

NUMBERS = count(MEMBERS, -1)
"""Members from the end of the list: other tests take theirs from the beginning."""


@dataclass
class Desk:
    """A technician before one member's page."""

    url: str
    member_id: str
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def address(self) -> str:
        """Of the page."""
        return f"{self.url}/members/{self.member_id}"

    def page(self, lang: str = "en") -> str:
        """The page as it reads, without marks of HTML."""
        answer = self.session.get(f"{self.address}?lang={lang}", timeout=10)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def act(self, name: str, **form: Any) -> requests.Response:
        """Send a form; the answer before the page is shown anew."""
        address = f"{self.address}/{name}?lang=en"
        return self.session.post(address, form, allow_redirects=False, timeout=10)

    def done(self, name: str, **form: Any) -> str:
        """Send a form that succeeds; the page after it."""
        answer = self.act(name, **form)
        assert answer.status_code == 303, answer.text
        shown = self.session.get(f"{self.url}{answer.headers['Location']}", timeout=10)
        words = unescape(shown.text)
        assert WORDS[Language.EN][f"done_{name}"] in words
        return words

    def points(self) -> int:
        """The balance in the head of the page."""
        found = re.search(r'class="sum"><strong class="[a-z]*">([−0-9,]+)<', self.page())
        assert found is not None
        return int(found[1].replace(",", "").replace("−", "-"))


@pytest.fixture
def desk(hq: str) -> Iterator[Desk]:
    """A member nobody else looks at, with 1,000 points."""
    one = Desk(hq, f"m-{next(NUMBERS):06}")
    requests.post(f"{hq}/sim/members/{one.member_id}", json={"points": 1000}, timeout=10)
    yield one
    one.session.close()


def test_the_ledger_says_why(hq: str) -> None:
    """A member's question at the counter could not be answered."""
    shown = Desk(hq, "m-000001").page("zh-CN")
    for word in (
        "李娜",
        "李女士",
        "金卡",
        "生日月券",
        "精梳棉袜三双装",
        "SH-JA-01/",
        "上海静安寺店",
    ):
        assert word in shown
    rows = shown.split('class="ledger"')[1].split("<tr>")[2:]
    balances = [int(_figures(row)[-1]) for row in rows]
    changes = [int(_figures(row)[-2]) for row in rows]
    assert balances[-1] == changes[-1]
    assert all(
        new == old + change
        for new, old, change in zip(balances[:-1], balances[1:], changes[:-1], strict=True)
    )


def _figures(row: str) -> list[str]:
    """The numbers of a row's cells, the last two being the change and the balance."""
    cells = re.findall(r'<td class="n[^"]*">([^<]*)</td>', row)
    return [cell.replace(",", "").replace("−", "-").replace("+", "") for cell in cells]


def test_the_first_page_leads_to_every_member(hq: str) -> None:
    """A member's page could only be reached by typing its address."""
    shown = requests.get(f"{hq}/?lang=en", timeout=10).text
    assert 'href="/members/m-000001?lang=en"' in shown


def test_nobody_is_not_found(hq: str) -> None:
    """A mistyped number would look like a broken HQ."""
    assert requests.get(f"{hq}/members/m-999999", timeout=10).status_code == 404
    assert requests.get(f"{hq}/members/<b>", timeout=10).status_code == 404


def test_a_purchase_and_its_refund(desk: Desk) -> None:
    """A technician could not show what a purchase does, or what a refund takes back."""
    shown = desk.done("purchase", store="sh-ja-01", yuan="268.50")
    assert "¥268.50" in shown
    assert desk.points() >= 1268
    (purchase,) = re.findall(r'name="purchase" value="([0-9a-f-]{36})"', shown)
    refused = desk.act("refund", purchase=purchase, yuan="268.51")
    assert refused.status_code == 409
    assert "More than is left of this purchase." in refused.text
    desk.done("refund", purchase=purchase, yuan="268.50")
    assert desk.points() == 1000


def test_reloading_books_nothing_again(desk: Desk) -> None:
    """Every look at the page after a purchase would make another one."""
    answer = desk.act("points", points="-100")
    assert answer.status_code == 303
    for _ in range(2):
        desk.session.get(f"{desk.url}{answer.headers['Location']}", timeout=10)
    assert desk.points() == 900


def test_the_birthday_brings_its_voucher(desk: Desk) -> None:
    """A birthday voucher could only be seen in the months of the invented birthdays."""
    shown = desk.done("birthday")
    assert WORDS[Language.EN]["voucher_birthday_month"] in shown
    assert "30% off" in shown


def test_a_card_is_lost_and_found(desk: Desk) -> None:
    """A lost card could not be shown on a kiosk, or never be good again."""
    assert 'card-lost">' in desk.done("card", status="lost")
    assert 'card-active">' in desk.done("card", status="active")
    assert desk.act("card", status="replaced").status_code == 422


def test_a_pin_is_set(desk: Desk) -> None:
    """A member who forgot the PIN could not be helped, or the PIN would be shown."""
    shown = desk.done("pin", pin="8642")
    assert WORDS[Language.EN]["pin_set"] in shown
    assert "8642" not in shown
    wrong = desk.act("pin", pin="86x2")
    assert wrong.status_code == 422
    assert "86x2" not in wrong.text


def test_who_brought_a_member_gets_a_share_and_a_voucher(desk: Desk, hq: str) -> None:
    """The programme would promise a share of friends' purchases that nobody could ever earn."""
    friend = Desk(hq, f"m-{next(NUMBERS):06}")
    voucher = f"<strong>{WORDS[Language.EN]['voucher_referral']}</strong>"
    before = friend.page().count(voucher)
    for wrong, status in (("m-999999", 404), (desk.member_id, 409), ("", 404)):
        assert desk.act("brought", friend=wrong).status_code == status
    assert friend.member_id in desk.done("brought", friend=f" {friend.member_id} ")
    assert desk.act("brought", friend="m-000002").status_code == 409
    assert friend.act("brought", friend=desk.member_id).status_code == 409
    desk.done("purchase", store="sh-ja-01", yuan="268.50")
    shown = friend.page()
    assert shown.count(voucher) == before + 1
    assert "¥2.68" in shown
    friend.session.close()


def test_an_apology_is_a_voucher_once_a_day(desk: Desk) -> None:
    """Staff could only say sorry; or a form sent twice would say it twice."""
    assert WORDS[Language.EN]["voucher_apology"] in desk.done("apology")
    again = desk.act("apology")
    assert again.status_code == 409
    assert "A voucher of apology was given today already." in again.text
    assert (
        again.text.count(f"<strong>{WORDS[Language.EN]['voucher_apology']}</strong> 20% off") == 1
    )


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("purchase", {"store": "sh-ja-01", "yuan": "free"}),
        ("purchase", {"store": "sh-ja-01", "yuan": "0"}),
        ("purchase", {"store": "sh-ja-01", "yuan": "1.234"}),
        ("purchase", {"store": "nowhere", "yuan": "12"}),
        ("purchase", {"store": "sh-ja-01", "yuan": "12", "redemption": "none"}),
        ("purchase", {"store": "sh-ja-01", "yuan": "12", "voucher": "none"}),
        ("refund", {"purchase": "none", "yuan": "12"}),
        ("points", {"points": "many"}),
        ("points", {"points": "0"}),
        ("points", {"points": "99999999"}),
        ("collect", {"redemption": "none"}),
    ],
)
def test_what_makes_no_sense_is_said_plainly(desk: Desk, act: str, form: dict[str, str]) -> None:
    """A slip of the finger would be booked, or end in a page of code."""
    answer = desk.act(act, **form)
    assert answer.status_code in (404, 409, 422)
    not_done = WORDS[Language.EN]["not_done"]
    assert re.search(rf"{re.escape(not_done)}</strong> [A-Z][^<]*\.</p>", answer.text)
    assert desk.points() == 1000


def test_refusals_speak_chinese(desk: Desk) -> None:
    """A technician would read an English sentence on a Chinese page."""
    address = f"{desk.address}/points?lang=zh-CN"
    answer = desk.session.post(address, {"points": "many"}, timeout=10)
    words = "points are a whole number, with a minus to take away"
    assert words not in answer.text
    assert REFUSALS_IN_CHINESE[words] in answer.text


def test_every_translated_refusal_is_still_said() -> None:
    """A sentence reworded in the code would be read in English on the Chinese page."""
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.stem != HERE)
    for words in REFUSALS_IN_CHINESE:
        assert f'"{re.sub(r"has [46]", "has {wanted}", words)}"' in source


def test_what_staff_type_is_only_text(desk: Desk) -> None:
    """A link to this page could carry a script into it."""
    evil = "<script>alert(1)</script>"
    for query in (f"?lang={evil}", f"?done={evil}", f"?x={evil}&lang=en"):
        assert evil not in requests.get(f"{desk.address}{query}", timeout=10).text
    answer = desk.act("purchase", store=evil, yuan=evil)
    assert answer.status_code == 422
    assert evil not in answer.text


FOREIGN = {"Origin": "https://shop.example"}


@pytest.mark.parametrize("path", ["members/m-000003/points", "clock", "sim/faults"])
def test_a_foreign_site_changes_nothing(hq: str, path: str) -> None:
    """Any page open in the technician's browser could book points."""
    answer = requests.post(f"{hq}/{path}", {"points": "5"}, headers=FOREIGN, timeout=10)
    assert answer.status_code == 403
    rebound = requests.get(f"{hq}/members/m-000003", headers={"Host": "a.example"}, timeout=10)
    assert rebound.status_code == 403


def test_own_pages_may_send_forms(desk: Desk) -> None:
    """The guard would keep the technician out as well."""
    desk.session.headers["Origin"] = desk.url
    desk.done("points", points="5")
    assert desk.points() == 1005


@pytest.mark.parametrize("language", Language)
def test_no_word_is_hidden_by_a_method(language: Language) -> None:
    """A template would show code in place of a word: `t.clear` is what every dict has."""
    assert not set(WORDS[language]) & set(dir(dict))


@pytest.mark.parametrize("language", Language)
def test_every_value_has_its_word(language: Language) -> None:
    """A page would fail on the first member who has it."""
    words = WORDS[language]
    named = {
        "line_": LineKind,
        "reason_": LineReason,
        "voucher_": VoucherReason,
        "pin_": PinState,
        "outcome_": Outcome,
        "because_": Because,
        "done_": ActName,
        "segment_": Segment,
        "": Kind,
    }
    for before, values in named.items():
        assert {f"{before}{one.value}" for one in values} <= words.keys()
    assert {f"mode_{one.value}" for one in Mode if one is not Mode.HOLD} <= words.keys()

"""What staff see of redeeming: holds with their time, stock, losses, and time run forward."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import requests

from kiosk.app.sealing import seal
from kiosk.model.cards import card_key
from kiosk.model.text import Language
from sim.hq.demo import demo_pin, fleet, tray_cards
from sim.hq.events import saturdays
from sim.hq.figures import STORE_TIME
from sim.hq.process import HqOptions, HqProcess
from sim.hq.words import WORDS
from tests.hq.kit import Kiosk, moment
from tests.hq.test_till import RULES

EN, ZH = WORDS[Language.EN], WORDS[Language.ZH]
RICH = "m-000004"
KEY = card_key(bytes.fromhex(tray_cards()[3].uid), bytes.fromhex(fleet().fleet_salt)).hex()


@pytest.fixture(scope="module")
def own_hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An HQ of these tests alone: its clock is run forward, which cannot be undone."""
    with HqProcess(HqOptions(tmp_path_factory.mktemp("own-hq"), members=20)) as process:
        yield process.url


@pytest.fixture(scope="module")
def own_kiosk(own_hq: str) -> Iterator[Kiosk]:
    """The demo's first kiosk."""
    known = fleet().kiosks[0]
    kiosk = Kiosk(own_hq, known.kiosk, known.token)
    yield kiosk
    kiosk.session.close()


def wish(seq: int, **changes: Any) -> dict[str, Any]:
    """A redemption of the tote by the tray's richest member."""
    wanted = uuid.uuid4()
    payload = {
        "kind": "redemption",
        "redemption_id": str(wanted),
        "member_id": RICH,
        "card_key": KEY,
        "reward_id": "canvas-tote",
        "points": 2400,
        "cash_fen": 0,
        "mode": "hold",
        "pin": seal(demo_pin(), RULES.pin, wanted).model_dump(),
        "code": None,
        "programme_version": 2,
    }
    return {
        "id": str(wanted),
        "seq": seq,
        "kind": "redemption",
        "kind_version": 1,
        "priority": 0,
        "occurred": moment(),
        "payload": payload | changes,
    }


def shown(url: str, path: str, lang: str = "en") -> str:
    """A page as it reads."""
    answer = requests.get(f"{url}{path}?lang={lang}", timeout=10)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def forward(url: str, step: str, **form: str) -> requests.Response:
    """Run HQ's clock forward; the answer before the page is shown anew."""
    return requests.post(
        f"{url}/clock?lang=en", {"step": step} | form, allow_redirects=False, timeout=30
    )


def test_a_hold_is_seen_handed_out_or_over(own_hq: str, own_kiosk: Kiosk) -> None:
    """Staff could not see what waits, hand it out without a till, or see it come back."""
    first, second = own_kiosk.send(wish(1), wish(2))
    codes = [one["verdict"]["code"] for one in (first, second)]
    page = shown(own_hq, "/redeeming")
    assert all(code in page for code in codes)
    assert re.search(r"1[0-4]:[0-5][0-9] min", page)
    assert "Ms O." in page
    answer = requests.post(
        f"{own_hq}/members/{RICH}/collect?lang=en", {"redemption": first["id"]}, timeout=10
    )
    assert EN["done_collect"] in answer.text
    assert codes[0] not in shown(own_hq, "/redeeming")
    assert forward(own_hq, "hour", back="/redeeming").headers["Location"] == "/redeeming?lang=en"
    assert codes[1] not in shown(own_hq, "/redeeming")
    page = shown(own_hq, f"/members/{RICH}")
    assert EN["reason_not_collected"] in page
    assert f"{186_420 - 2400:,}" in page
    answer = requests.post(
        f"{own_hq}/members/{RICH}/collect?lang=en", {"redemption": second["id"]}, timeout=10
    )
    assert answer.status_code == 410


def test_records_are_told_in_words(own_hq: str, own_kiosk: Kiosk) -> None:
    """The newest records would be codes nobody reads."""
    own_kiosk.send(
        wish(10, reward_id="umbrella", points=15_600),
        wish(11, mode="reserve"),
        _signup(12),
    )
    english, chinese = shown(own_hq, "/"), shown(own_hq, "/", "zh-CN")
    for word in ("Automatic umbrella", EN["because_stock"], EN["mode_reserve"], EN["event_signup"]):
        assert word in english
    for word in ("自动晴雨伞", ZH["because_stock"], ZH["outcome_held"]):
        assert word in chinese
    assert EN["no_signups"] not in shown(own_hq, "/redeeming")


def _signup(seq: int) -> dict[str, Any]:
    """The richest member wants to come to the next paper-craft afternoon."""
    name = str(uuid.uuid4())
    payload = {
        "kind": "event_signup",
        "signup_id": name,
        "member_id": RICH,
        "card_key": KEY,
        "event_id": _event(),
        "coming": True,
    }
    return wish(seq) | {"id": name, "kind": "event_signup", "priority": 5, "payload": payload}


def _event() -> str:
    """The id of the next paper-craft afternoon."""
    today = datetime.now(UTC).astimezone(STORE_TIME).date()
    return f"paper-craft-{saturdays(today, 1)[0]:%Y%m}"


def test_losses_of_an_offline_kiosk_are_counted(own_hq: str, own_kiosk: Kiosk) -> None:
    """Nobody would notice what a kiosk gives out beyond the balance."""
    poor, key = "m-000003", tray_cards()[2].uid
    salt = bytes.fromhex(fleet().fleet_salt)
    issued = {
        "member_id": poor,
        "card_key": card_key(bytes.fromhex(key), salt).hex(),
        "mode": "issue",
        "code": "123456789",
    }
    own_kiosk.send(wish(20, **issued))
    page = shown(own_hq, "/redeeming")
    row = next(row for row in page.split("<tr>") if "sh-ja-01-k1" in row and "2,400" in row)
    assert 'class="n warn">1<' in row
    page = shown(own_hq, f"/members/{poor}")
    assert EN["overspent"] in page
    assert EN["flag_pin"] in page
    answer = requests.post(f"{own_hq}/members/{poor}/clear?lang=en", timeout=10)
    assert EN["done_clear"] in answer.text
    assert EN["overspent"] not in unescape(answer.text)


def test_stock_counts_down(own_hq: str, own_kiosk: Kiosk) -> None:
    """Staff would see pieces that are promised already."""
    before = _pieces(own_hq)
    own_kiosk.send(wish(30, mode="reserve"))
    assert _pieces(own_hq) == before - 1


def _pieces(url: str) -> int:
    """Totes left in the first store."""
    page = shown(url, "/redeeming").split('id="stock"')[1]
    row = next(row for row in page.split("<tr>") if "Canvas tote" in row)
    return int(row.split('<td class="n">')[1].split("<")[0])


def test_segments_are_counted_anew(own_hq: str) -> None:
    """HQ's staff would plan by the habits of the day the members were invented."""
    assert EN["segment_core"] in shown(own_hq, "/redeeming")
    requests.post(
        f"{own_hq}/members/m-000003/purchase", {"store": "sh-ja-01", "yuan": "9000"}, timeout=10
    )
    before = _segment(own_hq, "m-000003")
    answer = requests.post(f"{own_hq}/redeeming/segments?lang=en", timeout=10)
    assert answer.status_code == 200
    assert before == "occasional"
    assert _segment(own_hq, "m-000003") == "regular"


def _segment(url: str, member_id: str) -> str:
    """The segment on a member's page."""
    tags = re.findall(r'<span class="tag">([a-z]+)</span>', shown(url, f"/members/{member_id}"))
    return str(tags[0])


def test_time_runs_forward_only_by_known_steps(own_hq: str) -> None:
    """A slip would carry HQ a century away, or a link lead to another site."""
    assert forward(own_hq, "century").status_code == 422
    away = forward(own_hq, "hour", back="//shop.example/")
    assert away.headers["Location"] == "/?lang=en"


def test_a_month_brings_what_is_due(own_hq: str) -> None:
    """Expiry and cash-back could not be shown to anybody within two years."""
    buyer = f"{own_hq}/members/m-000005"
    paid = requests.post(f"{buyer}/pay_out?lang=en", timeout=10)
    assert (paid.status_code, "No money waits for this member." in paid.text) == (409, True)
    requests.post(f"{buyer}/purchase", {"store": "sh-ja-01", "yuan": "5000"}, timeout=10)
    for _ in range(2):
        assert forward(own_hq, "month").status_code == 303
    page = shown(own_hq, f"/members/{RICH}")
    assert EN["reason_expiry"] in page
    page = shown(own_hq, "/members/m-000005")
    (waiting,) = re.findall(rf"<dt>{EN['cash_back']}</dt><dd>.*?¥([0-9.]+)</dd>", page)
    assert float(waiting) >= 50
    assert EN["done_pay_out"] in requests.post(f"{buyer}/pay_out?lang=en", timeout=10).text
    assert f"<dt>{EN['cash_back']}</dt><dd>¥0</dd>" in shown(own_hq, "/members/m-000005")

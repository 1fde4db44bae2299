"""What staff see of complaints, wishes and requests, and what they can do about them."""

import csv
import io
import re
import uuid
from html import unescape
from itertools import count
from typing import Any

import pytest
import requests

from kiosk.model.cards import card_key
from kiosk.model.care import STEPS, Channel, DataWish
from kiosk.model.facts import WishAbout
from kiosk.model.text import Language
from sim.hq.care_pages import LIST_COLUMNS
from sim.hq.demo import fleet, tray_cards
from sim.hq.words import WORDS
from tests.hq.kit import Kiosk, enrolled, visit

EN, ZH = WORDS[Language.EN], WORDS[Language.ZH]
NUMBER = 6
MEMBER = f"m-{NUMBER:06}"
KEY = card_key(bytes.fromhex(tray_cards()[NUMBER - 1].uid), bytes.fromhex(fleet().fleet_salt)).hex()

SEQS = count(1)


def said(kind: str, name: str, **payload: Any) -> dict[str, Any]:
    """A record of what a member said, with the demo's card."""
    own = str(uuid.uuid4())
    member = {"member_id": MEMBER, "card_key": KEY, "language": "zh-CN"}
    record = visit(next(SEQS), kind=kind, payload={"kind": kind, name: own} | member | payload)
    return record | {"id": own}


def complaint(**changes: Any) -> dict[str, Any]:
    """A complaint without a card that wants staff now."""
    values: dict[str, Any] = {
        "member_id": None,
        "card_key": None,
        "cause_id": "service",
        "reasons": ["slow"],
        "words": f"w-{uuid.uuid4().hex}",
        "staff_now": True,
    }
    return said("feedback", "feedback_id", **(values | changes))


def grant(purpose_id: str, channel: str = "sms", **changes: Any) -> dict[str, Any]:
    """The member grants a channel of a purpose."""
    values = {"about": "channel", "purpose_id": purpose_id, "channel": channel, "granted": True}
    return said("consent", "consent_id", text_version=3, **(values | changes))


def wish(about: str, **changes: Any) -> dict[str, Any]:
    """The member changes something else about messages."""
    return said("consent", "consent_id", text_version=3, about=about, **changes)


def page(url: str, path: str, lang: str = "en", **query: str) -> str:
    """A page as the browser gets it."""
    answer = requests.get(f"{url}{path}", {"lang": lang} | query, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.text


def column(url: str, words: str, **query: str) -> int | None:
    """The step under which the board shows these words; None for nowhere."""
    columns = page(url, "/complaints", **query).split('<section class="column')[1:]
    return next((step for step, one in enumerate(columns, 1) if words in one), None)


def move(url: str, case_id: str, step: int, **form: str) -> requests.Response:
    """Click a case's one button."""
    address = f"{url}/complaints/{case_id}?lang=en"
    return requests.post(address, {"step": step} | form, allow_redirects=False, timeout=10)


def test_a_case_walks_over_the_board(kiosk: Kiosk) -> None:
    """Staff could not see a complaint, or not bring it to its end."""
    record = complaint()
    kiosk.send(record)
    words = record["payload"]["words"]
    for step in range(1, STEPS):
        assert column(kiosk.url, words) == step
        answer = move(kiosk.url, record["id"], step)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/complaints?lang=en")
    assert column(kiosk.url, words) == STEPS
    move(kiosk.url, record["id"], 1)
    assert column(kiosk.url, words) == STEPS


def test_kiosks_hear_of_all_of_it(kiosk: Kiosk) -> None:
    """A step, a wish or a request would stay at HQ."""
    head = requests.get(f"{kiosk.url}/sim/state", timeout=10).json()["directory_head"]
    record = complaint(member_id=MEMBER, card_key=KEY, staff_now=False)
    granted, request = grant("news", "email"), said("data_request", "request_id", wish="show")
    verdicts = [one["verdict"] for one in kiosk.send(record, granted, request)]
    assert [one["outcome"] for one in verdicts] == ["noted"] * 3
    move(kiosk.url, record["id"], 1)
    changes = kiosk.get(f"directory/changes?cursor={head}").json()["changes"]
    (row,) = [one["member"] for one in changes if one["k"] == KEY]
    assert (row["cases"][0]["case_id"], row["cases"][0]["step"]) == (record["id"], 2)
    assert (row["asked"][0]["request_id"], row["asked"][0]["done"]) == (request["id"], False)
    assert "email" in row["wishes"]["granted"]["news"]
    assert row["noted"][kiosk.name] == request["seq"]


def test_who_asks_for_staff_is_on_the_first_page(kiosk: Kiosk) -> None:
    """Somebody would wait at the kiosk while the office looks at figures."""
    record = complaint()
    kiosk.send(record)
    words = record["payload"]["words"]
    assert words in page(kiosk.url, "/").split('class="tiles"')[0]
    answer = move(kiosk.url, record["id"], 1, back="/")
    assert answer.headers["Location"] == "/?lang=en"
    assert words not in page(kiosk.url, "/")
    quiet = complaint(staff_now=False)
    kiosk.send(quiet)
    assert quiet["payload"]["words"] not in page(kiosk.url, "/")


def test_the_board_shows_one_store(kiosk: Kiosk) -> None:
    """The manager of one store would work through all of the chain's complaints."""
    here, away = complaint(), complaint()
    kiosk.send(here)
    other = enrolled(kiosk.url, "bj-cy-01")
    other.send(away)
    other.session.close()
    first, second = (one["payload"]["words"] for one in (here, away))
    assert column(kiosk.url, first, store="sh-ja-01") == 1
    assert column(kiosk.url, second, store="sh-ja-01") is None
    assert column(kiosk.url, second, store="bj-cy-01") == 1
    answer = move(kiosk.url, here["id"], 1, store="sh-ja-01")
    assert answer.headers["Location"] == "/complaints?lang=en&store=sh-ja-01"


def test_what_people_write_is_only_text(kiosk: Kiosk) -> None:
    """Anybody at a kiosk could run a script at HQ, or turn a page's text round."""
    evil = f'"><script>alert("{uuid.uuid4().hex}")</script>\u202e{{{{ t }}}}'
    record = complaint(words=evil, cause_id="a.b", reasons=["c-d"], member_id=MEMBER, card_key=KEY)
    assert kiosk.statuses(record) == ["accepted"]
    for path in ("/", "/complaints", f"/members/{MEMBER}"):
        shown = page(kiosk.url, path)
        assert "<script>alert" not in shown
        assert evil.replace("\u202e", "") in unescape(shown)
        assert "\u202e" not in unescape(shown)
    for path in (f"/complaints?store={evil}", f"/complaints?lang={evil}"):
        assert "<script>alert" not in requests.get(f"{kiosk.url}{path}", timeout=10).text
    assert move(kiosk.url, record["id"], 1, back="//shop.example/").headers["Location"] == (
        "/?lang=en"
    )


def test_flags_say_what_is_odd(kiosk: Kiosk) -> None:
    """Staff would search the content for a cause that is not in it, or call a stranger."""
    record = complaint(cause_id="unheard-of", call_me=True, member_id="m-unheard-of", card_key=KEY)
    kiosk.send(record | {"payload": record["payload"] | {"complete": False}})
    shown = (
        page(kiosk.url, "/complaints").split(record["payload"]["words"])[1].split("</article")[0]
    )
    for word in ("flag_staff", "flag_call", "flag_half", "flag_cause", "flag_card"):
        assert EN[word] in shown
    assert EN["unknown_member"] in shown


def test_no_such_case_is_not_found(hq: str) -> None:
    """A mistyped address would look like a broken HQ."""
    assert move(hq, "unheard-of", 1).status_code == 404
    assert move(hq, "<b>", 1).status_code == 404
    assert requests.post(f"{hq}/requests/unheard-of", timeout=10).status_code == 404
    assert requests.post(f"{hq}/complaints/unheard-of", timeout=10).status_code == 422


@pytest.mark.parametrize("path", ["complaints/x", "requests/x"])
def test_a_foreign_site_moves_nothing(hq: str, path: str) -> None:
    """Any page open in a browser at HQ could close complaints."""
    headers = {"Origin": "https://shop.example"}
    answer = requests.post(f"{hq}/{path}", {"step": "1"}, headers=headers, timeout=10)
    assert answer.status_code == 403


def test_the_members_page_tells_all_of_it(kiosk: Kiosk) -> None:
    """A member's question at the counter could not be answered."""
    record = complaint(member_id=MEMBER, card_key=KEY, staff_now=False)
    kiosk.send(record, grant("news", "wechat"), wish("per_month", per_month=2))
    kiosk.send(wish("hours", hours="evening"), wish("do_not_disturb", granted=True))
    shown = unescape(page(kiosk.url, f"/members/{MEMBER}"))
    assert record["payload"]["words"] in shown
    assert f"New in, events · {EN['channel_wechat']}: {EN['granted']}" in shown
    assert f"<dt>{EN['per_month']}</dt><dd>2</dd>" in shown
    assert f"<dt>{EN['hours']}</dt><dd>Evening</dd>" in shown
    assert EN["dnd_on"] in shown
    assert ZH["dnd_on"] in page(kiosk.url, f"/members/{MEMBER}", "zh-CN")
    kiosk.send(wish("do_not_disturb", granted=False))
    assert EN["dnd_on"] not in page(kiosk.url, f"/members/{MEMBER}")


def test_records_are_told_in_words(kiosk: Kiosk) -> None:
    """The newest records would be codes nobody reads; and words do not belong on that list."""
    quiet = complaint(staff_now=False, call_me=True)
    kiosk.send(
        quiet, grant("points", granted=False), said("data_request", "request_id", wish="erase")
    )
    english, chinese = page(kiosk.url, "/"), page(kiosk.url, "/", "zh-CN")
    for word in ("The service", EN["flag_call"], EN["withdrawn"], EN["wish_erase"]):
        assert word in english.split('id="records"')[1]
    for word in ("服务问题", "积分与到期提醒", ZH["wish_erase"], ZH["outcome_noted"]):
        assert word in chinese.split('id="records"')[1]
    assert quiet["payload"]["words"] not in english


def test_a_request_is_dealt_with(kiosk: Kiosk) -> None:
    """A request to be erased would lie there for ever, or be done without a trace."""
    record = said("data_request", "request_id", wish="correct")
    kiosk.send(record)
    address = f"/requests/{record['id']}?lang=en"
    assert address in page(kiosk.url, "/wishes")
    back = {"back": f"/members/{MEMBER}"}
    answer = requests.post(f"{kiosk.url}{address}", back, timeout=10)
    assert EN["request_done"] in answer.text
    assert address not in answer.text
    assert address not in page(kiosk.url, "/wishes")


def sending_list(url: str, purpose_id: str) -> list[dict[str, str]]:
    """Lines of the sending list for a purpose."""
    answer = requests.get(f"{url}/wishes/sending.csv", timeout=10)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = csv.DictReader(io.StringIO(answer.text))
    assert lines.fieldnames == list(LIST_COLUMNS)
    return [line for line in lines if line["purpose_id"] == purpose_id]


def figures(url: str, purpose_id: str) -> list[int] | None:
    """How many members each channel of a purpose reaches, as the page says; None unless named."""
    rows = page(url, "/wishes").split('id="sending"')[1].split("<tr>")
    row = next((one for one in rows if f"<strong>{purpose_id}</strong>" in one), None)
    if row is None:
        return None
    return [int(number) for number in re.findall(r'class="n">(\d+)<', row)]


def test_only_who_agreed_is_on_the_sending_list(kiosk: Kiosk) -> None:
    """HQ would write to members who do not want it."""
    purpose = f"p-{uuid.uuid4().hex[:8]}"
    assert figures(kiosk.url, purpose) is None
    kiosk.send(wish("do_not_disturb", granted=False), wish("per_month", per_month=4))
    kiosk.send(wish("hours", hours="day"), grant(purpose), grant(purpose, "email"))
    assert figures(kiosk.url, purpose) == [1, 0, 0, 1]
    values = (MEMBER, purpose, "email", "4", "day", "3")
    assert sending_list(kiosk.url, purpose)[0] == dict(zip(LIST_COLUMNS, values, strict=True))
    kiosk.send(grant(purpose, "email", granted=False))
    assert figures(kiosk.url, purpose) == [1, 0, 0, 0]
    assert EN["not_in_content"] in page(kiosk.url, "/wishes")


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (
            {"about": "do_not_disturb", "granted": False},
            {"about": "do_not_disturb", "granted": True},
        ),
        ({"about": "per_month"}, {"about": "per_month", "per_month": 0}),
    ],
)
def test_a_wish_for_less_empties_it(
    kiosk: Kiosk, more: dict[str, Any], less: dict[str, Any]
) -> None:
    """Do-not-disturb, or no promotions at all, would be a setting that nothing reads."""
    purpose = f"p-{uuid.uuid4().hex[:8]}"
    kiosk.send(wish("do_not_disturb", granted=False), wish("per_month"), grant(purpose))
    assert figures(kiosk.url, purpose) == [1, 0, 0, 0]
    assert EN["usual_often"] in unescape(page(kiosk.url, "/wishes")).split('id="caps"')[1]
    kiosk.send(wish(**less))
    assert figures(kiosk.url, purpose) == [0, 0, 0, 0]
    assert sending_list(kiosk.url, purpose) == []
    kiosk.send(wish(**more))
    assert len(sending_list(kiosk.url, purpose)) == 1


def test_no_promotions_still_allows_what_is_none(kiosk: Kiosk) -> None:
    """A member who wants no promotions would lose points without a word."""
    kiosk.send(wish("do_not_disturb", granted=False), grant("points", "phone"), grant("news"))
    kiosk.send(wish("per_month", per_month=0))
    mine = [line for line in sending_list(kiosk.url, "points") if line["member_id"] == MEMBER]
    assert [line["channel"] for line in mine if line["channel"] == "phone"] == ["phone"]
    assert not [one for one in sending_list(kiosk.url, "news") if one["member_id"] == MEMBER]


@pytest.mark.parametrize(
    ("member_id", "number", "change"),
    [("m-000009", 9, {"gone": True}), ("m-000010", 10, None)],
)
def test_who_left_or_asks_to_be_erased_is_left_in_peace(
    kiosk: Kiosk, member_id: str, number: int, change: dict[str, Any] | None
) -> None:
    """Somebody who is no member any more, or wants to be forgotten, would get promotions."""
    purpose, uid = f"p-{uuid.uuid4().hex[:8]}", tray_cards()[number - 1].uid
    key = card_key(bytes.fromhex(uid), bytes.fromhex(fleet().fleet_salt)).hex()
    own = {"member_id": member_id, "card_key": key}
    record = grant(purpose, **own)
    kiosk.send(record)
    assert len(sending_list(kiosk.url, purpose)) == 1
    if change is None:
        kiosk.send(said("data_request", "request_id", wish="erase", **own))
    else:
        requests.post(f"{kiosk.url}/sim/members/{member_id}", json=change, timeout=10)
    assert sending_list(kiosk.url, purpose) == []
    assert figures(kiosk.url, purpose) == [0, 0, 0, 0]
    kiosk.send(grant(purpose, **own))
    assert len(sending_list(kiosk.url, purpose)) == (0 if change else 1)


@pytest.mark.parametrize("language", Language)
def test_every_value_of_care_has_its_word(language: Language) -> None:
    """A page would fail on the first member who says it."""
    words = WORDS[language]
    assert {f"channel_{one.value}" for one in Channel} <= words.keys()
    assert {f"wish_{one.value}" for one in DataWish} <= words.keys()
    about = {f"about_{one.value}" for one in WishAbout if one is not WishAbout.CHANNEL}
    assert about <= words.keys()

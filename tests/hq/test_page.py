"""HQ's page: what a manager reads, in both languages, whatever the kiosks have sent."""

import re

import pytest
import requests

from kiosk.model.text import Language
from sim.hq.words import WORDS
from tests.hq.kit import Kiosk, visit


def page(kiosk: Kiosk, query: str = "", **headers: str) -> str:
    """The page's HTML."""
    answer = requests.get(f"{kiosk.url}/{query}", headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_records_show_with_the_masked_name(kiosk: Kiosk) -> None:
    """A manager would not see that a visit arrived."""
    kiosk.send(visit(4711, member_id="m-000001"))
    shown = page(kiosk, "?lang=zh-CN")
    row = next(row for row in shown.split("<tr>") if kiosk.name in row and "4711" in row)
    assert "李女士" in row
    assert "李娜" not in row


def test_what_a_kiosk_sends_is_only_text(kiosk: Kiosk) -> None:
    """A stolen kiosk could run a script in the manager's browser."""
    evil = "<script>alert(1)</script>"
    payload = {"kind": "device_event", "what": "reader-lost", "detail": evil}
    kiosk.send(visit(kind="device_event", payload=payload))
    shown = page(kiosk)
    assert evil not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_no_text_turns_a_line_around(kiosk: Kiosk) -> None:
    """A name could make the line read as another one: 8000138 for 8310008."""
    turned = "reader \u202etsol\u202c \u2066x\u2069\u200f"
    payload = {"kind": "device_event", "what": "reader-lost", "detail": turned}
    kiosk.send(visit(kind="device_event", payload=payload))
    shown = page(kiosk)
    assert "reader tsol x" in shown
    assert not {"\u202e", "\u202c", "\u2066", "\u2069", "\u200f"} & set(shown)


def test_only_own_files_may_run(kiosk: Kiosk) -> None:
    """Were something not escaped, the browser would run it."""
    answer = requests.get(kiosk.url, timeout=10)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert 'rel="icon" href="data:,"' in answer.text  # or each browser asks for a file
    assert "img-src 'self' data:;" in policy  # and complains where it may not
    loaded = re.findall(r'(?:src|href)="(/hq[^"]+)"', answer.text)
    assert len(loaded) == 2
    for path in loaded:
        assert requests.get(f"{kiosk.url}{path}", timeout=10).status_code == 200


def test_search_finds_names_and_numbers(kiosk: Kiosk) -> None:
    """A member at the counter could not be found."""
    assert "欧阳静怡" in page(kiosk, "?q=欧阳")
    assert "王建国" in page(kiosk, "?q=M-000003")
    assert "王建国" not in page(kiosk, "?q=欧阳")
    assert WORDS[Language.EN]["nobody"] in page(kiosk, "?q=%25", **{"Accept-Language": "en"})
    assert "&lt;b&gt;" in page(kiosk, "?q=<b>")


def test_members_come_in_pages(kiosk: Kiosk) -> None:
    """Members beyond the first page could not be reached, or a wrong number would fail."""
    seen: set[str] = set()
    for number in range(1, 7):
        seen |= set(re.findall(r"<small>(m-\d{6})</small></td>", page(kiosk, f"?page={number}")))
    assert len(seen) == 120
    assert page(kiosk, "?page=999").count("m-000120") >= 1


@pytest.mark.parametrize(
    ("query", "wish", "word"),
    [
        ("", "zh-CN,zh;q=0.9", "会员总部"),
        ("", "en-GB", "Members&#39; HQ"),
        ("?lang=zh-CN", "en", "会员总部"),
        ("?lang=en", "zh", "Members&#39; HQ"),
    ],
)
def test_the_language_is_the_readers(kiosk: Kiosk, query: str, wish: str, word: str) -> None:
    """A manager would read a language not asked for."""
    assert f"<h1>{word}</h1>" in page(kiosk, query, **{"Accept-Language": wish})


def test_both_languages_have_the_same_words() -> None:
    """The page would fail in one language only."""
    english, chinese = WORDS.values()
    assert english.keys() == chinese.keys()


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_fault_is_named(kiosk: Kiosk, lang: str) -> None:
    """A forgotten switch would look like a broken HQ, or the page itself would fail."""
    faults = {
        "unreachable": True,
        "lose_answers": 1,
        "hold_answers": True,
        "refuse": {"status": 503, "times": 3},
        "html": True,
        "drip_bytes_per_s": 5,
        "clock_shift_s": -60,
        "forget_cursors": True,
        "retry_records": 2,
    }
    requests.post(f"{kiosk.url}/sim/faults", json=faults, timeout=10)
    shown = page(kiosk, f"?lang={lang}")
    for name in faults:
        assert WORDS[Language(lang)][name] in shown


def test_a_time_no_calendar_has_does_not_break_the_page(kiosk: Kiosk) -> None:
    """One kiosk with a clock at the end of time would close the page for everybody."""
    last = visit()
    last["occurred"] |= {"wall": "9999-12-31T23:59:59-12:00", "clock": "unset"}
    assert kiosk.statuses(last) == ["accepted"]
    page(kiosk)


def test_a_kiosk_that_only_asks_is_seen(kiosk: Kiosk) -> None:
    """A kiosk without visits would look dead."""
    kiosk.get("content/manifest")
    row = next(row for row in page(kiosk, "?lang=en").split("<tr>") if kiosk.name in row)
    assert "online" in row


@pytest.mark.parametrize("path", ["nothing", "members/m-none", "answers/none/1"])
def test_a_page_that_is_not_there_says_so_to_a_person(kiosk: Kiosk, path: str) -> None:
    """A manager with an old link would read raw JSON, with no way on."""
    for lang, words in (("zh-CN", "这里没有内容"), ("en", "There is nothing here")):
        sent = {"Accept": "text/html"}
        answer = requests.get(f"{kiosk.url}/{path}?lang={lang}", headers=sent, timeout=10)
        assert (answer.status_code, words in answer.text) == (404, True)
        assert f'href="/complaints?lang={lang}"' in answer.text
        assert "/hq.js" not in answer.text, "it would ask again and say that HQ does not answer"
    told = requests.get(f"{kiosk.url}/{path}", timeout=10)
    assert told.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", ["v1/nothing", "form/a/b/c", "fonts/123"])
def test_what_is_not_for_people_here_has_no_page(kiosk: Kiosk, path: str) -> None:
    """A stranger's phone would be shown the frame of HQ's own pages."""
    answer = requests.get(f"{kiosk.url}/{path}", headers={"Accept": "text/html"}, timeout=10)
    assert answer.status_code in {401, 404}
    assert "/complaints" not in answer.text

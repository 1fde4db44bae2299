"""What managers see of answers and of profiles, as a browser gets it."""

import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from kiosk.model.text import Language
from sim.hq.charts.gallery import Gallery
from sim.hq.charts.shapes import Bar, Bars, Size
from sim.hq.words import WORDS
from tests.hq.kit import Kiosk
from tests.hq.test_page_care import page, said

EN, ZH = WORDS[Language.EN], WORDS[Language.ZH]
SURVEY = "/answers/post_purchase/3"
IMAGE = re.compile(
    r'<img src="(/charts/[0-9a-f]{24}\.svg)" width="(\d+)" height="(\d+)" alt="([^"]+)"'
)
FIGURE = re.compile(r'<figure class="chart">.*?</figure>', re.DOTALL)


def answered(**changes: Any) -> dict[str, Any]:
    """A record of a member's answer to the survey after a purchase."""
    values = {
        "survey_id": "post_purchase",
        "survey_version": 3,
        "complete": True,
        "answers": {"overall": 5, "nps": 10},
        "seconds": {"overall": 2.0, "nps": 3.0},
    }
    return said("survey_response", "response_id", **(values | changes))


@pytest.fixture
def elsewhere(hq: str) -> Iterator[Kiosk]:
    """A kiosk in a store where nobody has answered anything."""
    known = Kiosk(hq, f"k-{uuid.uuid4().hex[:12]}", uuid.uuid4().hex, f"s-{uuid.uuid4().hex[:8]}")
    wish = {"kiosk": known.name, "store": known.store, "token": known.token}
    assert requests.post(f"{hq}/sim/kiosks", json=wish, timeout=10).status_code == 204
    yield known
    known.session.close()


def test_the_list_leads_to_every_edition(hq: str) -> None:
    """A survey would be answered and nobody find its figures."""
    shown = page(hq, "/answers")
    for survey_id, version in (("post_purchase", 3), ("follow_up", 1), ("next_season", 1)):
        assert f"/answers/{survey_id}/{version}?lang=en" in shown
    assert "/answers/profile_1" not in shown
    assert shown.index("Your purchase") < shown.index("You choose the next season")


def test_demo_data_says_so(hq: str) -> None:
    """Somebody would take the made-up year for the chain's."""
    for path in ("/answers", SURVEY, "/profiles"):
        assert unescape(EN["demo_data"]) in unescape(page(hq, path))
        assert ZH["demo_data"] in page(hq, path, "zh-CN")
    assert EN["demo_data"] not in unescape(page(hq, "/"))


@pytest.mark.parametrize("path", [SURVEY, "/answers/follow_up/1", "/profiles"])
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_chart_is_a_picture_with_words_and_a_table(hq: str, path: str, lang: str) -> None:
    """Who cannot see a chart, or wants its figures, would have nothing; or it would not load."""
    shown = page(hq, path, lang, days="365")
    charts = FIGURE.findall(shown)
    assert len(charts) >= 3
    for one in charts:
        found = IMAGE.search(one)
        assert found is not None
        address, width, height, alt = found.groups()
        assert len(unescape(alt)) > 10
        assert "<table>" in one
        assert one.count("<tr>") >= 2
        picture = requests.get(f"{hq}{address}", timeout=20)
        assert picture.status_code == 200
        root = ElementTree.fromstring(picture.content)
        assert root.attrib["viewBox"] == f"0 0 {width} {height}"
    phones = re.findall(r'srcset="([^"]+)"', shown)
    assert len(phones) == len(charts)
    assert requests.get(f"{hq}{phones[0]}", timeout=20).status_code == 200


def test_a_chart_is_kept_by_the_browser_and_does_nothing(hq: str) -> None:
    """Every look at a page would draw its charts again, or a chart could run a script."""
    (address, *_) = re.findall(r'src="(/charts/[^"]+)"', page(hq, SURVEY))
    answer = requests.get(f"{hq}{address}", timeout=20)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"<script" not in answer.content
    assert requests.get(f"{hq}/charts/{'0' * 24}.svg", timeout=10).status_code == 404


def test_a_page_shown_again_names_the_same_charts(hq: str) -> None:
    """The browser would fetch every chart again every three seconds."""
    first, second = (re.findall(r"/charts/\w+", page(hq, SURVEY)) for _ in range(2))
    assert first == second


def test_an_edition_nobody_published_is_not_found(hq: str) -> None:
    """A mistyped address would look like a broken HQ."""
    for path in ("/answers/post_purchase/99", "/answers/unheard-of/1", "/answers/<b>/1"):
        assert requests.get(f"{hq}{path}", timeout=10).status_code == 404


def test_a_store_with_few_answers_shows_only_how_many_are_missing(elsewhere: Kiosk) -> None:
    """Three people's answers would be read as a store's, or be known for whose they are."""
    assert EN["no_answers_yet"] in unescape(page(elsewhere.url, SURVEY, store=elsewhere.store))
    elsewhere.send(*(answered() for _ in range(3)))
    shown = unescape(page(elsewhere.url, SURVEY, store=elsewhere.store))
    assert EN["too_few"].format(n=3, minimum=20, missing=17) in shown
    assert '<section class="tiles">' not in shown
    assert not FIGURE.findall(shown)


def test_free_words_are_only_text(elsewhere: Kiosk) -> None:
    """Anybody at a kiosk could run a script at HQ by way of a survey."""
    evil = f'"><script>alert("{uuid.uuid4().hex}")</script>{{{{ t }}}}'
    answers = {"overall": 1, "cause": ["changed_mind"], "ideas": evil}
    assert elsewhere.statuses(answered(answers=answers)) == ["accepted"]
    shown = page(elsewhere.url, SURVEY, store=elsewhere.store)
    assert "<script>alert" not in shown
    assert evil in unescape(shown)
    for path in (f"{SURVEY}?store={evil}", f"/profiles?store={evil}"):
        assert "<script>alert" not in requests.get(f"{elsewhere.url}{path}", timeout=10).text


def test_anonymous_answers_are_never_listed_one_by_one(kiosk: Kiosk) -> None:
    """A page would tell when and at which kiosk somebody wrote what they meant to say unseen."""
    secret = f"w-{uuid.uuid4().hex}"
    anonymous = answered(
        anonymous=True,
        member_id=None,
        card_key=None,
        answers={"overall": 1, "cause": ["changed_mind"], "ideas": secret},
    )
    anonymous["payload"].pop("purchase", None)
    assert kiosk.statuses(anonymous) == ["accepted"]
    for path in ("/", "/answers", SURVEY, "/members/m-000006"):
        shown = page(kiosk.url, path)
        assert anonymous["id"] not in shown
        if secret in shown:
            around = shown[shown.index(secret) - 200 : shown.index(secret) + 200]
            assert kiosk.name not in around
            assert "2026-" not in around.split("<blockquote>")[-1]


def test_the_period_of_the_contest_is_chosen(hq: str) -> None:
    """The last quarter's contest could not be looked at."""
    assert '<option value="365" selected>' in page(hq, "/profiles", days="365")
    assert '<option value="90" selected>' in page(hq, "/profiles")
    assert requests.get(f"{hq}/profiles?days=0", timeout=10).status_code == 422


def test_hq_starts_without_the_library_of_charts() -> None:
    """HQ, and with it the simulator, would start half a second later for a page nobody opens."""
    script = "import sys, sim.hq.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_gallery_forgets_what_was_shown_long_ago() -> None:
    """HQ would keep every chart it ever drew."""
    gallery = Gallery(kept=2)
    hung = [gallery.hang(Bars((Bar(f"{at}", "", ()),)), Size.HALF) for at in range(2)]
    names = [one.phone_address.split("/")[-1].removesuffix(".svg") for one in hung]
    assert gallery.svg(names[0]) is None
    assert gallery.svg(names[1]) is not None

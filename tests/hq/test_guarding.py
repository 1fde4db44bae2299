"""Who may ask for HQ's own pages, and what a browser keeps of them."""

from dataclasses import replace
from pathlib import Path

import pytest
import requests

from kiosk.model.wire import MAX_BATCH_BYTES
from sim.hq import hand_overs
from tests.hq.answers_kit import stage, survey
from tests.hq.office import open_office
from tests.hq.served import served
from tests.hq.test_forms import Link

PAGES = ["/", "/members/m-000003", "/applications", "/wishes/sending.csv", "/sim/records"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_whom_a_proxy_passes_on_is_not_here(hq: str, path: str, header: str) -> None:
    """A proxy that lets phones reach their forms would open every member's page to all of them."""
    answer = requests.get(f"{hq}{path}", headers={header: "203.0.113.9"}, timeout=10)
    assert (answer.status_code, answer.json()) == (403, {"detail": "only from this machine"})


def test_a_proxy_may_pass_on_kiosks_and_phones(hq: str) -> None:
    """Kiosks and members could not reach an HQ that stands behind a proxy."""
    passed_on = {"X-Forwarded-For": "203.0.113.9"}
    for path, status in (("/v1/content/manifest", 401), ("/form/" + "a" * 22, 202)):
        assert requests.get(f"{hq}{path}", headers=passed_on, timeout=10).status_code == status


@pytest.mark.parametrize("path", PAGES)
def test_no_browser_keeps_a_page_or_tells_others_of_it(hq: str, path: str) -> None:
    """Names would lie in the cache of every manager's computer, and members' numbers in logs."""
    headers = requests.get(f"{hq}{path}", timeout=10).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "secure"), [("https://hq.example", True), ("http://hq.example", False)]
)
def test_the_cookie_of_a_form_travels_as_the_form_does(
    tmp_path: Path, address: str, secure: bool
) -> None:
    """Behind a proxy HQ itself speaks HTTP: the cookie would also go over open air."""
    office = open_office(tmp_path, [survey(), stage()])
    with served(replace(office.hq, address=address)) as url:
        answer = Link((office, url)).come().phone().open()
    office.hq.close()
    cookie = answer.headers["Set-Cookie"]
    assert ("Secure" in cookie, "HttpOnly" in cookie) == (secure, True)


def test_a_secret_that_comes_twice_stays_whose_it_is(tmp_path: Path) -> None:
    """A kiosk in wrong hands could make HQ fail, or take a link over."""
    office = open_office(tmp_path, [survey(), stage()])
    with served(office.hq) as url:
        first = Link((office, url)).come()
        thief = Link((office, url))
        thief.secret = first.secret
        thief.come()
        page = first.phone().open()
    with office.hq.database.read() as connection:
        row = hand_overs.find(connection, first.secret)
    office.hq.close()
    assert page.status_code == 200
    assert row is not None
    assert row.member_id == first.who


TILL = "v1/tills/sh-ja-01/purchases"
JSON = {"Content-Type": "application/json"}


def test_a_body_larger_than_any_request_is_not_read(hq: str) -> None:
    """Anybody without a token could fill HQ's memory: bodies are read before tokens."""
    whole = requests.post(f"{hq}/{TILL}", b" " * (MAX_BATCH_BYTES + 1), headers=JSON, timeout=30)
    assert (whole.status_code, whole.json()) == (
        413,
        {"detail": f"more than {MAX_BATCH_BYTES} bytes"},
    )
    fits = requests.post(f"{hq}/{TILL}", b" " * MAX_BATCH_BYTES, headers=JSON, timeout=30)
    assert fits.status_code == 422


def test_a_body_without_a_size_is_not_kept(hq: str) -> None:
    """The same by pieces, whose sum nobody knows beforehand."""
    pieces = (b" " * 1024 for _ in range(MAX_BATCH_BYTES // 1024 + 1))
    assert requests.post(f"{hq}/{TILL}", pieces, headers=JSON, timeout=30).status_code == 413

"""The switches: each does to the contract's answers what it says, and to nothing else."""

import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from tests.hq.kit import Kiosk, visit


def switch(kiosk: Kiosk, **faults: Any) -> dict[str, Any]:
    """Set some switches; how all stand then."""
    answer = requests.post(f"{kiosk.url}/sim/faults", json=faults, timeout=10)
    assert answer.status_code == 200, answer.text
    stand: dict[str, Any] = answer.json()
    return stand


def test_unreachable_closes_without_an_answer(kiosk: Kiosk) -> None:
    """The simulator's "HQ unreachable" would be a polite refusal, not a dead network."""
    switch(kiosk, unreachable=True)
    with pytest.raises(requests.ConnectionError):
        kiosk.get("content/manifest")
    with pytest.raises(requests.ConnectionError):
        kiosk.post(kiosk.envelope(visit()))
    switch(kiosk, unreachable=False)
    assert kiosk.get("content/manifest").status_code == 200


def test_a_lost_answer_is_lost_after_the_commit(kiosk: Kiosk) -> None:
    """Nothing could show that a kiosk survives the loss of an answer."""
    switch(kiosk, lose_answers=1)
    record = visit()
    with pytest.raises(requests.ConnectionError):
        kiosk.send(record)
    assert kiosk.statuses(record) == ["duplicate"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_refusals_come_so_often_and_with_retry_after(kiosk: Kiosk, status: int) -> None:
    """A kiosk's patience could not be tested."""
    switch(kiosk, refuse={"status": status, "retry_after_s": 7, "times": 2})
    for _ in range(2):
        answer = kiosk.post(kiosk.envelope(visit()))
        assert (answer.status_code, answer.headers["Retry-After"]) == (status, "7")
    assert kiosk.post(kiosk.envelope(visit())).status_code == 200


def test_a_refusal_without_a_number_stays(kiosk: Kiosk) -> None:
    """HQ would come back by itself in the middle of a demonstration."""
    switch(kiosk, refuse={"status": 503})
    answers = [kiosk.get("content/manifest") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "Retry-After" not in answers[0].headers
    assert switch(kiosk, refuse=None)["refuse"] is None
    assert kiosk.get("content/manifest").status_code == 200


def test_a_web_page_comes_instead_of_an_answer(kiosk: Kiosk) -> None:
    """A kiosk could take a hotel's log-in page for HQ's word."""
    switch(kiosk, html=True)
    answer = kiosk.post(kiosk.envelope(visit()))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_slow_answer_drips(kiosk: Kiosk) -> None:
    """A kiosk without a deadline of its own would not be found out."""
    switch(kiosk, drip_bytes_per_s=500)
    start = time.monotonic()
    answer = kiosk.get("content/manifest")
    took_s = time.monotonic() - start
    assert answer.json()["version"] >= 1
    assert took_s >= len(answer.content) / 500 * 0.9


def test_a_wrong_clock_shows_in_every_answer(kiosk: Kiosk) -> None:
    """A kiosk that believes any date could not be found out."""
    true = parsedate_to_datetime(kiosk.get("content/manifest").headers["Date"])
    switch(kiosk, clock_shift_s=-86_400)
    false = parsedate_to_datetime(kiosk.get("content/manifest").headers["Date"])
    assert 86_000 < (true - false).total_seconds() < 86_500


def test_forgotten_cursors_are_410(kiosk: Kiosk) -> None:
    """The way back over a snapshot could not be tested."""
    cursor = kiosk.get("directory/snapshot/manifest").json()["cursor"]
    switch(kiosk, forget_cursors=True)
    assert kiosk.get(f"directory/changes?cursor={cursor}").status_code == 410
    switch(kiosk, forget_cursors=False)
    assert kiosk.get(f"directory/changes?cursor={cursor}").status_code == 200


def test_retry_is_told_and_nothing_is_stored(kiosk: Kiosk) -> None:
    """A record that HQ wants again would be a duplicate when it comes."""
    switch(kiosk, retry_records=1)
    record = visit()
    assert kiosk.statuses(record) == ["retry"]
    assert kiosk.statuses(record) == ["accepted"]


def test_switches_that_are_not_named_stay(kiosk: Kiosk) -> None:
    """Two hands on the panel would switch off each other's faults."""
    switch(kiosk, html=True)
    stand = switch(kiosk, clock_shift_s=5)
    assert (stand["html"], stand["clock_shift_s"]) == (True, 5)


def test_an_unknown_switch_is_refused(kiosk: Kiosk) -> None:
    """A misspelt switch would seem to be on."""
    answer = requests.post(f"{kiosk.url}/sim/faults", json={"unreachabel": True}, timeout=10)
    assert answer.status_code == 422


def test_the_switches_work_while_everything_fails(kiosk: Kiosk) -> None:
    """HQ could not be brought back from the panel."""
    switch(kiosk, unreachable=True, html=True, refuse={"status": 500})
    assert requests.get(f"{kiosk.url}/", timeout=10).status_code == 200
    cleared = requests.delete(f"{kiosk.url}/sim/faults", timeout=10).json()
    assert cleared["unreachable"] is False
    assert kiosk.get("content/manifest").status_code == 200

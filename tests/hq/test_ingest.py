"""Records at HQ: each counts once, each is judged by itself, and a kill changes nothing."""

import threading
from pathlib import Path
from typing import Any

import pytest
import requests

from sim.hq.process import HqOptions, HqProcess
from tests.hq.kit import Kiosk, enrolled, moment, visit
from tests.waiting import soon


def stored(kiosk: Kiosk) -> list[dict[str, Any]]:
    """What HQ has of this kiosk, newest first."""
    answer = requests.get(f"{kiosk.url}/sim/records", {"limit": 1000}, timeout=10)
    return [row for row in answer.json() if row["kiosk"] == kiosk.name]


def test_a_record_sent_again_counts_once(kiosk: Kiosk) -> None:
    """A lost answer would make a member visit twice."""
    record = visit()
    assert kiosk.statuses(record) == ["accepted"]
    assert kiosk.statuses(record) == ["duplicate"]
    assert len(stored(kiosk)) == 1


def test_the_same_record_twice_in_one_upload_counts_once(kiosk: Kiosk) -> None:
    """A record repeated inside one batch would fail the whole batch, or count twice."""
    record = visit()
    assert kiosk.statuses(record, record) == ["accepted", "duplicate"]
    assert len(stored(kiosk)) == 1


def test_keys_in_another_order_are_the_same_record(kiosk: Kiosk) -> None:
    """A kiosk that writes its JSON differently after an update would be told of conflicts."""
    record = visit()
    kiosk.send(record)
    turned = dict(reversed(record.items()))
    turned["occurred"] = dict(reversed(record["occurred"].items()))
    assert kiosk.statuses(turned) == ["duplicate"]


def test_an_id_that_says_something_else_is_a_conflict(kiosk: Kiosk) -> None:
    """A second content under a known id would be dropped as if it had arrived."""
    record = visit()
    kiosk.send(record)
    (result,) = kiosk.send(record | {"seq": 2})
    assert (result["status"], result["code"]) == ("rejected", "conflict")
    assert [row["seq"] for row in stored(kiosk)] == [1]


def test_the_id_of_another_kiosk_is_a_conflict(hq: str, kiosk: Kiosk) -> None:
    """One kiosk could make another's record disappear by sending it first."""
    record = visit()
    other = enrolled(hq)
    assert other.statuses(record) == ["accepted"]
    assert kiosk.send(record)[0]["code"] == "conflict"
    other.session.close()


def test_a_kiosk_speaks_for_its_own_store_alone(kiosk: Kiosk) -> None:
    """A stolen token could take the stock and the allowances of every store of the chain."""
    record = visit()
    elsewhere = kiosk.envelope(record) | {"store": "bj-cy-01"}
    answer = kiosk.post(elsewhere)
    assert (answer.status_code, stored(kiosk)) == (403, [])
    assert "another store" in answer.json()["detail"]
    assert kiosk.statuses(record) == ["accepted"]


BAD: dict[str, dict[str, Any]] = {
    "no such kind": {"kind": "telepathy"},
    "a newer version": {"kind_version": 99},
    "sequence zero": {"seq": 0},
    "sequence beyond 64 bits": {"seq": 2**63},
    "no time zone": {"occurred": moment(wall="2026-11-21T14:20:00")},
    "payload of another kind": {"kind": "device_event"},
    "an unknown field": {"colour": "green"},
    "payload is no object": {"payload": "visit"},
    "half a character as a kind": {"kind": "\ud800"},
    "half a character as a field": {"\ud800": 1},
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD.keys())
def test_a_bad_record_does_not_hold_up_the_others(kiosk: Kiosk, change: dict[str, Any]) -> None:
    """One record from a faulty version would stop the queue of its kiosk for ever."""
    bad, good = visit(1) | change, visit(2)
    results = {result["id"]: result for result in kiosk.send(bad, good)}
    assert results[bad["id"]]["status"] == "rejected"
    assert results[bad["id"]]["code"] in ("schema", "unknown_kind")
    assert results[bad["id"]]["detail"]
    assert results[good["id"]]["status"] == "accepted"
    assert [row["seq"] for row in stored(kiosk)] == [2]


def test_a_refusal_repeats_nothing_of_the_record(kiosk: Kiosk) -> None:
    """A member's number would reach a log through the words of a refusal."""
    record = visit()
    record["payload"]["member_id"] = "李娜 13800000000"
    (result,) = kiosk.send(record)
    assert result["code"] == "schema"
    assert "member_id" in result["detail"]
    assert "13800000000" not in result["detail"]


def test_an_unknown_member_is_no_reason_to_refuse(kiosk: Kiosk) -> None:
    """A visit would be lost when the member was removed at HQ while the kiosk was offline."""
    assert kiosk.statuses(visit(member_id="m-unheard-of")) == ["accepted"]


def test_an_empty_upload_is_answered(kiosk: Kiosk) -> None:
    """A kiosk that only wants to know whether HQ is there would be told it made a mistake."""
    assert kiosk.send() == []


def test_a_device_event_is_kept_with_its_words(kiosk: Kiosk) -> None:
    """The technician at HQ would not see what happened to the kiosk."""
    payload = {"kind": "device_event", "what": "reader-lost", "detail": "after 3 tries"}
    assert kiosk.statuses(visit(kind="device_event", payload=payload)) == ["accepted"]
    assert stored(kiosk)[0]["payload"]["what"] == "reader-lost"


def test_uploads_at_the_same_time_count_once(kiosk: Kiosk) -> None:
    """Two senders of the same batch would make it count twice, or fail on a locked database."""
    batch = [visit(seq) for seq in range(1, 51)]
    fates: list[str] = []

    def send() -> None:
        with requests.Session() as session:
            twin = Kiosk(kiosk.url, kiosk.name, kiosk.token, session=session)
            fates.extend(twin.statuses(*batch))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (fates.count("accepted"), fates.count("duplicate")) == (50, 150)
    assert len(stored(kiosk)) == 50


def test_killed_between_commit_and_answer_counts_once(tmp_path: Path) -> None:
    """An HQ that dies before its answer leaves would lose or double what it has committed."""
    options = HqOptions(tmp_path, members=20)
    first = HqProcess(options)
    kiosk = enrolled(first.url)
    record = visit()
    _switch(first.url, hold_answers=True)
    sender = threading.Thread(target=_send_in_vain, args=(kiosk, record))
    sender.start()
    soon(lambda: _state(first.url)["held_answers"] == 1, "an answer held after the commit")
    first.kill()
    sender.join()
    with HqProcess(HqOptions(tmp_path, port=first.port, members=20)) as second:
        assert second.url == kiosk.url
        assert kiosk.statuses(record) == ["duplicate"]
        assert len(stored(kiosk)) == 1
        assert second.stop() == 0
    kiosk.session.close()


def _switch(url: str, **faults: object) -> None:
    requests.post(f"{url}/sim/faults", json=faults, timeout=10)


def _state(url: str) -> dict[str, Any]:
    state: dict[str, Any] = requests.get(f"{url}/sim/state", timeout=10).json()
    return state


def _send_in_vain(kiosk: Kiosk, record: dict[str, Any]) -> None:
    with pytest.raises(requests.ConnectionError):
        kiosk.send(record)

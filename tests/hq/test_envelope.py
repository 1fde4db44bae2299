"""What surrounds the records: who sends them, how large, in which encoding."""

import gzip
import json
import uuid
import zlib
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.wire import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, Fate
from sim.hq.envelope import open_envelope
from sim.hq.errors import Refusal
from tests.hq.kit import Kiosk, enrolled, moment, visit

HERE = Kiosk("http://127.0.0.1", "k-1", "-")


def opened(document: Any) -> Any:
    """An envelope taken apart without HTTP."""
    return open_envelope(json.dumps(document).encode(), "identity")


def test_plain_json_is_taken_as_well(kiosk: Kiosk) -> None:
    """A kiosk without gzip could not report."""
    body = json.dumps(kiosk.envelope(visit())).encode()
    assert kiosk.post_bytes(body).json()["results"][0]["status"] == "accepted"


def test_another_encoding_is_refused(kiosk: Kiosk) -> None:
    """Bytes HQ cannot read would be called broken JSON, and the records thrown aside."""
    assert kiosk.post_bytes(b"x", **{"Content-Encoding": "br"}).status_code == 415


BROKEN = {
    "not gzip": b"{}",
    "cut short": gzip.compress(b'{"records":[]}')[:-3],
    "something behind": gzip.compress(b"{}") + b"more",
    "not JSON": gzip.compress(b"<html>"),
    "not finite": gzip.compress(b'{"records": [NaN]}'),
    "nested beyond reason": gzip.compress(b"[" * 100_000),
    "not UTF-8": gzip.compress(b'{"kiosk": "\xff"}'),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_body_that_cannot_be_read_is_400(kiosk: Kiosk, body: bytes) -> None:
    """The kiosk would not divide the batch and would send the same bytes for ever."""
    assert kiosk.post_bytes(body, **{"Content-Encoding": "gzip"}).status_code == 400


def test_a_small_body_cannot_become_a_large_one(kiosk: Kiosk) -> None:
    """A few kilobytes of gzip would fill HQ's memory."""
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < MAX_BATCH_BYTES
    assert kiosk.post_bytes(bomb, **{"Content-Encoding": "gzip"}).status_code == 413


def test_sizes_at_and_over_the_limit(kiosk: Kiosk) -> None:
    """A batch of exactly the agreed size would be refused, or a larger one taken."""
    whole = json.dumps(kiosk.envelope(visit())).encode()
    padded = whole + b" " * (MAX_BATCH_BYTES - len(whole))
    assert kiosk.post_bytes(padded).status_code == 200
    assert kiosk.post_bytes(padded + b" ").status_code == 413


def test_records_at_and_over_the_limit(kiosk: Kiosk) -> None:
    """A full batch would be refused, or a larger one taken."""
    batch = [visit(seq) for seq in range(1, MAX_BATCH_RECORDS + 2)]
    assert kiosk.post(kiosk.envelope(*batch)).status_code == 413
    assert kiosk.post(kiosk.envelope(*batch[:-1])).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"sent": None}, {"records": None}, {"store": "a b"}, {"records": [{"seq": 1}]}, {"more": 1}],
)
def test_an_envelope_that_does_not_fit_is_422(kiosk: Kiosk, change: dict[str, Any]) -> None:
    """The kiosk would take a mistake in the envelope for HQ's trouble and wait for ever."""
    assert kiosk.post(kiosk.envelope() | change).status_code == 422


def test_who_may_send(hq: str, kiosk: Kiosk) -> None:
    """Anybody, or one kiosk for another, could put records into HQ."""
    other = enrolled(hq)
    envelope = kiosk.envelope(visit())
    assert kiosk.post(envelope, Authorization="").status_code == 401
    assert kiosk.post(envelope, Authorization="Basic eDp5").status_code == 401
    assert kiosk.post(envelope, Authorization="Bearer nobody").status_code == 401
    assert kiosk.post(envelope, Authorization=f"Bearer {other.token}").status_code == 403
    assert kiosk.post(other.envelope(visit())).status_code == 403
    other.session.close()


def test_a_kiosk_hq_does_not_know_is_404(kiosk: Kiosk) -> None:
    """A wrong name in a configuration would look like a broken batch, not like what it is."""
    for name in ("k-nobody", "not%20a%20name"):
        twin = Kiosk(kiosk.url, name, kiosk.token, session=kiosk.session)
        assert twin.post(twin.envelope(visit())).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["directory/changes?cursor=0", "directory/snapshot/manifest", "content/manifest"],
)
def test_nothing_is_told_without_a_token(kiosk: Kiosk, path: str) -> None:
    """The directory would be open to everybody."""
    answer = kiosk.get(path, Authorization="")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_kiosk_that_was_shut_out_gets_nothing(kiosk: Kiosk) -> None:
    """A stolen kiosk could go on fetching the directory."""
    requests.delete(f"{kiosk.url}/sim/kiosks/{kiosk.name}", timeout=10)
    assert kiosk.get("directory/snapshot/manifest").status_code == 403
    assert kiosk.post(kiosk.envelope(visit())).status_code == 403


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "identity", "", "zstd"]))
def test_any_bytes_are_answered(body: bytes, encoding: str) -> None:
    """Some bytes would make HQ fail (500), which a kiosk answers by sending them for ever."""
    with pytest.raises(Refusal) as refused:
        open_envelope(body, encoding)
    assert refused.value.status in (400, 415, 422)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(visit())), JSON))
def test_any_json_in_a_record_is_judged_alone(change: dict[str, Any]) -> None:
    """Some value in one record would make HQ fail, or drop the record beside it."""
    change.pop("id", None)
    good = visit(2)
    body = json.dumps(HERE.envelope(visit(1) | change, good)).encode()
    found = open_envelope(body, "identity")
    assert str(found.good[-1].wire.id) == good["id"]
    assert len(found.good) + len(found.refused) == 2


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=9))
def test_inflating_is_the_opposite_of_gzip(level: int) -> None:
    """Some levels of gzip would not be understood."""
    body = zlib.compress(json.dumps(HERE.envelope(visit())).encode(), level, wbits=31)
    assert len(open_envelope(body, "gzip").good) == 1


def test_the_digest_depends_on_every_field() -> None:
    """A changed record under the same id would pass for the old one."""
    base = visit(id=str(uuid.uuid4()))
    changed = [
        base | {"seq": 7},
        base | {"priority": 1},
        base | {"occurred": moment(since_boot_s=1)},
        base | {"payload": base["payload"] | {"member_id": "m-000002"}},
    ]
    digests = {opened(HERE.envelope(record)).good[0].digest for record in (base, *changed)}
    assert len(digests) == 5


def test_fates_are_those_of_the_contract(kiosk: Kiosk) -> None:
    """HQ would use a word no kiosk understands."""
    requests.post(f"{kiosk.url}/sim/faults", json={"retry_records": 1}, timeout=10)
    told = kiosk.statuses(visit(1), visit(2), visit(3, kind="telepathy"))
    assert sorted(told) == [Fate.ACCEPTED, Fate.REJECTED, Fate.RETRY]

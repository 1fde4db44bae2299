"""What HQ promises, held against the fake and against the real client over HTTP alike."""

from collections.abc import Iterator

import pytest

from kiosk.exceptions import CursorGone, HqRefused, HqUnreachable
from kiosk.model.verdicts import Outcome, Verdict
from kiosk.model.wire import Fate
from kiosk.sync.hq import HqClient
from kiosk.sync.transport import Transport
from tests.fakes.hq import SERVER_TIME, FakeHq, digest
from tests.sync.faulty_server import serving
from tests.sync.samples import change, record, stored, upload

Hq = FakeHq | HqClient


@pytest.fixture
def fake() -> FakeHq:
    """What both sides of the contract rest on."""
    return FakeHq()


@pytest.fixture(params=["fake", "client"])
def hq(request: pytest.FixtureRequest, fake: FakeHq, transport: Transport) -> Iterator[Hq]:
    """The fake itself, then the real client that reaches it over HTTP."""
    if request.param == "fake":
        yield fake
        return
    with serving(fake) as server:
        yield HqClient(server.url, "k-1", transport)


def always() -> bool:
    """Nobody else is waiting."""
    return True


def test_a_record_counts_once(hq: Hq, fake: FakeHq) -> None:
    """A lost answer must not make a visit count twice."""
    first, again = hq.upload(upload(1, 2)), hq.upload(upload(2, 3))
    assert [result.status for result in first.results] == [Fate.ACCEPTED, Fate.ACCEPTED]
    assert [result.status for result in again.results] == [Fate.DUPLICATE, Fate.ACCEPTED]
    assert len(fake.received) == 3


def test_each_record_has_its_own_word(hq: Hq, fake: FakeHq) -> None:
    """One bad record must not decide over its neighbours."""
    bad, unclear = stored(2).record.id, stored(3).record.id
    fake.says = {bad: Fate.REJECTED}
    fake.unsaid = {unclear}
    answer = hq.upload(upload(1, 2, 3))
    assert {result.id: result.status for result in answer.results} == {
        stored(1).record.id: Fate.ACCEPTED,
        bad: Fate.REJECTED,
    }


def test_an_upload_without_records_is_understood(hq: Hq) -> None:
    """It tells a bad record from a fault in what stands around the records."""
    assert hq.upload(upload()).results == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_refusal_keeps_its_code(hq: Hq, fake: FakeHq, status: int) -> None:
    """The uploader decides by the code what becomes of the records."""
    fake.refuses_all_with = status
    with pytest.raises(HqRefused) as caught:
        hq.upload(upload(1))
    assert caught.value.status == status


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_later_is_not_a_refusal(hq: Hq, fake: FakeHq, status: int) -> None:
    """A busy HQ must never cost a record."""
    fake.failures = [HqUnreachable("later", status=status)]
    with pytest.raises(HqUnreachable) as caught:
        hq.upload(upload(1))
    assert caught.value.status == status
    assert hq.upload(upload(1)).results


def test_changes_come_by_cursor(hq: Hq, fake: FakeHq) -> None:
    """A page left out would leave members with yesterday's points."""
    fake.log = [change(1), change(2), change(3, gone=True)]
    first = hq.changes(0).changes
    assert (first.changes, first.next, first.more) == ([change(1), change(2)], 2, True)
    last = hq.changes(first.next).changes
    assert (last.changes, last.next, last.more) == ([change(3, gone=True)], 3, False)


def test_a_row_nobody_can_read_keeps_back_no_other(hq: Hq, fake: FakeHq) -> None:
    """One member's strange row would leave a whole store with yesterday's points."""
    fake.log, fake.spoilt, fake.page = [change(1), change(2), change(3)], {2}, 3
    told = hq.changes(0)
    assert told.changes.changes == [change(1), change(3)]
    assert (told.changes.next, told.unread_count) == (3, 1)
    assert told.unread
    assert hq.changes(3).unread == ""


def test_a_verdict_comes_with_hq_s_word(hq: Hq, fake: FakeHq) -> None:
    """The member would wait for a code that HQ has given."""
    verdict = Verdict(outcome=Outcome.HELD, code="482916", holds_for_s=900, as_of=SERVER_TIME)
    fake.verdicts = {record(1).id: verdict}
    for _ in range(2):  # a duplicate gets the same word
        (result,) = hq.upload(upload(1)).results
        assert result.verdict == verdict


def test_an_old_cursor_is_gone(hq: Hq, fake: FakeHq) -> None:
    """A kiosk long away must take a snapshot, not believe that nothing changed."""
    fake.floor = 5
    with pytest.raises(CursorGone):
        hq.changes(4)


def test_a_snapshot_comes_in_pieces(hq: Hq, fake: FakeHq) -> None:
    """A piece joined at the wrong place spoils a download of minutes."""
    fake.snapshot = bytes(range(150))
    manifest = hq.snapshot_manifest()
    assert (manifest.size_bytes, manifest.blake2b_256) == (150, digest(fake.snapshot))
    got = b""
    while len(got) < manifest.size_bytes:
        got += hq.snapshot_piece(manifest.name, len(got), always)
    assert got == fake.snapshot


def test_content_comes_in_pieces(hq: Hq, fake: FakeHq) -> None:
    """The same for a bundle."""
    fake.bundle, fake.version = b"PK" * 50, 7
    manifest = hq.content_manifest()
    assert (manifest.version, manifest.blake2b_256) == (7, digest(fake.bundle))
    first = hq.content_piece(7, 0, always)
    assert first + hq.content_piece(7, len(first), always) == fake.bundle


def test_a_file_that_was_replaced_is_refused(hq: Hq, fake: FakeHq) -> None:
    """Two versions must never be joined into one file."""
    fake.bundle, fake.snapshot = b"x", b"x"
    with pytest.raises(HqRefused, match="404"):
        hq.content_piece(2, 0, always)
    with pytest.raises(HqRefused, match="416"):
        hq.snapshot_piece("snapshot-1", 1, always)

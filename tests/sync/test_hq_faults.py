"""The real client against everything that goes wrong between a kiosk and HQ."""

import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.exceptions import ConfigError, GivenUp, HqRefused, HqUnreachable
from kiosk.sync.hq import HqClient
from kiosk.sync.transport import LEFT_BEHIND_MAX, Limits, Transport
from tests.sync.conftest import LIMITS
from tests.sync.faulty_server import DATE, TOKEN, Fault, FaultyServer
from tests.sync.samples import change, upload
from tests.waiting import soon

NO_ANSWER = [
    (Fault.DROP_BEFORE, "without a whole answer|broke the connection"),
    (Fault.DROP_AFTER, "without a whole answer|broke the connection"),
    (Fault.MUTE, "no answer within"),
    (Fault.DRIP_HEAD, "no answer within"),
    (Fault.DRIP_BODY, "took longer than"),
    (Fault.TRUNCATED, "cut short"),
    (Fault.HTML, "text/html, not HQ's"),
    (Fault.NOT_JSON, "not JSON"),
    (Fault.WRONG_JSON, "not as agreed at 'results'"),
    (Fault.REDIRECT, "302.*log-in page"),
    (Fault.HUGE, "larger than"),
    (Fault.BUSY, "503"),
]


@pytest.mark.parametrize(("fault", "reason"), NO_ANSWER, ids=lambda each: str(each))
def test_no_usable_answer(
    server: FaultyServer, client: HqClient, fault: Fault, reason: str
) -> None:
    """Whatever comes instead of an answer must end soon, say why, and be over the next time."""
    server.faults = [fault]
    begun_s = time.monotonic()
    with pytest.raises(HqUnreachable, match=reason) as caught:
        client.upload(upload(1))
    assert time.monotonic() - begun_s < LIMITS.whole_s + 0.4
    assert TOKEN not in str(caught.value)
    assert client.upload(upload(1)).results


def test_a_lost_answer_leaves_the_record_at_hq(server: FaultyServer, client: HqClient) -> None:
    """The case idempotence is for: HQ has it, the kiosk does not know."""
    server.faults = [Fault.DROP_AFTER]
    with pytest.raises(HqUnreachable):
        client.upload(upload(1))
    assert len(server.hq.received) == 1
    client.upload(upload(1))
    assert len(server.hq.received) == 1


@pytest.mark.parametrize(
    ("fault", "wish_s"), [(Fault.BUSY, 7.0), (Fault.BUSY_UNTIL, 90.0), (Fault.BUSY_NONSENSE, None)]
)
def test_retry_after(
    server: FaultyServer, client: HqClient, fault: Fault, wish_s: float | None
) -> None:
    """HQ's wish, in seconds or as a date, is how it defends itself against a whole fleet."""
    server.faults = [fault]
    with pytest.raises(HqUnreachable) as caught:
        client.changes(0)
    assert caught.value.retry_after_s == wish_s


def test_one_connection_serves_many_requests(server: FaultyServer, client: HqClient) -> None:
    """A new TLS connection for every tap would cost a second on a slow line."""
    server.hq.log = [change(number) for number in range(1, 9)]
    for cursor in range(5):
        client.changes(cursor)
    client.upload(upload(1))
    assert server.connections == 1


def test_a_connection_hq_closed_is_replaced(server: FaultyServer, client: HqClient) -> None:
    """A kept connection that HQ has closed meanwhile is no failure."""
    client.changes(0)
    server.faults = [Fault.DROP_BEFORE]
    with pytest.raises(HqUnreachable):
        client.changes(0)
    client.changes(0)
    assert server.connections == 2


def test_nobody_listens() -> None:
    """HQ down must be told apart from a cable pulled out."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        client = HqClient(url, "k-1", Transport(TOKEN, None, lambda: True, LIMITS))
        with pytest.raises(HqUnreachable, match="refuses the connection"):
            client.changes(0)


def test_a_wrong_token_is_a_refusal(server: FaultyServer) -> None:
    """A kiosk that was shut out must say so, not retry as if HQ were away."""
    client = HqClient(server.url, "k-1", Transport("another", None, lambda: True, LIMITS))
    with pytest.raises(HqRefused, match=r"401: .*hq\.token"):
        client.changes(0)


def test_proxies_and_netrc_are_not_asked(
    server: FaultyServer, client: HqClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable left over from an installation must not send records elsewhere."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert client.changes(0).changes.next == 0


def test_hq_time_is_passed_on(server: FaultyServer, transport: Transport) -> None:
    """HQ's time is evidence for a kiosk without a battery clock; a log-in page's is not."""
    heard: list[datetime | None] = []
    client = HqClient(server.url, "k-1", transport, heard.append)
    client.changes(0)
    server.faults = [Fault.HTML]
    with pytest.raises(HqUnreachable):
        client.changes(0)
    assert heard == [datetime(2027, 3, 1, 9, 0, tzinfo=UTC)]
    assert DATE.startswith("Mon, 01 Mar 2027 09:00:00")


def test_a_piece_keeps_what_has_arrived(server: FaultyServer, client: HqClient) -> None:
    """On a slow line every byte that came counts, or a snapshot never arrives."""
    server.hq.snapshot, server.hq.piece_bytes = bytes(range(200)), 200
    server.faults = [Fault.DRIP_BODY]
    first = client.snapshot_piece("snapshot-1", 0, lambda: True)
    assert 2 < len(first) < 200
    server.faults = [Fault.TRUNCATED]
    second = client.snapshot_piece("snapshot-1", len(first), lambda: True)
    assert first + second == server.hq.snapshot[: len(first) + len(second)]
    assert second


def test_a_download_makes_way(server: FaultyServer, client: HqClient) -> None:
    """A redemption must not wait behind a snapshot on a slow line."""
    server.hq.snapshot, server.hq.piece_bytes = bytes(200), 200
    server.faults = [Fault.DRIP_BODY]
    end_s = time.monotonic() + 0.2
    begun_s = time.monotonic()
    piece = client.snapshot_piece("snapshot-1", 0, lambda: time.monotonic() < end_s)
    assert 0 < len(piece) < 20
    assert time.monotonic() - begun_s < 0.4


def test_a_download_nobody_wants_is_no_failure(server: FaultyServer, client: HqClient) -> None:
    """Making way before the first byte must not count against HQ."""
    server.hq.snapshot = bytes(200)
    server.faults = [Fault.MUTE]
    assert client.snapshot_piece("snapshot-1", 0, lambda: False) == b""


def test_a_server_that_ignores_ranges(server: FaultyServer, client: HqClient) -> None:
    """A whole file taken for a part of it would spoil the download."""
    server.hq.snapshot, server.hq.piece_bytes = bytes(200), 200
    server.faults = [Fault.NO_RANGE, Fault.NO_RANGE]
    assert client.snapshot_piece("snapshot-1", 0, lambda: True) == server.hq.snapshot
    with pytest.raises(HqUnreachable, match="another part"):
        client.snapshot_piece("snapshot-1", 100, lambda: True)


def test_the_end_of_the_process_ends_a_wait(server: FaultyServer) -> None:
    """A technician who stops the service must not wait for HQ."""
    stop = threading.Event()
    slow = Limits(connect_s=5, read_s=15, whole_s=30)
    client = HqClient(server.url, "k-1", Transport(TOKEN, None, lambda: not stop.is_set(), slow))
    server.faults = [Fault.MUTE]
    threading.Timer(0.1, stop.set).start()
    begun_s = time.monotonic()
    with pytest.raises(GivenUp):
        client.changes(0)
    assert time.monotonic() - begun_s < 1.0


def test_hanging_requests_are_limited(server: FaultyServer) -> None:
    """A resolver or server that never answers must not fill the process with threads."""
    transport = Transport(TOKEN, None, lambda: False, Limits(1, 5, 5))
    client = HqClient(server.url, "k-1", transport)
    server.faults = [Fault.MUTE] * (LEFT_BEHIND_MAX + 1)
    for _ in range(LEFT_BEHIND_MAX):
        with pytest.raises(GivenUp):
            client.changes(0)
    with pytest.raises(HqUnreachable, match="still hang"):
        client.changes(0)
    assert not transport.is_stuck
    server.ending.set()
    soon(lambda: not transport.left_behind, "the end of every request", within_s=3.0)


def test_what_is_left_behind_ends_soon(server: FaultyServer) -> None:
    """A thread and a connection for each stalled answer would add up over a night."""
    transport = Transport(TOKEN, None, lambda: True, Limits(1, 15, 0.2))
    server.faults = [Fault.STALL]
    with pytest.raises(HqUnreachable, match="took longer"):
        HqClient(server.url, "k-1", transport).changes(0)
    soon(lambda: not transport.left_behind, "the end of every request", within_s=3.0)


@pytest.mark.parametrize("text", [None, "no certificate in here"])
def test_authorities_are_checked_at_the_start(tmp_path: Path, text: str | None) -> None:
    """A slip in hq.ca_file must be named at once, not look like HQ being away."""
    ca_file = tmp_path / "authorities.pem"
    if text is not None:
        ca_file.write_text(text)
    with pytest.raises(ConfigError, match=r"authorities\.pem holds no certificates"):
        Transport(TOKEN, ca_file, lambda: True)

"""HQ over TLS: trusted by our own authority, refused by everyone else's.

The authority and the certificate in tls/ are valid for a hundred years and for 127.0.0.1
only; the authority's key was not kept.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.exceptions import HqUnreachable
from kiosk.sync.clock import FLOOR_FILE, ClockFloor
from kiosk.sync.hq import HqClient
from kiosk.sync.journal import Journal
from kiosk.sync.listening import Listener
from kiosk.sync.transport import Transport
from tests.fakes.clock import FakeClock
from tests.fakes.hq import FakeHq
from tests.sync.conftest import LIMITS
from tests.sync.faulty_server import TOKEN, FaultyServer, serving
from tests.sync.samples import upload

TLS = Path(__file__).parent / "tls"
HQ_TIME = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def secure() -> Iterator[FaultyServer]:
    """HQ with a certificate of our own authority."""
    with serving(FakeHq(), TLS / "server.pem") as running:
        yield running


def test_our_own_authority_is_trusted(secure: FaultyServer) -> None:
    """A chain's HQ has its own authority; without it no kiosk would send anything."""
    transport = Transport(TOKEN, TLS / "authority.pem", lambda: True, LIMITS)
    client = HqClient(secure.url, "k-1", transport)
    assert client.upload(upload(1)).results
    assert client.upload(upload(2)).results
    assert secure.connections == 1
    transport.close()


def test_a_stranger_gets_nothing(secure: FaultyServer) -> None:
    """A false HQ in the shop's network must get neither token nor records."""
    client = HqClient(secure.url, "k-1", Transport(TOKEN, None, lambda: True, LIMITS))
    with pytest.raises(HqUnreachable, match=r"not trusted: .* clock"):
        client.upload(upload(1))
    assert not secure.arrived.is_set()


def test_plain_http_on_a_tls_port(secure: FaultyServer) -> None:
    """The slip of http for https must end with a sentence."""
    url = secure.url.replace("https", "http")
    client = HqClient(url, "k-1", Transport(TOKEN, None, lambda: True, LIMITS))
    with pytest.raises(HqUnreachable):
        client.upload(upload(1))


@pytest.mark.parametrize(("url", "believed"), [("https://hq", True), ("http://hq", False)])
def test_hq_time_is_evidence_only_over_tls(tmp_path: Path, url: str, believed: bool) -> None:
    """Anybody in the shop's network can answer plain HTTP with any date."""
    floor = ClockFloor(tmp_path / FLOOR_FILE, lambda: False)
    before = floor()
    journal = Journal(tmp_path / "status.json", FakeClock())
    Listener(url, journal, floor)(HQ_TIME)
    assert floor() == (HQ_TIME if believed else before)
    assert journal.status.reachable

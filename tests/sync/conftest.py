"""What the tests of kiosk-sync share: a clock that stands still and an HQ with faults."""

from collections.abc import Iterator

import pytest

from kiosk.sync.hq import HqClient
from kiosk.sync.transport import Limits, Transport
from tests.fakes.clock import FakeClock
from tests.fakes.hq import FakeHq
from tests.sync.faulty_server import TOKEN, FaultyServer, serving

LIMITS = Limits(connect_s=1.0, read_s=1.0, whole_s=0.6)
"""Short enough for a test, in the order of the real ones."""


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """An HQ on loopback with faults."""
    with serving(FakeHq()) as running:
        yield running


@pytest.fixture
def transport() -> Iterator[Transport]:
    """What sends requests, in a hurry."""
    sender = Transport(TOKEN, None, lambda: True, LIMITS)
    yield sender
    sender.close()


@pytest.fixture
def client(server: FaultyServer, transport: Transport) -> HqClient:
    """The real client of the faulty server."""
    return HqClient(server.url, "k-1", transport)

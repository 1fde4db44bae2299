"""One real HQ process for all tests of a run, and a fresh kiosk for each test."""

from collections.abc import Iterator

import pytest
import requests

from sim.hq.process import HqOptions, HqProcess
from tests.hq.kit import Kiosk, enrolled
from tests.hq.postgres import PostgresServer

MEMBERS = 120
"""Enough for every kind of demo member, few enough to start at once."""


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HqProcess]:
    """HQ as a process; ended at the end of the run."""
    options = HqOptions(tmp_path_factory.mktemp("hq"), members=MEMBERS)
    with HqProcess(options) as process:
        yield process


@pytest.fixture
def hq(running: HqProcess) -> Iterator[str]:
    """The address of an HQ without faults; whatever a test switches on is switched off."""
    yield running.url
    requests.delete(f"{running.url}/sim/faults", timeout=10)


@pytest.fixture
def kiosk(hq: str) -> Iterator[Kiosk]:
    """A kiosk nobody else uses."""
    known = enrolled(hq)
    yield known
    known.session.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server for all tests of a run."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def postgresql(postgres: PostgresServer) -> Iterator[str]:
    """The address of an empty HQ in PostgreSQL."""
    with postgres.fresh() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """For `open_office`: what holds on the one must hold on the other."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))

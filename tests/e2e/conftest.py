"""A kiosk's whole road for the tests of a journey: of one test, or shared by those of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig import Road, road


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card, for all tests of a module."""
    with road(tmp_path_factory.mktemp("road")) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


@pytest.fixture
def shared(standing: Road) -> Road:
    """The module's road with nobody there and nothing on its way; each test has its own member."""
    standing.begin_anew()
    return standing


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """A road of the test's own: kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made

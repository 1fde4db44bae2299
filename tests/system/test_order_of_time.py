"""HQ books one thing after another, and tells kiosks so: the newer balance has the later time."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.security import HTTPAuthorizationCredentials

from kiosk.model.ledger import LineReason
from sim.hq.clockwork import tick
from sim.hq.ledger import correct
from sim.hq.till import Tills
from sim.hq.till_wire import TillPurchase
from sim.hq.tills import enrol_till
from tests.factories import STORE
from tests.hq.office import Office, open_office

LOOKED_WITHIN_S = 0.3
"""Time for whoever reads the clock too early to do so."""

TOKEN = HTTPAuthorizationCredentials(scheme="Bearer", credentials="token-of-t-1-0000")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with one member of 5,000 points."""
    made = open_office(tmp_path)
    made.join(points=5_000)
    enrol_till(made.hq.database, "t-1", STORE, TOKEN.credentials)
    yield made
    made.hq.close()


def redeem(office: Office) -> Callable[[], object]:
    """A kiosk's upload."""
    wish = office.wish()
    return lambda: office.send(wish)


def buy(office: Office) -> Callable[[], object]:
    """A till's purchase."""
    body = TillPurchase(id=uuid4(), member_id="m-1", receipt="R-1", purchase_fen=10_000)
    return lambda: Tills(office.hq).purchase(STORE, body, TOKEN)


def let_go(office: Office) -> Callable[[], object]:
    """The end of a hold."""
    office.send(office.wish())
    office.clock.now += timedelta(hours=1)
    return lambda: tick(office.hq)


@pytest.mark.parametrize("act", [redeem, buy, let_go])
def test_who_waited_for_the_books_books_later(
    office: Office, act: Callable[[Office], Callable[[], object]]
) -> None:
    """A balance told with too early a time would lose against an older one, at every kiosk."""
    thread = threading.Thread(target=act(office))
    with office.hq.database.write() as connection:
        thread.start()
        thread.join(LOOKED_WITHIN_S)
        office.clock.now += timedelta(seconds=10)
        correct(connection, "m-1", 7, LineReason.CORRECTION, office.clock.now)
        booked = office.clock.now
    office.clock.now += timedelta(seconds=10)
    thread.join()
    assert office.row().as_of > booked

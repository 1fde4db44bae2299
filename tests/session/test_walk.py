"""A seeded random walk: whatever happens in whatever order, the session holds."""

import random
from dataclasses import replace
from math import isfinite

import pytest

from kiosk.model.members import CardStatus
from kiosk.model.records import Visit
from kiosk.session.advance import advance, begin
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    ContentChanged,
    Event,
    Known,
    NoDirectory,
    NotACard,
    Pressed,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    StorageBack,
    StorageFailed,
    Tick,
    Touched,
    Unknown,
)
from kiosk.session.states import Attract, Home, OutOfService, Session, StillThere
from tests.factories import KEY, OTHER_KEY, content, local, member, world

SECRET = member(called=local("欧阳女士", "Ms Ouyang-Canary"), member_id="m-canary")
KNOWN = Known(KEY, SECRET)
EVENTS: tuple[Event, ...] = (
    CardLaid(KNOWN),
    CardLaid(Known(OTHER_KEY, member(member_id="m-2", language="en"))),
    CardLaid(Known(OTHER_KEY, member(card_status=CardStatus.LOST))),
    CardLaid(Unknown(OTHER_KEY)),
    CardLaid(NotACard()),
    CardLaid(NoDirectory()),
    CardResting(KNOWN),
    CardTaken(),
    SeveralCards(),
    ReaderAway(),
    ReaderBack(),
    Touched(),
    Tick(),
    Tick(),
    Tick(),
    ContentChanged(),
    StorageFailed(),
    StorageBack(),
    StorageBack(),
    *(
        Pressed(key)
        for key in ("done", "back", "stay", "language", "big-text", "contact", "no-card", "x")
    ),
)


def home_by_time(session: Session, now_s: float) -> Session:
    """Let nothing but time pass, at most five time-outs."""
    around = world(uptime_s=now_s)
    for _ in range(5):
        if isinstance(session.page, Attract | OutOfService):
            break
        assert isfinite(session.until_s)
        around = replace(around, uptime_s=session.until_s)
        session = advance(session, Tick(), around).session
    return session


@pytest.mark.parametrize("seed", range(5))
def test_ten_thousand_events_never_raise_and_always_lead_home(seed: int) -> None:
    """A kiosk that hangs on a page, or keeps a member after the end, shows them to the next."""
    dice = random.Random(seed)
    around = world()
    session = begin(around)
    visits = 0
    for _ in range(2_000):
        around = replace(
            around,
            uptime_s=around.uptime_s + dice.choice([0.0, 0.1, 1.0, 11.0, 50.0]),
            content=dice.choice([content(), content(), content(), None])
            if isinstance(session.page, Attract)
            else around.content,
        )
        step = advance(session, dice.choice(EVENTS), around)
        session = step.session
        assert len(step.facts) <= 1
        visits += sum(isinstance(fact, Visit) for fact in step.facts)
        if isinstance(session.page, Attract | OutOfService):
            assert "anary" not in repr(session)
            assert KEY.hex() not in repr(session)
            assert repr(KEY) not in repr(session)
        ended = home_by_time(session, around.uptime_s)
        assert isinstance(ended.page, Attract | OutOfService)
        assert "anary" not in repr(ended)
    assert visits > 50


def test_the_walk_reaches_every_page() -> None:
    """A walk that never leaves the attract screen would prove nothing."""
    dice = random.Random(7)
    around = world()
    session = begin(around)
    seen = set()
    for _ in range(3_000):
        around = replace(around, uptime_s=around.uptime_s + dice.choice([0.1, 50.0]))
        session = advance(session, dice.choice(EVENTS), around).session
        seen.add(type(session.page).__name__)
    assert seen == {"Attract", "Home", "Notice", "StillThere", "OutOfService"}


def test_home_is_only_opened_with_a_visit() -> None:
    """A member's page without its record on disk would be a visit HQ never hears of."""
    dice = random.Random(3)
    around = world()
    session = begin(around)
    for _ in range(5_000):
        around = replace(around, uptime_s=around.uptime_s + dice.choice([0.1, 20.0]))
        before = session
        step = advance(session, dice.choice(EVENTS), around)
        session = step.session
        opened = isinstance(session.page, Home) and _key(before) != session.page.key
        assert opened == any(isinstance(fact, Visit) for fact in step.facts)


def _key(session: Session) -> object:
    page = session.page
    while isinstance(page, StillThere):
        page = page.behind
    behind = getattr(page, "behind", page)
    return getattr(behind, "key", None)

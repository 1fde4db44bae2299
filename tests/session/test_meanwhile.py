"""What happens meanwhile: another price, HQ's word under a notice, a PIN that is blocked."""

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.model.facts import Redemption
from kiosk.model.members import PinState
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.session.advance import advance, begin
from kiosk.session.events import CardLaid, ContentChanged, Event, Judged, Known, Pressed, Tick
from kiosk.session.states import (
    Detail,
    GivenBack,
    Home,
    PinEntry,
    Reserved,
    Session,
    StillThere,
    VoucherCode,
    Waiting,
)
from kiosk.session.world import World
from tests.factories import KEY, content, member, reward, rewards, verdict, world
from tests.session.playing import played

PIN = "2580"
DEARER = world(
    content=content(version=2, rewards=(reward(points=2_500), *rewards()[1:])),
    chance=bytes(range(60, 92)),
)
REFUSED = Verdict(outcome=Outcome.REFUSED, because=Because.PIN, tries_left=3, as_of=verdict().as_of)


def happen(session: Session, around: World, *events: Event) -> Session:
    """The session after these events, all in the same world."""
    return played(session, events, around).session


def at_pad(typed: str = "") -> Session:
    """The pad for the tote of 2 400 points, with so many digits."""
    keys = (Pressed("redeem"), Pressed("reward", "canvas-tote"), Pressed("confirm"))
    here = happen(begin(world()), world(), CardLaid(Known(KEY, member())), *keys)
    return happen(here, world(), *(Pressed("digit", digit) for digit in typed))


def asked() -> tuple[Session, UUID]:
    """HQ is being asked for the tote, under this id."""
    session = at_pad(PIN)
    assert isinstance(session.page, Waiting)
    return session, session.page.claim_id


def test_a_pin_stands_for_the_price_that_was_seen() -> None:
    """A price raised between the reward's page and the last digit would be paid unseen."""
    swapped = happen(at_pad("258"), DEARER, ContentChanged())
    assert swapped.page == Detail("canvas-tote")
    step = advance(swapped, Pressed("digit", "0"), DEARER)
    assert not any(isinstance(fact, Redemption) for fact in step.facts)
    assert happen(swapped, DEARER, Pressed("confirm")).page == PinEntry(
        "canvas-tote", (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    )


@pytest.mark.parametrize("over", [Pressed("contact"), Tick()])
def test_a_pad_below_another_page_does_not_outlive_its_price(over: Event) -> None:
    """The same through the time-out's question, or through a notice."""
    late = world(uptime_s=1_045.0)
    covered = happen(at_pad("258"), late, over)
    assert isinstance(covered.trail[-1], PinEntry)
    swapped = happen(covered, DEARER, ContentChanged(), Pressed("back"))
    assert swapped.page == Detail("canvas-tote")


def test_another_try_is_another_look_at_another_price() -> None:
    """A member who mistyped would agree to the new price with the second try."""
    session, claim_id = asked()
    again = happen(session, DEARER, Judged(claim_id, REFUSED))
    assert again.page == Detail("canvas-tote")
    assert again.trail == (Home(),)
    gone = world(content=content(version=2, rewards=rewards()[1:]))
    assert happen(session, gone, Judged(claim_id, REFUSED)).page == Detail("canvas-tote")


def test_what_was_set_aside_is_what_comes_back() -> None:
    """The page would thank for today's price while HQ gives back yesterday's."""
    session, claim_id = asked()
    held = happen(session, world(), Judged(claim_id, verdict()))
    later = replace(DEARER, chance=bytes(range(90, 122)))
    wished = happen(held, later, Pressed("give-back"), Pressed("give-back-yes"))
    assert isinstance(wished.page, Waiting)
    let_go = Verdict(outcome=Outcome.RELEASED, balance=12_680, as_of=verdict().as_of)
    back = happen(wished, later, Judged(wished.page.claim_id, let_go))
    assert back.page == GivenBack("canvas-tote", 2_400)


def test_a_verdict_under_a_notice_is_found_on_the_way_back() -> None:
    """A member who asked how to reach us would never see the code, only that HQ will confirm."""
    session, claim_id = asked()
    late = world(uptime_s=1_003.0)
    noted = happen(session, late, Tick(), Pressed("contact"))
    assert noted.trail == (Home(), Reserved(claim_id, "canvas-tote"))
    told = happen(noted, late, Judged(claim_id, verdict()))
    assert told.page == noted.page
    assert isinstance(happen(told, late, Pressed("back")).page, VoucherCode)
    asked_first = happen(noted, world(uptime_s=1_200.0), Tick())
    told = happen(asked_first, late, Judged(claim_id, verdict()))
    assert told.page == StillThere()
    shown = happen(told, late, Pressed("stay"), Pressed("back"))
    assert isinstance(shown.page, VoucherCode)
    assert shown.trail == (Home(),)


def test_a_pin_blocked_under_a_question_stays_blocked() -> None:
    """The member would type a PIN that only the counter can free."""
    session, claim_id = asked()
    late = world(uptime_s=1_003.0)
    hidden = happen(session, late, Tick())
    hidden = happen(hidden, world(uptime_s=hidden.until_s), Tick())
    assert hidden.page == StillThere()
    blocked = REFUSED.model_copy(update={"because": Because.PIN_BLOCKED, "tries_left": 0})
    told = happen(hidden, late, Judged(claim_id, blocked))
    assert told.visitor is not None
    assert told.visitor.member.pin is PinState.BLOCKED

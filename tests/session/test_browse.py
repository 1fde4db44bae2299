"""Looking around: vouchers, history, tier, rules, events, and the sheets of their lists."""

from datetime import date

import pytest

from kiosk.model.facts import EventSignup
from kiosk.model.programme import Event as Day
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.session.advance import advance, begin
from kiosk.session.browse import is_coming
from kiosk.session.events import CardLaid, Event, Known, Pressed, Tick
from kiosk.session.states import (
    Attract,
    Events,
    History,
    Home,
    Page,
    Rules,
    Session,
    StillThere,
    TierPage,
    Visitor,
    Vouchers,
)
from kiosk.session.world import World
from tests.factories import KEY, claim, content, local, member, programme, verdict, world
from tests.session.playing import played

CRAFT = Day(
    event_id="craft",
    on=date(2026, 12, 5),
    name=local("折纸手工课", "Paper craft"),
    badge=local("12 席", "12 seats"),
    seats=12,
)
AROUND = world(content=content(programme=programme(events=(CRAFT,))))


def after(session: Session, *events: Event, around: World = AROUND) -> Session:
    """The session after these events."""
    return played(session, events, around).session


@pytest.fixture
def home() -> Session:
    """A member's page."""
    return after(begin(AROUND), CardLaid(Known(KEY, member())))


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("vouchers", Vouchers()),
        ("history", History()),
        ("tier", TierPage()),
        ("events", Events()),
        ("rules", Rules()),
    ],
)
def test_each_page_opens_from_home_and_leads_back(home: Session, key: str, page: Page) -> None:
    """A page without a way back strands whoever was curious."""
    opened = after(home, Pressed(key))
    assert opened.page == page
    assert after(opened, Pressed("back")).page == Home()


def test_rules_are_read_without_a_card_and_end_by_themselves() -> None:
    """Whoever thinks about joining has no card yet; a page left open must not stay."""
    read = after(begin(AROUND), Pressed("rules"))
    assert (read.page, read.visitor) == (Rules(), None)
    assert isinstance(after(read, Pressed("back")).page, Attract)
    late = world(content=AROUND.content, uptime_s=read.until_s)
    assert isinstance(after(read, Tick(), around=late).page, Attract)


@pytest.mark.parametrize("key", ["vouchers", "history", "tier", "events", "redeem"])
def test_a_members_page_needs_a_member(key: str) -> None:
    """Without a card there is nobody whose points could be shown."""
    assert isinstance(after(begin(AROUND), Pressed(key)).page, Attract)


@pytest.mark.parametrize(
    ("value", "sheet"), [("1", 1), ("0", 0), ("249", 249), ("250", 3), ("x", 3), ("", 3), ("²", 3)]
)
def test_sheets_turn_to_a_number_and_ignore_everything_else(
    home: Session, value: str, sheet: int
) -> None:
    """A press that is no sheet must not break the list."""
    third = after(home, Pressed("history"), Pressed("sheet", "3"))
    assert after(third, Pressed("sheet", value)).page == History(sheet)


def test_signing_up_leaves_a_fact_and_pressing_again_takes_it_back(home: Session) -> None:
    """A slip of the finger must not take a seat from somebody else."""
    at_events = after(home, Pressed("events"))
    step = advance(at_events, Pressed("sign-up", "craft"), AROUND)
    (fact,) = step.facts
    assert isinstance(fact, EventSignup)
    assert (fact.event_id, fact.coming) == ("craft", True)
    assert step.session.visitor is not None
    assert is_coming(step.session.visitor, "craft")
    (back,) = advance(step.session, Pressed("sign-up", "craft"), AROUND).facts
    assert isinstance(back, EventSignup)
    assert not back.coming


@pytest.mark.parametrize("event_id", ["md-99", "", "craft2"])
def test_nobody_signs_up_for_what_is_not_announced(home: Session, event_id: str) -> None:
    """HQ would have to refuse it, after the member was told it was noted."""
    step = advance(after(home, Pressed("events")), Pressed("sign-up", event_id), AROUND)
    assert step.facts == ()


def test_an_event_that_is_over_or_on_an_unknown_day_takes_nobody(home: Session) -> None:
    """A seat in the past is worth nothing."""
    late = world(
        content=content(
            programme=programme(events=(CRAFT.model_copy(update={"on": date(2026, 11, 20)}),))
        )
    )
    step = advance(after(home, Pressed("events")), Pressed("sign-up", "craft"), late)
    assert step.facts == ()


@pytest.mark.parametrize(
    ("events", "claims", "coming"),
    [
        ((), (), False),
        (("craft",), (), True),
        ((), (claim(kind=ClaimKind.EVENT_SIGNUP, subject="craft", points=0),), True),
        (("craft",), (claim(kind=ClaimKind.EVENT_SIGNOFF, subject="craft", points=0),), False),
        ((), (claim(kind=ClaimKind.EVENT_SIGNUP, subject="craft", points=0, dead=True),), False),
        (
            (),
            (
                claim(
                    kind=ClaimKind.EVENT_SIGNUP,
                    subject="craft",
                    points=0,
                    verdict=verdict(outcome=Outcome.REFUSED, code=None),
                ),
            ),
            False,
        ),
    ],
)
def test_who_is_coming_is_known_before_hqs_row_says_so(
    events: tuple[str, ...], claims: tuple[object, ...], coming: bool
) -> None:
    """A member who signed up a minute ago must not be asked again."""
    visitor = Visitor(member(events=events), KEY, claims)  # type: ignore[arg-type]  # of Claim
    assert is_coming(visitor, "craft") is coming


def test_every_page_of_a_member_is_hidden_when_nobody_goes_on(home: Session) -> None:
    """History and vouchers are as private as the balance."""
    for key in ("vouchers", "history", "tier", "events", "rules"):
        opened = after(home, Pressed(key))
        late = world(content=AROUND.content, uptime_s=opened.until_s)
        assert after(opened, Tick(), around=late).page == StillThere()

"""A seeded random walk: whatever happens in whatever order, the session holds."""

import random
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import get_args
from uuid import UUID

import pytest

from kiosk.model.facts import PlainPin, Redemption, Visit
from kiosk.model.members import CardStatus
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.session.advance import advance, begin
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    ContentChanged,
    Event,
    Judged,
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
from kiosk.session.keys import KEYS
from kiosk.session.states import (
    Attract,
    Complaint,
    ContactPage,
    Detail,
    Entry,
    Home,
    Joining,
    Ladder,
    MyData,
    Notice,
    OutOfService,
    Page,
    PinEntry,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Reserved,
    Session,
    Survey,
    SurveyThanks,
    VoucherCode,
    Waiting,
    Writing,
)
from kiosk.session.world import World
from kiosk.survey.document import Audience, Kind
from tests.factories import KEY, OTHER_KEY, content, local, member, rewards, verdict, world
from tests.golden.shots_hand_over import with_form
from tests.screens.profile_kit import STAGES, known
from tests.survey.survey_kit import BOUGHT, KINDS

SECRET = member(
    called=local("欧阳女士", "Ms Ouyang-Canary"),
    member_id="m-canary",
    known=(known("phone", "138****anary", date(2020, 1, 1)),),
)
KNOWN = Known(KEY, SECRET)
BUYER = Known(OTHER_KEY, member(member_id="m-2", language="en", purchases=(BOUGHT,)))
ABOUT_PURCHASE = KINDS.model_copy(
    update={"audience": Audience(after_purchase_days=(0, 30)), "anonymous_allowed": True}
)
FOR_ALL = ABOUT_PURCHASE.model_copy(
    update={"id": "vote", "kind": Kind.VOTE, "audience": Audience(), "reward_points": 0}
)
SIMPLE = (
    *("done", "back", "back", "back", "stay", "language", "big-text", "contact", "join", "x"),
    *("rules", "vouchers", "history", "tier", "events", "redeem", "redeem", "redeem"),
    *("call-me", "staff-now", "submit", "write", "use", "cases"),
    *("confirm", "confirm", "confirm", "erase", "forgot", "give-back", "keep", "give-back-yes"),
)
PRESSES = (
    *(Pressed(key) for key in SIMPLE),
    *(Pressed("digit", str(digit)) for digit in range(10)),
    *(Pressed("digit", str(digit)) for digit in range(10)),
    *(Pressed("reward", one.reward_id) for one in rewards()[:4]),
    *(Pressed("sheet", value) for value in ("0", "1", "99", "x", "")),
    *(Pressed("kind", value) for value in ("gift", "half_price", "new_arrival", "")),
    *(Pressed("cause", value) for value in ("product", "service", "x")),
    *(Pressed("reason", value) for value in ("first", "other", "x")),
    *(Pressed("key", value) for value in ("l", "i", "'", "，", "7", "x", "")),
    *(Pressed("candidate", value) for value in ("2:李", "1:理", "x")),
    *(Pressed(key) for key in ("space", "erase-letter", "clear", "undo", "shift")),
    *(Pressed("mode", value) for value in ("letters", "pinyin", "digits")),
    Pressed("candidates", "single"),
    *(Pressed(key) for key in ("join-on", "no-code", "group-code", "marketing", "apply")),
    *(Pressed("join-change", value) for value in ("born", "phone", "welcome", "x")),
    *(Pressed("wheel", value) for value in ("year:0", "year:+10", "month:0", "day:+1", "x")),
    *(Pressed("hand-over", value) for value in ("joining", "profile", "x")),
    *(Pressed("server", value) for value in ("qq.com", "x")),
    *(Pressed(key) for key in ("profile", "profile-question", "save", "later", "never")),
    *(Pressed("profile-question", value) for value in ("style", "phone", "birthday", "x")),
    *(Pressed(key) for key in ("right", "not-right", "my-data")),
    *(Pressed("answer", value) for value in ("0", "1", "9", "x", "yes")),
    Pressed("sign-up", "md-11"),
    Pressed("sign-up", "craft"),
)
EVENTS: tuple[Event, ...] = (
    CardLaid(KNOWN),
    CardLaid(KNOWN),
    CardLaid(BUYER),
    CardLaid(Known(OTHER_KEY, member(card_status=CardStatus.LOST))),
    CardLaid(Known(OTHER_KEY, member(card_status=CardStatus.APPLIED))),
    CardLaid(Unknown(OTHER_KEY)),
    CardLaid(NotACard()),
    CardLaid(NoDirectory()),
    CardResting(KNOWN),
    CardTaken(),
    SeveralCards(),
    ReaderAway(),
    ReaderBack(),
    Touched(),
    *(Tick(),) * 6,
    ContentChanged(),
    StorageFailed(),
    *(StorageBack(),) * 4,
)
CONTENT = content(care=with_form(), surveys=(*STAGES, ABOUT_PURCHASE, FOR_ALL))
AROUND = world(content=CONTENT)
WORDS: tuple[Verdict | None, ...] = (
    None,
    *(verdict(code="135790"),) * 4,
    verdict(outcome=Outcome.RELEASED, code=None),
    *(verdict(outcome=Outcome.REFUSED, because=why, code=None, tries_left=2) for why in Because),
)


ON_PAGE: dict[type[Page], tuple[Event, ...]] = {
    Attract: (
        *(CardLaid(KNOWN), CardLaid(KNOWN), CardLaid(BUYER)),
        *(Pressed("join"), Pressed("survey", "vote")),
    ),
    Survey: (
        *(Pressed("answer", value) for value in ("0", "1", "yes")),
        *(Pressed(key) for key in ("next", "next", "next", "nameless", "write-answer", "back")),
        Pressed("take-away"),
    ),
    SurveyThanks: (Pressed("back"), Pressed("done")),
    Notice: (Pressed("done"), Pressed("join"), CardLaid(KNOWN)),
    OutOfService: (StorageBack(),),
    Home: (
        *(Pressed(key) for key in ("redeem", "vouchers", "events", "tier", "cases", "messages")),
        *(Pressed(key) for key in ("profile", "profile-question", "history")),
        *(Pressed("survey", "kinds"), Pressed("survey", "kinds"), Pressed("not-now", "kinds")),
    ),
    Profile: tuple(Pressed("profile-question", one) for one in ("name", "size", "birthday")),
    ProfileQuestion: (
        *(Pressed("answer", value) for value in "012"),
        *(Pressed(key) for key in ("write-answer", "save", "save", "save", "never", "done")),
    ),
    ProfileAnswered: (Pressed("profile-question"), Pressed("done"), Pressed("done")),
    Recheck: (Pressed("right"), Pressed("not-right")),
    ContactPage: (
        Pressed("my-data"),
        Pressed("do-not-disturb"),
        Pressed("channel", "news.sms"),
        Pressed("per-month", "4"),
        Pressed("hours", "evening"),
    ),
    MyData: (
        *(Pressed("data", "show"), Pressed("data", "erase")),
        *(Pressed("erase-data"), Pressed("keep-data")),
    ),
    Complaint: (Pressed("cause", "product"), Pressed("submit"), Pressed("write")),
    Writing: (Pressed("key", "l"), Pressed("candidate", "1:李"), Pressed("use"), Pressed("done")),
    Joining: (
        *(Pressed("wheel", value) for value in ("year:0", "month:0", "day:0", "year:+10")),
        *(Pressed("join-on"),) * 4,
        *(Pressed(key) for key in ("no-code", "apply", "marketing", "group-code")),
    ),
    Ladder: (Pressed("reward", "canvas-tote"),),
    Detail: (Pressed("confirm"),),
    PinEntry: tuple(Pressed("digit", digit) for digit in "258"),
    VoucherCode: (Pressed("give-back"), Pressed("give-back-yes")),
}
"""What a member would press there, so that the walk also goes deep."""


def next_event(session: Session, dice: random.Random) -> Event:
    """Mostly what the page offers, then any touch, HQ's word, and everything else."""
    page = session.page
    if isinstance(page, Waiting | Reserved) and dice.random() < 0.4:
        return Judged(page.claim_id, dice.choice(WORDS))
    if is_number(session) and dice.random() < 0.9:
        return Pressed("key", str(dice.randrange(10))) if dice.random() < 0.1 else number(page)
    if type(page) in ON_PAGE and dice.random() < 0.6:
        return dice.choice(ON_PAGE[type(page)])
    return dice.choice(PRESSES) if dice.random() < 0.7 else dice.choice(EVENTS)


NUMBER = "13812345678"
"""What whoever applies would type: no walk finds a whole number by chance."""


def is_number(session: Session) -> bool:
    """Whether the keyboard asks for it."""
    return isinstance(session.page, Writing) and session.page.purpose is Entry.PHONE


def number(page: Page) -> Event:
    """The next touch of whoever types the number; a wrong one is cleared."""
    assert isinstance(page, Writing)
    if page.text == NUMBER:
        return Pressed("use")
    right = NUMBER.startswith(page.text)
    return Pressed("key", NUMBER[len(page.text)]) if right else Pressed("clear")


def surroundings(dice: random.Random, before: World, session: Session) -> World:
    """A little later; new content comes only where it may."""
    return replace(
        before,
        uptime_s=before.uptime_s + dice.choice([0.0, 0.1, 0.1, 0.1, 1.0, 1.0, 4.0, 50.0]),
        chance=dice.randbytes(32),
        hq_reachable=dice.choice([True, True, True, False, None]),
        content=dice.choice([CONTENT, CONTENT, CONTENT, None])
        if isinstance(session.page, Attract)
        else before.content,
    )


def home_by_time(session: Session, now_s: float) -> Session:
    """Let nothing but time pass, at most eight time-outs."""
    around = replace(AROUND, uptime_s=now_s)
    for _ in range(8):
        if isinstance(session.page, Attract | OutOfService):
            break
        assert isfinite(session.until_s)
        around = replace(around, uptime_s=session.until_s)
        session = advance(session, Tick(), around).session
    return session


def is_free_of(session: Session) -> bool:
    """Whether nothing of the member, and no code, is left in it."""
    told = repr(session)
    told_everything = told + repr(getattr(session.page, "code", ""))
    secrets = ("anary", KEY.hex(), repr(KEY), "135790", NUMBER)
    return session.visitor is None and not any(secret in told_everything for secret in secrets)


@pytest.mark.parametrize("seed", range(5))
def test_ten_thousand_events_never_raise_and_always_lead_home(seed: int) -> None:
    """A kiosk that hangs on a page, or keeps a member after the end, shows them to the next."""
    dice = random.Random(seed)
    around = world()
    session = begin(around)
    visits = 0
    for _ in range(2_000):
        around = surroundings(dice, around, session)
        step = advance(session, next_event(session, dice), around)
        session = step.session
        # a complaint that was left above a nameless survey, and the visit of who came next
        assert len(step.facts) <= 4
        visits += sum(isinstance(fact, Visit) for fact in step.facts)
        if isinstance(session.page, Attract | OutOfService):
            assert is_free_of(session)
            assert session.trail == ()
        assert len(session.trail) <= 8
        ended = home_by_time(session, around.uptime_s)
        assert isinstance(ended.page, Attract | OutOfService)
        assert is_free_of(ended)
    assert visits > 20


def test_the_walk_presses_every_button() -> None:
    """A new button would never be pressed in an order that nobody thought of."""
    tried = (*PRESSES, *(event for events in ON_PAGE.values() for event in events))
    assert set(KEYS) <= {event.key for event in tried if isinstance(event, Pressed)}


def test_the_walk_reaches_every_page() -> None:
    """A walk that never leaves the attract screen would prove nothing."""
    seen: set[str] = set()
    for seed in range(10):
        dice = random.Random(seed)
        around = world()
        session = begin(around)
        for _ in range(2_000):
            around = replace(surroundings(dice, around, session), content=CONTENT)
            session = advance(session, next_event(session, dice), around).session
            seen.add(type(session.page).__name__)
    assert seen == {page.__name__ for page in get_args(Page)}


def test_home_is_only_opened_with_a_visit() -> None:
    """A member's page without its record on disk would be a visit HQ never hears of."""
    dice = random.Random(3)
    around = world()
    session = begin(around)
    for _ in range(5_000):
        around = surroundings(dice, around, session)
        before = session.visitor
        step = advance(session, next_event(session, dice), around)
        session = step.session
        here = session.visitor
        opened = here is not None and (before is None or before.key != here.key)
        assert opened == any(isinstance(fact, Visit) for fact in step.facts)


def test_no_wish_is_made_without_a_whole_pin_and_none_twice() -> None:
    """A record without its PIN is refused at HQ; one made twice spends twice."""
    dice = random.Random(11)
    around = world()
    session = begin(around)
    made: set[UUID] = set()
    for _ in range(5_000):
        around = surroundings(dice, around, session)
        step = advance(session, next_event(session, dice), around)
        for fact in step.facts:
            if isinstance(fact, Redemption):
                assert isinstance(fact.pin, PlainPin)
                assert len(fact.pin.get_secret_value()) == 4
                assert fact.redemption_id not in made
                made.add(fact.redemption_id)
        session = step.session
    assert len(made) > 5

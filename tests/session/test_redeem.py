"""From a reward to its code, step by step, online and offline."""

from dataclasses import replace
from math import inf
from uuid import UUID

import pytest

from kiosk.model.cards import CardKey
from kiosk.model.facts import Mode, PlainPin, Redemption, Release
from kiosk.model.members import Member, PinState
from kiosk.model.programme import RewardKind
from kiosk.model.verdicts import Because, ClaimKind, Outcome, Verdict
from kiosk.session.advance import advance, begin
from kiosk.session.events import CardLaid, Event, Judged, Known, Pressed, Tick
from kiosk.session.states import (
    Attract,
    Detail,
    GivenBack,
    Home,
    Ladder,
    Notice,
    NoticeKind,
    PinEntry,
    Refused,
    Reserved,
    Session,
    StillThere,
    VoucherCode,
    Waiting,
)
from kiosk.session.world import PinPad, World
from tests.factories import (
    KEY,
    OTHER_KEY,
    claim,
    content,
    member,
    programme,
    redeeming,
    reward,
    rewards,
    verdict,
    world,
)
from tests.session.playing import played

PIN = "2580"


def happen(session: Session, around: World, *events: Event) -> Session:
    """The session after these events, all in the same world."""
    return played(session, events, around).session


def at_home(around: World, who: Member | None = None, key: CardKey = KEY) -> Session:
    """A member's page."""
    return happen(begin(around), around, CardLaid(Known(key, who or member())))


def at_pin(around: World, who: Member | None = None) -> Session:
    """The pad, before the first digit."""
    keys = (Pressed("redeem"), Pressed("reward", "canvas-tote"), Pressed("confirm"))
    return happen(at_home(around, who), around, *keys)


def typed(digits: str = PIN) -> tuple[Pressed, ...]:
    """These digits, one press each."""
    return tuple(Pressed("digit", digit) for digit in digits)


def asked(around: World) -> tuple[Session, Redemption]:
    """The session when the last digit is in, and the wish that went to disk with it."""
    session = happen(at_pin(around), around, *typed(PIN[:-1]))
    step = advance(session, Pressed("digit", PIN[-1]), around)
    (wish,) = step.facts
    assert isinstance(wish, Redemption)
    return step.session, wish


def test_the_way_to_the_pin_and_back_again() -> None:
    """A page whose way back leads elsewhere strands somebody who only wanted to look."""
    around = world()
    session = at_pin(around)
    assert session.page == PinEntry("canvas-tote", (1, 2, 3, 4, 5, 6, 7, 8, 9, 0))
    pages = []
    while session.page != Home():
        session = happen(session, around, Pressed("back"))
        pages.append(session.page)
    assert pages == [Detail("canvas-tote"), Ladder(), Home()]


def test_the_last_digit_asks_hq_and_the_claim_is_remembered() -> None:
    """Without the claim the points would look free until HQ's row has come."""
    session, wish = asked(world())
    assert (wish.mode, wish.points, wish.code) == (Mode.HOLD, 2_400, None)
    assert isinstance(wish.pin, PlainPin)
    assert wish.pin.get_secret_value() == PIN
    assert session.page == Waiting(wish.redemption_id, "canvas-tote", 1_000.0)
    assert session.visitor is not None
    (claim,) = session.visitor.claims
    assert (claim.id, claim.points, claim.waits) == (wish.redemption_id, 2_400, True)


def test_no_digit_stays_anywhere_after_it_was_sent() -> None:
    """A PIN that lives on in the session could be printed with it."""
    session, wish = asked(world())
    assert PIN not in repr(session)
    assert PIN not in repr(wish)
    assert PIN not in repr(happen(at_pin(world()), world(), *typed("258")))


def test_digits_can_be_taken_back() -> None:
    """One slip of a finger must not cost one of five tries."""
    session = happen(at_pin(world()), world(), *typed("99"), Pressed("erase"), *typed("5"))
    assert isinstance(session.page, PinEntry)
    assert session.page.entered == "95"
    empty = happen(at_pin(world()), world(), Pressed("erase"))
    assert isinstance(empty.page, PinEntry)
    assert empty.page.entered == ""


@pytest.mark.parametrize("value", ["", "12", "x", "٣", "-"])
def test_only_digits_of_the_pad_count(value: str) -> None:
    """A press that is no key of the pad must neither count nor break the page."""
    session = happen(at_pin(world()), world(), Pressed("digit", value))
    assert isinstance(session.page, PinEntry)
    assert session.page.entered == ""


def test_hqs_word_brings_the_code() -> None:
    """The promise of the page: held points, a code, and the time it is good for."""
    session, wish = asked(world())
    held = happen(session, world(), Judged(wish.redemption_id, verdict()))
    assert held.page == VoucherCode(
        redemption_id=wish.redemption_id,
        reward_id="canvas-tote",
        points=2_400,
        code="482916",
        until_s=1_900.0,
        holds_for_s=900.0,
    )
    assert happen(held, world(), Pressed("back")).page == Home()
    assert "482916" not in repr(held.page)


def test_a_code_tells_the_points_of_its_own_wish() -> None:
    """A member who signed up for an event before would read that nothing is set aside."""
    around = world()
    keys = (Pressed("redeem"), Pressed("reward", "canvas-tote"), Pressed("confirm"), *typed())
    before = claim(kind=ClaimKind.EVENT_SIGNUP, points=0)
    home = happen(begin(around), around, CardLaid(Known(KEY, member(), (before,))))
    waiting = happen(home, around, *keys).page
    assert isinstance(waiting, Waiting)
    word = Judged(waiting.claim_id, verdict())
    held = happen(home, around, *keys, word).page
    assert isinstance(held, VoucherCode)
    assert held.points == 2_400


def test_a_wish_carries_the_moment_it_was_made_at() -> None:
    """HQ's ids sort by time; a wish of 1970 would stand before everything."""
    _, wish = asked(world())
    assert wish.redemption_id.int >> 80 == int(world().local_now.timestamp() * 1000)


def test_a_verdict_for_somebody_else_changes_nothing() -> None:
    """A late word on an earlier wish must not give its code to this page."""
    session, _ = asked(world())
    other = UUID("01937a00-0000-7000-8000-00000000ffff")
    assert happen(session, world(), Judged(other, verdict())) == session


def test_without_a_word_in_time_the_page_says_reserved_and_a_late_word_still_counts() -> None:
    """Three seconds are promised; after them the kiosk is honest rather than frozen."""
    session, wish = asked(world())
    late = world(uptime_s=1_003.0)
    reserved = happen(session, late, Tick())
    assert reserved.page == Reserved(wish.redemption_id, "canvas-tote")
    assert isinstance(
        happen(reserved, late, Judged(wish.redemption_id, verdict())).page, VoucherCode
    )


def test_a_late_word_stays_hidden_under_the_time_outs_question() -> None:
    """A code must not appear on a glass that nobody has answered at."""
    session, wish = asked(world())
    session = happen(session, world(uptime_s=1_003.0), Tick())
    gone = world(uptime_s=1_060.0)
    hidden = happen(session, gone, Tick(), Judged(wish.redemption_id, verdict()))
    assert hidden.page == StillThere()
    assert isinstance(happen(hidden, gone, Pressed("stay")).page, VoucherCode)


def test_a_wrong_pin_may_be_tried_again_with_a_new_wish() -> None:
    """Five tries are promised, and each is judged by itself."""
    session, wish = asked(world())
    wrong = verdict(outcome=Outcome.REFUSED, because=Because.PIN, code=None, tries_left=4)
    again = happen(session, world(), Judged(wish.redemption_id, wrong))
    assert isinstance(again.page, PinEntry)
    assert (again.page.entered, again.page.tries_left) == ("", 4)
    assert happen(again, world(), Pressed("back")).page == Detail("canvas-tote")
    other = world(chance=bytes(range(32, 64)))
    step = advance(happen(again, other, *typed("369")), Pressed("digit", "1"), other)
    (second,) = step.facts
    assert isinstance(second, Redemption)
    assert second.redemption_id != wish.redemption_id
    assert isinstance(step.session.page, Waiting)


@pytest.mark.parametrize(
    "word",
    [
        {"because": Because.PIN, "tries_left": 0},
        {"because": Because.PIN_BLOCKED},
    ],
)
def test_after_the_last_try_only_the_counter_helps(word: dict[str, object]) -> None:
    """A pad that goes on asking would promise what no entry can bring."""
    session, wish = asked(world())
    blocked = verdict(outcome=Outcome.REFUSED, code=None, **word)
    told = happen(session, world(), Judged(wish.redemption_id, blocked))
    assert told.page == Notice(NoticeKind.PIN_AT_COUNTER)
    assert told.visitor is not None
    assert told.visitor.member.pin is PinState.BLOCKED
    keys = (Pressed("back"), Pressed("reward", "canvas-tote"), Pressed("confirm"))
    assert happen(told, world(), *keys).page == Detail("canvas-tote")


@pytest.mark.parametrize(
    "because", [one for one in Because if one not in {Because.PIN, Because.PIN_BLOCKED}]
)
def test_every_other_refusal_is_told_with_its_reason(because: Because) -> None:
    """A refusal without a reason leaves a member in front of a wall."""
    session, wish = asked(world())
    no = verdict(outcome=Outcome.REFUSED, because=because, code=None, balance=300)
    refused = happen(session, world(), Judged(wish.redemption_id, no))
    assert refused.page == Refused("canvas-tote", no)
    assert happen(refused, world(), Pressed("redeem")).page == Ladder()


def test_a_wish_hq_would_not_read_is_refused_and_sets_nothing_aside() -> None:
    """Points that wait for a record nobody will ever judge would be lost to the member."""
    session, wish = asked(world())
    refused = happen(session, world(), Judged(wish.redemption_id, None))
    assert isinstance(refused.page, Refused)
    assert refused.page.verdict.because is Because.UNKNOWN
    assert refused.visitor is not None
    assert not refused.visitor.claims[0].sets_aside


def test_offline_the_wish_is_a_reservation() -> None:
    """By default nothing is given out while HQ cannot be asked."""
    away = world(hq_reachable=False)
    session, wish = asked(away)
    assert wish.mode is Mode.RESERVE
    assert session.page == Reserved(wish.redemption_id, "canvas-tote")


def may_give_out() -> World:
    """A world without HQ, in which the tote may be given out all the same."""
    rules = redeeming(offline={"allowed": True, "max_age_hours": 24, "points_per_member": 3_000})
    tote = reward(offline=True)
    return world(
        hq_reachable=False,
        content=content(programme=programme(redeeming=rules), rewards=(tote, *rewards()[1:])),
        directory_as_of=world().local_now,
    )


def test_a_kiosk_that_may_have_forgotten_gives_out_nothing_by_itself() -> None:
    """What it gave out before its queue was damaged would be given out for the same points."""
    away = replace(may_give_out(), claims_lost=True)
    who = member(offline_allowance={"sh-ja-01-k1": 3_000})
    session = happen(at_pin(away, who), away, *typed())
    assert isinstance(session.page, Reserved)


def test_offline_with_an_allowance_the_kiosk_gives_out_by_itself() -> None:
    """Where HQ allows it, a member goes home with the reward although the line is cut."""
    away = may_give_out()
    who = member(offline_allowance={"sh-ja-01-k1": 3_000})
    session = happen(at_pin(away, who), away, *typed(PIN[:-1]))
    step = advance(session, Pressed("digit", PIN[-1]), away)
    (wish,) = step.facts
    assert isinstance(wish, Redemption)
    assert (wish.mode, wish.code) == (Mode.ISSUE, "482916057")
    page = step.session.page
    assert isinstance(page, VoucherCode)
    assert (page.code, page.issued, page.until_s) == ("482916057", True, inf)


def test_a_second_wish_waits_until_hq_has_spoken() -> None:
    """Two unsettled wishes of one member cannot be told apart in HQ's row."""
    session, _ = asked(world(hq_reachable=False))
    keys = (Pressed("back"), Pressed("reward", "cotton-socks"), Pressed("confirm"))
    stopped = happen(session, world(chance=bytes(range(40, 72))), *keys)
    assert stopped.page == Detail("cotton-socks")


def test_what_cannot_be_afforded_asks_for_no_pin() -> None:
    """A PIN that is asked for in vain teaches people to type it anywhere."""
    poor = at_home(world(), member(points=100))
    keys = (Pressed("redeem"), Pressed("reward", "canvas-tote"), Pressed("confirm"))
    assert happen(poor, world(), *keys).page == Detail("canvas-tote")


def test_giving_back_is_asked_twice_and_told_to_hq() -> None:
    """A code given back by a slip of the finger could not be had again."""
    session, wish = asked(world())
    held = happen(session, world(), Judged(wish.redemption_id, verdict()))
    asking = happen(held, world(), Pressed("give-back"))
    assert isinstance(asking.page, VoucherCode)
    assert asking.page.asking
    assert happen(asking, world(), Pressed("keep")).page == held.page
    assert advance(held, Pressed("give-back-yes"), world()).facts == ()
    later = world(chance=bytes(range(50, 82)))
    step = advance(asking, Pressed("give-back-yes"), later)
    (release,) = step.facts
    assert isinstance(release, Release)
    assert release.redemption_id == wish.redemption_id
    assert isinstance(step.session.page, Waiting)
    assert step.session.page.giving_back
    assert step.session.visitor is not None
    last = step.session.visitor.claims[-1]
    assert (last.id, last.kind) == (release.release_id, ClaimKind.RELEASE)
    let_go = Verdict(outcome=Outcome.RELEASED, balance=12_680, as_of=verdict().as_of)
    back = happen(step.session, later, Judged(release.release_id, let_go))
    assert back.page == GivenBack("canvas-tote", 2_400)


def test_a_code_hides_when_its_time_or_the_session_is_over() -> None:
    """A code left on the glass belongs to whoever passes."""
    session, wish = asked(world())
    held = happen(session, world(), Judged(wish.redemption_id, verdict()))
    assert held.until_s == 1_060.0
    asked_first = happen(held, world(uptime_s=1_060.0), Tick())
    assert asked_first.page == StillThere()
    ended = happen(asked_first, world(uptime_s=asked_first.until_s), Tick())
    assert isinstance(ended.page, Attract)
    assert ended.visitor is None
    brief = happen(session, world(), Judged(wish.redemption_id, verdict(holds_for_s=5)))
    assert happen(brief, world(uptime_s=1_005.0), Tick()).page == Home()


def test_half_a_pin_is_forgotten_when_nobody_goes_on() -> None:
    """The next person at the glass must not find three digits of four."""
    session = happen(at_pin(world()), world(), *typed("258"))
    hidden = happen(session, world(uptime_s=1_045.0), Tick())
    assert hidden.page == StillThere()
    shown = happen(hidden, world(uptime_s=1_046.0), Pressed("stay"))
    assert isinstance(shown.page, PinEntry)
    assert shown.page.entered == ""


def test_another_card_ends_a_redemption_at_once() -> None:
    """The next member must never stand before somebody else's pad or code."""
    session, wish = asked(world())
    held = happen(session, world(), Judged(wish.redemption_id, verdict()))
    for one in (at_pin(world()), session, held):
        other = happen(one, world(), CardLaid(Known(OTHER_KEY, member(member_id="m-2"))))
        assert other.page == Home()
        assert other.trail == ()
        assert other.visitor is not None
        assert (other.visitor.key, other.visitor.claims) == (OTHER_KEY, ())


def test_a_shuffled_pad_shows_every_digit_once_and_differs() -> None:
    """Onlookers learn a PIN from where the finger goes, so the digits move."""
    pads = set()
    for seed in range(40):
        around = world(pin_pad=PinPad.SHUFFLED, chance=bytes([seed * 6 + 1] * 9) + bytes(range(23)))
        around = replace(around, chance=bytes((seed * 37 + n * 101) % 256 for n in range(32)))
        page = at_pin(around).page
        assert isinstance(page, PinEntry)
        assert sorted(page.pad) == list(range(10))
        pads.add(page.pad)
    assert len(pads) > 35


def test_the_ladder_shows_one_sort_or_all() -> None:
    """A sort that cannot be left again hides most of the rewards."""
    ladder = happen(at_home(world()), world(), Pressed("redeem"))
    gifts = happen(ladder, world(), Pressed("sheet", "1"), Pressed("kind", "gift"))
    assert gifts.page == Ladder(RewardKind.GIFT, 0)
    assert happen(gifts, world(), Pressed("kind", "")).page == Ladder()


def test_a_reward_that_is_gone_is_not_opened() -> None:
    """HQ may take a reward away between two touches."""
    assert happen(at_home(world()), world(), Pressed("reward", "nothing")).page == Home()

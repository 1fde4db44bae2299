"""What can be spent at this kiosk: HQ's newest word, minus what it does not include."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from kiosk.loyalty.balance import balance_of
from kiosk.loyalty.claims import not_in_row, taken, unsettled
from kiosk.model.verdicts import Claim, ClaimKind, Outcome
from tests.factories import PLACE, claim, member, verdict

KIOSK = PLACE.kiosk_id
ROW_AT = member().as_of
RELEASE_ID = UUID("01937a00-0000-7000-8000-000000000002")


def release(**changes: object) -> Claim:
    """The tote is given back."""
    values = {"id": RELEASE_ID, "seq": 8, "kind": ClaimKind.RELEASE, "points": 0}
    return claim(**({**values, "subject": str(claim().id)} | changes))


def test_a_row_without_claims_is_the_balance() -> None:
    """Anything else would show a figure that HQ does not know."""
    balance = balance_of(member(points=-20), (), KIOSK)
    assert (balance.points, balance.set_aside, balance.as_of) == (-20, 0, ROW_AT)


def test_what_hq_has_not_heard_of_is_taken_off() -> None:
    """Points asked for a minute ago must not be spent again at the next tap."""
    balance = balance_of(member(), (claim(),), KIOSK)
    assert (balance.points, balance.set_aside) == (12_680 - 2_400, 2_400)


@pytest.mark.parametrize(
    ("applied", "set_aside"),
    [
        ({}, 2_400),
        ({KIOSK: 6}, 2_400),
        ({KIOSK: 7}, 0),
        ({KIOSK: 8}, 0),
        ({"another-kiosk": 99}, 2_400),
        ({"another-kiosk": 99, KIOSK: 7}, 0),
    ],
)
def test_a_row_covers_only_what_this_kiosk_sent(applied: dict[str, int], set_aside: int) -> None:
    """Another kiosk's sequence numbers say nothing of ours."""
    assert balance_of(member(applied_seq=applied), (claim(),), KIOSK).set_aside == set_aside


def test_a_kiosk_s_very_first_wish_counts() -> None:
    """On its first day a member could spend the same points twice."""
    assert balance_of(member(applied_seq={}), (claim(seq=1),), KIOSK).set_aside == 2_400


@pytest.mark.parametrize(
    ("verdict_after_s", "points"),
    [(1, 10_280), (0, 10_280), (-1, 12_680 - 2_400)],
)
def test_the_newer_word_of_hq_counts(verdict_after_s: int, points: int) -> None:
    """A verdict that travelled slower than the row must not bring an old balance back."""
    held = claim(verdict=verdict(as_of=ROW_AT + timedelta(seconds=verdict_after_s)))
    assert balance_of(member(), (held,), KIOSK).points == points


def test_a_newer_row_that_includes_the_claim_wins_over_its_verdict() -> None:
    """Points earned after the redemption belong to the member."""
    row = member(points=11_000, as_of=ROW_AT + timedelta(hours=1), applied_seq={KIOSK: 7})
    balance = balance_of(row, (claim(verdict=verdict()),), KIOSK)
    assert (balance.points, balance.set_aside) == (11_000, 0)
    assert balance.as_of == row.as_of


def test_what_a_row_includes_stays_included_whatever_verdict_comes() -> None:
    """An answer that HQ repeats with its present balance must not take the points off again."""
    repeated = claim(seq=5, verdict=verdict(balance=7_880, as_of=ROW_AT + timedelta(hours=1)))
    later = claim(id=RELEASE_ID, seq=7, verdict=verdict(balance=7_880))
    row = member(points=7_880, applied_seq={KIOSK: 7})
    assert balance_of(row, (repeated, later), KIOSK).points == 7_880


@pytest.mark.parametrize("points", [9_000, 10_280, 11_000])
def test_at_the_same_time_the_word_that_includes_more_counts(points: int) -> None:
    """HQ's clock may not move between two entries; the row was made before the claim's."""
    held = claim(verdict=verdict(as_of=ROW_AT))
    row = member(points=points, applied_seq={KIOSK: 6})
    assert balance_of(row, (held,), KIOSK).points == 10_280


def test_a_last_tie_promises_less() -> None:
    """Where nothing tells which word is the later one, no point may be promised twice."""
    held = claim(verdict=verdict(as_of=ROW_AT, balance=10_280))
    assert balance_of(member(points=10_300, applied_seq={KIOSK: 7}), (held,), KIOSK).points == (
        10_280
    )


@pytest.mark.parametrize(
    ("outcome", "set_aside"),
    [(Outcome.HELD, 2_400), (Outcome.ISSUED, 2_400), (Outcome.REFUSED, 0)],
)
def test_a_verdict_without_a_balance_still_decides(outcome: Outcome, set_aside: int) -> None:
    """A refused wish takes nothing; a held one does, until a row says so."""
    told = claim(verdict=verdict(outcome=outcome, balance=None))
    assert balance_of(member(), (told,), KIOSK).set_aside == set_aside


def test_a_wish_hq_would_not_read_takes_nothing() -> None:
    """A record that HQ rejects must not lock points up for ever."""
    assert balance_of(member(), (claim(dead=True),), KIOSK).points == 12_680


def test_what_hq_let_go_is_spendable_again() -> None:
    """The page says the points are back; so they must be, before the next row too."""
    held = claim(verdict=verdict(balance=None))
    gone = release(verdict=verdict(outcome=Outcome.RELEASED, balance=None))
    late = release(verdict=verdict(outcome=Outcome.REFUSED, balance=None))
    assert balance_of(member(), (held, gone), KIOSK).points == 12_680
    assert balance_of(member(), (held, late), KIOSK).points == 12_680 - 2_400
    assert balance_of(member(), (held, release()), KIOSK).points == 12_680 - 2_400


def test_the_verdict_of_a_release_carries_the_balance() -> None:
    """Of several verdicts the newest one counts, in whatever order they are remembered."""
    held = claim(verdict=verdict())
    after = verdict(
        outcome=Outcome.RELEASED, balance=12_680, as_of=verdict().as_of + timedelta(seconds=9)
    )
    for claims in permutations((held, release(verdict=after))):
        assert balance_of(member(), claims, KIOSK).points == 12_680


def test_a_signup_says_nothing_of_the_redemptions_before_it() -> None:
    """Its number may be higher than that of a redemption which HQ put off."""
    signup = claim(
        id=RELEASE_ID,
        seq=9,
        kind=ClaimKind.EVENT_SIGNUP,
        subject="md-11",
        points=0,
        verdict=verdict(outcome=Outcome.SIGNED_UP, balance=50_000),
    )
    assert balance_of(member(), (claim(), signup), KIOSK).points == 12_680 - 2_400


def test_a_wish_is_unsettled_until_a_verdict_or_a_row_speaks_of_it() -> None:
    """A second one meanwhile would make the row's sequence number ambiguous."""
    signup = claim(id=RELEASE_ID, seq=3, kind=ClaimKind.EVENT_SIGNUP, subject="md-11", points=0)
    waiting = (claim(), signup)
    assert unsettled(member(), waiting, KIOSK) == waiting
    assert unsettled(member(applied_seq={KIOSK: 7}), waiting, KIOSK) == (signup,)
    assert unsettled(member(), (claim(verdict=verdict()), claim(dead=True)), KIOSK) == ()


def test_claims_the_row_does_not_tell_come_oldest_first() -> None:
    """A release that came before its redemption would be counted twice."""
    held = claim(verdict=verdict())
    gone = release(verdict=verdict(outcome=Outcome.RELEASED))
    assert not_in_row(member(), (gone, held), KIOSK) == (held, gone)
    assert not_in_row(member(applied_seq={KIOSK: 7}), (gone, held), KIOSK) == (gone,)
    assert taken((held, gone)) == ()
    assert taken((held,)) == (held,)

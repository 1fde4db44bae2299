"""The way to membership: never negative, and either way's end is enough."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.joining import has_applied, way_to_join
from kiosk.model.asking import Applicant, ApplicationState, GroupCode
from kiosk.model.programme import Joining
from kiosk.model.verdicts import ClaimKind, Outcome
from tests.factories import claim, verdict

ASKED = Joining(single_purchase_fen=10_000, total_purchases_fen=30_000, minimum_age_years=18)


def applicant(best_fen: int = 0, total_fen: int = 0) -> Applicant:
    """Somebody who has applied and bought this much since."""
    return Applicant(
        state=ApplicationState.ACCEPTED,
        on=date(2026, 11, 20),
        best_fen=best_fen,
        total_fen=total_fen,
    )


@pytest.mark.parametrize(
    ("best", "total", "single_left", "total_left", "done", "least"),
    [
        (0, 0, 10_000, 30_000, False, 10_000),
        (6_000, 6_000, 10_000, 24_000, False, 10_000),
        (9_999, 9_999, 10_000, 20_001, False, 10_000),
        (10_000, 10_000, 0, 20_000, True, 0),
        (9_000, 27_000, 10_000, 3_000, False, 3_000),
        (9_000, 29_999, 10_000, 1, False, 1),
        (9_000, 30_000, 10_000, 0, True, 0),
        (50_000, 90_000, 0, 0, True, 0),
    ],
)
def test_what_is_missing_is_exact(
    best: int, total: int, single_left: int, total_left: int, done: bool, least: int
) -> None:
    """A fen too little turns away who has bought enough; a fen too much promises in vain."""
    way = way_to_join(ASKED, applicant(best, total))
    assert (way.single, way.total, way.is_done, way.least) == (
        single_left,
        total_left,
        done,
        least,
    )


def test_of_somebody_who_has_bought_nothing_the_way_is_whole() -> None:
    """The page for everybody would promise a fen less than HQ asks for, or show a way begun."""
    for nobody in (None, applicant()):
        way = way_to_join(ASKED, nobody)
        assert (way.single, way.total) == (10_000, 30_000)
        assert (way.single_fraction, way.total_fraction) == (0.0, 0.0)


def test_a_valid_group_code_leaves_nothing_to_be_bought() -> None:
    """Whom a code lets in would be sent shopping; one HQ does not know would let anybody in."""
    asked = applicant(5_000, 5_000)
    ways = {
        code: way_to_join(ASKED, asked.model_copy(update={"group": code})).is_done
        for code in (None, *GroupCode)
    }
    assert ways == {None: False, GroupCode.VALID: True, GroupCode.UNKNOWN: False}


def test_two_figures_are_only_told_where_they_differ() -> None:
    """Whoever misses ¥30 in all need not be told of a purchase of ¥100."""
    assert way_to_join(ASKED).has_two_ends
    assert not way_to_join(ASKED, applicant(9_000, 27_000)).has_two_ends
    assert not way_to_join(ASKED, applicant(9_000, 20_000)).has_two_ends


money = st.integers(0, 100_000_000)


@given(money, money, money, money)
def test_a_way_is_never_negative_and_either_end_is_enough(
    once: int, together: int, best: int, rest: int
) -> None:
    """A negative distance would read as money owed; a met condition would not open the card."""
    asked = Joining(single_purchase_fen=once, total_purchases_fen=together, minimum_age_years=18)
    way = way_to_join(asked, applicant(best, best + rest))
    assert way.single >= 0
    assert way.total >= 0
    assert 0 <= way.single_fraction <= 1
    assert 0 <= way.total_fraction <= 1
    assert way.is_done == (best >= once or best + rest >= together)
    assert (way.single == 0) == (way.single_fraction == 1)
    assert (way.total == 0) == (way.total_fraction == 1)


@given(money, money, money, money, money)
def test_what_is_told_is_enough_and_buying_never_leads_away(
    once: int, together: int, best: int, rest: int, more: int
) -> None:
    """A purchase of the sum on the screen must make a member, whatever was bought before."""
    asked = Joining(single_purchase_fen=once, total_purchases_fen=together, minimum_age_years=18)
    before = way_to_join(asked, applicant(best, best + rest))

    def after(bought: int) -> Applicant:
        return applicant(max(best, bought), best + rest + bought)

    assert way_to_join(asked, after(before.least)).is_done
    later = way_to_join(asked, after(more))
    assert later.least <= before.least
    assert later.total <= before.total


def test_an_application_of_this_kiosk_counts_until_hq_will_not_have_it() -> None:
    """The same card laid again would be asked to apply a second time; or wait for nobody."""
    own = claim(kind=ClaimKind.APPLICATION, subject="a-1", points=0)
    assert has_applied([own])
    assert has_applied([replace(own, verdict=verdict(outcome=Outcome.NOTED, code=None))])
    assert not has_applied([replace(own, dead=True)])
    refused = verdict(outcome=Outcome.REFUSED, code=None)
    assert not has_applied([replace(own, verdict=refused)])
    assert not has_applied([claim()])
    assert not has_applied([])

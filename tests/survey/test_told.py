"""What is known of a profile: HQ's row and what was said here, the last word of each."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.answers import Reluctance
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.survey.told import Told, told_by
from tests.factories import member, verdict
from tests.survey.profile_kit import KIOSK, TODAY, known, put_off, said

LATER_DAYS = 30
NAMES = ("name", "style", "work")


def test_what_hq_knows_is_known() -> None:
    """A member would be asked again for what they told last year."""
    row = member(known=(known("name", "李*"),), stages=("stage_1",))
    told = told_by(row, (), KIOSK, TODAY, LATER_DAYS)
    assert told.known == {"name"}
    assert told.paid == {"stage_1"}


def test_what_was_said_here_is_known_before_hq_has_it() -> None:
    """Offline, the same question would come at every visit."""
    told = told_by(member(), (said("answered.style"),), KIOSK, TODAY, LATER_DAYS)
    assert told.known == {"style"}


def test_an_old_value_is_not_shown_after_a_new_one_was_told() -> None:
    """A member who has just changed the number would read the old one and doubt the kiosk."""
    row = member(known=(known("phone", "138****5678"),))
    told = told_by(row, (said("answered.phone"),), KIOSK, TODAY, LATER_DAYS)
    assert "phone" in told.known
    assert "phone" not in told.values


def test_a_confirmed_value_stays_and_is_fresh() -> None:
    """What was confirmed a minute ago would be asked to be confirmed again."""
    row = member(known=(known("phone", "138****5678", days_ago=900),))
    told = told_by(row, (said("confirmed.phone"),), KIOSK, TODAY, LATER_DAYS)
    assert told.values["phone"].shown == "138****5678"
    assert "phone" in told.fresh


@pytest.mark.parametrize(
    ("days_ago", "rests"), [(0, True), (29, True), (30, False), (400, False), (-3, True)]
)
def test_what_was_put_off_rests_for_as_long_as_hq_says(days_ago: int, rests: bool) -> None:
    """Asked too early is a nuisance; never again was not what the member said."""
    row = member(put_off=(put_off("style", days_ago),))
    told = told_by(row, (), KIOSK, TODAY, LATER_DAYS)
    assert ("style" in told.later) is rests
    assert told.never == frozenset()


def test_without_a_clock_what_was_put_off_rests() -> None:
    """A kiosk in 1970 would think everything was put off yesterday, or long ago."""
    row = member(put_off=(put_off("style", 400),))
    assert told_by(row, (), KIOSK, None, LATER_DAYS).later == {"style"}


def test_a_refusal_never_ends_by_itself() -> None:
    """Do not ask again means just that."""
    row = member(put_off=(put_off("style", 4000, Reluctance.NEVER),))
    assert told_by(row, (), KIOSK, TODAY, LATER_DAYS).never == {"style"}


@pytest.mark.parametrize(
    "claim",
    [
        replace(said("answered.style"), dead=True),
        replace(said("answered.style"), verdict=verdict(outcome=Outcome.REFUSED, code=None)),
        replace(said("answered.style"), kind=ClaimKind.SURVEY),
        said("answered.style", seq=5),
        said("nonsense"),
        said("answered."),
    ],
)
def test_what_hq_has_or_would_not_have_does_not_count(claim: object) -> None:
    """HQ's row would be overruled by what it includes already, or has refused."""
    row = member(noted={KIOSK: 5})
    told = told_by(row, (claim,), KIOSK, TODAY, LATER_DAYS)  # type: ignore[arg-type]
    assert told == Told()


SAID = st.lists(
    st.tuples(st.sampled_from(("answered", "confirmed", "later", "never")), st.sampled_from(NAMES)),
    max_size=8,
)


@given(SAID)
def test_the_last_word_holds_and_nothing_known_is_forgotten(words: list[tuple[str, str]]) -> None:
    """A slip on "don't ask again" could not be mended, or an answer would vanish."""
    claims = tuple(said(f"{how}.{name}", seq=at + 1) for at, (how, name) in enumerate(words))
    told = told_by(member(), reversed(claims), KIOSK, TODAY, LATER_DAYS)
    last = {name: how for how, name in words}
    assert told.known == {name for how, name in words if how in ("answered", "confirmed")}
    assert told.later == {name for name, how in last.items() if how == "later"}
    assert told.never == {name for name, how in last.items() if how == "never"}

"""Contact wishes and requests: HQ's row, and what this kiosk heard since."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kiosk.loyalty.contact import Request, Stage, requests_now, wishes_now
from kiosk.model.care import Channel, DataWish
from kiosk.model.members import AskedOfHq, ContactWishes
from kiosk.model.verdicts import ClaimKind, Outcome
from tests.factories import PLACE, claim, member, verdict

HERE = PLACE.kiosk_id


def said(word: str, seq: int = 7, **changes: Any) -> Any:
    """A wish this kiosk has written down."""
    return claim(kind=ClaimKind.CONSENT, subject=word, points=0, seq=seq, **changes)


def asked(wish: DataWish, seq: int = 7, **changes: Any) -> Any:
    """A request this kiosk has written down."""
    return claim(kind=ClaimKind.DATA_REQUEST, subject=wish, points=0, seq=seq, **changes)


NOTED = verdict(outcome=Outcome.NOTED, code=None, holds_for_s=None, balance=None)
REFUSED = verdict(outcome=Outcome.REFUSED, code=None, holds_for_s=None, balance=None)


def test_a_wish_holds_before_hq_has_heard_of_it() -> None:
    """Do-not-disturb that waits for the network disturbs."""
    assert wishes_now(member(), (said("do_not_disturb.on"),), HERE).do_not_disturb


def test_a_wish_holds_while_hq_has_it_and_the_row_has_not() -> None:
    """Between HQ's word and the row the switch would jump back."""
    assert wishes_now(member(), (said("do_not_disturb.on", verdict=NOTED),), HERE).do_not_disturb


def test_the_row_counts_from_where_it_includes_the_wish() -> None:
    """What was changed at another kiosk since would be undone here."""
    here = said("do_not_disturb.on", seq=7)
    behind = member(noted={HERE: 6})
    beyond = member(noted={HERE: 7})
    elsewhere = member(noted={"another": 99})
    assert wishes_now(behind, (here,), HERE).do_not_disturb
    assert not wishes_now(beyond, (here,), HERE).do_not_disturb
    assert wishes_now(elsewhere, (here,), HERE).do_not_disturb


def test_the_last_wish_counts_in_whatever_order_they_come() -> None:
    """On, off, on: the member left it on."""
    words = ("do_not_disturb.on", "do_not_disturb.off", "do_not_disturb.on")
    claims = tuple(said(word, seq) for seq, word in enumerate(words, 5))
    assert wishes_now(member(), reversed(claims), HERE).do_not_disturb


@pytest.mark.parametrize("changes", [{"dead": True}, {"verdict": REFUSED}])
def test_a_wish_hq_would_not_take_is_not_shown_as_held(changes: dict[str, Any]) -> None:
    """The page would promise quiet that HQ knows nothing of."""
    wishes = wishes_now(member(), (said("do_not_disturb.on", **changes),), HERE)
    assert wishes == ContactWishes()


def test_do_not_disturb_keeps_the_other_settings() -> None:
    """Whoever turns it off again would have to choose everything anew."""
    granted = {"news": (Channel.SMS,)}
    before = member(wishes=ContactWishes(granted=granted, per_month=2, hours="evening"))
    now = wishes_now(before, (said("do_not_disturb.on"),), HERE)
    assert (now.granted, now.per_month, now.hours) == (granted, 2, "evening")


def test_other_claims_wish_nothing() -> None:
    """A reward called `do_not_disturb.on` must not silence anybody."""
    assert wishes_now(member(), (claim(subject="do_not_disturb.on"),), HERE) == ContactWishes()


# -- requests ------------------------------------------------------------------------------

ROW = member(
    noted={HERE: 6},
    asked=(
        AskedOfHq(request_id=UUID(int=3), wish=DataWish.SHOW, on=date(2026, 11, 3)),
        AskedOfHq(request_id=UUID(int=2), wish=DataWish.SHOW, on=date(2026, 8, 1), done=True),
        AskedOfHq(request_id=UUID(int=1), wish=DataWish.CORRECT, on=date(2026, 7, 1), done=True),
    ),
)


def test_the_newest_request_of_a_sort_is_told() -> None:
    """An old one that is done would hide the one the member waits for."""
    assert requests_now(ROW, (), HERE) == {
        DataWish.SHOW: Request(Stage.AT_HQ, date(2026, 11, 3)),
        DataWish.CORRECT: Request(Stage.DONE, date(2026, 7, 1)),
    }


@pytest.mark.parametrize(
    ("changes", "stage", "is_open"),
    [
        ({}, Stage.KEPT, True),
        ({"verdict": NOTED}, Stage.AT_HQ, True),
        ({"verdict": REFUSED}, Stage.REFUSED, False),
        ({"dead": True}, Stage.REFUSED, False),
    ],
)
def test_an_own_request_is_known_before_the_row_tells(
    changes: dict[str, Any], stage: Stage, is_open: bool
) -> None:
    """Asked, and at the next tap as if never asked: the member would ask again and again."""
    found = requests_now(ROW, (asked(DataWish.CORRECT, **changes),), HERE)[DataWish.CORRECT]
    assert found == Request(stage)
    assert found.is_open is is_open


def test_an_own_request_the_row_includes_is_the_rows() -> None:
    """Done at HQ, and shown as waiting for ever."""
    assert requests_now(ROW, (asked(DataWish.CORRECT, seq=6),), HERE)[DataWish.CORRECT] == Request(
        Stage.DONE, date(2026, 7, 1)
    )


def test_a_request_of_a_coming_version_is_passed_over() -> None:
    """An older program after a newer one must still open the page."""
    strange = claim(kind=ClaimKind.DATA_REQUEST, subject="move", points=0)
    assert requests_now(member(), (strange,), HERE) == {}

"""How far complaints have come, by HQ's row and by this kiosk's own memory."""

from datetime import date

from kiosk.loyalty.cases import CaseNow, cases_now
from kiosk.model.members import Case
from kiosk.model.verdicts import ClaimKind
from tests.factories import claim, member

HERE = "sh-ja-01-k1"
ROW = Case(case_id="c-1", cause_id="product", opened=date(2026, 11, 18), step=6)
SENT = claim(seq=9, kind=ClaimKind.FEEDBACK, subject="service", points=0)


def test_what_was_just_sent_stands_before_what_hq_tells() -> None:
    """Until the row comes home the member would think that nothing was received."""
    cases = cases_now(member(cases=(ROW,)), (SENT,), HERE)
    assert cases == (
        CaseNow("service", 1, None),
        CaseNow("product", 6, date(2026, 11, 18)),
    )
    assert [case.closed for case in cases] == [False, True]


def test_a_row_that_includes_it_tells_it_alone() -> None:
    """One complaint would be shown as two."""
    assert cases_now(member(noted={HERE: 9}), (SENT,), HERE) == ()
    assert len(cases_now(member(noted={HERE: 8, "other": 99}), (SENT,), HERE)) == 1


def test_neither_a_dead_record_nor_a_redemption_is_a_complaint() -> None:
    """A page of steps for what HQ would not read would never move."""
    dead = claim(seq=9, kind=ClaimKind.FEEDBACK, subject="service", points=0, dead=True)
    assert cases_now(member(), (dead, claim(seq=10)), HERE) == ()

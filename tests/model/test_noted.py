"""Claims that a row does not tell of yet: nothing is shown twice, and nothing is forgotten."""

from dataclasses import replace

from kiosk.model.noted import not_noted
from kiosk.model.verdicts import Claim, ClaimKind, Outcome, Verdict
from tests.factories import claim, member

KIOSK = "k1"
ROW = member(noted={KIOSK: 7})


WORD = Verdict(outcome=Outcome.NOTED, as_of=ROW.as_of)


def consent(seq: int, verdict: Verdict | None = WORD) -> Claim:
    """A change of contact wishes, which HQ has noted."""
    made = claim(seq=seq, kind=ClaimKind.CONSENT, subject="do_not_disturb.on", points=0)
    return replace(made, verdict=verdict)


def test_a_row_includes_what_hq_has_spoken_of_up_to_its_number() -> None:
    """A complaint would stand twice on the page: in the row, and as this kiosk's own."""
    claims = (consent(8), consent(7), consent(3))
    told = not_noted(ROW, claims, KIOSK, ClaimKind.CONSENT)
    assert [one.seq for one in told] == [8]
    assert not_noted(ROW, claims, "k2", ClaimKind.CONSENT) == tuple(reversed(claims))
    assert not_noted(ROW, claims, KIOSK, ClaimKind.SURVEY) == ()


def test_a_row_counts_although_hqs_answer_was_lost() -> None:
    """The member would see one complaint as two until the next upload."""
    assert not_noted(ROW, (consent(7, None),), KIOSK, ClaimKind.CONSENT) == ()
    assert not_noted(ROW, (consent(8, None),), KIOSK, ClaimKind.CONSENT) != ()

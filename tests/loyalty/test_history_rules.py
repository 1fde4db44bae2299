"""History: every line says why, and what HQ does not tell yet stands above, marked."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kiosk.loyalty.history import HistoryLine, history
from kiosk.model.ledger import Held, LineKind, LineReason
from kiosk.model.members import Member
from kiosk.model.verdicts import Claim, ClaimKind, Outcome
from tests.factories import NOW, PLACE, claim, content, line, member, verdict

KIOSK = PLACE.kiosk_id
RELEASE = claim(
    id=UUID("01937a00-0000-7000-8000-000000000002"),
    seq=8,
    kind=ClaimKind.RELEASE,
    subject=str(claim().id),
    points=0,
)


def lines_of(row: Member, *claims: Claim) -> tuple[HistoryLine, ...]:
    """The history of this member at this kiosk."""
    return history(row, claims, content(), KIOSK)


def test_a_line_says_why() -> None:
    """Points without a reason and a receipt are a quarrel at the counter."""
    (told,) = lines_of(member(lines=(line(),)))
    assert (told.points, told.reason, told.receipt) == (320, LineReason.PURCHASE, "JA-1114-0031")
    assert told.store is not None
    assert told.store.store_id == "sh-ja-01"
    assert (told.at, told.purchase_fen) == (line().at, 32_000)
    assert not told.pending


def test_a_redemption_names_its_reward() -> None:
    """The picture is remembered better than the number."""
    row = member(
        lines=(
            line(kind=LineKind.HOLD, reason=LineReason.REWARD, reward_id="canvas-tote"),
            line(kind=LineKind.HOLD, reason=LineReason.REWARD, reward_id="gone", store_id="gone"),
        )
    )
    known, unknown = lines_of(row)
    assert known.reward is not None
    assert known.reward.reward_id == "canvas-tote"
    assert (unknown.reward, unknown.store) == (None, None)


def test_hqs_lines_keep_their_order() -> None:
    """HQ tells the newest first."""
    row = member(lines=(line(points=1), line(points=2), line(points=3)))
    assert [told.points for told in lines_of(row)] == [1, 2, 3]


def test_a_wish_stands_above_and_is_marked() -> None:
    """A balance that is lower than the lines explain looks like a theft."""
    pending, told = lines_of(member(lines=(line(),)), claim())
    assert (pending.points, pending.reason, pending.pending) == (-2_400, LineReason.REWARD, True)
    assert pending.reward is not None
    assert pending.at is None
    assert told.points == 320


def test_a_wish_that_hq_has_judged_has_its_time_until_the_row_tells_of_it() -> None:
    """Between verdict and row the line must neither vanish nor stand twice."""
    held = claim(verdict=verdict())
    (asked,) = lines_of(member(), held)
    assert (asked.at, asked.pending, asked.to_collect) == (verdict().as_of, False, True)
    assert lines_of(member(applied_seq={KIOSK: 7}), held) == ()


def test_what_waits_at_a_counter_is_marked_until_it_was_collected() -> None:
    """A member who forgot a reward must not believe it was handed over."""
    held = Held(redemption_id=claim().id, reward_id="wool-scarf", points=5_000, until=NOW)
    lines = (line(kind="hold", reason="reward", points=-5_000, reward_id="wool-scarf"),)
    (waits,) = lines_of(member(lines=lines, held=(held,)))
    (over,) = lines_of(member(lines=lines))
    assert (waits.to_collect, over.to_collect) == (True, False)


def test_what_was_refused_or_never_read_is_no_history() -> None:
    """Nothing was taken; nothing needs to be explained."""
    refused = claim(verdict=verdict(outcome=Outcome.REFUSED))
    assert lines_of(member(), refused, claim(dead=True)) == ()


def test_a_signup_is_no_line() -> None:
    """It moves no points."""
    assert lines_of(member(), claim(kind=ClaimKind.EVENT_SIGNUP, subject="md-11", points=0)) == ()


def test_what_is_given_back_stands_above_what_was_taken() -> None:
    """The newest comes first, and the two come to nothing."""
    held = claim(verdict=verdict())
    gone = replace(
        RELEASE,
        verdict=verdict(outcome=Outcome.RELEASED, as_of=verdict().as_of + timedelta(seconds=9)),
    )
    back, taken = lines_of(member(), held, gone)
    assert (back.points, back.reason) == (2_400, LineReason.GIVEN_BACK)
    assert (taken.points, taken.reason) == (-2_400, LineReason.REWARD)
    assert back.reward == taken.reward
    assert (back.to_collect, taken.to_collect) == (False, False)


def test_what_is_no_longer_held_is_not_marked_though_the_row_is_older() -> None:
    """A member would go to the counter for what was given out, given back or let go there."""
    issued = claim(verdict=verdict(outcome=Outcome.ISSUED))
    over = claim(verdict=verdict(holds_for_s=0.0, code=None))
    assert [line.to_collect for one in (issued, over) for line in lines_of(member(), one)] == [
        False,
        False,
    ]
    held = Held(redemption_id=claim().id, reward_id="wool-scarf", points=5_000, until=NOW)
    lines = (line(kind="hold", reason="reward", points=-5_000, reward_id="wool-scarf"),)
    gone = replace(RELEASE, verdict=verdict(outcome=Outcome.RELEASED))
    assert not any(one.to_collect for one in lines_of(member(lines=lines, held=(held,)), gone))
    _, asked = lines_of(member(lines=lines, held=(held,)), RELEASE)
    assert asked.to_collect  # HQ has not let go of it yet


def test_giving_back_what_another_kiosk_had_held_has_its_points_from_the_row() -> None:
    """A member may ask in one store's corner and let go in the other."""
    held = Held(redemption_id=claim().id, reward_id="wool-scarf", points=5_000, until=NOW)
    (back,) = lines_of(member(held=(held,)), RELEASE)
    assert (back.points, back.at, back.pending) == (5_000, None, True)
    assert back.reward is not None
    assert back.reward.reward_id == "wool-scarf"


def test_giving_back_what_nobody_knows_any_more_promises_nothing() -> None:
    """The row may already be without the hold."""
    (back,) = lines_of(member(), RELEASE)
    assert (back.points, back.reward) == (0, None)

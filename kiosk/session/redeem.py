"""The journey from a proved wish to its code: asking HQ, its word, and giving it back."""

from dataclasses import replace
from math import inf
from uuid import UUID

from kiosk.model.facts import Mode, PlainPin, Redemption, Release
from kiosk.model.members import PinState
from kiosk.model.programme import Reward
from kiosk.model.verdicts import Because, ClaimKind, Outcome, Verdict
from kiosk.session.moves import back, prolonged, show
from kiosk.session.pad import pad
from kiosk.session.states import (
    Detail,
    GivenBack,
    Home,
    Notice,
    NoticeKind,
    Page,
    PinEntry,
    Refused,
    Reserved,
    Session,
    Step,
    VoucherCode,
    Waiting,
)
from kiosk.session.wishes import allowed, fresh_id, remembered, reward_of, with_word
from kiosk.session.world import World

# -- asking --------------------------------------------------------------------------------


def ask(session: Session, page: PinEntry, world: World) -> Step:
    """Write the wish down; what is shown depends on how it can be promised."""
    reward, visitor = reward_of(page.reward_id, world), session.visitor
    mode = allowed(session, page.reward_id, world).mode
    if reward is None or visitor is None or world.content is None or mode is None:
        return Step(back(session, world))  # what was offered has just changed
    wish = Redemption(
        redemption_id=fresh_id(world),
        member_id=visitor.member.member_id,
        card_key=visitor.key.hex(),
        reward_id=reward.reward_id,
        points=reward.points,
        cash_fen=reward.cash_fen,
        mode=mode,
        pin=PlainPin(page.entered),
        code=world.offline_code if mode is Mode.ISSUE else None,
        programme_version=world.content.programme.version,
    )
    claim_id, kind = wish.redemption_id, ClaimKind.REDEMPTION
    session = remembered(_above_home(session), claim_id, kind, reward.reward_id, reward.points)
    return Step(show(session, _promise(wish, reward, world), world), (wish,))


def _promise(wish: Redemption, reward: Reward, world: World) -> Page:
    """What the member sees once the wish is on disk."""
    match wish.mode:
        case Mode.HOLD:
            return Waiting(wish.redemption_id, reward.reward_id, world.uptime_s)
        case Mode.RESERVE:
            return Reserved(wish.redemption_id, reward.reward_id)
        case Mode.ISSUE:
            return VoucherCode(
                redemption_id=wish.redemption_id,
                reward_id=reward.reward_id,
                points=reward.points,
                code=wish.code or "",
                until_s=inf,
                holds_for_s=inf,
                issued=True,
            )


def ask_to_give_back(session: Session, _value: str, world: World) -> Step:
    """Giving back is asked twice: a code that is gone does not come again."""
    page = session.page
    if not isinstance(page, VoucherCode) or page.issued:
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, asking=True), world))


def keep_it(session: Session, _value: str, world: World) -> Step:
    """The member keeps what is held."""
    page = session.page
    if not isinstance(page, VoucherCode):
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, asking=False), world))


def give_back(session: Session, _value: str, world: World) -> Step:
    """Let go of what is held."""
    page, visitor = session.page, session.visitor
    if not isinstance(page, VoucherCode) or not page.asking or visitor is None:
        return Step(prolonged(session, world))
    wish = Release(
        release_id=fresh_id(world),
        redemption_id=page.redemption_id,
        member_id=visitor.member.member_id,
        card_key=visitor.key.hex(),
    )
    subject = str(page.redemption_id)
    session = remembered(_above_home(session), wish.release_id, ClaimKind.RELEASE, subject)
    waiting = Waiting(wish.release_id, page.reward_id, world.uptime_s, giving_back=True)
    return Step(show(session, waiting, world), (wish,))


# -- HQ's word -----------------------------------------------------------------------------


def judged(session: Session, claim_id: UUID, verdict: Verdict | None, world: World) -> Session:
    """HQ has spoken: on the page that waits, or where that lies under a question or a notice."""
    session = with_word(session, claim_id, verdict)
    word = verdict or Verdict(
        outcome=Outcome.REFUSED, because=Because.UNKNOWN, as_of=world.local_now
    )
    if _waits_for(session.page, claim_id):
        return _result(session, session.page, word, world)
    for place, page in enumerate(session.trail):
        if _waits_for(page, claim_id):
            below = _result(replace(session, trail=(Home(),)), page, word, world)
            trail = (*below.trail, below.page, *session.trail[place + 1 :])
            return replace(session, visitor=below.visitor, trail=trail)
    return session


def no_word(session: Session, page: Waiting, world: World) -> Session:
    """The time for an answer is over: the wish is on disk and goes up by itself."""
    return show(session, Reserved(page.claim_id, page.subject, page.giving_back), world)


def _waits_for(page: Page, claim_id: UUID) -> bool:
    return isinstance(page, Waiting | Reserved) and page.claim_id == claim_id


def _result(session: Session, page: Page, word: Verdict, world: World) -> Session:
    assert isinstance(page, Waiting | Reserved)
    reward_id = page.subject if isinstance(page, Waiting) else page.reward_id
    match word.outcome:
        case Outcome.HELD:
            return show(session, _code_page(session, page.claim_id, reward_id, word, world), world)
        case Outcome.RELEASED:
            return show(session, GivenBack(reward_id, _given_back(session, page.claim_id)), world)
        case Outcome.REFUSED if word.because is Because.PIN and _can_try(word):
            return _once_more(session, page.claim_id, reward_id, word, world)
        case Outcome.REFUSED if word.because in {Because.PIN, Because.PIN_BLOCKED}:
            return show(_pin_blocked(session), Notice(NoticeKind.PIN_AT_COUNTER), world)
        case _:
            return show(session, Refused(reward_id, word), world)


def _once_more(
    session: Session, claim_id: UUID, reward_id: str, word: Verdict, world: World
) -> Session:
    """The pad again; or the reward, if it has another price by now than the member agreed to."""
    reward, agreed = reward_of(reward_id, world), _points_of(session, claim_id)
    if reward is None or reward.points != agreed:
        return show(_above_home(session), Detail(reward_id), world)
    again = PinEntry(reward_id, pad(world), tries_left=word.tries_left)
    return show(replace(session, trail=(Home(), Detail(reward_id))), again, world)


def _can_try(word: Verdict) -> bool:
    return word.tries_left is None or word.tries_left > 0


def _pin_blocked(session: Session) -> Session:
    visitor = session.visitor
    if visitor is None:
        return session
    member = visitor.member.model_copy(update={"pin": PinState.BLOCKED})
    return replace(session, visitor=replace(visitor, member=member))


def _code_page(
    session: Session, claim_id: UUID, reward_id: str, word: Verdict, world: World
) -> VoucherCode:
    holds_for_s = word.holds_for_s or 0.0
    return VoucherCode(
        redemption_id=claim_id,
        reward_id=reward_id,
        points=_points_of(session, claim_id),
        code=word.code or "",
        until_s=world.uptime_s + holds_for_s,
        holds_for_s=holds_for_s,
    )


def _above_home(session: Session) -> Session:
    """Whatever comes next leads back to the member's page."""
    return replace(session, trail=(Home(),))


def _given_back(session: Session, release_id: UUID) -> int:
    """The points of the redemption that this claim let go, whatever the reward costs today."""
    claims = session.visitor.claims if session.visitor is not None else ()
    subject = next((claim.subject for claim in claims if claim.id == release_id), "")
    return next((claim.points for claim in claims if str(claim.id) == subject), 0)


def _points_of(session: Session, claim_id: UUID) -> int:
    """What this claim has set aside."""
    claims = session.visitor.claims if session.visitor is not None else ()
    return next((claim.points for claim in claims if claim.id == claim_id), 0)

"""Golden pictures of complaining: from the first look at it to the step it has come to."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from kiosk.model.care import Care, Choice
from kiosk.model.members import Case
from kiosk.model.verdicts import ClaimKind
from kiosk.session.states import Cases, Complaint, Home, Thanks, Visitor
from tests.factories import KEY, care, claim, content, local, member, voucher, world
from tests.golden.shots import LINA, Shot
from tests.screens.profile_kit import with_profile

REASONS = (
    ("colour", "掉色", "Colour loss"),
    ("shrunk", "缩水", "Shrunk"),
    ("tear", "开线", "Seam or tear"),
    ("stain", "污渍", "Stain"),
    ("smell", "异味", "Smell"),
    ("other", "其他", "Other"),
)


def six_reasons() -> Care:
    """Each cause with as many reasons as it may have."""
    reasons = tuple(
        Choice(choice_id=one, words=local(chinese, english)) for one, chinese, english in REASONS
    )
    usual = care()
    causes = tuple(
        cause.model_copy(update={"reasons": reasons}) for cause in usual.complaints.causes
    )
    complaints = usual.complaints.model_copy(update={"causes": causes})
    return usual.model_copy(update={"complaints": complaints})


HERE = world(content=content(care=six_reasons()))
AWAY = replace(HERE, hq_reachable=False)
ASKING = replace(HERE, content=with_profile(care=six_reasons()))
"""A store that asks its members for a number."""


ID = UUID("01937a00-0000-7000-8000-0000000000f1")
CHOSEN = Complaint(ID, "product", ("colour",), call_me=True)
WORDED = Complaint(ID, "product", ("colour",), words="洗了一次就掉色，和吊牌上写的不一样")
SERVICE = Complaint(ID, "service", ("shrunk", "smell"), staff_now=True)


def case(step: int, cause_id: str = "product", day: int = 18) -> Case:
    """A complaint of this November."""
    return Case(case_id=f"c-{day}", cause_id=cause_id, opened=date(2026, 11, day), step=step)


def complained(*cases: Case) -> Visitor:
    """Ms L. with these complaints on their way."""
    return Visitor(member(vouchers=(voucher(),), cases=cases), KEY)


SENT = claim(id=ID, seq=9, kind=ClaimKind.FEEDBACK, subject="service", points=0)
OPEN = complained(case(3))
CLOSED = complained(case(6))
SEVERAL = complained(case(5, "service", 20), case(3))
JUST_SENT = Visitor(member(vouchers=(voucher(),)), KEY, (SENT,))
BESIDE = (Home(),)

EVERY_WAY = (
    Shot("complaint", CHOSEN, HERE, visitor=LINA, trail=BESIDE),
    Shot("complaint-first", Complaint(), HERE, visitor=LINA, trail=BESIDE),
    Shot("complaint-nobody", SERVICE, HERE),
    Shot("complaint-offline", CHOSEN, AWAY, visitor=LINA, trail=BESIDE),
    Shot("complaint-nobody-first", Complaint()),
    Shot(
        "thanks", Thanks(call_me=True, staff_now=True), HERE, visitor=LINA, trail=BESIDE, left_s=5
    ),
    Shot("thanks-nobody", Thanks(), left_s=5),
    Shot(
        "thanks-offline",
        Thanks(call_me=True, staff_now=True),
        AWAY,
        visitor=LINA,
        trail=BESIDE,
        left_s=5,
    ),
    Shot("cases", Cases(), visitor=OPEN, trail=BESIDE),
    Shot("cases-closed", Cases(), visitor=CLOSED, trail=BESIDE),
    Shot("home-case", Home(), visitor=OPEN),
)

STANDING_ONLY = (
    Shot("complaint-no-number", CHOSEN, ASKING, visitor=LINA, trail=BESIDE),
    Shot("thanks-no-number", Thanks(call_me=True), ASKING, visitor=LINA, trail=BESIDE, left_s=5),
    Shot("cases-several", Cases(), visitor=SEVERAL, trail=BESIDE),
    Shot("cases-just-sent", Cases(), visitor=JUST_SENT, trail=BESIDE),
    Shot("home-case-closed", Home(), visitor=CLOSED),
    Shot("complaint-worded", WORDED, HERE, visitor=LINA, trail=BESIDE),
    Shot("complaint-big-text", CHOSEN, HERE, visitor=LINA, trail=BESIDE, big_text=True),
    Shot(
        "complaint-high-contrast", CHOSEN, HERE, visitor=LINA, trail=BESIDE, theme="high-contrast"
    ),
)

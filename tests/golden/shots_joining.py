"""Golden pictures of joining: from the first question to the card that opens."""

from dataclasses import replace
from datetime import date

from kiosk.model.asking import Applicant, ApplicationState, GroupCode
from kiosk.model.care import Asking
from kiosk.model.clock import ClockQuality
from kiosk.model.programme import TierBenefit
from kiosk.model.text import Language
from kiosk.session import wheels
from kiosk.session.entry import blank
from kiosk.session.states import (
    Applied,
    Entry,
    Joined,
    Joining,
    JoiningStep,
    TooYoung,
    Wheels,
    Writing,
)
from kiosk.session.world import World
from tests.factories import OTHER_KEY, care, content, local, programme, world
from tests.golden.shots import OFFLINE, Shot
from tests.golden.shots_keyboard import LINA as CANDIDATES

TODAY = date(2026, 11, 21)
BIRTHDAY = date(1988, 3, 4)
NO_DAY = world(clock=ClockQuality.UNSET)


def offering() -> World:
    """HQ offers its form on a phone, and names three services of the lowest tier."""
    usual = programme()
    more = TierBenefit(icon="cake", words=local("生日月七折", "Birthday month: 30% off"))
    lowest = usual.tiers[0].model_copy(update={"benefits": (*usual.tiers[0].benefits, more)})
    named = usual.model_copy(update={"tiers": (lowest, *usual.tiers[1:])})
    on_phone = care().model_copy(update={"asking": Asking(form_url="https://hq.example/form")})
    return world(content=content(programme=named, care=on_phone))


HERE = offering()


def turned() -> Wheels:
    """The wheels at a day of birth that was chosen."""
    on = wheels.born(TODAY)
    return wheels.begin(on.first, on.last, BIRTHDAY, chosen=True)


def at(step: JoiningStep, **changes: object) -> Joining:
    """An application of 李娜 at this step."""
    told = Joining(
        step=step,
        card_key=OTHER_KEY,
        born=turned(),
        name="李娜",
        phone="13812345678",
    )
    return replace(told, **changes)  # type: ignore[arg-type]  # fields of Joining


def applicant(
    state: ApplicationState, best_fen: int = 0, total_fen: int = 0, group: GroupCode | None = None
) -> Applied:
    """The page of an applicant's card."""
    on = date(2026, 11, 18)
    return Applied(
        Applicant(state=state, on=on, best_fen=best_fen, total_fen=total_fen, group=group)
    )


def typing(step: JoiningStep, purpose: Entry, text: str = "") -> tuple[Writing, Joining]:
    """The keyboard above a question, and the question."""
    return replace(blank(purpose, Language.ZH, text), shift=False), at(step)


BORN = at(JoiningStep.BORN)
FIRST_BORN = at(JoiningStep.BORN, born=wheels.born(TODAY), name="", phone="")
CONFIRM = at(JoiningStep.CONFIRM)
CONFIRM_ALL = at(JoiningStep.CONFIRM, group_code="HUAXIN26", marketing=True)
NAMING, BELOW_NAME = typing(JoiningStep.NAME, Entry.NAME)
NAMING = replace(NAMING, letters="lina")
CALLING, BELOW_PHONE = typing(JoiningStep.PHONE, Entry.PHONE, "13812345678")
CODING, BELOW_CODE = typing(JoiningStep.GROUP, Entry.CODE, "HUAXIN26")

ACCEPTED = applicant(ApplicationState.ACCEPTED, 6_000, 6_000)
SUBMITTED = applicant(ApplicationState.SUBMITTED)
NEARLY = applicant(ApplicationState.ACCEPTED, 9_000, 26_000)
ENOUGH = applicant(ApplicationState.ACCEPTED, 12_000, 12_000)
REFUSED = applicant(ApplicationState.REFUSED)
BY_GROUP = applicant(ApplicationState.SUBMITTED, group=GroupCode.VALID)
NO_GROUP = applicant(ApplicationState.SUBMITTED, group=GroupCode.UNKNOWN)

EVERY_WAY = (
    Shot("joining", Joining(), HERE),
    Shot("joining-born", BORN),
    Shot("joining-group", at(JoiningStep.GROUP)),
    Shot("joining-confirm", CONFIRM),
    Shot("joined", Joined(has_card=True)),
    Shot("applied-submitted", SUBMITTED),
    Shot("applied-accepted", ACCEPTED),
    Shot("applied-by-group", BY_GROUP),
    Shot("too-young", TooYoung(), left_s=12),
    Shot("joining-no-day", Joining(), NO_DAY),
)

STANDING_ONLY = (
    Shot("joining-born-first", FIRST_BORN),
    Shot("joining-name", NAMING, trail=(BELOW_NAME,), candidates=CANDIDATES),
    Shot("joining-phone", CALLING, trail=(BELOW_PHONE,)),
    Shot("joining-code", CODING, trail=(BELOW_CODE,)),
    Shot("joining-group-code", at(JoiningStep.GROUP, group_code="HUAXIN26")),
    Shot("joining-confirm-all", CONFIRM_ALL),
    Shot("joined-offline", Joined(has_card=False), OFFLINE),
    Shot("joined-group", Joined(has_card=True, with_group=True)),
    Shot("applied-waiting", Applied(), OFFLINE),
    Shot("applied-nearly", NEARLY),
    Shot("applied-enough", ENOUGH),
    Shot("applied-no-group", NO_GROUP),
    Shot("applied-refused", REFUSED),
    Shot("joining-offline", Joining(), OFFLINE),
    Shot("joining-big-text", Joining(), HERE, big_text=True),
    Shot("joining-confirm-big-text", CONFIRM, big_text=True),
    Shot("applied-accepted-high-contrast", ACCEPTED, theme="high-contrast"),
)

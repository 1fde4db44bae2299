"""Golden pictures of the profile: a question, its thanks, is it still right, and the page."""

from dataclasses import replace
from datetime import date

from kiosk.model.answers import Reluctance
from kiosk.model.asking import PutOff
from kiosk.model.text import Language
from kiosk.model.verdicts import ClaimKind
from kiosk.session import answering
from kiosk.session.profile import question
from kiosk.session.states import (
    Home,
    Notice,
    NoticeKind,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Session,
    Visitor,
)
from tests.factories import KEY, claim, member, voucher, world
from tests.golden.shots import Shot
from tests.screens.profile_kit import BEGUN, with_profile

HERE = world(content=with_profile())
AWAY = replace(HERE, hq_reachable=False)
REFUSED = PutOff(field="style", how=Reluctance.NEVER, on=date(2026, 8, 1))
LINA = Visitor(member(known=BEGUN, vouchers=(voucher(),)), KEY)
NEW = Visitor(member(), KEY)
RELUCTANT = Visitor(member(known=BEGUN, put_off=(REFUSED,)), KEY)
SAID = claim(kind=ClaimKind.PROFILE, subject="answered.style", points=0)
TOLD = Visitor(LINA.member, KEY, (SAID,))
BESIDE = (Home(),)


def asked(
    name: str, *touches: str, visitor: Visitor = LINA, chosen: bool = False
) -> ProfileQuestion:
    """The page that puts this question, after these touches on its choices."""
    session = Session(page=Home(), language=Language.ZH, visitor=visitor)
    page = question(session, name, HERE)
    assert page is not None
    asking = page.asking
    for touch in touches:
        asking = answering.choose(asking, touch, HERE)
    return replace(page, asking=asking, chosen=chosen)


STYLE = asked("style", "0", "1")
FAULTY = replace(STYLE, asking=answering.forward(asked("style", "0", "1", "2").asking, HERE))
BIRTHDAY = asked("birthday", visitor=NEW)
THANKS = ProfileAnswered("style", before=52, shown="plain,sporty")

CHECK = Notice(NoticeKind.CHECK_BIRTHDAY)

EVERY_WAY = (
    Shot("profile-question", STYLE, HERE, visitor=LINA, trail=BESIDE),
    Shot("profile-question-first", asked("name", visitor=NEW), HERE, visitor=NEW, trail=BESIDE),
    Shot("profile-question-offline", STYLE, AWAY, visitor=LINA, trail=BESIDE),
    Shot("profile-birthday", BIRTHDAY, HERE, visitor=NEW, trail=BESIDE),
    Shot("profile-answered", THANKS, HERE, visitor=TOLD, trail=BESIDE),
    Shot("recheck", Recheck("phone"), HERE, visitor=LINA, trail=BESIDE),
    Shot("profile", Profile(), HERE, visitor=LINA, trail=BESIDE),
    Shot("home-profile", Home(), HERE, visitor=LINA),
    Shot("notice-check-birthday", CHECK, HERE, visitor=NEW, trail=(Home(), BIRTHDAY)),
    Shot("profile-clothes", Profile(sheet=1), HERE, visitor=RELUCTANT, trail=BESIDE),
)

STANDING_ONLY = (
    Shot("profile-question-fault", FAULTY, HERE, visitor=LINA, trail=BESIDE),
    Shot("profile-question-size", asked("size", "2"), HERE, visitor=LINA, trail=BESIDE),
    Shot(
        "profile-change", asked("work", chosen=True), HERE, visitor=LINA, trail=(Home(), Profile())
    ),
    Shot(
        "profile-refused",
        ProfileAnswered("style", before=52, refused=True),
        HERE,
        visitor=RELUCTANT,
        trail=BESIDE,
    ),
    Shot(
        "profile-saved",
        Profile(sheet=1, saved="style", shown="plain,sporty"),
        HERE,
        visitor=TOLD,
        trail=BESIDE,
    ),
    Shot("profile-big-text", Profile(), HERE, visitor=LINA, trail=BESIDE, big_text=True),
    Shot("profile-question-big-text", STYLE, HERE, visitor=LINA, trail=BESIDE, big_text=True),
    Shot(
        "profile-question-high-contrast",
        STYLE,
        HERE,
        visitor=LINA,
        trail=BESIDE,
        theme="high-contrast",
    ),
)

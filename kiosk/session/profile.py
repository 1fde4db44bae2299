"""The profile: what a visit offers of it, and the ways to its page and to each question."""

from dataclasses import dataclass, replace

from kiosk.session import answering, wheels
from kiosk.session.contact import wishes_of
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import (
    Asking,
    ContactPage,
    Home,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Session,
    Step,
)
from kiosk.session.world import World
from kiosk.survey.profile import BIRTHDAY, PHONE, Dossier, Field, stages_of
from kiosk.survey.told import told_by


@dataclass(frozen=True, slots=True)
class Offered:
    """What the profile would ask in this visit.

    Attributes:
        confirm: only whether what is known is still right.
    """

    field: Field
    confirm: bool = False


def dossier_of(session: Session, world: World) -> Dossier | None:
    """The visitor's profile now; None where there is none to fill in."""
    visitor, content = session.visitor, world.content
    stages = stages_of(content.surveys) if content is not None else ()
    if visitor is None or content is None or not stages:
        return None
    member, days = visitor.member, content.care.asking.later_days
    return Dossier(
        stages,
        told_by(member, visitor.claims, world.kiosk_id, world.today, days),
        world.local_now,
        world.today,
        session.language,
        member.tier,
        member.segment,
    )


def can_be_called(session: Session, world: World) -> bool:
    """Whether the profile tells a number; where none asks for one, HQ has it from elsewhere."""
    dossier = dossier_of(session, world)
    return dossier is None or dossier.field(PHONE) is None or PHONE in dossier.told.known


def offered(session: Session, world: World) -> Offered | None:
    """What the visitor may be asked now; nothing at all after do-not-disturb.

    Nor while this kiosk may have forgotten what was told here: it would ask again.

    On so many visits of a hundred as HQ says, an old value is asked to be confirmed instead.
    """
    dossier, visitor = dossier_of(session, world), session.visitor
    if dossier is None or visitor is None or world.content is None:
        return None
    if world.claims_lost or wishes_of(visitor, world).do_not_disturb:
        return None
    rules = world.content.care.asking
    old = dossier.to_confirm(rules.recheck_after_days)
    if old is not None and visitor.lot < rules.recheck_percent:
        return Offered(old, confirm=True)
    asked = dossier.next_question()
    return Offered(asked) if asked is not None else None


def next_one(session: Session, page: ProfileAnswered, world: World) -> Field | None:
    """One more question of this visit, while HQ allows another; never upon a refusal."""
    dossier = dossier_of(session, world)
    if dossier is None or world.content is None:
        return None
    most = world.content.care.asking.questions_a_visit
    enough = page.refused or page.asked >= most
    return None if enough else dossier.next_question()


# -- opening -------------------------------------------------------------------------------


def open_profile(session: Session, _value: str, world: World) -> Step:
    """What the member has told, from the member's page or from that of the contact wishes."""
    if not isinstance(session.page, Home | ContactPage) or dossier_of(session, world) is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, Profile(), world))


def open_question(session: Session, value: str, world: World) -> Step:
    """A question: the one that is offered, one that the member chose, or one more.

    Args:
        value: a question's name on the page of the profile and to say it anew; "" for the next.
    """
    match session.page:
        case Home():
            return _take_up(session, world)
        case Profile():
            return _choose(session, value, world)
        case ProfileAnswered() as page if value == page.name:
            return _put_instead(session, value, world, page.asked)
        case ProfileAnswered() as page if value == "":
            following = next_one(session, page, world)
            name = following.name if following is not None else ""
            return _put_instead(session, name, world, page.asked + 1)
        case _:
            return Step(prolonged(session, world))


def _take_up(session: Session, world: World) -> Step:
    """The question that was offered on the member's page; there is no second offer then."""
    one, visitor = offered(session, world), session.visitor
    if one is None or visitor is None or visitor.prompted:
        return Step(prolonged(session, world))
    session = replace(session, visitor=replace(visitor, prompted=True))
    if one.confirm:
        return Step(open_page(session, Recheck(one.field.name), world))
    page = question(session, one.field.name, world)
    return Step(open_page(session, page, world) if page else prolonged(session, world))


def _choose(session: Session, name: str, world: World) -> Step:
    """A question the member came for, known, refused or missing."""
    page = question(session, name, world)
    if page is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, replace(page, chosen=True), world))


def _put_instead(session: Session, name: str, world: World, asked: int) -> Step:
    page = question(session, name, world)
    if page is None:
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, asked=asked), world))


def question(session: Session, name: str, world: World) -> ProfileQuestion | None:
    """The page that puts this question; None when it cannot be put to a member now."""
    dossier = dossier_of(session, world)
    one = dossier.field(name) if dossier is not None else None
    if dossier is None or one is None or not dossier.can_be_told(one):
        return None
    known = {key: said for key, said in dossier.choices(one.stage).items() if key != name}
    asking = answering.begin(one.stage, session.language, world, name, known)
    return ProfileQuestion(_with_wheels(asking, world)) if asking is not None else None


def _with_wheels(asking: Asking, world: World) -> Asking:
    """A day of birth is turned on wheels that stand where no birthday is far."""
    if asking.question != BIRTHDAY or asking.wheels is None or world.today is None:
        return asking
    return replace(asking, wheels=wheels.born(world.today))

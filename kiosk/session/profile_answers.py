"""Answering the profile: each answer, refusal and confirmation is a record at once."""

from dataclasses import replace
from datetime import date

from kiosk.loyalty.ages import is_of_age
from kiosk.model.answers import ProfileAnswer, Reluctance
from kiosk.model.asked import profile_word
from kiosk.model.verdicts import ClaimKind
from kiosk.session import answering
from kiosk.session.moves import back, open_page, prolonged, show
from kiosk.session.profile import dossier_of, question
from kiosk.session.states import (
    Notice,
    NoticeKind,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Session,
    Step,
)
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World
from kiosk.survey.document import Document
from kiosk.survey.profile import BIRTHDAY, field_of
from kiosk.survey.showing import as_shown


def save(session: Session, _value: str, world: World) -> Step:
    """Keep the answer: on disk from this moment; what holds it back stands on the page."""
    page = session.page
    if not isinstance(page, ProfileQuestion):
        return Step(prolonged(session, world))
    asking = answering.forward(page.asking, world)
    if asking.faults:
        return Step(show(session, replace(page, asking=asking), world))
    value = answering.answer_of(asking)
    if value is None or _cannot_be_judged(asking.question, value, world):
        return Step(prolonged(session, world))
    if _is_too_young(asking.question, value, world):
        return Step(_check_birthday(session, page, world))
    return _saved(session, page, value, world)


def later(session: Session, _value: str, world: World) -> Step:
    """Not now: the question rests for a while, and the member goes on with what they came for."""
    page = session.page
    if not isinstance(page, ProfileQuestion) or page.chosen:
        return Step(prolonged(session, world))
    step = _told(session, page, world, put_off=Reluctance.LATER)
    return replace(step, session=back(step.session, world))


def never(session: Session, _value: str, world: World) -> Step:
    """Not ever: said back once, so that a slip of the finger can be mended."""
    page = session.page
    if not isinstance(page, ProfileQuestion) or page.chosen:
        return Step(prolonged(session, world))
    before = _percent(session, world)
    step = _told(session, page, world, put_off=Reluctance.NEVER)
    name = page.asking.question
    answered = ProfileAnswered(name, before, page.asked, refused=True)
    return replace(step, session=show(step.session, answered, world))


def still_right(session: Session, _value: str, world: World) -> Step:
    """What is known is still so: kept with the day."""
    page, dossier = session.page, dossier_of(session, world)
    one = dossier.field(page.field) if isinstance(page, Recheck) and dossier is not None else None
    if dossier is None or one is None:
        return Step(prolonged(session, world))
    session, fact = _record(session, one.stage, one.name, world, confirmed=True)
    shown = dossier.told.values[one.name].shown if one.name in dossier.told.values else ""
    answered = ProfileAnswered(one.name, dossier.percent, shown=shown)
    return Step(show(session, answered, world), (fact,))


def not_right(session: Session, _value: str, world: World) -> Step:
    """It is no longer so: the question itself, to be answered anew."""
    page = session.page
    instead = question(session, page.field, world) if isinstance(page, Recheck) else None
    if instead is None:
        return Step(prolonged(session, world))
    return Step(show(session, replace(instead, chosen=True), world))


def _cannot_be_judged(name: str, value: object, world: World) -> bool:
    """Whether nobody can tell now if an answer may be kept at all: an age needs a clock."""
    unknown = world.today is None or world.content is None
    return name == BIRTHDAY and (unknown or _born(value) is None)


def _born(value: object) -> date | None:
    """A day of birth; None for what is no day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _check_birthday(session: Session, page: ProfileQuestion, world: World) -> Session:
    """Nothing is kept of the day: the way back leads to the question as nobody answered it."""
    anew = question(session, page.asking.question, world)
    assert anew is not None  # it has just been answered
    anew = replace(anew, asked=page.asked, chosen=page.chosen)
    return open_page(show(session, anew, world), Notice(NoticeKind.CHECK_BIRTHDAY), world)


def _is_too_young(name: str, value: object, world: World) -> bool:
    """Whether a day of birth says that its owner cannot be a member yet."""
    born = _born(value) if name == BIRTHDAY else None
    if born is None or world.today is None or world.content is None:
        return False
    years = world.content.programme.joining.minimum_age_years
    return not is_of_age(born, world.today, years)


# -- what is left for HQ -------------------------------------------------------------------


def _saved(session: Session, page: ProfileQuestion, value: object, world: World) -> Step:
    """The record, and back to the list it was chosen from, or to the thanks."""
    name, before = page.asking.question, _percent(session, world)
    step = _told(session, page, world, value=value)
    one = field_of(page.asking.document, name)
    shown = as_shown(one.question, one.note, value) if one is not None else ""
    if session.trail and isinstance(session.trail[-1], Profile):
        listed = replace(session.trail[-1], saved=name, shown=shown)
        return replace(step, session=show(back(step.session, world), listed, world))
    answered = ProfileAnswered(name, before, page.asked, shown)
    return replace(step, session=show(step.session, answered, world))


def _told(session: Session, page: ProfileQuestion, world: World, **said: object) -> Step:
    session, fact = _record(session, page.asking.document, page.asking.question, world, **said)
    return Step(session, (fact,))


def _record(
    session: Session, stage: Document, name: str, world: World, **said: object
) -> tuple[Session, ProfileAnswer]:
    """The session that remembers it, and what goes to HQ."""
    visitor = session.visitor
    assert visitor is not None
    fact = ProfileAnswer.model_validate(
        {
            "answer_id": fresh_id(world),
            "member_id": visitor.member.member_id,
            "card_key": visitor.key.hex(),
            "survey_id": stage.id,
            "survey_version": stage.version,
            "field": name,
            "language": session.language,
            **said,
        }
    )
    session = remembered(session, fact.answer_id, ClaimKind.PROFILE, profile_word(fact))
    return session, fact


def _percent(session: Session, world: World) -> int:
    dossier = dossier_of(session, world)
    return dossier.percent if dossier is not None else 0

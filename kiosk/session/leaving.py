"""What a session leaves behind when it ends half-way: nothing that was said is lost."""

from collections.abc import Mapping
from uuid import UUID

from kiosk.model.answers import Came, SurveyAsked, SurveyResponse
from kiosk.model.facts import Fact, Feedback
from kiosk.session import repeats
from kiosk.session.answering import in_language, outcome
from kiosk.session.states import Complaint, Session, Survey
from kiosk.session.wishes import fresh_id
from kiosk.session.world import World
from kiosk.survey.offers import Offer
from kiosk.survey.outcome import Outcome


def unfinished(session: Session, world: World) -> tuple[Fact, ...]:
    """The facts that the pages of this session would have led to.

    Where the disk refuses, nothing can be left behind: the kiosk is out of service then.
    """
    facts: list[Fact] = []
    for page in (*session.trail, session.page):
        match page:
            case Complaint(feedback_id=UUID() as feedback_id):
                facts.append(feedback(session, page, feedback_id, complete=False))
            case Survey():
                facts += survey_facts(session, page, world)
    return tuple(facts)


MOST_CHARACTERS = 2_000
"""Of one answer (kiosk/model/answers.py, Words)."""


# -- surveys -------------------------------------------------------------------------------


def survey_facts(session: Session, page: Survey, world: World) -> tuple[Fact, ...]:
    """What a survey leaves as it stands: the answers, and that the member was asked.

    An answer with a name says both. Where it names nobody, or its author wants nothing half-way,
    only a record without answers tells that the member was asked. A survey that was opened and
    left at once leaves nothing.
    """
    asking = in_language(page.asking, session.language)
    about = Offer(asking.document, page.purchase)
    told = outcome(asking, world)
    complete = asking.run.completed
    if told is None:
        if not asking.run.data and not complete:
            return ()
        return was_asked(session, about, Came.DECLINED if complete else Came.HALF_WAY, world)
    response = _response(session, page, told, world)
    if not page.anonymous:
        return (response,)
    came = Came.ANSWERED if complete else Came.HALF_WAY
    return (response, *was_asked(session, about, came, world))


def _response(session: Session, page: Survey, told: Outcome, world: World) -> SurveyResponse:
    """The answers; a nameless one tells neither member nor card nor purchase."""
    visitor = None if page.anonymous else session.visitor
    return SurveyResponse.model_validate(
        {
            "response_id": page.response_id,
            "survey_id": told.survey_id,
            "survey_version": told.survey_version,
            "language": told.language,
            "complete": told.complete,
            "anonymous": page.anonymous,
            "member_id": visitor.member.member_id if visitor is not None else None,
            "card_key": visitor.key.hex() if visitor is not None else None,
            "purchase": page.purchase.purchase if page.purchase and visitor is not None else None,
            "answers": _recordable(told.answers),
            "seconds": dict(told.seconds),
            "flags": repeats.flags(session, world),
        }
    )


def _recordable(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers as a record takes them; a figure may be longer, or deeper, than any answer."""
    kept = {name: _kept(value) for name, value in answers.items()}
    return {name: value for name, value in kept.items() if value is not None}


def _kept(value: object) -> object:
    """A text cut to a record's length, a list without lists in it."""
    if isinstance(value, list):
        return [_kept(one) for one in value if not isinstance(one, list) and one is not None]
    return value[:MOST_CHARACTERS] if isinstance(value, str) else value


def was_asked(session: Session, about: Offer, came: Came, world: World) -> tuple[SurveyAsked, ...]:
    """That the member was asked; of a person without a card there is nothing to tell."""
    visitor = session.visitor
    if visitor is None:
        return ()
    return (
        SurveyAsked(
            asked_id=fresh_id(world),
            member_id=visitor.member.member_id,
            card_key=visitor.key.hex(),
            survey_id=about.document.id,
            survey_version=about.document.version,
            purchase=about.purchase.purchase if about.purchase is not None else None,
            came=came,
            language=session.language,
        ),
    )


# -- complaints ----------------------------------------------------------------------------


def feedback(session: Session, page: Complaint, feedback_id: UUID, *, complete: bool) -> Feedback:
    """The record of a complaint, as far as it was told."""
    visitor = session.visitor
    return Feedback(
        feedback_id=feedback_id,
        member_id=visitor.member.member_id if visitor is not None else None,
        card_key=visitor.key.hex() if visitor is not None else None,
        cause_id=page.cause_id,
        reasons=page.reasons,
        words=page.words,
        call_me=page.call_me,
        staff_now=page.staff_now,
        complete=complete,
        language=session.language,
    )

"""What a session leaves behind when it ends half-way: nothing that was said is lost."""

from uuid import UUID

from kiosk.model.facts import Fact, Feedback
from kiosk.session.states import Complaint, Session


def unfinished(session: Session) -> tuple[Fact, ...]:
    """The facts that the pages of this session would have led to.

    Where the disk refuses, nothing can be left behind: the kiosk is out of service then.
    """
    facts: list[Fact] = []
    for page in (*session.trail, session.page):
        match page:
            case Complaint(feedback_id=UUID() as feedback_id):
                facts.append(feedback(session, page, feedback_id, complete=False))
    return tuple(facts)


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

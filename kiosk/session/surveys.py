"""A survey on the glass: opened, answered touch by touch, left half-way or sent; and the thanks.

The touches that answer a question serve the profile's questions as well.
"""

from dataclasses import replace
from uuid import UUID

from kiosk.model.answers import SurveyAsked, SurveyResponse
from kiosk.model.asked import survey_word
from kiosk.model.asking import Purchase
from kiosk.model.facts import Fact
from kiosk.model.verdicts import ClaimKind
from kiosk.session import answering, moves, repeats
from kiosk.session.entry import blank
from kiosk.session.leaving import survey_facts
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.prompts import survey_for
from kiosk.session.states import (
    Asking,
    Attract,
    Entry,
    Home,
    ProfileQuestion,
    Session,
    Step,
    Survey,
    SurveyThanks,
    Writing,
)
from kiosk.session.stops import all_stops, asked
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World
from kiosk.survey.document import Document
from kiosk.survey.offers import Offer, is_for_anybody
from kiosk.survey.questions import CommentQuestion, TextQuestion

MOST_WORDS, MOST_TEXT = 300, 60
"""Characters of free words and of a line where the author gives no limit of their own."""

NAME = "name"
"""The profile's question for a name, wherever it is asked: names come first on its keyboard."""

_NAMELESS = slice(10, 26)
"""The bytes of chance that an id without a time is made of; the first ten may be in another id
(kiosk.session.wishes.fresh_id)."""


# -- opening -------------------------------------------------------------------------------


def open_survey(session: Session, value: str, world: World) -> Step:
    """Open the survey with this id, if it is offered now."""
    found = _offered(session, value, world)
    if found is None:
        return Step(prolonged(session, world))
    return opened(session, found.document, found.purchase, world)


def opened(session: Session, document: Document, purchase: Purchase | None, world: World) -> Step:
    """Put the first question; one survey is enough for a visit."""
    asking = answering.begin(document, session.language, world)
    if asking is None:
        return Step(prolonged(session, world))
    page = Survey(asking, fresh_id(world), purchase)
    return Step(open_page(_prompted(session, taken=True), page, world))


def _offered(session: Session, survey_id: str, world: World) -> Offer | None:
    """What is offered on this page, if it is this survey."""
    content, visitor = world.content, session.visitor
    if content is None:
        return None
    if isinstance(session.page, Attract):
        document = content.survey(survey_id)
        open_to_all = document is not None and is_for_anybody(document, world.today)
        return Offer(document) if document is not None and open_to_all else None
    if visitor is None or visitor.prompted or not isinstance(session.page, Home):
        return None
    found = survey_for(visitor, world)
    return found if found is not None and found.document.id == survey_id else None


def _prompted(session: Session, *, taken: bool) -> Session:
    visitor = session.visitor
    return (
        session if visitor is None else replace(session, visitor=replace(visitor, prompted=taken))
    )


# -- answering -----------------------------------------------------------------------------


def choose(session: Session, value: str, world: World) -> Step:
    """A touch on an answer; in a survey one touch also goes on where it is a whole answer."""
    page = session.page
    match page:
        case Survey():
            return _moved(
                session, page, answering.touch(_asking(session, page), value, world), world
            )
        case ProfileQuestion():
            chosen = answering.choose(_asking(session, page), value, world)
            return Step(show(session, replace(page, asking=chosen), world))
        case _:
            return Step(prolonged(session, world))


def turn(session: Session, value: str, world: World) -> Step:
    """A touch on a wheel of a date."""
    page = session.page
    if not isinstance(page, Survey | ProfileQuestion):
        return Step(prolonged(session, world))
    turned = answering.turn(_asking(session, page), value, world)
    return Step(show(session, replace(page, asking=turned), world))


def write(session: Session, _value: str, world: World) -> Step:
    """Open the keyboard that suits the question."""
    page = session.page
    paper = _paper(page.asking, session) if isinstance(page, Survey | ProfileQuestion) else None
    if paper is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, paper, world))


def written(page: Survey | ProfileQuestion, text: str, world: World) -> Survey | ProfileQuestion:
    """The question with what was written for it."""
    return replace(page, asking=answering.write_text(page.asking, text, world))


def stands(page: Survey | ProfileQuestion) -> str:
    """What was written for the question before, shown or not."""
    there = page.asking.run.shown.get(page.asking.question)
    return there if isinstance(there, str) else ""


def take_away(session: Session, _value: str, world: World) -> Step:
    """Take back what was written; the same touch as any other, with nothing to confirm."""
    page = session.page
    if not isinstance(page, Survey | ProfileQuestion):
        return Step(prolonged(session, world))
    cleared = answering.clear(_asking(session, page), world)
    return Step(show(session, replace(page, asking=cleared), world))


def go_on(session: Session, _value: str, world: World) -> Step:
    """To the next question, or to the end; what is wrong is said and stays."""
    page = session.page
    if not isinstance(page, Survey):
        return Step(prolonged(session, world))
    return _moved(session, page, answering.forward(_asking(session, page), world), world)


def nameless(session: Session, _value: str, world: World) -> Step:
    """Answer without one's name, or with it after all; asked on the first question only."""
    page = session.page
    if not isinstance(page, Survey) or not can_be_nameless(session, page):
        return Step(prolonged(session, world))
    anonymous = not page.anonymous
    new_id = _id_without_time(world) if anonymous else fresh_id(world)
    return Step(show(session, replace(page, anonymous=anonymous, response_id=new_id), world))


def can_be_nameless(session: Session, page: Survey) -> bool:
    """Whether the choice is offered: by the author, to somebody who has a name here."""
    first = page.asking.question == next(iter(all_stops(page.asking.run)), "")
    return session.visitor is not None and page.asking.document.anonymous_allowed and first


def _id_without_time(world: World) -> UUID:
    return UUID(bytes=world.chance[_NAMELESS], version=4)


def _asking(session: Session, page: Survey | ProfileQuestion) -> Asking:
    return answering.in_language(page.asking, session.language)


def _paper(asking: Asking, session: Session) -> Writing | None:
    """A page to write on, with what stands there if it may be shown."""
    question = asked(asking.run, asking.question)
    if not isinstance(question, TextQuestion | CommentQuestion) or asking.wheels is not None:
        return None
    purpose = _purpose(question)
    most = MOST_WORDS if isinstance(question, CommentQuestion) else MOST_TEXT
    there = answering.standing(asking)
    text = there if isinstance(there, str) else ""
    return blank(purpose, session.language, text, question.max_length or most)


def _purpose(question: TextQuestion | CommentQuestion) -> Entry:
    if isinstance(question, CommentQuestion):
        return Entry.WORDS
    if question.input_type == "text":
        return Entry.NAME if question.name == NAME else Entry.WORDS
    return {"tel": Entry.PHONE, "email": Entry.EMAIL}.get(question.input_type, Entry.NUMBER)


# -- back, out, to the end -----------------------------------------------------------------


def back(session: Session, world: World) -> Step | None:
    """To the question before; from the first one out, as the document says; None elsewhere."""
    page = session.page
    if not isinstance(page, Survey):
        return None
    before = answering.backward(_asking(session, page), world)
    if before is not None:
        return Step(show(session, replace(page, asking=before), world))
    facts = survey_facts(session, page, world)
    session = _prompted(_noted(session, facts, world), taken=bool(facts))
    return Step(moves.back(session, world), facts)


def _moved(session: Session, page: Survey, asking: Asking, world: World) -> Step:
    """Where a touch has led: another question, or the thanks."""
    page = replace(page, asking=asking)
    if not answering.is_over(asking):
        return Step(show(session, page, world))
    facts = survey_facts(session, page, world)
    answered = any(isinstance(fact, SurveyResponse) for fact in facts)
    paid = answered and session.visitor is not None
    document = asking.document
    thanks = SurveyThanks(document.id, document.reward_points if paid else 0, page.anonymous)
    return Step(show(_noted(session, facts, world), thanks, world), facts)


def _noted(session: Session, facts: tuple[Fact, ...], world: World) -> Session:
    """The session that remembers what the member was asked, so that it is not asked again."""
    session = repeats.noted(session, facts, world)
    for fact in facts:
        if isinstance(fact, SurveyAsked):
            session = remembered(session, fact.asked_id, ClaimKind.SURVEY, survey_word(fact))
        elif isinstance(fact, SurveyResponse) and not fact.anonymous:
            session = remembered(session, fact.response_id, ClaimKind.SURVEY, survey_word(fact))
    return session


def is_answering(session: Session) -> bool:
    """Whether somebody is in the middle of a survey, with a card or without."""
    return any(isinstance(page, Survey) for page in (*session.trail, session.page))

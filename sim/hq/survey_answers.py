"""Answers to surveys in a member's name, and what came of asking: kept, told, paid for once."""

from sqlalchemy import Connection, insert, select

from kiosk.model.answers import Came, SurveyAsked, SurveyResponse
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.verdicts import Outcome, Verdict
from sim.hq.answer_tables import survey_asked, survey_paid, survey_response
from sim.hq.care import Arrival, note
from sim.hq.database import insert_fresh
from sim.hq.days import day_in, local_time, stamp
from sim.hq.editions import edition, fit_of
from sim.hq.fitting import Given
from sim.hq.ledger import Booking, book
from sim.hq.purchases import last_day_of
from sim.hq.redeeming import card_trouble
from sim.hq.tables import purchase


def keep(connection: Connection, arrival: Arrival, fact: SurveyResponse) -> Verdict:
    """Take an answer in that says who gave it, or that nobody's card lay there; none is refused.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: the answer; anonymous ones go elsewhere (sim/hq/unnamed.py).
    """
    card_wrong = _is_wrong(connection, fact.member_id, fact.card_key)
    row = response_row(connection, arrival, fact) | {
        "language": fact.language.value,
        "seconds": dict(fact.seconds),
        "member_id": fact.member_id,
        "card_wrong": card_wrong,
        "purchase_id": fact.purchase,
        "kiosk_id": arrival.kiosk_id,
        "at": stamp(arrival.at),
    }
    connection.execute(insert(survey_response).values(row))
    if fact.member_id is None:
        return Verdict(outcome=Outcome.NOTED, as_of=arrival.now)
    if fact.complete and card_wrong is False:
        asked = (fact.survey_id, fact.survey_version, fact.purchase)
        pay_for(connection, arrival, fact.member_id, *asked)
    return note(connection, fact.member_id, arrival)


def response_row(
    connection: Connection, arrival: Arrival, fact: SurveyResponse
) -> dict[str, object]:
    """What is kept of any answer, anonymous or not."""
    at = local_time(arrival.content, arrival.at, arrival.store_id)
    given = Given(fact.answers, fact.complete, fact.language, at)
    fit, wrong = fit_of(connection, fact.survey_id, fact.survey_version, given)
    told = fact.model_dump(mode="json")
    names = ("response_id", "survey_id", "survey_version", "complete", "anonymous")
    return {name: told[name] for name in (*names, "answers", "flags")} | {
        "fit": fit.value,
        "misfits": list(wrong),
        "store_id": arrival.store_id,
        "day": arrival.day.isoformat(),
    }


def note_asked(connection: Connection, arrival: Arrival, fact: SurveyAsked) -> Verdict:
    """Remember that a member was asked; an anonymous answer is paid for by this alone.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: what came of it.
    """
    card_wrong = bool(_is_wrong(connection, fact.member_id, fact.card_key))
    row = {
        "asked_id": str(fact.asked_id),
        "member_id": fact.member_id,
        "survey_id": fact.survey_id,
        "survey_version": fact.survey_version,
        "purchase_id": fact.purchase,
        "came": fact.came.value,
        "card_wrong": card_wrong,
        "store_id": arrival.store_id,
        "day": arrival.day.isoformat(),
    }
    connection.execute(insert(survey_asked).values(row))
    if fact.came is Came.ANSWERED and not card_wrong:
        asked = (fact.survey_id, fact.survey_version, fact.purchase)
        pay_for(connection, arrival, fact.member_id, *asked)
    return note(connection, fact.member_id, arrival)


def _is_wrong(connection: Connection, member_id: str | None, card_key: str | None) -> bool | None:
    """Whether a card did not prove the member; None where there was no member to prove."""
    if member_id is None:
        return None
    return card_trouble(connection, member_id, card_key or "") is not None


def pay_for(
    connection: Connection,
    arrival: Arrival,
    member_id: str,
    survey_id: str,
    version: int,
    purchase_id: str | None,
) -> None:
    """Pay what the edition that was answered promises, once for each purchase.

    What does not fit the edition is paid for as well: the promise was on the screen, and HQ
    publishes the questions. A purchase that is not this member's earns nothing: one could
    invent as many as one likes.
    """
    answered = edition(connection, survey_id, version)
    if answered is None or not answered.reward_points:
        return
    if purchase_id is not None and not _is_theirs(connection, member_id, purchase_id):
        return
    row = {
        "member_id": member_id,
        "survey_id": survey_id,
        "purchase_id": purchase_id or "",
        "points": answered.reward_points,
        "day": arrival.day.isoformat(),
    }
    if insert_fresh(connection, survey_paid, row):
        pay_points(connection, arrival, member_id, answered.reward_points, LineReason.SURVEY)


def _is_theirs(connection: Connection, member_id: str, purchase_id: str) -> bool:
    mine = (purchase.c.purchase_id == purchase_id) & (purchase.c.member_id == member_id)
    return connection.execute(select(purchase.c.purchase_id).where(mine)).first() is not None


def pay_points(
    connection: Connection, arrival: Arrival, member_id: str, points: int, reason: LineReason
) -> None:
    """Book points that were earned at a kiosk; they lapse as those of a purchase do."""
    lapses_on, store_id = None, arrival.store_id
    if arrival.content is not None:
        today = day_in(arrival.content, arrival.now, store_id)
        lapses_on = last_day_of(arrival.content.on(today).programme, today)
    entry = Booking(
        LineKind.EARN, reason, points, arrival.now, store_id=store_id, lapses_on=lapses_on
    )
    book(connection, member_id, [entry], arrival.now)

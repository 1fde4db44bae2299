"""Profiles: every word about one is kept, what holds follows from all, stages pay once."""

from dataclasses import dataclass, fields
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from kiosk.content import Content
from kiosk.model.answers import ProfileAnswer
from kiosk.model.asking import Source
from kiosk.model.ledger import LineReason
from kiosk.model.text import Language
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.survey.profile import BIRTHDAY, NAME, Dossier, Field, stages_of
from kiosk.survey.told import Told
from sim.hq.answer_tables import profile_put_off, profile_said, profile_value, stage_paid
from sim.hq.care import Arrival, note
from sim.hq.database import insert_fresh
from sim.hq.days import local_time, stamp
from sim.hq.directory import touch
from sim.hq.editions import edition, newest_edition, profile_editions
from sim.hq.fitting import Fit, Given, fits_question
from sim.hq.ledger import require_member
from sim.hq.masking import field_of, shown
from sim.hq.members import set_birthday, set_name_once
from sim.hq.minors import as_birthday
from sim.hq.profile_fold import ANSWERED, CONFIRMED, Said, State, fold
from sim.hq.profile_rows import known_of
from sim.hq.redeeming import card_trouble
from sim.hq.survey_answers import pay_points
from sim.hq.tables import member

PHONE = "phone"
"""Stands for the kiosk of what was filled in on one's own phone."""

AT_HQ = "hq"
"""The same of what staff noted at HQ, or brought over from elsewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that does not come from a kiosk.

    Attributes:
        stage: id and version of the survey it was asked in.
        staff_id: who noted it, when staff did.
    """

    member_id: str
    field: str
    value: object
    language: Language
    source: Source = Source.MEMBER
    stage: tuple[str, int] | None = None
    staff_id: str | None = None


def keep(connection: Connection, arrival: Arrival, fact: ProfileAnswer) -> Verdict:
    """Write a word about a profile down, and let it hold.

    With a card that is not (any more) the member's nothing holds; nor does a value that its
    question would not take, nor another month of birth than HQ has: vouchers were given by it.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: what the member said; nobody in it is too young (sim/hq/minors.py).
    """
    trouble = card_trouble(connection, fact.member_id, fact.card_key)
    stage = (fact.survey_id, fact.survey_version)
    entry = Entry(fact.member_id, fact.field, fact.value, fact.language, stage=stage)
    row = _row(connection, arrival, entry)
    if fact.value is None:
        row |= {"said": CONFIRMED if fact.confirmed else str(fact.put_off), "value": None}
    row |= {"answer_id": str(fact.answer_id), "holds": row["holds"] and trouble is None}
    connection.execute(insert(profile_said).values(row))
    if row["holds"]:
        _let_hold(connection, arrival, entry)
    verdict = note(connection, fact.member_id, arrival)
    if row["holds"]:
        return verdict
    because = trouble or Because.NOT_OFFERED
    return verdict.model_copy(update={"outcome": Outcome.REFUSED, "because": because})


def enter(connection: Connection, arrival: Arrival, entry: Entry) -> bool:
    """Note a value that a member told on their phone, or staff at HQ; whether it holds.

    Args:
        connection: inside a write transaction.
        arrival: its kiosk is `PHONE` or `AT_HQ`; its sequence grows from word to word.
        entry: the value; nobody in it is too young.

    Raises:
        Refusal: 404 when there is no such member.
    """
    require_member(connection, entry.member_id)
    row = _row(connection, arrival, entry) | {"answer_id": str(uuid4())}
    connection.execute(insert(profile_said).values(row))
    if row["holds"]:
        _let_hold(connection, arrival, entry)
        touch(connection, [entry.member_id], arrival.now)
    return bool(row["holds"])


def _row(connection: Connection, arrival: Arrival, entry: Entry) -> dict[str, object]:
    """The row of `profile_said` for an answer."""
    survey_id, version = entry.stage or (None, None)
    fit = _fit(connection, arrival, entry)
    return {
        "member_id": entry.member_id,
        "field": entry.field,
        "said": ANSWERED,
        "value": entry.value,
        "source": entry.source.value,
        "staff_id": entry.staff_id,
        "survey_id": survey_id,
        "survey_version": version,
        "fit": fit.value,
        "holds": fit is not Fit.MISFIT and not _is_settled(connection, entry),
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "seq": arrival.seq,
        "at": stamp(arrival.at),
        "day": arrival.day.isoformat(),
    }


def _fit(connection: Connection, arrival: Arrival, entry: Entry) -> Fit:
    asked = edition(connection, *entry.stage) if entry.stage is not None else None
    if asked is None:
        return Fit.UNKNOWN
    at = local_time(arrival.content, arrival.at, arrival.store_id)
    if entry.value is None:
        return Fit.FITS if entry.field in asked.survey.questions() else Fit.MISFIT
    given = Given({entry.field: entry.value}, False, entry.language, at)
    return Fit.FITS if fits_question(asked, entry.field, given) else Fit.MISFIT


def _is_settled(connection: Connection, entry: Entry) -> bool:
    """Whether it is a day of birth that contradicts what HQ goes by."""
    born = as_birthday(entry.value) if entry.field == BIRTHDAY else None
    if born is None:
        return False
    theirs = profile_value.c.member_id == entry.member_id
    query = select(profile_value.c.value).where(theirs, profile_value.c.field == BIRTHDAY)
    before = connection.execute(query).scalar_one_or_none()
    mine = select(member.c.birth_month).where(member.c.member_id == entry.member_id)
    month = connection.execute(mine).scalar_one_or_none()
    return before not in (None, entry.value) or month not in (None, born.month)


def _let_hold(connection: Connection, arrival: Arrival, entry: Entry) -> None:
    """Bring what follows from the words up to date: values, the member's row, paid stages."""
    renew(connection, entry.member_id)
    if entry.field == NAME and isinstance(entry.value, str):
        set_name_once(connection, entry.member_id, entry.value)
    born = as_birthday(entry.value) if entry.field == BIRTHDAY else None
    if born is not None:
        set_birthday(connection, entry.member_id, born.month, arrival.now)
    _pay_stages(connection, arrival, entry)


def renew(connection: Connection, member_id: str) -> None:
    """Let the tables of values and refusals repeat what was said."""
    columns = [profile_said.c[one.name] for one in fields(Said)]
    theirs = (profile_said.c.member_id == member_id) & profile_said.c.holds.is_(True)
    states = fold(Said(*row) for row in connection.execute(select(*columns).where(theirs)))
    for table in (profile_value, profile_put_off):
        connection.execute(delete(table).where(table.c.member_id == member_id))
    values = [_value(connection, member_id, one) for one in states.values() if one.answer]
    refusals = [_refusal(member_id, one.put_off) for one in states.values() if one.put_off]
    for table, rows in ((profile_value, values), (profile_put_off, refusals)):
        if rows:
            connection.execute(insert(table), rows)


def _value(connection: Connection, member_id: str, state: State) -> dict[str, object]:
    said = state.answer
    assert said is not None
    return {
        "member_id": member_id,
        "field": said.field,
        "value": said.value,
        "shown": shown(_question(connection, said), said.value),
        "source": said.source,
        "staff_id": said.staff_id,
        "store_id": said.store_id,
        "told": said.day,
        "day": state.day,
        "confirmed": state.confirmed,
    }


def _question(connection: Connection, said: Said) -> Field | None:
    """The question that was answered, as HQ's newest edition has it."""
    newest = newest_edition(connection, said.survey_id) if said.survey_id is not None else None
    stages = [newest] if newest is not None else profile_editions(connection)
    return field_of(stages, said.field)


def _refusal(member_id: str, said: Said) -> dict[str, object]:
    return {"member_id": member_id, "field": said.field, "how": said.said, "day": said.day}


def _pay_stages(connection: Connection, arrival: Arrival, entry: Entry) -> None:
    """Pay for the stages of the profile that are finished now, each once."""
    if arrival.content is None:
        return
    dossier = dossier_of(connection, arrival, arrival.content, entry.member_id, entry.language)
    for stage in dossier.stages:
        row = {
            "member_id": entry.member_id,
            "survey_id": stage.id,
            "points": stage.reward_points,
            "day": arrival.day.isoformat(),
        }
        finished = dossier.open_fields(stage) and not dossier.missing(stage)
        if finished and insert_fresh(connection, stage_paid, row) and stage.reward_points:
            reason = LineReason.PROFILE
            pay_points(connection, arrival, entry.member_id, stage.reward_points, reason)


def dossier_of(
    connection: Connection,
    arrival: Arrival,
    content: Content,
    member_id: str,
    language: Language,
) -> Dossier:
    """The member's profile as a kiosk would see it with the row that HQ tells now."""
    told = known_of(connection, {member_id})[member_id]
    return Dossier(
        stages_of(content.surveys),
        Told(values={one.field: one for one in told.known}),
        local_time(content, arrival.at, arrival.store_id),
        arrival.day,
        language,
    )

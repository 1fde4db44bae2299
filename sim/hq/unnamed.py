"""Anonymous answers: counted once, and kept without anything that leads to who gave them.

They never enter the table `record`: there the kiosk, the sequence, the time and the place in the
order of coming would stand beside the member's own records. Of the answer itself HQ keeps what
was said, the store, and the week; not the language, of which a store may have one speaker a day,
and not the seconds, which the times of a visit and of what came of asking would betray.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from kiosk.model.answers import SurveyResponse
from kiosk.model.clock import ClockQuality
from kiosk.model.facts import Fact
from kiosk.model.wire import WireTime
from sim.hq.answer_tables import survey_response
from sim.hq.care import LONGEST_AWAY, Arrival
from sim.hq.digests import UNNAMED, unnamed_digest
from sim.hq.envelope import GoodRecord
from sim.hq.survey_answers import response_row


def is_unnamed(fact: Fact) -> bool:
    """Whether nobody may find out who said this."""
    return isinstance(fact, SurveyResponse) and fact.anonymous


def kept(connection: Connection, ids: set[str]) -> dict[str, str]:
    """Of these ids those of anonymous answers that HQ has, each with the number of what it says."""
    columns = [survey_response.c[name] for name in ("response_id", *UNNAMED)]
    anonymous = survey_response.c.anonymous.is_(True)
    query = select(*columns).where(survey_response.c.response_id.in_(ids), anonymous)
    rows = connection.execute(query).mappings() if ids else ()
    return {row["response_id"]: unnamed_digest(dict(row)) for row in rows}


def keep(connection: Connection, records: Sequence[tuple[GoodRecord, Arrival]]) -> dict[str, str]:
    """Keep anonymous answers that are new; their ids, each with the number of what it says.

    Args:
        connection: inside the transaction that takes the upload in.
        records: how each came; all anonymous and none of them kept before.
    """
    rows = [_row(connection, *one) for one in records]
    if rows:
        connection.execute(insert(survey_response), rows)
    return {str(record.wire.id): record.digest for record, _arrival in records}


def _row(connection: Connection, record: GoodRecord, arrival: Arrival) -> dict[str, object]:
    assert isinstance(record.fact, SurveyResponse)
    said = replace(arrival, at=_at(record.wire.occurred, arrival))
    return response_row(connection, said, record.fact) | {"day": week_of(said)}


def _at(occurred: WireTime, arrival: Arrival) -> datetime:
    """When it was given, as the kiosk has blurred it; never later than now.

    Only the wall clock is asked: how long ago it was on the clock that never jumps, the kiosk
    does not tell of these.
    """
    if occurred.clock is ClockQuality.UNSET:
        return arrival.now
    earliest = arrival.now - LONGEST_AWAY
    return min(max(occurred.wall, earliest), arrival.now).astimezone(arrival.now.tzinfo)


def week_of(arrival: Arrival) -> str:
    """The Monday of the week in which something was said."""
    return (arrival.day - timedelta(days=arrival.day.weekday())).isoformat()

"""What kiosks are told of a value of the profile: choices as they are, all else masked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from kiosk.survey.document import Document, Sensitivity
from kiosk.survey.profile import Field, fields_of, stages_of
from kiosk.survey.showing import HIDDEN, as_shown
from sim.hq.answer_tables import profile_value
from sim.hq.directory import touch
from sim.hq.segments import AT_ONCE, batched

LONGEST = 200
"""Of `Known.shown` (kiosk/model/asking.py)."""


def field_of(documents: Iterable[Document], name: str) -> Field | None:
    """The question of this name in the first document that has it."""
    return next((one for one in fields_of(documents) if one.name == name), None)


def shown(found: Field | None, value: object) -> str:
    """What may stand on a kiosk; of what is not known or is sensitive only that it is there."""
    if found is None or found.note.sensitivity is Sensitivity.SENSITIVE:
        return HIDDEN
    words = as_shown(found.question, found.note, value)
    return words if len(words) <= LONGEST else HIDDEN


def mask_anew(connection: Connection, new: Sequence[Document], now: datetime) -> None:
    """Let rows tell values as new editions of the profile call for.

    What HQ calls personal from today on must not stand open on kiosks until it is told again.
    """
    fields = {one.name: one for one in fields_of(stages_of(new))}
    columns = [profile_value.c[name] for name in ("member_id", "field", "value", "shown")]
    query = select(*columns).where(profile_value.c.field.in_(list(fields)))
    changed = [
        {"who": row.member_id, "name": row.field, "now": words}
        for row in (connection.execute(query) if fields else ())
        if (words := shown(fields[row.field], row.value)) != row.shown
    ]
    for part in batched(changed, AT_ONCE):
        mine = profile_value.c.member_id == bindparam("who")
        change = update(profile_value).where(mine, profile_value.c.field == bindparam("name"))
        connection.execute(change.values(shown=bindparam("now")), part)
        touch(connection, {str(one["who"]) for one in part}, now)

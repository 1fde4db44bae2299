"""Made-up profiles for some demo members: told at kiosks, noted by staff, checked again."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from kiosk.survey.document import Document
from kiosk.survey.profile import Field, fields_of, stages_of
from kiosk.survey.questions import ChoosingQuestion
from sim.hq.answer_tables import profile_said, profile_value
from sim.hq.days import stamp
from sim.hq.demo_answers import StoreMood, demo_answers, members_beside_the_tray
from sim.hq.figures import STORE_TIME
from sim.hq.masking import shown
from sim.hq.statistics.report import takes_several

SEED = "store kiosk demo profiles"
"""Changing it makes up other profiles."""

MOST = 900
"""Members who have told something."""

FIELDS = 4
"""Values of one member at most: no stage is finished, for that would earn points."""

BEFORE = 1_000_000
"""More than all that is made up."""

DAYS = 360
NOTED_BY_STAFF = 0.45
CHECKED_AFTER_DAYS = 40
CHECKED = 0.5
INVENTED = {"cy-03": 0.4}
STILL_RIGHT = 0.93
"""Shares: values that staff noted, that were checked later, that were still right then; and for
one member of staff those that were not, so that the board has something to tell."""


def fill_profiles(connection: Connection, surveys: Sequence[Document], today: date) -> None:
    """Make profiles up.

    Args:
        connection: inside the write transaction of seeding.
        surveys: that are published; the choices of their stages are told.
        today: the last day on which something was told.
    """
    fields = [
        one for one in fields_of(stages_of(surveys)) if isinstance(one.question, ChoosingQuestion)
    ]
    members = members_beside_the_tray(connection)[:MOST]
    if not fields or not members:
        return
    maker = _Maker(fields, today, Random(SEED))
    for member_id in members:
        maker.tell(member_id)
    connection.execute(insert(profile_said), maker.said)
    connection.execute(insert(profile_value), maker.values)


class _Maker:
    """Makes rows of both tables.

    Attributes:
        said: everything that was said, in order.
        values: what it comes to.
    """

    def __init__(self, fields: list[Field], today: date, random: Random) -> None:
        self._fields = fields
        self._today = today
        self._random = random
        self._stores = demo_answers().stores
        self.said: list[dict[str, Any]] = []
        self.values: list[dict[str, Any]] = []

    def tell(self, member_id: str) -> None:
        """One member's profile."""
        random = self._random
        store = random.choices(self._stores, [one.share for one in self._stores])[0]
        day = self._today - timedelta(days=random.randrange(1, DAYS))
        for field in random.sample(self._fields, random.randint(1, FIELDS)):
            by = random.choice(store.staff) if random.random() < NOTED_BY_STAFF else None
            self._tell(member_id, field, store, by, day)

    def _tell(
        self, member_id: str, field: Field, store: StoreMood, by: str | None, day: date
    ) -> None:
        random = self._random
        value = self._value(field)
        self._say(member_id, field, store, by, day, value)
        later = day + timedelta(days=CHECKED_AFTER_DAYS + random.randrange(40))
        confirmed, told, checked = 0, day, later <= self._today and random.random() < CHECKED
        if checked and random.random() < STILL_RIGHT - INVENTED.get(by or "", 0):
            self._say(member_id, field, store, None, later, None)
            confirmed = 1
        elif checked and (other := self._value(field)) != value:
            self._say(member_id, field, store, None, later, other)
            value, told, by = other, later, None
        self.values.append(
            {
                "member_id": member_id,
                "field": field.name,
                "value": value,
                "shown": shown(field, value),
                "source": "staff" if by else "member",
                "staff_id": by,
                "store_id": store.store,
                "told": told.isoformat(),
                "day": (later if confirmed else told).isoformat(),
                "confirmed": confirmed,
            }
        )

    def _before_all_kiosks(self) -> int:
        """Below every real sequence, and growing: what a kiosk says later holds."""
        return len(self.said) - BEFORE

    def _value(self, field: Field) -> Any:
        assert isinstance(field.question, ChoosingQuestion)
        chosen = self._random.choice(field.question.choices).value
        return [chosen] if takes_several(field.question) else chosen

    def _say(
        self, member_id: str, field: Field, store: StoreMood, by: str | None, day: date, value: Any
    ) -> None:
        random = self._random
        clock = time(random.randrange(10, 21), random.randrange(60), tzinfo=STORE_TIME)
        self.said.append(
            {
                "answer_id": str(UUID(int=random.getrandbits(128), version=4)),
                "member_id": member_id,
                "field": field.name,
                "said": "confirmed" if value is None else "answered",
                "value": value,
                "source": "staff" if by else "member",
                "staff_id": by,
                "survey_id": field.stage.id,
                "survey_version": field.stage.version,
                "fit": "fits",
                "holds": True,
                "kiosk_id": "hq" if by else store.kiosks[0],
                "store_id": store.store,
                "seq": self._before_all_kiosks(),
                "at": stamp(datetime.combine(day, clock)),
                "day": day.isoformat(),
            }
        )

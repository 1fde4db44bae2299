"""A made-up year of answers for the demo's stores: the same one every time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.model.answers import Flag
from kiosk.model.text import Identifier, Language
from sim.hq.answer_tables import survey_response
from sim.hq.days import stamp
from sim.hq.demo import FOLDER, tray_cards
from sim.hq.figures import DEMO_ANSWERS, STORE_TIME
from sim.hq.tables import member, meta, purchase

SEED = "store kiosk demo answers"
"""Changing it makes up other answers."""

WEEKS = 52

PER_MEMBER = 1.8
"""Answers to the survey after a purchase, for each demo member that is no tray's."""

MOST = 4000
"""Of them: enough for every chart; a million members must be seeded in time."""

ANONYMOUS = 0.25
LEFT = 0.11
REPEATED = 0.04
ANSWERS_NPS = 0.95
WRITE = 0.06
"""Shares of answers without a name, left half-way, too soon after another; of those with a
recommendation, and with a remark."""

SECONDS = {"ideas": 24.0, "suggestion": 24.0, "cause": 7.0, "in_use_problem": 6.0}
"""What half of the people take; 3.6 s for what needs one touch."""

CALLS = ({"contact_me": "no"}, {"contact_me": "yes", "phone": "13800000000"})
"""Whether somebody may be called; the number is nobody's."""

SHARES = {"post_purchase": 1.0, "follow_up": 0.22, "next_season": 0.12}
"""How often each of the demo's surveys was answered, beside the first."""

VERSIONS = {"post_purchase": 3, "follow_up": 1, "next_season": 1}
VOTE_WEEKS = 6


class StoreMood(BaseModel):
    """How a demo store does.

    Attributes:
        share: of all answers, in percent.
        mood: added to how content people are, about -1 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: Identifier
    share: int
    mood: float
    kiosks: tuple[Identifier, ...] = Field(min_length=1)
    staff: tuple[Identifier, ...] = Field(min_length=1)


class BadWeeks(BaseModel):
    """Weeks in which something went wrong in a store, so that the charts have a story."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: Identifier
    from_weeks_ago: int
    to_weeks_ago: int
    mood: float


class DemoAnswers(BaseModel):
    """The file `answers.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str
    stores: tuple[StoreMood, ...]
    bad_weeks: BadWeeks
    remarks: dict[Language, tuple[str, ...]]


def demo_answers() -> DemoAnswers:
    """How the demo's stores do."""
    text = (FOLDER / "answers.json").read_text(encoding="utf-8")
    return DemoAnswers.model_validate(json.loads(text))


def fill_answers(connection: Connection, today: date) -> None:
    """Make up answers, and who served at the purchases they are about.

    Args:
        connection: inside the write transaction of seeding.
        today: the last day of the year that is made up.
    """
    known, random = demo_answers(), Random(SEED)
    members = members_beside_the_tray(connection)
    if members:
        _name_staff(connection, known)
        rows = list(_Maker(connection, known, members, today, random).rows())
        connection.execute(insert(survey_response), rows)
    connection.execute(insert(meta).values(name=DEMO_ANSWERS, value=1))


def members_beside_the_tray(connection: Connection) -> list[str]:
    """Members whose cards nobody lays on a reader: the tray's people have answered nothing yet."""
    on_tray = sum(one.member is not None for one in tray_cards())
    query = select(member.c.member_id).order_by(member.c.member_id).offset(on_tray).limit(MOST)
    return list(connection.execute(query).scalars())


def _name_staff(connection: Connection, known: DemoAnswers) -> None:
    staff = {one.store: one.staff for one in known.stores}
    query = select(purchase.c.purchase_id, purchase.c.store_id).order_by(purchase.c.purchase_id)
    rows = [
        {"which": row.purchase_id, "who": staff[row.store_id][at % len(staff[row.store_id])]}
        for at, row in enumerate(connection.execute(query))
        if row.store_id in staff
    ]
    if rows:
        change = update(purchase).where(purchase.c.purchase_id == bindparam("which"))
        connection.execute(change.values(staff_id=bindparam("who")), rows)


@dataclass(frozen=True, slots=True)
class _Visit:
    """Somebody who answers: where, when, how content."""

    store: StoreMood
    day: date
    mood: float
    member_id: str
    purchase_id: str | None


class _Maker:
    """Makes rows of the table `survey_response`."""

    def __init__(
        self,
        connection: Connection,
        known: DemoAnswers,
        members: list[str],
        today: date,
        random: Random,
    ) -> None:
        self._known = known
        self._members = members
        self._today = today
        self._random = random
        self._bought = _purchases(connection, set(members))

    def rows(self) -> Iterator[dict[str, Any]]:
        """All of them, survey by survey."""
        base = min(MOST, PER_MEMBER * len(self._members))
        makers = {
            "post_purchase": (self._after_purchase, WEEKS),
            "follow_up": (self._follow_up, WEEKS),
            "next_season": (self._vote, VOTE_WEEKS),
        }
        for survey_id, (make, weeks) in makers.items():
            for _ in range(round(base * SHARES[survey_id])):
                visit = self._visit(weeks)
                answers = make(visit)
                kept = self._kept(answers)
                yield self._row(survey_id, visit, kept, complete=len(kept) == len(answers))

    def _visit(self, weeks: int) -> _Visit:
        random = self._random
        shares = [one.share for one in self._known.stores]
        store = random.choices(self._known.stores, shares)[0]
        day = self._today - timedelta(days=random.randrange(weeks * 7))
        bought = self._bought.get((store.store, day))
        if bought:
            purchase_id, member_id = bought.pop()
            return _Visit(store, day, self._mood(store, day), member_id, purchase_id)
        member_id = random.choice(self._members)
        return _Visit(store, day, self._mood(store, day), member_id, None)

    def _mood(self, store: StoreMood, day: date) -> float:
        """Content people, a little more so as the year goes on; and a store's bad weeks."""
        ago, bad = (self._today - day).days // 7, self._known.bad_weeks
        worse = store.store == bad.store and bad.to_weeks_ago <= ago <= bad.from_weeks_ago
        slowly = 0.3 * (WEEKS - ago) / WEEKS
        return self._random.gauss(1.0 + store.mood + slowly + (bad.mood if worse else 0), 0.9)

    def _after_purchase(self, visit: _Visit) -> dict[str, Any]:
        random = self._random
        answers: dict[str, Any] = {"overall": min(5, max(1, round(3.2 + visit.mood)))}
        if answers["overall"] <= 3:
            causes = ["product_quality", "service_attitude", "slow_aftersales", "changed_mind"]
            answers["cause"] = random.sample(causes, random.choice([1, 1, 2]))
            if {"product_quality", "slow_aftersales"} & set(answers["cause"]):
                answers |= random.choice(CALLS)
        if random.random() < ANSWERS_NPS:
            answers["nps"] = min(10, max(0, round(7.3 + 1.5 * visit.mood + random.gauss(0, 1))))
        return answers | self._remark("ideas")

    def _follow_up(self, visit: _Visit) -> dict[str, Any]:
        random = self._random
        brand = ["quality", "style", "value", "service", "unclear"]
        answers: dict[str, Any] = {
            "brand": random.choices(brand, [34, 28, 12, 18, 8])[0],
            "service": min(5, max(1, round(3.3 + visit.mood))),
            "in_use": random.choices(["good", "fine", "problem", "unused"], [46, 33, 13, 8])[0],
        }
        if answers["in_use"] == "problem":
            answers["in_use_problem"] = [random.choice(["colour", "shrunk", "seam", "feel"])]
        return answers | self._remark("suggestion")

    def _vote(self, _visit: _Visit) -> dict[str, Any]:
        choose = self._random.choices
        piece = choose(["scarf", "cardigan", "shirt", "coat"], [18, 41, 23, 18])[0]
        return {"piece": piece, "colour": choose(["pine", "camel", "blue", "rose"])[0]}

    def _remark(self, name: str) -> dict[str, str]:
        if self._random.random() >= WRITE:
            return {}
        language = self._random.choices(list(Language), [4, 1])[0]
        return {name: self._random.choice(self._known.remarks[language])}

    def _kept(self, answers: dict[str, Any]) -> dict[str, Any]:
        """What had been answered when somebody left half-way; mostly all of it."""
        if len(answers) < 2 or self._random.random() >= LEFT:
            return answers
        return dict(list(answers.items())[: self._random.randrange(1, len(answers))])

    def _row(
        self, survey_id: str, visit: _Visit, answers: dict[str, Any], *, complete: bool
    ) -> dict[str, Any]:
        random = self._random
        anonymous = random.random() < ANONYMOUS
        row: dict[str, Any] = {
            "response_id": str(UUID(int=random.getrandbits(128), version=4)),
            "survey_id": survey_id,
            "survey_version": VERSIONS[survey_id],
            "complete": complete,
            "anonymous": anonymous,
            "answers": answers,
            "flags": [Flag.RAPID_REPEAT.value] if random.random() < REPEATED else [],
            "fit": "fits",
            "misfits": [],
            "store_id": visit.store.store,
        }
        return row | (self._nobody(visit) if anonymous else self._named(visit, answers))

    def _nobody(self, visit: _Visit) -> dict[str, Any]:
        """What is kept of an anonymous answer (sim/hq/unnamed.py)."""
        monday = visit.day - timedelta(days=visit.day.weekday())
        nothing = ("language", "seconds", "member_id", "card_wrong", "purchase_id", "kiosk_id")
        return dict.fromkeys((*nothing, "at")) | {"day": monday.isoformat()}

    def _named(self, visit: _Visit, answers: dict[str, Any]) -> dict[str, Any]:
        random = self._random
        hour = random.choices(range(10, 21), [4, 6, 8, 7, 7, 8, 9, 10, 12, 10, 5])[0]
        clock = time(hour, random.randrange(60), random.randrange(60), tzinfo=STORE_TIME)
        return {
            "day": visit.day.isoformat(),
            "language": random.choices([one.value for one in Language], [5, 1])[0],
            "seconds": {name: self._seconds(name) for name in answers},
            "member_id": visit.member_id,
            "card_wrong": False,
            "purchase_id": visit.purchase_id,
            "kiosk_id": random.choice(visit.store.kiosks),
            "at": stamp(datetime.combine(visit.day, clock)),
        }

    def _seconds(self, name: str) -> float:
        return round(SECONDS.get(name, 3.6) * self._random.lognormvariate(0, 0.45), 1)


def _purchases(
    connection: Connection, members: set[str]
) -> dict[tuple[str, date], list[tuple[str, str]]]:
    """Purchases that can be asked about, by store and day."""
    query = select(purchase).order_by(purchase.c.purchase_id)
    found: dict[tuple[str, date], list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        if row.member_id in members:
            place = (row.store_id, date.fromisoformat(row.day))
            found.setdefault(place, []).append((row.purchase_id, row.member_id))
    return found

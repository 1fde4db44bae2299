"""What the tray's people were asked and have told before, so that their cards show it."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, insert, select

from kiosk.content import Content
from kiosk.model.answers import Application
from kiosk.model.asking import Source
from kiosk.model.cards import card_key
from kiosk.model.text import Language
from sim.hq import applications, profile
from sim.hq.answer_tables import survey_asked
from sim.hq.care import Arrival
from sim.hq.demo import AskedBefore, ToldBefore, tray_applicant
from sim.hq.figures import STORE_TIME
from sim.hq.people import DemoMember
from sim.hq.tables import purchase

STORE = "sh-ja-01"
KIOSK = "sh-ja-01-k1"
"""Where the tray's people were asked: the simulator's own kiosk (sim/demo/fleet.json)."""


def fill_tray(
    connection: Connection, content: Content, people: list[DemoMember], salt: bytes, now: datetime
) -> None:
    """Add what was asked and told before this day, and one application.

    Args:
        connection: inside a write transaction, after seeding.
        content: that is published.
        people: of the tray.
        salt: with which cards are looked up.
        now: HQ's time.
    """
    for one in people:
        for asked in one.person.asked:
            _ask(connection, content, one.member_id, asked, now)
        for place, told in enumerate(one.person.told, start=1):
            _tell(connection, content, one.member_id, told, place, now)
    _apply(connection, content, salt, now)


def _ask(
    connection: Connection, content: Content, who: str, asked: AskedBefore, now: datetime
) -> None:
    document = content.survey(asked.survey)
    if document is None:  # a rehearsal shows its own survey only
        return
    at = now - timedelta(days=asked.ago_days)
    row = {
        "asked_id": str(_id(f"asked/{who}/{asked.survey}")),
        "member_id": who,
        "survey_id": asked.survey,
        "survey_version": document.version,
        "purchase_id": _last_purchase(connection, who) if asked.about_purchase else None,
        "came": asked.came.value,
        "card_wrong": False,
        "store_id": STORE,
        "day": at.astimezone(STORE_TIME).date().isoformat(),
    }
    connection.execute(insert(survey_asked).values(row))


def _last_purchase(connection: Connection, who: str) -> str | None:
    mine = select(purchase.c.purchase_id).where(purchase.c.member_id == who)
    newest = mine.order_by(purchase.c.day.desc(), purchase.c.at.desc()).limit(1)
    return connection.execute(newest).scalar()


def _tell(
    connection: Connection, content: Content, who: str, told: ToldBefore, place: int, now: datetime
) -> None:
    entry = profile.Entry(who, told.field, told.value, Language.ZH, Source.MEMBER)
    profile.enter(connection, _came(content, profile.PHONE, place, told.ago_days, now), entry)


def _apply(connection: Connection, content: Content, salt: bytes, now: datetime) -> None:
    one = tray_applicant()
    fact = Application(
        application_id=_id(f"application/{one.uid}"),
        card_key=card_key(bytes.fromhex(one.uid), salt).hex(),
        name=one.name,
        phone=one.phone,
        born=one.born,
        text_version=content.care.contact.text_version,
        language=Language.ZH,
    )
    applications.take_in(connection, _came(content, KIOSK, 0, one.ago_days, now), fact)


def _came(content: Content, kiosk_id: str, seq: int, ago_days: int, now: datetime) -> Arrival:
    return Arrival(kiosk_id, STORE, seq, now - timedelta(days=ago_days), now, content)


def _id(what: str) -> UUID:
    """The same at every seeding."""
    return uuid5(NAMESPACE_URL, f"demo/{what}")

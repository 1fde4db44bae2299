"""People on their way into the directory: applicants, and what becomes of them as members."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import Connection, Row, insert, update

from kiosk.content import Content
from kiosk.model.asking import Source
from kiosk.model.care import Channel, Purpose
from kiosk.model.facts import ConsentChange, WishAbout
from kiosk.model.text import Language
from kiosk.survey.profile import BIRTHDAY, NAME, PHONE
from sim.hq import consents, profile
from sim.hq.care import Arrival
from sim.hq.days import day_in
from sim.hq.members import AT_ONCE
from sim.hq.naming import greeting
from sim.hq.tables import member

NO_TIER = "standard"
"""What an applicant's row names while nothing is published; no kiosk shows a tier of theirs."""


def lowest_tier(content: Content | None, day: date) -> str:
    """The tier of a new member."""
    return NO_TIER if content is None else content.on(day).programme.tiers[0].tier_id


def add_applicant(
    connection: Connection, name: str, language: Language | str, tier: str, now: datetime
) -> str:
    """A new row of the directory for who has only applied; the number drawn for it."""
    who = f"m-{uuid4().hex[:16]}"
    told = {"member_id": who, "full_name": name.strip(), "tier": tier, "language": str(language)}
    row = told | greeting(name) | {"as_of": now.isoformat()}
    connection.execute(insert(member).values(row | {"applied": True}))
    return who


def admit(connection: Connection, content: Content, row: Row[Any], now: datetime) -> None:
    """Make an applicant a member of the lowest tier, with what the application told.

    Args:
        connection: inside a write transaction.
        content: whose programme holds.
        row: the accepted application, with its member and card.
        now: HQ's time.
    """
    today = day_in(content, now, row.store_id)
    values = {
        "full_name": row.name.strip(),
        **greeting(row.name),
        "tier": lowest_tier(content, today),
        "joined_on": today.isoformat(),
        "home_store": row.store_id,
        "language": row.language,
        "as_of": now.isoformat(),
        "applied": False,
        "due": AT_ONCE,
    }
    connection.execute(update(member).where(member.c.member_id == row.member_id).values(values))
    _keep_profile(connection, content, row, now)
    if row.marketing:
        _keep_consents(connection, content, row, now)


def _keep_profile(connection: Connection, content: Content, row: Row[Any], now: datetime) -> None:
    told = {NAME: row.name, PHONE: row.phone, BIRTHDAY: row.born}
    language, said = Language(row.language), datetime.fromisoformat(row.at)
    for place, (name, value) in enumerate(told.items(), start=1):
        arrival = Arrival(profile.AT_HQ, row.store_id, place, said, now, content)
        profile.enter(
            connection,
            arrival,
            profile.Entry(row.member_id, name, value, language, Source.MEMBER),
        )


def _keep_consents(connection: Connection, content: Content, row: Row[Any], now: datetime) -> None:
    """The one tick of the application: promotions, by text message, as only the number is known."""
    said = datetime.fromisoformat(row.at)
    for place, purpose in enumerate(promotions(content), start=1):
        change = ConsentChange(
            consent_id=uuid5(NAMESPACE_URL, f"{row.application_id}/{purpose.purpose_id}"),
            member_id=row.member_id,
            card_key=row.card_key,
            about=WishAbout.CHANNEL,
            purpose_id=purpose.purpose_id,
            channel=Channel.SMS,
            granted=True,
            text_version=row.text_version,
            language=Language(row.language),
        )
        arrival = Arrival(profile.AT_HQ, row.store_id, place, said, now, content)
        consents.keep(connection, arrival, change)


def promotions(content: Content) -> list[Purpose]:
    """Purposes that the tick of an application grants."""
    purposes = content.care.contact.purposes
    return [one for one in purposes if one.promotion and Channel.SMS in one.channels]

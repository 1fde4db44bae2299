"""Contact wishes: every change is kept as it was said, and what holds now follows from all."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from itertools import islice

from sqlalchemy import Connection, delete, insert, select

from kiosk.model.facts import ConsentChange, WishAbout
from kiosk.model.verdicts import Outcome, Verdict
from sim.hq.care import Arrival, note
from sim.hq.care_tables import allowed, consent, contact
from sim.hq.database import upsert
from sim.hq.days import stamp
from sim.hq.order import in_order
from sim.hq.redeeming import card_trouble

MOST_GRANTS = 40
"""Purposes times channels that are kept of a member: twice what content can ask for. Beyond it
the newest count; a kiosk in wrong hands could otherwise make a row as long as it likes."""


@dataclass(frozen=True, slots=True)
class Said:
    """One change as the ledger has it.

    Attributes:
        seq: in the order of its kiosk.
        at: when it was said, as `sim.hq.days.stamp` writes it.
        granted: of do-not-disturb: whether it is on.
    """

    kiosk_id: str
    seq: int
    at: str
    about: str
    purpose_id: str | None
    channel: str | None
    granted: bool | None
    per_month: int | None
    hours: str | None
    text_version: int


Subject = tuple[str, str | None, str | None]
"""What a change is about: two changes of the same subject replace each other."""


def last_words(said: Iterable[Said]) -> dict[Subject, Said]:
    """The change that holds for each subject, in whatever order the changes came home.

    What one kiosk says goes by its sequence, whatever its wall clock did; between kiosks the
    later one holds, and a withdrawal when both are of the same moment.
    """
    by_kiosk: dict[tuple[Subject, str], tuple[str, Said]] = {}
    for at, one in in_order(said):
        by_kiosk[(one.about, one.purpose_id, one.channel), one.kiosk_id] = (at, one)
    found: dict[Subject, tuple[tuple[str, bool, str], Said]] = {}
    for (subject, kiosk_id), (at, one) in by_kiosk.items():
        place = (at, withdraws(one), kiosk_id)
        if subject not in found or place > found[subject][0]:
            found[subject] = (place, one)
    return {subject: one for subject, (_place, one) in found.items()}


def withdraws(change: Said | ConsentChange) -> bool:
    """Whether less may reach the member after it."""
    if change.about == WishAbout.DO_NOT_DISTURB:
        return change.granted is True
    return change.about == WishAbout.CHANNEL and change.granted is False


def flaw_of(change: ConsentChange) -> str:
    """What such a change must say and does not; empty when it says all."""
    channel = (change.purpose_id, change.channel)
    if change.about is WishAbout.CHANNEL and None in (*channel, change.granted):
        return "payload: says not which channel of which purpose, or whether"
    if change.about is WishAbout.DO_NOT_DISTURB and change.granted is None:
        return "payload.granted: is missing"
    return ""


def keep(connection: Connection, arrival: Arrival, change: ConsentChange) -> Verdict:
    """Write a change down, and let it hold; what content knows of does not matter for that.

    With a card that is not (any more) the member's, only a withdrawal holds.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        change: what the member said.
    """
    trouble = card_trouble(connection, change.member_id, change.card_key)
    holds = trouble is None or withdraws(change)
    connection.execute(insert(consent).values(_row(arrival, change) | {"holds": holds}))
    if holds:
        _renew(connection, change.member_id)
    verdict = note(connection, change.member_id, arrival)
    if holds:
        return verdict
    return verdict.model_copy(update={"outcome": Outcome.REFUSED, "because": trouble})


def _row(arrival: Arrival, change: ConsentChange) -> dict[str, object]:
    told = change.model_dump(mode="json", exclude={"kind", "card_key"})
    return told | {
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "seq": arrival.seq,
        "at": stamp(arrival.at),
        "received": stamp(arrival.now),
    }


def _renew(connection: Connection, member_id: str) -> None:
    """Bring what repeats the ledger up to date."""
    columns = [consent.c[one.name] for one in fields(Said)]
    query = select(*columns).where(consent.c.member_id == member_id, consent.c.holds.is_(True))
    held = last_words(Said(*row) for row in connection.execute(query))
    disturb, often, hours = (
        held.get((about.value, None, None))
        for about in (WishAbout.DO_NOT_DISTURB, WishAbout.PER_MONTH, WishAbout.HOURS)
    )
    row = {
        "member_id": member_id,
        "do_not_disturb": disturb is not None and disturb.granted is True,
        "per_month": often.per_month if often is not None else None,
        "hours": hours.hours if hours is not None else None,
    }
    upsert(connection, contact, [row])
    connection.execute(delete(allowed).where(allowed.c.member_id == member_id))
    if granted := _granted(held.values(), member_id):
        connection.execute(insert(allowed), granted)


def _granted(held: Iterable[Said], member_id: str) -> list[dict[str, object]]:
    """The channels that are granted, those said last if there are too many."""
    given = [one for one in held if one.about == WishAbout.CHANNEL and one.granted]
    newest = sorted(given, key=lambda one: (one.at, astuple(one)), reverse=True)
    names = ("purpose_id", "channel", "text_version", "at")
    return [
        {"member_id": member_id} | {name: getattr(one, name) for name in names}
        for one in islice(newest, MOST_GRANTS)
    ]

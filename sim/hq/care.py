"""What complaints, contact wishes and data requests share: their time, and what a row includes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from kiosk.content import Content
from kiosk.model.clock import ClockQuality
from kiosk.model.verdicts import Outcome, Verdict
from kiosk.model.wire import WireTime
from sim.hq.care_tables import noted
from sim.hq.database import upsert
from sim.hq.days import day_in
from sim.hq.directory import touch
from sim.hq.tables import member

LONGEST_AWAY = timedelta(days=3650)
"""A record that claims to be older says nothing of its age: no kiosk waits for ten years."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a record came.

    Attributes:
        kiosk_id: who sent it.
        store_id: where that kiosk stands.
        seq: its place in the order of that kiosk.
        at: when it was said, HQ's time.
        now: HQ's time.
        content: what is published; None while nothing is.
    """

    kiosk_id: str
    store_id: str
    seq: int
    at: datetime
    now: datetime
    content: Content | None

    @property
    def day(self) -> date:
        """The day in the store on which it was said."""
        if self.content is None:
            return self.at.date()
        return day_in(self.content, self.at, self.store_id)


def said_at(occurred: WireTime, sent: WireTime, now: datetime) -> datetime:
    """When something was said, by HQ's clock; never later than now.

    Within one boot the clock that never jumps tells how long ago it was; across boots the
    kiosk's wall clock does, if it was set.
    """
    earliest = now - LONGEST_AWAY
    if sent.boot_id == occurred.boot_id:
        age_s = max(0.0, sent.since_boot_s - occurred.since_boot_s)
        return now - timedelta(seconds=min(age_s, LONGEST_AWAY.total_seconds()))
    if occurred.clock is ClockQuality.UNSET:
        return now
    return min(max(occurred.wall, earliest), now).astimezone(now.tzinfo)


def note(connection: Connection, member_id: str, arrival: Arrival) -> Verdict:
    """Remember that the member's row includes this record, and say that HQ has it.

    A member HQ does not know has no row; the record is kept all the same.
    """
    known = select(member.c.member_id).where(member.c.member_id == member_id)
    if connection.execute(known).first() is not None:
        row = {"member_id": member_id, "kiosk_id": arrival.kiosk_id, "seq": arrival.seq}
        upsert(connection, noted, [row], only_if_higher="seq")
        touch(connection, [member_id], arrival.now)
    return Verdict(outcome=Outcome.NOTED, as_of=arrival.now)

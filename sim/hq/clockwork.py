"""What time alone brings: holds end, points lapse, vouchers come, months close, tiers end."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zlib import crc32

from sqlalchemy import Connection, Text, cast, or_, select, update

from kiosk.content import Content
from kiosk.model.ledger import LineKind, LineReason
from sim.hq.complaints import any_too_old, stop_telling
from sim.hq.database import upsert
from sim.hq.days import begin_of, day_in
from sim.hq.directory import touch
from sim.hq.ledger import Booking, book, due_by, entries_of, next_lapse
from sim.hq.lots import lapsed, lots_of
from sim.hq.members import AT_ONCE
from sim.hq.releasing import any_over, release_over
from sim.hq.segments import segment_members
from sim.hq.standing import renew
from sim.hq.state import Hq
from sim.hq.tables import kiosk, member, meta
from sim.hq.vouchers import give_due

log = logging.getLogger(__name__)

EVERY_S = 1.0
"""How often HQ looks; what is over by then was over a second ago at most."""

AT_A_TIME = 5
"""Members or holds in one transaction, so that wishes get in between: at a month's end of 2 000
members a verdict takes 0.2 s (median, 0.5 s at most) beside 0.9 s (1.6 s) with 50 at a time."""

SHARING = "sharing"
"""Counter in `meta` that stands for the rule of offline spending and the kiosks that share it."""

RULES = "rules"
"""Counter in `meta` that stands for the rules by which time alone gives tiers and vouchers."""

SEGMENTED = "segmented"
"""Counter in `meta`: the last month in which members were put into segments anew."""


def tick(hq: Hq, is_over: Callable[[], bool] = lambda: False) -> None:
    """Do everything that is due by HQ's time; a second time at the same time it does nothing.

    A member is led through one due day after the other, so that after a long pause everything
    has happened in the order and with the rules of its days. While nothing is due this asks
    a few short questions and writes nothing.

    Args:
        hq: whose clock tells the time.
        is_over: asked now and then; True ends the look early, the next one goes on from there.
    """
    content = hq.bundles.content()
    if content is None:
        return
    now = hq.now()
    today = day_in(content, now)
    _look_again_if_sharing_changed(hq, content, today)
    _look_again_if_rules_changed(hq, content, today)
    _segment_once_a_month(hq, today, now)
    _stop_telling_of_old_cases(hq, now)
    while not is_over():
        if not (_bring_members_to(hq, content, today) or _end_holds(hq, content, now)):
            return


@contextmanager
def ticking(hq: Hq, every_s: float = EVERY_S) -> Iterator[None]:
    """Let HQ's clock run while the block does."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(hq, stop, every_s), name="clockwork")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _run(hq: Hq, stop: threading.Event, every_s: float) -> None:
    well = True
    while not stop.wait(every_s):
        try:
            tick(hq, stop.is_set)
            well = True
        except Exception:  # whatever it is, the next look may go well, and uploads go on
            if well:
                log.exception("the clockwork failed")
            well = False


def _bring_members_to(hq: Hq, content: Content, today: date) -> bool:
    """Lead some of the members who are due to this day; whether there were any."""
    query = select(member.c.member_id).where(member.c.due <= today.isoformat())
    with hq.database.read() as connection:
        ids = connection.execute(query.order_by(member.c.due).limit(AT_A_TIME)).scalars().all()
    try:
        _bring(hq, content, ids, today)
    except Exception:  # one row that cannot be read must not hold up everybody behind it
        for member_id in ids:
            _bring_or_put_off(hq, content, member_id, today)
    return bool(ids)


def _bring(hq: Hq, content: Content, ids: Sequence[str], today: date) -> None:
    if not ids:
        return
    with hq.database.write() as connection:
        now = hq.now()  # not before: what is booked later is told as later
        for member_id in ids:
            _bring_to(connection, content, member_id, today, now)


def _bring_or_put_off(hq: Hq, content: Content, member_id: str, today: date) -> None:
    """Lead one member to this day; one who cannot be led is tried again tomorrow."""
    try:
        _bring(hq, content, [member_id], today)
    except Exception:
        log.exception("a member cannot be brought to this day; HQ tries again tomorrow")
        tomorrow = (today + timedelta(days=1)).isoformat()
        mine = update(member).where(member.c.member_id == member_id)
        with hq.database.write() as connection:
            connection.execute(mine.values(due=tomorrow))


def _bring_to(
    connection: Connection, content: Content, member_id: str, today: date, now: datetime
) -> None:
    due = select(member.c.due).where(member.c.member_id == member_id)
    while (text := connection.execute(due).scalar_one()) is not None:
        day = today if text == AT_ONCE else date.fromisoformat(text)
        if day > today:
            return
        _step(connection, content, member_id, day, now)


def _step(
    connection: Connection, content: Content, member_id: str, day: date, now: datetime
) -> None:
    """Everything that this day brings the member; their next due day lies after it."""
    begin = begin_of(content, day)
    release_over(connection, content, now, begin, None, member_id)
    mine = member.c.member_id == member_id
    connection.execute(update(member).where(mine).values(due=None))
    _let_lapse(connection, member_id, day, begin, now)
    rules = content.on(day).programme.vouchers
    row = connection.execute(select(member).where(mine)).one()
    if give_due(connection, row, rules, day):
        touch(connection, [member_id], now)
    renew(connection, member_id, content, day, now)
    lapse = next_lapse(row)
    if lapse is not None:
        due_by(connection, member_id, lapse)


def _let_lapse(
    connection: Connection, member_id: str, day: date, begin: datetime, now: datetime
) -> None:
    gone = lapsed(lots_of(entries_of(connection, member_id)), day)
    if gone:
        entry = Booking(LineKind.EXPIRE, LineReason.EXPIRY, -gone, begin)
        book(connection, member_id, [entry], now)


def _end_holds(hq: Hq, content: Content, now: datetime) -> bool:
    """Let go of some of the holds whose time is over; whether there were any."""
    with hq.database.read() as connection:
        if not any_over(connection, now):
            return False
    with hq.database.write() as connection:
        return release_over(connection, content, hq.now(), now, AT_A_TIME) > 0


def _stop_telling_of_old_cases(hq: Hq, now: datetime) -> None:
    with hq.database.read() as connection:
        if not any_too_old(connection, now):
            return
    with hq.database.write() as connection:
        stop_telling(connection, now)


def _segment_once_a_month(hq: Hq, today: date, now: datetime) -> None:
    month = today.year * 12 + today.month
    with hq.database.read() as connection:
        known = select(meta.c.value).where(meta.c.name == SEGMENTED)
        if connection.execute(known).scalar() == month:
            return
    with hq.database.write() as connection:
        segment_members(connection, today, now)
        upsert(connection, meta, [{"name": SEGMENTED, "value": month}])


def _look_again_if_rules_changed(hq: Hq, content: Content, today: date) -> None:
    """With other rules each member's next day is another one, and may be today."""
    rules = _rules(content, today)
    with hq.database.read() as connection:
        known = connection.execute(select(meta.c.value).where(meta.c.name == RULES)).scalar()
    if known == rules:
        return
    with hq.database.write() as connection:
        upsert(connection, meta, [{"name": RULES, "value": rules}])
        if known is None:  # a new database: who is in it was put there by these rules
            return
        told = or_(member.c.birth_month.is_not(None), member.c.joined_on.is_not(None))
        theirs = member.c.applied.is_(False) & (told | member.c.home_store.is_not(None))
        later = or_(member.c.due.is_(None), member.c.due > today.isoformat())
        connection.execute(update(member).where(theirs, later).values(due=today.isoformat()))


def _rules(content: Content, today: date) -> int:
    programme = content.on(today).programme
    tiers = [(one.tier_id, one.condition and one.condition.model_dump()) for one in programme.tiers]
    return crc32(f"{tiers} {programme.vouchers.model_dump_json()}".encode())


def _look_again_if_sharing_changed(hq: Hq, content: Content, today: date) -> None:
    """After a new rule of offline spending, or with other kiosks, shares are divided anew."""
    with hq.database.read() as connection:
        sharing = _sharing(connection, content, today)
        known = select(meta.c.value).where(meta.c.name == SHARING)
        if connection.execute(known).scalar() == sharing:
            return
    with hq.database.write() as connection:
        upsert(connection, meta, [{"name": SHARING, "value": sharing}])
        later = or_(member.c.due.is_(None), member.c.due > today.isoformat())
        theirs = update(member).where(member.c.home_store.is_not(None), later)
        if not content.on(today).programme.redeeming.offline.allowed:
            theirs = theirs.where(cast(member.c.allowance, Text) != "{}")
        connection.execute(theirs.values(due=today.isoformat()))


def _sharing(connection: Connection, content: Content, today: date) -> int:
    rule = content.on(today).programme.redeeming.offline.model_dump_json()
    here = select(kiosk.c.kiosk_id, kiosk.c.store_id).where(kiosk.c.revoked.is_(False))
    rows = connection.execute(here.order_by(kiosk.c.kiosk_id)).all()
    return crc32(f"{rule} {[tuple(row) for row in rows]}".encode())

"""Store-local days: what day it is in a store, and when a day begins there."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from kiosk.content import Content


def zone_of(content: Content, store_id: str | None = None) -> ZoneInfo:
    """The time zone of a store.

    Args:
        content: with the chain's stores.
        store_id: None for what concerns no store: then the chain's first store, as for a
            store that is unknown (any more); UTC for a chain without stores.
    """
    known = content.store(store_id) if store_id is not None else None
    stores = (known,) if known is not None else content.stores
    return ZoneInfo(stores[0].time_zone) if stores else ZoneInfo("UTC")


def day_in(content: Content, now: datetime, store_id: str | None = None) -> date:
    """The day it is in a store, see `zone_of`."""
    return now.astimezone(zone_of(content, store_id)).date()


def local_time(content: Content | None, moment: datetime, store_id: str | None = None) -> datetime:
    """What a clock on a store's wall shows at this moment; as it is while nothing is published."""
    return moment if content is None else moment.astimezone(zone_of(content, store_id))


def begin_of(content: Content, day: date) -> datetime:
    """The first moment of this day for what concerns no store, in UTC."""
    return datetime.combine(day, time(), zone_of(content)).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """The same day of a later month (an earlier one if negative), or that month's last day."""
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    last = monthrange(year, index + 1)[1]
    return date(year, index + 1, min(day.day, last))


def stamp(moment: datetime) -> str:
    """The moment as a text that sorts by time: UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

"""HQ's clock, which a technician may run forward to see what time brings."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from sim.hq.database import Database, upsert
from sim.hq.tables import meta

AHEAD = "ahead_s"
"""Counter in `meta`: seconds the clock was run forward; it must never go back to before them."""


def utc_now() -> datetime:
    """The time of this machine's clock."""
    return datetime.now(UTC)


class Clock:
    """The time HQ goes by: a clock, and how far it was run forward; safe to use in any thread.

    Args:
        base: a clock in UTC.
        database: remembers how far it was run forward.
    """

    def __init__(self, base: Callable[[], datetime], database: Database) -> None:
        self._base = base
        self._database = database
        self._lock = threading.Lock()
        with database.read() as connection:
            query = select(meta.c.value).where(meta.c.name == AHEAD)
            self._ahead = timedelta(seconds=connection.execute(query).scalar() or 0)

    def __call__(self) -> datetime:
        """HQ's time, in UTC."""
        return self._base() + self._ahead

    def forward(self, by: timedelta) -> None:
        """Run the clock forward by so many whole seconds, also for the time after a restart."""
        with self._lock, self._database.write() as connection:
            ahead = self._ahead + max(by, timedelta())
            row = {"name": AHEAD, "value": int(ahead.total_seconds())}
            upsert(connection, meta, [row])
            self._ahead = ahead

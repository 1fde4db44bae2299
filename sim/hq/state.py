"""Everything one running HQ is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sim.hq.bundles import Bundles
from sim.hq.database import Database
from sim.hq.faults import FaultBox
from sim.hq.snapshots import Snapshots


def utc_now() -> datetime:
    """The time of HQ's own clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Hq:
    """One HQ, opened.

    Attributes:
        now: HQ's clock, in UTC.
    """

    database: Database
    snapshots: Snapshots
    bundles: Bundles
    faults: FaultBox
    now: Callable[[], datetime]

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def open_hq(
    url: str,
    folder: Path,
    now: Callable[[], datetime] = utc_now,
) -> Hq:
    """Open HQ's database and the folders of its files.

    Args:
        url: SQLAlchemy address of the database.
        folder: where snapshots and bundles are kept.
        now: HQ's clock, in UTC.
    """
    database = Database(url)
    snapshots = Snapshots(folder / "snapshots", database)
    bundles = Bundles(folder / "content", database)
    return Hq(database, snapshots, bundles, FaultBox(), now)

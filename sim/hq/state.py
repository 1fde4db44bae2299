"""Everything one running HQ is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim.hq.bundles import Bundles
from sim.hq.clock import Clock, utc_now
from sim.hq.database import Database
from sim.hq.faults import FaultBox
from sim.hq.pins import Keyring
from sim.hq.redeeming import Court
from sim.hq.snapshots import Snapshots


@dataclass(frozen=True, slots=True)
class Hq:
    """One HQ, opened.

    Attributes:
        now: HQ's time in UTC; a technician may run it forward.
        keys: that open members' PINs.
        fleet_salt: what only HQ and the fleet's kiosks know.
        address: of HQ as a member's phone finds it, for links to its forms; "" for none.
    """

    database: Database
    snapshots: Snapshots
    bundles: Bundles
    faults: FaultBox
    now: Clock
    keys: Keyring
    fleet_salt: bytes
    address: str = ""

    def court(self) -> Court:
        """What HQ judges wishes by, now."""
        return Court(self.bundles.content())

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def open_hq(
    url: str,
    folder: Path,
    now: Callable[[], datetime] = utc_now,
    fleet_salt: bytes = b"",
    address: str = "",
) -> Hq:
    """Open HQ's database and the folders of its files.

    Args:
        url: SQLAlchemy address of the database.
        folder: where snapshots and bundles are kept.
        now: the machine's clock, in UTC.
        fleet_salt: what only HQ and the fleet's kiosks know; empty where no code of an offline
            kiosk will be collected.
        address: of HQ as a member's phone finds it; "" offers no forms there.

    Raises:
        ConfigError: the file of keys is damaged, or the database is an earlier version's.
    """
    database = Database(url)
    snapshots = Snapshots(folder / "snapshots", database)
    bundles = Bundles(folder / "content", database)
    keys = Keyring(folder / "pin-keys.json")
    here = Clock(now, database)
    return Hq(database, snapshots, bundles, FaultBox(), here, keys, fleet_salt, address)

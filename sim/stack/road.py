"""The kiosk's end of the road to HQ, read from the folder that kiosk and kiosk-sync share."""

import contextlib
from pathlib import Path
from threading import Lock

from kiosk.exceptions import StoreError
from kiosk.store.outbox import Outbox
from kiosk.sync.status import STATUS_FILE, SyncStatus, read_status
from sim.panel.ports import RoadSight, RoadUnknown


class DataFolder:
    """Looks into the data folder; safe to use from any thread."""

    def __init__(self, data_dir: Path) -> None:
        """Nothing is opened yet.

        Args:
            data_dir: `[kiosk] data_dir` of the kiosk.
        """
        self._data_dir = data_dir
        self._outbox: Outbox | None = None
        self._lock = Lock()

    def status(self) -> SyncStatus:
        """What kiosk-sync says of the road; all empty before its first word."""
        return read_status(self._data_dir / STATUS_FILE) or SyncStatus()

    def look(self) -> RoadSight:
        """What waits, and how uploads go; see `sim.panel.ports.Road`."""
        status = self.status()
        with self._lock:
            try:
                pending = self._opened().pending()
            except StoreError as problem:
                self._forget()
                raise RoadUnknown(str(problem)) from problem
        return RoadSight(
            waiting=pending.count,
            dead=pending.dead,
            error=status.error,
            last_contact=status.last_contact,
            next_try=status.next_try,
        )

    def close(self) -> None:
        """Close the outbox."""
        with self._lock:
            self._forget()

    def _opened(self) -> Outbox:
        if self._outbox is None:
            self._outbox = Outbox.open(self._data_dir / "outbox.db")
        return self._outbox

    def _forget(self) -> None:
        outbox, self._outbox = self._outbox, None
        if outbox is not None:
            # What has failed may refuse to close as well; the next look opens it anew.
            with contextlib.suppress(StoreError):
                outbox.close()

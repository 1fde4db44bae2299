"""What the screen and the technician need to know of the road to HQ, in one small file."""

import contextlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

STATUS_FILE = "sync-status.json"
"""Name of the file in the data folder."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something from HQ that was not taken; it is not fetched again until HQ replaces it.

    Attributes:
        what: "content", "directory", or "directory rows" for single members.
        version: HQ's name of it.
        digest: BLAKE2b-256 of the file HQ announced, hex; empty for rows.
        reason: why, for the technician.
        product: version of the product that refused; another one may take it.
    """

    what: str
    version: str
    digest: str
    reason: str
    product: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The state of the road to HQ; empty values mean "never" or "none".

    Attributes:
        reachable: whether the newest exchange got a usable answer.
        last_contact: wall time of the newest usable answer.
        error: what is wrong now, one sentence; empty when all is well.
        next_try: wall time of the next attempt of what failed.
        directory_as_of: wall time at which the directory held everything HQ had.
        clock_ahead_s: our wall clock minus HQ's, in seconds, at the last contact.
        refusals: what was fetched and not taken.
    """

    reachable: bool = False
    last_contact: datetime | None = None
    error: str = ""
    next_try: datetime | None = None
    directory_as_of: datetime | None = None
    clock_ahead_s: float | None = None
    refusals: tuple[Refusal, ...] = ()

    def refusal_of(self, what: str) -> Refusal | None:
        """What was refused of this sort, if anything."""
        return next((refusal for refusal in self.refusals if refusal.what == what), None)


def read_status(path: Path) -> SyncStatus | None:
    """The status in this file; None when there is none or it cannot be understood."""
    try:
        return _from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    except (OverflowError, RecursionError):  # a number no float holds; nested without end
        return None


def write_status(path: Path, status: SyncStatus) -> None:
    """Replace the file whole.

    It is not forced to disk: after a power cut the old status or none is as good.

    Raises:
        OSError: the folder does not take it.
    """
    part = path.with_suffix(".tmp")
    try:
        part.write_text(json.dumps(asdict(status), default=datetime.isoformat, indent=1))
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _from_json(values: dict[str, Any]) -> SyncStatus:
    return SyncStatus(
        reachable=values["reachable"] is True,
        last_contact=_time(values["last_contact"]),
        error=str(values["error"]),
        next_try=_time(values["next_try"]),
        directory_as_of=_time(values["directory_as_of"]),
        clock_ahead_s=_number(values["clock_ahead_s"]),
        refusals=tuple(Refusal(**refusal) for refusal in values["refusals"]),
    )


def _time(value: str | None) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone cannot be compared with any other")
    return moment


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)

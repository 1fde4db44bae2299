"""What is said about the queue of records: the fate of one, the state of all."""

from dataclasses import dataclass

from kiosk.model.clock import Instant
from kiosk.model.verdicts import Verdict
from kiosk.model.wire import Fate


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of one waiting record.

    Attributes:
        fate: accepted and duplicate remove it, rejected keeps it as a dead letter, retry
            leaves it waiting and counts the try.
        reason: why, for the technician; never a word of the record's content.
        verdict: HQ's word on what the record asked for; kept with its claim.
    """

    fate: Fate
    reason: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """How much the queue holds.

    Attributes:
        count: records waiting for HQ.
        oldest: when the longest waiting record occurred; None when nothing waits.
        dead: records HQ will not take, kept for the technician.
    """

    count: int
    oldest: Instant | None
    dead: int

"""Pages of care: complaints, wishes about messages, requests about own data."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Complaint:
    """What went wrong, with a card or without.

    Attributes:
        feedback_id: of the record; drawn at the first cause. From then on it is a complaint,
            however the page is left, unless the way back takes it away.
        reasons: of the cause, in the order they were touched.
    """

    feedback_id: UUID | None = None
    cause_id: str = ""
    reasons: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    call_me: bool = False
    staff_now: bool = False


@dataclass(frozen=True, slots=True)
class Thanks:
    """A complaint was taken; what it was about stands no longer anywhere.

    Attributes:
        call_me, staff_now: what was asked for, so that it can be promised.
    """

    call_me: bool = False
    staff_now: bool = False


@dataclass(frozen=True, slots=True)
class Cases:
    """How far the member's complaints have come, one a sheet."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What may reach the member; each touch is kept at once.

    Attributes:
        saved: whether something was changed here and is on disk.
        saved_at: the store's wall clock then; None while it cannot be believed.
    """

    saved: bool = False
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyData:
    """Asking HQ about one's own data, and how far earlier requests have come.

    Attributes:
        erasing: whether the member is being asked if it shall really be erased.
    """

    erasing: bool = False

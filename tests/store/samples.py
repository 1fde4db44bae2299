"""Records and rows for the store's tests."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from kiosk.model.answers import SurveyResponse
from kiosk.model.cards import CardKey
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.facts import DeviceEvent, Visit
from kiosk.model.nameless import NamelessRecord, nameless_record
from kiosk.model.queue import Settlement
from kiosk.model.records import NewRecord, Priority, new_record
from kiosk.model.text import Language
from kiosk.model.verdicts import ClaimKind, Outcome, Verdict
from kiosk.model.wire import Fate
from kiosk.store.claims import NewClaim
from tests.factories import member

AT = Instant(
    wall=datetime(2026, 11, 21, 6, 20, tzinfo=UTC),
    boot_id="6a3b8f2e-0000-4000-8000-000000000001",
    since_boot_s=12.5,
    quality=ClockQuality.SYNCED,
)

ACCEPTED = Settlement(Fate.ACCEPTED)
REJECTED = Settlement(Fate.REJECTED, "schema: points")
RETRY = Settlement(Fate.RETRY, "quota")

_entropy = itertools.count(1)


def record(priority: Priority = Priority.BACKGROUND, at: Instant = AT, size: int = 20) -> NewRecord:
    """A record with an id of its own; the priority decides its kind."""
    entropy = next(_entropy).to_bytes(10, "big")
    if priority is Priority.NORMAL:
        fact: DeviceEvent | Visit = Visit(
            member_id="m-1",
            card_key="00" * 16,
            language=Language.ZH,
            directory_as_of="2026-11-21T06:20:00+00:00",
        )
    else:
        fact = DeviceEvent(what="card-unknown", detail="x" * size)
    made = new_record(fact, at, entropy)
    return NewRecord(made.id, made.kind, made.kind_version, priority, at, made.payload)


def nameless(
    at: Instant = AT, survey_id: str = "after", *, complete: bool = True
) -> NamelessRecord:
    """Somebody answered, and will not say who they are."""
    fact = SurveyResponse(
        response_id=uuid4(),
        survey_id=survey_id,
        survey_version=3,
        language=Language.ZH,
        complete=complete,
        anonymous=True,
        answers={"overall": 2},
        seconds={"overall": 3.4},
    )
    return nameless_record(fact, at)


def wish(member_id: str = "m-1", points: int = 2_400) -> NewClaim:
    """A member asks for the tote."""
    return NewClaim(ClaimKind.REDEMPTION, member_id, key(1), "canvas-tote", points)


def asking() -> NewRecord:
    """A record that goes first, as those do that ask for something."""
    return record(Priority.NOW)


def held(code: str = "482916", holds_for_s: float = 900) -> Settlement:
    """HQ holds what was asked for."""
    verdict = Verdict(
        outcome=Outcome.HELD, code=code, holds_for_s=holds_for_s, balance=10_280, as_of=AT.wall
    )
    return Settlement(Fate.ACCEPTED, verdict=verdict)


def later(seconds: float, at: Instant = AT) -> Instant:
    """The same clock so many seconds on."""
    wall, since_boot_s = at.wall + timedelta(seconds=seconds), at.since_boot_s + seconds
    return replace(at, wall=wall, since_boot_s=since_boot_s)


def rebooted(seconds: float, quality: ClockQuality = ClockQuality.SYNCED) -> Instant:
    """The same after a restart of the machine."""
    wall = AT.wall + timedelta(seconds=seconds)
    return Instant(wall, str(UUID(int=2)), 3.0, quality)


def key(number: int) -> CardKey:
    """The key of the card with this number."""
    return CardKey(number.to_bytes(16, "big"))


def row(number: int, points: int = 100) -> bytes:
    """A directory row as HQ writes it."""
    return member(member_id=f"m-{number}", points=points).model_dump_json().encode()


def as_it_is(_: CardKey, row: bytes) -> bytes:
    """Rows of these tests are not sealed."""
    return row


def ticking(start: datetime = AT.wall) -> Callable[[], datetime]:
    """A wall clock that stands still."""
    return lambda: start

"""What a profile comes to, from everything that was said about it, in whatever order it came."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.hq.order import in_order

ANSWERED = "answered"
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Said:
    """One word about one question, as the table `profile_said` has it."""

    kiosk_id: str
    seq: int
    at: str
    day: str
    field: str
    said: str
    value: object
    source: str
    staff_id: str | None
    store_id: str
    survey_id: str | None
    survey_version: int | None


@dataclass(frozen=True, slots=True)
class State:
    """How one question stands.

    Attributes:
        answer: the one that holds; None before there is one.
        day: of that answer or its last confirmation.
        confirmed: how often it was called still right since.
        put_off: the refusal that holds; None after an answer.
    """

    answer: Said | None = None
    day: str = ""
    confirmed: int = 0
    put_off: Said | None = None


def fold(said: Iterable[Said]) -> dict[str, State]:
    """How each question stands, by its name.

    What one kiosk says goes by its sequence, whatever its wall clock did; between kiosks by time.
    A confirmation before any answer says nothing: nobody knows of what.
    """
    found: dict[str, State] = {}
    for _at, _kiosk_id, _seq, one in _by_time(said):
        found[one.field] = _after(found.get(one.field, State()), one)
    return found


def _by_time(said: Iterable[Said]) -> list[tuple[str, str, int, Said]]:
    rows = [(at, one.kiosk_id, one.seq, one) for at, one in in_order(said)]
    return sorted(rows, key=lambda row: row[:3])


def _after(state: State, one: Said) -> State:
    match one.said:
        case "answered":
            return State(one, one.day)
        case "confirmed" if state.answer is not None:
            day = max(state.day, one.day)
            return State(state.answer, day, state.confirmed + 1)
        case "later" | "never":
            return replace(state, put_off=one)
        case _:
            return state

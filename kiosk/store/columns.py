"""From a column's value to ours, for rows that a damaged disk may have changed."""

from datetime import datetime
from typing import TypeVar

from kiosk.model.clock import ClockQuality, Instant
from kiosk.store.sqlite import Value

T = TypeVar("T")


def as_(kind: type[T], value: Value) -> T:
    """The value, which must be of this kind.

    Raises:
        TypeError: it is of another.
    """
    if not isinstance(value, kind):
        raise TypeError
    return value


def text(value: Value) -> str:
    """Text that was read as bytes: one spoilt letter then costs one row, not all of them.

    Raises:
        TypeError: it is no text.
        ValueError: it is not UTF-8.
    """
    return as_(bytes, value).decode()


def instant(wall: Value, boot_id: Value, since_boot_s: Value, clock: Value) -> Instant:
    """A moment of four columns.

    Raises:
        TypeError, ValueError: it is none.
    """
    return Instant(
        wall=datetime.fromisoformat(text(wall)),
        boot_id=text(boot_id),
        since_boot_s=as_(float, since_boot_s),
        quality=ClockQuality(text(clock)),
    )

"""The order in which things were said, whatever the order in which they came home."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Something that was said at a kiosk."""

    @property
    def kiosk_id(self) -> str:
        """Where."""

    @property
    def seq(self) -> int:
        """Its place in the order of its kiosk."""

    @property
    def at(self) -> str:
        """When, as `sim.hq.days.stamp` writes it."""


One = TypeVar("One", bound=Placed)


def in_order(said: Iterable[One]) -> Iterator[tuple[str, One]]:
    """Each word with its time, kiosk by kiosk; it never falls within the sequence of one kiosk."""
    latest: dict[str, str] = {}
    for one in sorted(said, key=lambda each: (each.kiosk_id, each.seq)):
        at = max(one.at, latest.get(one.kiosk_id, ""))
        latest[one.kiosk_id] = at
        yield at, one

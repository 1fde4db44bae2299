"""Everything HQ publishes, as one whole that is valid together."""

from dataclasses import dataclass

from kiosk.model.programme import Attract, Programme, Reward, Store


@dataclass(frozen=True, slots=True)
class Content:
    """One published version; every cross reference in it has been checked.

    Attributes:
        version: HQ's number of this bundle, growing.
    """

    version: int
    programme: Programme
    rewards: tuple[Reward, ...]
    stores: tuple[Store, ...]
    attract: Attract

    def store(self, store_id: str) -> Store | None:
        """The store with this id, or None when HQ does not know it."""
        return next((store for store in self.stores if store.store_id == store_id), None)

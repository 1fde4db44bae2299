"""Everything HQ publishes, as one whole that is valid together."""

from dataclasses import dataclass, replace
from datetime import date

from kiosk.model.attract import Attract
from kiosk.model.care import Care
from kiosk.model.programme import Programme, Reward, Store
from kiosk.survey.document import Document


@dataclass(frozen=True, slots=True)
class Content:
    """One published version; every cross reference in it has been checked.

    Attributes:
        version: HQ's number of this bundle, growing.
        programme: the edition that holds.
        coming: the edition that takes its place on its first day, published ahead.
        surveys: every one that is offered, in HQ's order.
    """

    version: int
    programme: Programme
    rewards: tuple[Reward, ...]
    stores: tuple[Store, ...]
    attract: Attract
    care: Care
    coming: Programme | None = None
    surveys: tuple[Document, ...] = ()

    def on(self, day: date | None) -> "Content":
        """The same with the edition of the programme that holds on this store-local day.

        Args:
            day: None while the clock cannot be believed: then nothing new begins.
        """
        first = self.coming.effective_from if self.coming is not None else None
        if self.coming is None or day is None or first is None or day < first:
            return self
        return replace(self, programme=self.coming, coming=None)

    def reward(self, reward_id: str) -> Reward | None:
        """The reward with this id, or None when it is not offered (any more)."""
        return next((one for one in self.rewards if one.reward_id == reward_id), None)

    def survey(self, survey_id: str) -> Document | None:
        """The survey with this id, or None when it is not offered (any more)."""
        return next((one for one in self.surveys if one.id == survey_id), None)

    def store(self, store_id: str) -> Store | None:
        """The store with this id, or None when HQ does not know it."""
        return next((store for store in self.stores if store.store_id == store_id), None)

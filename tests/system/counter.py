"""The counter of the town's store: it sells, takes back and hands out through HQ's handlers."""

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.model.members import CardStatus
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.members import set_card_status
from sim.hq.pins import set_pin
from sim.hq.till_wire import Handed, TillCollection, TillPurchase, TillRefund
from tests.factories import STORE
from tests.hq.office import PIN, QUICK
from tests.system.town import TOKEN, Town, key_of


@dataclass
class Counter:
    """A till; what it asks for it sometimes asks twice, as tills do when an answer is late.

    Attributes:
        purchases: what can still be refunded of each, in fen.
        paid_with: collected rewards with money, by member, that no purchase belongs to yet.
    """

    town: Town
    purchases: dict[UUID, int] = field(default_factory=dict)
    paid_with: dict[str, list[UUID]] = field(default_factory=dict)

    def buy(self, member_id: str, yuan: int, number: int = 1) -> None:
        """A purchase; every third one belongs to a collected reward, if there is one."""
        open_ones = self.paid_with.get(member_id, [])
        reward = open_ones.pop() if open_ones and number % 3 == 0 else None
        body = TillPurchase(
            id=self.fresh_id(),
            member_id=member_id,
            receipt="R-1",
            purchase_fen=yuan * 100,
            redemption_id=reward,
        )
        told = self.town.tills.purchase(STORE, body, TOKEN)
        assert self.town.tills.purchase(STORE, body, TOKEN) == told
        self.purchases[body.id] = body.purchase_fen

    def refund(self, number: int, whole: bool) -> None:
        """Some purchase, whole or half of what is left of it."""
        purchase_id = list(self.purchases)[number % len(self.purchases)]
        left = self.purchases[purchase_id]
        fen = left if whole or left == 1 else left // 2
        body = TillRefund(
            id=self.fresh_id(), purchase_id=purchase_id, receipt="R-2", refund_fen=fen
        )
        told = self.town.tills.refund(STORE, body, TOKEN)
        assert self.town.tills.refund(STORE, body, TOKEN) == told
        self.purchases[purchase_id] -= fen
        if self.purchases[purchase_id] == 0:
            del self.purchases[purchase_id]

    def collect(self, code: str) -> Handed:
        """Hand out what waits under a code.

        Raises:
            Refusal: nothing does.
        """
        body = TillCollection(id=self.fresh_id(), code=code)
        handed = self.town.tills.collect(STORE, body, TOKEN)
        assert self.town.tills.collect(STORE, body, TOKEN) == handed
        self._remember(handed)
        return handed

    def collect_by_card(self, member_id: str) -> Handed | None:
        """Hand out the first thing that waits for a member; None when nothing does."""
        try:
            known = self.town.tills.member(STORE, key_of(member_id), TOKEN)
            if not known.waiting:
                return None
            wanted = known.waiting[0].redemption_id
            body = TillCollection(
                id=self.fresh_id(), card_key=key_of(member_id), redemption_id=wanted
            )
            handed = self.town.tills.collect(STORE, body, TOKEN)
        except Refusal as refusal:
            if refusal.status in (403, 410):  # the card is lost, or its time was over just now
                return None
            raise
        self._remember(handed)
        return handed

    def fresh_id(self) -> UUID:
        """An id for a request."""
        return UUID(bytes=self.town.chance.randbytes(16))

    def _remember(self, handed: Handed) -> None:
        if handed.cash_fen and handed.member_id and handed.redemption_id:
            self.paid_with.setdefault(handed.member_id, []).append(handed.redemption_id)


def give_pin(town: Town, member_id: str) -> None:
    """The counter sets the PIN anew, after staff have seen an identity card."""
    with town.hq.database.write() as connection:
        set_pin(connection, member_id, PIN, QUICK)
        touch(connection, [member_id], town.clock())


def mark_card(town: Town, member_id: str, status: CardStatus) -> None:
    """The card is lost, or found again."""
    with town.hq.database.write() as connection:
        set_card_status(connection, member_id, status, town.clock())

"""Finds the records that make HQ refuse a whole upload, by halving. Pure."""

from uuid import UUID

from kiosk.sync.batch import Batch


class Sieve:
    """One batch on its way, in as many uploads as it takes.

    A batch that HQ refuses as a whole is sent again in halves, down to single records. A
    single record that is refused is only suspected: when HQ understood no part of the batch,
    an upload without records is sent last, so that a fault in what stands around the
    records, or in HQ, never condemns them.
    """

    def __init__(self, batch: Batch) -> None:
        self._parts = [batch]
        self._suspects: dict[UUID, int] = {}
        self._understood = False

    @property
    def part(self) -> Batch | None:
        """What to send next; empty for the upload without records; None when all is known."""
        return self._parts[-1] if self._parts else None

    @property
    def condemned(self) -> dict[UUID, int]:
        """The records HQ cannot take, with HQ's status code; known once `part` is None."""
        return self._suspects if self.part is None and self._understood else {}

    def understood(self) -> None:
        """HQ understood the part and gave its word on each record in it."""
        self._parts.pop()
        self._understood = True

    def refused(self, status: int) -> bool:
        """HQ refused the part as a whole; False when the records cannot be the reason."""
        part = self._parts.pop()
        if len(part) > 1:
            middle = len(part) // 2
            self._parts += [part[middle:], part[:middle]]
            return True
        self._suspects.update({record.id: status for record in part})
        if part and not self._parts and not self._understood:
            self._parts = [()]
        return bool(part)

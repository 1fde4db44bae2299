"""HQ as kiosk-sync sees it, without a network between: to be cut, or to lose an answer."""

from collections.abc import Callable
from datetime import datetime

from kiosk.exceptions import CursorGone, HqUnreachable
from kiosk.model.wire import Changes, SnapshotManifest, Upload, UploadAnswer
from kiosk.sync.ports import Told, Wanted
from sim.hq.directory import changes_since
from sim.hq.envelope import open_envelope
from sim.hq.errors import Refusal
from sim.hq.ingest import take_in
from tests.system.town import Town

PIECE_BYTES = 1 << 20


class Link:
    """The road of one kiosk; requests and answers pass as the JSON they are.

    Attributes:
        up: whether anything passes.
        answers_to_lose: so many uploads are committed and their answer is lost.
        heard: told of each usable answer, as kiosk-sync's own client does.
    """

    def __init__(
        self,
        town: Town,
        heard: Callable[[datetime | None], None],
        answered: Callable[[UploadAnswer], None],
    ) -> None:
        self.up = True
        self.answers_to_lose = 0
        self.heard = heard
        self._town = town
        self._answered = answered

    def upload(self, upload: Upload) -> UploadAnswer:
        """As in `RecordsHq`."""
        self._pass()
        opened = open_envelope(upload.model_dump_json().encode(), "identity")
        results = take_in(self._town.hq, opened)
        self._town.committed(upload, results)
        if self.answers_to_lose:
            self.answers_to_lose -= 1
            raise HqUnreachable("the answer is lost")
        told = UploadAnswer(results=results, server_time=self._town.clock())
        answer = UploadAnswer.model_validate_json(told.model_dump_json())
        self.heard(None)
        self._answered(answer)
        return answer

    def changes(self, cursor: int) -> Told:
        """As in `DirectoryHq`."""
        self._pass()
        try:
            told = changes_since(self._town.hq.database, cursor)
        except Refusal as refusal:
            raise CursorGone(str(refusal)) from refusal
        self.heard(None)
        return Told(Changes.model_validate_json(told.model_dump_json(by_alias=True)))

    def snapshot_manifest(self) -> SnapshotManifest:
        """As in `DirectoryHq`."""
        self._pass()
        self.heard(None)
        return self._town.hq.snapshots.current()

    def snapshot_piece(self, name: str, offset: int, wanted: Wanted) -> bytes:
        """As in `DirectoryHq`."""
        self._pass()
        self.heard(None)
        whole = self._town.hq.snapshots.offer(name).path.read_bytes()
        return whole[offset : offset + PIECE_BYTES]

    def _pass(self) -> None:
        if not self.up:
            raise HqUnreachable("the link is down")

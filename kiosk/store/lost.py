"""A mark that this kiosk may have forgotten what it promised, until HQ has told everything anew."""

from pathlib import Path

from kiosk.exceptions import StoreFailed
from kiosk.store.tinyfile import Create, FileSteps, Remove, Step, SyncFolder, perform_on_disk


class LostClaims:
    """The mark beside the outbox, set by whoever finds claims or members' rows gone.

    Claims lost with a damaged outbox, and rows fallen back to a time before claims that were
    forgotten since, both let a balance look larger than it is. HQ judges that; but a kiosk
    that gives out by itself would give the same points out twice. The directory's next full
    exchange with HQ makes it good: its rows then include all that HQ has heard of.
    """

    def __init__(self, outbox: Path, perform: FileSteps = perform_on_disk) -> None:
        """Nothing is read yet.

        Args:
            outbox: the queue the claims lie in.
            perform: performs the steps on the disk; where tests cut the power.
        """
        self._path = outbox.with_suffix(".lost")
        self._perform = perform

    @property
    def noted(self) -> bool:
        """Whether the mark stands; one stat."""
        return self._path.exists()

    def note(self) -> None:
        """Set the mark; it is on disk when this returns.

        Raises:
            StoreFailed: the disk refused.
        """
        self._do(Create(self._path, b""))

    def made_good(self) -> None:
        """Take the mark away.

        Raises:
            StoreFailed: the disk refused; the mark may still stand.
        """
        self._do(Remove(self._path))

    def _do(self, step: Step) -> None:
        try:
            self._perform(step)
            self._perform(SyncFolder(self._path.parent))
        except OSError as error:
            raise StoreFailed(f"{self._path.name}: {error}") from error

"""A disk that can lose its power: notes what was written and flushed, builds what a cut leaves."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR_BYTES = 512
"""What a disk writes whole: a longer write may be torn between two of these."""


@dataclass(frozen=True)
class Wrote:
    """Bytes written at an offset, not yet flushed."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file cut to a size, not yet flushed."""

    name: str
    size: int


@dataclass(frozen=True)
class Flushed:
    """A file whose bytes are on disk now."""

    name: str


@dataclass(frozen=True)
class Deleted:
    """A name that is gone."""

    name: str


@dataclass(frozen=True)
class Promised:
    """Not of the disk: the moment a caller was told something."""

    what: str


Deed = Wrote | Cut | Flushed | Deleted | Promised


@dataclass
class Trace:
    """Everything that happened to the files of one folder, in order.

    Attributes:
        lies: whether flushes are to be believed; a trace that lies proves the test can fail.
        fault_on_write, fault_on_flush: raised when set; the disk refuses.
        amid_write: called once, in the middle of the next write to a database.
    """

    deeds: list[Deed] = field(default_factory=list)
    lies: bool = False
    fault_on_write: apsw.Error | None = None
    fault_on_flush: apsw.Error | None = None
    amid_write: Callable[[], None] | None = None

    def left_after(self, count: int, chance: random.Random) -> dict[str, bytes]:
        """The files a power cut after this many deeds may leave.

        What was flushed is there. Each later write is there, is missing, or is torn.
        """
        solid: dict[str, bytearray] = {}
        loose: dict[str, list[Wrote | Cut]] = {}
        for deed in self.deeds[:count]:
            match deed:
                case Wrote(name) | Cut(name):
                    solid.setdefault(name, bytearray())
                    loose.setdefault(name, []).append(deed)
                case Flushed(name) if not self.lies:
                    for one in loose.pop(name, []):
                        _do(solid[name], one)
                case Deleted(name):
                    solid.pop(name, None)
                    loose.pop(name, None)
        for name, deeds in loose.items():
            for deed in deeds:
                for part in _survivors(deed, chance):
                    _do(solid[name], part)
        return {name: bytes(content) for name, content in solid.items()}

    def promised(self, count: int) -> tuple[list[str], str]:
        """What had been promised by then, and what was about to be."""
        before = [deed.what for deed in self.deeds[:count] if isinstance(deed, Promised)]
        after = (deed.what for deed in self.deeds[count:] if isinstance(deed, Promised))
        return before, next(after, "")


def _survivors(deed: Wrote | Cut, chance: random.Random) -> list[Wrote | Cut]:
    fate = chance.random()
    if fate < 0.4:
        return []
    if fate < 0.7 or isinstance(deed, Cut):
        return [deed]
    return [
        Wrote(deed.name, deed.offset + at, deed.data[at : at + SECTOR_BYTES])
        for at in range(0, len(deed.data), SECTOR_BYTES)
        if chance.random() < 0.5
    ]


def _do(content: bytearray, deed: Wrote | Cut) -> None:
    match deed:
        case Wrote(_, offset, data):
            content.extend(bytes(max(0, offset + len(data) - len(content))))
            content[offset : offset + len(data)] = data
        case Cut(_, size):
            del content[size:]


class _TracedFile(apsw.VFSFile):
    def __init__(self, trace: Trace, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        whole = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._trace = trace
        self._name = Path(whole or "").name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- SQLite's own name
        if self._trace.fault_on_write:
            raise self._trace.fault_on_write
        if self._name.endswith(".db") and self._trace.amid_write:
            meanwhile, self._trace.amid_write = self._trace.amid_write, None
            meanwhile()
        self._trace.deeds.append(Wrote(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 -- SQLite's own name
        self._trace.deeds.append(Cut(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 -- SQLite's own name
        if self._trace.fault_on_flush:
            raise self._trace.fault_on_flush
        super().xSync(flags)
        self._trace.deeds.append(Flushed(self._name))


class _TracedDisk(apsw.VFS):
    def __init__(self, name: str, trace: Trace) -> None:
        self._trace = trace
        super().__init__(name, "")

    def xOpen(  # noqa: N802 -- SQLite's own name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        return _TracedFile(self._trace, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 -- SQLite's own name
        self._trace.deeds.append(Deleted(Path(filename).name))
        super().xDelete(filename, syncdir)


@contextmanager
def traced_disk(name: str) -> Iterator[Trace]:
    """A SQLite file system of this name that notes what is done to it."""
    trace = Trace()
    disk = _TracedDisk(name, trace)
    try:
        yield trace
    finally:
        disk.unregister()

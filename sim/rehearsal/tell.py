"""Says in plain lines what a rehearsal brought to light."""

from collections.abc import Iterator

from sim.rehearsal.report import Rehearsal


def lines(done: Rehearsal) -> Iterator[str]:
    """What the check said, then what the walks and the pictures add to it."""
    yield from done.said
    for name in done.unseen:
        yield f"no answer that was tried leads to the question `{name}`"
    for one in done.drawn:
        for words in one.cut:
            yield f"{one.file.name}: no room for {words}"
    if done.index is not None:
        yield f"{len(done.drawn)} pictures: {done.index.resolve().as_uri()}"

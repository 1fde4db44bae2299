"""A virtual reader for the tests of drivers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.pn532 import VirtualReader


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[VirtualReader]:
    """A virtual reader, plugged in."""
    with VirtualReader(tmp_path / "reader") as reader:
        yield reader

"""Keeps charts by what they show: a page names them, a browser fetches them once."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sim.hq.charts.shapes import WIDTHS_PX, Chart, Size, height_px

if TYPE_CHECKING:
    from sim.hq.charts.house import House

KEPT = 400
"""Charts: those of some twenty pages; 40 kB each when drawn."""

DIGEST_BYTES = 12


@dataclass(frozen=True, slots=True)
class Hung:
    """A chart on a page.

    Attributes:
        width_px, height_px: of the picture, so that the page does not jump when it comes.
        phone_*: the same for a phone.
    """

    address: str
    width_px: int
    height_px: int
    phone_address: str
    phone_width_px: int
    phone_height_px: int


class Gallery:
    """The charts of the pages that were shown last.

    matplotlib is imported with the first picture, not with HQ: it takes half a second.

    Args:
        kept: how many charts at most.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._charts: OrderedDict[str, tuple[Chart, int]] = OrderedDict()
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._house: House | None = None

    def hang(self, chart: Chart, size: Size) -> Hung:
        """Keep a chart for the browser that will ask for it."""
        big, small = WIDTHS_PX[size], WIDTHS_PX[Size.PHONE]
        return Hung(
            self._keep(chart, big),
            big,
            height_px(chart, big),
            self._keep(chart, small),
            small,
            height_px(chart, small),
        )

    def _keep(self, chart: Chart, width_px: int) -> str:
        name = blake2b(f"{width_px} {chart!r}".encode(), digest_size=DIGEST_BYTES).hexdigest()
        with self._lock:
            self._put(self._charts, name, (chart, width_px))
        return f"/charts/{name}.svg"

    def svg(self, name: str) -> bytes | None:
        """The picture of this name; None when no page has named it lately.

        Raises:
            FontMissing: the screen's fonts were not fetched.
        """
        with self._lock:  # matplotlib does not draw in two threads at once
            if name in self._charts and name not in self._drawn:
                chart, width_px = self._charts[name]
                self._put(self._drawn, name, self._draw(chart, width_px))
            return self._drawn.get(name)

    def _draw(self, chart: Chart, width_px: int) -> bytes:
        from sim.hq.charts.draw import as_svg, draw
        from sim.hq.charts.house import House

        if self._house is None:
            self._house = House()
        return as_svg(draw(self._house, chart, width_px))

    def _put(self, kept: OrderedDict[str, Any], name: str, one: Any) -> None:
        """Keep it as the newest; the oldest goes when there are too many."""
        kept[name] = one
        kept.move_to_end(name)
        while len(kept) > self._kept:
            kept.popitem(last=False)

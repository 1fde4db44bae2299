"""Whether the panel is what the configuration says, and large enough for fingers and eyes."""

import math
from collections.abc import Iterator

from kiosk.check.finding import Finding, care, fine, stop
from kiosk.config.sections import ScreenSection
from kiosk.ui.metrics import Metrics

NAME = "panel"
MM_PER_INCH = 25.4

TARGET_MM = 20
"""Height of a button at true size (docs/design.md, measures)."""

CAPITAL_MM = 6.1
"""Height of a capital in running text at true size (EN 301 549, 5.1.4, at 500 mm)."""

USABLE_TARGET_MM = 10
"""Below this, touching is slow and often wrong (Colle and Hiszem 2004)."""

AS_GOOD_AS_TRUE = 0.97
"""A share of the true size that nobody notices; panels differ by more from their diagonal."""

Size = tuple[int, int]


def judge(screen: ScreenSection, found: Size | None) -> Iterator[Finding]:
    """What the size of the panel means.

    Args:
        found: the panel's own size in pixels, None when no screen was found.
    """
    wanted = (screen.width_px, screen.height_px)
    if any(wanted) and found and wanted != found:
        yield care(
            NAME,
            f"[screen] says {_pixels(wanted)} pixels, the panel has {_pixels(found)}",
            "the picture is stretched or cut",
            "set width_px and height_px to the panel's, or both to 0",
        )
    size = wanted if any(wanted) else found
    if size is None:
        yield care(NAME, "its size is not known", "sizes cannot be judged", "mend the screen first")
    else:
        yield judge_size(screen, size)


def judge_size(screen: ScreenSection, size: Size) -> Finding:
    """Whether the design fits at true size, and how small it becomes."""
    width, height = reversed(size) if screen.rotate_deg in (90, 270) else size
    px_per_mm = math.hypot(width, height) / (screen.diagonal_inch * MM_PER_INCH)
    factor = Metrics(width, height, px_per_mm).factor
    glass = (
        f"{width} × {height} pixels on {screen.diagonal_inch:g} inches"
        f" ({width / px_per_mm:.0f} × {height / px_per_mm:.0f} mm)"
    )
    if factor >= AS_GOOD_AS_TRUE:
        return fine(NAME, f"{glass}: everything is drawn at its true size")
    target, capital = TARGET_MM * factor, CAPITAL_MM * factor
    what = f"{glass} is too small: everything is drawn at {factor:.0%} of its true size"
    means = (
        f"buttons are {target:.1f} mm high instead of {TARGET_MM},"
        f" capitals {capital:.1f} mm instead of {CAPITAL_MM}"
    )
    do = "check diagonal_inch; a panel of 21.5 inches is what the screens are made for"
    if target < USABLE_TARGET_MM:
        return stop(NAME, what, f"{means}: many members can neither read nor hit them", do)
    return care(NAME, what, means, do)


def _pixels(size: Size) -> str:
    return f"{size[0]} × {size[1]}"

"""Whether the screen's font is there in every weight and has the characters of names."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.check.finding import Finding, care, fine, stop
from kiosk.check.glyphs import has_glyphs
from kiosk.exceptions import KioskError
from kiosk.ui.fonts import font_file
from kiosk.ui.theme import Weight

NAME = "fonts"

EVERYDAY = "会员积分兑换生日优惠券完成返回投诉，。！？「」¥·0123456789ABCabc"
"""Characters without which no screen can be read."""

RARE = "喆䶮㛃堃玥甯"
"""Characters of real names that small fonts lack."""


def judge(folder: Path) -> Iterator[Finding]:
    """Everything about the fonts in the folder."""
    files: list[Path] = []
    for weight in Weight:
        try:
            files.append(font_file(folder, weight))
        except KioskError as error:
            do = f"python -m kiosk.ui.fetch_fonts --into {folder}"
            yield stop(NAME, str(error), "the kiosk cannot start", do)
            return
    for file in files:
        problem = _problem(file)
        if problem:
            yield problem
            return
    yield fine(NAME, f"{len(files)} weights in {folder}, everyday and rare characters drawn")


def _problem(file: Path) -> Finding | None:
    again = f"remove {file.parent} and fetch the fonts again"
    try:
        drawn = has_glyphs(file, EVERYDAY + RARE)
    except (OSError, ValueError) as error:
        return stop(NAME, f"{file} cannot be read: {error}", "the kiosk cannot start", again)
    if lacking := "".join(sorted(set(EVERYDAY) - drawn)):
        return stop(NAME, f"{file.name} lacks {lacking}", "members see empty boxes", again)
    if lacking := "".join(sorted(set(RARE) - drawn)):
        means = "some members' names show empty boxes"
        return care(NAME, f"{file.name} lacks {lacking}", means, again)
    return None

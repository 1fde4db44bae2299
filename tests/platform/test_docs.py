"""What the project says of itself is true: links, files, settings, commands, named failures."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import exceptions
from kiosk.config.sections import settings
from kiosk.exceptions import KioskError

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"


def told(page: Path, pattern: str) -> list[str]:
    """Everything on a page that this pattern finds."""
    return re.findall(pattern, page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    """Whoever wants to know more would stand before a closed door."""
    targets = told(page, r"\]\(([^)#]+)\)") + told(page, r'<img src="([^"]+)"')
    own = [target for target in targets if not target.startswith("https://")]
    assert [target for target in own if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    """A file that was renamed sends the next engineer looking for a ghost."""
    named = told(page, r"`((?:kiosk|sim|tests|bench|systemd|docs|images)/[\w./-]*)`")
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_that_are_named_exist(page: Path) -> None:
    """A technician would write a key that the kiosk refuses."""
    known = settings()
    named = told(page, r"`\[(\w+)\] (\w+)")
    assert [pair for pair in named if pair[1] not in known.get(pair[0], {})] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_has_every_target_that_is_named(page: Path) -> None:
    """The first command a newcomer types would fail."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert set(told(page, r"(?:^ *|`)make ([a-z-]+)$")) <= targets
    assert set(told(page, r"`make ([a-z-]+)")) <= targets


def test_both_readmes_say_the_same() -> None:
    """A Chinese reader would try a command that was dropped, or never hear of a new one."""
    for pattern in (r"^```\n(.*)\n```", r"`([^`\n]+)`", r"^(#+) "):
        assert sorted(told(CHINESE, pattern)) == sorted(told(ENGLISH, pattern))


def test_the_tree_of_failures_is_the_one_that_is_drawn() -> None:
    """Whoever catches a branch of it would miss a leaf that stands elsewhere."""
    drawn = re.findall(r"^([│ ├└─]*)(\w+)", inspect.getdoc(exceptions) or "", re.MULTILINE)
    start = next(at for at, (_, name) in enumerate(drawn) if name == "KioskError")
    assert [(len(rails) // 4, name) for rails, name in drawn[start:]] == list(tree(KioskError))


def tree(root: type[KioskError], depth: int = 0) -> Iterator[tuple[int, str]]:
    """The classes of `kiosk.exceptions` below this one, each with its depth, as they stand."""
    yield depth, root.__name__
    for one in root.__subclasses__():
        if one.__module__ == exceptions.__name__:
            yield from tree(one, depth + 1)

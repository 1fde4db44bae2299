"""The page's files: what they name exists, and both languages say everything."""

import re
from pathlib import Path

import pytest

from kiosk.art import ART_DIR
from kiosk.model.kinds import Kind
from kiosk.ui.theme import Weight
from sim.panel.app import STATIC

SCRIPTS = sorted(STATIC.glob("*.js"))
PAGE = (STATIC / "index.html").read_text("utf-8")


def words(language: str) -> dict[str, str]:
    """The keys of one language in words.js, each with the line it stands on."""
    text = (STATIC / "words.js").read_text("utf-8")
    block = re.search(rf"^  {language}: {{(.*?)^  }},", text, re.DOTALL | re.MULTILINE)
    assert block
    found = re.findall(r'(?:^|[,{]\s)\s*(?:"([\w.-]+)"|(\w+)): (?="|\()', block[1], re.MULTILINE)
    return {quoted or plain: "" for quoted, plain in found}


def test_both_languages_have_the_same_words() -> None:
    """Otherwise switching the language would show keys instead of words."""
    assert len(words("en")) > 40
    assert words("en").keys() == words("zh").keys()


def test_every_word_the_page_asks_for_exists() -> None:
    """Otherwise a label would be its own key."""
    asked = set(re.findall(r'data-t="([^"]+)"', PAGE))
    for script in SCRIPTS:
        asked |= set(re.findall(r'\bt\("([\w.-]+)"', script.read_text("utf-8")))
    assert len(asked) > 25
    assert asked <= words("en").keys()


def test_every_kind_of_record_has_a_word_and_a_shape() -> None:
    """A survey that HQ received would stand there as `survey_response`, without an icon."""
    script, style = ((STATIC / name).read_text("utf-8") for name in ("side.js", "panel.css"))
    assert {kind.value for kind in Kind} <= words("en").keys()
    icons = re.findall(r'(\w+): "([\w-]+)"', script.split("const ICONS")[1].split("};")[0])
    assert {kind for kind, _ in icons} == {kind.value for kind in Kind} - {"visit"}
    assert [icon for _, icon in icons if f".{icon} {{ --shape" not in style] == []


@pytest.mark.parametrize("path", [STATIC / "panel.css", STATIC / "index.html", *SCRIPTS])
def test_every_file_that_is_named_exists(path: Path) -> None:
    """Otherwise an icon, a script or a style would be missing from the page."""
    text = path.read_text("utf-8")
    icons = re.findall(r"/icons/([\w.-]+)", text)
    files = re.findall(r"/static/([\w.-]+)", text) + re.findall(r'from "\./([\w.-]+)"', text)
    weights = re.findall(r"/fonts/(\w+)", text)
    assert [name for name in weights if int(name) not in {one.value for one in Weight}] == []
    assert [name for name in icons if not (ART_DIR / "icons" / name).is_file()] == []
    assert [name for name in files if not (STATIC / name).is_file()] == []


def test_every_place_a_script_looks_for_is_on_the_page() -> None:
    """Otherwise the page would stop at its first look."""
    ids = set(re.findall(r'\bid="([\w-]+)"', PAGE))
    for script in SCRIPTS:
        text = script.read_text("utf-8")
        asked = set(re.findall(r'(?:getElementById|byId)\("([\w-]+)"\)', text))
        assert asked <= ids, script.name

"""The words: the same in both languages, in the house's voice, none unused."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.ui.languages import WORDS_DIR, Words, load
from tests.golden.shots import every_way, standing_only
from tests.screens.glasses import GLASSES, STANDING

ZH, EN = load("zh-CN"), load("en")
BOTH = pytest.mark.parametrize("words", [ZH, EN], ids=["zh-CN", "en"])
BRACES = re.compile(r"\{(\w+)")
KIOSK = Path(WORDS_DIR).parents[1]


def test_both_languages_have_every_sentence() -> None:
    """A missing key would stop the screen in one language only."""
    assert set(ZH.sentences) == set(EN.sentences)
    assert {key: len(values) for key, values in ZH.lists.items()} == {
        key: len(values) for key, values in EN.lists.items()
    }


def test_both_languages_are_filled_with_the_same_values() -> None:
    """A placeholder only one language knows would show braces, or lose a figure."""
    free = {"form.discount", "form.moment", "form.day"}  # each language counts in its own way
    for key in set(ZH.sentences) - free:
        assert set(BRACES.findall(ZH.sentences[key])) == set(BRACES.findall(EN.sentences[key])), key


@BOTH
def test_the_voice_is_quiet(words: Words) -> None:
    """No exclamation, no blame, no jargon (docs/design.md, principle 4)."""
    for key, sentence in words.sentences.items():
        assert not re.search(r"[!！]|\b[Ee]rror\b|错误|失败", sentence), key


def test_english_quotes_are_straight() -> None:
    """The font draws curled ones as wide as a Chinese character."""
    for key, sentence in EN.sentences.items():
        assert not re.search("[\u2018\u2019\u201c\u201d]", sentence), key


def test_chinese_speaks_with_respect() -> None:
    """您, never 你."""
    for key, sentence in ZH.sentences.items():
        assert "你" not in sentence, key


class Noted(dict[str, str]):
    """Sentences, and which of them were asked for."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(sentences)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def test_no_sentence_is_unused() -> None:
    """A sentence nobody says is a sentence nobody mends."""
    code = "\n".join(path.read_text() for path in KIOSK.rglob("*.py"))
    for key in ZH.sentences.keys() - _said_on_pictures():
        stem = re.sub(r"\.(zero|one|other)$", "", key)
        base = re.sub(r"_(line|offline|on|unknown)$", "", stem)
        value = base.rpartition(".")[2]  # of a family, which the code knows by name
        told = {f'"{name}"' for name in (stem, value, value.replace("_", "-"))}
        assert any(one in code for one in told | {f'"{base}{{'}), key


def _said_on_pictures() -> set[str]:
    """What the pictures of all pages say, standing and on the smallest panel."""
    noted = Noted(ZH.sentences)
    words = replace(ZH, sentences=noted)
    for shot, glass in product(every_way() + standing_only(), (STANDING, GLASSES["small"])):
        size = (glass.width_px / glass.scale, glass.height_px / glass.scale)
        view = View(*size, words, shot.corner, factor=glass.factor)
        scene(Sight(shot.session(Language.ZH), shot.world, view, shot.candidates))
    return noted.asked


def test_counts_take_the_form_that_fits() -> None:
    """A screen that says 1 days left is a small shame in large type."""
    assert EN.count("benefit.days_left", 0) == "ends today"
    assert EN.count("benefit.days_left", 1) == "1 day left"
    assert EN.count("benefit.days_left", 9) == "9 days left"
    assert ZH.count("benefit.days_left", 9) == "还剩 9 天"


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "¥0"), (4_680, "¥46.80"), (71_920, "¥719.20"), (1_268_000, "¥12,680")]
)
def test_money_is_exact(fen: int, shown: str) -> None:
    """A fen lost between 719.2 and 719.20 reads like another price."""
    assert EN.money(fen) == shown


@pytest.mark.parametrize(
    ("percent", "zh", "en"), [(70, "7 折", "30% off"), (85, "8.5 折", "15% off")]
)
def test_a_discount_is_counted_as_each_language_does(percent: int, zh: str, en: str) -> None:
    """7折 means pay 70 %: the wrong way round it promises more than twice as much."""
    assert (ZH.discount(percent), EN.discount(percent)) == (zh, en)

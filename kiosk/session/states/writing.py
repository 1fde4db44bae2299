"""The page on which something is written."""

from dataclasses import dataclass, field
from enum import Enum


class Entry(Enum):
    """What is being written; each has its own keys (kiosk/session/entry.py)."""

    WORDS = "words"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    CODE = "code"


class Mode(Enum):
    """Which keys are shown."""

    PINYIN = "pinyin"
    LETTERS = "letters"
    DIGITS = "digits"
    SYMBOLS = "symbols"


@dataclass(frozen=True, slots=True)
class Writing:
    """Something is being written for the page below; made by kiosk.session.entry.blank.

    Attributes:
        text: what stands in the field.
        letters: of pinyin, typed and not yet turned into text; they stand behind it.
        mode: that was chosen; kiosk.session.entry.mode_of tells the one that is shown.
        sheet: of the candidates, from 0.
        one_by_one: whether single characters are offered instead of whole words.
        limit: characters at most.
        shift: whether the next letter is a capital.
        cleared: text and letters that were taken away at once and may be brought back.
    """

    purpose: Entry
    text: str = field(default="", repr=False)
    letters: str = field(default="", repr=False)
    mode: Mode = Mode.LETTERS
    sheet: int = 0
    one_by_one: bool = False
    limit: int = 300
    shift: bool = False
    cleared: tuple[str, str] = field(default=("", ""), repr=False)

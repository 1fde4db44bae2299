"""Words HQ writes: the same text in both of the kiosk's languages."""

import unicodedata
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.model.strict import STRICT


def _drawable(words: str) -> str:
    kinds = [unicodedata.category(sign) for sign in words]
    if "Cc" in kinds:
        raise ValueError(f"has the control character U+{ord(words[kinds.index('Cc')]):04X}")
    if not any(kind[0] in "LNPS" for kind in kinds):  # letters, numbers, points, symbols
        raise ValueError("shows nothing: there are only joiners, marks and spaces in it")
    return words


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_drawable),
]


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""An opaque name: no phone number and no card number ever serves as one."""


class Language(StrEnum):
    """A language the kiosk speaks, as a BCP 47 tag."""

    ZH = "zh-CN"
    EN = "en"

    @property
    def other(self) -> "Language":
        """The language the switch on the screen leads to."""
        return Language.EN if self is Language.ZH else Language.ZH


class LocalText(BaseModel):
    """One text in both languages; neither may be missing."""

    model_config = ConfigDict(**STRICT, populate_by_name=True)

    zh: Words = Field(alias="zh-CN")
    en: Words

    def in_(self, language: Language) -> str:
        """The text in the given language."""
        return self.zh if language is Language.ZH else self.en

"""Words HQ writes: the same text in both of the kiosk's languages."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


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

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    zh: Words = Field(alias="zh-CN")
    en: Words

    def in_(self, language: Language) -> str:
        """The text in the given language."""
        return self.zh if language is Language.ZH else self.en

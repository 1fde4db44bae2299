"""Words that have no place in a question at a store's entrance."""

from collections.abc import Iterable, Iterator, Mapping

from kiosk.survey.parts import Words

_FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "ethnicity": ("民族", "种族", "ethnic", "race"),
    "religion": ("宗教", "信仰", "religion"),
    "looks": ("颜值", "长相", "your looks", "attractive"),
    "skin": ("肤色", "肤质", "skin"),
    "body measurements": ("三围", "体重", "胸围", "腰围", "bust", "your weight", "measurements"),
    "wealth": ("收入", "工资", "存款", "资产", "income", "salary", "savings"),
    "an identity number": ("身份证", "护照号", "identity card", "passport"),
    "health": ("病史", "怀孕", "illness", "pregnan"),
}
"""What the chain never asks for where others look on, and words that give it away."""

_FOR_THE_COMPANY = (
    *("公司需要", "公司要求", "我们需要您的", "为了公司", "上级要求"),
    *("the company needs", "we need your", "for our records", "head office requires"),
)
"""Asking for the company's sake: the chain's own rule forbids it."""


def forbidden_topics(texts: Iterable[Words]) -> Iterator[str]:
    """What these texts ask for that must not be asked at an entrance."""
    told = _told(texts)
    for topic, words in _FORBIDDEN.items():
        if any(_stands_in(word, told) for word in words):
            yield topic


def company_reasons(texts: Iterable[Words]) -> Iterator[str]:
    """Phrases in these texts that ask for the company's sake."""
    told = _told(texts)
    return (phrase for phrase in _FOR_THE_COMPANY if phrase in told)


def _told(texts: Iterable[Words]) -> str:
    parts = (part for one in texts for part in (one.default, one.en, one.zh))
    return " " + " \n ".join(parts).lower() + " "


def _stands_in(word: str, told: str) -> bool:
    """Whether a word begins somewhere; Chinese needs no space before it."""
    if not word.isascii():
        return word in told
    at = told.find(word)
    while at >= 0:
        if not told[at - 1].isalpha():
            return True
        at = told.find(word, at + 1)
    return False

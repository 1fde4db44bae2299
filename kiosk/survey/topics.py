"""Words that have no place in a question at a store's entrance."""

from collections.abc import Iterable, Iterator, Mapping

from kiosk.survey.parts import Words

_FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "ethnicity": ("民族", "种族", "ethnic", "ethnicity", "race"),
    "religion": ("宗教", "信仰", "religion", "religious"),
    "looks": ("颜值", "长相", "your looks", "attractive"),
    "skin": ("肤色", "肤质", "皮肤", "skin"),
    "body measurements": (
        *("三围", "体重", "胸围", "腰围", "臀围"),
        *("bust", "waist", "your weight", "measurements"),
    ),
    "wealth": (
        *("收入", "工资", "月薪", "年薪", "存款", "资产"),
        *("income", "salary", "wages", "savings", "wealth"),
    ),
    "an identity number": ("身份证", "护照号", "identity card", "passport"),
    "health": ("病史", "怀孕", "illness", "pregnant", "pregnancy"),
}
"""What the chain never asks for where others look on, and words that give it away."""

_HARMLESS = ("民族风", "ethnic style", "ethnic look")
"""Words of fashion that hold one of those."""

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
    told = " " + " \n ".join(parts).lower() + " "
    for harmless in _HARMLESS:
        told = told.replace(harmless, "")
    return told


def _stands_in(word: str, told: str) -> bool:
    """Whether a word is there as a whole; Chinese needs no space around it."""
    if not word.isascii():
        return word in told
    at = told.find(word)
    while at >= 0:
        if not _is_letter(told[at - 1]) and not _is_letter(told[at + len(word)]):
            return True
        at = told.find(word, at + 1)
    return False


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()

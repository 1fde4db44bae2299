"""Surveys as no author should write them, and some do: long titles, sixty choices, long names."""

from typing import Any

from kiosk.survey.document import Document
from tests.survey.survey_kit import asks, both, choice, document

LONG = (
    "今天您在本店购物的时候，从进门到付款离开，整个过程当中最让您觉得不满意的是哪一个方面？",
    "Thinking of everything from the moment you came in until you had paid, what was it that"
    " pleased you least of all today?",
)
NOT_SHORT = both(
    "这一题的说明也不短，写在题目的下面，可以有两行那么长。",
    "The description below the title is not short either, and may well take two lines.",
)
FAR_ENDS = {
    "minRateDescription": both("完全完全不会这样做的", "Not at all likely to do so in any case"),
    "maxRateDescription": both("一定会的一定会的", "Extremely likely in every case whatever"),
}


def choices(count: int, *, long: bool = False) -> list[dict[str, Any]]:
    """So many choices, of one word or of two lines."""
    zh = "第{}种特别特别长的选项文字要放两行才行" if long else "选项{}"
    en = "Option number {} with rather long wording in it" if long else "Option {}"
    return [choice(f"c{at}", zh.format(at), en.format(at)) for at in range(count)]


def pictured(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same choices, each with a picture."""
    return [one | {"imageLink": "canvas-tote"} for one in given]


def steps(count: int, zh: str, en: str) -> list[dict[str, Any]]:
    """A scale of steps that all have this name."""
    return [choice(at, zh, en) for at in range(1, count + 1)]


def long(type_: str, **more: Any) -> dict[str, Any]:
    """A question with a title that hardly fits."""
    return asks(type_, "q", *LONG, **more)


_ASKED: dict[str, list[dict[str, Any]]] = {
    "long choices": [long("radiogroup", choices=choices(8, long=True), description=NOT_SHORT)],
    "sixty": [asks("dropdown", "q", "选哪个？", "Which one?", choices=choices(60))],
    "sixty long": [long("checkbox", choices=choices(60, long=True))],
    "thirty figures": [long("dropdown", choices=[f"{at}" for at in range(30)])],
    "two": [long("radiogroup", choices=choices(2))],
    "twenty pictures": [long("imagepicker", choices=pictured(choices(20, long=True)))],
    "seven pictures": [long("imagepicker", choices=pictured(choices(7)))],
    "faces with long names": [
        long(
            "rating",
            rateType="smileys",
            rateValues=steps(5, "特别特别不满意", "Extremely dissatisfied"),
            description=NOT_SHORT,
        )
    ],
    "ten faces": [long("rating", rateType="smileys", rateMin=1, rateMax=10, **FAR_ENDS)],
    "eleven stars": [long("rating", rateType="stars", rateMin=0, rateMax=10, **FAR_ENDS)],
    "eleven numbers": [long("rating", rateMin=0, rateMax=10, **FAR_ENDS)],
    "negative numbers": [
        asks("rating", "q", "几分？", "How much?", rateMin=-100, rateMax=100, rateStep=20)
    ],
    "a scale of sentences": [
        long("rating", rateValues=steps(7, "完全同意这个说法", "I fully agree with that"))
    ],
    "a long yes": [
        long(
            "boolean",
            labelTrue=both("是的，我非常愿意这样做", "Yes, I should very much like to"),
            labelFalse=both("不，我不愿意这样做，谢谢", "No, I would rather not, thank you"),
        )
    ],
    "a day": [long("text", inputType="date", isRequired=True)],
    "texts around": [
        {"type": "html", "name": "h", "html": both(*LONG)},
        {
            "type": "panel",
            "name": "p",
            "title": both("这里是一组问题", "A group of questions"),
            "description": both(*LONG),
            "elements": [long("comment", placeholder=NOT_SHORT)],
        },
    ],
}
_WORDS = {"type": "html", "name": "q", "html": both(LONG[0] * 2, LONG[1] * 2)}
_PAGES = [
    {"name": "p1", "elements": [_WORDS]},
    {"name": "p2", "elements": [asks("comment", "c", *LONG)]},
]

EXTREMES: dict[str, Document] = {
    **{name: document(*elements, anonymous_allowed=True) for name, elements in _ASKED.items()},
    "only words": document(survey={"pages": _PAGES}, anonymous_allowed=True),
}

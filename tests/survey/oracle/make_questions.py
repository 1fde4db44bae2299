"""Makes questions at random, and the answers somebody might give to them."""

import random
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

VALUES: Sequence[Sequence[object]] = (
    ("red", "green", "Blue", "none", "other_thing", "m", "L", "x1"),
    (1, 2, 3, 4, 5),
    ("1", 2, "03", 4.5, "x 1", "A", "true", 0, "李", "n/a"),
    ("a|Apple", "b|Bee", "c", 7, "5|five", "d|"),
)
TEXTS = (
    *("", "abc", "13812345678", "a@b.cn", "no mail", "李娜", "5", "007", "12", "  ", "ABC"),
    *(
        "a" * 30,
        " 5 ",
        "1e3",
        "0x10",
        "１２",
        "true",
        "a@b.c",
        "喆😀",
        "1,5",
        "abc 1",
        "x@y.com.cn",
    ),
    *("a=b@c.cn", "a@b=c.cn", "王@例子.中国", "1.5\u20282"),
)
NUMBERS: Sequence[object] = (
    *(0, 1, 2, 5, 7, 10, -1, "5", "abc", "3.5", 11, "", None, " 7 ", "1e1", 2.5, "0,5", "-0"),
)
DATES = ("2026-02-28", "2008-03-01", "2008-03-02", "1999-12-31", "2030-01-01", "", None)
MONTHS = ("2026-02", "2025-12", "2026-03", "1999-01", None)


class Questions:
    """Makes questions, one after the other.

    Attributes:
        asked: everything made so far but panels.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.asked: list[Json] = []

    def likely(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.chance.random() < share

    def element(self, *, depth: int = 0) -> Json:
        """A question, words, a figure, or a panel of some."""
        if self.likely(0.15 if depth == 0 else 0.08) and depth < 3:
            many = range(self.chance.randint(1, 3))
            name = f"panel{self.chance.randrange(10**6)}"
            inside = [self.element(depth=depth + 1) for _ in many]
            return {"type": "panel", "name": name, "elements": inside}
        made = self.chance.choice(
            (
                *(self.text, self.text, self.choosing, self.choosing, self.several, self.rating),
                *(self.truth, self.comment, self.html, self.computed),
            )
        )()
        self.asked.append(element := {**made, "name": f"q{len(self.asked) + 1}"})
        return element

    def text(self) -> Json:
        """One line, a number, a date."""
        kind = self.chance.choice(("text", "number", "date", "tel", "email", "month"))
        made: Json = {"type": "text", "inputType": kind}
        if kind == "number" and self.likely(0.6):
            made |= {"min": self.chance.choice((0, 1, -5)), "max": self.chance.choice((5, 10, 2.5))}
            made["minErrorText"] = "! at least {0}"
        if kind == "date" and self.likely(0.5):
            made[self.chance.choice(("min", "max"))] = self.chance.choice(
                ("2000-01-01", "2026-02-28")
            )
        if kind == "month" and self.likely(0.5):
            made[self.chance.choice(("min", "max"))] = self.chance.choice(("2026-02", "2025-12"))
        if kind in ("text", "tel") and self.likely(0.6):
            made["validators"] = [self.chance.choice(TEXT_VALIDATORS)]
        return made

    def comment(self) -> Json:
        """Free words."""
        made: Json = {"type": "comment"}
        if self.likely(0.3):
            made["validators"] = [{"type": "text", "minLength": 2, "maxLength": 5}]
        return made

    def choices(self) -> list[object]:
        """Two to four choices, with words or bare, texts or numbers."""
        pool = self.chance.choice((VALUES[0], VALUES[1], *VALUES))
        values = self.chance.sample(pool, self.chance.randint(2, 4))
        if self.likely(0.5):
            return values
        return [{"value": one, "text": self.label(one)} for one in values]

    def label(self, value: object) -> object:
        """What a choice says: in both languages, in one, or one text."""
        both = {"default": f"En {value}", "zh-cn": f"中 {value}"}
        return self.chance.choice(
            (both, both, both, {"default": "d", "en": f"e {value}"}, f"t {value}")
        )

    def choosing(self) -> Json:
        """One of several."""
        kind = self.chance.choice(("radiogroup", "dropdown", "imagepicker"))
        made: Json = {"type": kind, "choices": self.choices()}
        several = kind == "imagepicker" and self.likely(0.3)
        return {**made, "multiSelect": True} if several else made

    def several(self) -> Json:
        """Any of several."""
        made: Json = {"type": "checkbox", "choices": self.choices()}
        if self.likely(0.3):
            made["maxSelectedChoices"] = 2
        if self.likely(0.2):
            made["minSelectedChoices"] = 2
        if self.likely(0.3):
            made["validators"] = [{"type": "answercount", "minCount": 2, "maxCount": 3}]
        return made

    def rating(self) -> Json:
        """A scale."""
        if self.likely(0.5):
            return self.chance.choice(SCALES)
        least, step = self.chance.choice((-2, 0, 1, 3)), self.chance.choice((1, 1, 2, 3))
        most = least + self.chance.randint(1, 10) * step + self.chance.choice((0, 0, step - 1))
        kind = self.chance.choice(("labels", "stars", "smileys"))
        if kind == "smileys":
            most = min(most, least + 9 * step)
        scale = {"rateMin": least, "rateMax": most, "rateStep": step, "rateType": kind}
        return {"type": "rating", **scale}

    def truth(self) -> Json:
        """Yes or no."""
        made: Json = {"type": "boolean"}
        if self.likely(0.4):
            made |= self.chance.choice(TRUTHS)
        if self.likely(0.2):
            made |= {"labelTrue": {"default": "Sure", "zh-cn": "当然"}, "labelFalse": "Nope"}
        return made

    def html(self) -> Json:
        """No question."""
        return {"type": "html", "html": "words"}

    def computed(self) -> Json:
        """A figure on the page; what it computes is put in when all questions are there."""
        return {"type": "expression", "expression": "1"}

    def literal(self, value: object) -> str:
        """A value as an expression writes it."""
        if isinstance(value, list):
            return "[" + ", ".join(map(self.literal, value)) + "]"
        if isinstance(value, str):
            return f"'{value}'"
        return "''" if value is None else str(value).lower()

    def value(self, question: Json, *, always: bool = False) -> object:
        """An answer that the question might get; `always`: of choices without a condition."""
        kind = question["type"]
        if kind in ("text", "comment"):
            pools = {"number": NUMBERS, "date": DATES, "month": MONTHS}
            return self.chance.choice(pools.get(str(question.get("inputType")), TEXTS))
        if kind == "boolean":
            return self.chance.choice(
                (question.get("valueTrue", True), question.get("valueFalse", False))
            )
        if kind == "rating":
            return self.chance.choice([*(steps_of(question) or [0, 1, 3, 5, 7, 9, 10]), None])
        free = [
            one
            for one in question["choices"]
            if not (always and isinstance(one, dict) and "visibleIf" in one)
        ]
        values = [value_of(one) for one in free]
        if has_several(question):
            return self.chance.sample(values, self.chance.randint(0, len(values)))
        return self.chance.choice([*values, None])


def value_of(choice: object) -> object:
    """What an answer holds of a choice; `a|Apple` is `a`."""
    value = choice["value"] if isinstance(choice, dict) else choice
    return value.partition("|")[0] if isinstance(value, str) else value


def steps_of(question: Json) -> list[object]:
    """The steps a scale names one by one."""
    return [value_of(one) for one in question.get("rateValues", ())]


def has_several(question: Json) -> bool:
    """Whether an answer is a list."""
    return question["type"] == "checkbox" or bool(question.get("multiSelect"))


TEXT_VALIDATORS: Sequence[Json] = (
    {
        "type": "regex",
        "regex": "^1[3-9][0-9]{9}$",
        "text": {"default": "! eleven", "zh-cn": "! 十一位"},
    },
    {"type": "regex", "regex": "^[a-c]+$", "caseInsensitive": True},
    {"type": "regex", "regex": "[\\u4e00-\\u9fff]|\\d{3}"},
    {"type": "email"},
    {"type": "numeric", "minValue": 0, "maxValue": 10, "text": "! not {0}"},
    {"type": "numeric", "minValue": 2.5},
    {"type": "text", "minLength": 3, "maxLength": 10, "allowDigits": False},
    {"type": "text", "maxLength": 5},
)
SCALES: Sequence[Json] = (
    {"type": "rating", "rateMin": 0, "rateMax": 10},
    {"type": "rating"},
    {"type": "rating", "rateMin": 1, "rateMax": 7, "rateStep": 2},
    {"type": "rating", "rateValues": [1, 5, "n/a"]},
    {"type": "rating", "rateValues": ["1|One", {"value": "2", "text": "Two"}, 3]},
)
TRUTHS: Sequence[Json] = (
    {"valueTrue": "Yes", "valueFalse": "No"},
    {"valueTrue": 1, "valueFalse": 0},
    {"valueTrue": "true", "valueFalse": "false"},
    {"valueTrue": "yes"},
)

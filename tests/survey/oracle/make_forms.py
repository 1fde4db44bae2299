"""Makes forms and people who fill them in at random, always the same ones for the same seed."""

import random
from collections.abc import Sequence

Json = dict[str, object]

WORDS = ("red", "green", "Blue", "none", "other_thing", "m", "L", "x1")
TEXTS = (
    "",
    "abc",
    "13812345678",
    "a@b.cn",
    "no mail",
    "李娜",
    "5",
    "007",
    "12",
    "  ",
    "ABC",
    "a" * 30,
)
NUMBERS: Sequence[object] = (0, 1, 2, 5, 7, 10, -1, "5", "abc", "3.5", 11, "", None)
DATES = ("2026-02-28", "2008-03-01", "2008-03-02", "1999-12-31", "2030-01-01", "", None)
OPERATORS = ("=", "!=", ">", "<", ">=", "<=")


def forms(seed: int, count: int) -> list[Json]:
    """So many forms, each with a language and the steps of somebody who fills it in."""
    return [_Maker(random.Random(seed * 1_000_003 + number)).whole() for number in range(count)]


class _Maker:
    """Makes one form."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.asked: list[Json] = []
        self.figures: list[str] = []
        self.variables: list[str] = []

    def whole(self) -> Json:
        """The form, a language and the steps."""
        pages = [self.page(number) for number in range(1, self.chance.randint(2, 4))]
        form: Json = {"title": "T", "showQuestionNumbers": "off", "pages": pages}
        if self.chance.random() < 0.7:
            form["clearInvisibleValues"] = self.chance.choice(("onHidden", "onComplete", "none"))
        if self.chance.random() < 0.6:
            form["calculatedValues"] = [self.figure(at) for at in range(self.chance.randint(1, 3))]
        self.conditions(pages)
        if self.chance.random() < 0.6:
            form["triggers"] = [self.trigger() for _ in range(self.chance.randint(1, 3))]
        steps = [self.step() for _ in range(self.chance.randint(6, 16))]
        return {"form": form, "locale": self.chance.choice(("", "zh-cn")), "steps": steps}

    def page(self, number: int) -> Json:
        """A page of a few elements."""
        elements = [self.element() for _ in range(self.chance.randint(1, 3))]
        return {"name": f"page{number}", "elements": elements}

    def element(self, *, inside: bool = False) -> Json:
        """A question, words, a figure, or a panel of some."""
        kind = self.chance.random()
        if kind < 0.15 and not inside:
            many = range(self.chance.randint(1, 3))
            name = f"panel{self.chance.randrange(10**6)}"
            return {
                "type": "panel",
                "name": name,
                "elements": [self.element(inside=True) for _ in many],
            }
        name = f"q{len(self.asked) + 1}"
        made = self.chance.choice(
            (
                *(self.text, self.text, self.choosing, self.choosing, self.several, self.rating),
                *(self.truth, self.comment, self.words, self.computed),
            )
        )()
        self.asked.append(element := {**made, "name": name})
        return element

    def text(self) -> Json:
        """One line, a number, a date."""
        kind = self.chance.choice(("text", "number", "date", "tel", "email", "month"))
        made: Json = {"type": "text", "inputType": kind}
        if kind == "number" and self.chance.random() < 0.6:
            made |= {"min": self.chance.choice((0, 1, -5)), "max": self.chance.choice((5, 10, 0))}
        if kind == "date" and self.chance.random() < 0.5:
            made["min"] = "2000-01-01"
        if kind in ("text", "tel") and self.chance.random() < 0.6:
            made["validators"] = [self.chance.choice(TEXT_VALIDATORS)]
        return made

    def comment(self) -> Json:
        """Free words."""
        made: Json = {"type": "comment"}
        if self.chance.random() < 0.3:
            made["validators"] = [{"type": "text", "minLength": 2, "maxLength": 5}]
        return made

    def choices(self) -> list[object]:
        """Two to four choices, with words or bare, texts or numbers."""
        pool: Sequence[object] = self.chance.choice((WORDS, (1, 2, 3, 4, 5)))
        values = self.chance.sample(pool, self.chance.randint(2, 4))
        if self.chance.random() < 0.5:
            return values
        texts = ({"default": f"En {one}", "zh-cn": f"中 {one}"} for one in values)
        return [{"value": one, "text": text} for one, text in zip(values, texts, strict=True)]

    def choosing(self) -> Json:
        """One of several."""
        kind = self.chance.choice(("radiogroup", "dropdown", "imagepicker"))
        made: Json = {"type": kind, "choices": self.choices()}
        return (
            {**made, "multiSelect": True}
            if kind == "imagepicker" and self.chance.random() < 0.3
            else made
        )

    def several(self) -> Json:
        """Any of several."""
        made: Json = {"type": "checkbox", "choices": self.choices()}
        if self.chance.random() < 0.3:
            made["maxSelectedChoices"] = 2
        if self.chance.random() < 0.2:
            made["minSelectedChoices"] = 2
        if self.chance.random() < 0.3:
            made["validators"] = [{"type": "answercount", "minCount": 2, "maxCount": 3}]
        return made

    def rating(self) -> Json:
        """A scale."""
        return self.chance.choice(SCALES)

    def truth(self) -> Json:
        """Yes or no."""
        made: Json = {"type": "boolean"}
        if self.chance.random() < 0.3:
            made |= {"valueTrue": "Yes", "valueFalse": "No"}
        return made

    def words(self) -> Json:
        """No question."""
        return {"type": "html", "html": "words"}

    def computed(self) -> Json:
        """A figure on the page."""
        return {"type": "expression", "expression": self.sum()}

    def figure(self, at: int) -> Json:
        """A figure made of answers, and now and then of other figures."""
        name = f"f{at + 1}"
        made = {
            "name": name,
            "expression": self.sum(),
            "includeIntoResult": self.chance.random() < 0.7,
        }
        self.figures.append(name)
        return made

    def conditions(self, pages: list[Json]) -> None:
        """Give some of everything a condition; some titles name answers."""
        for page in pages:
            if self.chance.random() < 0.3:
                page[self.chance.choice(("visibleIf", "visibleIf", "enableIf"))] = self.condition()
            self.within(page)

    def within(self, holder: Json) -> None:
        """The same for what a page or panel holds."""
        elements = holder["elements"]
        assert isinstance(elements, list)
        for one in elements:
            if self.chance.random() < 0.35:
                one["visibleIf"] = self.condition_of(one)
            if one["type"] == "panel":
                self.within(one)
                continue
            if one["type"] not in ("html", "expression"):
                self.demands(one)
            if self.chance.random() < 0.3:
                named = "{" + self.name().removesuffix("[0]") + "}"
                one["title"] = self.chance.choice(
                    (f"A {named} b", {"default": named, "zh-cn": f"中{named}"})
                )

    def demands(self, one: Json) -> None:
        """What a question asks of its answer, and when."""
        kind = self.chance.random()
        if kind < 0.2:
            one["isRequired"] = True
        elif kind < 0.3:
            one["requiredIf"] = self.condition_of(one)
        elif kind < 0.38:
            one["enableIf"] = self.condition_of(one)
        elif kind < 0.44:
            one["validators"] = [{"type": "expression", "expression": self.condition_of(one)}]
        if (
            one["type"] in ("radiogroup", "checkbox", "dropdown", "imagepicker")
            and self.chance.random() < 0.4
        ):
            choices = one["choices"]
            assert isinstance(choices, list)
            at = self.chance.randrange(len(choices))
            bare = choices[at] if isinstance(choices[at], dict) else {"value": choices[at]}
            choices[at] = {**bare, "visibleIf": self.condition_of(one, choice=True)}

    def trigger(self) -> Json:
        """An end, a jump or an answer to another question."""
        kind = self.chance.random()
        made: Json = {"expression": self.condition()}
        if kind < 0.25:
            return {**made, "type": "complete"}
        question = self.chance.choice(self.asked)
        if kind < 0.5:
            return {**made, "type": "skip", "gotoName": question["name"]}
        if kind < 0.65:
            return {
                **made,
                "type": "setvalue",
                "setToName": "v1",
                "setValue": 3,
                "isVariable": True,
            }
        if question["type"] in ("html", "expression"):
            return {**made, "type": "setvalue", "setToName": "note", "setValue": "seen"}
        value = self.value(question, always=True)
        return {**made, "type": "setvalue", "setToName": question["name"], "setValue": value}

    def name(self, *, several: bool = True) -> str:
        """Something an expression can name; `several`: also questions whose answer is a list.

        A figure that is a list stays the question's own list in survey-core, and changes with it.
        """
        names = [
            str(one["name"])
            for one in self.asked
            if one["type"] != "html" and (several or not _has_several(one))
        ]
        kind = self.chance.random()
        if kind < 0.12 and self.figures:
            return self.chance.choice(self.figures)
        name = self.chance.choice(names or ["v1"])
        if kind < 0.16:
            return f"{name}.length"
        if kind < 0.19:
            return f"{name}[0]"
        return "v1" if kind < 0.22 else name

    def question(self) -> Json:
        """A question somebody answers."""
        asked = [one for one in self.asked if one["type"] not in ("html", "expression")]
        return self.chance.choice(asked) if asked else {"name": "v1", "type": "text"}

    def condition_of(self, owner: Json, *, choice: bool = False) -> str:
        """A condition of a question, which never has its own words; or of one of its choices.

        Words come too late for a choice, and one that asks for its own question goes round in
        circles until survey-core gives up.
        """
        name = owner["name"]
        never = (f"{{{name}", "displayValue") if choice else (f"displayValue('{name}')",)
        condition = self.condition()
        while any(one in condition for one in never):
            condition = self.condition()
        return condition

    def condition(self, depth: int = 2) -> str:
        """A condition that real answers can fulfil."""
        kind = self.chance.random()
        if depth and kind < 0.2:
            joining = self.chance.choice(("and", "or"))
            return f"{self.condition(depth - 1)} {joining} {self.condition(depth - 1)}"
        if kind < 0.4:
            return "{" + self.name() + "} " + self.chance.choice(("empty", "notempty"))
        question = self.question()
        name, value = question["name"], self.literal(self.value(question))
        if question["type"] == "checkbox" and kind < 0.9:
            operator = self.chance.choice(("contains", "anyof", "allof", "notcontains", "="))
            return f"{{{name}}} {operator} {value}"
        if kind < 0.45:
            return f"age({{{name}}}) >= 18"
        if kind < 0.5:
            return f"displayValue('{name}') = {value}"
        if kind < 0.54:
            return f"!({{{name}}} = {value})"
        return f"{{{name}}} {self.chance.choice(OPERATORS)} {value}"

    def sum(self) -> str:
        """A figure."""
        first = "{" + self.name(several=False) + "}"
        second = "{" + self.name(several=False) + "}"
        return self.chance.choice(
            (
                f"{first} + {second}",
                f"iif({first} notempty, {first}, 'nothing')",
                f"sum({first}, {second}, 1)",
                f"iif({self.condition(0)}, 1, 0)",
                f"round(avg({first}, {second}), 1)",
                f"{first} * 2",
                f"year({first})",
            )
        )

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
            pools = {"number": NUMBERS, "date": DATES, "month": ("2026-02", "2025-12", None)}
            return self.chance.choice(pools.get(str(question.get("inputType")), TEXTS))
        if kind == "boolean":
            return self.chance.choice(("Yes", "No") if "valueTrue" in question else (True, False))
        if kind == "rating":
            values = question.get("rateValues") or [0, 1, 3, 5, 7, 9, 10]
            assert isinstance(values, list)
            return self.chance.choice([*values, None])
        choices = question["choices"]
        assert isinstance(choices, list)
        free = [
            one for one in choices if not (always and isinstance(one, dict) and "visibleIf" in one)
        ]
        values = [one["value"] if isinstance(one, dict) else one for one in free]
        if _has_several(question):
            return self.chance.sample(values, self.chance.randint(0, len(values)))
        return self.chance.choice([*values, None])

    def step(self) -> Json:
        """Mostly an answer, now and then on, back or the end."""
        kind = self.chance.random()
        if kind < 0.25:
            return {"go": "next"}
        if kind < 0.33:
            return {"go": "back"}
        if kind < 0.34:
            return {"go": "end"}
        question = self.question()
        return {"set": question["name"], "to": self.value(question)}


def _has_several(question: Json) -> bool:
    return question["type"] == "checkbox" or bool(question.get("multiSelect"))


TEXT_VALIDATORS: Sequence[Json] = (
    {"type": "regex", "regex": "^1[3-9][0-9]{9}$"},
    {"type": "regex", "regex": "^[a-c]+$", "caseInsensitive": True},
    {"type": "email"},
    {"type": "numeric", "minValue": 0, "maxValue": 10},
    {"type": "text", "minLength": 3, "maxLength": 10, "allowDigits": False},
    {"type": "text", "maxLength": 5},
)
SCALES: Sequence[Json] = (
    {"type": "rating", "rateMin": 0, "rateMax": 10},
    {"type": "rating"},
    {"type": "rating", "rateMin": 1, "rateMax": 7, "rateStep": 2},
    {"type": "rating", "rateValues": [1, 5, "n/a"]},
)

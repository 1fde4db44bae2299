"""Makes forms and people who fill them in at random, always the same ones for the same seed."""

import random

from tests.survey.oracle.make_questions import Json, Questions, has_several

OPERATORS = ("=", "!=", ">", "<", ">=", "<=")
CHOOSING = ("radiogroup", "checkbox", "dropdown", "imagepicker")


def forms(seed: int, count: int) -> list[Json]:
    """So many forms, each with a language and the steps of somebody who fills it in."""
    return [_Maker(random.Random(seed * 1_000_003 + number)).whole() for number in range(count)]


class _Maker(Questions):
    """Makes one form."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.figures: list[str] = []
        self.worded: set[str] = set()

    def whole(self) -> Json:
        """The form, a language and the steps."""
        pages = [self.page(number) for number in range(1, self.chance.randint(2, 4))]
        form: Json = {"title": "T", "showQuestionNumbers": "off", "pages": pages}
        if self.likely(0.7):
            form["clearInvisibleValues"] = self.chance.choice(("onHidden", "onComplete", "none"))
        if self.likely(0.6):
            form["calculatedValues"] = [self.figure(at) for at in range(self.chance.randint(1, 3))]
        self.conditions(pages)
        if self.likely(0.6):
            form["triggers"] = [self.trigger() for _ in range(self.chance.randint(1, 3))]
        steps = [self.step() for _ in range(self.chance.randint(6, 16))]
        return {"form": form, "locale": self.chance.choice(("", "zh-cn")), "steps": steps}

    def page(self, number: int) -> Json:
        """A page of a few elements."""
        elements = [self.element() for _ in range(self.chance.randint(1, 3))]
        return {"name": f"page{number}", "elements": elements}

    def figure(self, at: int) -> Json:
        """A figure made of answers, and now and then of other figures."""
        name = f"f{at + 1}"
        made = {"name": name, "expression": self.sum(), "includeIntoResult": self.likely(0.7)}
        self.figures.append(name)
        return made

    def conditions(self, pages: list[Json]) -> None:
        """Give some of everything a condition; some titles name answers."""
        for page in pages:
            if self.likely(0.3):
                page[self.chance.choice(("visibleIf", "visibleIf", "enableIf"))] = self.condition()
            if self.likely(0.15):
                page["title"] = self.words()
            self.within(page)

    def within(self, holder: Json) -> None:
        """The same for what a page or panel holds."""
        beside = [one for one in holder["elements"] if one["type"] != "panel"]
        for one in holder["elements"]:
            if self.likely(0.35):
                one["visibleIf"] = self.condition_of(one)
            if self.likely(0.3):
                one["title"] = self.words()
            if one["type"] == "panel":
                if self.likely(0.2):
                    one["enableIf"] = self.condition()
                self.within(one)
                continue
            if one["type"] == "expression":
                one["expression"] = self.sum()
            if one["type"] not in ("html", "expression"):
                self.demands(one)
            if holder.get("type") == "panel" and self.likely(0.2):
                self.nearby(one, beside)

    def nearby(self, one: Json, beside: list[Json]) -> None:
        """A condition that calls its neighbour in the panel by `panel`."""
        other = self.chance.choice(beside)
        if other is not one and other["type"] != "html":
            one["visibleIf"] = (
                f"{{panel.{other['name']}}} {self.chance.choice(('empty', 'notempty'))}"
            )

    def words(self) -> object:
        """A title that names an answer, in one language or both."""
        named = "{" + self.name().removesuffix("[0]") + "}"
        both = {"default": named, "zh-cn": f"中{named}"}
        return self.chance.choice(
            (f"A {named} b", both, {"default": named, "en": "no", "zh-cn": "甲"})
        )

    def complaint(self) -> object:
        """What an author says about a fault; nothing else begins with its sign."""
        named = "{" + self.name().removesuffix("[0]") + "}"
        return self.chance.choice((f"! {named}", {"default": "! En", "zh-cn": f"! 中{named}"}))

    def demands(self, one: Json) -> None:
        """What a question asks of its answer, and when."""
        kind = self.chance.random()
        if kind < 0.2:
            one["isRequired"] = True
            if self.likely(0.5):
                one["requiredErrorText"] = self.complaint()
        elif kind < 0.3:
            one["requiredIf"] = self.condition_of(one)
        elif kind < 0.38:
            one["enableIf"] = self.condition_of(one)
        elif kind < 0.46:
            held = self.condition_of(one) if self.likely(0.5) else self.of_itself(one)
            one["validators"] = [
                {"type": "expression", "expression": held, "text": self.complaint()}
            ]
        if one["type"] in CHOOSING and one["name"] not in self.worded and self.likely(0.4):
            choices = one["choices"]
            at = self.chance.randrange(len(choices))
            bare = choices[at] if isinstance(choices[at], dict) else {"value": choices[at]}
            choices[at] = {**bare, "visibleIf": self.of_choice(one)}

    def of_itself(self, one: Json) -> str:
        """A condition about the question's own answer."""
        return f"{{self}} {self.chance.choice(OPERATORS)} {self.literal(self.value(one))}"

    def of_choice(self, owner: Json) -> str:
        """A condition of a choice, now and then about its own value."""
        if self.likely(0.3):
            item = self.chance.choice(("item", "choice"))
            others = [one for one in self.asked if one is not owner and one["type"] == "checkbox"]
            if others and self.likely(0.7):
                return f"{{{self.chance.choice(others)['name']}}} contains {{{item}}}"
            return f"{{{item}}} {self.chance.choice(OPERATORS)} {self.literal(self.value(owner))}"
        return self.condition_of(owner, choice=True)

    def trigger(self) -> Json:
        """An end, a jump or an answer to another question."""
        kind = self.chance.random()
        made: Json = {"expression": self.condition()}
        if kind < 0.25:
            return {**made, "type": "complete"}
        question = self.chance.choice(self.asked)
        if kind < 0.5:
            return {**made, "type": "skip", "gotoName": question["name"]}
        made["type"] = "setvalue"
        if kind < 0.65:
            told = self.chance.choice((3, "3", "x", True, [1, "a"], None))
            return {**made, "setToName": "v1", "setValue": told, "isVariable": True}
        if question["type"] in ("html", "expression"):
            return {**made, "setToName": "note", "setValue": "seen"}
        value = self.value(question, always=True)
        return {**made, "setToName": question["name"], "setValue": value}

    def name(self, *, several: bool = True) -> str:
        """Something an expression can name; `several`: also questions whose answer is a list.

        A figure that is a list stays the question's own list in survey-core, and changes with it.
        """
        names = [
            str(one["name"])
            for one in self.asked
            if one["type"] != "html" and (several or not has_several(one))
        ]
        kind = self.chance.random()
        if kind < 0.12 and self.figures:
            return self.chance.choice(self.figures)
        name = self.chance.choice(names or ["v1"])
        if kind < 0.16:
            return f"{name}.length"
        if kind < 0.19:
            return f"{name}[0]"
        if kind < 0.21:
            return name.upper()
        return "v1" if kind < 0.24 else name

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
        while any(one.lower() in condition.lower() for one in never):
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
            operator = self.chance.choice(
                ("contains", "anyof", "allof", "noneof", "notcontains", "=")
            )
            return f"{{{name}}} {operator} {value}"
        if kind < 0.45:
            return f"age({{{name}}}) >= 18"
        if kind < 0.5:
            return f"displayValue('{name}') = {value}"
        if kind < 0.54:
            return f"!({{{name}}} = {value})"
        if kind < 0.57:
            return f"{{{name}}} {self.chance.choice(('<', '>=', '='))} today()"
        return f"{{{name}}} {self.chance.choice(OPERATORS)} {value}"

    def sum(self) -> str:
        """A figure."""
        first = "{" + self.name(several=False) + "}"
        second = "{" + self.name(several=False) + "}"
        words = self.words_of(self.question())
        return self.chance.choice(
            (
                f"{first} + {second}",
                f"iif({first} notempty, {first}, 'nothing')",
                f"sum({first}, {second}, 1)",
                f"iif({self.condition(0)}, 1, 0)",
                f"round(avg({first}, {second}), 1)",
                f"{first} * 2",
                f"year({first})",
                f"max({first}, {second}) - min({second}, 3)",
                f"dateDiff({first}, today(), 'months')",
                words,
            )
        )

    def words_of(self, question: Json) -> str:
        """The words of a value that is always offered, so that it has some."""
        self.worded.add(question["name"])
        value = self.literal(self.value(question, always=True))
        return f"displayValue('{question['name']}', {value})"

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

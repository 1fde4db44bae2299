"""What questions and pages are made of: words in two languages, conditions, patterns."""

import math
from typing import Annotated, Any, Self, TypeGuard

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

from kiosk.model import strict
from kiosk.model.text import Language, LocalText
from kiosk.survey.expressions.nodes import Binary, Call, Listed, Name, Node, Unary
from kiosk.survey.expressions.parser import parse
from kiosk.survey.regex import compile_regex

STRICT = ConfigDict(**strict.STRICT, alias_generator=to_camel, arbitrary_types_allowed=True)

Plain = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]

Truth = Annotated[bool, Field(strict=True)]
"""True or false, never a word for it: `"false"` is true to SurveyJS."""

Whole = Annotated[int, Field(strict=True)]

LONGEST_VALUE = 200
LONGEST_LIMIT = 40


def _is_number(given: object) -> TypeGuard[int | float]:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)


def _scalar(given: object) -> str | bool | int | float:
    if isinstance(given, bool) or _is_number(given):
        return given
    if isinstance(given, str) and len(given) <= LONGEST_VALUE:
        return given
    raise ValueError(f"should be a text of {LONGEST_VALUE} characters, a number, true or false")


def _limit(given: object) -> str | int | float:
    if (isinstance(given, str) and len(given) <= LONGEST_LIMIT) or _is_number(given):
        return given
    raise ValueError("should be a number, a day or a month")


def _number(given: object) -> int | float:
    if _is_number(given):
        return given
    raise ValueError("should be a number")


Scalar = Annotated[str | bool | int | float, PlainValidator(_scalar)]
"""A value of a choice or a trigger; one refusal for all its kinds."""

Limit = Annotated[str | int | float, PlainValidator(_limit)]
Number = Annotated[int | float, PlainValidator(_number)]

QuestionName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,63}$")]
"""Letters, digits, `_` and `-`: what an expression can name without doubt."""


class Words(BaseModel):
    """A text of a survey: in any language (`default`, which counts as English), in both, or one.

    Where `default` and `en` are both there, `default` is shown, as in SurveyJS.

    Raises:
        ValueError: another language's key, or none at all.
    """

    model_config = strict.STRICT

    default: Plain = ""
    en: Plain = ""
    zh: Annotated[Plain, Field(alias="zh-cn")] = ""

    @model_validator(mode="before")
    @classmethod
    def _one_text_is_the_default(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"default": given}
        if isinstance(given, dict):
            for key in given:
                if key not in ("default", "en", "zh-cn"):
                    raise ValueError(
                        f"language `{key}` is not supported; use `default` and `zh-cn`"
                    )
        return given

    @classmethod
    def of(cls, text: LocalText) -> Self:
        """The same of a text that is there in both languages."""
        return cls.model_validate({"default": text.en, "zh-cn": text.zh})

    def in_(self, language: Language) -> str:
        """The text in this language, or else in whatever language there is."""
        if language is Language.ZH:
            return self.zh or self.default or self.en
        return self.default or self.en or self.zh

    @property
    def is_complete(self) -> bool:
        """Whether a reader of either language gets it in theirs."""
        return bool(self.zh and (self.en or self.default))


class Expression:
    """An expression that has been read.

    Attributes:
        names: what stands between braces in it, each once.
        functions: what it calls, each once.
        size: how many parts it is made of, which is what it costs.
        always: a function in it asks nothing of the answers, so its value may change without them;
            of functions inside one another SurveyJS looks at the outermost alone.
    """

    __slots__ = ("always", "functions", "names", "node", "size", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.node = parse(text)
        nodes = _all_of(self.node)
        self.names = tuple(dict.fromkeys(one.text for one in nodes if isinstance(one, Name)))
        self.size = len(nodes)
        self.functions = frozenset(one.function for one in nodes if isinstance(one, Call))
        outermost = _all_of(self.node, into_calls=False)
        self.always = any(isinstance(one, Call) and not _asks(one) for one in outermost)

    @classmethod
    def read(cls, given: object) -> Self:
        """An expression from its text.

        Raises:
            ValueError: it is no text or cannot be used.
        """
        if not isinstance(given, str):
            raise ValueError("should be an expression")
        return cls(given)


def _all_of(node: Node, *, into_calls: bool = True) -> list[Node]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        match one:
            case Binary():
                waiting += [one.right, one.left]
            case Unary():
                waiting.append(one.operand)
            case Listed():
                waiting += reversed(one.values)
            case Call() if into_calls:
                waiting += reversed(one.parameters)
    return found


def _asks(call: Call) -> bool:
    return any(isinstance(one, Name) for one in _all_of(call))


Condition = Annotated[Expression, PlainValidator(Expression.read)]


class Pattern:
    """A regular expression that has been read, as it is and for letters of any case."""

    __slots__ = ("any_case", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = compile_regex(text)
        self.any_case = compile_regex(text, any_case=True)

    @classmethod
    def read(cls, given: object) -> Self:
        """A pattern from its text.

        Raises:
            ValueError: it is no text or cannot be matched safely.
        """
        if not isinstance(given, str) or not given:
            raise ValueError("should be a regular expression")
        return cls(given)


SafePattern = Annotated[Pattern, PlainValidator(Pattern.read)]

"""Expressions mean what SurveyJS means by them, and no text of an author brings one down."""

import json
import math
from datetime import date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.expressions.days import civil, days_to
from kiosk.survey.expressions.evaluate import Plain, evaluate, is_fulfilled
from kiosk.survey.expressions.moments import moment_of
from kiosk.survey.expressions.numbers import fixed, number_text
from kiosk.survey.expressions.parser import ExpressionRefused, parse
from kiosk.survey.expressions.values import (
    LARGEST,
    UNDEFINED,
    Moment,
    Value,
    from_json,
    to_json,
)
from tests.survey.vectors import NOW_MS, head, vectors

NOW = Moment(float(NOW_MS))


def come_to(text: str, **answers: object) -> Value:
    """What an expression comes to for these answers."""
    return evaluate(parse(text), Plain({k: from_json(v) for k, v in answers.items()}), NOW)


def told(value: Value) -> object:
    """A value as the oracle writes it."""
    if value is UNDEFINED:
        return {"$": "undefined"}
    if isinstance(value, Moment):
        return {"$": "moment", "ms": None if math.isnan(value.ms) else value.ms}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$": "number", "text": number_text(value)}
    return [told(one) for one in value] if isinstance(value, tuple) else value


def agrees(ours: object, theirs: object) -> bool:
    """Whether two told values are the same; a power may differ in a float's last bit."""
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(agrees, ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return not isinstance(theirs, bool) and math.isclose(ours, theirs, rel_tol=2.3e-16)
    return type(ours) is type(theirs) and ours == theirs


def test_python_agrees_with_survey_core_on_every_kept_expression() -> None:
    """HQ's authors try a survey in SurveyJS' editor: the kiosk would ask other questions."""
    wrong, asked, refused = [], 0, 0
    for vector in vectors("expressions"):
        asked += 1
        try:
            ours = told(come_to(vector["e"], **vector["v"]))
        except ExpressionRefused:
            ours = {"$": "refused"}
        refused += ours == {"$": "refused"}
        if vector["r"] != {"$": "throws"} and not agrees(ours, vector["r"]):
            wrong.append((vector, ours))
    assert wrong == []
    assert asked >= 5_000
    assert 0 < refused < asked / 5


def test_vectors_say_who_was_asked() -> None:
    """Answers of an unknown version prove nothing."""
    assert head("expressions")["survey-core"] == "3.1.1"


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("{b} = 'Yes'", {"b": "yes"}, True),
        ("{a} = '5'", {"a": 5}, True),
        ("{tags} = ['b', 'a']", {"tags": ["a", "b"]}, True),
        ("{a} != 2", {}, True),
        ("{a} > 3 or {a} < 3", {}, False),
        ("{a} empty", {"a": 0}, False),
        ("{a} empty", {"a": ""}, True),
        ("{a} empty", {"a": []}, True),
        ("{a} + 2", {"a": "1"}, 3.0),
        ("({a} + 2", {"a": 1}, 3.0),
        ("{a} <> 2", {"a": 2}, False),
        ("iif({nps} empty, 'none', 'some')", {}, "none"),
        ("age({born}) >= 18", {"born": "2008-03-01"}, True),
        ("age({born}) >= 18", {"born": "2008-03-02"}, False),
        ("2 + 3 * 2 ^ 2", {}, 14.0),
        ("{phone} = '13812345678'", {"phone": "13812345678"}, True),
        ("{code} + ''", {"code": "007"}, "007"),
    ],
)
def test_measured_findings_hold(text: str, answers: dict[str, object], expected: object) -> None:
    """Each of these was measured once and written down; a survey relies on it."""
    assert come_to(text, **answers) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("foo({a})", "function `foo` is not supported"),
        ("Iif({a}, 1, 2)", "function `Iif` is not supported"),
        ("{a} = ", "cannot be read at character 7, before the end"),
        ("{a} {b}", "cannot be read at character 5, before '{b}'"),
        ("", "cannot be read at character 1, before the end"),
        ("sum(1, null)", "has `null`"),
        ("null empty", "has `null`"),
        ("null", "has `null`"),
        ("1+" * 6000 + "1", "is longer than 10000 characters"),
    ],
)
def test_refusals_say_what_and_where(text: str, reason: str) -> None:
    """An author who reads only "invalid" cannot mend it."""
    with pytest.raises(ExpressionRefused, match="^" + reason.replace("(", r"\(")):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 64_000, "(" * 5_000, "!" * 9_999, "[" * 9_000, "{" * 9_000, "negate " * 1_400),
        *("1 or 1 and 1=1+1*1^1 contains (" * 300, "iif(" * 2_400, "'" * 9_999, "\\'" * 4_999),
        *("((((((((((" * 900 + "1", "sum([" * 1_900, "-" * 9_999, "{a}" * 3_000, "a" * 9_999),
    ],
)
def test_hostile_texts_are_refused_or_read_at_once(text: str) -> None:
    """Content that ends the process at every start would end the kiosk for good."""
    try:
        evaluate(parse(text), Plain({}), NOW)
    except ExpressionRefused:
        return
    assert text.startswith("a")


def test_long_chains_are_counted_to_their_end() -> None:
    """A tree that is walked by recursion ends the process at its thousandth link."""
    assert come_to("1" + "+1" * 4_000) == 4_001
    assert come_to("{a} = 0" + " or {a} = 1" * 800, a=1) is True


@pytest.mark.parametrize("text", ["{a} + {a}", "[{a}, {a}]", "sum({a}, {a})", "[{a}] + [{a}]"])
@pytest.mark.parametrize("first", ["ten signs.", [1, 2]])
def test_what_doubles_itself_stays_small(text: str, first: object) -> None:
    """Forty figures of a line each would fill the kiosk's memory, and it would never start."""
    value, doubled = from_json(first), parse(text)
    for _ in range(16):
        value = evaluate(doubled, Plain({"a": value}), NOW)
    assert len(json.dumps(to_json(value))) < 10 * LARGEST


def test_deep_but_human_brackets_are_read() -> None:
    """A limit that a real survey meets is a fault of ours."""
    assert come_to("(" * 40 + "1" + ")" * 40) == 1


_words = st.sampled_from(
    [
        *(
            "{a}",
            "{b.c}",
            "{list[0]}",
            "(",
            ")",
            "[",
            "]",
            ",",
            "'x'",
            "1",
            "0.5",
            "-2",
            " ",
            "and",
        ),
        *(
            "or",
            "=",
            "<>",
            "contains",
            "anyof",
            "empty",
            "!",
            "+",
            "*",
            "^",
            "iif(",
            "today(",
            "sum(",
        ),
        *("age({a})", "round(", "null", "true", "power", "%", "/", "dateDiff({a}, {b}, 'months')"),
    ]
)
_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
_values = st.recursive(_scalars, lambda inside: st.lists(inside, max_size=4), max_leaves=6)


@given(st.lists(_words, max_size=25).map("".join) | st.text(max_size=40), _values, _values)
def test_nothing_raises_but_a_refusal(text: str, a: object, b: object) -> None:
    """An answer nobody thought of would end the visit."""
    try:
        node = parse(text)
    except ExpressionRefused:
        return
    answers = Plain({"a": from_json(a), "b.c": from_json(b), "list": from_json([a, b])})
    value = evaluate(node, answers, NOW)
    to_json(value)
    assert is_fulfilled(value) in (True, False)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_texts_mean_the_same_number(number: float) -> None:
    """A wrong digit in a text turns a sum into another one."""
    assert float(number_text(number)) == number


@given(st.integers(-100_000_000, 100_000_000))
def test_dates_come_back_from_their_days(day: int) -> None:
    """Ages and periods are counted with these two, in every year there is."""
    assert days_to(*civil(Moment(day * 86_400_000.0))) == day


@given(st.dates())
def test_days_are_those_of_the_calendar(day: date) -> None:
    """A leap day put wrongly makes somebody a day too young."""
    late = datetime.combine(day, time(23, 59))
    assert civil(moment_of(late)) == (day.year, day.month, day.day)


def test_halves_are_rounded_away_from_nothing() -> None:
    """0.1 + 0.2 must be 0.3 on the screen, and 2.5 points are not 2."""
    assert [fixed(one, 1) for one in (0.25, -0.25, 0.1 + 0.2)] == [0.3, -0.3, 0.3]
    assert all(a <= b for a, b in pairwise(fixed(n / 7, 2) for n in range(-20, 20)))

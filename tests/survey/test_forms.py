"""A survey asks, hides, computes and checks as it does in SurveyJS; no answer brings it down."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.engine import ENOUGH, Engine
from kiosk.survey.expressions.moments import moment_of
from kiosk.survey.expressions.values import UNDEFINED, Value
from kiosk.survey.form import Form
from kiosk.survey.layout import layout_of
from kiosk.survey.outcome import data_of
from kiosk.survey.parts import Expression
from kiosk.survey.pipe import text_of
from kiosk.survey.run import Run
from kiosk.survey.steps import answer, begin, finish, go_back, go_on
from kiosk.survey.validate import Flaw
from tests.survey.oracle.make_forms import forms
from tests.survey.vectors import head, vectors
from tests.survey.walks import NOW, walk

NEGATIVE: dict[str, Any] = {
    "clearInvisibleValues": "onHidden",
    "pages": [
        {
            "name": "p1",
            "elements": [
                {"type": "rating", "name": "overall", "isRequired": True},
                {
                    "type": "checkbox",
                    "name": "cause",
                    "maxSelectedChoices": 2,
                    "choices": ["cloth", "colour", "staff"],
                    "visibleIf": "{overall} <= 2",
                },
            ],
        },
        {
            "name": "p2",
            "visibleIf": "{overall} <= 2",
            "elements": [
                {
                    "type": "text",
                    "name": "phone",
                    "inputType": "tel",
                    "title": {"default": "You said {cause}", "zh-cn": "您说{cause}"},
                    "validators": [{"type": "regex", "regex": "^1[3-9][0-9]{9}$"}],
                }
            ],
        },
        {"name": "p3", "elements": [{"type": "comment", "name": "ideas", "maxLength": 5}]},
    ],
}


def begun(form: dict[str, Any] = NEGATIVE) -> Run:
    """A run at its first page."""
    return begin(Form.model_validate(form), Language.ZH, NOW)


def alike(ours: object, theirs: object) -> bool:
    """Whether two standings are the same; a sum may differ in a float's last digits."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, float) or isinstance(theirs, float):
        return ours == pytest.approx(theirs, rel=1e-12)
    return type(ours) is type(theirs) and ours == theirs


def test_python_agrees_with_survey_core_on_every_kept_form() -> None:
    """HQ tries a survey in SurveyJS' editor: the kiosk would ask, hide and keep other things."""
    wrong, asked, done = [], 0, 0
    for vector in vectors("forms"):
        asked += 1
        stood = walk(vector)
        done += "done" in vector["r"][-1]
        wrong += [
            (json.dumps(vector["form"]), vector["steps"][:at], ours, theirs)
            for at, (ours, theirs) in enumerate(zip(stood, vector["r"], strict=True))
            if not alike(ours, theirs)
        ][:1]
    assert wrong == []
    assert asked >= 300
    assert done > asked / 3  # also the end is compared


def test_form_vectors_say_who_was_asked() -> None:
    """Answers of an unknown version prove nothing."""
    assert head("forms")["survey-core"] == "3.1.1"


def test_hidden_answers_vanish_at_once() -> None:
    """A phone number given in anger would stay after the smiley was corrected."""
    run = answer(begun(), "overall", 1, NOW)
    run = answer(run, "cause", ["staff"], NOW)
    run = answer(run, "overall", 5, NOW)
    assert data_of(run) == {"overall": 5}
    assert not run.shown["cause"]


def test_answers_of_a_hidden_page_are_no_answers_in_the_end() -> None:
    """SurveyJS keeps them until then: HQ would call somebody who took it back."""
    run = answer(begun(), "overall", 1, NOW)
    run = go_on(run, NOW).run
    run = answer(run, "phone", "13812345678", NOW)
    run = answer(go_back(run), "overall", 5, NOW)
    assert "phone" in data_of(run)
    assert data_of(finish(run, NOW)) == {"overall": 5}


def test_page_is_not_left_with_a_fault() -> None:
    """HQ would get a survey without its one required answer."""
    led = go_on(begun(), NOW)
    assert led.run.page == "p1"
    assert [(fault.question, fault.flaw) for fault in led.faults] == [("overall", Flaw.MISSING)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nobody", 1),
        ("overall", 9),
        ("overall", "one"),
        ("cause", ["cloth", "colour", "staff"]),
        ("cause", ["none of them"]),
        ("cause", "staff"),
        ("phone", "13812345678"),
    ],
)
def test_what_a_finger_cannot_do_changes_nothing(name: str, value: object) -> None:
    """A double touch in the moment a page changes must not answer what is not there."""
    run = begun() if name != "cause" else answer(begun(), "overall", 1, NOW)
    assert answer(run, name, value, NOW) == run


def test_free_words_are_cut_at_their_length() -> None:
    """A record too long for HQ would hold the queue up."""
    run = answer(begun(), "overall", 5, NOW)
    run = answer(go_on(run, NOW).run, "ideas", "1234567", NOW)
    assert data_of(run)["ideas"] == "12345"


def test_titles_name_what_was_answered() -> None:
    """A title with a bare `{cause}` in it looks broken."""
    run = answer(answer(begun(), "overall", 1, NOW), "cause", ["staff", "cloth"], NOW)
    asked = run.layout.questions["phone"]
    assert text_of(run, asked.title, "phone") == "您说staff, cloth"


def test_only_the_outermost_function_may_change_by_itself() -> None:
    """SurveyJS asks such a condition at every answer, and another only when its names change."""
    asked = ["today() > {a}", "{a} > iif(1 = 1, 2, 3)", "iif({a} > 1, today(), 0)", "max({a})"]
    assert [Expression(one).always for one in asked] == [True, True, False, False]


@pytest.mark.parametrize(
    ("address", "well"),
    [
        ("a@b.cn", True),
        ("a.b+c@b-c.com.cn", True),
        ('"a b"@b.cn', True),
        ("王@例子.中国", True),
        ('"a b"@a@b.cn', False),
        ("a@b@c.cn", False),
        ("a@b=c.cn", False),
        ("a=b@c.cn", True),
        ("a@b.c", False),
        ("a@b", False),
        ("a..b@c.cn", False),
        ('""@c.cn', False),
    ],
)
def test_addresses_are_those_of_surveyjs(address: str, well: bool) -> None:
    """Measured with survey-core: an address HQ cannot write to, or somebody kept from going on."""
    asked = {"type": "text", "inputType": "email", "name": "q"}
    form = Form.model_validate({"elements": [asked]})
    led = go_on(answer(begin(form, Language.EN, NOW), "q", address, NOW), NOW)
    assert (led.faults == ()) == well


@pytest.mark.parametrize(("chosen", "left"), [([5], None), ([5, 3], [3])])
def test_ticks_come_back_with_their_choice(chosen: list[int], left: list[int] | None) -> None:
    """SurveyJS keeps a tick aside while its choice is away, also when it was the only one."""
    five = {"value": 5, "visibleIf": "{other} empty"}
    asked = [
        {"type": "rating", "name": "other"},
        {"type": "checkbox", "name": "q", "choices": [five, 3]},
    ]
    run = begin(Form.model_validate({"elements": asked}), Language.EN, NOW)
    run = answer(answer(run, "q", chosen, NOW), "other", 1, NOW)
    assert data_of(run).get("q") == left
    assert data_of(answer(run, "other", None, NOW))["q"] == [*(left or []), 5]


def test_panel_means_the_innermost_panel_alone() -> None:
    """SurveyJS leaves any other `{panel.name}` in the title as it stands."""
    title = "{panel.near}, {panel.far}, {panel.out}"
    near = {"type": "text", "name": "near", "title": title}
    inner = {"type": "panel", "name": "inner", "elements": [near]}
    outer = {"type": "panel", "name": "outer", "elements": [{"type": "text", "name": "far"}, inner]}
    form = Form.model_validate({"elements": [{"type": "text", "name": "out"}, outer]})
    run = begin(form, Language.EN, NOW)
    for name in ("near", "far", "out"):
        run = answer(run, name, name.upper(), NOW)
    said = text_of(run, run.layout.questions["near"].title, "near")
    assert said == "NEAR, {panel.far}, {panel.out}"


def test_a_variable_set_to_nothing_is_not_there() -> None:
    """SurveyJS leaves its name in the title, and the author sees the slip in the editor."""
    form = Form.model_validate(
        {
            "triggers": [
                {
                    "type": "setvalue",
                    "expression": "{q} = 1",
                    "setToName": "v",
                    "setValue": None,
                    "isVariable": True,
                }
            ],
            "pages": [{"name": "p", "elements": [{"type": "rating", "name": "q", "title": "{v}"}]}],
        }
    )
    run = answer(begin(form, Language.EN, NOW), "q", 1, NOW)
    assert text_of(run, run.layout.questions["q"].title, "q") == "{v}"


_answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=15),
    st.lists(st.integers(0, 6) | st.sampled_from(["red", "Blue", "none", "m"]), max_size=5),
)
_names = st.sampled_from([f"q{number}" for number in range(1, 9)])
_steps = st.lists(st.tuples(_names, _answers) | st.sampled_from(["next", "back"]), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 10_000), _steps)
def test_no_sequence_of_answers_brings_a_survey_down(
    seed: int, steps: list[tuple[str, object] | str]
) -> None:
    """A visit would end in a notice; and what is hidden at the end must not be told."""
    (made,) = forms(seed, 1)
    form = Form.model_validate(made["form"])
    run = begin(form, Language.EN, NOW)
    for taken in steps:
        if isinstance(taken, tuple):
            run = answer(run, *taken, NOW)
        else:
            run = go_on(run, NOW).run if taken == "next" else go_back(run)
        assert run.completed or run.page in (*run.visible_pages(), "")
    last = finish(run, NOW)
    if form.clear_invisible_values != "none":
        hidden = {name for name in last.layout.questions if not last.is_visible(name)}
        assert hidden.isdisjoint(last.data)
    json.dumps(data_of(last), allow_nan=False)


class Counting(Engine):
    """An engine that counts the parts of expressions it is asked for."""

    asked = 0

    def value_of(self, expression: Expression, owner: str = "", item: Value = UNDEFINED) -> Value:
        """What an expression comes to, counted."""
        self.asked += expression.size
        return super().value_of(expression, owner, item)


def test_triggers_that_undo_each_other_come_to_an_end() -> None:
    """Sixteen kilobytes of a survey would hold the glass for seconds at every touch."""
    undoing = [
        {"type": "setvalue", "expression": "{a} > 0", "setToName": "x", "setValue": at}
        for at in range(40)
    ]
    costly = [
        {"type": "rating", "name": f"b{at}", "visibleIf": "+".join(["{a}"] * 300) + "+{x} > 1"}
        for at in range(10)
    ]
    asked = [{"type": "rating", "name": "a"}, {"type": "text", "name": "x"}]
    form = Form.model_validate(
        {"triggers": undoing, "pages": [{"name": "p", "elements": [*asked, *costly]}]}
    )
    engine = Counting(begin(form, Language.EN, NOW), moment_of(NOW))
    engine.answer("a", 1.0)
    assert engine.asked < 2 * ENOUGH
    assert engine.run.data["a"] == 1.0
    assert go_on(engine.run, NOW).run.completed


def test_no_form_of_an_author_comes_near_that_end() -> None:
    """A survey of today would stop short, and the kiosk ask other questions than SurveyJS."""
    most = 0
    for vector in vectors("forms"):
        form = Form.model_validate(vector["form"])
        engine = Counting(Run(form, layout_of(form), Language.EN), moment_of(NOW))
        engine.run_conditions()
        for name in engine.run.layout.questions:
            engine.asked = 0
            engine.answer(name, 1.0)
            most = max(most, engine.asked)
    assert 0 < most < ENOUGH / 20

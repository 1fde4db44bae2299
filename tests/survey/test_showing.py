"""What of a value may be shown: choices as they are, of everything personal a mask at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.profile import Field, field_of
from kiosk.survey.showing import as_shown, chosen_values, shown_words
from tests.survey.profile_kit import PERSONAL, SOFT, ask, stage

QUESTIONS = stage(
    "s",
    (
        ask("name"),
        ask("phone", inputType="tel"),
        ask("open_phone", inputType="tel"),
        ask("email", inputType="email"),
        ask("birthday", inputType="date"),
        ask("open_month", inputType="month"),
        ask("hobby"),
        ask("children", inputType="number"),
        ask("size", "radiogroup"),
        ask("style", "checkbox"),
        ask("budget", "radiogroup"),
        ask("gift", "boolean"),
        ask("fit", "rating"),
    ),
    {
        **{name: {**SOFT, **PERSONAL} for name in ("name", "phone", "email", "birthday", "budget")},
        "children": {**SOFT, **PERSONAL},
    },
)


def field(name: str) -> Field:
    """The question of this name."""
    found = field_of(QUESTIONS, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("name", "李娜", "李*"),
        ("phone", "13812345678", "138****5678"),
        ("open_phone", "13812345678", "138****5678"),
        ("email", "lina@qq.com", "l*@qq.com"),
        ("birthday", "1988-03-04", ""),
        ("open_month", "1988-03", ""),
        ("hobby", "养花", "养花"),
        ("children", 2, "2*"),
        ("size", "plain", "plain"),
        ("style", ["plain", "sporty"], "plain,sporty"),
        ("budget", "plain", "*"),
        ("gift", True, "true"),
        ("fit", 4, "4"),
        ("budget", ["plain"], "*"),
        ("name", True, ""),
    ],
)
def test_only_what_may_be_shown_is_kept(name: str, value: object, shown: str) -> None:
    """Whoever stands behind would read a number, an address or a birthday."""
    one = field(name)
    assert as_shown(one.question, one.note, value) == shown


@pytest.mark.parametrize(
    ("name", "shown", "zh", "en"),
    [
        ("size", "plain", ("简约",), ("Plain",)),
        ("size", "gone", (), ()),
        ("style", "plain,sporty", ("简约", "运动"), ("Plain", "Sporty")),
        ("style", "plain,gone", ("简约",), ("Plain",)),
        ("style", "", (), ()),
        ("gift", "True", ("是",), ("Yes",)),
        ("fit", "4", ("4",), ("4",)),
        ("name", "李*", ("李*",), ("李*",)),
        ("name", "李娜", (), ()),
        ("birthday", "on file", (), ()),
        ("birthday", "1988-**-**", (), ()),
        ("hobby", "养花", ("养花",), ("养花",)),
        ("hobby", " ", (), ()),
        ("budget", "plain", (), ()),
        ("budget", "*", (), ()),
        ("phone", "*******", (), ()),
    ],
)
def test_a_kept_value_is_shown_in_words(
    name: str, shown: str, zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    """A member would read codes, or what HQ forgot to mask."""
    one = field(name)
    assert shown_words(one.question, one.note, shown, Language.ZH) == zh
    assert shown_words(one.question, one.note, shown, Language.EN) == en


def test_several_choices_come_back_as_a_list_and_one_as_itself() -> None:
    """Conditions on what HQ knows would never hold."""
    assert chosen_values(field("style").question, "plain,gone,sporty") == ["plain", "sporty"]
    assert chosen_values(field("size").question, "PLAIN ") == "plain"
    assert chosen_values(field("fit").question, "4") == 4
    assert chosen_values(field("gift").question, "true") is True


@given(
    st.sampled_from(["name", "phone", "email", "birthday"]),
    st.text(st.characters(categories=("L", "N")), min_size=3, max_size=20),
)
def test_what_is_personal_never_stands_there_whole(name: str, said: str) -> None:
    """A mask that lets a value through is worse than none: people trust it."""
    one = field(name)
    kept = as_shown(one.question, one.note, said)
    assert said not in kept
    assert len(kept.replace("*", "")) < len(said)
    assert all(
        said not in words for words in shown_words(one.question, one.note, kept, Language.EN)
    )

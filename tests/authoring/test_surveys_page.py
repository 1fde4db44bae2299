"""docs/surveys.md names every property there is, and none that would be refused."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from kiosk.authoring.examine import examine
from kiosk.authoring.tell import lines
from kiosk.store import bundle
from kiosk.survey import check as checking
from kiosk.survey import choices, document, form, questions, regex, validators
from kiosk.survey.check import check
from kiosk.survey.expressions import parser
from kiosk.survey.expressions.functions import NAMES
from kiosk.survey.expressions.operators import OPERATORS
from kiosk.survey.linter import advice_on

PAGE = (Path(__file__).parents[2] / "docs" / "surveys.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """What stands below a heading, up to the next one."""
    return re.split(rf"^#+ {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n#")[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    table = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def names(model: type[BaseModel], *but: type[BaseModel]) -> list[str]:
    """A model's properties as JSON has them, without those of other models."""
    inherited = {name for one in but for name in one.model_fields}
    return [
        field.alias or name
        for name, field in model.model_fields.items()
        if name not in inherited and name != "type"
    ]


def named(cell: str) -> list[str]:
    """What a cell names, its explanations in brackets left out."""
    return re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", cell))


@pytest.mark.parametrize(
    ("heading", "model", "but"),
    [
        ("The envelope", document.Document, ()),
        ("Audience", document.Audience, ()),
        ("Window", document.Window, ()),
        ("Notes", document.Note, ()),
        ("The survey", form.Form, ()),
        ("Page", form.Page, ()),
        ("Every element", questions.Element, ()),
        ("Every question", questions.Question, (questions.Element,)),
        ("Choices", choices.Choice, ()),
    ],
)
def test_tables_name_each_property(
    heading: str, model: type[BaseModel], but: tuple[type[BaseModel], ...]
) -> None:
    """An author would look for a property that is there, or use one that is refused."""
    assert [named(row[0])[0] for row in rows(heading)] == names(model, *but)


def leaves(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models below this one that have a type of their own."""
    found = [leaf for one in model.__subclasses__() for leaf in leaves(one)]
    return found or [model]


def typed(models: Iterable[type[BaseModel]], *but: type[BaseModel]) -> dict[str, set[str]]:
    """Properties by the type that a model stands for."""
    found = {}
    for one in models:
        (kind,) = one.model_fields["type"].annotation.__args__  # type: ignore[union-attr]
        found[kind] = set(names(one, *but))
    return found


def test_types_name_their_own_properties() -> None:
    """The editor offers a hundred properties; the page says which ones arrive."""
    shared = (questions.Question,)
    found = typed(leaves(questions.Element), *shared)
    found["panel"] |= {"enableIf"}  # of every question, and of a panel
    assert {named(row[0])[0]: set(named(row[1])) for row in rows("Types")} == found


def test_validators_name_their_own_properties() -> None:
    """A limit that does not arrive is a limit nobody keeps."""
    found = typed(get_args(get_args(validators.Validator)[0]), validators.Common)
    assert {named(row[0])[0]: set(named(row[1])) for row in rows("Validators")} == found


def test_triggers_name_their_own_properties() -> None:
    """A jump that is spelt wrongly is refused, and the author does not know why."""
    table = {row[0].strip("`"): set(named(row[1])) for row in rows("Figures and triggers")}
    assert table.pop("figure") == set(names(form.CalculatedValue))
    assert table == typed((form.CompleteTrigger, form.SkipTrigger, form.SetValueTrigger))


def test_functions_and_operators_are_all_there() -> None:
    """An author would count by hand what a function counts."""
    page = section("Expressions").splitlines()
    told = next(line for line in page if line.startswith("- Functions"))
    assert set(re.findall(r"`(\w+)`", told)) == NAMES
    told = next(line for line in page if line.startswith("- Operators"))
    signs = set(re.findall(r"`([^`]+)`", told)) - {"!", "negate", "empty", "notempty"}
    known = {meaning: sign for _, _, meant in OPERATORS for sign, meaning in meant.items()}
    assert {_meaning(sign) for sign in signs} == set(known)


def _meaning(sign: str) -> str:
    return next(meant[sign] for _, _, meant in OPERATORS if sign in meant)


def test_limits_are_those_that_are_kept() -> None:
    """An author would be told forty and be refused at thirty."""
    kept = {
        "surveys in a bundle": bundle.MAX_SURVEYS,
        "size of one": f"{bundle.MAX_SURVEY_BYTES // 1024} KiB",
        "levels of JSON inside one another": checking.DEEPEST,
        "pages": form.PAGES,
        "elements on a page or in a panel": questions.ELEMENTS,
        "choices of a question": choices.CHOICES,
        "steps of a rating": questions.STEPS,
        "faces of a rating": questions.SMILEYS,
        "regular expressions in a survey": checking.PATTERNS,
        "characters of a regular expression": f"{regex.LENGTH:,}",
        "characters of an expression": f"{parser.CHARACTERS:,}",
    }
    assert {row[0]: row[1] for row in rows("Limits")} == {
        what: str(most) for what, most in kept.items()
    }


def example() -> str:
    """The survey that the page shows."""
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_good_in_every_way() -> None:
    """It is copied by everybody, faults and all."""
    survey = check(json.loads(example())).document
    assert survey is not None
    assert advice_on(survey) == ()


def test_the_check_says_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Authors would look for words that are not said."""
    refused, advised = re.findall(r"```\n(.*?)```", section("What the check says"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    path = Path("surveys/return_visit.json")
    path.parent.mkdir()
    path.write_text(example().replace("checkbox", "matrix"), encoding="utf-8")
    assert list(lines(examine(path))) == refused.splitlines()
    path.write_text(example().replace("Satisfaction by store and month.", ""), encoding="utf-8")
    assert list(lines(examine(path))) == advised.splitlines()

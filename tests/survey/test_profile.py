"""The profile as it grows: how complete it is, and which question is worth asking next."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.answers import Reluctance
from kiosk.model.asked import LONGEST_FIELD
from kiosk.model.members import Member
from kiosk.model.verdicts import Claim
from kiosk.survey.check import check
from kiosk.survey.document import FileClass
from kiosk.survey.profile import Dossier, completeness, fields_of, stages_of
from tests.factories import member
from tests.survey.profile_kit import (
    SOFT,
    STAGES,
    ask,
    basics,
    dossier,
    known,
    put_off,
    said,
    stage,
    tastes,
)
from tests.survey.test_offers import document

NAMES = tuple(one.name for one in fields_of(STAGES))
ASKABLE = tuple(one.name for one in fields_of(STAGES) if one.is_askable)
MET = (known("name", "李*"), known("phone", "138****5678"))
"""What the first visit asks for is known."""


def next_name(profile: Dossier) -> str | None:
    """The name of the question that is asked next."""
    asked = profile.next_question()
    return asked.name if asked is not None else None


def test_stages_come_in_the_order_of_their_ids_and_surveys_are_none() -> None:
    """Somebody would be asked for hobbies before their name, or a survey would count."""
    unordered = (tastes(), document(), basics())
    assert [one.id for one in stages_of(unordered)] == ["stage_1", "stage_2"]


# -- completeness --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "percent"),
    [
        ((), 0),
        (("name",), 2),  # 0.2 × 1/7 = 2.86 %
        (("email",), 8),  # 0.2 × 3/7 = 8.57 %
        (("email", "birthday", "phone", "name", "size"), 20),
        (("style",), 40),  # 0.8 × 3/6
        (("manner",), 13),  # staff noted it: it counts all the same
        (("style", "work", "manner", "sport"), 80),
        (NAMES, 100),
        (("gone", "other"), 0),
    ],
)
def test_completeness_is_a_fifth_hard_and_four_fifths_soft(
    told: tuple[str, ...], percent: int
) -> None:
    """The chain's own formula: HQ's board and the kiosk would tell two figures."""
    assert completeness(fields_of(STAGES), told) == percent


def test_a_file_without_questions_counts_as_full() -> None:
    """Nobody could reach 100 percent where HQ asks for one file only."""
    only_hard = fields_of((basics(),))
    assert completeness(only_hard, ()) == 80
    assert completeness(only_hard, NAMES) == 100


def test_no_profile_at_all_is_complete() -> None:
    """A division by nothing would take the page down."""
    assert completeness((), ()) == 100


WEIGHTS = st.lists(
    st.tuples(st.sampled_from(("hard", "soft")), st.floats(0.001, 100)), min_size=1, max_size=6
)


@given(WEIGHTS, st.data())
def test_only_the_whole_is_a_hundred_and_more_is_never_less(
    weights: list[tuple[str, float]], data: st.DataObject
) -> None:
    """A figure that falls after an answer, or says 100 while something is missing, is a lie."""
    names = [f"q{at}" for at in range(len(weights))]
    notes = {
        name: {"class": file, "weight": weight}
        for name, (file, weight) in zip(names, weights, strict=True)
    }
    fields = fields_of((stage("s", [ask(name) for name in names], notes),))
    told = data.draw(st.sets(st.sampled_from(names)))
    more = data.draw(st.sets(st.sampled_from(names)))
    percent = completeness(fields, told)
    assert 0 <= percent <= completeness(fields, told | more) <= 100
    assert (percent == 100) is (told == set(names))


# -- which question ------------------------------------------------------------------------


def test_the_first_visit_asks_for_name_and_phone_and_for_nothing_else() -> None:
    """The chain's rule: at the first visit, name and phone are enough."""
    assert next_name(dossier()) == "name"
    assert next_name(dossier(None, said("answered.name"))) == "phone"
    assert next_name(dossier(None, said("later.name"))) == "phone"
    assert next_name(dossier(None, said("never.name"), said("answered.phone", 10))) == "email"


def test_inside_a_stage_the_worthiest_comes_first() -> None:
    """A visit's only question would be spent on what is worth least."""
    assert next_name(dossier(member(known=MET))) == "email"


def test_the_next_stage_begins_when_nothing_of_the_first_may_be_asked() -> None:
    """A member who refuses one question would never be asked another."""
    row = member(known=(*MET, known("birthday")), put_off=(put_off("email"),))
    assert next_name(dossier(row)) == "style"


def test_soft_weighs_more_than_hard() -> None:
    """Size (0.2) would come before work (0.8) though it says less."""
    told = (*MET, known("birthday"), known("email", "l*@qq.com"), known("style", "plain"))
    assert next_name(dossier(member(known=told))) == "work"


def test_of_equals_the_one_that_stands_first_is_asked() -> None:
    """Two kiosks would ask in two orders."""
    two = stage("s", (ask("b"), ask("a")), {})
    assert next_name(dossier(stages=(two,))) == "b"


def test_conditions_see_the_choices_that_are_known() -> None:
    """Somebody who never does sports would be asked which."""
    told = tuple(known(name) for name in ("birthday", "email", "size", "work"))
    plain = member(known=(*MET, *told, known("style", "plain,vintage")))
    sporty = member(known=(*MET, *told, known("style", "plain,sporty")))
    assert next_name(dossier(plain)) is None
    assert next_name(dossier(sporty)) == "sport"


def test_a_question_that_takes_no_answer_is_not_asked() -> None:
    """A visit's one question would be a page on which nothing can be touched."""
    locked = stage("s", (ask("job"), ask("car", enableIf="{job} = 'yes'")), {})
    row = member(known=(known("job"),))
    assert next_name(dossier(row, stages=(locked,))) is None
    free = stage("s", (ask("job"), ask("car")), {})
    assert next_name(dossier(row, stages=(free,))) == "car"


def test_what_was_chosen_here_counts_for_no_condition_until_hq_has_it() -> None:
    """A claim has no value: nothing may be concluded from it."""
    told = tuple(known(name) for name in ("birthday", "email", "size", "work"))
    row = member(known=(*MET, *told, known("style", "sporty")))
    assert next_name(dossier(row, said("answered.style"))) is None


@pytest.mark.parametrize("more", [{"self_askable": False}, {"sensitivity": "sensitive"}])
def test_what_must_not_be_asked_at_an_entrance_is_not(more: dict[str, Any]) -> None:
    """What staff note would be asked in front of everybody."""
    kept = stage("s", (ask("look"),), {"look": {**SOFT, **more}})
    assert next_name(dossier(stages=(kept,))) is None


def test_without_a_clock_nobody_is_asked_for_a_birthday() -> None:
    """An age could not be reckoned, and a child's day of birth would be stored."""
    row = member(known=(*MET, known("email", "l*@qq.com")))
    assert next_name(dossier(row)) == "birthday"
    assert next_name(dossier(row, today=None)) == "style"


@pytest.mark.parametrize(
    ("row", "claims", "free"),
    [
        (member(), (), True),
        (member(known=(known("birthday"),)), (), False),
        (member(), (said("answered.birthday"),), False),
        (member(), (said("later.birthday"),), True),
    ],
)
def test_a_day_of_birth_is_told_once(row: Member, claims: tuple[Claim, ...], free: bool) -> None:
    """HQ gives vouchers by it and refuses another: a change would be thanked for and lost."""
    profile = dossier(row, *claims)
    birthday = profile.field("birthday")
    assert birthday is not None
    assert profile.can_be_told(birthday) is free


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        ({}, True),
        ({"tiers": ["gold"]}, True),
        ({"tiers": ["silver"]}, False),
        ({"segments": ["core"]}, True),
        ({"segments": ["regular"]}, False),
    ],
)
def test_a_stage_is_for_whom_hq_says(audience: dict[str, Any], asked: bool) -> None:
    """A question for gold members would be put to everybody."""
    limited = stage("s", (ask("hobby"),), {}, audience=audience)
    profile = dossier(stages=(limited,), tier="gold", segment="core")
    assert (profile.next_question() is not None) is asked


def test_a_stage_is_asked_while_its_window_is_open() -> None:
    """A question would come after HQ has stopped asking it."""
    closed = stage("s", (ask("hobby"),), {}, window={"to": "2026-11-20"})
    assert next_name(dossier(stages=(closed,))) is None


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Anything known, put off long ago or just now, or refused."""
    told = draw(st.sets(st.sampled_from(NAMES)))
    off = draw(st.dictionaries(st.sampled_from(NAMES), st.tuples(_DAYS, _HOW)))
    return member(
        known=tuple(known(name, draw(st.sampled_from(_SHOWN)), draw(_DAYS)) for name in told),
        put_off=tuple(put_off(name, days, how) for name, (days, how) in off.items()),
    )


_DAYS = st.integers(0, 800)
_HOW = st.sampled_from(tuple(Reluctance))
_SHOWN = ("", "plain", "sporty,plain", "李*", "gone")
CLAIMS = st.lists(
    st.tuples(st.sampled_from(("answered", "confirmed", "later", "never")), st.sampled_from(NAMES)),
    max_size=4,
).map(lambda words: tuple(said(f"{how}.{name}", at + 1) for at, (how, name) in enumerate(words)))


@given(members(), CLAIMS, st.booleans())
def test_nobody_is_asked_what_is_known_refused_or_not_for_them(
    row: Member, claims: tuple[Any, ...], has_clock: bool
) -> None:
    """The worst a kiosk can do: ask again what somebody has told, or asked not to be asked."""
    profile = dossier(row, *claims, today=date(2026, 11, 21) if has_clock else None)
    asked = profile.next_question()
    if asked is None:
        return
    told = profile.told
    assert asked.name in ASKABLE
    assert asked.name not in told.known | told.later | told.never
    if asked.name not in ("name", "phone"):
        settled = told.known | told.later | told.never
        assert {"name", "phone"} <= settled


@given(members(), CLAIMS)
def test_answering_leads_through_everything_and_ends(row: Member, claims: tuple[Any, ...]) -> None:
    """A question that comes back after its answer would never let a member go."""
    profile = dossier(row, *claims)
    percent, seq = profile.percent, 20
    while (asked := profile.next_question()) is not None:
        claims = (*claims, said(f"answered.{asked.name}", seq))
        seq += 1
        with_it = profile.percent_with(asked.name)
        profile = dossier(row, *claims)
        assert profile.percent == with_it >= percent
        percent = with_it
        assert seq < 20 + len(NAMES) + 1


# -- the stage -----------------------------------------------------------------------------


def test_what_is_left_of_a_stage_counts_refused_questions_and_no_hidden_ones() -> None:
    """Points would be promised for fewer answers than HQ asks for."""
    row = member(known=(known("size"),), put_off=(put_off("work", how=Reluctance.NEVER),))
    left = [one.name for one in dossier(row).missing(STAGES[1])]
    assert left == ["style", "work"]


def test_a_stage_is_paid_for_once() -> None:
    """A member would be promised points that HQ will not pay again."""
    assert dossier().points(STAGES[0]) == 30
    assert dossier(member(stages=("stage_1",))).points(STAGES[0]) == 0


# -- is this still right -------------------------------------------------------------------


@pytest.mark.parametrize(("days_ago", "asked"), [(364, False), (365, True), (4000, True)])
def test_a_value_is_old_from_the_age_hq_says(days_ago: int, asked: bool) -> None:
    """What was told last week would be doubted."""
    row = member(known=(known("phone", "138****5678", days_ago),))
    assert (dossier(row).to_confirm(365) is not None) is asked


def test_the_oldest_value_is_confirmed_first() -> None:
    """The same value would be asked at every visit, and another never."""
    row = member(
        known=(known("phone", "138****5678", 500), known("name", "李*", 600), known("size", "x"))
    )
    oldest = dossier(row).to_confirm(365)
    assert oldest is not None
    assert oldest.name == "name"


@pytest.mark.parametrize(
    "value",
    [
        known("birthday", "on file", 900),
        known("size", "gone", 900),
        known("manner", "quiet", 900),
        known("unheard_of", "李*", 900),
        known("name", "李娜", 900),
    ],
)
def test_what_cannot_be_shown_or_is_not_the_members_is_not_confirmed(value: Any) -> None:
    """Is this still right, without saying what, cannot be answered."""
    assert dossier(member(known=(value,))).to_confirm(365) is None


def test_without_a_clock_nothing_is_old() -> None:
    """A kiosk that has just started would doubt everything."""
    row = member(known=(known("phone", "138****5678", 900),))
    assert dossier(row, today=None).to_confirm(365) is None


@pytest.mark.parametrize("word", ["confirmed.phone", "answered.phone"])
def test_what_was_confirmed_or_changed_here_is_not_asked_again(word: str) -> None:
    """The next tap of the day would ask it again while HQ is away."""
    row = member(known=(known("phone", "138****5678", 900),))
    assert dossier(row, said(word)).to_confirm(365) is None


# -- what an author may write --------------------------------------------------------------


def troubles(question: dict[str, Any]) -> list[str]:
    """Why a stage with this one question cannot be published."""
    note = {**SOFT, "why": {"zh-CN": "好", "en": "Good"}}
    survey = {"pages": [{"name": "p", "elements": [question]}]}
    document = {"id": "s", "version": 1, "kind": "profile", "partial": "discard"}
    document |= {"questions": {question["name"]: note}, "survey": survey}
    return [one.reason for one in check(document).troubles]


def test_a_name_too_long_for_a_claim_is_refused() -> None:
    """Cut off in the claim, its answer would be forgotten here, and the question come again."""
    assert troubles(ask("n" * LONGEST_FIELD)) == []
    assert "longer than" in troubles(ask("n" * (LONGEST_FIELD + 1)))[0]


def test_a_birthday_must_be_a_date() -> None:
    """Typed as words, no age could be told from it, and a child's be stored."""
    assert troubles(ask("birthday", inputType="date")) == []
    assert "inputType `date`" in troubles(ask("birthday"))[0]
    assert "inputType `date`" in troubles(ask("birthday", "radiogroup"))[0]


# -- exactness -----------------------------------------------------------------------------


def test_no_share_is_lost_by_rounding() -> None:
    """Thirds that add up to 99 percent would leave a full profile unfinished for ever."""
    thirds = stage(
        "s",
        [ask(f"q{at}") for at in range(3)],
        {f"q{at}": {**SOFT, "weight": 0.1} for at in range(3)},
    )
    fields = fields_of((thirds,))
    by_count = {count: completeness(fields, NAMES_OF_THIRDS[:count]) for count in range(4)}
    expected = [Fraction(20) + Fraction(80 * count, 3) for count in range(4)]
    assert by_count == {count: int(share) for count, share in enumerate(expected)}


NAMES_OF_THIRDS = ("q0", "q1", "q2")


def test_the_kit_is_what_the_tables_above_assume() -> None:
    """Figures in the tables would speak of another profile."""
    weights = {
        file: sum(one.note.weight for one in fields_of(STAGES) if one.note.file is file)
        for file in FileClass
    }
    assert weights == {FileClass.HARD: 7, FileClass.SOFT: 6}

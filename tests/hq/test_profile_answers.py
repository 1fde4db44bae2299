"""Profiles at HQ: what holds follows from everything that was said; stages pay once."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Row, select

from kiosk.model.answers import Reluctance
from kiosk.model.asking import Known, Source
from kiosk.model.ledger import LineReason
from kiosk.model.text import Language
from kiosk.model.verdicts import Outcome
from kiosk.model.wire import Fate
from sim.hq import profile
from sim.hq.answer_tables import profile_said, profile_value
from sim.hq.care import Arrival
from sim.hq.directory import read_meta
from sim.hq.envelope import open_envelope
from sim.hq.profile_fold import Said, fold
from sim.hq.tables import card, record
from tests import factories
from tests.hq.answers_kit import stage, telling
from tests.hq.kit import moment
from tests.hq.office import Office, key_of, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with one stage of the profile, and a member of whom it knows nothing."""
    office = open_office(tmp_path, [stage()])
    office.join(full_name="")
    office.join("m-2")
    yield office
    office.hq.close()


def said(office: Office) -> list[Row[Any]]:
    """Every word about any profile."""
    with office.hq.database.read() as connection:
        return list(connection.execute(select(profile_said)).all())


def known(office: Office, member_id: str = "m-1") -> dict[str, Known]:
    """What the row tells, by field."""
    return {one.field: one for one in office.row(member_id).known}


def earned(office: Office) -> int:
    """Points for stages."""
    return sum(one.points for one in office.lines() if one.reason is LineReason.PROFILE)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("name", "欧阳娜娜", "欧*"),
        ("phone", "13812345678", "138****5678"),
        ("birthday", "1990-03-04", ""),
        ("style", ["plain", "vintage"], "plain,vintage"),
    ],
)
def test_a_value_is_kept_whole_and_told_masked(
    office: Office, field: str, value: Any, shown: str
) -> None:
    """A stolen kiosk would give away phones and birthdays, or ask again what HQ knows."""
    assert office.ask(telling(office, field, value)).outcome is Outcome.NOTED
    assert known(office)[field] == Known(
        field=field, shown=shown, source=Source.MEMBER, on=date(2026, 11, 21)
    )
    with office.hq.database.read() as connection:
        row = connection.execute(select(profile_value)).one()
    assert row.value == value
    whole = office.row().model_dump_json()
    assert not [one for one in ("13812345678", "1990-03", "娜娜") if one in whole]


def test_of_what_is_sensitive_or_unknown_only_that_it_is_there_is_told(office: Office) -> None:
    """What nobody may see at an entrance would stand on the glass."""
    changed = stage(2)
    changed["questions"]["style"] |= {"sensitivity": "sensitive"}
    office.publish(office.content, [changed])
    office.send(
        telling(office, "style", ["plain"], survey_version=2),
        telling(office, "scent", "rose", survey_id="gone", survey_version=9),
    )
    assert {name: one.shown for name, one in known(office).items()} == {"style": "*", "scent": "*"}


def test_what_hq_had_before_is_told_as_known(office: Office) -> None:
    """Members of many years would be asked for their name."""
    office.join("m-old", full_name="李娜", birth_month=5, joined_on="2020-02-03")
    told = known(office, "m-old")
    assert (told["name"].shown, told["name"].source) == ("李*", Source.IMPORT)
    assert (told["birthday"].shown, told["birthday"].on) == ("", date(2020, 2, 3))


def test_a_member_without_a_name_is_greeted_by_the_one_they_tell(office: Office) -> None:
    """Who told their name would still be called nobody."""
    office.ask(telling(office, "name", "欧阳娜娜"))
    assert office.row().called.zh == "欧阳会员"
    office.ask(telling(office, "name", "坏人"))
    assert office.row().called.zh == "欧阳会员"


def test_refusals_are_told_and_end_with_an_answer(office: Office) -> None:
    """Don't ask again would be asked again, or an answer given later count as none."""
    office.send(telling(office, "style", put_off="never"), telling(office, "name", put_off="later"))
    told = {one.field: one.how for one in office.row().put_off}
    assert told == {"style": Reluctance.NEVER, "name": Reluctance.LATER}
    office.ask(telling(office, "style", ["plain"]))
    assert [one.field for one in office.row().put_off] == ["name"]
    assert known(office)["style"].shown == "plain"


def test_a_confirmation_makes_a_value_young_again(office: Office) -> None:
    """A value that was called right would be asked about at every visit."""
    office.ask(telling(office, "phone", "13812345678"))
    office.clock.now = office.clock.now.replace(day=25)
    office.ask(telling(office, "phone", confirmed=True))
    assert known(office)["phone"].on == date(2026, 11, 25)
    with office.hq.database.read() as connection:
        row = connection.execute(select(profile_value)).one()
    assert (row.told, row.day, row.confirmed) == ("2026-11-21", "2026-11-25", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12345"), ("style", ["pyjamas"]), ("unheard_of", "x"), ("style", "plain")],
)
def test_a_value_its_question_would_not_take_is_kept_and_does_not_hold(
    office: Office, field: str, value: Any
) -> None:
    """A kiosk gone wrong would spoil what HQ knows."""
    assert office.ask(telling(office, field, value)).outcome is Outcome.REFUSED
    (row,) = said(office)
    assert (row.fit, row.holds, row.value) == ("misfit", False, value)
    assert field not in known(office)


def test_with_another_members_card_nothing_holds(office: Office) -> None:
    """One member could answer in another's name."""
    record = telling(office, "name", "坏人", card_key=key_of("m-2"))
    assert office.ask(record).outcome is Outcome.REFUSED
    assert known(office) == {}
    assert office.row().noted == {"k-1": record["seq"]}


def test_a_day_of_birth_is_settled_once(office: Office) -> None:
    """A new birthday every month would bring a voucher every month."""
    office.ask(telling(office, "birthday", "1990-03-04"))
    assert office.column("birth_month") == 3
    verdict = office.ask(telling(office, "birthday", "1990-11-04"))
    assert verdict.outcome is Outcome.REFUSED
    assert office.column("birth_month") == 3
    with office.hq.database.read() as connection:
        assert connection.execute(select(profile_value.c.value)).scalars().all() == ["1990-03-04"]


def test_the_month_of_birth_hq_has_is_not_changed_by_a_touch(office: Office) -> None:
    """The same, for members whose birthday staff wrote down."""
    office.join("m-old", birth_month=5)
    wrong = telling(office, "birthday", "1990-11-04", member_id="m-old")
    assert office.ask(wrong).outcome is Outcome.REFUSED
    right = telling(office, "birthday", "1990-05-04", member_id="m-old")
    assert office.ask(right).outcome is Outcome.NOTED


@pytest.mark.parametrize(
    ("born", "kept"),
    [("2008-11-21", True), ("2008-11-22", False), ("2015-01-01", False), ("2030-01-01", False)],
)
def test_of_who_is_under_eighteen_nothing_is_stored(office: Office, born: str, kept: bool) -> None:
    """HQ would keep data of a child, in a table that nobody thinks of."""
    sent = telling(office, "birthday", born)
    (result,) = office.send(sent)
    assert result.status is Fate.ACCEPTED
    assert result.verdict is not None
    assert result.verdict.outcome is (Outcome.NOTED if kept else Outcome.REFUSED)
    assert bool(said(office)) is kept
    with office.hq.database.read() as connection:
        (row,) = connection.execute(select(record)).all()
    assert (born in str(row)) is kept
    (again,) = office.send(sent)
    assert again.status is Fate.DUPLICATE


def test_no_number_at_hq_lets_a_day_of_birth_be_found_by_trying(office: Office) -> None:
    """The digest of a refused birthday would tell it to whoever tries six thousand days."""
    sent = telling(office, "birthday", "2015-01-01")
    office.send(sent)
    with office.hq.database.read() as connection:
        kept = connection.execute(select(record.c.body_digest)).scalar_one()
    other = sent | {"payload": sent["payload"] | {"value": "2015-01-02"}}
    assert digest(other) == digest(sent) == kept
    assert digest(other | {"seq": sent["seq"] + 1}) != kept


def digest(sent: dict[str, Any]) -> str:
    """The number of a record as HQ reckons it."""
    envelope = {"kiosk": "k-1", "store": factories.STORE, "sent": moment(), "records": [sent]}
    (good,) = open_envelope(json.dumps(envelope).encode(), "identity").good
    return good.digest


def test_what_is_no_day_is_no_birthday(office: Office) -> None:
    """A child's birthday written in words would slip through."""
    (result,) = office.send(telling(office, "birthday", "4 March 2015"))
    assert result.status is Fate.REJECTED
    assert "2015" not in (result.detail or "")


ANSWERS: dict[str, Any] = {
    "name": "王小明",
    "phone": "13812345678",
    "birthday": "1990-03-04",
    "style": ["plain"],
}


@pytest.mark.parametrize("order", [tuple(ANSWERS), tuple(reversed(ANSWERS))])
def test_a_finished_stage_pays_once(office: Office, order: tuple[str, ...]) -> None:
    """The promised points would come too early, twice or never."""
    for name in order:
        assert earned(office) == 0
        sent = telling(office, name, ANSWERS[name])
        office.send(sent, sent)
    assert earned(office) == 30
    assert office.row().stages == ("profile_1",)
    office.ask(telling(office, "style", ["sporty"]))
    assert earned(office) == 30


def test_what_staff_may_note_and_what_is_hidden_holds_no_stage_back(office: Office) -> None:
    """A stage with a question nobody is asked could never be finished."""
    changed = stage(2)
    changed["questions"]["style"] |= {"self_askable": False}
    for element in changed["survey"]["elements"]:
        if element["name"] == "birthday":
            element["visibleIf"] = "{style} contains 'vintage'"
    office.publish(office.content, [changed])
    office.send(*(telling(office, one, ANSWERS[one]) for one in ("name", "phone")))
    assert earned(office) == 30


def test_what_becomes_personal_is_masked_at_once(office: Office) -> None:
    """What HQ calls personal from today on would stand open on kiosks until it is told again."""
    office.ask(telling(office, "style", ["plain"]))
    before = office.row()
    changed = stage(2)
    changed["questions"]["style"] |= {"sensitivity": "personal"}
    office.publish(office.content, [changed])
    assert known(office)["style"].shown == "*"
    assert before.known[0].shown == "plain"
    with office.hq.database.read() as connection:
        told = connection.execute(select(card.c.changed).order_by(card.c.changed)).scalars().all()
        assert told[-1] == read_meta(connection, "head")


def test_what_staff_note_says_who_did(office: Office) -> None:
    """The board of gathered values could not tell members from staff."""
    arrival = Arrival(
        profile.AT_HQ, factories.STORE, 1, office.clock(), office.clock(), office.content
    )
    entry = profile.Entry(
        "m-1", "style", ["plain"], Language.ZH, Source.STAFF, ("profile_1", 1), "s-7"
    )
    with office.hq.database.write() as connection:
        assert profile.enter(connection, arrival, entry)
    (row,) = said(office)
    assert (row.source, row.staff_id, row.kiosk_id) == ("staff", "s-7", "hq")
    assert known(office)["style"].source is Source.STAFF


def word(seq: int, what: str, value: Any = None, at: int = 0, kiosk: str = "k-1") -> Said:
    """A word about one field."""
    stamp = f"2026-11-{10 + at:02}T00:00:00.000000+00:00"
    return Said(
        kiosk, seq, stamp, stamp[:10], "f", what, value, "member", None, "s", "profile_1", 1
    )


WORDS = st.lists(
    st.tuples(
        st.sampled_from(["answered", "confirmed", "later", "never"]),
        st.integers(0, 9),
        st.sampled_from(["k-1", "k-2"]),
    ),
    min_size=1,
    max_size=5,
)


@given(WORDS)
def test_the_order_of_coming_changes_nothing(words: list[tuple[str, int, str]]) -> None:
    """A kiosk that was offline would undo what the member said since elsewhere."""
    made = [
        word(seq, what, seq if what == "answered" else None, at, kiosk)
        for seq, (what, at, kiosk) in enumerate(words)
    ]
    assert len({str(fold(order)) for order in permutations(made)}) == 1


def test_a_refusal_takes_nothing_back() -> None:
    """Who would rather not be asked again would lose what they have told."""
    state = fold([word(1, "answered", "a"), word(2, "never")])["f"]
    assert state.answer is not None
    assert state.put_off is not None


def test_a_clock_that_went_back_does_not_undo_a_later_word() -> None:
    """The battery clock of one kiosk would decide which phone number HQ calls."""
    state = fold([word(1, "answered", "a", at=5), word(2, "answered", "b", at=1)])["f"]
    assert state.answer is not None
    assert state.answer.value == "b"

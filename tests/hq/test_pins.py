"""PINs at HQ: what a kiosk seals HQ opens, for that record alone, and keeps only as a hash."""

import stat
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.app.sealing import seal
from kiosk.exceptions import ConfigError
from kiosk.model.facts import SealedPin
from kiosk.model.rules import PinRule
from kiosk.model.verdicts import Because
from sim.hq.errors import Refusal
from sim.hq.pins import FIRST_KEY, Entered, Keyring, check_pin, hash_ahead, set_pin
from sim.hq.tables import pin
from tests.hq.office import PIN, open_office

RECORD = UUID("01937a00-0000-7000-8000-000000000001")


def rule(keys: Keyring, key_id: str = FIRST_KEY) -> PinRule:
    """The programme's rule with a key of this ring."""
    return PinRule(digits=4, tries=5, key_id=key_id, x25519=keys.public(key_id))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """A new HQ's keys."""
    return Keyring(tmp_path_factory.mktemp("keys") / "pin-keys.json")


@settings(deadline=None, max_examples=20)
@given(st.from_regex(r"[0-9]{4}|[0-9]{6}", fullmatch=True), st.uuids())
def test_hq_opens_what_a_kiosk_seals(keys: Keyring, digits: str, record_id: UUID) -> None:
    """Nobody could redeem: kiosk and HQ would disagree on how a PIN is sealed."""
    assert keys.open(seal(digits, rule(keys), record_id), record_id) == digits


def test_a_sealed_pin_opens_for_its_record_alone(keys: Keyring) -> None:
    """A recorded PIN could be put under another wish."""
    assert keys.open(seal(PIN, rule(keys), RECORD), uuid4()) is None


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base64!", "A" * 400, "é"])
def test_what_is_no_sealed_pin_opens_nothing(keys: Keyring, sealed: str) -> None:
    """One damaged record would stop the uploads of its kiosk for ever."""
    assert keys.open(SealedPin(key_id=FIRST_KEY, sealed=sealed), RECORD) is None


def test_an_unknown_key_opens_nothing(keys: Keyring) -> None:
    """A kiosk with content of another HQ would make this one fail."""
    sealed = seal(PIN, rule(keys), RECORD)
    assert keys.open(sealed.model_copy(update={"key_id": "other"}), RECORD) is None


def test_keys_outlive_a_restart_and_a_new_one(tmp_path: Path) -> None:
    """PINs in kiosks' queues could never be opened after HQ's restart or its next key."""
    path = tmp_path / "pin-keys.json"
    first = Keyring(path)
    sealed = seal(PIN, rule(first), RECORD)
    first.adopt("pin-2", "A" * 43 + "=")
    second = Keyring(path)
    assert second.open(sealed, RECORD) == PIN
    assert second.public("pin-2") == first.public("pin-2")


def test_only_hqs_user_can_read_the_keys(tmp_path: Path) -> None:
    """Anybody on the machine could open every PIN."""
    path = tmp_path / "pin-keys.json"
    Keyring(path).adopt("pin-2", "A" * 43 + "=")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", '{"pin-1": 5}', '{"pin-1": "AAAA"}'])
def test_damaged_keys_stop_hq_with_a_word(tmp_path: Path, text: str) -> None:
    """HQ would draw new keys over the old ones, and every queue of PINs would be lost."""
    path = tmp_path / "pin-keys.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="keys"):
        Keyring(path)
    assert path.read_text() == text


@pytest.mark.parametrize("digits", ["", "123", "12345", "1234567", "12a4", "１２３４"])
def test_what_is_no_pin_is_not_set(tmp_path: Path, digits: str) -> None:
    """A member would get a PIN that the pad cannot enter."""
    office = open_office(tmp_path)
    office.join()
    with pytest.raises(Refusal, match="422"), office.hq.database.write() as connection:
        set_pin(connection, "m-1", digits)
    office.hq.close()


def test_only_a_hash_is_kept(tmp_path: Path) -> None:
    """Who reads HQ's database would know every PIN; the same PIN would look the same."""
    office = open_office(tmp_path)
    office.join("m-1")
    office.join("m-2")
    with office.hq.database.read() as connection:
        rows = connection.execute(select(pin)).all()
    assert len({row.hashed for row in rows}) == 2
    assert all(PIN not in (row.hashed, row.salt) for row in rows)
    office.hq.close()


def test_a_pin_hashed_ahead_is_only_compared(tmp_path: Path) -> None:
    """Each wish would keep every other kiosk from writing for the 50 ms that a hash takes."""
    office = open_office(tmp_path)
    office.join()
    with office.hq.database.read() as connection:
        right = hash_ahead(connection, "m-1", PIN)
    other_digits = replace(right, digits="0000")
    with office.hq.database.write() as connection:
        assert check_pin(connection, "m-1", other_digits, rule(office.hq.keys)).because is None
    office.hq.close()


def test_a_pin_changed_meanwhile_is_the_one_that_counts(tmp_path: Path) -> None:
    """The old PIN would still spend while the counter sets the new one."""
    office = open_office(tmp_path)
    office.join()
    with office.hq.database.read() as connection:
        old, new = (hash_ahead(connection, "m-1", digits) for digits in (PIN, "8642"))
    with office.hq.database.write() as connection:
        set_pin(connection, "m-1", "8642")
        ruled = rule(office.hq.keys)
        told = [check_pin(connection, "m-1", one, ruled).because for one in (old, new)]
    assert told == [Because.PIN, None]
    office.hq.close()


def test_nobody_prints_a_pin_that_was_entered() -> None:
    """A log of what HQ judges would hold every member's PIN."""
    assert "8642" not in repr(Entered("8642", "aa", "bb"))

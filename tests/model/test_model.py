"""The vocabulary's own rules: identities, card keys, fields HQ may not leave out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.model.cards import card_key, identifies, is_random
from kiosk.model.members import Member
from kiosk.model.records import uuid7
from kiosk.model.text import LocalText
from kiosk.model.wire import Change, Changes, SnapshotManifest
from tests.factories import member

SALT = b"sixteen bytes or"


def test_uuid7_has_the_layout_of_the_standard() -> None:
    """HQ tells identities by them; the example is RFC 9562, appendix A.6."""
    entropy = bytes.fromhex("0cc318c4dc0c0c07398f")
    made = uuid7(0x017F22E279B0, entropy)
    assert str(made) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    assert made.version == 7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_uuid7_is_always_version_7_and_sorts_by_its_time(unix_ms: int, entropy: bytes) -> None:
    """A wrong version or variant would be refused by strict readers."""
    made = uuid7(unix_ms, entropy)
    assert (made.version, made.int >> 80) == (7, unix_ms)
    assert made.variant == "specified in RFC 4122"


def test_uuid7_wants_its_randomness() -> None:
    """Too little of it would make two kiosks' records one."""
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7(0, b"short")


@pytest.mark.parametrize(
    ("uid", "random", "identity"),
    [
        ("08a1b2c3", True, False),
        ("a1b2c3d4", False, False),
        ("04a1b2c3d4e5f6", False, True),
        ("04a1b2c3d4e5f6a7b8c9", False, True),
    ],
)
def test_only_long_uids_identify(uid: str, random: bool, identity: bool) -> None:
    """A phone's or a bank card's UID taken for a member's would greet a stranger."""
    raw = bytes.fromhex(uid)
    assert is_random(raw) is random
    assert identifies(raw) is identity


@given(st.binary(min_size=7, max_size=7), st.binary(min_size=7, max_size=7))
def test_card_keys_differ_as_their_uids_do(one: bytes, two: bytes) -> None:
    """One key for two cards would show one member to the other."""
    assert (card_key(one, SALT) == card_key(two, SALT)) == (one == two)
    assert card_key(one, SALT) != card_key(one, SALT[::-1])
    assert len(card_key(one, SALT)) == 16


def test_a_member_without_a_masked_name_is_refused() -> None:
    """A row with less than the page needs must fail at the edge, not on the screen."""
    row = member().model_dump(mode="json", by_alias=True)
    del row["called"]
    with pytest.raises(ValidationError, match="called"):
        Member.model_validate(row)


def test_what_a_change_says_beyond_a_members_row_is_not_kept() -> None:
    """A phone number sent by mistake would rest on the disk of every kiosk."""
    told = member().model_dump(mode="json", by_alias=True)
    change = Change.model_validate(
        {"k": "0" * 32, "v": 1, "member": told | {"phone": "13800000000"}}
    )
    assert change == Change.model_validate({"k": "0" * 32, "v": 1, "member": told})
    assert "13800000000" not in change.model_dump_json()


@pytest.mark.parametrize("sign", ["\x00", "\n", "\x1b", "\x7f"])
def test_words_hold_no_control_characters(sign: str) -> None:
    """No font draws them: one NUL in a headline kept the kiosk from starting again and again."""
    with pytest.raises(ValidationError, match="control character"):
        LocalText.model_validate({"zh-CN": f"会员{sign}日", "en": "Member day"})


@pytest.mark.parametrize("vast", [2**53, 10**30])
def test_hqs_numbers_fit_a_database(vast: int) -> None:
    """SQLite cannot hold the last: a single cursor of that size ended kiosk-sync at each start."""
    manifest = {"name": "a", "cursor": 0, "rows": 0, "size_bytes": 0, "blake2b_256": "0" * 64}
    with pytest.raises(ValidationError, match="next"):
        Changes.model_validate({"changes": [], "next": vast})
    with pytest.raises(ValidationError, match="v"):
        Change.model_validate({"k": "0" * 32, "v": vast})
    for field in ("cursor", "rows", "size_bytes"):
        with pytest.raises(ValidationError, match=field):
            SnapshotManifest.model_validate({**manifest, field: vast})


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060\ufe0f", "\u202e \u00ad"])
def test_words_show_something(nothing: str) -> None:
    """A text without width cannot be drawn: a headline of one joiner ended the screen."""
    with pytest.raises(ValidationError, match="shows nothing"):
        LocalText.model_validate({"zh-CN": nothing, "en": "Member day"})

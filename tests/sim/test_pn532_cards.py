"""The cards' memory and commands, as the data sheets have them, and how cards share a field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.pn532.air import Answer, crc_a
from sim.pn532.cards import BankCard, Ntag213, Ntag215, Phone
from sim.pn532.field import Field

UID = bytes.fromhex("04a1b2c3d4e580")
NAK = Answer(b"\x00", short=True)
ACK = Answer(b"\x0a", short=True)


def test_crc_a_of_the_standard() -> None:
    """A wrong CRC, and nfcpy drops every answer (ISO/IEC 14443-3, annex B, examples 1 and 2)."""
    assert crc_a(bytes(2)).hex() == "a01e"
    assert crc_a(b"\x12\x34").hex() == "26cf"


def test_a_tag_shows_its_uid_with_check_bytes() -> None:
    """Readers compare the check bytes with what anticollision gave them."""
    pages = Ntag215(UID).answer(b"\x30\x00")
    assert pages is not None
    assert pages.data[:10].hex() == "04a1b29f" + "c3d4e580" + "72" + "48"
    assert pages.data[12:].hex() == "e1103e00"


@pytest.mark.parametrize(
    ("tag", "storage", "last_page"), [(Ntag213(UID), 0x0F, 44), (Ntag215(UID), 0x11, 134)]
)
def test_version_and_size(tag: Ntag213 | Ntag215, storage: int, last_page: int) -> None:
    """Readers tell the two apart by GET_VERSION and by where READ is refused."""
    version = tag.answer(b"\x60")
    assert version is not None
    assert version.data[6] == storage
    assert tag.answer(bytes([0x30, last_page])) != NAK
    assert tag.answer(bytes([0x30, last_page + 1])) == NAK


def test_read_rolls_over_at_the_end() -> None:
    """A READ of the last page brings the first ones, as the data sheet says."""
    tag = Ntag213(UID)
    pages = tag.answer(b"\x30\x2c")
    assert pages is not None
    assert pages.data == bytes(4) + bytes(tag.memory[:12])


def test_fast_read_brings_a_range() -> None:
    """Fast readers take the whole user memory in one go."""
    tag = Ntag215(UID, b"\xd1\x01\x04T\x02ena")
    pages = tag.answer(b"\x3a\x03\x06")
    assert pages is not None
    assert pages.data == bytes(tag.memory[12:28])
    assert tag.answer(b"\x3a\x06\x03") == NAK


@given(st.integers(4, 129), st.binary(min_size=4, max_size=4))
def test_what_is_written_is_read(page: int, data: bytes) -> None:
    """A write that is acknowledged and lost would look like a broken card."""
    tag = Ntag215(UID)
    assert tag.answer(b"\xa2" + bytes([page]) + data) == ACK
    pages = tag.answer(bytes([0x30, page]))
    assert pages is not None
    assert pages.data[:4] == data


def test_uid_and_lock_bits_cannot_be_written_back() -> None:
    """A simulated tag that forgives would hide a bug that ruins real ones."""
    tag = Ntag215(UID)
    assert tag.answer(b"\xa2\x00\xff\xff\xff\xff") == NAK
    tag.answer(b"\xa2\x02\xff\xff\x10\x00")  # locks page 4
    tag.answer(b"\xa2\x02\x00\x00\x00\x00")
    assert bytes(tag.memory[8:12]).hex() == "72481000"
    assert tag.answer(b"\xa2\x04\x01\x02\x03\x04") == NAK
    assert tag.answer(b"\xa2\x05\x01\x02\x03\x04") == ACK


def test_the_password_cannot_be_read() -> None:
    """A reader must not learn the password of a tag."""
    tag = Ntag213(UID)
    tag.answer(b"\xa2\x2b\x01\x02\x03\x04")
    pages = tag.answer(b"\x30\x2b")
    assert pages is not None
    assert pages.data[:4] == bytes(4)


@given(st.binary(max_size=20))
def test_any_frame_gets_a_lawful_answer(frame: bytes) -> None:
    """A malformed frame must not bring the simulator down."""
    for card in (Ntag215(UID), Phone(seed=1), BankCard(b"1234")):
        card.answer(b"\xe0\x80")
        answer = card.answer(frame)
        assert answer is None or answer.data


def test_wrong_sizes_are_refused() -> None:
    """A typing error in a test would pass as a strange card."""
    with pytest.raises(ValueError, match="7 bytes, not 4"):
        Ntag215(b"1234")
    with pytest.raises(ValueError, match="4 bytes, not 7"):
        BankCard(UID)
    with pytest.raises(ValueError, match="does not fit"):
        Ntag213(UID, bytes(200))
    with pytest.raises(ValueError, match="32 bytes"):
        Ntag213(UID, signature=b"short")


def test_a_phone_draws_a_new_uid_at_each_activation() -> None:
    """A phone with a fixed UID would hide the defect it stands for."""
    field, phone = Field(), Phone(seed=1)
    field.lay(phone)
    uids = []
    for _ in range(3):
        field.switch(on=True)
        uids.append(phone.uid)
        field.switch(on=False)
    assert len(set(uids)) == 3
    assert all(len(uid) == 4 and uid[0] == 0x08 for uid in uids)


def test_a_phone_refuses_applications_and_says_it_is_there() -> None:
    """The presence check and every SELECT of the kiosk rest on these answers."""
    phone = Phone(seed=1)
    assert phone.answer(b"\x02\x00\xa4\x04\x00") is None  # not activated yet
    phone.answer(b"\xe0\x80")
    assert phone.answer(b"\xb2") == Answer(b"\xa3")
    assert phone.answer(b"\x02\x00\xa4\x04\x00") == Answer(b"\x02\x6a\x82")
    assert phone.answer(b"\xc2") == Answer(b"\xc2")
    assert phone.answer(b"\xb2") is None


def test_anticollision_finds_each_card_once() -> None:
    """Of several cards all must be found, one after the other, whatever their UIDs."""
    field = Field()
    cards = [Ntag215(bytes([4, 0, 0, 0, 0, 0, n])) for n in range(4)]
    for card in cards:
        field.lay(card)
    field.switch(on=True)
    found = []
    while (chosen := field.select()) is not None:
        found.append(chosen.uid)
        field.halt()
    assert sorted(found) == [card.uid for card in cards]


def test_halt_lasts_until_the_field_goes() -> None:
    """A simulator that wakes halted cards would hide why a driver must switch the field off."""
    field, card = Field(), Ntag215(UID)
    field.lay(card)
    field.switch(on=True)
    assert field.select() is card
    field.halt()
    assert field.select() is None
    field.switch(on=False)
    field.switch(on=True)
    assert field.select() is card


def test_a_refusal_sends_a_tag_back_to_idle() -> None:
    """Readers select anew after a NAK; a tag that stays selected would hide where it does not."""
    field = Field()
    field.lay(Ntag215(UID))
    field.switch(on=True)
    field.select()
    assert field.exchange(b"\x1a\x00") == NAK
    assert field.exchange(b"\x60") is None


def test_an_activated_phone_does_not_answer_requests() -> None:
    """The presence check of the driver rests on it: a new request must not disturb a phone."""
    field, phone = Field(), Phone(seed=1)
    field.lay(phone)
    field.switch(on=True)
    field.select()
    field.exchange(b"\xe0\x80")
    assert field.select() is None
    assert field.exchange(b"\xb2") is not None


def test_laying_and_taking_mistakes_are_told() -> None:
    """A card laid twice or taken from elsewhere is a mistake in the test."""
    field, card = Field(), Ntag215(UID)
    field.lay(card)
    with pytest.raises(ValueError, match="already"):
        field.lay(card)
    field.take(card)
    with pytest.raises(ValueError, match="does not lie"):
        field.take(card)

"""Masks: enough to recognise oneself, and nothing of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.masks import masked_email, masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [("李娜", "李*"), ("欧阳娜娜", "欧*"), ("Anne-Marie Smith", "A*"), ("喆", "喆*"), ("", "")],
)
def test_a_name_shows_its_first_character(name: str, shown: str) -> None:
    """Whoever stands behind would read whose page it is."""
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("1381234567", "**********"), ("13", "**"), ("", "")],
)
def test_a_phone_number_hides_its_middle(phone: str, shown: str) -> None:
    """Whoever stands behind could call the number."""
    assert masked_phone(phone) == shown


@given(st.from_regex(r"^1[3-9][0-9]{9}\Z"))
def test_no_number_can_be_read_from_its_mask(phone: str) -> None:
    """One hidden digit would be found by ten calls."""
    assert masked_phone(phone)[3:7] == "****"
    assert len(masked_phone(phone)) == len(phone)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("lina@qq.com", "l*@qq.com"), ("lina", "l*"), ("lina@", "l*"), ("@qq.com", "@*"), ("", "")],
)
def test_an_address_shows_its_first_letter_and_its_server(address: str, shown: str) -> None:
    """Whoever stands behind could write to it."""
    assert masked_email(address) == shown

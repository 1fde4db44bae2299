"""Kiosks learn from content where HQ's forms open, and from nothing that is broken."""

import json
from typing import Any

import pytest

from kiosk.model.care import Care
from sim.hq.bundles import read_folder
from sim.hq.demo import FOLDER
from sim.hq.form_link import with_form_url

HERE = "http://127.0.0.1:8801"


def asking(files: dict[str, bytes]) -> dict[str, Any]:
    """What `care.json` says of asking."""
    found: dict[str, Any] = json.loads(files["care.json"]).get("asking", {})
    return found


def test_the_demo_names_its_own_hq() -> None:
    """The code on the glass would lead a phone to a host that is not there."""
    files = read_folder(FOLDER / "content")
    assert "form_url" not in asking(files)
    told = with_form_url(files, HERE)
    care = Care.model_validate_json(told["care.json"])
    assert care.asking.form_url == f"{HERE}/form"
    assert care.asking.hand_over_s == asking(files)["hand_over_s"]
    assert {name for name in files if told[name] != files[name]} == {"care.json"}


def test_an_address_of_the_author_stays() -> None:
    """A chain's own address would be overwritten by the stand-in's."""
    files = {"care.json": b'{"asking": {"form_url": "https://hq.example/form"}}'}
    assert with_form_url(files, HERE) == files


@pytest.mark.parametrize(
    "care",
    [b"", b"{", b"[]", b'"x"', b"\xff", b'{"asking": []}', b'{"asking": {}, "asking": {}}'],
)
def test_what_is_broken_goes_out_as_it_is(care: bytes) -> None:
    """A test of the kiosk's refusal would be mended on its way."""
    files = {"care.json": care, "rewards.json": b"{"}
    assert with_form_url(files, HERE) == files


def test_without_an_address_no_form_is_offered() -> None:
    """A link to nowhere is worse than none."""
    files = {"care.json": b"{}"}
    assert with_form_url(files, "") == files

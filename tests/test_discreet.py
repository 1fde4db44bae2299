"""Faults are told by kind and place alone."""

import subprocess
import sys

import pytest

from kiosk.discreet import told

NAME = "王小明"

PROLOGUE = """
import logging, threading, warnings
from pydantic import BaseModel
from kiosk.discreet import be_discreet

class Row(BaseModel):
    born: int

def read():
    try:
        Row.model_validate({"born": "NAME"})
    except ValueError as error:
        raise KeyError("NAME") from error

be_discreet("DEBUG")
"""


def said(ending: str) -> str:
    """What a process writes that ends like this."""
    code = (PROLOGUE + ending).replace("NAME", NAME)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    return ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "ending",
    [
        "read()",
        "thread = threading.Thread(target=read); thread.start(); thread.join()",
        "try:\n    read()\nexcept KeyError:\n    logging.getLogger('x').exception('a row')",
    ],
)
def test_a_fault_names_kinds_and_places_and_nobody(ending: str) -> None:
    """The journal would keep the name of whoever stood there when our code failed."""
    text = said(ending)
    assert "ValidationError" in text
    assert "KeyError" in text
    assert "in read" in text
    assert NAME not in text


def test_a_warning_names_nobody() -> None:
    """A library warns of a value it did not expect by quoting it."""
    text = said("warnings.warn('unexpected NAME')")
    assert "UserWarning" in text
    assert NAME not in text


def fails(*, hide: bool) -> None:
    """A fault that another one led to."""
    try:
        raise ValueError(NAME)
    except ValueError as first:
        raise OSError(NAME) from (None if hide else first)


def test_what_led_to_a_fault_is_told_before_it() -> None:
    """The technician would see where it surfaced and not where it began."""
    with pytest.raises(OSError, match=NAME) as caught:
        fails(hide=False)
    text = told(caught.value)
    assert text.index("ValueError") < text.index("led to") < text.index("OSError")
    assert told(None) == ""


def test_a_fault_whose_cause_is_hidden_on_purpose_is_told_alone() -> None:
    """`from None` says that what came before is of no use."""
    with pytest.raises(OSError, match=NAME) as caught:
        fails(hide=True)
    assert told(caught.value).endswith("OSError")
    assert "led to" not in told(caught.value)

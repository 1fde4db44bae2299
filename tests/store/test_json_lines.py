"""Positions in JSON: a message must point to the right line."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.json_lines import Location, scan

TEXT = """{
  "rewards": [
    {"name": {"en": "a \\"b\\" {[,:"},
     "points": 3},
    {
      "points":
        4
    }
  ],
  "last": [1, 2,
           [3,
            4]]
}
"""


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 1),
        (("rewards",), 2),
        (("rewards", 0), 3),
        (("rewards", 0, "name", "en"), 3),
        (("rewards", 0, "points"), 4),
        (("rewards", 1), 5),
        (("rewards", 1, "points"), 6),
        (("rewards", 1, "missing", "deeper"), 5),
        (("last", 2, 1), 12),
        (("nowhere",), 1),
    ],
)
def test_lines(location: Location, line: int) -> None:
    """An author sent to the wrong line would mend the wrong reward."""
    assert scan(TEXT).line_of(location) == line


def test_a_member_that_stands_twice_is_found() -> None:
    """JSON lets the last one win silently: half of an edit would be lost."""
    assert scan('{"a": {"b": 1,\n "b": 2}, "c": 1, "a": 3}').repeated == [("a", "b"), ("a",)]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


def _locations(value: Any, before: Location = ()) -> list[Location]:
    found = [before] if before else []
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, one in inner:
        found += _locations(one, (*before, step))
    return found


@given(value=VALUES)
def test_every_value_has_its_line_in_order(value: Any) -> None:
    """Whatever HQ writes, each value is found on its line."""
    text = json.dumps(value, indent=1)
    lines = scan(text).lines
    assert list(lines) == _locations(value)
    found = list(lines.values())
    # With an indent each value begins a line of its own; only closing brackets have none.
    assert found == [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if number > 1 and line.strip(" ,") not in {"]", "}"}
    ]

"""A pattern of content matches what it says, and no text makes it take long."""

import contextlib
import re
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.survey.regex import RegexRefused, compile_regex
from kiosk.survey.units import LAST, Span, among, others

_units = st.integers(0, LAST)

PATTERNS = [
    "^1[3-9][0-9]{9}$",
    "(a|b)*c",
    r"^(\d{3}-)?\d+$",
    r"[^\d\s]+@x\.cn",
    "^a{2,3}b?$",
    "^(?:ab|cd){1,2}?e*?$",
    "x|^y$",
    "^[\u4e00-\u9fa5]{2,4}$",
    r"[a\-z-]+$",
    r"^\w{0,3}$",
    "^$",
    "(a{0,2}){2}b",
    "a{0}b",
    r"^\D\W\S.+\u0041$",
    "",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="abcdexyzA139-05@.cn 李张\n", max_size=12))
def test_matches_as_pythons_own_matcher_does(pattern: str, text: str) -> None:
    """A valid phone number refused is a member who gives up."""
    known = re.search(pattern.replace("$", r"\Z"), text, re.ASCII)
    assert compile_regex(pattern).search(text) == (known is not None)


def test_case_is_passed_over_when_asked() -> None:
    """An address in capitals would be refused."""
    assert not compile_regex("^[a-c]+$").search("ABC")
    assert compile_regex("^[a-c]+$", any_case=True).search("ABC")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^k$", "K", True),
        ("^k$", "\u212a", False),  # the sign for kelvin: a letter of its own in editors
        (r"^\w$", "\u017f", False),  # the long s, whose capital is an S
        ("^\u0131$", "I", False),
        ("^é$", "É", True),
        ("^ß$", "SS", False),
        ("^σ$", "Σ", True),
    ],
)
def test_cases_are_those_of_editors(pattern: str, text: str, matches: bool) -> None:
    """What an author tried in the editor would let something else through here."""
    assert compile_regex(pattern, any_case=True).search(text) is matches


def test_what_a_class_leaves_out_it_leaves_out_in_any_case() -> None:
    """A sign that is forbidden would pass as a capital."""
    assert not compile_regex("^[^a-c]$", any_case=True).search("B")
    assert compile_regex("^[^a-c]$", any_case=True).search("D")
    assert compile_regex("^[^a-c]$").search("B")


@given(st.lists(st.tuples(_units, _units).map(lambda two: (min(two), max(two))), max_size=6))
def test_spans_hold_what_was_put_in_and_others_the_rest(spans: list[Span]) -> None:
    """A class with ranges that touch or overlap would let a letter through, or lose one."""
    inside, outside = among(spans), among(others(spans))
    edges = {edge + step for span in spans for edge in span for step in (-1, 0, 1)}
    for unit in {0, LAST, *edges} - {-1, LAST + 1}:
        expected = any(first <= unit <= last for first, last in spans)
        assert (inside(unit), outside(unit)) == (expected, not expected)


_bits = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\s", "ab"])
_patterns = st.recursive(
    _bits,
    lambda inside: st.one_of(
        st.builds(
            "({}){}".format, inside, st.sampled_from(["*", "+", "?", "{2}", "{0,3}", "{2,}"])
        ),
        st.builds("{}{}".format, inside, inside),
        st.builds("({}|{})".format, inside, inside),
    ),
    max_leaves=12,
)

CALLS_A_STATE = 24
"""Calls of functions, Python's and C's, for one state at one character, with some room."""


@settings(deadline=None)
@given(_patterns, st.text("ab ", min_size=1, max_size=4), st.integers(1, 60))
def test_steps_grow_with_states_and_text_alone(pattern: str, text: str, times: int) -> None:
    """Of two patterns that look alike, one would answer at once and one never.

    Calls are counted, not seconds: a busy machine changes nothing.
    """
    try:
        regex = compile_regex(f"^({pattern})+$")
    except RegexRefused:
        return  # too many states, which is what keeps the product small
    whole = text * times + "!"
    assert calls(lambda: regex.search(whole)) <= CALLS_A_STATE * len(regex.states) * len(whole)


def test_a_class_costs_no_more_than_its_size_tells() -> None:
    """A list of a thousand signs, repeated, would be looked through sign by sign."""
    many = "".join(chr(0x4E00 + 2 * at) for at in range(900))
    small, large = compile_regex("^[ab]{300}$"), compile_regex(f"^[{many}]{{300}}$")
    assert len(small.states) == len(large.states)
    few = calls(lambda: small.search("a" * 300))
    assert calls(lambda: large.search(many[899] * 300)) <= 2 * few


def calls(work: Callable[[], object]) -> int:
    """How many calls of functions a piece of work takes."""
    counted = 0

    def count(*_event: object) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def test_text_is_matched_by_its_units() -> None:
    """A rare character counts twice, as it does in SurveyJS' editor."""
    assert compile_regex("^.{2}$").search("𤋮")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(a+)+$", "a" * 2_000 + "b"),
        ("(x+x+)+y", "x" * 2_000),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 2_000),
        ("(.*)*(.*)*(.*)*=$", "a" * 2_000),
        ("^(a?){60}a{60}$", "a" * 60),
    ],
)
def test_no_pattern_hangs(pattern: str, text: str) -> None:
    """One field of a form would hold the kiosk for years."""
    began = time.process_time()
    compile_regex(pattern).search(text)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "pattern",
    [
        *("(?=a)", "(?!a)", "(?<=a)b", "(?<n>a)", r"(a)\1", r"\b", r"\p{L}", r"\u{1F600}", "[𤋮]"),
        *("a**", "(", "(a", "a)", "[a", "*", "+a", "a{2,1}", "a{501}", "a{,3}", "[z-a]", "\\"),
        *("(a{100}){100}", "(" * 30 + "a" + ")" * 30, "]", "a{1", "a|*", "((a{40}){40}){40}"),
        "a" * 1_001,
    ],
)
def test_what_cannot_be_matched_safely_is_refused(pattern: str) -> None:
    """A pattern that is half understood lets the wrong answers through."""
    with pytest.raises(RegexRefused):
        compile_regex(pattern)


@given(st.text(alphabet="ab(){}[]|*+?^$.\\-,01du:", max_size=20), st.text(max_size=10))
def test_no_pattern_raises_anything_else(pattern: str, text: str) -> None:
    """A slip in a published pattern would end the visit of everybody who meets it."""
    with contextlib.suppress(RegexRefused):
        compile_regex(pattern).search(text)

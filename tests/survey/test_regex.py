"""A pattern of content matches what it says, and no text makes it take long."""

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.regex import RegexRefused, compile_regex

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

"""Mobile numbers and e-mail addresses while they are typed: groups, usual ends, what is wrong."""

import re
from enum import Enum

MOBILE_DIGITS = 11
"""A mobile number of mainland China: 1, then 3 to 9, then nine more (YD/T numbering plan)."""

LONGEST_ADDRESS = 254
"""Characters of an e-mail address (RFC 5321, 4.5.3.1.3, without its angle brackets)."""

SERVERS = ("qq.com", "163.com", "126.com", "gmail.com", "outlook.com")
"""What most addresses here end in: a convenience of ours, any other is typed."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Flaw(Enum):
    """What keeps a mobile number from being one."""

    FIRST = "first"
    SECOND = "second"
    SHORT = "short"


def flaw_of(number: str) -> Flaw | None:
    """What is wrong with a mobile number, the leftmost first; None for nothing.

    Args:
        number: digits only; not more than MOBILE_DIGITS.
    """
    if number[:1] not in ("1", ""):
        return Flaw.FIRST
    if number[1:2] not in (*"3456789", ""):
        return Flaw.SECOND
    return None if len(number) == MOBILE_DIGITS else Flaw.SHORT


def grouped(number: str) -> str:
    """13800138000 as 138 0013 8000, as it is read aloud; the beginning of one alike."""
    return " ".join(filter(None, (number[:3], number[3:7], number[7:])))


def is_address(text: str) -> bool:
    """Something, one @, and a name of a server with a dot inside."""
    before, _, server = text.partition("@")
    parts = server.split(".")
    return bool(before) and "@" not in server and len(parts) > 1 and all(parts)


def servers_for(text: str) -> tuple[str, ...]:
    """The usual ends of an address that was begun like this; none once it is whole."""
    before, at, server = text.partition("@")
    if not before or not at:
        return SERVERS if before else ()
    return tuple(one for one in SERVERS if one.startswith(server) and one != server)


def with_server(text: str, server: str) -> str | None:
    """The address with this end; None where it does not fit what was typed."""
    if server not in servers_for(text):
        return None
    return f"{text.partition('@')[0]}@{server}"


def is_number(text: str) -> bool:
    """Whether it is a whole or a decimal number."""
    return _NUMBER.fullmatch(text) is not None


def goes_on_a_number(text: str, char: str) -> bool:
    """Whether a key makes sense there: one minus in front, one point behind a digit."""
    if char == "-":
        return not text
    return char != "." or (text[-1:].isdigit() and "." not in text)

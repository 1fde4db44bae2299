"""Why HQ could not be reached, in a sentence a technician can act on."""

import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import (
    IncompleteRead,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (NameResolutionError, "the name of HQ's server cannot be resolved: check DNS and hq.url"),
    (socket.gaierror, "the name of HQ's server cannot be resolved: check DNS and hq.url"),
    (
        ssl.SSLCertVerificationError,
        "HQ's certificate is not trusted: check hq.ca_file and this machine's clock",
    ),
    (ssl.SSLError, "no TLS connection with HQ"),
    (requests.ConnectTimeout, "HQ's server does not answer: check the network"),
    (ConnectionRefusedError, "HQ's server refuses the connection: is HQ running on this port?"),
    (requests.ReadTimeout, "HQ accepted the connection and then said nothing"),
    (ReadTimeoutError, "HQ stopped in the middle of its answer"),
    (IncompleteRead, "HQ's answer was cut short"),
    (ConnectionResetError, "HQ broke the connection"),
    (NewConnectionError, "no connection with HQ: check the network"),
    (ProtocolError, "HQ closed the connection without a whole answer"),
    (requests.exceptions.InvalidURL, "hq.url is not an address"),
    (requests.exceptions.InvalidSchema, "hq.url must begin with https:// or http://"),
)
"""The first that fits anywhere in the chain of causes speaks."""


def reason_of(error: BaseException) -> str:
    """One sentence about a failed exchange; no address, token or body in it."""
    chain = tuple(_causes(error))
    for kind, sentence in _SENTENCES:
        if any(isinstance(each, kind) for each in chain):
            return sentence
    return f"the exchange with HQ failed: {type(chain[-1]).__name__}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what caused it, and the errors that vendors hide in `args` and `reason`."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__, getattr(each, "reason", None)]
        waiting += [arg for arg in each.args if isinstance(arg, BaseException)]

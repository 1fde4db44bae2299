"""Tells of faults without their own words: those may quote what a member typed."""

import logging
import sys
import threading
import traceback
import warnings
from types import TracebackType

FORM = "%(levelname)s %(name)s: %(message)s"
"""A line of the log; its time is the journal's."""

LONGEST_CHAIN = 10
"""Faults that led to one another and are told; ours come in twos and threes."""

log = logging.getLogger(__name__)


def told(fault: BaseException | None) -> str:
    """Kind and place of a fault, and before it of what led to it."""
    parts: list[str] = []
    while fault is not None and len(parts) < LONGEST_CHAIN:
        parts.append(f"{''.join(traceback.format_tb(fault.__traceback__))}{type(fault).__name__}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\nled to\n".join(reversed(parts))


class Discreet(logging.Formatter):
    """Writes a fault as `told`."""

    def formatException(  # noqa: N802 -- the library's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The fault that a line of the log was written for."""
        return told(ei[1])


def be_discreet(level: int | str) -> None:
    """Let the log, ends of the process, ends of threads and warnings of libraries tell no words.

    Args:
        level: of the log, as `logging` names it.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(FORM))
    logging.basicConfig(level=level, handlers=[handler])
    sys.excepthook = _process_ends
    threading.excepthook = _thread_ends
    warnings.showwarning = _warned


def _process_ends(
    kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("a fault ends this process: %s", told(fault))


def _thread_ends(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread is not None else "without a name"
    log.error("a fault ends the thread %s: %s", name, told(ended.exc_value))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: str | None = None,
) -> None:
    log.warning("%s at %s:%d", category.__name__, filename, lineno)

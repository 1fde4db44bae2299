"""Keeps the process small: large blocks go back to the system as soon as they are free."""

import ctypes
import logging

log = logging.getLogger(__name__)

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
"""Parameters of mallopt(3) in glibc's malloc.h."""

LARGE_BYTES = 256 * 1024
"""Blocks from this size on are mapped on their own.

Left to itself glibc raises this limit to the largest block ever freed, a whole screen of
8 MB; pictures and words then share one heap and leave holes in it: 87 MB after an hour of
taps instead of 67 MB (python -m bench.road).
"""


def keep_small() -> None:
    """Fix malloc's limits; where the C library is another one, nothing happens."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        log.debug("this C library has no mallopt")
        return
    mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
    mallopt(_M_TRIM_THRESHOLD, LARGE_BYTES)

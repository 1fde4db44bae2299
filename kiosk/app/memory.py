"""Keeps the process small and its pages quick: what is not loaded, given back, not searched."""

import ctypes
import gc
import logging
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Never

log = logging.getLogger(__name__)

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
"""Parameters of mallopt(3) in glibc's malloc.h."""

LARGE_BYTES = 256 * 1024
"""Blocks from this size on are mapped on their own.

Left to itself glibc raises this limit to the largest block ever freed, a whole screen of
8 MB; pictures and words then share one heap and leave holes in it: 87 MB after 25 taps
instead of 67 MB (python -m bench.road, before other savings).
"""

SOUND = ("pygame.mixer", "pygame.mixer_music")
"""The kiosk is silent; these bring ten libraries and 2.7 MB along."""

WINDOW_ICON = ("pygame.pkgdata",)
"""pygame's own icon and font; nobody sees them, and they bring temporary files along."""

OPENSSL = ("_hashlib",)
"""Python's own digests are enough for a few cards and pages; OpenSSL's bring 0.8 MB along. What
seals PINs has one of its own, and the network is another process's."""

UNUSED = (
    "importlib.metadata",
    "pydantic.json_schema",
    "pygame.sprite",
    *("nfc.tag", "nfc.dep", "nfc.llcp", "nfc.snep", "nfc.handover", "usb1"),
)
"""What others import and never call here: pydantic would look for plugins, which are switched off,
and brings mail and ZIP along, and describes models as JSON schemas; nfcpy knows tags, telephones
and USB, and the kiosk speaks to one chip on a serial line. Together 4 MB and libusb."""

ZONES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where time zones lie, as Python was built to know on Debian; asking how it was built loads all
of that, 0.4 MB."""


class _Absent(ModuleType):
    """Stands where such a module would; says so if it is needed after all."""

    def __getattr__(self, name: str) -> Callable[..., Never]:
        if name.startswith("__"):  # of modules: import asks for some that need not be there
            raise AttributeError(name)

        def refuse(*_: object, **__: object) -> Never:
            raise ImportError(f"{self.__name__}.{name} is left out of the screen's process")

        return refuse


def keep_small() -> None:
    """Prepare the process; comes before pygame, pydantic and hashlib are imported.

    No garbage is searched for until `settle`: what a start makes stays.
    """
    for module in (*SOUND, *WINDOW_ICON, *OPENSSL):
        sys.modules.setdefault(module, None)  # type: ignore[arg-type]  # import reads None as "none"
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"  # so that it never asks for them
    os.environ.setdefault("PYTHONTZPATH", os.pathsep.join(ZONES))
    for module in UNUSED:
        sys.modules.setdefault(module, _Absent(module))
    gc.disable()
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        log.debug("this C library has no mallopt")
        return
    mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
    mallopt(_M_TRIM_THRESHOLD, LARGE_BYTES)
    mallopt(_M_ARENA_MAX, 1)  # Python's threads take turns anyway: one heap is enough


def settle() -> None:
    """The start is over: search for garbage again, but never in what the start has made.

    A search through all of it takes 15 ms, and would take them while somebody waits for a page.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    give_back()


def give_back() -> None:
    """Return to the system what the C library keeps of freed blocks (malloc_trim(3))."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:
        log.debug("this C library has no malloc_trim")

"""What is left out is not missed, and garbage is searched for again after the start."""

import os
import subprocess
import sys

TRY = """
import gc, sys
from kiosk.app.memory import keep_small, settle
keep_small()
assert not gc.isenabled()
import pygame
assert pygame.Surface((2, 2), pygame.SRCALPHA).premul_alpha()
pygame.display.init()
pygame.display.set_mode((2, 2))
pygame.font.init()
assert not any("SDL2_mixer" in line for line in open("/proc/self/maps"))
from kiosk.app import sealing
from kiosk.model.hand_over import fingerprint
assert fingerprint("a").startswith("ca978112")
assert not any("libcrypto" in line for line in open("/proc/self/maps"))
sealing.prepare()
settle()
assert gc.isenabled()
assert gc.get_freeze_count() > 10_000
"""


def test_the_kiosk_draws_without_sound_and_hashes_without_openssl() -> None:
    """Pygame and hashlib take a missing part for granted today; a release that does not is seen."""
    environment = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1", "SDL_VIDEODRIVER": "dummy"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-c", TRY],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


LEFT_OUT = """
import sys
from kiosk.app.memory import keep_small
keep_small()
import kiosk.app.compose
from nfc.clf import pn532, transport
from kiosk.model.care import Care
try:
    Care.model_validate({})
except ValueError:
    pass
assert "kiosk.screens.home" in sys.modules
assert not {"calendar", "kiosk.screens.survey", "kiosk.screens.writing"} & set(sys.modules)
heavy = {"email.message", "zipfile", "ndef", "usb1._libusb1", "nfc.llcp.llc", "tempfile"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
assert type(sys.modules["pydantic.json_schema"]).__name__ == "_Absent"
assert not any("sysconfigdata" in name for name in sys.modules)
from zoneinfo import ZoneInfo
assert ZoneInfo("Asia/Shanghai").key
import usb1
try:
    usb1.USBContext()
except ImportError as told:
    assert "usb1.USBContext is left out" in str(told)
else:
    raise AssertionError("nothing said that usb1 is not there")
"""


def test_what_the_screen_never_calls_is_not_loaded() -> None:
    """Mail, ZIP, USB and telephones would take 4 MB of the 60 a member's page may have."""
    plugins = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1", "PYDANTIC_DISABLE_PLUGINS": "none"}
    done = subprocess.run(
        [sys.executable, "-c", LEFT_OUT], env=plugins, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

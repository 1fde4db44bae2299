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
    environment = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-c", TRY],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

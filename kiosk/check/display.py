"""Whether SDL would draw where somebody can see it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata

import pygame

from kiosk.app.window import BLIND_DRIVERS
from kiosk.check.finding import Finding, care, fine, stop

NAME = "screen"

UNSEEN_DRIVERS = BLIND_DRIVERS | {"dummy"}
"""SDL video drivers that invent a panel; dummy is used on purpose, by tests."""


@dataclass(frozen=True, slots=True)
class DisplayFacts:
    """What SDL says of the screen.

    Attributes:
        driver: SDL's video driver; empty when none would start.
        size: of the panel in pixels, None when there is none that anybody sees.
        problem: why no driver would start.
        renderer: what SDL_RENDER_DRIVER asks for.
    """

    driver: str
    size: tuple[int, int] | None = None
    problem: str = ""
    renderer: str = ""


def look(environ: Mapping[str, str] = os.environ) -> DisplayFacts:
    """Asks SDL; no window is opened, so a kiosk that is running goes on drawing."""
    renderer = environ.get("SDL_RENDER_DRIVER", "")
    was_open = pygame.display.get_init()
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        seen = [] if driver in UNSEEN_DRIVERS else pygame.display.get_desktop_sizes()
        return DisplayFacts(driver, seen[0] if seen else None, "", renderer)
    except pygame.error as problem:
        return DisplayFacts("", None, str(problem), renderer)
    finally:
        if not was_open:
            pygame.display.quit()


def judge(facts: DisplayFacts) -> Finding:
    """What the driver means for the member in front of the screen."""
    unseen = "nobody sees anything, while every other sign is good"
    if not facts.driver:
        return stop(
            NAME,
            f"SDL finds no screen: {facts.problem}",
            "the kiosk cannot start",
            "check the panel's cable, dtoverlay=vc4-kms-v3d in config.txt, the groups below, and"
            " that libgbm1 libegl1 libgles2 libgl1-mesa-dri are installed",
        )
    if facts.driver in BLIND_DRIVERS:
        how = "give SDL a real screen: see what `ls /dev/dri` shows, set SDL_VIDEODRIVER=kmsdrm"
        return stop(NAME, f"SDL fell back to the driver {facts.driver}", unseen, how)
    if facts.driver == "dummy":
        how = "unset SDL_VIDEODRIVER, except for tests and the simulator"
        return care(NAME, "SDL draws nowhere, as SDL_VIDEODRIVER=dummy asks", unseen, how)
    if facts.driver.lower() == "kmsdrm" and facts.renderer != "opengles2":
        return care(
            NAME,
            "SDL draws with kmsdrm and its own choice of renderer",
            "the screen may stay black, while every other sign is good",
            "set SDL_RENDER_DRIVER=opengles2; kiosk.service does, this shell does not",
        )
    return fine(NAME, f"SDL draws with {facts.driver}")


def judge_library(installed: Iterator[str] | None = None) -> Finding:
    """Whether `import pygame` is pygame-ce and nothing lies over it.

    Args:
        installed: names of installed packages; this machine's when absent.
    """
    names = {name.lower() for name in installed or _installed()}
    if "pygame" in names or not getattr(pygame, "IS_CE", False):
        return stop(
            "pygame",
            "the package pygame lies over pygame-ce",
            "Chinese lines are not broken and kmsdrm is missing: black screen or garbled text",
            "make the environment anew from requirements.lock: make clean, then make fonts",
        )
    return fine("pygame", f"pygame-ce {pygame.version.ver}, SDL {pygame.version.SDL}")


def _installed() -> Iterator[str]:
    return (one.metadata["Name"] or "" for one in metadata.distributions())

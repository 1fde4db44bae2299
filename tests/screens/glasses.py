"""Every glass a page must fit, and what a test reads from a scene laid out on it."""

from dataclasses import replace
from functools import cache

from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.states import Session
from kiosk.session.world import World
from kiosk.ui.languages import Words, load
from kiosk.ui.layout import Layout, arrange
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Button, Scene, Text, walk
from kiosk.ui.pieces import Corner
from kiosk.ui.text import PygameFaces
from kiosk.ui.typeset import Typesetter

GLASSES = {
    "standing": Metrics(1080, 1920, 4.034),
    "lying": Metrics(1920, 1080, 4.034),
    "small": Metrics(800, 480, 5.25),
    "standing-big": Metrics(1080, 1920, 4.034, big_text=True),
    "lying-big": Metrics(1920, 1080, 4.034, big_text=True),
    "small-big": Metrics(800, 480, 5.25, big_text=True),
    "tablet": Metrics(800, 1280, 5.92),
    "tablet-big": Metrics(800, 1280, 5.92, big_text=True),
    "laptop": Metrics(1920, 1080, 5.57),
    "laptop-big": Metrics(1920, 1080, 5.57, big_text=True),
}
"""A panel of 21.5 inches both ways up, one of 7 inches lying, one of 10.1 inches standing, one of
15.6 inches lying, and large type on each."""

STANDING = GLASSES["standing"]


def drawn(
    session: Session,
    around: World,
    glass: Metrics = STANDING,
    corner: Corner = Corner.BOTTOM_RIGHT,
) -> Scene:
    """The session's scene on this glass."""
    session = replace(session, big_text=glass.big_text)
    width, height = glass.width_px / glass.scale, glass.height_px / glass.scale
    view = View(width, height, _words(session.language), corner, factor=glass.factor)
    return scene(Sight(session, around, view))


def laid_out(shown: Scene, glass: Metrics) -> Layout:
    """The scene with the real font on this glass."""
    typesetter = _typesetter(glass)
    typesetter.turn()
    layout = arrange(shown, glass, typesetter)
    typesetter.end_turn()
    return layout


def said(shown: Scene) -> str:
    """Every text of a scene, a line each."""
    return "\n".join(node.plain for node in walk(shown.root) if isinstance(node, Text))


def buttons(shown: Scene) -> list[Button]:
    """Everything that can be touched."""
    return [node for node in walk(shown.root) if isinstance(node, Button)]


def keys(shown: Scene) -> set[str]:
    """What the buttons send."""
    return {button.key for button in buttons(shown)}


@cache
def _faces() -> PygameFaces:
    return PygameFaces(OWN_FONTS_DIR)


@cache
def _typesetter(glass: Metrics) -> Typesetter:
    """It knows how wide each letter is on this glass."""
    return Typesetter(_faces(), glass)


@cache
def _words(language: Language) -> Words:
    return load(language.value)

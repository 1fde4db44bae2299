"""The code for one's own phone on every glass: scannable, and readable by nobody in words."""

from dataclasses import replace

import pytest

from kiosk.model.answers import Form
from kiosk.model.text import Language
from kiosk.screens.hand_over import offer
from kiosk.screens.view import Sight, View
from kiosk.session.states import Home, Session
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene, walk
from kiosk.ui.pieces import Qr
from kiosk.ui.qr import QUIET_MODULES, modules
from tests.factories import content
from tests.golden.shots import Shot
from tests.golden.shots_hand_over import (
    AWAY,
    EVERY_WAY,
    HERE,
    SECRET,
    STANDING_ONLY,
    handed,
    with_form,
)
from tests.screens.glasses import GLASSES, drawn, keys, said

EVERY_SHOT = pytest.mark.parametrize("shot", EVERY_WAY + STANDING_ONLY, ids=lambda one: one.name)
ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
LONGEST = "https://" + "h" * 191
LEAST_MODULE_MM = 0.396
"""Of a QR code that a phone is to read (GS1 General Specifications, extended packaging)."""


def codes(scene: Scene) -> list[Qr]:
    """The codes of a scene."""
    return [node for node in walk(scene.root) if isinstance(node, Qr)]


@EVERY_SHOT
def test_it_leads_back_out_and_to_help_and_nowhere_else(shot: Shot) -> None:
    """A way on that has nothing to do with the code draws the eye from it."""
    scene = drawn(shot.session(Language.ZH), shot.world)
    assert keys(scene) == {"contact", "language", "back", "done"}


@EVERY_SHOT
def test_the_secret_stands_in_the_code_and_in_no_words(shot: Shot) -> None:
    """Words can be read over a shoulder, and go to the live view."""
    for language in Language:
        scene = drawn(shot.session(language), shot.world)
        (code,) = codes(scene)
        assert code.data == f"https://hq.example/form/{SECRET}"
        assert SECRET not in said(scene)
        assert SECRET not in repr(scene)


@ON_EVERY_GLASS
def test_the_longest_link_can_still_be_scanned(glass: Metrics) -> None:
    """Modules finer than a camera's eye, on the smallest glass with the longest address."""
    around = replace(HERE, content=content(care=with_form(LONGEST)))
    shot = replace(EVERY_WAY[0], world=around)
    scene = drawn(shot.session(Language.ZH), around, glass)
    (code,) = codes(scene)
    side = len(modules(code.data)) + 2 * QUIET_MODULES
    wide = code.height or code.width or 0
    module_px = int(wide * glass.scale) // side
    assert module_px >= 2
    assert wide * glass.factor / side >= LEAST_MODULE_MM


def test_while_hq_is_away_it_is_said_that_the_form_waits() -> None:
    """Somebody would scan and believe the phone to be broken."""
    shot = EVERY_WAY[0]
    assert "暂时联网不上" in said(drawn(replace(shot, world=AWAY).session(Language.ZH), AWAY))
    assert "暂时联网不上" not in said(drawn(shot.session(Language.ZH), HERE))


def test_the_time_left_is_shown() -> None:
    """Nobody hurries for a link without an end, and nobody waits at one that has ended."""
    page = handed(left_s=61)
    session = replace(EVERY_WAY[0].session(Language.ZH), page=page)
    assert "1:01" in said(drawn(session, HERE))
    assert "10 分钟内打开有效" in said(drawn(session, HERE))
    late = replace(HERE, uptime_s=page.until_s + 5)
    assert "0:00" in said(drawn(session, late))


def test_a_form_that_left_the_content_leaves_no_broken_page() -> None:
    """HQ takes its form away while somebody looks at the code."""
    gone = replace(HERE, content=content(care=with_form(None)))
    assert codes(drawn(EVERY_WAY[0].session(Language.ZH), gone)) == []


def test_the_way_to_it_is_offered_only_where_it_leads_on() -> None:
    """A button that nothing follows."""
    view = View(240, 420, load("zh-CN"))
    session = Session(Home(), Language.ZH)
    (button,) = offer(Sight(session, HERE, view), Form.JOINING)
    assert (button.key, button.value) == ("hand-over", "joining")
    assert offer(Sight(session, AWAY, view), Form.JOINING) == ()

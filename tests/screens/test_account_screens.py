"""Looking around on every glass, with the longest that can come, and where its buttons lead."""

from typing import Any

import pytest

from kiosk.model.text import Language
from kiosk.screens.events_page import MOST
from kiosk.session.advance import advance
from kiosk.session.browse import MOST_SHEETS
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Attract,
    Events,
    History,
    Rules,
    Session,
    Visitor,
    Vouchers,
)
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from tests.factories import KEY, line, member
from tests.golden.shots_account import EVERY_WAY
from tests.screens.account_kit import EXTREMES, FULL, LOUD, buttons, loud_world, said, sheets, shown
from tests.screens.glasses import GLASSES, laid_out
from tests.screens.glasses import buttons as all_buttons

TIGHTEST = ("standing", "small", "standing-big", "small-big")
"""Lying, 7 inches are tighter than 21.5: what fits the small glass fits the large one."""

ON_EVERY_GLASS = pytest.mark.parametrize("glass", [GLASSES[way] for way in TIGHTEST], ids=TIGHTEST)
BOTH_WAYS = ("standing", "small-big")
IN_TWO_SHAPES = pytest.mark.parametrize("glass", [GLASSES[way] for way in BOTH_WAYS], ids=BOTH_WAYS)
IN_BOTH = pytest.mark.parametrize("language", Language, ids=["zh", "en"])

# -- on every glass ------------------------------------------------------------------------


@ON_EVERY_GLASS
@IN_BOTH
@pytest.mark.parametrize("name", EXTREMES)
def test_the_longest_that_can_come_fits_every_glass(
    name: str, language: Language, glass: Metrics
) -> None:
    """A member with much of everything would read half a figure, or touch beside a button."""
    page, visitor = EXTREMES[name]
    layout = laid_out(shown(page, loud_world(), visitor, language, glass), glass)
    assert layout.problems == ()


@IN_TWO_SHAPES
def test_every_line_can_be_reached(glass: Metrics) -> None:
    """A line between two sheets would be lost to the member."""
    visitor = Visitor(member(lines=tuple(_numbered(at) for at in range(50))), KEY)
    told = sheets(History(), FULL, visitor, glass)
    assert _receipts(told) == [f"N-{at}" for at in range(50)]


@ON_EVERY_GLASS
def test_the_session_counts_to_the_last_of_a_thousand_lines(glass: Metrics) -> None:
    """Lines beyond the last sheet that can be asked for would be lost to the member."""
    visitor = Visitor(member(lines=tuple(_numbered(at) for at in range(1_000))), KEY)
    last = shown(History(MOST_SHEETS - 1), FULL, visitor, glass=glass)
    assert _receipts([last])[-1] == "N-999"
    before = next(text for text in said(last) if " / " in text)
    assert int(before.split(" / ")[0]) <= MOST_SHEETS


def _receipts(found: list[Scene]) -> list[str]:
    texts = (text for one in found for text in said(one))
    return [word for text in texts for word in text.split() if word.startswith("N-")]


def _numbered(at: int) -> Any:
    return line(entry_id=f"e-{at}", receipt=f"N-{at}")


@IN_TWO_SHAPES
def test_every_voucher_and_every_event_can_be_reached(glass: Metrics) -> None:
    """A voucher that no sheet shows lapses unused; of events the next ones are enough."""
    found = sheets(Vouchers(), loud_world(), LOUD, glass)
    assert sum(text == "一件 8.5 折" for one in found for text in said(one)) == 50
    found = sheets(Events(), loud_world(), LOUD, glass)
    asked = [button.value for one in found for button in buttons(one, "sign-up")]
    assert asked == [f"e{at}" for at in range(MOST)]


@IN_TWO_SHAPES
def test_every_rule_of_hq_is_told_whole(glass: Metrics) -> None:
    """HQ may write 200 characters a rule: what does not fit a sheet goes on on the next."""
    found = sheets(Rules(), loud_world(), None, glass)
    told = [text for one in found for text in said(one) if text.startswith("一次消费满一百元")]
    assert len(told) == 12 * 6
    for one in found:
        assert laid_out(one, glass).problems == ()


# -- what they lead to ---------------------------------------------------------------------


@pytest.mark.parametrize("shot", EVERY_WAY, ids=lambda shot: shot.name)
def test_every_page_leads_back_and_out(shot: Any) -> None:
    """Somebody who has read enough would wait for the time-out, with a name on the glass."""
    scene = shown(shot.page, shot.world, shot.visitor)
    assert {"back", "done", "language"} <= {button.key for button in all_buttons(scene)}


def test_rules_lead_back_to_where_they_were_opened() -> None:
    """Somebody without a card would be stuck on the rules until their time was up."""
    home = Session(page=Attract(), language=Language.ZH)
    there = advance(home, Pressed("rules"), FULL).session
    scene = shown(there.page, visitor=None)
    assert buttons(scene, "contact")  # two touches from anywhere, no card needed
    assert isinstance(advance(there, Pressed("back"), FULL).session.page, Attract)


def test_points_that_lapse_lead_to_what_they_buy() -> None:
    """A warning without a way on only worries."""
    scene = shown(History())
    (way,) = buttons(scene, "redeem")
    assert "1,320 分" in way.says
    assert "够换「棉袜」" in said(scene)

"""Screens at the edges of what can come: before any content, at the ends of the calendar."""

from datetime import UTC, datetime

import pytest

from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.states import (
    Attract,
    Home,
    Notice,
    NoticeKind,
    OutOfService,
    Page,
    Session,
    Visitor,
)
from kiosk.session.world import World
from kiosk.ui.languages import load
from kiosk.ui.nodes import Button, Scene, walk
from tests.factories import KEY, member, world

PAGES = (Attract(), OutOfService(), *(Notice(kind) for kind in NoticeKind))


def shown(
    page: Page, around: World, language: Language = Language.ZH, visitor: Visitor | None = None
) -> Scene:
    """The page on a standing 21.5 inch panel."""
    until_s = around.uptime_s + 10
    session = Session(page=page, language=language, visitor=visitor, until_s=until_s)
    return scene(Sight(session, around, View(268, 476, load(language.value))))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_page_can_be_shown_before_the_content_is_here(page: Page, language: Language) -> None:
    """A kiosk without HQ apologised for a fault when somebody asked how to become a member."""
    before = shown(page, world(content=None), language)
    keys = {node.key for node in walk(before.root) if isinstance(node, Button)}
    assert "join" not in keys  # what joining takes stands in the content


@pytest.mark.parametrize("year", [1, 9999])
def test_a_balance_from_the_end_of_time_is_shown_all_the_same(year: int) -> None:
    """One wrong date in HQ's data would let the member's every tap end in an apology."""
    edge = {1: datetime(1, 1, 1, tzinfo=UTC), 9999: datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}
    visitor = Visitor(member(as_of=edge[year]), KEY)
    assert shown(Home(), world(), visitor=visitor).name == "home"

"""The first member waits no longer than the next, and what was drawn for that is nobody's."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from kiosk.app.rehearsal import pages_of_nobody
from kiosk.model.programme import Reward
from kiosk.session.states import Attract, Home
from tests.app.test_loop import Kiosk
from tests.factories import content, world


def test_every_tier_and_every_reward_is_rehearsed() -> None:
    """A picture left out is loaded while somebody waits."""
    shown = content()
    sessions = list(pages_of_nobody(world(content=shown)))
    assert all(session.page == Home() for session in sessions)
    members = [one.visitor.member for one in sessions if one.visitor is not None]
    assert [member.tier for member in members] == [tier.tier_id for tier in shown.programme.tiers]
    assert members[0].points == 0
    assert members[-1].points == max(reward.points for reward in shown.rewards)


def test_without_content_there_is_nothing_to_rehearse() -> None:
    """The very first start has no programme yet; it must not end there."""
    assert list(pages_of_nobody(world(content=None))) == []


def test_a_rehearsal_is_seen_by_nobody(tmp_path: Path) -> None:
    """A page of nobody flashing up at the start would look like somebody's."""
    kiosk = Kiosk(tmp_path, content())
    kiosk.loop.turn()
    kiosk.loop.rehearse()
    assert isinstance(kiosk.loop.session.page, Attract)
    assert kiosk.frames.count == 1
    assert kiosk.stage.scene is not None
    assert kiosk.stage.scene.name == "attract"
    kiosk.window.close()


@pytest.mark.parametrize("raise_faults", [True, False])
def test_a_rehearsal_that_fails_ends_nothing(tmp_path: Path, *, raise_faults: bool) -> None:
    """A page that cannot be drawn is a matter of that page, not of the whole kiosk."""
    unpriced = cast("tuple[Reward, ...]", (None,))
    kiosk = Kiosk(tmp_path, replace(content(), rewards=unpriced), raise_faults=raise_faults)
    kiosk.loop.turn()
    if raise_faults:
        with pytest.raises(AttributeError):
            kiosk.loop.rehearse()
    else:
        kiosk.loop.rehearse()
        kiosk.loop.turn()
    assert isinstance(kiosk.loop.session.page, Attract)
    kiosk.window.close()

"""The world of an event: chances that cannot be guessed, and the edition of the day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.app.surroundings import Manners, StatusFile, Surroundings
from kiosk.content import Content
from kiosk.model.clock import ClockQuality
from kiosk.model.codes import is_offline_code
from kiosk.model.text import Language
from kiosk.session.world import PinPad
from tests.factories import STORE, TIMING, content, programme
from tests.fakes.clock import FakeClock

SALT = bytes(range(16))
MANNERS = Manners("k-1", STORE, Language.ZH, TIMING, PinPad.SHUFFLED, SALT)


class Shelf:
    """Content that lies there."""

    def __init__(self, now: Content) -> None:
        self.now = now

    def changed(self) -> bool:
        """Always worth a look."""
        return True

    def current(self) -> Content | None:
        """What lies there."""
        return self.now


class Place:
    """Surroundings on New Year's Eve, with an edition for the new year."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC))
        coming = programme(version=42, effective_from=date(2027, 1, 1))
        self.shelf = Shelf(content(coming=coming))
        status = StatusFile(folder / "status.json")
        self.around = Surroundings(self.clock, self.shelf, status, MANNERS)

    @property
    def edition(self) -> int:
        """Version of the programme that holds now."""
        now = self.around.world().content
        assert now is not None
        return now.programme.version


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A second before midnight in Shanghai."""
    return Place(tmp_path)


def test_a_coming_edition_holds_from_midnight_of_the_store(place: Place) -> None:
    """Members would be told last year's rules on New Year's morning, or this year's at supper."""
    assert place.edition == 41
    place.clock.advance(1)
    assert place.edition == 42
    assert place.around.world().content is place.around.world().content


def test_without_a_clock_no_edition_begins(place: Place) -> None:
    """A clock that jumps to 2038 must not bring rules that do not hold."""
    place.clock.advance(86_400)
    place.clock.quality = ClockQuality.UNSET
    assert place.edition == 41


def test_new_content_replaces_both_editions(place: Place) -> None:
    """The day's edition must not outlive the content it came with."""
    place.clock.advance(1)
    place.shelf.now = replace(content(), programme=programme(version=50))
    assert place.around.look_for_content()
    assert place.edition == 50


def test_what_must_not_be_guessed_is_drawn_for_each_event(place: Place) -> None:
    """Two members would get the same code, or a pad in the same order."""
    first, second = place.around.at_event(), place.around.at_event()
    assert first.chance != second.chance
    assert len(first.chance) == 32
    assert len({place.around.at_event().offline_code for _ in range(9)}) > 1
    assert is_offline_code(first.offline_code, STORE, SALT)


def test_a_look_at_the_glass_draws_nothing(place: Place) -> None:
    """Thirty times a second, for nothing that anybody uses."""
    assert place.around.world().chance == bytes(32)


def test_lost_claims_are_seen_at_once(place: Place) -> None:
    """A kiosk whose queue was damaged would go on giving out until its next start."""
    lost = [False]
    place.around.claims_lost = lambda: lost[0]
    assert not place.around.world().claims_lost
    lost[0] = True
    assert place.around.at_event().claims_lost


def test_what_was_configured_is_in_the_world(place: Place) -> None:
    """A setting that nobody reads is a lie."""
    world = place.around.world()
    assert (world.kiosk_id, world.pin_pad, world.timing) == ("k-1", PinPad.SHUFFLED, TIMING)

"""What a card's coming, staying and going become as events."""

import pytest

from kiosk.drivers.pcd import Sighting
from kiosk.drivers.port import CardRemoved, FailedRead, ReadFailed
from kiosk.drivers.presence import Presence
from tests.drivers.fake_pcd import ANNA, BOB, Scene, at_once, inserted, kinds, looks, sighting


def test_arrival_is_told_at_first_sight() -> None:
    """A second look before greeting would cost every member a pause of 40 ms."""
    scene = Scene()
    events = scene.play(scene.lay(ANNA), None)
    assert kinds(events) == ["CardInserted"]
    assert events[1].at_s == pytest.approx(100.05)


def test_removal_takes_three_misses() -> None:
    """Fewer misses would end a session at a flicker; more would keep a member's page open."""
    scene = Scene()
    events = scene.play(scene.lay(ANNA), None, scene.clear, *looks(3))
    removed = events[-1]
    assert isinstance(removed, CardRemoved)
    assert removed.at_s == pytest.approx(100.25)  # taken at 100.15, third look without it


def test_a_flicker_is_no_event() -> None:
    """A card held at the edge of the field would open and close the page again and again."""
    scene = Scene()
    events = scene.play(scene.lay(ANNA), None, scene.clear, None, scene.lay(ANNA), *looks(3))
    assert kinds(events) == ["CardInserted"]


def test_another_card_is_removed_then_inserted() -> None:
    """The next person's card would otherwise open a page in the session of the last one."""
    scene = Scene()
    events = scene.play(scene.lay(ANNA), scene.clear, None, scene.lay(BOB), *looks(2))
    assert kinds(events) == ["CardInserted", "CardRemoved", "CardInserted"]
    assert [event.uid for event in inserted(events)] == [ANNA, BOB]


def test_a_card_seen_in_the_first_look_rests() -> None:
    """A card forgotten on the reader would greet somebody at every restart."""
    scene = Scene()
    scene.lay(ANNA)()
    assert [event.resting for event in inserted(scene.play(None))] == [True]


def test_a_card_laid_later_does_not_rest() -> None:
    """A member's tap would be taken for a forgotten card and not be greeted."""
    scene = Scene()
    assert [event.resting for event in inserted(scene.play(scene.lay(ANNA), None))] == [False]


def test_a_resting_card_swapped_for_another_lets_the_other_one_greet() -> None:
    """The person who finds a forgotten card and taps their own would not be greeted."""
    scene = Scene()
    scene.lay(ANNA)()
    events = inserted(scene.play(scene.clear, scene.lay(BOB), None))
    assert [(event.uid, event.resting) for event in events] == [(ANNA, True), (BOB, False)]


@pytest.mark.parametrize(("empty_looks", "resting"), [(0, True), (2, True), (3, False)])
def test_a_card_that_lay_there_before_the_loss_still_rests(empty_looks: int, resting: bool) -> None:
    """A loose plug would greet the owner of a forgotten card again and again."""
    scene = Scene()
    hidden = scene.clear if empty_looks else lambda: None
    script = [scene.lay(ANNA), None, scene.unplug, hidden, scene.replug]
    back = scene.lay(ANNA) if empty_looks else None
    # Waits after the reopening: one for each empty look, then the card is back.
    events = inserted(scene.play(*script, *looks(max(0, empty_looks - 1)), back, *looks(2)))
    assert [event.resting for event in events] == [False, resting]


@pytest.mark.parametrize(("empty_looks", "kept"), [(2, True), (3, False)])
def test_the_number_of_a_card_that_went_with_the_loss_is_forgotten(
    empty_looks: int, kept: bool
) -> None:
    """A card's number would stay in the memory until the next member comes, over night."""
    presence = Presence("door")
    presence.opened()
    presence.seen(sighting(ANNA), 100.0)
    presence.lost(101.0)
    presence.opened()
    for look in range(empty_looks):
        presence.nothing(102.0 + look)
    held = [one for one in vars(presence).values() if isinstance(one, Sighting)]
    assert (held != []) is kept


def test_two_cards_are_told_once_until_the_field_changes() -> None:
    """The notice about two cards would flash twenty times a second."""
    scene = Scene()
    lay_both = at_once(scene.lay(ANNA), scene.lay(BOB))
    events = scene.play(lay_both, *looks(4), scene.clear, *looks(4), lay_both, *looks(2))
    assert kinds(events) == ["ReadFailed", "ReadFailed"]
    failures = [event for event in events if isinstance(event, ReadFailed)]
    assert {event.reason for event in failures} == {FailedRead.COLLISION}


def test_of_two_cards_the_one_that_stays_is_read() -> None:
    """A member who takes the second card away would have to lay the first one anew."""
    scene = Scene()
    scene.pcd.cards = [sighting(ANNA), sighting(BOB)]
    events = scene.play(None, scene.lift, *looks(2))
    assert kinds(events) == ["ReadFailed", "CardInserted"]


def test_a_second_card_does_not_remove_the_first() -> None:
    """A wallet that touches the reader would end the session of the card on it."""
    scene = Scene()
    script = [scene.lay(ANNA), None, scene.lay(BOB), *looks(5), scene.lift, *looks(4)]
    assert kinds(scene.play(*script)) == ["CardInserted", "ReadFailed"]


def test_what_cannot_be_read_is_no_miss() -> None:
    """A second card held over the reader for a moment would end the session of the first."""
    scene = Scene()
    script = [scene.lay(ANNA), scene.clear, None]
    torn = [lambda: setattr(scene.pcd, "torn", True), lambda: setattr(scene.pcd, "torn", False)]
    events = scene.play(*script, *torn, None, scene.lay(ANNA), None)
    assert kinds(events) == ["CardInserted", "ReadFailed"]


def test_what_cannot_be_read_is_told_as_torn() -> None:
    """A card read badly would leave the member before an idle screen."""
    scene = Scene()
    events = scene.play(lambda: setattr(scene.pcd, "torn", True), *looks(3))
    assert isinstance(events[-1], ReadFailed)
    assert events[-1].reason is FailedRead.TORN


def test_a_phone_with_a_new_random_uid_is_the_same_phone() -> None:
    """A phone that lost power for a moment would count as a new visitor each time."""
    scene = Scene()
    first, second = bytes.fromhex("08112233"), bytes.fromhex("08445566")
    events = scene.play(scene.lay(first), scene.clear, scene.lay(second), *looks(3))
    assert kinds(events) == ["CardInserted"]

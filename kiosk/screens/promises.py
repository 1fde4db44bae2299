"""What may be promised to whoever complains: a call, and somebody who comes."""

from kiosk.screens.view import Sight
from kiosk.session.profile import can_be_called


def call_line(sight: Sight) -> str:
    """Which number is called and when; or that there is none to call."""
    words = sight.words
    if not can_be_called(sight.session, sight.world):
        return words.say("complaint.call_no_number")
    return " ".join((words.say("complaint.call_line"), *call_promise(sight)))


def call_promise(sight: Sight) -> tuple[str, ...]:
    """What HQ lets be promised of a call; nothing while it does not hear of it."""
    return _promise(sight, "call_promise")


def staff_promise(sight: Sight) -> tuple[str, ...]:
    """What HQ lets be promised of somebody who comes; nothing while it does not hear of it."""
    return _promise(sight, "staff_promise")


def _promise(sight: Sight, name: str) -> tuple[str, ...]:
    complaints = sight.content.care.complaints
    said = complaints.call_promise if name == "call_promise" else complaints.staff_promise
    if said is None or sight.world.hq_reachable is False:
        return ()
    return (said.in_(sight.session.language),)

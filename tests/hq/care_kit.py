"""What members say, as records on the wire, and what staff do about a complaint."""

from typing import Any
from uuid import uuid4

from kiosk.model.care import STEPS
from kiosk.model.facts import Kind
from sim.hq import complaints
from tests.hq.office import Office, key_of


def complaining(office: Office, member_id: str | None = "m-1", **changes: Any) -> dict[str, Any]:
    """A complaint about the product, with the member's card or without any."""
    case = uuid4()
    payload = {
        "kind": "feedback",
        "feedback_id": str(case),
        "member_id": member_id,
        "card_key": None if member_id is None else key_of(member_id),
        "cause_id": "product",
        "reasons": ["first"],
        "words": "第一次洗就掉色",
        "call_me": False,
        "staff_now": False,
        "language": "zh-CN",
    }
    return office.record(Kind.FEEDBACK, case, payload | changes)


def consenting(office: Office, about: str, member_id: str = "m-1", **said: Any) -> dict[str, Any]:
    """A change of what may reach the member."""
    change = uuid4()
    payload = {
        "kind": "consent",
        "consent_id": str(change),
        "member_id": member_id,
        "card_key": key_of(member_id),
        "about": about,
        "text_version": 1,
        "language": "zh-CN",
    }
    return office.record(Kind.CONSENT, change, payload | said)


def granting(
    office: Office,
    granted: bool = True,
    purpose_id: str = "news",
    channel: str = "sms",
    **how: Any,
) -> dict[str, Any]:
    """One channel of one purpose, granted or withdrawn."""
    named: dict[str, Any] = {"purpose_id": purpose_id, "channel": channel, "granted": granted}
    return consenting(office, "channel", **(named | how))


def asking(office: Office, wish: str = "show", member_id: str = "m-1") -> dict[str, Any]:
    """A request about the member's own data."""
    request = uuid4()
    payload = {
        "kind": "data_request",
        "request_id": str(request),
        "member_id": member_id,
        "card_key": key_of(member_id),
        "wish": wish,
        "language": "zh-CN",
    }
    return office.record(Kind.DATA_REQUEST, request, payload)


def visiting(office: Office, true_at: str, member_id: str = "m-1") -> dict[str, Any]:
    """A visit whose page was true at this time."""
    payload = {
        "kind": "visit",
        "member_id": member_id,
        "card_key": key_of(member_id),
        "language": "zh-CN",
        "directory_as_of": true_at,
    }
    return office.record(Kind.VISIT, uuid4(), payload)


def move(office: Office, case_id: str, from_step: int) -> bool:
    """Staff move a case to its next step."""
    with office.hq.database.write() as connection:
        return complaints.move_on(connection, case_id, from_step, office.clock())


def close(office: Office, case_id: str) -> None:
    """Staff lead a case through all of its steps."""
    for step in range(1, STEPS):
        assert move(office, case_id, step)

"""What people answer, as records on the wire, and the surveys they answer."""

from typing import Any
from uuid import uuid4

from kiosk.model.facts import Kind
from tests.hq.office import Office, key_of

POINTS = 20


def survey(version: int = 1, **changes: Any) -> dict[str, Any]:
    """A survey after a purchase: a scale, a cause for who is not content, free words."""
    document: dict[str, Any] = {
        "id": "after",
        "version": version,
        "kind": "satisfaction",
        "audience": {"after_purchase_days": [0, 30]},
        "anonymous_allowed": True,
        "reward_points": POINTS,
        "survey": {
            "pages": [
                {
                    "name": "p1",
                    "elements": [
                        {"type": "rating", "name": "overall", "isRequired": True},
                        {
                            "type": "radiogroup",
                            "name": "cause",
                            "visibleIf": "{overall} <= 2",
                            "isRequired": True,
                            "choices": ["price", "service"],
                        },
                    ],
                },
                {"name": "p2", "elements": [{"type": "comment", "name": "ideas"}]},
            ],
            "calculatedValues": [
                {"name": "call", "expression": "{overall} <= 2", "includeIntoResult": True}
            ],
        },
    }
    return document | changes


def stage(version: int = 1, **changes: Any) -> dict[str, Any]:
    """A stage of the profile: a name, a phone, a day of birth, a way of dressing."""
    why = {"zh-CN": "便于联系您", "en": "To reach you"}
    personal = {"class": "hard", "sensitivity": "personal", "why": why}
    notes: dict[str, Any] = dict.fromkeys(("name", "phone", "birthday"), personal)
    document: dict[str, Any] = {
        "id": "profile_1",
        "version": version,
        "kind": "profile",
        "reward_points": 30,
        "questions": notes | {"style": {"class": "soft", "why": why}},
        "survey": {
            "elements": [
                {"type": "text", "name": "name", "maxLength": 40},
                {
                    "type": "text",
                    "name": "phone",
                    "inputType": "tel",
                    "validators": [{"type": "regex", "regex": "^1[3-9][0-9]{9}$"}],
                },
                {"type": "text", "name": "birthday", "inputType": "date"},
                {"type": "checkbox", "name": "style", "choices": ["plain", "sporty", "vintage"]},
            ]
        },
    }
    return document | changes


def answering(office: Office, member_id: str | None = "m-1", **changes: Any) -> dict[str, Any]:
    """An answer in a member's name; of nobody with None."""
    response = uuid4()
    payload = {
        "kind": "survey_response",
        "response_id": str(response),
        "survey_id": "after",
        "survey_version": 1,
        "language": "zh-CN",
        "complete": True,
        "member_id": member_id,
        "card_key": None if member_id is None else key_of(member_id),
        "purchase": None,
        "answers": {"overall": 4, "ideas": "灯光亮一点", "call": False},
        "seconds": {"overall": 2.4, "ideas": 20.0},
    }
    return office.record(Kind.SURVEY_RESPONSE, response, payload | changes)


def unnamed(office: Office, **changes: Any) -> dict[str, Any]:
    """An anonymous answer."""
    return answering(office, None, **({"anonymous": True} | changes))


def asked(office: Office, member_id: str = "m-1", **changes: Any) -> dict[str, Any]:
    """What came of asking a member who answered without a name."""
    name = uuid4()
    payload = {
        "kind": "survey_asked",
        "asked_id": str(name),
        "member_id": member_id,
        "card_key": key_of(member_id),
        "survey_id": "after",
        "survey_version": 1,
        "purchase": None,
        "came": "answered",
        "language": "zh-CN",
    }
    return office.record(Kind.SURVEY_ASKED, name, payload | changes)


def telling(office: Office, field: str, value: Any = None, **changes: Any) -> dict[str, Any]:
    """One answer to the profile, by m-1 unless another member is named."""
    answer, member_id = uuid4(), changes.pop("member_id", "m-1")
    payload = {
        "kind": "profile_answer",
        "answer_id": str(answer),
        "member_id": member_id,
        "card_key": key_of(member_id),
        "survey_id": "profile_1",
        "survey_version": 1,
        "field": field,
        "value": value,
        "language": "zh-CN",
    }
    return office.record(Kind.PROFILE_ANSWER, answer, payload | changes)


def applying(office: Office, **changes: Any) -> dict[str, Any]:
    """An application with an unknown card, born in 1990."""
    application = uuid4()
    payload = {
        "kind": "application",
        "application_id": str(application),
        "card_key": "ab" * 16,
        "name": "王小明",
        "phone": "13812345678",
        "born": "1990-03-04",
        "group_code": "",
        "marketing": False,
        "text_version": 1,
        "language": "zh-CN",
    }
    return office.record(Kind.APPLICATION, application, payload | changes)

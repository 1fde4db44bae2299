"""What a record is about: one word each, the same here and at HQ."""

from enum import StrEnum


class Kind(StrEnum):
    """What a record is about."""

    VISIT = "visit"
    REDEMPTION = "redemption"
    RELEASE = "release"
    EVENT_SIGNUP = "event_signup"
    FEEDBACK = "feedback"
    CONSENT = "consent"
    DATA_REQUEST = "data_request"
    SURVEY_RESPONSE = "survey_response"
    SURVEY_ASKED = "survey_asked"
    PROFILE_ANSWER = "profile_answer"
    APPLICATION = "application"
    HAND_OVER = "hand_over"
    DEVICE_EVENT = "device_event"

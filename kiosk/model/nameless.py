"""Anonymous answers: what is taken off them, so that nobody at HQ can tell whose they are."""

from dataclasses import dataclass

from kiosk.model.answers import SurveyResponse
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.records import NewRecord, new_record


@dataclass(frozen=True, slots=True)
class NamelessRecord:
    """An anonymous answer that waits for others to hide among.

    Attributes:
        record: its time is of the day alone; of this moment's own, nothing is in it.
        crowd: the answers it can be taken for: everything in it that HQ also knows of those
            who were asked (SurveyAsked).
        dated: whether the day is known; False while the clock cannot be believed.
    """

    record: NewRecord
    crowd: str
    dated: bool


def nameless_record(fact: SurveyResponse, now: Instant) -> NamelessRecord:
    """The record of an anonymous answer.

    The time per question goes too: together it is as long as one visit of one member.
    """
    bare = fact.model_copy(update={"seconds": {}})
    about = (fact.survey_id, fact.survey_version, fact.language, fact.complete)
    crowd = " ".join(str(one) for one in about)
    known = now.quality is not ClockQuality.UNSET
    return NamelessRecord(new_record(bare, day_of(now)), crowd, known)


def day_of(at: Instant) -> Instant:
    """The day of a moment, told by its noon, and nothing closer; no boot of the machine either."""
    unset = at.quality is ClockQuality.UNSET
    quality = ClockQuality.UNSET if unset else ClockQuality.ESTIMATED
    noon = at.wall.replace(hour=12, minute=0, second=0, microsecond=0)
    return Instant(noon, "", 0.0, quality)

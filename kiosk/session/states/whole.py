"""The session as a whole: a page, the pages that lead back, and who is there."""

from dataclasses import dataclass
from math import inf

from kiosk.model.cards import CardKey
from kiosk.model.facts import Fact
from kiosk.model.members import Member
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim
from kiosk.session.states.asking import (
    Applied,
    HandedOver,
    Joined,
    Joining,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Survey,
    SurveyThanks,
    TooYoung,
)
from kiosk.session.states.care import Cases, Complaint, ContactPage, MyData, Thanks
from kiosk.session.states.nobody import Attract, Notice, OutOfService, Rules, StillThere
from kiosk.session.states.points import (
    Detail,
    Events,
    GivenBack,
    History,
    Home,
    Ladder,
    PinEntry,
    Refused,
    Reserved,
    TierPage,
    VoucherCode,
    Vouchers,
    Waiting,
)
from kiosk.session.states.writing import Writing

MemberPage = (
    Home
    | Ladder
    | Detail
    | PinEntry
    | Waiting
    | VoucherCode
    | Reserved
    | Refused
    | GivenBack
    | Vouchers
    | History
    | TierPage
    | Events
    | Cases
    | ContactPage
    | MyData
    | Profile
    | ProfileQuestion
    | ProfileAnswered
    | Recheck
)
"""Pages that only a member sees."""

Page = (
    Attract
    | Notice
    | Rules
    | Complaint
    | Thanks
    | Writing
    | OutOfService
    | StillThere
    | Joining
    | Joined
    | Applied
    | TooYoung
    | HandedOver
    | Survey
    | SurveyThanks
    | MemberPage
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """The member whose session it is, and what this kiosk has asked HQ for in their name.

    Attributes:
        claims: those the member's row may not include yet, oldest first.
        prompted: whether a question was taken up or declined in this visit; one is enough.
        lot: drawn when the visit began, 0 to 99; of what is asked of 10 visits in a hundred,
            this one is asked below 10. 100 takes part in no such sample.
    """

    member: Member
    key: CardKey
    claims: tuple[Claim, ...] = ()
    prompted: bool = False
    lot: int = 100


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the kiosk knows between two events.

    Attributes:
        trail: the pages that lead back from here, the nearest last; empty on a first page.
        visitor: whose session it is; None when nobody's.
        until_s: uptime at which the page's time is up; infinite for none.
        language: of the screen now; goes back to the kiosk's own when the session ends.
        big_text: letters 1.3 times as large; ends with the session.
        reader_ready: whether a reader answers; taken for granted until one is missed, so
            that the first picture after the start does not cry wolf.
        card_on_reader: whether something lies on it.
        nobody_answered_s: uptime at which somebody without a card last answered a survey; it
            outlives the session, and tells nothing of anybody.
    """

    page: Page
    language: Language
    trail: tuple[Page, ...] = ()
    visitor: Visitor | None = None
    until_s: float = inf
    big_text: bool = False
    reader_ready: bool = True
    card_on_reader: bool = False
    nobody_answered_s: float = -inf


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to: the new session, and facts that must be on disk before it shows."""

    session: Session
    facts: tuple[Fact, ...] = ()

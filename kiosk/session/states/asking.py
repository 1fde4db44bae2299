"""Pages that ask: a survey, the profile, an application; and the way over to one's own phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from uuid import UUID

from kiosk.model.answers import Form
from kiosk.model.asking import Applicant, Purchase
from kiosk.model.cards import CardKey
from kiosk.session.states.wheels import Wheels
from kiosk.survey.document import Document
from kiosk.survey.run import Run
from kiosk.survey.validate import Fault


@dataclass(frozen=True, slots=True)
class Asking:
    """One question out of a survey under way; one stands on the glass at a time.

    Attributes:
        document: as it was when the survey began: it runs to its end, whatever HQ publishes.
        question: the name of the one that is put now; on a page that asks nothing, of a text.
        since_s: uptime at which it was put.
        seconds: spent so far on each question, by name.
        faults: what holds the person back.
        touched: whether the answer was given since the question was put; only then it is shown,
            so that nobody reads it who comes later.
        alone: nothing else of the document is asked.
        sheet: of the choices, from 0, where they do not all fit.
        wheels: of a question for a date or a month, while they are turned; the answer is
            kiosk.session.wheels.chosen.
    """

    document: Document = field(repr=False)
    run: Run = field(repr=False)
    question: str
    since_s: float
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    faults: tuple[Fault, ...] = ()
    touched: bool = False
    alone: bool = False
    sheet: int = 0
    wheels: Wheels | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey, one question a page, with a card or without.

    Attributes:
        response_id: of the record; drawn when the survey is opened.
        purchase: what it is about; None for none.
        anonymous: whether the answer shall name nobody.
    """

    asking: Asking
    response_id: UUID
    purchase: Purchase | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class SurveyThanks:
    """A survey was gone through; what was answered stands no longer anywhere.

    Attributes:
        points: that HQ pays for it; 0 for none.
        anonymous: whether the answer names nobody.
    """

    survey_id: str
    points: int = 0
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """One question of the profile, with what it is good for; it can be put off or refused.

    Attributes:
        asked: questions of the profile put in this visit, with this one.
        chosen: whether the member came for this field, from the page of the profile.
    """

    asking: Asking
    asked: int = 1
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ProfileAnswered:
    """A question of the profile is settled: thanks, what has grown by it, and a way to mend it.

    Attributes:
        before: how complete the profile was, in percent.
        asked: questions of the profile put in this visit, with this one.
        shown: of the answer, as far as it may be shown (kiosk/survey/showing.py).
        refused: whether it shall never be asked again.
    """

    name: str
    before: int
    asked: int = 1
    shown: str = field(default="", repr=False)
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Recheck:
    """Is this still right: one value of the profile, as far as it may be shown."""

    field: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the member has told, stage by stage, each value masked; and the way to change it.

    Attributes:
        saved: the question that was answered from here just now; "" for none.
        shown: of that answer, as far as it may be shown (kiosk/survey/showing.py).
    """

    sheet: int = 0
    saved: str = ""
    shown: str = field(default="", repr=False)


class JoiningStep(Enum):
    """What is asked next of somebody who applies."""

    WELCOME = "welcome"
    BORN = "born"
    NAME = "name"
    PHONE = "phone"
    GROUP = "group"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Joining:
    """An application under way; only its submitting leaves a record.

    Attributes:
        card_key: of the unknown card that was laid down; None without one.
        born: the wheels, from the step that asks on; kiosk.session.wheels.chosen tells the day.
        marketing: a tick of its own, not set by itself.
        changing: whether one answer is being changed from the last page, to which the way on
            and the way back lead then.
    """

    step: JoiningStep = JoiningStep.WELCOME
    card_key: CardKey | None = field(default=None, repr=False)
    born: Wheels | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    group_code: str = field(default="", repr=False)
    marketing: bool = False
    changing: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """An application is on disk and goes up; nothing that was told stands here.

    Attributes:
        has_card: whether an unknown card was laid down, which becomes the member's.
        with_group: whether a group's code came with it, which HQ checks.
    """

    has_card: bool
    with_group: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """The card of somebody whose application is on its way: how far it is, and what is missing.

    Attributes:
        applicant: by HQ's row; None while only this kiosk knows of the application.
    """

    applicant: Applicant | None = None


@dataclass(frozen=True, slots=True)
class TooYoung:
    """Not old enough yet: said kindly, and nothing was stored."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A form waits on HQ's side for the person's own phone.

    Attributes:
        secret: of the link; stands in no record, no log and no text of the scene but the code.
        until_s: uptime at which the link ends.
    """

    form: Form
    hand_over_id: UUID
    secret: str = field(repr=False)
    until_s: float

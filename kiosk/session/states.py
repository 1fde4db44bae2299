"""Where a session can be: frozen data, one class a page, and who is there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from math import inf
from uuid import UUID

from kiosk.model.cards import CardKey
from kiosk.model.facts import Fact
from kiosk.model.members import Member
from kiosk.model.programme import RewardKind
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, Verdict


class NoticeKind(Enum):
    """One sentence and what to do; each has its own picture."""

    UNKNOWN_CARD = "unknown-card"
    NOT_A_CARD = "not-a-card"
    SEVERAL_CARDS = "several-cards"
    CARD_NOT_ACTIVE = "card-not-active"
    LIFT_CARD = "lift-card"
    NO_DIRECTORY = "no-directory"
    NO_CARD = "no-card"
    OOPS = "oops"
    PIN_AT_COUNTER = "pin-at-counter"


@dataclass(frozen=True, slots=True)
class Visitor:
    """The member whose session it is, and what this kiosk has asked HQ for in their name.

    Attributes:
        claims: those the member's row may not include yet, oldest first.
    """

    member: Member
    key: CardKey
    claims: tuple[Claim, ...] = ()


# -- pages of nobody -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there; `frame` of the plan is shown.

    Attributes:
        quiet_s: uptime at which a passer-by's choice of language or type is undone.
    """

    frame: int = 0
    quiet_s: float = inf


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell; the way back leads to the page below it, if there is one."""

    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class Rules:
    """The programme's rules, with a card or without; `sheet` counts the pages from 0."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Complaint:
    """What went wrong, with a card or without.

    Attributes:
        feedback_id: of the record; drawn at the first cause. From then on it is a complaint,
            however the page is left, unless the way back takes it away.
        reasons: of the cause, in the order they were touched.
    """

    feedback_id: UUID | None = None
    cause_id: str = ""
    reasons: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    call_me: bool = False
    staff_now: bool = False


@dataclass(frozen=True, slots=True)
class Thanks:
    """A complaint was taken; what it was about stands no longer anywhere.

    Attributes:
        call_me, staff_now: what was asked for, so that it can be promised.
    """

    call_me: bool = False
    staff_now: bool = False


class Entry(Enum):
    """What is being written; each has its own keys (kiosk/session/entry.py)."""

    WORDS = "words"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    DIGITS = "digits"


class Mode(Enum):
    """Which keys are shown."""

    PINYIN = "pinyin"
    LETTERS = "letters"
    DIGITS = "digits"
    SYMBOLS = "symbols"


@dataclass(frozen=True, slots=True)
class Writing:
    """Something is being written for the page below; made by kiosk.session.entry.blank.

    Attributes:
        text: what stands in the field.
        letters: of pinyin, typed and not yet turned into text; they stand behind it.
        mode: that was chosen; kiosk.session.entry.mode_of tells the one that is shown.
        sheet: of the candidates, from 0.
        one_by_one: whether single characters are offered instead of whole words.
        limit: characters at most.
        shift: whether the next letter is a capital.
        cleared: text and letters that were taken away at once and may be brought back.
    """

    purpose: Entry
    text: str = field(default="", repr=False)
    letters: str = field(default="", repr=False)
    mode: Mode = Mode.LETTERS
    sheet: int = 0
    one_by_one: bool = False
    limit: int = 300
    shift: bool = False
    cleared: tuple[str, str] = field(default=("", ""), repr=False)


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The disk refused: cards are not read, nothing is promised."""


# -- pages of a member ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Home:
    """The member's page."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rewards, those within reach first.

    Attributes:
        kind: which sort is shown; None for all.
    """

    kind: RewardKind | None = None
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Detail:
    """One reward: is it worth it."""

    reward_id: str


@dataclass(frozen=True, slots=True)
class PinEntry:
    """The member proves the wish to spend.

    Attributes:
        pad: the digits in the order of the keys: first row, second, third, then the last one.
        entered: digits so far; in no log, no record and no text of the scene.
        tries_left: after HQ has called an entry wrong; None before.
    """

    reward_id: str
    pad: tuple[int, ...]
    entered: str = field(default="", repr=False)
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """HQ is being asked; `claim_id` is what its verdict comes under.

    Attributes:
        subject: the reward, or for `giving_back` the same reward whose hold is let go.
        since_s: uptime at which the question was on disk.
    """

    claim_id: UUID
    subject: str
    since_s: float
    giving_back: bool = False


@dataclass(frozen=True, slots=True)
class VoucherCode:
    """What is held for the member, with the code the counter asks for.

    Attributes:
        until_s: uptime at which the hold ends by itself.
        code: six digits from HQ, or nine when this kiosk gave it out by itself.
        issued: given out while HQ was away: no hold that ends, the counter settles it.
        asking: whether the member is being asked if it shall be given back.
    """

    redemption_id: UUID
    reward_id: str
    points: int
    code: str = field(repr=False)
    until_s: float
    holds_for_s: float
    issued: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """HQ could not be asked in time: the wish is on disk and goes up by itself.

    Attributes:
        claim_id: its verdict may still come while the page is shown.
        giving_back: the wish was to give back what is held.
    """

    claim_id: UUID
    reward_id: str
    giving_back: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """HQ said no, and why; nothing was taken."""

    reward_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GivenBack:
    """HQ has let go of what was held; the points are back."""

    reward_id: str
    points: int


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Every voucher, those usable today first, each with its countdown."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The ledger's lines, each saying why."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class TierPage:
    """How the tier is kept, how the next one is reached, and what each one gives."""


@dataclass(frozen=True, slots=True)
class Events:
    """The next events, and signing up."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Cases:
    """How far the member's complaints have come, one a sheet."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What may reach the member; each touch is kept at once.

    Attributes:
        saved: whether something was changed here and is on disk.
        saved_at: the store's wall clock then; None while it cannot be believed.
    """

    saved: bool = False
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyData:
    """Asking HQ about one's own data, and how far earlier requests have come.

    Attributes:
        erasing: whether the member is being asked if it shall really be erased.
    """

    erasing: bool = False


# -- above other pages ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StillThere:
    """The time-out's question over a member's page; it hides everything."""


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
)

Page = (
    Attract | Notice | Rules | Complaint | Thanks | Writing | OutOfService | StillThere | MemberPage
)


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
    """

    page: Page
    language: Language
    trail: tuple[Page, ...] = ()
    visitor: Visitor | None = None
    until_s: float = inf
    big_text: bool = False
    reader_ready: bool = True
    card_on_reader: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to: the new session, and facts that must be on disk before it shows."""

    session: Session
    facts: tuple[Fact, ...] = ()

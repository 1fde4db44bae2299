"""Golden pictures of nobody's pages and of the member's own one."""

from datetime import date

from kiosk.model.clock import ClockQuality
from kiosk.model.ledger import Expiring
from kiosk.model.members import PinState
from kiosk.session.states import (
    Attract,
    Home,
    Notice,
    NoticeKind,
    OutOfService,
    StillThere,
    Visitor,
)
from kiosk.ui.pieces import Corner
from tests.factories import KEY, claim, local, member, verdict, voucher, world
from tests.golden.shots import LINA, OFFLINE, Shot

SOON = (Expiring(points=1_500, last_day=date(2026, 11, 30)),)
HELD = Visitor(member(vouchers=(voucher(),), expiring=SOON), KEY, (claim(verdict=verdict()),))
ASKED = Visitor(member(vouchers=(voucher(),)), KEY, (claim(),))
LAPSING = Visitor(member(vouchers=(voucher(), voucher(voucher_id="v-2")), expiring=SOON), KEY)
NO_PIN = Visitor(member(pin=PinState.NONE), KEY)
BLOCKED = Visitor(member(pin=PinState.BLOCKED), KEY)
POOR = Visitor(member(points=0, tier="standard", called=local("王先生", "Mr W.")), KEY)
BELOW = Visitor(member(points=-240), KEY)
RICH = Visitor(member(points=99_000, tier="silver"), KEY)

AT_COUNTER = Notice(NoticeKind.PIN_AT_COUNTER)

EVERY_WAY = (
    *(Shot(f"attract-{frame}", Attract(frame)) for frame in (0, 1)),
    Shot("attract-reader-away", Attract(), reader_ready=False),
    Shot("attract-card-left", Attract(), card_on_reader=True),
    Shot("attract-preparing", Attract(), world(content=None)),
    Shot("home", Home()),
    Shot("home-offline", Home(), OFFLINE),
    Shot("home-no-points", Home(), visitor=POOR),
    Shot("home-below-nothing", Home(), visitor=BELOW),
    Shot("home-everything", Home(), visitor=RICH),
    Shot("home-held", Home(), visitor=HELD),
    Shot("home-asked-offline", Home(), OFFLINE, visitor=ASKED),
    Shot("home-lapsing", Home(), visitor=LAPSING),
    *(
        Shot(f"notice-{kind.value}", Notice(kind))
        for kind in NoticeKind
        if kind not in (NoticeKind.PIN_AT_COUNTER, NoticeKind.CHECK_BIRTHDAY)
    ),
    Shot("notice-pin-blocked", AT_COUNTER, visitor=BLOCKED, trail=(Home(),)),
    Shot("notice-pin-none", AT_COUNTER, visitor=NO_PIN, trail=(Home(),)),
    Shot("notice-pin-forgotten", AT_COUNTER, visitor=LINA, trail=(Home(),)),
    Shot("still-there", StillThere(), trail=(Home(),), left_s=17, card_on_reader=True),
    Shot("out-of-service", OutOfService()),
)

STANDING_ONLY = (
    Shot("home-high-contrast", Home(), theme="high-contrast"),
    Shot("home-big-text", Home(), big_text=True),
    Shot("home-big-text-high-contrast", Home(), big_text=True, theme="high-contrast"),
    Shot("attract-big-text", Attract(), big_text=True),
    Shot("home-clock-unset", Home(), world(clock=ClockQuality.UNSET)),
    *(
        Shot(f"attract-reader-{corner.value}", Attract(), corner=corner)
        for corner in Corner
        if corner is not Corner.BOTTOM_RIGHT
    ),
)

"""Where a session can be: frozen data, one class a page, and who is there."""

from kiosk.session.states.care import (
    Cases,
    Complaint,
    ContactPage,
    MyData,
    Thanks,
)
from kiosk.session.states.nobody import (
    Attract,
    Notice,
    NoticeKind,
    OutOfService,
    Rules,
    StillThere,
)
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
from kiosk.session.states.whole import (
    MemberPage,
    Page,
    Session,
    Step,
    Visitor,
)
from kiosk.session.states.writing import (
    Entry,
    Mode,
    Writing,
)

__all__ = [
    "Attract",
    "Cases",
    "Complaint",
    "ContactPage",
    "Detail",
    "Entry",
    "Events",
    "GivenBack",
    "History",
    "Home",
    "Ladder",
    "MemberPage",
    "Mode",
    "MyData",
    "Notice",
    "NoticeKind",
    "OutOfService",
    "Page",
    "PinEntry",
    "Refused",
    "Reserved",
    "Rules",
    "Session",
    "Step",
    "StillThere",
    "Thanks",
    "TierPage",
    "Visitor",
    "VoucherCode",
    "Vouchers",
    "Waiting",
    "Writing",
]

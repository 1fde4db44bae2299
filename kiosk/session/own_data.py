"""Asking HQ about one's own data: to be shown it, to correct it, to erase it (asked twice)."""

from dataclasses import replace

from kiosk.loyalty.contact import Request, requests_now
from kiosk.model.care import DataWish
from kiosk.model.facts import DataRequest
from kiosk.model.verdicts import ClaimKind
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import ContactPage, MyData, Profile, Session, Step, Visitor
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World


def requests_of(visitor: Visitor, world: World) -> dict[DataWish, Request]:
    """The visitor's newest request of each sort."""
    return requests_now(visitor.member, visitor.claims, world.kiosk_id)


def open_my_data(session: Session, _value: str, world: World) -> Step:
    """The page, from that of the contact wishes or of the profile."""
    if not isinstance(session.page, ContactPage | Profile):
        return Step(prolonged(session, world))
    return Step(open_page(session, MyData(), world))


def ask(session: Session, value: str, world: World) -> Step:
    """One request; what erases is asked once more, and what is open is not asked twice."""
    page = session.page
    if not isinstance(page, MyData) or page.erasing or not _may_ask(session, value, world):
        return Step(prolonged(session, world))
    if value == DataWish.ERASE:
        return Step(show(session, MyData(erasing=True), world))
    return _asked(session, DataWish(value), world)


def erase(session: Session, _value: str, world: World) -> Step:
    """The member has read what it means, and wants it."""
    page = session.page
    if not isinstance(page, MyData) or not page.erasing:
        return Step(prolonged(session, world))
    return _asked(session, DataWish.ERASE, world)


def keep(session: Session, _value: str, world: World) -> Step:
    """Nothing is erased."""
    page = session.page
    if not isinstance(page, MyData):
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, erasing=False), world))


def _may_ask(session: Session, value: str, world: World) -> bool:
    if session.visitor is None or value not in set(DataWish):
        return False
    before = requests_of(session.visitor, world).get(DataWish(value))
    return before is None or not before.is_open


def _asked(session: Session, wish: DataWish, world: World) -> Step:
    visitor = session.visitor
    assert visitor is not None
    request = DataRequest(
        request_id=fresh_id(world),
        member_id=visitor.member.member_id,
        card_key=visitor.key.hex(),
        wish=wish,
        language=session.language,
    )
    session = remembered(session, request.request_id, ClaimKind.DATA_REQUEST, wish)
    return Step(show(session, MyData(), world), (request,))

"""Going on on one's own phone: a link that opens HQ's form once, and the way back to the glass."""

from kiosk.model.answers import Form, HandOver
from kiosk.model.hand_over import SECRET_BYTES, fingerprint, link, secret_from
from kiosk.session.moves import back, open_page, prolonged
from kiosk.session.states import (
    HandedOver,
    Joining,
    JoiningStep,
    Profile,
    ProfileQuestion,
    Session,
    Step,
)
from kiosk.session.wishes import fresh_id
from kiosk.session.world import World


def can_hand_over(world: World) -> bool:
    """Whether a form can be opened: HQ says where, and hears of the link in time."""
    known = world.content is not None and world.content.care.asking.form_url is not None
    return known and world.hq_reachable is True


def hand_over(session: Session, value: str, world: World) -> Step:
    """Leave HQ the link's fingerprint and show the link; the value says which form."""
    form = _form_of(session)
    if form is None or form.value != value or world.content is None or not can_hand_over(world):
        return Step(prolonged(session, world))
    # the last bytes: the first ones are in the record's id (kiosk.session.wishes.fresh_id)
    secret = secret_from(world.chance[-SECRET_BYTES:])
    fact = HandOver(
        hand_over_id=fresh_id(world),
        form=form,
        member_id=_member_id(session),
        card_key=_card_key(session),
        secret_sha256=fingerprint(secret),
        language=session.language,
    )
    until_s = world.uptime_s + world.content.care.asking.hand_over_s
    page = HandedOver(form, fact.hand_over_id, secret, until_s)
    return Step(open_page(session, page, world), (fact,))


def link_of(page: HandedOver, world: World) -> str | None:
    """What the phone opens; None once HQ's content says of no such place any more."""
    content = world.content
    form_url = content.care.asking.form_url if content is not None else None
    return link(form_url, page.secret) if form_url is not None else None


def is_over(page: HandedOver, world: World) -> bool:
    """Whether the link cannot be opened any more."""
    return world.uptime_s >= page.until_s


def over(session: Session, world: World) -> Session:
    """The link has ended: back to the page it was asked for on."""
    return back(session, world)


def _form_of(session: Session) -> Form | None:
    """The form that the page can be gone on with."""
    match session.page:
        case Profile() | ProfileQuestion() if session.visitor is not None:
            return Form.PROFILE
        case Joining(step=JoiningStep.WELCOME):  # nothing was typed yet that would be lost
            return Form.JOINING
        case _:
            return None


def _member_id(session: Session) -> str | None:
    return session.visitor.member.member_id if session.visitor is not None else None


def _card_key(session: Session) -> str | None:
    """The member's card, or the unknown one of somebody who joins."""
    match session.page:
        case Joining(card_key=key):
            return key.hex() if key is not None else None
        case _:
            return session.visitor.key.hex() if session.visitor is not None else None

"""What may reach the member: every touch is a wish of its own, and holds from that moment."""

from kiosk.loyalty.contact import wishes_now
from kiosk.model.care import Channel, ContactRules
from kiosk.model.contact import in_one_word
from kiosk.model.facts import ConsentChange, WishAbout
from kiosk.model.members import ContactWishes
from kiosk.model.verdicts import ClaimKind
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import ContactPage, Home, Session, Step, Visitor
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World


def wishes_of(visitor: Visitor, world: World) -> ContactWishes:
    """What may reach the visitor now; whoever means to ask them something looks here first."""
    return wishes_now(visitor.member, visitor.claims, world.kiosk_id)


def open_wishes(session: Session, _value: str, world: World) -> Step:
    """The page, from the member's own."""
    if session.visitor is None or not isinstance(session.page, Home) or world.content is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, ContactPage(), world))


def do_not_disturb(session: Session, _value: str, world: World) -> Step:
    """Nothing at all any more, or what was wished before again."""
    now = _now(session, world)
    if now is None:
        return Step(prolonged(session, world))
    return _changed(session, world, WishAbout.DO_NOT_DISTURB, granted=not now[1].do_not_disturb)


def switch_channel(session: Session, value: str, world: World) -> Step:
    """Grant or withdraw one channel for one purpose, `news.sms`: one touch either way."""
    now = _now(session, world)
    purpose_id, _, channel_id = value.rpartition(".")
    purpose = now[0].purpose(purpose_id) if now is not None else None
    channel = (
        next((one for one in purpose.channels if one == channel_id), None) if purpose else None
    )
    if now is None or now[1].do_not_disturb or channel is None:
        return Step(prolonged(session, world))
    granted = channel not in now[1].granted.get(purpose_id, ())
    return _changed(
        session,
        world,
        WishAbout.CHANNEL,
        purpose_id=purpose_id,
        channel=Channel(channel),
        granted=granted,
    )


def choose_frequency(session: Session, value: str, world: World) -> Step:
    """So many promotions a month at most, of those HQ offers."""
    now = _now(session, world)
    offered = {str(one.per_month) for one in now[0].frequencies} if now is not None else set()
    if now is None or now[1].do_not_disturb or value not in offered:
        return Step(prolonged(session, world))
    if now[1].per_month == int(value):
        return Step(prolonged(session, world))
    return _changed(session, world, WishAbout.PER_MONTH, per_month=int(value))


def choose_hours(session: Session, value: str, world: World) -> Step:
    """When a call or a message is welcome, of those times HQ offers."""
    now = _now(session, world)
    offered = {one.choice_id for one in now[0].hours} if now is not None else set()
    if now is None or now[1].do_not_disturb or value not in offered or now[1].hours == value:
        return Step(prolonged(session, world))
    return _changed(session, world, WishAbout.HOURS, hours=value)


def _now(session: Session, world: World) -> tuple[ContactRules, ContactWishes] | None:
    """What can be wished and what is wished, on the page where it can be changed."""
    if not isinstance(session.page, ContactPage) or session.visitor is None:
        return None
    if world.content is None:
        return None
    return world.content.care.contact, wishes_of(session.visitor, world)


def _changed(session: Session, world: World, about: WishAbout, **what: object) -> Step:
    """Leave the wish for HQ with the version of the words it was made by, and say it is kept."""
    assert session.visitor is not None
    assert world.content is not None
    change = ConsentChange.model_validate(
        {
            "consent_id": fresh_id(world),
            "member_id": session.visitor.member.member_id,
            "card_key": session.visitor.key.hex(),
            "about": about,
            "text_version": world.content.care.contact.text_version,
            "language": session.language,
            **what,
        }
    )
    session = remembered(session, change.consent_id, ClaimKind.CONSENT, in_one_word(change))
    saved_at = world.local_now if world.today is not None else None
    page = ContactPage(saved=True, saved_at=saved_at)
    return Step(show(session, page, world), (change,))

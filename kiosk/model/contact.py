"""A change of contact wishes in one word, as a claim keeps it, and what it makes of the wishes."""

from kiosk.model.care import Channel
from kiosk.model.facts import ConsentChange, WishAbout
from kiosk.model.members import ContactWishes
from kiosk.model.text import Identifier

_ON, _OFF = "on", "off"


def in_one_word(change: ConsentChange) -> Identifier:
    """`do_not_disturb.on`, `channel.news.sms.off`, `per_month.2`, `hours.evening`.

    Raises:
        ValueError: the change says nothing of what it is about.
    """
    granted = _ON if change.granted else _OFF
    match change.about:
        case WishAbout.DO_NOT_DISTURB:
            said = granted
        case WishAbout.CHANNEL if change.purpose_id is not None and change.channel is not None:
            said = f"{change.purpose_id}.{change.channel}.{granted}"
        case WishAbout.PER_MONTH if change.per_month is not None:
            said = str(change.per_month)
        case WishAbout.HOURS if change.hours is not None:
            said = change.hours
        case _:
            raise ValueError(f"a change of {change.about} without what it is changed to")
    return f"{change.about}.{said}"


def changed(wishes: ContactWishes, word: Identifier) -> ContactWishes:
    """The wishes after a change; a word that nobody understands any more changes nothing.

    Args:
        word: as `in_one_word` writes it.
    """
    about, _, said = word.partition(".")
    match about:
        case WishAbout.DO_NOT_DISTURB:
            return wishes.model_copy(update={"do_not_disturb": said == _ON})
        case WishAbout.CHANNEL:
            return _with_channel(wishes, said)
        case WishAbout.PER_MONTH if said.isascii() and said.isdecimal():
            return wishes.model_copy(update={"per_month": int(said)})
        case WishAbout.HOURS if said:
            return wishes.model_copy(update={"hours": said})
        case _:
            return wishes


def _with_channel(wishes: ContactWishes, said: str) -> ContactWishes:
    """Of `said` the last two parts are ours; a purpose may have dots of its own."""
    purpose_id, channel, granted = (["", "", *said.rsplit(".", 2)])[-3:]
    if not purpose_id or channel not in set(Channel):
        return wishes
    had = wishes.granted.get(purpose_id, ())
    kept = tuple(one for one in had if one != channel)
    now = (*kept, Channel(channel)) if granted == _ON else kept
    return wishes.model_copy(update={"granted": {**wishes.granted, purpose_id: now}})

"""Whom to ask what, and when: at most one survey at a time, and once about each purchase.

Asking is not advertising: it happens on the member's own screen, by nobody's channel, so it needs
no consent to messages and counts as no promotion. Do-not-disturb rules it out all the same: it
promises that nothing at all comes (docs/architecture.md, surveys).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.model.asked import survey_words, tells_of
from kiosk.model.asking import Purchase
from kiosk.model.care import Asking
from kiosk.model.members import ContactWishes, Member
from kiosk.model.noted import not_noted
from kiosk.model.verdicts import Claim, ClaimKind
from kiosk.survey.beginning import asks, depends_on_the_day
from kiosk.survey.document import DaySpan, Document, Kind

IN_ORDER = (Kind.SATISFACTION, Kind.FOLLOW_UP, Kind.VOTE)
"""What is fresh goes first. A profile is never offered so: it has its own question of the day."""

NOON = time(12)
"""The hour that stands for a whole day where a survey asks for the day."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A survey to be offered.

    Attributes:
        purchase: the one it is about; None when it is about none.
    """

    document: Document
    purchase: Purchase | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """What holds whoever means to ask.

    Attributes:
        wishes: of the member, those included that HQ may not have yet.
        kiosk_id: by which the row says which of this kiosk's records it includes.
        today: store-local; None while nobody knows: then nothing that depends on a day.
    """

    rules: Asking
    wishes: ContactWishes
    kiosk_id: str
    today: date | None


def offer(
    member: Member, claims: Iterable[Claim], surveys: Iterable[Document], manners: Manners
) -> Offer | None:
    """The one survey that this member is offered now.

    Args:
        claims: what this kiosk remembers of the member, in any order.
        surveys: those that are published, in HQ's order.
    """
    news = _news(member, claims, manners.kiosk_id)
    if manners.wishes.do_not_disturb or _rests(member, news, manners):
        return None
    told = frozenset(claim.subject for claim in news)
    fitting = (_fitting(one, member, manners.today) for one in surveys)
    fresh = [
        one
        for one in fitting
        if one is not None
        and not _was_asked(one, member, told)
        and _asks_today(one.document, manners.today)
    ]
    return min(fresh, key=lambda one: IN_ORDER.index(one.document.kind), default=None)


def for_anybody(surveys: Iterable[Document], today: date | None) -> Document | None:
    """The survey that is open to people without a card: a vote that asks everybody namelessly."""
    return next((one for one in surveys if is_for_anybody(one, today)), None)


def is_for_anybody(document: Document, today: date | None) -> bool:
    """Whether a person without a card may be asked this now."""
    audience = document.audience
    limited = audience.segments or audience.tiers or _counts_days(document)
    open_to_all = document.kind is Kind.VOTE and document.anonymous_allowed and not limited
    return open_to_all and document.window.is_open(today) and _asks_today(document, today)


def _asks_today(document: Document, today: date | None) -> bool:
    """Whether it has a question today: a prompt that opens nothing is a dead end."""
    form = document.survey
    if today is None or not depends_on_the_day(form):
        return True
    return asks(form, datetime.combine(today, NOON))


def _news(member: Member, claims: Iterable[Claim], kiosk_id: str) -> tuple[Claim, ...]:
    """This kiosk's surveys that the row does not include; a refused one was asked all the same."""
    return not_noted(member, claims, kiosk_id, ClaimKind.SURVEY)


def _rests(member: Member, news: tuple[Claim, ...], manners: Manners) -> bool:
    """Whether the last survey is too fresh. A claim tells no day, so it counts as fresh."""
    rest = timedelta(days=manners.rules.survey_rest_days)
    if not rest:
        return False
    if news:
        return True
    if manners.today is None:
        return bool(member.surveys)
    return any(manners.today < asked.on + rest for asked in member.surveys)


def _fitting(document: Document, member: Member, today: date | None) -> Offer | None:
    """The survey for this member on this day, whatever was asked before."""
    audience = document.audience
    if document.kind not in IN_ORDER or not document.window.is_open(today):
        return None
    if audience.tiers and member.tier not in audience.tiers:
        return None
    if audience.segments and member.segment not in audience.segments:
        return None
    first = audience.after_first_purchase_days
    if first is not None and not _lies_in(first, member.first_purchase, today):
        return None
    span = audience.after_purchase_days
    if span is None:
        return Offer(document)
    last = max(member.purchases, key=lambda one: one.on, default=None)
    if last is None or not _lies_in(span, last.on, today):
        return None
    return Offer(document, last)


def _lies_in(span: DaySpan, since: date | None, today: date | None) -> bool:
    if since is None or today is None:
        return False
    return span[0] <= (today - since).days <= span[1]


def _was_asked(offered: Offer, member: Member, told: frozenset[str]) -> bool:
    """A purchase is asked about once, by whichever survey; any other survey comes once."""
    survey_id, purchase = offered.document.id, offered.purchase
    if purchase is None:
        known = any(one.survey_id == survey_id for one in member.surveys)
        return known or bool(told & survey_words(survey_id, None))
    known = any(one.purchase == purchase.purchase for one in member.surveys)
    return known or any(tells_of(word, purchase.purchase) for word in told)


def _counts_days(document: Document) -> bool:
    audience = document.audience
    return (audience.after_purchase_days or audience.after_first_purchase_days) is not None

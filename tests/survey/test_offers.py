"""Whom to ask what: one survey at a time, once about each purchase, never while it should rest."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.answers import Came, SurveyAsked
from kiosk.model.asked import survey_word
from kiosk.model.asking import Asked, Purchase
from kiosk.model.care import Asking
from kiosk.model.members import ContactWishes, Member
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, ClaimKind, Outcome
from kiosk.survey.document import Document
from kiosk.survey.offers import Manners, Offer, for_anybody, offer
from tests.factories import KEY, PLACE, claim, member, verdict

TODAY = date(2026, 11, 21)
KIOSK = PLACE.kiosk_id
FORM = {
    "pages": [
        {
            "name": "p",
            "elements": [{"type": "rating", "name": "q", "title": {"default": "?", "zh-cn": "？"}}],
        }
    ]
}


def document(id_: str = "after", kind: str = "satisfaction", **changes: Any) -> Document:
    """A survey of one question; a satisfaction survey within a week of the last purchase."""
    audience = {"after_purchase_days": [0, 7]} if kind == "satisfaction" else {}
    if kind == "follow_up":
        audience = {"after_first_purchase_days": [7, 30]}
    values = {"id": id_, "version": 1, "kind": kind, "audience": audience, "survey": FORM}
    return Document.model_validate(values | changes)


def bought(days_ago: int, purchase: str = "p-1") -> Purchase:
    """A purchase so long ago."""
    return Purchase(purchase=purchase, on=TODAY - timedelta(days=days_ago), store_id="sh-ja-01")


def asked(days_ago: int, survey_id: str = "other", purchase: str | None = None) -> Asked:
    """HQ knows of this."""
    on = TODAY - timedelta(days=days_ago)
    return Asked(survey_id=survey_id, purchase=purchase, on=on, came=Came.DECLINED)


def told(
    survey_id: str = "after",
    purchase: str | None = "p-1",
    seq: int = 9,
    came: Came = Came.ANSWERED,
    **changes: Any,
) -> Claim:
    """This kiosk has asked, and HQ's row may not know it."""
    fact = SurveyAsked(
        asked_id=UUID(int=1),
        member_id="m-000001",
        card_key=KEY.hex(),
        survey_id=survey_id,
        survey_version=1,
        purchase=purchase,
        came=came,
        language=Language.ZH,
    )
    subject = survey_word(fact)
    return claim(seq=seq, kind=ClaimKind.SURVEY, subject=subject, points=0, **changes)


MANNERS = Manners(Asking(), ContactWishes(), KIOSK, TODAY)
ANY_DAY = replace(MANNERS, rules=Asking(survey_rest_days=0))
YESTERDAY = member(purchases=(bought(1),))
SURVEYS = (document("vote", "vote"), document("later", "follow_up"), document())


def id_of(found: Offer | None) -> str | None:
    """Which survey is offered, if any."""
    return None if found is None else found.document.id


def test_the_last_purchase_is_asked_about() -> None:
    """The answers would be about the wrong visit."""
    buyer = member(purchases=(bought(5, "p-1"), bought(1, "p-2")))
    found = offer(buyer, (), SURVEYS, MANNERS)
    assert found is not None
    assert id_of(found) == "after"
    assert found.purchase == bought(1, "p-2")


@pytest.mark.parametrize(
    ("days_ago", "expected"), [(-1, None), (0, "after"), (7, "after"), (8, None)]
)
def test_the_days_after_a_purchase_are_counted_to_the_last(
    days_ago: int, expected: str | None
) -> None:
    """Somebody would be asked about a purchase long forgotten, or one not yet made."""
    assert id_of(offer(member(purchases=(bought(days_ago),)), (), (document(),), MANNERS)) == (
        expected
    )


@pytest.mark.parametrize(("days", "expected"), [(6, None), (7, "later"), (30, "later"), (31, None)])
def test_the_follow_up_comes_from_day_7_to_day_30(days: int, expected: str | None) -> None:
    """Too early nobody has worn it, too late nobody remembers."""
    buyer = member(first_purchase=TODAY - timedelta(days=days))
    assert id_of(offer(buyer, (), (document("later", "follow_up"),), MANNERS)) == expected


def test_what_is_fresh_goes_first() -> None:
    """The purchase of today would wait behind a vote of the season."""
    buyer = member(purchases=(bought(0),), first_purchase=TODAY - timedelta(days=9))
    names = []
    left = list(SURVEYS)
    while (found := offer(buyer, (), left, MANNERS)) is not None:
        names.append(found.document.id)
        left.remove(found.document)
    assert names == ["after", "later", "vote"]


@pytest.mark.parametrize("kind", ["satisfaction", "vote"])
@pytest.mark.parametrize("came", list(Came))
def test_what_was_asked_here_is_not_asked_again_offline(kind: str, came: Came) -> None:
    """A member who said no a minute ago would be asked again after the next tap of the card."""
    survey = document("after", kind)
    about = "p-1" if kind == "satisfaction" else None
    assert offer(YESTERDAY, (), (survey,), ANY_DAY) is not None
    assert offer(YESTERDAY, (told("after", about, came=came),), (survey,), ANY_DAY) is None


def test_a_refused_or_dead_claim_was_asked_all_the_same() -> None:
    """HQ not reading a record is no reason to bother the member once more."""
    refused = told(verdict=verdict(outcome=Outcome.REFUSED, code=None))
    for one in (refused, told(dead=True)):
        assert offer(YESTERDAY, (one,), (document(),), ANY_DAY) is None


def test_a_claim_that_the_row_includes_gives_way_to_the_row() -> None:
    """A claim the uploader has not yet forgotten would keep the member from every survey."""
    row = member(purchases=(bought(1),), noted={KIOSK: 9})
    assert offer(row, (told(purchase="p-0", seq=9),), (document(),), MANNERS) is not None
    assert offer(row, (told(purchase="p-0", seq=10),), (document(),), MANNERS) is None


def test_a_purchase_is_asked_about_once_by_whichever_survey() -> None:
    """A new survey of HQ's would ask about the same bag a second time."""
    row = member(purchases=(bought(1),), surveys=(asked(1, "old", "p-1"),))
    assert offer(row, (), (document("new"),), ANY_DAY) is None
    assert offer(YESTERDAY, (told("old"),), (document("new"),), ANY_DAY) is None


@pytest.mark.parametrize("came", list(Came))
def test_what_was_asked_at_another_kiosk_is_not_asked_again(came: Came) -> None:
    """A vote would come back in every store, and its points be promised twice."""
    known = asked(400, "vote").model_copy(update={"came": came})
    vote = document("vote", "vote")
    assert offer(member(surveys=(known,)), (), (vote,), ANY_DAY) is None
    assert offer(member(surveys=(asked(400, "other"),)), (), (vote,), ANY_DAY) is not None


@pytest.mark.parametrize(("purchase", "survey_id"), [("p.1", "s" * 64), ("p" * 64, "after")])
def test_long_and_dotted_names_are_known_again(purchase: str, survey_id: str) -> None:
    """A claim keeps 64 letters without dots: the question would come back every visit."""
    row = member(purchases=(bought(1, purchase),))
    assert offer(row, (told(survey_id, purchase),), (document(survey_id),), ANY_DAY) is None
    vote = document(survey_id, "vote")
    assert offer(row, (told(survey_id, None),), (vote,), ANY_DAY) is None


@pytest.mark.parametrize(("days_ago", "expected"), [(0, None), (13, None), (14, "after")])
def test_surveys_rest_between_each_other(days_ago: int, expected: str | None) -> None:
    """Who comes often would be asked every time."""
    row = member(purchases=(bought(1),), surveys=(asked(days_ago),))
    assert id_of(offer(row, (), SURVEYS, MANNERS)) == expected


def test_without_a_date_only_what_needs_none_is_offered() -> None:
    """A kiosk whose clock was never set would ask about purchases of another year."""
    dateless = replace(MANNERS, today=None)
    buyer = member(purchases=(bought(1),), first_purchase=TODAY - timedelta(days=9))
    limited = document("short", "vote", window={"from": "2026-11-01"})
    assert id_of(offer(buyer, (), (*SURVEYS, limited), dateless)) == "vote"
    assert offer(buyer, (), (limited,), dateless) is None
    assert offer(member(surveys=(asked(300),)), (), SURVEYS, dateless) is None


@pytest.mark.parametrize(
    ("audience", "row", "fits"),
    [
        ({"tiers": ["gold"]}, {"tier": "gold"}, True),
        ({"tiers": ["gold"]}, {"tier": "silver"}, False),
        ({"segments": ["a"]}, {"segment": "a"}, True),
        ({"segments": ["a"]}, {"segment": None}, False),
        ({"segments": ["a"], "tiers": ["gold"]}, {"segment": "a", "tier": "silver"}, False),
    ],
)
def test_every_condition_of_the_audience_holds(
    audience: dict[str, Any], row: dict[str, Any], fits: bool
) -> None:
    """Questions for gold members would be answered by everybody, and mean nothing."""
    found = offer(member(**row), (), (document("v", "vote", audience=audience),), MANNERS)
    assert (found is not None) is fits


@pytest.mark.parametrize(("first", "last"), [("2026-11-22", None), (None, "2026-11-20")])
def test_nothing_is_offered_outside_its_window(first: str | None, last: str | None) -> None:
    """A vote that is over would still be asked, and its answers thrown away."""
    window = {"from": first, "to": last}
    assert offer(member(), (), (document("v", "vote", window=window),), MANNERS) is None


def test_a_profile_is_no_survey() -> None:
    """Twenty questions about a person would come at once instead of one a visit."""
    assert offer(YESTERDAY, (), (document("stage", "profile"),), MANNERS) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "satisfaction"},
        {"anonymous_allowed": False},
        {"audience": {"tiers": ["gold"]}},
        {"audience": {"segments": ["a"]}},
        {"audience": {"after_purchase_days": [0, 30]}},
        {"audience": {"after_first_purchase_days": [0, 30]}},
        {"window": {"to": "2026-11-20"}},
    ],
)
def test_only_an_open_nameless_vote_is_for_anybody(changes: dict[str, Any]) -> None:
    """A passer-by would be asked about a purchase that was never made."""
    given_: dict[str, Any] = {"kind": "vote", "anonymous_allowed": True} | changes
    open_to_all = document("v", "vote", anonymous_allowed=True)
    assert for_anybody((document("no", **given_), open_to_all), TODAY) == open_to_all
    assert for_anybody((document("no", **given_),), TODAY) is None


# -- whatever comes ------------------------------------------------------------------------

days = st.sampled_from([0, 1, 2, 7, 8, 13, 14, 15, -1])
purchase_names = st.sampled_from(["p-1", "p-2", "p.3"])
survey_names = st.sampled_from(["after", "later", "vote", "old"])
kinds = st.sampled_from(["satisfaction", "satisfaction", "follow_up", "vote", "profile"])
spans = st.sampled_from([[0, 30], [0, 30], None, [7, 30]])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A survey with any audience and window."""
    audience = {
        "after_purchase_days": draw(spans),
        "after_first_purchase_days": draw(st.sampled_from([None, None, [7, 30]])),
        "tiers": draw(st.sampled_from([[], [], ["silver"]])),
    }
    opens = (TODAY - timedelta(days=draw(days))).isoformat()
    window = draw(st.sampled_from([{}, {"from": opens}]))
    return document(draw(survey_names), draw(kinds), audience=audience, window=window)


@st.composite
def members(draw: st.DrawFn) -> Member:
    """A member who has bought and was asked now and then."""
    asked_before = st.builds(asked, days, survey_names, st.none() | purchase_names)
    return member(
        purchases=tuple(
            draw(st.lists(st.builds(bought, days, purchase_names), min_size=1, max_size=3))
        ),
        first_purchase=TODAY - timedelta(days=draw(days)),
        surveys=tuple(draw(st.lists(asked_before, max_size=2))),
        noted={KIOSK: draw(st.integers(0, 12))},
    )


claims = st.lists(
    st.builds(
        told,
        survey_names,
        st.none() | purchase_names,
        st.integers(1, 12),
        st.sampled_from(list(Came)),
    ),
    max_size=2,
)
manners = st.builds(
    Manners,
    st.builds(Asking, survey_rest_days=st.sampled_from([0, 0, 1, 14])),
    st.builds(ContactWishes, do_not_disturb=st.sampled_from([False, False, False, True])),
    st.just(KIOSK),
    st.sampled_from([TODAY, TODAY, TODAY, None]),
)
Surveys = list[Document]
surveys_ = st.lists(documents(), min_size=2, max_size=4)


@settings(max_examples=300)
@given(members(), claims, surveys_, manners)
def test_nobody_is_asked_who_should_not_be(
    row: Member, known: list[Claim], surveys: Surveys, how: Manners
) -> None:
    """One forgotten condition and a member is asked twice, in their rest, or against their wish."""
    found = offer(row, known, surveys, how)
    if found is None:
        return
    rest = how.rules.survey_rest_days
    news = [one for one in known if one.seq > row.noted[KIOSK]]
    assert not how.wishes.do_not_disturb
    assert found.document.kind.value != "profile"
    if rest:
        assert not news
        assert all(how.today is not None for _ in row.surveys)
        assert all((TODAY - one.on).days >= rest for one in row.surveys)
    if found.purchase is not None:
        name = found.purchase.purchase
        assert name not in {one.purchase for one in row.surveys}
        assert not any(f".{name.replace('.', '_')}." in one.subject for one in news)


@settings(max_examples=300)
@given(members(), claims, surveys_, manners)
def test_asking_once_more_after_an_offer_offers_it_no_more(
    row: Member, known: list[Claim], surveys: Surveys, how: Manners
) -> None:
    """Whatever becomes of a survey, it is over: before HQ knows it, and afterwards."""
    found = offer(row, known, surveys, how)
    if found is None:
        return
    id_ = found.document.id
    purchase = found.purchase.purchase if found.purchase is not None else None
    again = offer(row, [*known, told(id_, purchase, seq=99)], surveys, how)
    told_by_hq = row.model_copy(update={"surveys": (asked(0, id_, purchase), *row.surveys)})
    for later in (again, offer(told_by_hq, known, surveys, how)):
        assert later is None or (later.document.id, later.purchase) != (id_, found.purchase)
        assert later is None or purchase is None or later.purchase != found.purchase


@settings(max_examples=300)
@given(members(), claims, surveys_, manners)
def test_do_not_disturb_only_ever_takes_away(
    row: Member, known: list[Claim], surveys: Surveys, how: Manners
) -> None:
    """The wish to be left alone would open something."""
    quiet = replace(how, wishes=ContactWishes(do_not_disturb=True))
    assert offer(row, known, surveys, quiet) is None


@given(members(), claims, surveys_, manners, st.randoms())
def test_the_order_of_claims_changes_nothing(
    row: Member, known: list[Claim], surveys: Surveys, how: Manners, chance: Any
) -> None:
    """The same member would be asked after one tap and not after the next."""
    mixed = list(known)
    chance.shuffle(mixed)
    assert offer(row, mixed, surveys, how) == offer(row, known, surveys, how)

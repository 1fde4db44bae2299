"""Contact wishes and requests about one's own data: each touch a record, withdrawn as given."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.contact import wishes_now
from kiosk.model.care import Channel, DataWish
from kiosk.model.clock import ClockQuality
from kiosk.model.contact import changed, in_one_word
from kiosk.model.facts import ConsentChange, DataRequest, Fact, WishAbout
from kiosk.model.members import ContactWishes, Member
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, ClaimKind
from kiosk.session.advance import advance, begin
from kiosk.session.contact import wishes_of
from kiosk.session.events import CardLaid, Event, Known, Pressed, Tick
from kiosk.session.own_data import requests_of
from kiosk.session.states import Attract, ContactPage, Home, MyData, Session, StillThere
from kiosk.session.world import World
from kiosk.store.claims import claim_of
from tests.factories import KEY, NOW, claim, member
from tests.golden.shots_contact import ASKED, RULES, WISHES, with_rules

AROUND = with_rules()


def after(session: Session, *events: Event, around: World = AROUND) -> tuple[Session, list[Fact]]:
    """The session after these events, and everything they left behind."""
    facts: list[Fact] = []
    for at, event in enumerate(events):
        around = replace(around, chance=bytes([at]) * 32)
        step = advance(session, event, around)
        session = step.session
        facts += step.facts
    return session, facts


def at_home(who: Member | None = None, *claims: Claim, around: World = AROUND) -> Session:
    """A member's page."""
    return after(begin(around), CardLaid(Known(KEY, who or member(), claims)), around=around)[0]


def on_page(who: Member | None = None, *claims: Claim, around: World = AROUND) -> Session:
    """The page of contact wishes."""
    return after(at_home(who, *claims, around=around), Pressed("messages"), around=around)[0]


def wished(session: Session) -> ContactWishes:
    """What may reach the visitor now."""
    assert session.visitor is not None
    return wishes_of(session.visitor, AROUND)


CHOOSY = member(wishes=WISHES)


# -- wishes --------------------------------------------------------------------------------


def test_the_page_opens_from_home_and_leads_back() -> None:
    """A page without a way back strands whoever was curious."""
    opened = on_page()
    assert opened.page == ContactPage()
    assert after(opened, Pressed("back"))[0].page == Home()


def test_wishes_need_a_member_and_hqs_words() -> None:
    """Without a card nobody consents; without content there is nothing to consent to."""
    assert isinstance(after(begin(AROUND), Pressed("messages"))[0].page, Attract)
    session = after(at_home(), Pressed("messages"), around=replace(AROUND, content=None))[0]
    assert session.page == Home()


def test_do_not_disturb_is_one_touch_each_way() -> None:
    """Withdrawing must be as easy as giving, and hold at once."""
    quiet, facts = after(on_page(CHOOSY), Pressed("do-not-disturb"))
    (fact,) = facts
    assert isinstance(fact, ConsentChange)
    assert (fact.about, fact.granted) == (WishAbout.DO_NOT_DISTURB, True)
    assert (fact.member_id, fact.card_key) == (CHOOSY.member_id, KEY.hex())
    assert (fact.text_version, fact.language) == (RULES.text_version, Language.ZH)
    assert wished(quiet) == WISHES.model_copy(update={"do_not_disturb": True})
    again, facts = after(quiet, Pressed("do-not-disturb"))
    assert isinstance(facts[0], ConsentChange)
    assert facts[0].granted is False
    assert wished(again) == WISHES


@pytest.mark.parametrize("key", ["channel", "per-month", "hours"])
def test_while_nothing_is_sent_the_rest_waits(key: str) -> None:
    """A touch on what shows as off would change a setting nobody can see."""
    value = {"channel": "news.sms", "per-month": "4", "hours": "day"}[key]
    quiet = after(on_page(CHOOSY), Pressed("do-not-disturb"))[0]
    same, facts = after(quiet, Pressed(key, value))
    assert facts == []
    assert wished(same) == wished(quiet)


def test_a_channel_is_granted_and_withdrawn_by_the_same_button() -> None:
    """A consent that takes one touch to give and three to take back is none."""
    granted, facts = after(on_page(CHOOSY), Pressed("channel", "news.sms"))
    (fact,) = facts
    assert isinstance(fact, ConsentChange)
    assert (fact.about, fact.purpose_id, fact.channel, fact.granted) == (
        WishAbout.CHANNEL,
        "news",
        Channel.SMS,
        True,
    )
    assert set(wished(granted).granted["news"]) == {Channel.SMS, Channel.WECHAT}
    back, facts = after(granted, Pressed("channel", "news.sms"))
    assert isinstance(facts[0], ConsentChange)
    assert facts[0].granted is False
    assert wished(back).granted["news"] == (Channel.WECHAT,)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("channel", "news.fax"),
        ("channel", "news.email"),
        ("channel", "gossip.sms"),
        ("channel", ""),
        ("per-month", "3"),
        ("per-month", "-1"),
        ("per-month", "²"),
        ("hours", "night"),
        ("hours", ""),
    ],
)
def test_nobody_wishes_for_what_is_not_offered(key: str, value: str) -> None:
    """HQ could not read the record, and the page would have said that it is saved."""
    session, facts = after(on_page(), Pressed(key, value))
    assert facts == []
    assert session.page == ContactPage()


@pytest.mark.parametrize("count", [0, 4, 8])
def test_promotions_become_fewer_and_more_within_hqs_list(count: int) -> None:
    """A member who wants fewer must not have to stop everything."""
    session, facts = after(on_page(CHOOSY), Pressed("per-month", str(count)))
    (fact,) = facts
    assert isinstance(fact, ConsentChange)
    assert (fact.about, fact.per_month) == (WishAbout.PER_MONTH, count)
    assert wished(session).per_month == count


def test_hours_are_chosen() -> None:
    """Calls would come at work."""
    session, facts = after(on_page(CHOOSY), Pressed("hours", "weekend"))
    (fact,) = facts
    assert isinstance(fact, ConsentChange)
    assert (fact.about, fact.hours) == (WishAbout.HOURS, "weekend")
    assert wished(session).hours == "weekend"


@pytest.mark.parametrize(("key", "value"), [("per-month", "2"), ("hours", "evening")])
def test_what_holds_already_is_not_said_again(key: str, value: str) -> None:
    """A finger resting on the glass would fill the queue."""
    assert after(on_page(CHOOSY), Pressed(key, value))[1] == []


def test_the_page_says_when_it_was_kept_by_a_clock_one_can_believe() -> None:
    """A time from 1970 beside "saved" makes nobody believe it."""
    saved = after(on_page(), Pressed("do-not-disturb"))[0]
    assert saved.page == ContactPage(saved=True, saved_at=NOW)
    unset = with_rules(clock=ClockQuality.UNSET)
    saved = after(on_page(around=unset), Pressed("do-not-disturb"), around=unset)[0]
    assert saved.page == ContactPage(saved=True, saved_at=None)


def test_every_touch_is_a_record_of_its_own() -> None:
    """Two wishes under one id would count as one at HQ."""
    presses = [Pressed("channel", "news.sms"), Pressed("channel", "news.sms")] * 3
    _, facts = after(on_page(), *presses)
    ids = {fact.consent_id for fact in facts if isinstance(fact, ConsentChange)}
    assert len(ids) == len(presses)


def test_wishes_survive_the_end_of_the_session() -> None:
    """At the next tap the switch would be back where it was, until HQ's row comes."""
    kept = claim(kind=ClaimKind.CONSENT, subject="do_not_disturb.on", points=0)
    assert wished(at_home(CHOOSY, kept)).do_not_disturb
    included = CHOOSY.model_copy(update={"noted": {AROUND.kiosk_id: kept.seq}})
    assert not wished(at_home(included, kept)).do_not_disturb


TOUCHES = st.lists(
    st.sampled_from(
        [
            Pressed("do-not-disturb"),
            *(Pressed("channel", f"{one}.{way}") for one in ("news", "points") for way in Channel),
            *(Pressed("per-month", count) for count in ("0", "1", "2", "8", "3")),
            *(Pressed("hours", hours) for hours in ("any", "evening", "night")),
        ]
    ),
    max_size=12,
)


@given(TOUCHES)
def test_what_the_page_shows_is_what_the_disk_and_the_records_say(touches: list[Pressed]) -> None:
    """Whatever is touched in whatever order: this page, the next tap and HQ agree."""
    session, facts = after(on_page(CHOOSY), *touches)
    by_record, kept = CHOOSY.wishes, []
    for seq, fact in enumerate(facts, 1):
        assert isinstance(fact, ConsentChange)
        word = in_one_word(fact)
        by_record = changed(by_record, word)
        asked = claim_of(fact)
        assert asked is not None
        assert fact.text_version == RULES.text_version
        kept.append(claim(id=fact.consent_id, seq=seq, kind=asked.kind, subject=asked.subject))
    assert wished(session) == by_record
    assert wishes_now(CHOOSY, kept, AROUND.kiosk_id) == by_record


# -- one's own data ------------------------------------------------------------------------


def at_my_data(who: Member | None = None) -> Session:
    """The page of requests."""
    return after(on_page(who), Pressed("my-data"))[0]


def test_my_data_opens_from_the_wishes_and_leads_back() -> None:
    """A page without a way back strands whoever was curious."""
    opened = at_my_data()
    assert opened.page == MyData()
    assert after(opened, Pressed("back"))[0].page == ContactPage()
    assert isinstance(after(begin(AROUND), Pressed("my-data"))[0].page, Attract)
    assert after(at_home(), Pressed("my-data"))[0].page == Home()


@pytest.mark.parametrize("wish", [DataWish.SHOW, DataWish.CORRECT])
def test_a_request_is_one_touch_and_is_not_made_twice(wish: DataWish) -> None:
    """HQ would look for what two requests differ in."""
    asked, facts = after(at_my_data(), Pressed("data", wish))
    (fact,) = facts
    assert isinstance(fact, DataRequest)
    assert (fact.wish, fact.member_id, fact.card_key) == (wish, "m-000001", KEY.hex())
    assert asked.visitor is not None
    assert requests_of(asked.visitor, AROUND)[wish].is_open
    assert after(asked, Pressed("data", wish))[1] == []


def test_erasing_is_asked_twice() -> None:
    """A child's finger must not end a membership."""
    asked, facts = after(at_my_data(), Pressed("data", "erase"))
    assert (asked.page, facts) == (MyData(erasing=True), [])
    kept, facts = after(asked, Pressed("keep-data"))
    assert (kept.page, facts) == (MyData(), [])
    done, facts = after(asked, Pressed("erase-data"))
    assert done.page == MyData()
    (fact,) = facts
    assert isinstance(fact, DataRequest)
    assert fact.wish is DataWish.ERASE
    assert after(done, Pressed("data", "erase"))[0].page == MyData()


@pytest.mark.parametrize("key", ["erase-data", "data"])
def test_nothing_is_erased_without_the_question(key: str) -> None:
    """A key sent to a page that does not offer it must not count."""
    assert after(at_my_data(), Pressed("erase-data"))[1] == []
    erasing = after(at_my_data(), Pressed("data", "erase"))[0]
    assert after(erasing, Pressed("data", "show"))[1] == []
    assert after(at_home(), Pressed(key, "erase"))[1] == []


def test_what_is_done_can_be_asked_for_again() -> None:
    """A year later there is more to show; what HQ still works on waits."""
    who = member(asked=ASKED)
    assert len(after(at_my_data(who), Pressed("data", "show"))[1]) == 1
    assert after(at_my_data(who), Pressed("data", "correct"))[1] == []


@pytest.mark.parametrize("value", ["", "move", "ERASE"])
def test_a_request_nobody_knows_is_none(value: str) -> None:
    """HQ could not read it."""
    assert after(at_my_data(), Pressed("data", value))[1] == []


def test_both_pages_are_hidden_when_nobody_goes_on() -> None:
    """What somebody wants erased is nobody else's business."""
    for session in (on_page(), at_my_data()):
        late = replace(AROUND, uptime_s=session.until_s)
        assert after(session, Tick(), around=late)[0].page == StillThere()


def test_ids_are_uuids_of_their_own() -> None:
    """A request and a wish of the same moment must not settle one another."""
    _, facts = after(
        on_page(), Pressed("do-not-disturb"), Pressed("my-data"), Pressed("data", "show")
    )
    ids = {getattr(fact, "consent_id", None) or getattr(fact, "request_id", None) for fact in facts}
    assert len(ids) == 2
    assert all(isinstance(one, UUID) for one in ids)

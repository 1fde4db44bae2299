"""Going on on one's own phone: a link that only its owner can know, for as long as it opens."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.answers import Form, HandOver
from kiosk.model.cards import CardKey
from kiosk.model.hand_over import fingerprint, link, secret_from
from kiosk.model.text import Language
from kiosk.session.advance import advance
from kiosk.session.events import CardLaid, Known, Pressed, Tick
from kiosk.session.hand_over import can_hand_over, hand_over, link_of
from kiosk.session.moves import left
from kiosk.session.states import (
    Attract,
    HandedOver,
    Home,
    Joining,
    JoiningStep,
    Page,
    Profile,
    Session,
    StillThere,
    Visitor,
)
from kiosk.session.world import World
from kiosk.store.claims import claim_of
from tests.factories import KEY, content, member
from tests.golden.shots_hand_over import AWAY, HERE, with_form

CHANCE = bytes(range(32))
DRAWN = replace(HERE, chance=CHANCE)
VISITOR = Visitor(member(), KEY)
STRANGE = CardKey(bytes(range(16)))


def on(page: Page, visitor: Visitor | None = VISITOR) -> Session:
    """A session on this page, with the member's page below it."""
    trail = (Home(),) if visitor is not None else ()
    return Session(page, Language.ZH, trail=trail, visitor=visitor, until_s=HERE.uptime_s + 45)


def asked(
    session: Session, value: str = "profile", around: World = DRAWN
) -> tuple[Session, HandOver, HandedOver]:
    """The session after the touch, the record, and the page."""
    step = hand_over(session, value, around)
    (fact,) = step.facts
    page = step.session.page
    assert isinstance(fact, HandOver)
    assert isinstance(page, HandedOver)
    return step.session, fact, page


def test_the_record_proves_the_link_and_does_not_open_it() -> None:
    """Whoever reads the queue, a log or HQ's records could open somebody's form."""
    session, fact, page = asked(on(Profile()))
    assert fact.secret_sha256 == hashlib.sha256(page.secret.encode()).hexdigest()
    assert page.secret not in fact.model_dump_json()
    assert page.secret not in repr(session)
    assert (fact.form, fact.member_id, fact.card_key) == (Form.PROFILE, "m-000001", KEY.hex())
    assert claim_of(fact) is None
    assert link_of(page, DRAWN) == f"https://hq.example/form/{page.secret}"


def test_nothing_of_the_secret_is_in_the_id() -> None:
    """An id made of the same bytes would give most of the secret away."""
    _, fact, page = asked(on(Profile()))
    other = replace(DRAWN, chance=CHANCE[:-16] + bytes(16))
    _, second, another = asked(on(Profile()), around=other)
    assert fact.hand_over_id == second.hand_over_id
    assert page.secret != another.secret


def test_somebody_who_joins_takes_their_card_along() -> None:
    """HQ would not know which card becomes the member's."""
    _, fact, page = asked(on(Joining(card_key=STRANGE), None), "joining")
    assert (fact.member_id, fact.card_key, page.form) == (None, STRANGE.hex(), Form.JOINING)
    _, without, _ = asked(on(Joining(), None), "joining")
    assert without.card_key is None


@pytest.mark.parametrize(
    ("page", "visitor", "value", "around"),
    [
        (Profile(), VISITOR, "profile", AWAY),
        (Profile(), VISITOR, "profile", replace(HERE, hq_reachable=None)),
        (Profile(), VISITOR, "profile", replace(HERE, content=None)),
        (Profile(), VISITOR, "profile", replace(HERE, content=content(care=with_form(None)))),
        (Profile(), VISITOR, "joining", HERE),
        (Profile(), VISITOR, "", HERE),
        (Home(), VISITOR, "profile", HERE),
        (Joining(), None, "profile", HERE),
        (Joining(JoiningStep.NAME), None, "joining", HERE),
        (Attract(), None, "joining", HERE),
    ],
    ids=[
        "HQ away",
        "never reached",
        "no content",
        "no form",
        "another form",
        "no form named",
        "elsewhere",
        "a stranger's profile",
        "half-way",
        "nobody there",
    ],
)
def test_no_link_is_made_that_would_not_open(
    page: Page, visitor: Visitor | None, value: str, around: World
) -> None:
    """Somebody would stand before a code that leads nowhere."""
    step = hand_over(on(page, visitor), value, around)
    assert step.facts == ()
    assert type(step.session.page) is type(page)


def test_a_form_is_offered_only_where_it_opens() -> None:
    """The button would be there and do nothing."""
    assert can_hand_over(HERE)
    assert not can_hand_over(AWAY)
    assert not can_hand_over(replace(HERE, content=content(care=with_form(None))))


def test_a_link_is_shown_only_while_hq_says_where_its_form_is() -> None:
    """A code for an address that HQ has taken back would open nothing."""
    _, _, page = asked(on(Profile()))
    assert link_of(page, HERE) is not None
    assert link_of(page, replace(HERE, content=None)) is None


def test_the_code_goes_when_the_link_ends_and_under_the_time_outs_question() -> None:
    """A dead code on the glass, or a live one for whoever comes next."""
    session, _, page = asked(on(Profile()))
    later = replace(HERE, uptime_s=HERE.uptime_s + 60)
    question = advance(session, Tick(), later).session
    assert isinstance(question.page, StillThere)
    again = advance(question, Pressed("stay"), later).session
    assert again.page == page
    ended = replace(HERE, uptime_s=page.until_s)
    assert isinstance(advance(again, Tick(), ended).session.page, Profile)
    back = advance(question, Pressed("stay"), ended).session
    assert isinstance(advance(back, Tick(), ended).session.page, Profile)


@pytest.mark.parametrize("key", ["back", "done"])
def test_there_is_a_way_back_and_a_way_out(key: str) -> None:
    """Whoever has no phone with them would be stuck."""
    session, _, page = asked(on(Profile()))
    step = advance(session, Pressed(key), HERE)
    assert step.facts == ()
    assert isinstance(step.session.page, Profile if key == "back" else Attract)
    assert page.secret not in str(step.session)


def test_nothing_of_the_link_outlives_its_session() -> None:
    """The next member's card must not find somebody's form."""
    session, _, page = asked(on(Profile()))
    other = CardLaid(Known(CardKey(bytes(16)), member(member_id="m-2")))
    for after in (left(session, HERE).session, advance(session, other, HERE).session):
        assert not any(isinstance(one, HandedOver) for one in (after.page, *after.trail))
        assert page.secret not in str((after.page, after.trail))


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_secrets_differ_as_their_chance_does(one: bytes, other: bytes) -> None:
    """Bits that are lost on the way make a link that can be guessed."""
    assert (secret_from(one) == secret_from(other)) == (one == other)
    assert len(secret_from(one)) == 26
    assert not set(secret_from(one)) & set("ilouILOU")
    assert fingerprint(secret_from(one)) != fingerprint(secret_from(other)) or one == other


def test_a_secret_takes_all_its_chance() -> None:
    """A shorter one would be made without anybody noticing."""
    with pytest.raises(ValueError, match="16 random bytes"):
        secret_from(bytes(15))


@pytest.mark.parametrize("url", ["https://hq.example/form", "https://hq.example/form/"])
def test_the_link_is_where_hq_looks_for_it(url: str) -> None:
    """Two slashes are another page."""
    assert link(url, "abc") == "https://hq.example/form/abc"

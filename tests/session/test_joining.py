"""Joining: what is told is in one record or nowhere; nobody too young is kept; no way is lost."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.model.answers import Application
from kiosk.model.clock import ClockQuality
from kiosk.model.facts import Feedback
from kiosk.model.text import Language
from kiosk.session import wheels
from kiosk.session.advance import advance, begin
from kiosk.session.events import (
    CardLaid,
    Known,
    NotACard,
    Pressed,
)
from kiosk.session.states import (
    Attract,
    Joined,
    Joining,
    JoiningStep,
    Notice,
    Rules,
    Thanks,
    TooYoung,
    Wheel,
    Writing,
)
from tests.factories import KEY, OTHER_KEY, content, member, programme, world
from tests.session.joining_kit import (
    BIRTHDAY,
    NAME,
    PHONE,
    STRANGE,
    WORLD,
    after,
    asked_born,
    confirmed,
    everything_in,
    grouped,
    named,
    out_of_time,
    page_of,
    steps,
    told,
    turned_to,
    typed,
)

# -- the way there -------------------------------------------------------------------------


def test_an_application_says_what_was_typed_and_nothing_else() -> None:
    """A wrong letter or a tick nobody set would stand in HQ's books under somebody's name."""
    step = steps(confirmed(), [Pressed("apply")])
    (said,) = told(step.facts)
    assert said == Application(
        application_id=said.application_id,
        card_key=None,
        name=NAME,
        phone=PHONE,
        born=BIRTHDAY,
        text_version=1,
        language=Language.ZH,
    )
    assert not said.marketing
    assert step.session.page == Joined(has_card=False)
    assert step.session.trail == ()


def test_the_card_that_was_laid_down_comes_with_it() -> None:
    """HQ would bind another card, and the one in the member's hand stay unknown for good."""
    step = steps(confirmed(CardLaid(STRANGE)), [Pressed("apply")])
    (said,) = told(step.facts)
    assert said.card_key == OTHER_KEY.hex()
    assert step.session.page == Joined(has_card=True)


def test_it_begins_on_the_attract_screen_and_on_notices_of_nobody() -> None:
    """Who came without a card would find no way in; a member would be asked to join again."""
    assert after(begin(WORLD), Pressed("join")).page == Joining()
    for found in (NotACard(), STRANGE):
        assert isinstance(after(begin(WORLD), CardLaid(found), Pressed("join")).page, Joining)
    at_home = after(begin(WORLD), CardLaid(Known(KEY, member())))
    assert after(at_home, Pressed("join")) == at_home
    at_counter = after(
        at_home, Pressed("reward", "canvas-tote"), Pressed("confirm"), Pressed("forgot")
    )
    assert isinstance(at_counter.page, Notice)
    assert after(at_counter, Pressed("join")).page == at_counter.page
    before = world(content=None)
    assert isinstance(after(begin(before), Pressed("join"), around=before).page, Attract)


def test_questions_come_one_after_the_other() -> None:
    """Somebody who is too young would have given name and number before hearing so."""
    assert page_of(asked_born()).step is JoiningStep.BORN
    naming = after(asked_born(), Pressed("join-on"))
    assert isinstance(naming.page, Writing)
    assert page_of(naming).step is JoiningStep.NAME
    assert page_of(named()).step is JoiningStep.PHONE
    assert page_of(grouped()).step is JoiningStep.GROUP
    assert page_of(confirmed()).step is JoiningStep.CONFIRM


def test_without_a_day_of_birth_nothing_goes_on() -> None:
    """Everybody in a hurry would be born where the wheels happened to stand."""
    first = asked_born(day=None)
    assert page_of(after(first, Pressed("join-on"))).step is JoiningStep.BORN
    half = after(first, Pressed("wheel", "year:+1"), Pressed("wheel", "month:0"))
    assert page_of(after(half, Pressed("join-on"))).step is JoiningStep.BORN
    whole = after(half, Pressed("wheel", "day:0"), Pressed("join-on"))
    assert page_of(whole).step is JoiningStep.NAME


def test_a_wheel_turns_where_it_is_touched() -> None:
    """Somebody could not choose the day they were born on."""
    on = page_of(after(asked_born(), Pressed("wheel", "month:+1"), Pressed("wheel", "x"))).born
    assert on is not None
    assert wheels.chosen(on) == date(1988, 4, 4)
    assert on.wheels == (Wheel.YEAR, Wheel.MONTH, Wheel.DAY)


def test_half_a_number_or_no_name_does_not_go_on() -> None:
    """HQ would refuse the record, and the person hear nothing of it."""
    naming = after(asked_born(), Pressed("join-on"))
    assert after(naming, Pressed("use")).page == naming.page
    short = typed(named(), PHONE[:-1])
    assert page_of(after(short, Pressed("use"))).step is JoiningStep.PHONE


def test_a_group_s_code_is_typed_in_capitals_and_can_be_left_out() -> None:
    """A code that is spelt otherwise than on its letter would be unknown to HQ."""
    coded = after(typed(after(grouped(), Pressed("group-code")), "hua"), Pressed("use"))
    assert page_of(coded).step is JoiningStep.CONFIRM
    sent = steps(coded, [Pressed("apply")])
    (said,) = told(sent.facts)
    assert said.group_code == "HUA"
    assert sent.session.page == Joined(has_card=False, with_group=True)
    without = after(coded, Pressed("back"), Pressed("no-code"))
    (said,) = told(steps(without, [Pressed("apply")]).facts)
    assert said.group_code == ""


def test_news_are_agreed_to_by_a_touch_of_their_own() -> None:
    """A tick that comes with another one is no consent."""
    once = after(confirmed(), Pressed("marketing"))
    (said,) = told(steps(once, [Pressed("apply")]).facts)
    assert said.marketing
    twice = after(once, Pressed("marketing"))
    (said,) = told(steps(twice, [Pressed("apply")]).facts)
    assert not said.marketing


# -- age -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "today", "old_enough"),
    [
        (date(2008, 11, 21), date(2026, 11, 21), True),
        (date(2008, 11, 22), date(2026, 11, 21), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_the_boundary_is_the_birthday_itself(born: date, today: date, old_enough: bool) -> None:
    """A day early something of a minor is told; a day late a member is turned away."""
    around = replace(WORLD, local_now=WORLD.local_now.replace(2026, today.month, today.day))
    first = after(begin(around), Pressed("join"), Pressed("join-on"), around=around)
    step = steps(turned_to(first, born), [Pressed("join-on")], around)
    assert isinstance(step.session.page, Writing if old_enough else TooYoung)
    assert step.facts == ()


def test_nothing_stays_of_who_is_too_young() -> None:
    """Under 18 nothing is stored, neither on disk nor in the session."""
    young = asked_born(date(2010, 5, 6), CardLaid(STRANGE))
    step = advance(young, Pressed("join-on"), WORLD)
    assert (step.session.page, step.session.trail, step.facts) == (TooYoung(), (), ())
    assert "2010" not in everything_in(step.session)
    assert step.session.until_s == WORLD.uptime_s + WORLD.timing.notice_s
    assert isinstance(out_of_time(step.session).session.page, Attract)


def test_the_age_is_proved_again_when_it_is_submitted() -> None:
    """A programme that asks for more since the first question would be passed by."""
    older = programme()
    asked = older.joining.model_copy(update={"minimum_age_years": 60})
    later = world(content=content(programme=older.model_copy(update={"joining": asked})))
    step = steps(confirmed(), [Pressed("apply")], later)
    assert (step.session.page, step.facts) == (TooYoung(), ())


def test_without_a_clock_nobody_is_asked() -> None:
    """A kiosk that believes it is 1970 would call everybody unborn, or nobody young."""
    around = world(clock=ClockQuality.UNSET)
    opened = after(begin(around), Pressed("join"), around=around)
    assert opened.page == Joining()
    assert after(opened, Pressed("join-on"), around=around) == opened


# -- back and forth ------------------------------------------------------------------------


def test_the_way_back_keeps_what_was_told() -> None:
    """Who goes back to look would type name and number a second time on glass."""
    session = confirmed()
    order = ["GROUP", "PHONE", "NAME", "BORN", "WELCOME"]
    for step in order:
        session = after(session, Pressed("back"))
        assert page_of(session).step is JoiningStep[step]
        page = page_of(session)
        assert (page.name, page.phone) == (NAME, PHONE)
    assert isinstance(after(session, Pressed("back")).page, Attract)
    again = after(session, Pressed("join-on"), Pressed("join-on"), Pressed("use"), Pressed("use"))
    (said,) = told(steps(after(again, Pressed("no-code")), [Pressed("apply")]).facts)
    assert (said.name, said.phone, said.born) == (NAME, PHONE, BIRTHDAY)


def test_half_a_word_is_there_again_too() -> None:
    """A look at the question before would cost what was typed."""
    half = typed(named(), "1381")
    back = after(half, Pressed("back"))
    assert page_of(back).step is JoiningStep.NAME
    again = after(back, Pressed("use"))
    assert isinstance(again.page, Writing)
    assert again.page.text == "1381"


def test_back_from_a_group_s_code_leads_to_the_question_about_groups() -> None:
    """Who has no such code after all would be led past the question to their number."""
    half = typed(after(grouped(), Pressed("group-code")), "hu")
    back = after(half, Pressed("back"))
    assert (type(back.page), page_of(back).step) == (Joining, JoiningStep.GROUP)


@pytest.mark.parametrize("step", ["born", "name", "phone", "group"])
def test_one_answer_is_changed_from_the_last_page_and_back_to_it(step: str) -> None:
    """Mending one letter would mean going through every question again."""
    changing = after(confirmed(), Pressed("join-change", step))
    assert page_of(changing).step.value == step
    assert page_of(after(changing, Pressed("back"))).step is JoiningStep.CONFIRM
    onward = {"born": "join-on", "name": "use", "phone": "use", "group": "no-code"}[step]
    done = after(changing, Pressed(onward))
    assert page_of(done) == page_of(confirmed())


def test_half_a_change_leaves_the_answer_as_it_was() -> None:
    """Who clears the number and thinks better of it would look at a page without a way on."""
    changing = after(confirmed(), Pressed("join-change", "phone"), Pressed("clear"))
    assert page_of(after(changing, Pressed("back"))) == page_of(confirmed())
    other = typed(changing, "13900001111")
    assert page_of(after(other, Pressed("back"))).phone == "13900001111"


def test_only_what_is_whole_is_submitted() -> None:
    """HQ would refuse the record when the person has long gone."""
    whole = confirmed()
    page = page_of(whole)
    for half in (replace(page, phone=PHONE[:-1]), replace(page, name=""), replace(page, born=None)):
        session = replace(whole, page=half)
        step = advance(session, Pressed("apply"), WORLD)
        assert (step.session.page, step.facts) == (half, ())


def test_what_no_page_offers_does_nothing() -> None:
    """A stray key would skip a question, or send what is not whole."""
    for session in (after(begin(WORLD), Pressed("join")), asked_born(), named(), grouped()):
        for key in ("apply", "marketing", "use", "submit", "redeem"):
            assert steps(session, [Pressed(key)]).facts == ()
            assert page_of(after(session, Pressed(key))) == page_of(session)
        assert page_of(after(session, Pressed("join-change", "name"))) == page_of(session)
    last = confirmed()
    for value in ("welcome", "confirm", "x", ""):
        assert after(last, Pressed("join-change", value)) == last


def test_rules_and_complaints_lead_back_to_what_was_told() -> None:
    """Who reads what they agree to, or complains meanwhile, would lose all of it."""
    rules = after(confirmed(), Pressed("rules"))
    assert isinstance(rules.page, Rules)
    assert page_of(after(rules, Pressed("back"))) == page_of(confirmed())
    said = (Pressed("contact"), Pressed("cause", "product"), Pressed("submit"))
    thanked = steps(confirmed(), said)
    assert isinstance(thanked.session.page, Thanks)
    assert [fact.member_id for fact in thanked.facts if isinstance(fact, Feedback)] == [None]
    for back in (after(thanked.session, Pressed("back")), out_of_time(thanked.session).session):
        assert page_of(back) == page_of(confirmed())

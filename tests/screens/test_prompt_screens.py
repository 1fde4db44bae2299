"""The question of a visit on every glass: one of them, readable, declined as easily as taken up."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from kiosk.model.asking import Purchase
from kiosk.model.text import Language
from kiosk.screens.prompt import duration
from kiosk.session.advance import advance
from kiosk.session.events import Pressed
from kiosk.session.states import Attract, Home, Session, Survey, Visitor
from kiosk.session.world import World
from kiosk.survey.document import Document
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from kiosk.ui.pieces import Corner
from tests.factories import KEY, claim, content, member, voucher, world
from tests.golden.shots_prompt import (
    AFTER,
    ASKS,
    BOUGHT,
    BUSY,
    BUYER,
    FILLS_IN,
    SOON,
    TELLS,
    VOTE,
    VOTES,
    survey,
)
from tests.screens.glasses import GLASSES, buttons, drawn, keys, laid_out, said

ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)


def home(visitor: Visitor, around: World = ASKS, language: Language = Language.ZH) -> Session:
    """The member's page."""
    return Session(Home(), language, visitor=visitor, until_s=around.uptime_s + 30)


def attract(around: World, language: Language = Language.ZH) -> Session:
    """Nobody is there."""
    return Session(Attract(), language, until_s=around.uptime_s + 8)


@pytest.mark.parametrize("corner", Corner)
@ON_EVERY_GLASS
def test_the_vote_fits_wherever_the_reader_is(corner: Corner, glass: Metrics) -> None:
    """The button would lie below the hint in the one store that has its reader elsewhere."""
    for language, ready in product(Language, (True, False)):
        session = replace(attract(VOTES, language), reader_ready=ready)
        layout = laid_out(drawn(session, VOTES, glass, corner), glass)
        assert layout.problems == ()
        assert "survey" in {target.button.key for target in layout.targets}


@ON_EVERY_GLASS
def test_there_is_one_question_with_one_way_in_and_one_way_past(glass: Metrics) -> None:
    """Two questions, or one that cannot be refused, and the next visit does without the card."""
    for visitor, around, way_in in ((BUYER, ASKS, "survey"), (TELLS, FILLS_IN, "profile-question")):
        pressed = [one.key for one in buttons(drawn(home(visitor, around), around, glass))]
        assert pressed.count(way_in) == 1
        assert pressed.count("not-now") == 1
        assert not {"survey", "profile-question"} - {way_in} & set(pressed)


def test_both_buttons_mean_what_stands_there() -> None:
    """The answers of one survey would be opened by the name of another."""
    session = home(BUYER)
    opened = advance(session, Pressed("survey", "after"), ASKS).session.page
    assert isinstance(opened, Survey)
    assert opened.purchase == BUYER.member.purchases[0]
    values = {one.key: one.value for one in buttons(drawn(session, ASKS))}
    assert (values["survey"], values["not-now"]) == ("after", "after")


def test_after_a_no_the_page_is_as_if_nothing_had_been_asked() -> None:
    """The card would stay and ask on, or leave a hole where it stood."""
    declined = advance(home(BUYER), Pressed("not-now", "after"), ASKS).session
    shown = drawn(declined, ASKS)
    assert not {"survey", "not-now"} & keys(shown)
    quiet = replace(home(replace(BUYER, prompted=True)), until_s=declined.until_s)
    assert shown == drawn(quiet, ASKS)
    assert "感觉怎么样" not in said(shown)


@ON_EVERY_GLASS
def test_the_question_moves_no_headline(glass: Metrics) -> None:
    """What the member came for must stand where it always stands."""
    for language in Language:
        plain, around = _top(home(BUYER, world(), language), world(), glass), ASKS
        assert _top(home(BUYER, around, language), around, glass) == plain


def _top(session: Session, around: World, glass: Metrics) -> list[tuple[str, object]]:
    """What stands where above the rows: everything in the hero."""
    layout = laid_out(drawn(session, around, glass), glass)
    return [(target.button.key, target.rect) for target in layout.targets[:3]]


@pytest.mark.parametrize("way", ["standing", "lying", "small"])
@pytest.mark.parametrize("points", [0, 12_680])
def test_the_question_fits_beside_whatever_else_is_there(points: int, way: str) -> None:
    """An outage on a day with lapsing points would cut the page of whoever has just bought."""
    glass = GLASSES[way]
    there = product(((), SOON), ((), (claim(),)), (None, False), ((), (voucher(),)), Language)
    for lapsing, claims, hq_reachable, vouchers, language in there:
        row = member(
            points=points,
            expiring=lapsing,
            vouchers=vouchers,
            purchases=BUYER.member.purchases,
        )
        around = replace(ASKS, hq_reachable=hq_reachable)
        shown = drawn(home(Visitor(row, KEY, claims), around, language), around, glass)
        assert laid_out(shown, glass).problems == ()


def test_where_much_waits_already_nothing_is_asked() -> None:
    """Between a complaint, the counter and an outage a question is out of place."""
    away = replace(ASKS, hq_reachable=False)
    assert "survey" not in keys(drawn(home(BUSY, ASKS), ASKS))
    assert "survey" not in keys(drawn(home(BUSY, away), away))
    assert "survey" in keys(drawn(home(BUYER, away), away))


@pytest.mark.parametrize(
    ("on", "zh", "en"),
    [
        (date(2026, 11, 21), "今天的购物", "shopping today"),
        (date(2026, 11, 20), "昨天的购物", "shopping yesterday"),
        (date(2026, 11, 2), "11 月2 日的购物", "on 2 Nov"),
    ],
)
def test_it_says_which_purchase_and_what_it_earns(on: date, zh: str, en: str) -> None:
    """Who bought twice would answer about the wrong one."""
    bag = Purchase(purchase="p-1", on=on, store_id="sh-ja-01")
    visitor = Visitor(member(purchases=(bag,)), KEY)
    chinese, english = (said(drawn(home(visitor, ASKS, one), ASKS)) for one in Language)
    assert zh in chinese
    assert en in english
    assert "答完得 20 分，约 20 秒" in chinese
    assert "20 points, about 20 seconds" in english


def test_what_earns_nothing_promises_nothing() -> None:
    """A member would look for points that nobody has promised."""
    shown = said(drawn(home(Visitor(member(), KEY), VOTES), VOTES))
    assert "春天您想看什么？" in shown
    assert "答完得" not in shown
    assert "约 20 秒" in shown


def test_the_card_tells_nobody_what_was_bought_or_where() -> None:
    """Whoever stands behind reads along; the day alone is enough to remember by."""
    here = Purchase(purchase="receipt-canary", on=date(2026, 11, 20), store_id="bj-canary", items=7)
    scene = drawn(home(Visitor(member(purchases=(here,)), KEY)), ASKS)
    told = said(scene) + "".join(one.says + one.value for one in buttons(scene))
    assert "canary" not in told


def rating_of(count: int) -> Document:
    """A survey of so many faces."""
    pages: list[dict[str, Any]] = [
        {
            "name": f"p{at}",
            "elements": [{"type": "rating", "name": f"q{at}", "title": "？？？？？"}],
        }
        for at in range(count)
    ]
    return survey("many", "vote", survey={"pages": pages})


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (1, "约 10 秒", "about 10 seconds"),
        (8, "约 50 秒", "about 50 seconds"),
        (10, "约 1 分钟", "about 1 minute"),
        (11, "约 2 分钟", "about 2 minutes"),
    ],
)
def test_nobody_takes_longer_than_they_were_told(count: int, zh: str, en: str) -> None:
    """Half a minute that is a whole one is the last survey a member opens."""
    document = rating_of(count)
    assert duration(load("zh-CN"), document) == zh
    assert duration(load("en"), document) == en


@ON_EVERY_GLASS
@pytest.mark.parametrize("length", [12, 18, 19, 333])
def test_a_long_title_of_hq_s_is_not_cut(length: int, glass: Metrics) -> None:
    """One survey with a sentence for a title would spoil every member's page."""
    form = VOTE.model_dump(mode="json", by_alias=True, exclude_unset=True)["survey"]
    form["title"] = {"zh-cn": "长" * length, "default": "w ide" * (length * 3 // 5)}
    long = VOTE.model_copy(update={"survey": type(VOTE.survey).model_validate(form)})
    around = world(content=content(surveys=(long,)))
    for language in Language:
        shown = drawn(home(BUYER, around, language), around, glass)
        assert laid_out(shown, glass).problems == ()
    fits = length <= 18
    assert ("长" * length in said(drawn(home(BUYER, around), around))) is fits


def test_nobody_is_shown_a_vote_that_is_not_theirs() -> None:
    """A passer-by would be asked about a purchase, or after the vote is over."""
    for surveys in ((AFTER,), ()):
        around = world(content=content(surveys=surveys))
        assert "survey" not in keys(drawn(attract(around), around))
    assert "survey" in keys(drawn(attract(VOTES), VOTES))
    assert BOUGHT["purchases"]


def test_before_the_content_is_here_nothing_is_asked() -> None:
    """The first start would end in an apology."""
    empty = world(content=None)
    shown: Scene = drawn(attract(empty), empty)
    assert "survey" not in keys(shown)

"""The member's page holds whatever comes together on it, on every glass and in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from kiosk.model.text import Language
from kiosk.session.states import Home, Session, Visitor
from kiosk.session.world import World
from kiosk.ui.metrics import Metrics
from tests.factories import KEY, claim, member, verdict, voucher, world
from tests.golden.shots_prompt import ASKS, FILLS_IN, KNOWN, OPEN, SOON, VOTES, YESTERDAY
from tests.screens.glasses import GLASSES, drawn, laid_out

POINTS = (-240, 12_680, 99_000)
"""Nothing, something and everything is within reach; what is below nothing has a line more."""

CLAIMS = ((), (claim(),), (claim(verdict=verdict()),))
WORLDS = tuple(
    replace(asks, hq_reachable=reachable)
    for asks in (world(), ASKS, FILLS_IN, VOTES)
    for reachable in (True, False)
)


def visitors() -> Iterator[Visitor]:
    """Everybody who may come: with and without a voucher, points that lapse, a complaint."""
    some = product(POINTS, ((), (voucher(),)), ((), SOON), ((), OPEN), CLAIMS)
    for points, vouchers, expiring, cases, claims in some:
        row = member(
            points=points,
            vouchers=vouchers,
            expiring=expiring,
            cases=cases,
            purchases=(YESTERDAY,),
            known=KNOWN,
        )
        yield Visitor(row, KEY, claims)


def name_of(visitor: Visitor, around: World) -> str:
    """What is on the page, for a person who has to find it."""
    row = visitor.member
    has = (row.points, bool(row.vouchers), bool(row.expiring), bool(row.cases), visitor.claims)
    return f"{has} {around.hq_reachable} {[one.id for one in around.content.surveys]}"  # type: ignore[union-attr]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
def test_nothing_is_cut_whatever_comes_together(glass: Metrics, language: Language) -> None:
    """A banner, a voucher, a reward at the counter, a complaint and a question on one page."""
    pages = {}  # two of three look like another one
    for visitor, around in product(visitors(), WORLDS):
        session = Session(Home(), language, visitor=visitor, until_s=around.uptime_s + 30)
        pages[drawn(session, around, glass)] = name_of(visitor, around)
    problems = {name: laid_out(page, glass).problems for page, name in pages.items()}
    assert not {name: found for name, found in problems.items() if found}

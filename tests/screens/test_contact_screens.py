"""Contact wishes and one's own data on every glass, with the longest HQ can offer."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.model.care import Channel, Choice, ContactRules, Frequency, Purpose
from kiosk.model.members import ContactWishes
from kiosk.model.text import Language
from kiosk.session.states import ContactPage, Home, MyData, Session, Visitor
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from tests.factories import KEY, local, member
from tests.golden.shots_contact import (
    CHOOSY,
    EVERY_WAY,
    OFFLINE,
    QUIET,
    SAVED,
    USUAL,
    WISHES,
    with_rules,
)
from tests.screens.account_kit import WIDE
from tests.screens.glasses import GLASSES, buttons, drawn, keys, laid_out, said

ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
IN_BOTH = pytest.mark.parametrize("language", Language, ids=["zh", "en"])

LEFT = USUAL.uptime_s + 38

MOST = ContactRules(
    text_version=99,
    purposes=tuple(
        Purpose(
            purpose_id=f"p.{at}",
            words=local(WIDE[:12], "After a purchase or repair"),
            line=local(WIDE, "once at most, and never on Sundays"),
            channels=tuple(Channel) if at != 1 else (Channel.EMAIL,),
            promotion=at == 0,
        )
        for at in range(5)
    ),
    frequencies=tuple(
        Frequency(per_month=count, words=local(f"{count} 次", f"{count}"))
        for count in (0, 1, 2, 4, 8, 31)
    ),
    hours=tuple(Choice(choice_id=f"h{at}", words=local("工作日晚", "Weekdays")) for at in range(4)),
)
"""As many of everything as content allows, in long words."""

LOUD = Visitor(
    member(
        wishes=ContactWishes(
            granted={f"p.{at}": tuple(Channel) for at in range(5)}, per_month=31, hours="h1"
        )
    ),
    KEY,
)


def scene_of(
    shot: Any, language: Language = Language.ZH, glass: Metrics = GLASSES["standing"]
) -> Scene:
    """The shot's scene on this glass."""
    return drawn(shot.session(language), shot.world, glass)


@ON_EVERY_GLASS
@IN_BOTH
@pytest.mark.parametrize("quiet", [False, True])
def test_all_that_hq_may_offer_fits(language: Language, glass: Metrics, quiet: bool) -> None:
    """Five purposes, four channels, six steps: HQ may publish them any day."""
    wishes = LOUD.member.wishes.model_copy(update={"do_not_disturb": quiet})
    visitor = replace(LOUD, member=LOUD.member.model_copy(update={"wishes": wishes}))
    session = Session(
        page=ContactPage(saved=True),
        language=language,
        trail=(Home(),),
        visitor=visitor,
        until_s=LEFT,
    )
    layout = laid_out(drawn(session, with_rules(MOST), glass), glass)
    assert layout.problems == ()


def test_the_way_in_is_on_the_members_page() -> None:
    """Withdrawing begins with finding where."""
    session = Session(page=Home(), language=Language.ZH, visitor=CHOOSY, until_s=LEFT)
    for glass in GLASSES.values():
        shown = keys(drawn(session, USUAL, glass))
        assert {"messages", "vouchers", "history", "redeem", "done"} <= shown


@pytest.mark.parametrize("page", [ContactPage(), SAVED, ContactPage(saved=True)], ids=str)
def test_in_force_is_what_hq_can_have_heard(page: ContactPage) -> None:
    """A member would be sent a message by HQ after reading that none comes any more."""
    assert "立即生效" in said(drawn(_session(page, CHOOSY), USUAL))
    away = said(drawn(_session(page, CHOOSY), OFFLINE))
    assert "生效" not in away
    assert "联网后最先发给总部" in away


def test_while_quiet_everything_shows_as_off_and_only_quiet_can_be_touched() -> None:
    """A switch that shows on while nothing comes, or the other way round, is a lie."""
    scene = drawn(_session(ContactPage(), QUIET), USUAL)
    assert said(scene).split("\n").count("开") == 1
    assert said(scene).split("\n").count("关") == 12
    assert keys(scene) == {"contact", "language", "my-data", "do-not-disturb", "back", "done"}


def test_each_switch_shows_what_holds() -> None:
    """A consent nobody gave would look given."""
    scene = drawn(_session(ContactPage(), CHOOSY), USUAL)
    granted = sum(len(channels) for channels in WISHES.granted.values())
    assert said(scene).split("\n").count("开") == granted
    assert said(scene).split("\n").count("关") == 12 - granted + 1
    values = [button.value for button in buttons(scene) if button.key == "channel"]
    assert len(values) == len(set(values)) == 12


@pytest.mark.parametrize(
    ("per_month", "fewer", "more"),
    [
        (0, None, "1"),
        (1, "0", "2"),
        (2, "1", "4"),
        (3, "2", "4"),
        (8, "4", None),
        (None, "4", None),
    ],
)
def test_minus_and_plus_lead_to_hqs_next_step(
    per_month: int | None, fewer: str | None, more: str | None
) -> None:
    """A member who lowers it must end lower, also from a number HQ no longer offers."""
    visitor = Visitor(member(wishes=WISHES.model_copy(update={"per_month": per_month})), KEY)
    scene = drawn(_session(ContactPage(), visitor), USUAL)
    found = {button.says: button.value for button in buttons(scene) if button.key == "per-month"}
    assert (found.get("少一点"), found.get("多一点")) == (fewer, more)


def test_without_promotions_nothing_limits_them() -> None:
    """A slider for messages that never come only puzzles."""
    plain = tuple(one.model_copy(update={"promotion": False}) for one in MOST.purposes)
    around = with_rules(MOST.model_copy(update={"purposes": plain}))
    assert "per-month" not in keys(drawn(_session(ContactPage(), LOUD), around))


def test_open_requests_are_told_and_not_offered_again() -> None:
    """A second request of the same sort only makes HQ wonder."""
    (shot,) = [one for one in EVERY_WAY if one.name == "my-data-asked"]
    scene = scene_of(shot)
    assert [one.value for one in buttons(scene) if one.key == "data"] == ["show"]
    told = said(scene)
    assert "11 月18 日提出，总部正在处理" in told
    assert "总部已收到，正在处理" in told


def test_nothing_personal_is_on_these_pages() -> None:
    """Whoever stands behind must not read who it is, nor what they have."""
    for page in (ContactPage(), MyData(), MyData(erasing=True)):
        told = said(drawn(_session(page, CHOOSY), USUAL))
        assert not any(secret in told for secret in ("李女士", "12,680", "m-000001"))


def test_who_may_not_be_written_to_asks_at_the_counter() -> None:
    """An answer by message is promised to nobody who said no to messages."""
    open_, quiet = (said(drawn(_session(MyData(), who), USUAL)) for who in (CHOOSY, QUIET))
    assert "用您允许的方式答复" in open_
    assert "用您允许的方式答复" not in quiet
    assert "到收银台" in quiet


def _session(page: ContactPage | MyData, visitor: Visitor) -> Session:
    return Session(page=page, language=Language.ZH, trail=(Home(),), visitor=visitor, until_s=LEFT)

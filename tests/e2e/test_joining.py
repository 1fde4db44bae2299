"""Joining from the glass to HQ with real processes: offline, half-way, and the card laid again."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
import requests

from kiosk.app.desk import HOLD_OFF_S
from sim.hq.demo import fleet
from tests.e2e.rig import LINA, Road, road
from tests.waiting import WITHIN_S, soon

STRANGE = "04d2a4b6c81f90"
"""UID of a card that HQ has given to nobody."""

NAME, PHONE = "Anne", "13800138000"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


DRIFT_PX = 2
"""How far the picture may have moved meanwhile, against burn-in (kiosk/app/stage.py)."""

OFF_BY, MAX_SHARE = 40, 0.0005
"""What JPEG makes of a picture that moved; a letter is many pixels that are farther off."""


def picture(of: Road) -> pygame.Surface:
    """What is on the glass."""
    return pygame.image.load(io.BytesIO(of.glass.picture(None, None).jpeg))


def is_same(now: pygame.Surface, before: pygame.Surface) -> bool:
    """Whether nothing but the drift lies between two pictures."""
    moves = range(-DRIFT_PX, DRIFT_PX + 1)
    return any(_has_moved_by(now, before, (x, y)) for x in moves for y in moves)


def _has_moved_by(now: pygame.Surface, before: pygame.Surface, move: tuple[int, int]) -> bool:
    """A part is looked at first: the picture breathes, and must be caught while it rests."""
    inner = now.get_rect().inflate(-4 * DRIFT_PX, -4 * DRIFT_PX)
    parts = (pygame.Rect(inner.x, inner.y, inner.w, 120), inner)
    return all(_is_equal(now.subsurface(one), before.subsurface(one.move(move))) for one in parts)


def _is_equal(one: pygame.Surface, other: pygame.Surface) -> bool:
    same = pygame.transform.threshold(
        dest_surface=None,
        surface=one,
        search_color=None,
        threshold=(OFF_BY, OFF_BY, OFF_BY, 255),
        set_color=None,
        set_behavior=0,
        search_surf=other,
    )
    return 1 - same / (one.get_width() * one.get_height()) <= MAX_SHARE


def lay(on: Road, uid: str, name: str, *words: str) -> None:
    """Lay a card down for a moment, once it is no card any more that only wavered."""
    soon(lambda: time.monotonic() > on.lifted_s + HOLD_OFF_S, "the card to be a new one")
    on.chip.say(f"lay {uid} {uid}")
    on.wait_for(name, *words)
    on.chip.say("take all")
    on.lifted_s = time.monotonic()


def tells(on: Road, words: str) -> bool:
    """Whether the applicant's card tells this by now; the page is closed again."""
    lay(on, STRANGE, "applied")
    there = words in " ".join(on.scene()["texts"])
    on.press("done")
    on.wait_for("attract")
    return there


def opens(on: Road) -> bool:
    """Whether the card opens a member's page by now."""
    soon(lambda: time.monotonic() > on.lifted_s + HOLD_OFF_S, "the card to be a new one")
    on.chip.say(f"lay {STRANGE} {STRANGE}")
    scene = soon(lambda: on.scene() if on.scene().get("name") != "attract" else None, "a page")
    on.chip.say("take all")
    on.lifted_s = time.monotonic()
    on.press("done")
    on.wait_for("attract")
    return bool(scene["name"] == "home")


def begin(on: Road) -> None:
    """From the page that says what it takes to the name."""
    on.press("join-on")
    on.wait_for("joining-born")
    for wheel in ("year", "month", "day"):
        on.press("wheel", f"{wheel}:0")
    on.press("join-on")
    on.wait_for("writing", "怎么称呼您")


def type_name(on: Road) -> None:
    """In letters, as somebody from abroad would."""
    on.press("mode", "letters")
    for letter in NAME:
        on.press("key", letter)


def type_number(on: Road) -> None:
    """A mobile number of mainland China."""
    on.wait_for("writing", "手机号")
    for figure in PHONE:
        on.press("key", figure)
    on.press("use")


def at_hq(on: Road, act: str, **form: str) -> None:
    """What staff do at HQ with the one application there is."""
    (record,) = on.records("application")
    address = f"{on.hq.url}/applications/{record['payload']['application_id']}/{act}"
    requests.post(address, data=form, timeout=WITHIN_S).raise_for_status()


def test_the_card_of_an_applicant_becomes_a_member_s_own(whole: Road) -> None:
    """From the blank card to the member's page, and how far it is at each step in between."""
    lay(whole, STRANGE, "notice-unknown-card", "我还不是会员")
    whole.press("join")
    whole.wait_for("joining", "¥100", "¥300")
    begin(whole)
    type_name(whole)
    whole.press("use")
    type_number(whole)
    whole.wait_for("joining-group")
    whole.press("no-code")
    whole.wait_for("joining-confirm")
    whole.press("apply")
    whole.wait_for("joined")
    whole.press("done")
    whole.wait_for("attract")
    soon(lambda: whole.records("application"), "the application at HQ")
    store = fleet().tills[0].store
    at_hq(whole, "purchase", yuan="60", store=store)
    soon(lambda: tells(whole, "或累计再满 ¥240"), "the way that is left")
    at_hq(whole, "purchase", yuan="100", store=store)
    soon(lambda: tells(whole, "购物已经够了"), "that it is enough")
    at_hq(whole, "accept")
    soon(lambda: opens(whole), "the member's page")


def test_an_application_reaches_hq_once_it_is_back(whole: Road) -> None:
    """HQ away in between: said honestly, found again by its card, and sent once."""
    lay(whole, STRANGE, "notice-unknown-card", "我还不是会员")
    whole.fault(unreachable=True)
    whole.press("join")
    whole.wait_for("joining", "¥100", "¥300")
    begin(whole)
    type_name(whole)
    whole.press("use")
    type_number(whole)
    whole.wait_for("joining-group")
    whole.press("no-code")
    last = whole.wait_for("joining-confirm", "A*", "138****8000")
    assert not any(secret in " ".join(last["texts"]) for secret in (NAME, PHONE))
    whole.press("apply")
    whole.wait_for("joined", "这张卡就是您的会员卡")
    whole.press("done")
    whole.wait_for("attract")
    assert whole.records("application") == []
    lay(whole, STRANGE, "applied", "申请已收到")
    whole.press("done")
    whole.wait_for("attract")
    whole.fault(unreachable=False)
    (record,) = soon(lambda: whole.records("application"), "the application at HQ")
    said = record["payload"]
    assert (said["name"], said["phone"], said["marketing"]) == (NAME, PHONE, False)
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(whole.records("application")) == 1
    soon(lambda: tells(whole, "目前累计 ¥0"), "HQ's word on the applicant's card")


def test_walking_away_half_way_leaves_nothing_anywhere(whole: Road) -> None:
    """The next person would read a name, or HQ be told of somebody who thought better of it."""
    before = picture(whole)
    whole.press("join")
    whole.wait_for("joining")
    begin(whole)
    type_name(whole)
    whole.wait_for("writing", NAME)
    assert not is_same(picture(whole), before)
    lay(whole, LINA, "home", "李女士")
    assert NAME not in " ".join(whole.scene()["texts"])
    whole.press("done")
    whole.wait_for("attract")
    soon(lambda: is_same(picture(whole), before), "the picture of the attract screen")
    soon(lambda: whole.records("visit"), "the visit at HQ")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert whole.records("application") == []


def test_without_a_card_the_way_begins_on_the_attract_screen(whole: Road) -> None:
    """Who has no card yet would stand before a screen that only asks for one."""
    whole.press("join")
    whole.wait_for("joining", "没带卡")
    whole.press("done")
    whole.wait_for("attract")

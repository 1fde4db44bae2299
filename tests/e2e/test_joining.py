"""Joining from the glass to HQ with real processes: offline, half-way, and the card laid again."""

import requests

from tests.e2e.books import places_of, rows
from tests.e2e.pictures import attract, is_same, picture, wait_for_same
from tests.e2e.rig import LINA, Road
from tests.e2e.till import Till, key_of
from tests.waiting import WITHIN_S, soon

STRANGE = "04d2a4b6c81f90"
"""UID of a card that HQ has given to nobody."""

FIRST_CARD, NEXT_CARD = "04c3b5a7d92e81", "04e5d7c9fb4072"
"""UIDs of two more of them."""

NAME, PHONE = "Anne", "13800138000"

CHINESE, PINYIN = "王小明", "wangxiaoming"
HIS_PHONE = "13917262738"

ENOUGH_FEN = 10_000
"""One purchase of this makes a member (sim/demo/content/programme.json)."""


def lay(on: Road, uid: str, name: str, *words: str) -> None:
    """Lay a card down for a moment, once it is no card any more that only wavered."""
    on.hold_off()
    on.chip.say(f"lay {uid} {uid}")
    on.wait_for(name, *words)
    on.lift()


def tells(on: Road, uid: str, name: str, words: str) -> bool:
    """Whether the card opens this page by now, with these words; the page is closed again."""
    on.hold_off()
    on.chip.say(f"lay {uid} {uid}")
    scene = soon(lambda: found if (found := on.scene()).get("name") != "attract" else None, "page")
    on.lift()
    on.leave()
    return scene["name"] == name and words in " ".join(scene["texts"])


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
    on.type(NAME)


def apply_as(on: Road, phone: str) -> None:
    """From the name that was typed to the thanks."""
    on.press("use")
    on.wait_for("writing", "手机号")
    on.type(phone)
    on.press("use")
    on.wait_for("joining-group")
    on.press("no-code")
    last = on.wait_for("joining-confirm", phone[:3] + "****" + phone[-4:])
    told = " ".join(last["texts"])
    assert not any(secret in told for secret in (NAME, CHINESE, phone))
    on.press("apply")
    on.wait_for("joined", "这张卡就是您的会员卡")
    on.leave()


def board(on: Road) -> str:
    """HQ's board of applications."""
    return requests.get(f"{on.hq.url}/applications?lang=zh-CN", timeout=WITHIN_S).text


def test_an_application_reaches_hq_once_it_is_back(shared: Road) -> None:
    """HQ away in between: said honestly, found again by its card, and sent once."""
    lay(shared, STRANGE, "notice-unknown-card", "我还不是会员")
    shared.fault(unreachable=True)
    shared.press("join")
    shared.wait_for("joining", "¥100", "¥300")
    begin(shared)
    type_name(shared)
    apply_as(shared, PHONE)
    assert shared.records("application") == []
    lay(shared, STRANGE, "applied", "申请已收到")
    shared.leave()
    shared.fault(unreachable=False)
    (record,) = soon(lambda: shared.records("application"), "the application at HQ")
    said = record["payload"]
    assert (said["name"], said["phone"], said["marketing"]) == (NAME, PHONE, False)
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert len(shared.records("application")) == 1
    shared.catch_up()
    soon(
        lambda: tells(shared, STRANGE, "applied", "目前累计 ¥0"),
        "HQ's word on the applicant's card",
    )


def test_the_same_card_opens_the_members_page_once_hq_has_accepted(shared: Road) -> None:
    """A Chinese name in pinyin, a purchase, HQ's yes; later a new card takes its place."""
    lay(shared, FIRST_CARD, "notice-unknown-card", "我还不是会员")
    shared.press("join")
    shared.wait_for("joining")
    begin(shared)
    shared.write(PINYIN, CHINESE)
    apply_as(shared, HIS_PHONE)
    (record,) = soon(lambda: shared.records("application"), "the application at HQ")
    assert record["payload"]["name"] == CHINESE
    told = board(shared)
    assert f"<strong>{CHINESE[0]}*</strong>" in told
    assert "139****2738" in told
    assert CHINESE not in told
    Till(shared.hq.url).sell(FIRST_CARD, ENOUGH_FEN).raise_for_status()
    shared.catch_up()
    soon(lambda: tells(shared, FIRST_CARD, "applied", "购物已经够了"), "the purchase on the card")
    which = record["payload"]["application_id"]
    done = requests.post(f"{shared.hq.url}/applications/{which}/accept", {}, timeout=WITHIN_S)
    assert (done.status_code, done.history[0].status_code) == (200, 303)
    shared.catch_up()
    soon(lambda: tells(shared, FIRST_CARD, "home", "王"), "the member's page")
    replace_card(shared)
    shared.catch_up()
    soon(lambda: tells(shared, NEXT_CARD, "home", "王"), "the member's page by the new card")
    lay(shared, FIRST_CARD, "notice-card-replaced", "请用新卡")
    shared.leave()


def replace_card(on: Road) -> None:
    """Staff give the member of the first card the next one."""
    (card,) = rows(on, "SELECT member_id FROM card WHERE card_key = ?", key_of(FIRST_CARD))
    address = f"{on.hq.url}/members/{card['member_id']}/replace"
    answer = requests.post(address, {"card": NEXT_CARD}, timeout=WITHIN_S)
    answer.raise_for_status()


def test_of_somebody_too_young_nothing_is_kept_anywhere(whole: Road) -> None:
    """A child's name, number or day of birth would lie in a file of the kiosk's or of HQ's."""
    lay(whole, STRANGE, "notice-unknown-card")
    whole.press("join")
    whole.wait_for("joining")
    begin(whole)
    whole.write(PINYIN, CHINESE)
    whole.press("use")
    whole.wait_for("writing", "手机号")
    whole.type(HIS_PHONE)
    whole.press("use")
    whole.wait_for("joining-group")
    whole.press("no-code")
    whole.wait_for("joining-confirm")
    whole.press("join-change", "born")
    whole.wait_for("joining-born")
    for _ in range(2):
        whole.press("wheel", "year:+10")
    whole.press("join-on")
    told = whole.wait_for("too-young", "年满 18 周岁")
    assert "刚才填的没有保存" in " ".join(told["texts"])
    whole.leave()
    lay(whole, STRANGE, "notice-unknown-card")
    whole.leave()
    lay(whole, LINA, "home", "李女士")
    soon(lambda: whole.records("visit"), "the next visit at HQ")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert whole.records("application") == []
    whole.kill("kiosk")
    whole.kill("sync")
    whole.kill_hq()
    assert places_of(whole, key_of(LINA)) != []
    assert places_of(whole, CHINESE, HIS_PHONE, "2011-06-15", key_of(STRANGE), STRANGE) == []


def test_walking_away_half_way_leaves_nothing_anywhere(shared: Road) -> None:
    """The next person would read a name, or HQ be told of somebody who thought better of it."""
    before = attract(shared)
    shared.press("join")
    shared.wait_for("joining")
    begin(shared)
    type_name(shared)
    shared.wait_for("writing", NAME)
    assert not is_same(picture(shared), before)
    lay(shared, LINA, "home", "李女士")
    assert NAME not in " ".join(shared.scene()["texts"])
    shared.press("done")
    shared.wait_for("attract")
    wait_for_same(shared, before)
    soon(lambda: shared.records("visit"), "the visit at HQ")
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert shared.records("application") == []


def test_without_a_card_the_way_begins_on_the_attract_screen(shared: Road) -> None:
    """Who has no card yet would stand before a screen that only asks for one."""
    shared.press("join")
    shared.wait_for("joining", "没带卡")
    shared.leave()

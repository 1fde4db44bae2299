"""Going on with one's own phone, with real processes: the code on the glass opens HQ's form."""

import json
import re

import pygame
import pytest
import requests
import zxingcpp

from tests.e2e.books import places_of, rows
from tests.e2e.pictures import picture
from tests.e2e.rig import LINA, Road
from tests.e2e.till import Till
from tests.waiting import WITHIN_S, soon

STRANGE = "04d2a4b6c81f90"
"""UID of a card that HQ has given to nobody."""

WU = "04e4c61b8d2f8a"
"""吴婷."""

NAME, PHONE = "王小明", "13917262738"


@pytest.fixture
def phone() -> requests.Session:
    """A browser that keeps what HQ gives it to keep."""
    return requests.Session()


def scanned(of: Road) -> str:
    """The address in the code on the glass, as a phone's camera reads it."""
    on_glass = picture(of)
    width, height = on_glass.get_size()
    rgb = memoryview(pygame.image.tobytes(on_glass, "RGB")).cast("B", (height, width, 3))
    (code,) = zxingcpp.read_barcodes(rgb)
    return code.text


def shown_code(of: Road, form: str) -> str:
    """The address, once the page with the code is there; it is in no text on the page."""
    of.press("hand-over", form)
    scene = of.wait_for("hand-over", "10 分钟内打开有效")
    address = scanned(of)
    assert address.startswith(f"{of.hq.url}/form/")
    assert address.rpartition("/")[2] not in json.dumps(scene)
    return address


def opened(phone: requests.Session, address: str) -> str:
    """The form, once the kiosk's record has come to HQ."""

    def form() -> str | None:
        answer = phone.get(address, timeout=WITHIN_S)
        assert answer.status_code in (200, 202), answer.text
        return answer.text if answer.status_code == 200 else None

    return soon(form, "the form")


def send(browser: requests.Session, address: str, page: str, **filled: str) -> str:
    """Send the form in as a browser does; the page after it."""
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None, page
    answer = browser.post(address, {"token": token[1], **filled}, timeout=WITHIN_S)
    answer.raise_for_status()
    return answer.text


def test_a_form_opens_once_and_brings_its_value_to_hq(
    shared: Road, phone: requests.Session
) -> None:
    """A second phone would fill in, or read, somebody else's profile."""
    shared.tap(LINA)
    shared.press("profile")
    shared.wait_for("profile")
    address = shown_code(shared, "profile")
    page = opened(phone, address)
    assert "会员资料" in page
    other = requests.get(address, timeout=WITHIN_S)
    assert (other.status_code, "<form" in other.text) == (410, False)
    assert "另一部手机" in other.text
    assert "<form" in opened(phone, address)  # the same phone may look again
    thanks = send(phone, address, page, **{"q.phone": PHONE})
    assert "谢谢" in thanks
    who = Till(shared.hq.url).member(LINA)["member_id"]
    query = "SELECT value, source FROM profile_value WHERE member_id = ? AND field = 'phone'"
    assert rows(shared, query, who) == [{"value": json.dumps(PHONE), "source": "member"}]
    for browser in (phone, requests.Session()):
        assert "<form" not in browser.get(address, timeout=WITHIN_S).text
    assert places_of(shared, address.rpartition("/")[2]) == []
    shared.leave()
    shared.catch_up()
    soon(lambda: tells_of_phone(shared), "the number in the member's row, masked")


def tells_of_phone(of: Road) -> bool:
    """Whether the member's own profile on the glass knows of the number by now."""
    of.tap(LINA)
    of.press("profile")
    told = " ".join(of.wait_for("profile")["texts"])
    of.leave()
    return "139****2738" in told


def test_an_application_from_a_phone_is_found_by_its_card(
    shared: Road, phone: requests.Session
) -> None:
    """Who types a name on the phone would be asked for it again at the kiosk."""
    lay(shared, "notice-unknown-card")
    shared.press("join")
    shared.wait_for("joining")
    address = shown_code(shared, "joining")
    page = opened(phone, address)
    filled = {"name": NAME, "phone": PHONE, "born": "1990-05-17", "group_code": ""}
    assert "谢谢" in send(phone, address, page, **filled)
    board = requests.get(f"{shared.hq.url}/applications?lang=zh-CN", timeout=WITHIN_S).text
    assert f"<strong>{NAME[0]}*</strong>" in board
    shared.leave()

    def knows() -> bool:
        name = lay(shared, "applied", "notice-unknown-card")
        shared.leave()
        return name == "applied"

    shared.catch_up()
    soon(knows, "the applicant's card at the kiosk")


def lay(on: Road, *names: str) -> str:
    """Lay the strange card down for a moment; which of these pages it opens."""
    on.hold_off()
    on.chip.say(f"lay {STRANGE} {STRANGE}")
    name: str = soon(lambda: found if (found := on.scene()["name"]) in names else None, "a page")
    on.lift()
    return name


def test_a_child_on_a_phone_leaves_nothing(shared: Road, phone: requests.Session) -> None:
    """What the kiosk does not keep of a child, HQ's form must not keep either."""
    shared.press("join")
    shared.wait_for("joining")
    address = shown_code(shared, "joining")
    page = opened(phone, address)
    filled = {"name": "阮喆萱", "phone": "13700137001", "born": "2015-03-09", "group_code": ""}
    assert "没有保存" in send(phone, address, page, **filled)
    assert places_of(shared, "阮喆萱", "13700137001", "2015-03-09") == []


def test_nobody_is_sent_to_a_form_that_cannot_open(shared: Road) -> None:
    """HQ away, then back: a code for a form that HQ cannot show is worse than none."""
    shared.tap(WU)
    shared.press("profile")
    shared.wait_for("profile")
    assert shared.button("hand-over", "profile") is not None
    shared.fault(unreachable=True)
    soon(lambda: shared.button("hand-over") is None, "the offer to go")
    shared.fault(unreachable=False)
    soon(lambda: shared.button("hand-over", "profile"), "the offer to come back")
    shared.leave()


def test_a_link_that_is_too_old_opens_nothing(shared: Road, phone: requests.Session) -> None:
    """Whoever finds the photograph of a code in the evening would be in somebody's profile."""
    shared.tap(WU)
    shared.press("profile")
    shared.wait_for("profile")
    address = shown_code(shared, "profile")
    soon(lambda: shared.pending().count == 0, "an empty queue")
    requests.post(f"{shared.hq.url}/clock", {"step": "hour"}, timeout=WITHIN_S).raise_for_status()
    late = phone.get(address, timeout=WITHIN_S)
    assert (late.status_code, "<form" in late.text) == (410, False)
    assert "已过期" in late.text

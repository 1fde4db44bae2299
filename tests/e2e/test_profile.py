"""The profile from the glass to HQ and back with real processes; HQ may be away in between."""

import io
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from tests.e2e.rig import LINA, Road, road
from tests.waiting import soon

PHONE = "13812345678"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


def pixels(of: Road) -> bytes:
    """What is on the glass."""
    picture = pygame.image.load(io.BytesIO(of.glass.picture(None, None).jpeg))
    return pygame.image.tobytes(picture, "RGB")


def open_question(of: Road, name: str) -> None:
    """Open my profile and the sheet with this question, and the question."""
    of.press("profile")
    of.wait_for("profile", "我的资料")
    sheet = 0
    while of.button("profile-question", name) is None:
        sheet += 1
        of.press("sheet", str(sheet))
        of.wait_for("profile", f"{sheet + 1} /")
    of.press("profile-question", name)
    of.wait_for("profile-question")


def type_phone(of: Road) -> None:
    """Write the number on the keyboard and hand it over."""
    of.press("write-answer")
    of.wait_for("writing")
    for digit in PHONE:
        of.press("key", digit)
    of.press("use")
    of.wait_for("profile-question")


def test_an_answer_reaches_hq_once_it_is_back_and_comes_home_with_the_row(whole: Road) -> None:
    """HQ away in between: said honestly, kept, sent once, and known at every kiosk then."""
    whole.tap(LINA)
    whole.fault(unreachable=True)
    open_question(whole, "style")
    whole.press("answer", "1")
    whole.press("answer", "3")
    whole.press("save")
    whole.wait_for("profile", "简约、运动", "刚才已保存", "离线中")
    whole.leave()
    assert whole.records("profile_answer") == []
    whole.fault(unreachable=False)
    (record,) = soon(lambda: whole.records("profile_answer"), "the answer at HQ")
    payload = record["payload"]
    assert (payload["field"], payload["value"]) == ("style", ["plain", "sporty"])
    soon(lambda: whole.pending().count == 0, "an empty queue")

    def known_again() -> bool:
        """The row has come: the value stands there in words, by the member, with its day."""
        whole.tap(LINA)
        whole.press("profile")
        whole.wait_for("profile")
        whole.press("sheet", "1")
        told = " ".join(whole.wait_for("profile", "2 /")["texts"])
        whole.leave()
        return "简约、运动" in told and "您填写" in told

    soon(known_again, "the answer in the member's row")
    assert len(whole.records("profile_answer")) == 1


def test_a_number_is_masked_from_the_moment_it_is_saved(whole: Road) -> None:
    """Who stands behind would read it from the question, the thanks or the list."""
    whole.tap(LINA)
    open_question(whole, "phone")
    type_phone(whole)
    told = list(whole.scene()["texts"])
    whole.press("save")
    told += whole.wait_for("profile", "138****5678", "刚才已保存")["texts"]
    assert PHONE not in "".join(told).replace(" ", "")
    (record,) = soon(lambda: whole.records("profile_answer"), "the number at HQ")
    assert record["payload"]["value"] == PHONE


def test_walking_away_leaves_neither_a_record_nor_anything_to_read(whole: Road) -> None:
    """The next person would find a stranger's number, or HQ one that was not meant."""
    before = pixels(whole)
    whole.tap(LINA)
    open_question(whole, "phone")
    type_phone(whole)
    whole.press("done")
    told = " ".join(whole.wait_for("attract")["texts"]).replace(" ", "")
    assert PHONE not in told
    assert "李女士" not in told
    soon(lambda: pixels(whole) == before, "the picture of the attract screen")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert whole.records("profile_answer") == []

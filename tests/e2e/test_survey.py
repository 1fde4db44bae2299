"""A survey from the glass to HQ with real processes; the member may walk away half-way."""

import io
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from tests.e2e.rig import LINA, Road, road
from tests.waiting import soon

SURVEY = "post_purchase"


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


def at_rest(of: Road) -> bytes:
    """What is on the glass while the hint at the reader rests: the same picture twice."""
    return soon(lambda: one if (one := pixels(of)) == pixels(of) else b"", "a picture at rest")


def opened(whole: Road) -> None:
    """李娜 opens the survey about her last purchase."""
    whole.tap(LINA)
    whole.press("survey", SURVEY)
    whole.wait_for("survey", "第 1 题")


def unhappy(whole: Road) -> None:
    """She was not content, and says with what."""
    opened(whole)
    whole.press("answer", "1")
    whole.wait_for("survey", "哪方面不满意")
    whole.press("answer", "0")


def test_a_survey_reaches_hq_once_it_is_back_and_nothing_of_it_stays(whole: Road) -> None:
    """HQ away in between: the survey goes on as ever, the record waits, and comes once."""
    whole.fault(unreachable=True)
    unhappy(whole)
    whole.press("next")
    whole.wait_for("survey", "愿意接受回访吗")
    whole.press("answer", "1")
    whole.wait_for("survey", "会推荐给朋友吗")
    whole.press("answer", "3")
    whole.wait_for("survey", "有什么建议")
    whole.press("next")
    thanks = whole.wait_for("survey-thanks", "20 分，总部收到后到账")
    told = " ".join(thanks["texts"])
    assert not any(word in told for word in ("产品质量", "不满意"))
    whole.wait_for("home", "李女士")
    assert whole.button("survey") is None
    whole.press("done")
    whole.wait_for("attract")
    assert whole.records("survey_response") == []
    whole.fault(unreachable=False)
    (record,) = soon(lambda: whole.records("survey_response"), "the answer at HQ")
    said = record["payload"]
    assert said["answers"] == {
        "overall": 2,
        "cause": ["product_quality"],
        "contact_me": "no",
        "nps": 3,
        "nps_band": "detractor",
        "needs_callback": True,
    }
    assert (said["complete"], said["anonymous"]) == (True, False)
    assert said["purchase"]
    assert set(said["seconds"]) == {"overall", "cause", "contact_me", "nps"}
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(whole.records("survey_response")) == 1


def test_walking_away_half_way_leaves_the_answers_and_nothing_to_read(whole: Road) -> None:
    """The next person would read what she thinks of the store, and HQ would never hear of it."""
    before = at_rest(whole)
    unhappy(whole)
    whole.press("done")
    scene = whole.wait_for("attract")
    told = " ".join(scene["texts"])
    assert not any(word in told for word in ("李女士", "产品质量", "不满意"))
    soon(lambda: pixels(whole) == before, "the picture of the attract screen")
    (record,) = soon(lambda: whole.records("survey_response"), "the answer at HQ")
    said = record["payload"]
    assert said["complete"] is False
    assert (said["answers"]["overall"], said["answers"]["cause"]) == (2, ["product_quality"])


def test_the_kiosk_dies_in_a_survey_and_stands_up_without_it(whole: Road) -> None:
    """What was not sent is not on any disk: nobody finds half an answer of a stranger."""
    unhappy(whole)
    whole.kill("kiosk")
    whole.start("kiosk")
    whole.ready()
    told = " ".join(whole.wait_for("attract")["texts"])
    assert "不满意" not in told
    opened(whole)
    whole.press("answer", "4")
    whole.wait_for("survey", "会推荐给朋友吗")

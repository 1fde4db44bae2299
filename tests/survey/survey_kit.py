"""Surveys for the screens: one question of every kind, and how to come to each of them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from kiosk.model.asking import Purchase
from kiosk.model.text import Language
from kiosk.session import answering
from kiosk.session.states import Asking, Survey
from kiosk.session.world import World
from kiosk.survey.check import check
from kiosk.survey.document import Document
from tests.factories import NOW, STORE, world

WORLD = world()
ID = UUID("01937a00-0000-7000-8000-0000000000b1")
DEMO = Path(__file__).parents[2] / "sim" / "demo" / "content" / "surveys"
BOUGHT = Purchase.model_validate(
    {"purchase": "p-77", "on": NOW.date().replace(day=20), "store_id": STORE, "items": 2}
)

STYLES = (
    ("commuter", "通勤", "Office", "tag"),
    ("plain", "简约", "Plain", "leaf"),
    ("casual", "休闲", "Casual", "shirt"),
    ("sporty", "运动", "Sporty", "activity"),
    ("elegant", "优雅", "Elegant", "crown"),
    ("vintage", "复古", "Vintage", "star"),
    ("outdoor", "户外", "Outdoor", "globe"),
    ("homewear", "居家", "Home", "home"),
)
SIZES = ("XS", "S", "M", "L", "XL", "XXL", "XXXL")


def both(zh: str, en: str) -> dict[str, str]:
    """A text in both languages, as a survey has it."""
    return {"default": en, "zh-cn": zh}


def choice(value: Any, zh: str, en: str, **more: Any) -> dict[str, Any]:
    """One answer to choose."""
    return {"value": value, "text": both(zh, en), **more}


def asks(type_: str, name: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    """One question."""
    return {"type": type_, "name": name, "title": both(zh, en), **more}


MOODS = [
    choice(1, "很不满意", "Very bad"),
    choice(2, "不满意", "Bad"),
    choice(3, "一般", "So-so"),
    choice(4, "满意", "Good"),
    choice(5, "非常满意", "Very good"),
]
CAUSES = [
    choice("quality", "产品质量", "Product quality"),
    choice("attitude", "服务态度", "Staff attitude"),
    choice("slow", "售后答复慢", "Slow after-sales reply"),
    choice("changed", "买后不合适", "It did not suit me"),
]

ALL_KINDS = (
    asks(
        "rating",
        "overall",
        "今天的购物满意吗？",
        "How was your shopping today?",
        rateType="smileys",
        scaleColorMode="colored",
        rateValues=MOODS,
        isRequired=True,
    ),
    asks(
        "rating",
        "nps",
        "会推荐给朋友吗？",
        "How likely are you to recommend us to a friend?",
        rateMin=0,
        rateMax=10,
        displayMode="buttons",
        minRateDescription=both("完全不会", "Not at all likely"),
        maxRateDescription=both("一定会", "Extremely likely"),
    ),
    asks("radiogroup", "reason", "主要是哪方面？", "What was it about?", choices=CAUSES),
    asks(
        "checkbox",
        "cause",
        "哪些方面可以更好？",
        "What could be better?",
        choices=CAUSES,
        maxSelectedChoices=3,
    ),
    asks(
        "imagepicker",
        "style",
        "平时最常穿哪种风格？",
        "Which styles do you wear most?",
        choices=[choice(one, zh, en, imageLink=f"icon:{icon}") for one, zh, en, icon in STYLES],
        multiSelect=True,
    ),
    asks(
        "text",
        "phone",
        "您的手机号是？",
        "Your mobile number?",
        inputType="tel",
        isRequired=True,
        description=both("只用来给您回电。", "Only to call you back."),
    ),
    asks(
        "boolean",
        "fitting",
        "试衣间用着方便吗？",
        "Was the fitting room easy to use?",
        labelTrue=both("方便", "Yes"),
        labelFalse=both("不方便", "No"),
    ),
    asks(
        "imagepicker",
        "gift",
        "下一件礼品您想要哪个？",
        "Which gift would you like next?",
        choices=[
            choice("tote", "帆布袋", "Canvas tote", imageLink="canvas-tote"),
            choice("scarf", "羊毛围巾", "Wool scarf", imageLink="wool-scarf"),
            choice("umbrella", "晴雨伞", "Umbrella", imageLink="umbrella"),
            choice("socks", "棉袜", "Cotton socks", imageLink="cotton-socks"),
        ],
    ),
    asks(
        "rating", "stars", "给陈列打几颗星？", "How many stars for the display?", rateType="stars"
    ),
    asks("dropdown", "size", "您平时穿什么尺码？", "Which size do you wear?", choices=list(SIZES)),
    asks("text", "day", "哪天方便试穿？", "Which day suits you?", inputType="date"),
    asks(
        "rating",
        "ease",
        "找到想要的商品容易吗？",
        "Was it easy to find what you wanted?",
        rateType="smileys",
        rateMax=10,
        minRateDescription=both("很难", "Very hard"),
        maxRateDescription=both("很容易", "Very easy"),
    ),
    {
        "type": "html",
        "name": "thanks",
        "html": both("最后一题，随便说说都可以。", "One last question; anything you like."),
    },
    asks("comment", "ideas", "还有什么建议？", "Any suggestion?", maxLength=200),
)


def document(*elements: Mapping[str, Any], **more: Any) -> Document:
    """A survey that asks these on one page."""
    given = {
        "id": "kinds",
        "version": 2,
        "kind": "satisfaction",
        "reward_points": 20,
        "anonymous_allowed": False,
        "survey": {"pages": [{"name": "p1", "elements": list(elements)}]},
    }
    checked = check(given | more)
    assert checked.document is not None, checked.troubles
    return checked.document


KINDS = document(*ALL_KINDS)


@cache
def demo(name: str) -> Document:
    """One of the demonstration's surveys."""
    checked = check(json.loads((DEMO / f"{name}.json").read_text("utf-8")))
    assert checked.document is not None, checked.troubles
    return checked.document


DEMOS = tuple(sorted(path.stem for path in DEMO.glob("*.json")))


def put(of: Document, name: str, around: World = WORLD, language: Language = Language.ZH) -> Asking:
    """The survey at this question, the ones before it skipped or answered with their first."""
    asking = answering.begin(of, language, around)
    assert asking is not None
    for _ in range(100):
        if asking.question == name:
            return asking
        answered = answering.forward(asking, around)
        if answered.faults:
            answered = answering.forward(filled(asking, around), around)
        asking = answered
    raise AssertionError(f"{name} is never asked")


def filled(asking: Asking, around: World = WORLD) -> Asking:
    """The question with some answer that will do."""
    for value in ("0", "yes"):
        chosen = answering.choose(asking, value, around)
        if chosen is not asking:
            return chosen
    return answering.write_text(asking, "13812345678", around)


def survey_at(name: str, of: Document = KINDS, *touches: str, **more: Any) -> Survey:
    """A page of the survey at this question, after these touches on its answers."""
    asking = put(of, name)
    for value in touches:
        asking = answering.choose(asking, value, WORLD)
    return Survey(asking, ID, **more)

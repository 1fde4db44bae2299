"""A profile as a store would publish it: basics, clothes, habits; and members at its stages."""

from datetime import date
from typing import Any

from kiosk.content import Content
from kiosk.model.asking import Known, Source
from kiosk.survey.check import check
from kiosk.survey.document import Document
from tests.factories import content

HARD, SOFT = {"class": "hard"}, {"class": "soft"}
PERSONAL = {"sensitivity": "personal"}


def words(zh: str, en: str) -> dict[str, str]:
    """A text as SurveyJS has it."""
    return {"default": en, "zh-cn": zh}


def why(zh: str, en: str) -> dict[str, dict[str, str]]:
    """What the member gains."""
    return {"why": {"zh-CN": zh, "en": en}}


def one(name: str, zh: str, en: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    """One question."""
    return {"type": type_, "name": name, "title": words(zh, en), **more}


def choice(value: str, zh: str, en: str, icon: str = "") -> dict[str, Any]:
    """One answer to choose."""
    picture = {"imageLink": f"icon:{icon}"} if icon else {}
    return {"value": value, "text": words(zh, en), **picture}


def stage(
    id_: str,
    title: dict[str, str],
    questions: tuple[dict[str, Any], ...],
    notes: dict[str, dict[str, Any]],
    points: int,
) -> Document:
    """A stage with a page a question."""
    pages = [{"name": f"page_{question['name']}", "elements": [question]} for question in questions]
    survey = {"title": title, "clearInvisibleValues": "onHidden", "pages": pages}
    document = {"id": id_, "version": 1, "kind": "profile", "partial": "discard"}
    checked = check(document | {"reward_points": points, "questions": notes, "survey": survey})
    assert checked.document is not None, checked.troubles
    return checked.document


BASICS = stage(
    "profile_1",
    words("基本信息", "Basics"),
    (
        one("name", "怎么称呼您？", "What may we call you?"),
        one("phone", "您的手机号？", "Your mobile number?", inputType="tel"),
        one("birthday", "您的生日是哪一天？", "When is your birthday?", inputType="date"),
        one(
            "address",
            "礼品寄到哪里方便？",
            "Where may we send gifts?",
            description=words("写到街道或小区就可以", "Street or estate is enough"),
        ),
    ),
    {
        "name": HARD | PERSONAL | why("到店时能正确地称呼您", "So that we greet you rightly"),
        "phone": HARD | PERSONAL | why("忘带卡也能用", "Works without your card"),
        "birthday": HARD
        | PERSONAL
        | why("生日月送您一张 7 折券", "A 30% voucher in your birthday month"),
        "address": HARD | PERSONAL | why("礼品直接寄给您", "Gifts come by post"),
    },
    30,
)

STYLES = (
    choice("commuter", "通勤", "Commuter", "briefcase"),
    choice("plain", "简约", "Plain", "hanger"),
    choice("casual", "休闲", "Casual", "shirt"),
    choice("sporty", "运动", "Sporty", "runner"),
    choice("elegant", "优雅", "Elegant", "dress"),
    choice("vintage", "复古", "Vintage", "glasses"),
    choice("outdoor", "户外", "Outdoor", "mountain"),
    choice("homewear", "居家", "Homewear", "armchair"),
)
SIZES = tuple(choice(size.lower(), size, size) for size in ("XS", "S", "M", "L", "XL", "XXL"))

CLOTHES = stage(
    "profile_2",
    words("全面信息", "About your clothes"),
    (
        one("size", "您平时穿什么尺码？", "What size do you wear?", "radiogroup", choices=SIZES),
        one(
            "style",
            "平时最常穿哪种风格？",
            "Which style do you wear most?",
            "imagepicker",
            multiSelect=True,
            description=words("可选 1 到 2 种", "Choose 1 or 2"),
            validators=[
                {
                    "type": "answercount",
                    "minCount": 1,
                    "maxCount": 2,
                    "text": words("请选 1 到 2 种", "Please choose 1 or 2"),
                }
            ],
            choices=STYLES,
        ),
        one(
            "work",
            "您的工作更接近哪一种？",
            "What kind of work do you do?",
            "radiogroup",
            choices=(
                choice("office", "办公室", "Office"),
                choice("service", "服务、销售", "Service, sales"),
                choice("own", "自己经营", "Own business"),
                choice("other", "其他", "Something else"),
            ),
        ),
    ),
    {
        "size": HARD | why("到货时先看有没有您的尺码", "We look out for your size"),
        "style": SOFT
        | {"weight": 3}
        | why(
            "合您风格的新款到店，我们先告诉您，不作他用",
            "You hear first when your style comes in; used for nothing else",
        ),
        "work": SOFT | why("推荐适合您工作场合的衣服", "Clothes that suit where you work"),
    },
    50,
)

HABITS = stage(
    "profile_3",
    words("兴趣和习惯", "Interests and habits"),
    (
        one("idea", "您最想在店里看到什么？", "What would you like to find here?", "comment"),
        one("with_friend", "您常和朋友一起逛街吗？", "Do you shop with friends?", "boolean"),
    ),
    {
        "idea": SOFT | {"weight": 2} | why("我们照着进货", "We stock what you ask for"),
        "with_friend": SOFT | why("同伴也有座位和优惠", "Seats and offers for two"),
    },
    50,
)

STAGES = (BASICS, CLOTHES, HABITS)


def with_profile(**changes: Any) -> Content:
    """The usual content with the three stages."""
    return content(surveys=STAGES, **changes)


def known(
    field: str, shown: str, on: date = date(2026, 3, 4), source: Source = Source.MEMBER
) -> Known:
    """A value as HQ's row tells of it."""
    return Known(field=field, shown=shown, source=source, on=on)


BEGUN = (
    known("name", "李*"),
    known("phone", "138****5678"),
    known("birthday", "on file"),
    known("size", "m", date(2025, 11, 2), Source.STAFF),
    known("work", "office", date(2026, 6, 1)),
    known("with_friend", "true", date(2024, 5, 20), Source.IMPORT),
)
"""Nearly half of it is told."""

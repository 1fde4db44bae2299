"""Golden pictures of the one question that the member's page asks."""

from dataclasses import replace
from datetime import date
from typing import Any

from kiosk.model.asking import Known, Purchase, Source
from kiosk.model.ledger import Expiring
from kiosk.model.members import Case
from kiosk.session.states import Attract, Home, Visitor
from kiosk.survey.document import Document
from kiosk.ui.pieces import Corner
from tests.factories import KEY, STORE, claim, content, local, member, verdict, voucher, world
from tests.golden.shots import Shot


def survey(id_: str, kind: str, **changes: Any) -> Document:
    """A survey of faces, a number and words."""
    pages = [
        {"name": "p1", "elements": [_rating("overall", "今天的购物满意吗？", "How was it?")]},
        {"name": "p2", "elements": [_rating("again", "还会再来吗？", "Will you come again?")]},
    ]
    form = {"pages": pages, "title": {"zh-cn": "春天您想看什么？", "default": "Spring: your wish"}}
    values = {"id": id_, "version": 1, "kind": kind, "reward_points": 20, "survey": form}
    return Document.model_validate(values | changes)


def _rating(name: str, zh: str, en: str) -> dict[str, Any]:
    title = {"zh-cn": zh, "default": en}
    return {"type": "rating", "name": name, "rateType": "smileys", "title": title}


def stage() -> Document:
    """A stage of the profile that asks what somebody likes to wear."""
    title = {"zh-cn": "您平时喜欢哪种风格？", "default": "Which style do you like?"}
    style = {
        "type": "radiogroup",
        "name": "style",
        "title": title,
        "choices": [{"value": "plain", "text": {"zh-cn": "简约", "default": "Plain"}}],
    }
    size = {**style, "name": "size", "title": {"zh-cn": "尺码？", "default": "Which size?"}}
    form = {"pages": [{"name": "p", "elements": [style, size]}]}
    notes = {"style": {"class": "soft"}, "size": {"class": "soft"}}
    values = {"id": "profile_stage_1", "version": 1, "kind": "profile", "reward_points": 50}
    return Document.model_validate({**values, "questions": notes, "survey": form})


AFTER = survey("after", "satisfaction", audience={"after_purchase_days": [0, 30]})
VOTE = survey("spring", "vote", reward_points=0, anonymous_allowed=True)
ASKS = world(content=content(surveys=(AFTER, VOTE, stage())))
AWAY = replace(ASKS, hq_reachable=False)
VOTES = world(content=content(surveys=(VOTE,)))
FILLS_IN = world(content=content(surveys=(stage(),)))

YESTERDAY = Purchase(purchase="p-1", on=date(2026, 11, 20), store_id=STORE, items=2)
BOUGHT = {"vouchers": (voucher(),), "purchases": (YESTERDAY,)}
BUYER = Visitor(member(**BOUGHT), KEY)
SOON = (Expiring(points=1_500, last_day=date(2026, 11, 30)),)
OPEN = (Case(case_id="c-1", cause_id="product", opened=date(2026, 11, 18), step=3),)
BUSY = Visitor(member(**BOUGHT, expiring=SOON, cases=OPEN), KEY, (claim(verdict=verdict()),))
POOR = Visitor(
    member(
        points=0,
        tier="standard",
        called=local("王先生", "Mr W."),
        purchases=(YESTERDAY.model_copy(update={"on": date(2026, 11, 2)}),),
    ),
    KEY,
)
KNOWN = (Known(field="size", shown="m", source=Source.MEMBER, on=date(2026, 11, 1)),)
TELLS = Visitor(member(vouchers=(voucher(),), known=KNOWN), KEY)

EVERY_WAY = (
    Shot("home-asks", Home(), ASKS, visitor=BUYER),
    Shot("home-asks-offline", Home(), AWAY, visitor=BUYER),
    Shot("home-asks-busy", Home(), AWAY, visitor=BUSY),
    Shot("home-asks-no-points", Home(), ASKS, visitor=POOR),
    Shot("home-votes", Home(), VOTES),
    Shot("home-asks-profile", Home(), FILLS_IN, visitor=TELLS),
    Shot("attract-votes", Attract(), VOTES),
)

STANDING_ONLY = (
    Shot("home-asks-big-text", Home(), ASKS, visitor=BUYER, big_text=True),
    Shot("home-asks-high-contrast", Home(), ASKS, visitor=BUYER, theme="high-contrast"),
    Shot("attract-votes-big-text", Attract(), VOTES, big_text=True),
    *(
        Shot(f"attract-votes-reader-{corner.value}", Attract(), VOTES, corner=corner)
        for corner in (Corner.TOP_LEFT, Corner.BELOW)
    ),
)

"""Golden pictures of choosing a reward: the ladder, and one reward looked at closely."""

from dataclasses import replace
from datetime import date

from kiosk.model.members import PinState
from kiosk.model.programme import RewardKind, Tint
from kiosk.model.rules import OfflineRule
from kiosk.session.states import Detail, Home, Ladder, Visitor
from tests.factories import (
    KEY,
    STORE,
    claim,
    content,
    local,
    member,
    programme,
    redeeming,
    reward,
    rewards,
    world,
)
from tests.golden.shots import LINA, OFFLINE, Shot

MANY = (
    *rewards(),
    reward(
        reward_id="linen-shirt",
        name=local("亚麻衬衫", "Linen shirt"),
        points=13_800,
        worth_fen=31_900,
        picture="linen-shirt",
        tint=Tint.MINT,
        size=local("S 至 XL", "S to XL"),
        stock={STORE: 3},
    ),
    reward(
        reward_id="leather-belt",
        name=local("牛皮腰带", "Leather belt"),
        points=16_000,
        worth_fen=36_900,
        picture="leather-belt",
        tint=Tint.SAND,
    ),
    reward(
        reward_id="umbrella",
        name=local("晴雨伞", "Umbrella"),
        points=3_600,
        worth_fen=8_900,
        picture="umbrella",
        tint=Tint.SKY,
        stock={"sh-xh-02": 4},
    ),
    reward(
        reward_id="silk-tie",
        name=local("真丝领带", "Silk tie"),
        points=6_000,
        worth_fen=19_900,
        picture="silk-tie",
        tint=Tint.ROSE,
        tiers=("silver",),
    ),
    reward(
        reward_id="hand-cream",
        name=local("护手霜", "Hand cream"),
        points=800,
        worth_fen=1_900,
        picture="hand-cream",
        tint=Tint.PEACH,
        per_member=1,
        available_to=date(2026, 12, 31),
    ),
)
FULL = world(content=content(rewards=MANY))
FULL_OFFLINE = replace(FULL, hq_reachable=False)
HAD = Visitor(member(redeemed={"hand-cream": 1}), KEY)
POOR = Visitor(member(points=900, tier="standard"), KEY)
NEW = Visitor(member(pin=PinState.NONE), KEY)
BLOCKED = Visitor(member(pin=PinState.BLOCKED), KEY)
ASKED = Visitor(member(), KEY, (claim(),))
HANDS_OUT = replace(
    OFFLINE,
    directory_as_of=OFFLINE.local_now,
    content=content(
        rewards=(reward(offline=True),),
        programme=programme(
            redeeming=redeeming(offline=OfflineRule(allowed=True, points_per_member=3_000))
        ),
    ),
)
TRUSTED = Visitor(member(offline_allowance={HANDS_OUT.kiosk_id: 3_000}), KEY)
FROM_LADDER = (Home(), Ladder())

EVERY_WAY = (
    Shot("ladder", Ladder(), FULL, HAD, trail=(Home(),)),
    Shot("ladder-second-sheet", Ladder(sheet=1), FULL, HAD, trail=(Home(),)),
    Shot("ladder-half-price", Ladder(RewardKind.HALF_PRICE), FULL, trail=(Home(),)),
    Shot("ladder-nothing-within", Ladder(), FULL, POOR, trail=(Home(),)),
    Shot("ladder-offline", Ladder(), FULL_OFFLINE, HAD, trail=(Home(),)),
    Shot("ladder-empty", Ladder(), world(content=content(rewards=())), trail=(Home(),)),
    Shot("detail", Detail("canvas-tote"), FULL, trail=FROM_LADDER),
    Shot("detail-with-money", Detail("trench-coat"), FULL, trail=FROM_LADDER),
    Shot("detail-not-enough", Detail("linen-shirt"), FULL, trail=FROM_LADDER),
    Shot("detail-out-of-stock", Detail("umbrella"), FULL, trail=FROM_LADDER),
    Shot("detail-reserve", Detail("canvas-tote"), FULL_OFFLINE, trail=FROM_LADDER),
    Shot("detail-no-pin", Detail("canvas-tote"), FULL, NEW, trail=FROM_LADDER),
)

STANDING_ONLY = (
    Shot("detail-issue", Detail("canvas-tote"), HANDS_OUT, TRUSTED, trail=FROM_LADDER),
    Shot("detail-other-tier", Detail("silk-tie"), FULL, trail=FROM_LADDER),
    Shot("detail-had", Detail("hand-cream"), FULL, HAD, trail=FROM_LADDER),
    Shot("detail-limited", Detail("hand-cream"), FULL, trail=FROM_LADDER),
    Shot("detail-unsettled", Detail("wool-scarf"), FULL, ASKED, trail=FROM_LADDER),
    Shot("detail-pin-blocked", Detail("canvas-tote"), FULL, BLOCKED, trail=FROM_LADDER),
    Shot("detail-gone", Detail("gone"), FULL, trail=FROM_LADDER),
    Shot("detail-big-text", Detail("canvas-tote"), FULL, trail=FROM_LADDER, big_text=True),
    Shot("detail-high-contrast", Detail("canvas-tote"), FULL, LINA, theme="high-contrast"),
    Shot("ladder-big-text", Ladder(), FULL, HAD, trail=(Home(),), big_text=True),
    Shot("ladder-high-contrast", Ladder(), FULL, HAD, theme="high-contrast"),
)

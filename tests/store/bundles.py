"""Content bundles for the store's tests, whole and spoilt."""

import struct
import zipfile
from pathlib import Path
from typing import Any

from kiosk.model.wire import ContentManifest
from kiosk.store.disk import digest_of

BUILT_IN = frozenset({"canvas-tote", "gift"})
"""Pictures the kiosk has itself."""

ICONS = frozenset({"gift", "cake"})
"""Icons the kiosk has itself."""

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 64, 48, 8, 6, 0, 0, 0)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 48, 64) + bytes(8)

PROGRAMME = """{
 "version": 3,
 "chain": {"zh-CN": "悦享", "en": "Yuexiang"},
 "tiers": [
  {"tier_id": "standard", "name": {"zh-CN": "普通卡", "en": "Standard"},
   "look": "standard", "today": {"zh-CN": "会员价", "en": "Member prices"},
   "benefits": [{"icon": "gift", "words": {"zh-CN": "换礼品", "en": "Gifts"}}]},
  {"tier_id": "silver", "name": {"zh-CN": "银卡", "en": "Silver"},
   "look": "silver", "today": {"zh-CN": "会员价", "en": "Member prices"},
   "condition": {"reach_fen": 200000, "keep_fen": 100000, "months": 12}}
 ],
 "redeeming": {
  "hold_minutes": 15, "reservation_hours": 24,
  "pin": {"digits": 4, "tries": 5, "key_id": "test",
   "x25519": "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
 },
 "events": [
  {"event_id": "md-11", "on": "2026-11-28", "tiers": ["silver"], "stores": ["sh-1"],
   "name": {"zh-CN": "会员日", "en": "Member day"}, "badge": {"zh-CN": "双倍", "en": "Twice"}}
 ],
 "point_worth_milli_fen": 1000,
 "earn_fen_per_point": 100,
 "joining": {"single_purchase_fen": 10000, "total_purchases_fen": 30000, "minimum_age_years": 18},
 "hotlines": [{"name": {"zh-CN": "客服", "en": "Service"}, "number": "400 800 0000"}]
}
"""

REWARDS = """{
 "rewards": [
  {
   "reward_id": "tote",
   "kind": "gift",
   "name": {"zh-CN": "购物袋", "en": "Tote"},
   "short_name": {"zh-CN": "袋", "en": "tote"},
   "points": 2400,
   "worth_fen": 3900,
   "picture": "canvas-tote",
   "tint": "mint",
   "tiers": ["standard"],
   "stock": {"sh-1": 12}
  },
  {
   "reward_id": "scarf",
   "kind": "gift",
   "name": {"zh-CN": "围巾", "en": "Scarf"},
   "short_name": {"zh-CN": "围巾", "en": "scarf"},
   "points": 5000,
   "worth_fen": 12800,
   "picture": "scarf",
   "tint": "rose"
  }
 ]
}
"""

STORES = """{
 "stores": [
  {"store_id": "sh-1", "name": {"zh-CN": "静安店", "en": "Jing'an"}}
 ]
}
"""

ATTRACT = """{
 "headline_call": {"zh-CN": "刷卡", "en": "Tap"},
 "headline_promise": {"zh-CN": "看积分", "en": "see your points"},
 "line": {"zh-CN": "会员卡", "en": "Your card"},
 "frames": [
  {"title": {"zh-CN": "今天", "en": "Today"},
   "items": [
    {"picture": "gift", "tint": "sky", "name": {"zh-CN": "礼", "en": "Gift"},
     "line": {"zh-CN": "好礼", "en": "Gifts"}},
    {"picture": "scarf", "tint": "sky", "name": {"zh-CN": "礼", "en": "Gift"},
     "line": {"zh-CN": "好礼", "en": "Gifts"}}
   ]}
 ]
}
"""

CARE = """{
 "complaints": {
  "causes": [
   {"cause_id": "product", "icon": "gift", "tint": "mint",
    "words": {"zh-CN": "商品问题", "en": "The product"},
    "line": {"zh-CN": "质量", "en": "quality"},
    "reasons": [{"choice_id": "other", "words": {"zh-CN": "其他", "en": "Other"}}]}
  ],
  "steps": [
   {"zh-CN": "收到", "en": "Received"}, {"zh-CN": "倾听", "en": "Heard"},
   {"zh-CN": "分析", "en": "Looked into"}, {"zh-CN": "说明", "en": "Explained"},
   {"zh-CN": "解决", "en": "Solved"}, {"zh-CN": "回访", "en": "Followed up"}
  ]
 },
 "contact": {
  "text_version": 1,
  "purposes": [
   {"purpose_id": "points", "words": {"zh-CN": "积分", "en": "Points"},
    "line": {"zh-CN": "到期前", "en": "ahead"}, "channels": ["sms"]}
  ],
  "frequencies": [
   {"per_month": 0, "words": {"zh-CN": "不发", "en": "none"}},
   {"per_month": 2, "words": {"zh-CN": "2 次", "en": "2"}}
  ],
  "hours": [
   {"choice_id": "any", "words": {"zh-CN": "都可以", "en": "Any time"}},
   {"choice_id": "day", "words": {"zh-CN": "白天", "en": "Daytime"}}
  ]
 }
}
"""


def whole(**changed: str | bytes) -> dict[str, str | bytes]:
    """A bundle's files; the documents by their names without `.json`."""
    documents = {"programme": PROGRAMME, "rewards": REWARDS, "stores": STORES, "attract": ATTRACT}
    documents["care"] = CARE
    named = {f"{name}.json": text for name, text in (documents | changed).items()}
    return {**named, "pictures/scarf.png": PNG}


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    """A ZIP file of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def announced(path: Path, version: int, **changed: Any) -> ContentManifest:
    """The manifest that fits this file."""
    fitting = {
        "version": version,
        "size_bytes": path.stat().st_size,
        "blake2b_256": digest_of(path),
    }
    return ContentManifest.model_validate(fitting | changed)

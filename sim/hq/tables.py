"""The tables of HQ's database."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

_ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives numbers by itself only to a column declared INTEGER."""

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""Counters: `head` is the last commit sequence of the directory, `floor` the oldest cursor kept."""

kiosk = Table(
    "kiosk",
    metadata,
    Column("kiosk_id", String(64), primary_key=True),
    Column("store_id", String(64), nullable=False),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("revoked", Boolean, nullable=False, default=False),
    Column("last_seen", String(40)),
    Column("clock", String(16)),
    Column("records", BigInteger, nullable=False, default=0),
    Column("duplicates", BigInteger, nullable=False, default=0),
    Column("rejected", BigInteger, nullable=False, default=0),
)

record = Table(
    "record",
    metadata,
    Column("n", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("kind_version", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("wall", String(40), nullable=False),
    Column("boot_id", String(64), nullable=False),
    Column("since_boot_s", Float, nullable=False),
    Column("clock", String(16), nullable=False),
    Column("member_id", String(64)),
    Column("payload", JSON, nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("received", String(40), nullable=False),
    Column("verdict", JSON(none_as_null=True)),
    Column("holds_until", String(40)),
)
"""`verdict` is what HQ answered, told again when the record comes again; `holds_until` dates it."""
Index("record_by_kiosk", record.c.kiosk_id, record.c.seq)

member = Table(
    "member",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("full_name", String(100), nullable=False),
    Column("called_zh", String(200), nullable=False),
    Column("called_en", String(200), nullable=False),
    Column("tier", String(64), nullable=False),
    Column("points", BigInteger, nullable=False, default=0),
    Column("as_of", String(40), nullable=False),
    Column("language", String(16)),
    Column("birth_month", Integer),
    Column("joined_on", String(10)),
    Column("referred_by", String(64)),
    Column("expiring", JSON, nullable=False, default=list),
    Column("tier_spend_fen", BigInteger, nullable=False, default=0),
    Column("tier_until", String(10)),
    Column("tier_since", String(10)),
    Column("tier_bar_fen", BigInteger, nullable=False, default=0),
    Column("tier_former", JSON(none_as_null=True)),
    Column("month_spend_fen", BigInteger, nullable=False, default=0),
    Column("open_month", String(7)),
    Column("cash_back_fen", BigInteger, nullable=False, default=0),
    Column("points_per_purchase", Integer),
    Column("home_store", String(64)),
    Column("allowance", JSON, nullable=False, default=dict),
    Column("allowance_cut", String(10)),
    Column("overspent", Boolean, nullable=False, default=False),
    Column("segment", String(16), nullable=False, default="occasional"),
    Column("applied", Boolean, nullable=False, default=False),
    Column("due", String(10), index=True),
)
"""A member; `points` to `points_per_purchase` repeat what ledger, purchases and money add up to.

`tier_bar_fen` is what the purchases up to `tier_since` had to reach for this tier, 0 where HQ gave
it; `tier_former` the tier before it; `open_month` the month whose cash-back is not settled yet;
`allowance` what each kiosk was told it may spend offline, `allowance_cut` the day it was last cut;
`due` the store-local day on which something changes by itself (sim/hq/clockwork.py); `applied` is
true of who has only applied.
"""

ledger = Table(
    "ledger",
    metadata,
    Column("n", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("member_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("at", String(40), nullable=False),
    Column("store_id", String(64)),
    Column("receipt", String(32)),
    Column("reward_id", String(64)),
    Column("purchase_fen", BigInteger),
    Column("purchase_id", String(64)),
    Column("redemption_id", String(36)),
    Column("lapses_on", String(10)),
)
"""Entries are added and never changed; a balance is their sum. `lapses_on` is the last day."""
Index("ledger_of_member", ledger.c.member_id, ledger.c.n)

redemption = Table(
    "redemption",
    metadata,
    Column("redemption_id", String(36), primary_key=True),
    Column("member_id", String(64), nullable=False, index=True),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("reward_id", String(64), nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("cash_fen", BigInteger, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(9)),
    Column("day", String(10), nullable=False),
    Column("made", String(40), nullable=False),
    Column("until", String(40)),
    Column("ended", String(40)),
    Column("overspent", Boolean, nullable=False, default=False),
    Column("pin_wrong", Boolean, nullable=False, default=False),
    Column("card_wrong", Boolean, nullable=False, default=False),
)
"""What was asked for and granted; the last three are flags of what a kiosk gave out by itself."""
Index("redemption_by_code", redemption.c.code, redemption.c.store_id)
Index("redemption_by_until", redemption.c.state, redemption.c.until)

early = Table(
    "early",
    metadata,
    Column("store_id", String(64), primary_key=True),
    Column("code", String(9), primary_key=True),
    Column("at", String(40), nullable=False),
    Column("redemption_id", String(36)),
)
"""Codes of offline kiosks collected before their record came; `redemption_id` once it has."""

stock = Table(
    "stock",
    metadata,
    Column("store_id", String(64), primary_key=True),
    Column("reward_id", String(64), primary_key=True),
    Column("left", Integer, nullable=False),
    Column("told", Integer, nullable=False),
)
"""HQ's own count of pieces; `told` is the figure of the published content it began from."""

purchase = Table(
    "purchase",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("member_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("receipt", String(32), nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("purchase_fen", BigInteger, nullable=False),
    Column("earned", BigInteger, nullable=False),
    Column("refunded_fen", BigInteger, nullable=False, default=0),
    Column("redemption_id", String(36)),
    Column("voucher_id", String(128)),
    Column("items", Integer, nullable=False, default=0),
    Column("staff_id", String(64)),
)
"""`items` is 0 where the till did not say how many; `staff_id` who sold it, where it said so."""
Index("purchase_of_member", purchase.c.member_id, purchase.c.day)

refund = Table(
    "refund",
    metadata,
    Column("refund_id", String(64), primary_key=True),
    Column("purchase_id", String(64), nullable=False, index=True),
    Column("receipt", String(32), nullable=False),
    Column("at", String(40), nullable=False),
    Column("refund_fen", BigInteger, nullable=False),
    Column("reversed", BigInteger, nullable=False),
    Column("given_back", BigInteger, nullable=False),
)

money = Table(
    "money",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("ref", String(140), primary_key=True),
    Column("fen", BigInteger, nullable=False),
    Column("at", String(40), nullable=False),
)
"""Cash-back and referral money, signed; `ref` says for what, so that nothing is paid twice."""

month_rule = Table(
    "month_rule",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("cash_back", JSON(none_as_null=True)),
)
"""By which rule of cash-back a month was closed: what is published later changes nothing of it."""

voucher = Table(
    "voucher",
    metadata,
    Column("voucher_id", String(128), primary_key=True),
    Column("member_id", String(64), nullable=False, index=True),
    Column("reason", String(32), nullable=False),
    Column("price_factor_percent", Integer, nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10), nullable=False),
    Column("companion", Boolean, nullable=False, default=False),
    Column("state", String(16), nullable=False, default="open"),
    Column("used_on", String(10)),
)
"""`used_on` is a day of the store where it was used; a friend has the same price on that day."""

pin = Table(
    "pin",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("cost", Integer, nullable=False),
    Column("salt", String(64), nullable=False),
    Column("hashed", String(128), nullable=False),
    Column("wrong", Integer, nullable=False, default=0),
    Column("blocked", Boolean, nullable=False, default=False),
)
"""`cost` is scrypt's N (RFC 7914, 2); `wrong` counts entries since the last right one."""

signup = Table(
    "signup",
    metadata,
    Column("n", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False),
    Column("member_id", String(64), nullable=False, index=True),
    Column("store_id", String(64), nullable=False),
    Column("seated", Boolean, nullable=False),
    UniqueConstraint("event_id", "member_id"),
)
"""Who comes to an event, in the order of `n`; without a seat one waits."""

card = Table(
    "card",
    metadata,
    Column("card_key", String(32), primary_key=True),
    Column("uid", String(20)),
    Column("member_id", String(64), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("gone", Boolean, nullable=False, default=False),
    Column("changed", BigInteger, nullable=False, index=True),
    Column("changed_at", String(40), nullable=False),
)
"""One directory row a card; `changed` is the commit sequence of its last change and its version."""

applied = Table(
    "applied",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("kiosk_id", String(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""Per member and kiosk, the last record sequence that the member's balance includes."""

bundle = Table(
    "bundle",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("blake2b_256", String(64), nullable=False),
    Column("published", String(40), nullable=False),
    Column("note", Text, nullable=False, default=""),
)

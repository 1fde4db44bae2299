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
)
Index("record_by_kiosk", record.c.kiosk_id, record.c.seq)

member = Table(
    "member",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("full_name", String(100), nullable=False),
    Column("called_zh", String(200), nullable=False),
    Column("called_en", String(200), nullable=False),
    Column("tier", String(64), nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("as_of", String(40), nullable=False),
    Column("language", String(16)),
    Column("birth_month", Integer),
    Column("vouchers", JSON, nullable=False),
)

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

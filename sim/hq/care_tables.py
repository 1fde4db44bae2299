"""The tables of what members say: complaints, contact wishes, requests about their data."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

complaint = Table(
    "complaint",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("member_id", String(64), index=True),
    Column("card_wrong", Boolean, nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("cause_id", String(64), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("unknown_cause", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("call_me", Boolean, nullable=False),
    Column("staff_now", Boolean, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("language", String(16), nullable=False),
    Column("opened", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("step", Integer, nullable=False, index=True),
    Column("closed_at", String(40)),
    Column("shown_closed", String(40)),
    Column("told", Boolean, nullable=False),
)
"""A case; its id is its record's.

`unknown_cause`: the content of its day did not have this cause, or a reason of it; `day` is
`opened` in its store; `shown_closed` when its member was shown that it is closed; `told` whether
the member's row tells of it.
"""
Index("complaint_told", complaint.c.told, complaint.c.closed_at)

case_step = Table(
    "case_step",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
)
"""When a case reached each of its steps."""

consent = Table(
    "consent",
    metadata,
    Column("consent_id", String(36), primary_key=True),
    Column("member_id", String(64), nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("about", String(16), nullable=False),
    Column("purpose_id", String(64)),
    Column("channel", String(16)),
    Column("granted", Boolean),
    Column("per_month", Integer),
    Column("hours", String(64)),
    Column("text_version", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("received", String(40), nullable=False),
    Column("holds", Boolean, nullable=False),
)
"""Every change of a wish as it came; rows are added and never changed.

`at` is when the member said it; what does not hold was said with a card that proved nothing.
"""
Index("consent_of_member", consent.c.member_id, consent.c.at)

contact = Table(
    "contact",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("do_not_disturb", Boolean, nullable=False),
    Column("per_month", Integer),
    Column("hours", String(64)),
)
"""What the member's consents come to, with `allowed`; a member who is not in it wished nothing."""

allowed = Table(
    "allowed",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("purpose_id", String(64), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("text_version", Integer, nullable=False),
    Column("at", String(40), nullable=False),
)
"""What is granted now, and the words it was granted to."""

data_request = Table(
    "data_request",
    metadata,
    Column("request_id", String(36), primary_key=True),
    Column("member_id", String(64), nullable=False, index=True),
    Column("card_wrong", Boolean, nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("wish", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("done_at", String(40)),
)

noted = Table(
    "noted",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("kiosk_id", String(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""Per member and kiosk, the last record sequence of the above that the member's row includes."""

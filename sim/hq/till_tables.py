"""The tables of tills: who they are, and what they asked for."""

from sqlalchemy import JSON, Boolean, Column, MetaData, String, Table

metadata = MetaData()

till = Table(
    "till",
    metadata,
    Column("till_id", String(64), primary_key=True),
    Column("store_id", String(64), nullable=False),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("revoked", Boolean, nullable=False, default=False),
)

till_request = Table(
    "till_request",
    metadata,
    Column("request_id", String(36), primary_key=True),
    Column("till_id", String(64), nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("answer", JSON, nullable=False),
    Column("at", String(40), nullable=False),
)
"""What tills asked for and were told; the same request gets the same answer again."""

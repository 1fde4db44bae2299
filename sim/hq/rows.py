"""From HQ's tables to the directory's rows, many members at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from kiosk.model.ledger import Expiring, Held, LedgerLine
from kiosk.model.members import CardStatus, Member, PinState, Standing, Voucher, VoucherReason
from kiosk.model.text import Language, LocalText
from sim.hq.answer_rows import AnswersTold, answers_of
from sim.hq.care_rows import CareTold, care_of
from sim.hq.lines import newest_lines
from sim.hq.pins import state_of
from sim.hq.tables import applied, card, member, pin, redemption, signup, voucher

LINES_TOLD = 20
"""Lines of the ledger in a row: more than a member scrolls through, 4 KB at most."""

HELD_TOLD = 20
VOUCHERS_TOLD = 50
EVENTS_TOLD = 50
"""What kiosk.model.members.Member takes of each."""

OVER = ("released", "reversed")
"""States of a redemption that took nothing in the end: no limit counts them."""

CardRow = Row[Any]


@dataclass(slots=True)
class _Told:
    """What other tables say of one member, in the order kiosks are told it."""

    lines: list[LedgerLine] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    redeemed: dict[str, int] = field(default_factory=dict)
    redeemed_on: tuple[date, int] | None = None
    vouchers: list[Voucher] = field(default_factory=list)
    pin: PinState = PinState.NONE
    events: list[str] = field(default_factory=list)
    applied_seq: dict[str, int] = field(default_factory=dict)


def card_rows() -> Select[Any]:
    """Cards with what the member's own row says."""
    own = [one for one in member.c if one.name not in ("member_id", "full_name")]
    return select(card, *own).join(member, member.c.member_id == card.c.member_id)


def as_members(connection: Connection, rows: Sequence[CardRow]) -> dict[str, Member]:
    """The rows as kiosks may know them, by card key: without full name and UID.

    The segment is among them: it steers which content a kiosk offers, and is never shown.

    Args:
        connection: one question a table is asked, however many rows there are.
        rows: of `card_rows`, at most some thousands.
    """
    ids = {row.member_id for row in rows}
    told, care = _told_of(connection, ids), care_of(connection, ids)
    answers = answers_of(connection, ids)
    return {
        row.card_key: _member(row, told[row.member_id], care[row.member_id], answers[row.member_id])
        for row in rows
    }


def _member(row: CardRow, told: _Told, care: CareTold, answers: AnswersTold) -> Member:
    asking, profile = answers.asking, answers.profile
    return Member(
        member_id=row.member_id,
        card_status=CardStatus(row.status),
        called=LocalText(zh=row.called_zh, en=row.called_en),
        tier=row.tier,
        points=row.points,
        as_of=datetime.fromisoformat(row.as_of),
        language=Language(row.language) if row.language else None,
        pin=told.pin,
        standing=_standing(row),
        vouchers=tuple(told.vouchers[:VOUCHERS_TOLD]),
        lines=tuple(told.lines),
        expiring=tuple(Expiring(points=points, last_day=day) for day, points in row.expiring),
        held=tuple(told.held[:HELD_TOLD]),
        redeemed=told.redeemed,
        redeemed_on=told.redeemed_on,
        offline_allowance=row.allowance,
        events=tuple(told.events[:EVENTS_TOLD]),
        wishes=care.wishes,
        cases=tuple(care.cases),
        asked=tuple(care.asked),
        purchases=tuple(asking.purchases),
        first_purchase=asking.first_purchase,
        surveys=tuple(asking.surveys),
        known=tuple(profile.known),
        put_off=tuple(profile.put_off),
        stages=tuple(profile.stages),
        segment=row.segment,
        applicant=answers.applicant,
        noted=care.noted,
        applied_seq=told.applied_seq,
    )


def _standing(row: CardRow) -> Standing:
    return Standing(
        joined_on=as_date(row.joined_on),
        tier_spend_fen=row.tier_spend_fen,
        tier_until=as_date(row.tier_until),
        month_spend_fen=row.month_spend_fen,
        cash_back_fen=row.cash_back_fen,
        points_per_purchase=row.points_per_purchase,
    )


def as_date(text: str | None) -> date | None:
    """A day as the tables keep it; None for none."""
    return date.fromisoformat(text) if text else None


def _told_of(connection: Connection, ids: set[str]) -> dict[str, _Told]:
    told = {one: _Told() for one in ids}
    for who, line in newest_lines(connection, ids, LINES_TOLD):
        told[who].lines.append(line)
    for row in _of_members(connection, redemption, ids, redemption.c.made.desc()):
        _tell_redemption(told[row.member_id], row)
    for row in _of_members(connection, voucher, ids, voucher.c.valid_to, voucher.c.voucher_id):
        if row.state == "open":
            told[row.member_id].vouchers.append(as_voucher(row))
    for row in _of_members(connection, pin, ids):
        told[row.member_id].pin = state_of(row.blocked)
    for row in _of_members(connection, signup, ids, signup.c.n.desc()):
        told[row.member_id].events.append(row.event_id)
    for row in _of_members(connection, applied, ids):
        told[row.member_id].applied_seq[row.kiosk_id] = row.seq
    return told


def _of_members(
    connection: Connection, table: Any, ids: Iterable[str], *order: Any
) -> Iterable[Any]:
    query = select(table).where(table.c.member_id.in_(ids)).order_by(*order)
    return connection.execute(query)


def _tell_redemption(told: _Told, row: Row[Any]) -> None:
    if row.state in OVER:
        return
    told.redeemed[row.reward_id] = told.redeemed.get(row.reward_id, 0) + 1
    day = date.fromisoformat(row.day)
    last, count = told.redeemed_on or (day, 0)
    if day >= last:
        told.redeemed_on = (day, count + 1 if day == last else 1)
    if row.state == "held":
        until = datetime.fromisoformat(row.until)
        told.held.append(
            Held(
                redemption_id=row.redemption_id,
                reward_id=row.reward_id,
                points=row.points,
                until=until,
            )
        )


def as_voucher(row: Row[Any]) -> Voucher:
    """The voucher as kiosks are told of it."""
    return Voucher(
        voucher_id=row.voucher_id,
        reason=VoucherReason(row.reason),
        price_factor_percent=row.price_factor_percent,
        valid_from=date.fromisoformat(row.valid_from),
        valid_to=date.fromisoformat(row.valid_to),
        companion=row.companion,
    )

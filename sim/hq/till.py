"""The contract with tills: the paths below /v1/tills."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Connection, Row

from kiosk.content import Content
from kiosk.model.members import PinState
from kiosk.model.text import Identifier, LocalText
from kiosk.model.wire import HexKey
from sim.hq.applicant_purchases import (
    Bought,
    count_purchase,
    is_applicants,
    open_application,
    take_back,
)
from sim.hq.cash import pay_out
from sim.hq.collecting import Collected, collect, collect_by_card
from sim.hq.days import day_in
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.pins import set_pin
from sim.hq.purchases import Booked, Purchase, record_purchase
from sim.hq.refunds import Refund, record_refund
from sim.hq.refused import refusals
from sim.hq.rows import as_members, card_rows
from sim.hq.standing import renew
from sim.hq.state import Hq
from sim.hq.tables import card
from sim.hq.till_members import as_told, companions_of, holder_of, member_named, waiting_in
from sim.hq.till_wire import (
    TOLD,
    Handed,
    PaidOut,
    PinSet,
    Points,
    TillCollection,
    TillMember,
    TillPayout,
    TillPin,
    TillPurchase,
    TillRefund,
    TillRequest,
    Waiting,
)
from sim.hq.tills import Answer, Till, authenticate_till, once
from sim.hq.wrong_secrets import WrongSecrets

Token = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="TillToken", description="the till's token")),
]

WRONG_CODES, WRONG_WITHIN = 10, timedelta(minutes=15)
"""Different codes nobody was given, of one till: more than a cashier mistypes. Four digits prove
an offline code, so at this pace a guess succeeds once in 250 hours."""


class Tills:
    """The handlers of the contract; plain functions, so that they run in the thread pool."""

    def __init__(self, hq: Hq) -> None:
        self._hq = hq
        self._wrong = WrongSecrets(WRONG_CODES, WRONG_WITHIN)

    def router(self) -> APIRouter:
        """Every path of the contract."""
        router = APIRouter(prefix="/v1/tills/{store}", tags=["till"])
        told = (TOLD, 401, 403, 404, 409, 413, 422)
        for path, do, summary, more in (
            ("/purchases", self.purchase, "Report a purchase", (503,)),
            ("/refunds", self.refund, "Report a refund, whole or in part", (503,)),
            ("/collections", self.collect, "Hand out what waits, once", (410, 429)),
            ("/payouts", self.pay_out, "Hand out cash-back that waits", (503,)),
            ("/pins", self.set_pin, "Set a member's PIN", (503,)),
        ):
            found = refusals(*told, *more)
            router.add_api_route(path, do, methods=["POST"], summary=summary, responses=found)
        router.add_api_route(
            "/members/{card_key}",
            self.member,
            summary="The member behind a card",
            responses=refusals(TOLD, 401, 403, 404, 422),
        )
        return router

    def purchase(self, store: Identifier, body: TillPurchase, token: Token) -> Points:
        """A purchase earns points and counts towards the tier, the month and cash-back.

        Of somebody who has only applied it counts towards membership, and earns no points.
        """

        def do(connection: Connection, till: Till, now: datetime) -> Points:
            waiting = open_application(connection, body.card_key, body.member_id)
            if waiting is not None:
                bought_before = _of_applicant(body, till, self._today(till))
                count_purchase(connection, waiting, bought_before, now)
                return Points(points=0, balance=0)
            told = body.model_dump(include=_AS_TOLD)
            bought = Purchase(
                purchase_id=str(body.id),
                member_id=member_named(connection, body),
                store_id=till.store_id,
                voucher_id=body.voucher_id,
                **told,
            )
            return _points(record_purchase(connection, bought, self._content(), now))

        return self._once(store, token, body, Points, do)

    def refund(self, store: Identifier, body: TillRefund, token: Token) -> Points:
        """Earned points go and redeemed points come back, in proportion; parts add up."""

        def do(connection: Connection, _till: Till, now: datetime) -> Points:
            if is_applicants(connection, str(body.purchase_id)):
                take_back(connection, str(body.purchase_id), body.refund_fen, now)
                return Points(points=0, balance=0)
            given = Refund(
                refund_id=str(body.id),
                purchase_id=str(body.purchase_id),
                receipt=body.receipt,
                refund_fen=body.refund_fen,
            )
            return _points(record_refund(connection, given, self._content(), now))

        return self._once(store, token, body, Points, do)

    def collect(self, store: Identifier, body: TillCollection, token: Token) -> Handed:
        """A code is good once, in its own store; the card of its member stands for the code.

        Nine digits are good even before the kiosk that gave them out could report it.
        """

        def do(connection: Connection, till: Till, now: datetime) -> Handed:
            if body.card_key is not None and body.redemption_id is not None:
                found = collect_by_card(
                    connection, till.store_id, body.card_key, body.redemption_id, now
                )
            else:
                found = self._by_code(connection, till, body.code or "", now)
            return self._handed(found)

        return self._once(store, token, body, Handed, do)

    def _by_code(self, connection: Connection, till: Till, code: str, now: datetime) -> Collected:
        """What waits under a code; a till that guesses is not answered for a while."""
        if self._wrong.is_barred(till.till_id, code, now):
            raise Refusal(429, "too many wrong codes: wait a while, or collect by the card")
        try:
            return collect(connection, till.store_id, code, self._hq.fleet_salt, now)
        except Refusal as refusal:
            if refusal.status == 404:
                self._wrong.may_try(till.till_id, code, now)
            raise

    def pay_out(self, store: Identifier, body: TillPayout, token: Token) -> PaidOut:
        """Cash-back and shares of friends' purchases are handed out once, at whichever counter."""

        def do(connection: Connection, till: Till, now: datetime) -> PaidOut:
            content, member_id = self._content(), member_named(connection, body)
            left_fen = pay_out(connection, member_id, str(body.id), body.fen, now)
            renew(connection, member_id, content, day_in(content, now, till.store_id), now)
            return PaidOut(left_fen=left_fen)

        return self._once(store, token, body, PaidOut, do)

    def set_pin(self, store: Identifier, body: TillPin, token: Token) -> PinSet:
        """A first PIN or a new one, after staff have seen an identity card."""

        def do(connection: Connection, till: Till, now: datetime) -> PinSet:
            content = self._content()
            rule = content.on(day_in(content, now, till.store_id)).programme.redeeming.pin
            digits = body.pin.get_secret_value()
            if len(digits) != rule.digits:
                raise Refusal(422, f"a PIN has {rule.digits} digits")
            member_id = member_named(connection, body)
            set_pin(connection, member_id, digits)
            touch(connection, [member_id], now)
            return PinSet(member_id=member_id, pin=PinState.SET)

        return self._once(store, token, body, PinSet, do)

    def member(self, store: Identifier, card_key: HexKey, token: Token) -> TillMember:
        """Who holds this card, what they have, what waits for them here; never a code."""
        till = self._caller(store, token)
        today = self._today(till)
        with self._hq.database.read() as connection:
            holder_of(connection, card_key)
            row = connection.execute(card_rows().where(card.c.card_key == card_key)).one()
            known = as_members(connection, [row])[card_key]
            here = waiting_in(connection, till.store_id, known.member_id)
            friends = companions_of(connection, known.member_id, today)
        return as_told(known, [self._waiting(one) for one in here], friends, today)

    def _caller(self, store: str, token: HTTPAuthorizationCredentials | None) -> Till:
        words = token.credentials if token else None
        return authenticate_till(self._hq.database, words, store)

    def _once(
        self,
        store: str,
        token: HTTPAuthorizationCredentials | None,
        body: TillRequest,
        answers: type[Answer],
        do: Callable[[Connection, Till, datetime], Answer],
    ) -> Answer:
        till = self._caller(store, token)
        return once(
            self._hq.database,
            till,
            body,
            answers,
            lambda connection, now: do(connection, till, now),
            self._hq.now,
        )

    def _content(self) -> Content:
        content = self._hq.bundles.content()
        if content is None:
            raise Refusal(503, "no programme was published yet")
        return content

    def _name(self, reward_id: str | None) -> LocalText | None:
        content = self._hq.bundles.content()
        reward = content.reward(reward_id) if content is not None and reward_id else None
        return reward.name if reward is not None else None

    def _handed(self, found: Collected) -> Handed:
        return Handed(
            at=found.at,
            redemption_id=found.redemption_id,
            member_id=found.member_id,
            reward_id=found.reward_id,
            name=self._name(found.reward_id),
            points=found.points,
            cash_fen=found.cash_fen,
        )

    def _waiting(self, row: Row[Any]) -> Waiting:
        return Waiting(
            redemption_id=UUID(row.redemption_id),
            reward_id=row.reward_id,
            name=self._name(row.reward_id),
            points=row.points,
            cash_fen=row.cash_fen,
            until=datetime.fromisoformat(row.until) if row.until else None,
        )

    def _today(self, till: Till) -> date:
        return day_in(self._content(), self._hq.now(), till.store_id)


_AS_TOLD = {"receipt", "purchase_fen", "redemption_id", "staff_id", "items"}


def _of_applicant(body: TillPurchase, till: Till, today: date) -> Bought:
    """The purchase of somebody who is no member yet.

    Raises:
        Refusal: 403 when it was paid for with what only members have.
    """
    if body.redemption_id is not None or body.voucher_id is not None:
        raise Refusal(403, "rewards and vouchers are for members")
    return Bought(str(body.id), till.store_id, body.receipt, body.purchase_fen, today)


def _points(booked: Booked) -> Points:
    return Points(points=booked.points, balance=booked.balance)

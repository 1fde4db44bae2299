"""The contract with tills, kept by a real HQ: each request counts once, each refusal is plain."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import requests

from kiosk.app.sealing import seal
from kiosk.model.cards import card_key
from kiosk.model.codes import offline_code
from kiosk.model.programme import Programme, Rewards
from sim.hq.demo import FOLDER, demo_pin, fleet
from sim.hq.people import invent
from sim.hq.till import WRONG_CODES
from tests.hq.conftest import MEMBERS
from tests.hq.kit import Kiosk, moment
from tests.hq.till_kit import STORE, Till, new_till

SALT = bytes.fromhex(fleet().fleet_salt)
RULES = Programme.model_validate_json((FOLDER / "content/programme.json").read_bytes()).redeeming
PRICES = {
    one.reward_id: (one.points, one.cash_fen)
    for one in Rewards.model_validate_json((FOLDER / "content/rewards.json").read_bytes()).rewards
}
SEQS = count(1)


@dataclass(frozen=True)
class Somebody:
    """A demo member no other test uses."""

    member_id: str
    card_key: str


PEOPLE = iter(
    Somebody(one.member_id, card_key(bytes.fromhex(one.cards[-1][0]), SALT).hex())
    for number, one in enumerate(invent(MEMBERS), 1)
    if number > 20 and one.person.card_status == "active"
)


@pytest.fixture
def till(hq: str) -> Iterator[Till]:
    """A till nobody else uses, in the first store."""
    known = new_till(hq)
    yield known
    known.session.close()


@pytest.fixture
def somebody(hq: str) -> Somebody:
    """A member with a good card, 50,000 points and the demo's PIN."""
    one = next(PEOPLE)
    requests.post(f"{hq}/sim/members/{one.member_id}", json={"points": 50_000}, timeout=10)
    return one


def redeem(kiosk: Kiosk, who: Somebody, reward: str = "canvas-tote", **changes: Any) -> Any:
    """Redeem at a kiosk; HQ's verdict."""
    wanted = changes.pop("redemption_id", None) or uuid.uuid4()
    points, cash_fen = PRICES[reward]
    payload = {
        "kind": "redemption",
        "redemption_id": str(wanted),
        "member_id": who.member_id,
        "card_key": who.card_key,
        "reward_id": reward,
        "points": points,
        "cash_fen": cash_fen,
        "mode": "hold",
        "pin": seal(demo_pin(), RULES.pin, wanted).model_dump(),
        "code": None,
        "programme_version": 2,
    }
    record = {
        "id": str(wanted),
        "seq": next(SEQS),
        "kind": "redemption",
        "kind_version": 1,
        "priority": 0,
        "occurred": moment(),
        "payload": payload | changes,
    }
    (result,) = kiosk.send(record)
    assert result["status"] == "accepted", result
    return result["verdict"] | {"redemption_id": str(wanted)}


def bought(till: Till, who: Somebody, fen: int = 12_800, **changes: Any) -> dict[str, Any]:
    """A purchase by card."""
    values = {"card_key": who.card_key, "receipt": "R-1", "purchase_fen": fen}
    return till.done("purchases", **values | changes)


def test_a_purchase_earns_once(till: Till, somebody: Somebody) -> None:
    """A till that asks again after a lost answer would give the points twice."""
    name = str(uuid.uuid4())
    first = bought(till, somebody, id=name)
    assert first["points"] >= 128
    assert first["balance"] == 50_000 + first["points"]
    assert bought(till, somebody, id=name) == first
    status, why = till.refused(
        "purchases", id=name, card_key=somebody.card_key, receipt="R-1", purchase_fen=99
    )
    assert (status, why) == (409, "this id already asked for something else")
    assert till.member(somebody.card_key).json()["balance"] == first["balance"]


def test_a_member_can_be_named_by_number(till: Till, somebody: Somebody) -> None:
    """Somebody without the card could not collect points."""
    told = till.done("purchases", member_id=somebody.member_id, receipt="R-2", purchase_fen=10_000)
    assert told["balance"] == 50_000 + told["points"]


def test_a_refund_in_parts_takes_back_what_was_earned(till: Till, somebody: Somebody) -> None:
    """Points would stay after everything was given back, or more than all be refunded."""
    name = str(uuid.uuid4())
    earned = bought(till, somebody, 10_050, id=name)["points"]
    part = str(uuid.uuid4())
    first = till.done("refunds", id=part, purchase_id=name, receipt="G-1", refund_fen=5_000)
    again = till.done("refunds", id=part, purchase_id=name, receipt="G-1", refund_fen=5_000)
    assert again == first
    status, why = till.refused("refunds", purchase_id=name, receipt="G-2", refund_fen=5_051)
    assert (status, why) == (409, "more than is left of this purchase")
    last = till.done("refunds", purchase_id=name, receipt="G-2", refund_fen=5_050)
    assert first["points"] + last["points"] == -earned
    assert last["balance"] == 50_000
    nothing = str(uuid.uuid4())
    status, why = till.refused("refunds", purchase_id=nothing, receipt="G-3", refund_fen=1)
    assert (status, why) == (404, "there is no such purchase")


def test_a_code_is_good_once(till: Till, kiosk: Kiosk, somebody: Somebody) -> None:
    """A reward would be handed out twice, or a retried request refused."""
    held = redeem(kiosk, somebody)
    assert held["outcome"] == "held"
    name = str(uuid.uuid4())
    handed = till.done("collections", id=name, code=held["code"])
    assert handed["redemption_id"] == held["redemption_id"]
    assert handed["name"]["en"] == "Canvas tote"
    assert handed["points"] == 2400
    assert till.done("collections", id=name, code=held["code"]) == handed
    status, why = till.refused("collections", code=held["code"])
    assert status == 409
    assert why.startswith(f"this was collected already, in {STORE} at 20")
    assert till.member(somebody.card_key).json()["balance"] == 50_000 - 2400


def test_the_card_stands_for_the_code(till: Till, kiosk: Kiosk, somebody: Somebody) -> None:
    """A member whose screen has gone dark would stand at the counter without the reward."""
    held = redeem(kiosk, somebody, "cashmere-cardigan")
    told = till.member(somebody.card_key).json()
    (waiting,) = told["waiting"]
    assert waiting["redemption_id"] == held["redemption_id"]
    assert waiting["cash_fen"] == 29_900
    assert held["code"] not in str(told)
    by_card = {"card_key": somebody.card_key, "redemption_id": held["redemption_id"]}
    assert till.done("collections", **by_card)["member_id"] == somebody.member_id
    assert till.refused("collections", **by_card)[0] == 409
    assert till.member(somebody.card_key).json()["waiting"] == []


def test_money_and_points_come_back_together(till: Till, kiosk: Kiosk, somebody: Somebody) -> None:
    """A refund would return the money of a reward and keep its points."""
    held = redeem(kiosk, somebody, "cashmere-cardigan")
    till.done("collections", code=held["code"])
    name = str(uuid.uuid4())
    paid = bought(till, somebody, 29_900, id=name, redemption_id=held["redemption_id"])
    assert paid["balance"] == 50_000 - 3000 + paid["points"]
    back = till.done("refunds", purchase_id=name, receipt="G-1", refund_fen=29_900)
    assert back["balance"] == 50_000


def test_another_stores_till_finds_nothing(hq: str, kiosk: Kiosk, somebody: Somebody) -> None:
    """A reward would be handed out where it does not lie."""
    held = redeem(kiosk, somebody)
    elsewhere = new_till(hq, "bj-cy-01")
    status, why = elsewhere.refused("collections", code=held["code"])
    assert (status, why) == (404, "nothing waits under this code in this store")
    assert elsewhere.member(somebody.card_key).json()["waiting"] == []
    elsewhere.session.close()


def test_nine_digits_are_good_before_their_record(
    till: Till, kiosk: Kiosk, somebody: Somebody
) -> None:
    """What a kiosk gave out while offline could not be collected, or it could twice."""
    code = offline_code(os.urandom(8), STORE, SALT)
    early = till.done("collections", code=code)
    assert early["redemption_id"] is None
    status, why = till.refused("collections", code=code)
    assert (status, why) == (409, "this was collected already, before the kiosk could report it")
    told = redeem(kiosk, somebody, mode="issue", code=code)
    assert told["outcome"] == "issued"
    assert till.refused("collections", code=code)[0] == 409
    assert till.member(somebody.card_key).json()["waiting"] == []


def test_a_guessed_code_finds_nothing(till: Till) -> None:
    """Anybody could collect with nine invented digits."""
    code = offline_code(os.urandom(8), "gz-th-01", SALT)
    assert till.refused("collections", code=code)[0] == 404
    assert till.refused("collections", code="000000")[0] == 404


def test_money_that_waits_is_handed_out_once(till: Till, hq: str) -> None:
    """Two counters would each pay the same cash-back, for neither could say that it did."""
    buyer, friend = next(PEOPLE), next(PEOPLE)
    address = f"{hq}/members/{buyer.member_id}/brought"
    requests.post(address, {"friend": friend.member_id}, timeout=10)
    before = till.member(friend.card_key).json()["cash_back_fen"]
    bought(till, buyer, 30_000)
    waits = till.member(friend.card_key).json()["cash_back_fen"]
    assert waits == before + 300
    first = {"id": str(uuid.uuid4()), "card_key": friend.card_key, "fen": 100}
    for _ in range(2):  # the answer was lost
        assert till.done("payouts", **first) == {"left_fen": waits - 100}
    by_number = {"member_id": friend.member_id}
    assert till.refused("payouts", fen=waits - 99, **by_number)[0] == 409
    assert new_till(hq).done("payouts", fen=waits - 100, **by_number) == {"left_fen": 0}
    assert till.member(friend.card_key).json()["cash_back_fen"] == 0
    assert till.refused("payouts", fen=1, **by_number)[0] == 409


def test_a_till_that_guesses_codes_is_not_answered(
    hq: str, till: Till, kiosk: Kiosk, somebody: Somebody
) -> None:
    """Nine digits are proved by four: somebody with a till's token would find one by trying."""
    for number in range(WRONG_CODES):
        for _again in range(2):  # the same mistake is made once
            assert till.refused("collections", code=f"{number:09}")[0] == 404
    code = redeem(kiosk, somebody)["code"]
    assert till.refused("collections", code=code)[0] == 429
    waiting = till.member(somebody.card_key).json()["waiting"]
    by_card = {"card_key": somebody.card_key, "redemption_id": waiting[0]["redemption_id"]}
    till.done("collections", **by_card)
    code = redeem(kiosk, somebody)["code"]
    new_till(hq).done("collections", code=code)


def test_a_pin_is_set_after_an_id_was_seen(till: Till, kiosk: Kiosk, somebody: Somebody) -> None:
    """A member who forgot the PIN could not redeem any more, or anybody could set one."""
    by_card = {"card_key": somebody.card_key, "id_seen": True}
    assert till.done("pins", pin="8642", **by_card)["pin"] == "set"
    refused = redeem(kiosk, somebody)
    assert (refused["outcome"], refused["because"]) == ("refused", "pin")
    wanted = uuid.uuid4()
    sealed = seal("8642", RULES.pin, wanted).model_dump()
    assert redeem(kiosk, somebody, redemption_id=wanted, pin=sealed)["outcome"] == "held"
    assert till.refused("pins", pin="86420", **by_card) == (422, "a PIN has 4 digits")
    status, why = till.refused("pins", pin="8642", card_key=somebody.card_key, id_seen=False)
    assert status == 422
    assert "8642" not in why


def test_a_pin_request_comes_twice(till: Till, somebody: Somebody) -> None:
    """A request that was on the way for long would undo a newer PIN."""
    name = str(uuid.uuid4())
    asked = {"card_key": somebody.card_key, "id_seen": True}
    first = till.done("pins", id=name, pin="1111", **asked)
    assert till.done("pins", id=name, pin="1111", **asked) == first


def test_a_lost_card_is_refused_everywhere(hq: str, till: Till, somebody: Somebody) -> None:
    """A finder could see, spend or take over what belongs to somebody else."""
    lost = {"card_status": "lost"}
    requests.post(f"{hq}/sim/members/{somebody.member_id}", json=lost, timeout=10)
    key, words = somebody.card_key, "this card may not be used: it is lost"
    assert till.member(key).status_code == 403
    wishes = {
        "purchases": {"card_key": key, "receipt": "R-1", "purchase_fen": 100},
        "pins": {"card_key": key, "pin": "1111", "id_seen": True},
    }
    for path, body in wishes.items():
        assert till.refused(path, **body) == (403, words)
    by_card = {"card_key": key, "redemption_id": str(UUID(int=1))}
    assert till.refused("collections", **by_card)[0] == 403
    by_number = {"member_id": somebody.member_id, "receipt": "R-1", "purchase_fen": 100}
    assert till.ask("purchases", **by_number).status_code == 200


UNKNOWN = "f" * 32


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("purchases", {"card_key": UNKNOWN, "receipt": "R", "purchase_fen": 1}),
        ("purchases", {"member_id": "m-999999", "receipt": "R", "purchase_fen": 1}),
        ("pins", {"card_key": UNKNOWN, "pin": "1234", "id_seen": True}),
        ("collections", {"card_key": UNKNOWN, "redemption_id": str(UUID(int=1))}),
    ],
)
def test_whom_hq_does_not_know(till: Till, path: str, body: dict[str, Any]) -> None:
    """A mistyped number would be booked to nobody."""
    assert till.refused(path, **body)[0] == 404
    assert till.member(UNKNOWN).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("purchases", {"receipt": "R", "purchase_fen": 1}),
        ("purchases", {"card_key": UNKNOWN, "member_id": "m", "receipt": "R", "purchase_fen": 1}),
        ("purchases", {"member_id": "m", "receipt": "<b>", "purchase_fen": 1}),
        ("purchases", {"member_id": "m", "receipt": "R", "purchase_fen": 0}),
        ("purchases", {"member_id": "m", "receipt": "R", "purchase_fen": 1, "id": "1"}),
        ("collections", {}),
        ("collections", {"code": "12345"}),
        ("collections", {"code": "123456", "card_key": UNKNOWN}),
        ("collections", {"card_key": UNKNOWN}),
        ("refunds", {"purchase_id": str(UUID(int=1)), "receipt": "R", "refund_fen": -5}),
    ],
)
def test_what_does_not_fit_is_refused(till: Till, path: str, body: dict[str, Any]) -> None:
    """A till's mistake would be booked as something else."""
    assert till.refused(path, **body)[0] == 422


def test_only_tills_may_ask(hq: str, till: Till, kiosk: Kiosk) -> None:
    """A kiosk, a stranger or another store's till could book and collect."""
    stranger = Till(hq, "t", "no such token at all")
    assert stranger.refused("collections", code="123456") == (401, "no till has this token")
    body = {"id": str(uuid.uuid4()), "code": "123456"}
    answer = requests.post(f"{hq}/v1/tills/{STORE}/collections", json=body, timeout=10)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    as_kiosk = Till(hq, kiosk.name, kiosk.token)
    assert as_kiosk.refused("collections", code="123456")[0] == 401
    elsewhere = Till(hq, till.name, till.token, "bj-cy-01")
    words = "this till stands in another store"
    assert elsewhere.refused("collections", code="123456") == (403, words)
    assert kiosk.get(f"tills/{STORE}/members/{UNKNOWN}").status_code == 401
    requests.delete(f"{hq}/sim/tills/{till.name}", timeout=10)
    assert till.refused("collections", code="123456") == (403, "this till was shut out")
    assert requests.delete(f"{hq}/sim/tills/nobody", timeout=10).status_code == 404
    for one in (stranger, as_kiosk, elsewhere):
        one.session.close()


def test_a_refusal_leaves_nothing_behind(till: Till, somebody: Somebody) -> None:
    """A request refused once could never be made right under its id."""
    name, purchase = str(uuid.uuid4()), str(uuid.uuid4())
    refund = {"id": name, "purchase_id": purchase, "receipt": "G-1", "refund_fen": 100}
    assert till.refused("refunds", **refund)[0] == 404
    bought(till, somebody, id=purchase)
    assert till.ask("refunds", **refund).status_code == 200


def test_the_demos_tills_may_ask(hq: str) -> None:
    """The demo's own tokens would open nothing."""
    for known in fleet().tills:
        till = Till(hq, known.till, known.token, known.store)
        assert till.refused("collections", code="000000")[0] == 404
        till.session.close()

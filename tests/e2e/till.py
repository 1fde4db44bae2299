"""A till of the demo's store, and a look into HQ's books."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from kiosk.model.cards import card_key
from sim.hq.demo import fleet
from tests.waiting import WITHIN_S


@dataclass(frozen=True)
class Till:
    """Speaks to HQ as tills do."""

    url: str

    def collect(self, code: str) -> requests.Response:
        """Hand out what waits under a code."""
        body = {"id": str(uuid4()), "code": code}
        return requests.post(
            self._address("collections"), json=body, headers=self._headers, timeout=WITHIN_S
        )

    def sell(self, uid: str, purchase_fen: int) -> requests.Response:
        """Report a purchase of who holds this card."""
        number = str(uuid4())
        body = {"id": number, "receipt": number[:8], "card_key": key_of(uid)}
        return requests.post(
            self._address("purchases"),
            json=body | {"purchase_fen": purchase_fen},
            headers=self._headers,
            timeout=WITHIN_S,
        )

    def member(self, uid: str) -> dict[str, Any]:
        """Who holds this card, and what waits for them."""
        address = self._address(f"members/{key_of(uid)}")
        answer = requests.get(address, headers=self._headers, timeout=WITHIN_S)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    def _address(self, path: str) -> str:
        return f"{self.url}/v1/tills/{fleet().tills[0].store}/{path}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {fleet().tills[0].token}"}


def key_of(uid: str) -> str:
    """What HQ knows a card by."""
    return card_key(bytes.fromhex(uid), bytes.fromhex(fleet().fleet_salt)).hex()


def holds(hq_folder: Path, member_id: str) -> list[int]:
    """The points of each hold in this member's ledger at HQ."""
    database = sqlite3.connect(f"file:{hq_folder / 'hq.db'}?mode=ro", uri=True)
    with closing(database):
        query = "SELECT points FROM ledger WHERE member_id = ? AND kind = 'hold' ORDER BY n"
        return [row[0] for row in database.execute(query, (member_id,))]

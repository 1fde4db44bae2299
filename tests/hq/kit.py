"""A kiosk as HQ sees it from outside: uploads made by hand and sent over HTTP."""

import gzip
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests


def moment(**changes: Any) -> dict[str, Any]:
    """A time on the wire."""
    values: dict[str, Any] = {
        "wall": "2026-11-21T14:20:00+08:00",
        "boot_id": "5f6c9d0e-0000-4000-8000-000000000001",
        "since_boot_s": 812.25,
        "clock": "synced",
    }
    return values | changes


def visit(seq: int = 1, **changes: Any) -> dict[str, Any]:
    """A record of a visit on the wire; `member_id` goes into its payload."""
    payload = {
        "kind": "visit",
        "member_id": changes.pop("member_id", "m-000001"),
        "card_key": "0" * 32,
        "language": "zh-CN",
        "directory_as_of": "2026-11-21T06:00:00+00:00",
    }
    record: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "seq": seq,
        "kind": "visit",
        "kind_version": 1,
        "priority": 5,
        "occurred": moment(),
        "payload": payload,
    }
    return record | changes


@dataclass
class Kiosk:
    """One enrolled kiosk with its own name and token."""

    url: str
    name: str
    token: str
    store: str = "sh-ja-01"
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def address(self) -> str:
        """Where it uploads to."""
        return f"{self.url}/v1/kiosks/{self.name}/records"

    def envelope(self, *records: dict[str, Any]) -> dict[str, Any]:
        """An upload of these records."""
        return {
            "kiosk": self.name,
            "store": self.store,
            "sent": moment(),
            "records": list(records),
        }

    def send(self, *records: dict[str, Any]) -> list[dict[str, Any]]:
        """Upload records; HQ's word on each."""
        answer = self.post(self.envelope(*records))
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def statuses(self, *records: dict[str, Any]) -> list[str]:
        """Upload records; the status of each."""
        return [result["status"] for result in self.send(*records)]

    def post(self, document: Any, **headers: str) -> requests.Response:
        """Upload anything as gzip JSON."""
        body = gzip.compress(json.dumps(document).encode())
        return self.post_bytes(body, **{"Content-Encoding": "gzip"} | headers)

    def post_bytes(self, body: bytes, **headers: str) -> requests.Response:
        """Upload any bytes."""
        return self.session.post(self.address, body, headers=self.headers | headers, timeout=10)

    def get(self, path: str, **headers: str) -> requests.Response:
        """Ask for something below /v1."""
        address = f"{self.url}/v1/{path}"
        return self.session.get(address, headers=self.headers | headers, timeout=10)

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.token}"}


def enrolled(url: str, store: str = "sh-ja-01") -> Kiosk:
    """Admit a new kiosk at HQ."""
    known = Kiosk(url, f"k-{uuid.uuid4().hex[:12]}", uuid.uuid4().hex, store)
    wish = {"kiosk": known.name, "store": known.store, "token": known.token}
    answer = requests.post(f"{url}/sim/kiosks", json=wish, timeout=10)
    assert answer.status_code == 204, answer.text
    return known

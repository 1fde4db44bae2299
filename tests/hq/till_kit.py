"""A till as HQ sees it from outside."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

STORE = "sh-ja-01"
"""Where it stands unless told otherwise."""


@dataclass
class Till:
    """One till with its own name and token."""

    url: str
    name: str
    token: str
    store: str = STORE
    session: requests.Session = field(default_factory=requests.Session)

    def ask(self, path: str, **body: Any) -> requests.Response:
        """Send a request; an id is drawn unless one is given."""
        told = {"id": str(uuid.uuid4())} | body
        address = f"{self.url}/v1/tills/{self.store}/{path}"
        return self.session.post(address, json=told, headers=self.headers, timeout=10)

    def done(self, path: str, **body: Any) -> dict[str, Any]:
        """The answer to a request that is not refused."""
        answer = self.ask(path, **body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        """Status and sentence of a refusal."""
        answer = self.ask(path, **body)
        return answer.status_code, answer.json()["detail"]

    def member(self, key: str) -> requests.Response:
        """Ask for the member behind a card."""
        address = f"{self.url}/v1/tills/{self.store}/members/{key}"
        return self.session.get(address, headers=self.headers, timeout=10)

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.token}"}


def new_till(url: str, store: str = STORE) -> Till:
    """Admit a till at HQ."""
    known = Till(url, f"t-{uuid.uuid4().hex[:12]}", uuid.uuid4().hex, store)
    wish = {"till": known.name, "store": known.store, "token": known.token}
    answer = requests.post(f"{url}/sim/tills", json=wish, timeout=10)
    assert answer.status_code == 204, answer.text
    return known

"""HQ as the simulator handles it: through the stand-in's own switches below /sim."""

from datetime import datetime
from threading import Lock
from typing import Any

import requests

from sim.panel.ports import HqSight, HqSilent, Received

TIMEOUT_S = 3.0
"""HQ is on this machine and answers in milliseconds."""

NEWEST = 12
"""Records shown on the panel; HQ's own page has all."""


class Office:
    """Asks HQ's process; safe to use from any thread."""

    def __init__(self, url: str) -> None:
        """Nothing is asked yet.

        Args:
            url: of HQ, without a path.
        """
        self.url = url
        self._lock = Lock()
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of this machine does not lead to loopback

    def look(self) -> HqSight:
        """How HQ is; see `sim.panel.ports.Hq`."""
        state = self._ask("GET", "/sim/state")
        newest = self._ask("GET", f"/sim/records?limit={NEWEST}")
        return HqSight(
            reachable=not state["faults"]["unreachable"],
            count=state["records"],
            newest=tuple(_received(record) for record in newest),
        )

    def set_reachable(self, reachable: bool) -> None:
        """Turn the network between kiosks and HQ on or off; see `sim.panel.ports.Hq`."""
        self._ask("POST", "/sim/faults", {"unreachable": not reachable})

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            with self._lock:
                answer = self._session.request(
                    method, self.url + path, json=body, timeout=TIMEOUT_S
                )
            answer.raise_for_status()
            return answer.json()
        except (requests.RequestException, ValueError) as problem:
            raise HqSilent(str(problem)) from problem


def _received(record: dict[str, Any]) -> Received:
    return Received(
        n=record["n"],
        kind=record["kind"],
        wall=datetime.fromisoformat(record["wall"]),
        member_id=record["member_id"] or "",
        card_key=str(record["payload"].get("card_key", "")),
    )

"""HQ as a process: its command line, its end, and who may reach which part of it."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.types import Message

from kiosk.exceptions import ConfigError
from sim.hq.__main__ import main
from sim.hq.app import create_app
from sim.hq.clock import utc_now
from sim.hq.directory import begin_sequence
from sim.hq.process import HqOptions, HqProcess
from sim.hq.server import listen
from sim.hq.state import open_hq
from tests.hq.kit import Kiosk, visit
from tests.waiting import soon


@pytest.mark.parametrize("salt", ["zz", "00", "00" * 65])
def test_a_salt_that_is_none_is_refused(salt: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Cards would be keyed with something no kiosk can be given."""
    with pytest.raises(SystemExit) as ended:
        main(["--fleet-salt", salt])
    assert ended.value.code == 2
    assert "fleet salt" in capsys.readouterr().err


def test_a_taken_port_is_told_plainly(tmp_path: Path) -> None:
    """The technician would read a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="cannot listen on"):
            listen("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(ConfigError, match="ended before it was ready"):
            HqProcess(HqOptions(tmp_path, port=taken.getsockname()[1], members=0))


def test_it_ends_although_an_answer_is_held(tmp_path: Path) -> None:
    """The simulator would hang at its end when a switch was left on."""
    with HqProcess(HqOptions(tmp_path, members=0)) as process:
        requests.post(f"{process.url}/sim/faults", json={"hold_answers": True}, timeout=10)
        with socket.create_connection(("127.0.0.1", process.port)) as line:
            line.sendall(b"POST /v1/kiosks/k/records HTTP/1.1\r\nHost: x\r\n")
            line.sendall(b"Content-Length: 2\r\n\r\n{}")
            soon(lambda: _held(process) == 1, "an answer held after the commit")
            assert process.stop() == 0


def test_no_other_user_of_the_machine_reads_its_files(tmp_path: Path) -> None:
    """Every member's name and number would be open to whoever else works on it."""
    with HqProcess(HqOptions(tmp_path / "hq", members=0)):
        files = [one for one in (tmp_path / "hq").rglob("*") if one.is_file()]
        assert {"hq.db", "pin-keys.json"} <= {one.name for one in files}
        assert [one.name for one in files if one.stat().st_mode & 0o077] == []


def _held(process: HqProcess) -> int:
    state = requests.get(f"{process.url}/sim/state", timeout=10).json()
    return int(state["held_answers"])


def test_records_can_be_followed(kiosk: Kiosk) -> None:
    """The simulator's panel would miss records or show them twice."""
    newest = requests.get(f"{kiosk.url}/sim/records", {"limit": 1}, timeout=10).json()
    after = newest[0]["n"] if newest else 0
    kiosk.send(visit(1), visit(2), visit(3))
    rows = requests.get(f"{kiosk.url}/sim/records", {"after": after}, timeout=10).json()
    assert [row["seq"] for row in rows if row["kiosk"] == kiosk.name] == [3, 2, 1]


def test_a_folder_is_published(kiosk: Kiosk, tmp_path: Path) -> None:
    """Content could not be changed while the simulator runs."""
    for name in ("programme", "rewards", "stores", "attract", "care"):
        (tmp_path / f"{name}.json").write_text("{}", encoding="utf-8")
    before = kiosk.get("content/manifest").json()
    published = requests.post(
        f"{kiosk.url}/sim/content", json={"folder": str(tmp_path)}, timeout=10
    ).json()
    assert published["version"] == before["version"] + 1
    assert kiosk.get("content/manifest").json() == published
    whole = kiosk.get(f"content/{published['version']}.zip")
    assert len(whole.content) == published["size_bytes"]
    assert whole.headers["ETag"] == f'"{published["blake2b_256"]}"'
    assert kiosk.get(f"content/{published['version'] + 1}.zip").status_code == 404
    assert requests.get(kiosk.url, timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("path", "client", "status"),
    [
        ("/", "192.0.2.7", 403),
        ("/sim/state", "192.0.2.7", 403),
        ("/sim/state", "127.0.0.1", 200),
        ("/sim/state", "::1", 200),
        ("/v1/content/manifest", "192.0.2.7", 401),
    ],
)
def test_only_this_machine_reaches_the_switches(
    tmp_path: Path, path: str, client: str, status: int
) -> None:
    """Anybody in the shop's network could read members' names and switch HQ off."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path)
    with hq.database.write() as connection:
        begin_sequence(connection, utc_now())
    assert asyncio.run(_status_of(create_app(hq), path, client)) == status
    hq.close()


async def _status_of(app: Any, path: str, client: str) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "client": (client, 4711),
    }
    await app(scope, receive, send)
    return int(sent[0]["status"])

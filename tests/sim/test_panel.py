"""The panel's API over a real server on loopback, with fakes behind its ports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.model.cards import card_key
from sim.hq.demo import fleet
from sim.panel.app import create_app
from sim.panel.ports import Phase, Received
from sim.panel.server import PanelServer, listen
from sim.panel.state import Panel
from sim.panel.tray import Tray
from sim.pn532 import VirtualReader
from sim.stack.road import DataFolder
from tests.sim.panel_fakes import JPEG, FakeGlass, FakeHq, FakeParts

LI_NA = "04a1c35e2b6f80"


@dataclass
class Bench:
    """A panel being served, and what stands behind it."""

    url: str
    glass: FakeGlass
    hq: FakeHq
    parts: FakeParts
    reader: VirtualReader
    data: Path

    def get(self, path: str, **more: Any) -> requests.Response:
        """Ask the panel."""
        return requests.get(self.url + path, timeout=10, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> requests.Response:
        """Tell the panel."""
        return requests.post(self.url + path, json=body, timeout=10, **more)

    def state(self) -> Any:
        """What the page would show."""
        return self.get("/state").json()

    def lying(self) -> list[str]:
        """Names of the cards on the reader, as the page would show them."""
        return [card["name"] for card in self.state()["cards"] if card["lying"]]


@dataclass
class Stage:
    """An ASGI application that passes on to the one of the test that runs."""

    url: str = ""
    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """One server for all tests: its start and end take longer than any of them."""
    stage = Stage()
    with listen(0) as listener:
        server = PanelServer(listener)
        server.start(stage)
        stage.url = server.url
        yield stage
        server.stop()


@pytest.fixture
def bench(tmp_path: Path, stage: Stage) -> Iterator[Bench]:
    """A served panel over fakes, a virtual reader and an empty data folder."""
    glass, hq, parts = FakeGlass(), FakeHq(), FakeParts("hq", "kiosk")
    road = DataFolder(tmp_path / "kiosk")
    with VirtualReader(tmp_path / "reader") as reader:
        stage.app = create_app(Panel(glass, reader, reader, hq, road, parts, Tray()), tmp_path)
        yield Bench(stage.url, glass, hq, parts, reader, tmp_path / "kiosk")
        road.close()


def test_a_card_is_laid_and_taken(bench: Bench) -> None:
    """Otherwise a click on a card would not reach the reader, or never leave it."""
    answer = bench.post(f"/cards/{LI_NA}/lay")
    assert answer.status_code == 200
    assert [card.uid.hex() for card in bench.reader.cards] == [LI_NA]
    assert bench.lying() == [LI_NA]
    bench.post(f"/cards/{LI_NA}/take")
    assert bench.reader.cards == ()
    assert bench.lying() == []


def test_several_cards_lie_at_once(bench: Bench) -> None:
    """Otherwise the notice for two cards, a phone or a bank card could not be tried."""
    for name in (LI_NA, "phone", "bank"):
        assert bench.post(f"/cards/{name}/lay").status_code == 200
    assert sorted(bench.lying()) == [LI_NA, "bank", "phone"]
    assert len(bench.reader.cards) == 3


def test_a_phone_shows_a_random_uid(bench: Bench) -> None:
    """Otherwise the phone on the tray would pass for a membership card."""
    bench.post("/cards/phone/lay")
    uid = bench.reader.cards[0].uid
    assert len(uid) == 4
    assert uid[0] == 0x08


@pytest.mark.parametrize(
    ("first", "second", "sentence", "satz_zh"),
    [
        ("lay", "lay", "李娜 lies on the reader already.", "李娜已经在读卡器上。"),
        (None, "take", "李娜 does not lie on the reader.", "李娜不在读卡器上。"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    bench: Bench, first: str | None, second: str, sentence: str, satz_zh: str
) -> None:
    """Otherwise two pages open at once would end in a server error without words."""
    if first:
        bench.post(f"/cards/{LI_NA}/{first}")
    answer = bench.post(f"/cards/{LI_NA}/{second}")
    assert answer.status_code == 409
    assert answer.json() == {"detail": sentence, "detail_zh": satz_zh}


def test_an_unknown_card_is_named(bench: Bench) -> None:
    """Otherwise a mistyped card name would give no hint."""
    answer = bench.post("/cards/04ff/lay")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no card called '04ff' on the tray."


def test_every_demo_card_is_on_the_tray_with_its_look(bench: Bench) -> None:
    """Otherwise a demo card could not be laid, or a gold card would look like any."""
    cards = {card["name"]: card for card in bench.state()["cards"]}
    assert cards[LI_NA]["look"] == "gold"
    assert cards["04efcdab89674f"]["look"] == "blank"
    assert cards["04685fb31e7c8c"]["status"] == "lost"
    assert cards["042a9d73f5e68b"]["look"] == "plain"
    assert {"phone", "bank"} < set(cards)
    assert all(card["note"]["zh"] and card["note"]["en"] for card in cards.values())


def test_the_reader_is_unplugged_and_plugged_in_again(bench: Bench) -> None:
    """Otherwise the switch would not pull the plug, or a second click would fail."""
    for plugged in (False, False, True, True):
        state = bench.post("/reader", {"plugged": plugged}).json()
        assert state["reader"]["plugged"] is plugged
        assert bench.reader.path.exists() is plugged


def test_hq_is_cut_off_and_comes_back(bench: Bench) -> None:
    """Otherwise the offline test could not be made from the page."""
    assert bench.post("/hq", {"reachable": False}).json()["hq"]["reachable"] is False
    assert bench.hq.reachable is False
    assert bench.post("/hq", {"reachable": True}).json()["hq"]["reachable"] is True


def test_a_silent_hq_is_shown_as_such(bench: Bench) -> None:
    """Otherwise the whole page would fail as soon as HQ's process is stopped."""
    bench.hq.is_silent = True
    assert bench.state()["hq"]["answers"] is False
    answer = bench.post("/hq", {"reachable": False})
    assert answer.status_code == 503
    assert answer.json()["detail"] == "HQ's process does not answer. Start it again."


def test_received_records_carry_the_name_on_the_card(bench: Bench) -> None:
    """Otherwise the list would show numbers that nobody connects with the card just laid."""
    key = card_key(bytes.fromhex(LI_NA), bytes.fromhex(fleet().fleet_salt)).hex()
    wall = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    bench.hq.newest = (
        Received(2, "visit", wall, "m-1", key),
        Received(1, "visit", wall, "m-2", "00" * 16),
    )
    hq = bench.state()["hq"]
    assert hq["count"] == 2
    assert [record["holder"] for record in hq["newest"]] == ["李娜", ""]


def test_a_queue_that_cannot_be_read_is_left_out(bench: Bench) -> None:
    """Otherwise a damaged outbox, which one may want to try, would take the page with it."""
    assert bench.state()["road"]["waiting"] == 0
    for name in ("outbox.db", "outbox.db-wal", "outbox.db-shm"):
        (bench.data / name).unlink(missing_ok=True)
    (bench.data / "outbox.db").mkdir()
    assert bench.state()["road"] is None


def test_a_picture_comes_with_its_frame_and_the_screens_size(bench: Bench) -> None:
    """Otherwise a touch on a smaller picture would land on the wrong pixel."""
    answer = bench.get("/picture?height=860&after=6")
    assert answer.content == JPEG
    assert answer.headers["content-type"] == "image/jpeg"
    assert (answer.headers["x-frame"], answer.headers["x-screen"]) == ("7", "1080x1920")
    assert answer.headers["cache-control"] == "no-store"
    assert bench.glass.heights == [860]


def test_the_same_frame_is_not_sent_again(bench: Bench) -> None:
    """Otherwise a page that lies open would fetch the same picture for ever."""
    answer = bench.get("/picture?after=7")
    assert answer.status_code == 204
    assert answer.content == b""


def test_a_dark_screen_is_told_in_a_sentence(bench: Bench) -> None:
    """Otherwise a stopped kiosk would look like a broken page."""
    bench.glass.is_dark = True
    for path in ("/picture", "/scene"):
        answer = bench.get(path)
        assert answer.status_code == 503
        assert "The kiosk's screen does not answer" in answer.json()["detail"]
        assert answer.json()["detail_zh"]


def test_touches_reach_the_screen(bench: Bench) -> None:
    """Otherwise the kiosk could be looked at but not used."""
    assert bench.post("/touch", {"phase": "down", "x": 540, "y": 1700}).status_code == 204
    bench.post("/touch", {"phase": "up", "x": -1, "y": -1})
    assert bench.glass.touches == [(Phase.DOWN, 540, 1700), (Phase.UP, -1, -1)]
    assert bench.get("/scene").json()["name"] == "attract"


@pytest.mark.parametrize(
    ("path", "body", "names"),
    [
        ("/touch", {"phase": "wave", "x": 1, "y": 1}, "phase"),
        ("/touch", {"phase": "down", "x": 99999, "y": 1}, "x"),
        ("/touch", {"phase": "down", "x": 1.5, "y": 1}, "x"),
        ("/touch", {"phase": "down", "x": 1}, "y"),
        ("/touch", {"phase": "down", "x": 1, "y": 1, "z": 1}, "z"),
        ("/touch", [], "Not understood"),
        ("/reader", {"plugged": "perhaps"}, "plugged"),
        ("/hq", {}, "reachable"),
        ("/parts/kiosk/dance", None, "action"),
    ],
)
def test_bad_input_is_refused_by_name(bench: Bench, path: str, body: Any, names: str) -> None:
    """Otherwise a slip in a script would be carried out, or be refused without a reason."""
    answer = bench.post(path, body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Not understood: ")
    assert names in answer.json()["detail"]
    assert bench.glass.touches == []


@pytest.mark.parametrize("query", ["height=4", "height=a", "after=-5", "height=99999"])
def test_a_picture_nobody_can_want_is_refused(bench: Bench, query: str) -> None:
    """Otherwise one request could make the kiosk draw a picture of any size."""
    assert bench.get(f"/picture?{query}").status_code == 422
    assert bench.glass.heights == []


def test_a_part_is_restarted_in_order(bench: Bench) -> None:
    """Otherwise a restart would only start what runs, or leave it stopped."""
    state = bench.post("/parts/kiosk/restart").json()
    assert bench.parts.deeds == [("stop", "kiosk"), ("start", "kiosk")]
    assert [part["state"] for part in state["parts"]] == ["stopped", "running"]
    bench.post("/parts/kiosk/stop")
    assert bench.parts.deeds[2:] == [("stop", "kiosk")]
    bench.post("/parts/hq/start")
    assert bench.parts.deeds[3:] == [("start", "hq")]


def test_an_unknown_part_is_named(bench: Bench) -> None:
    """Otherwise any name could be sent on to the processes."""
    answer = bench.post("/parts/shell/start")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no part called 'shell'."
    assert bench.parts.deeds == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:8800"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_foreign_pages_are_refused(bench: Bench, headers: dict[str, str]) -> None:
    """Otherwise any web site the technician has open could move the simulator (rebinding)."""
    assert bench.get("/state", headers=headers).status_code in (400, 403)
    assert bench.post(f"/cards/{LI_NA}/lay", headers=headers).status_code in (400, 403)
    assert bench.reader.cards == ()


def test_a_tunnel_with_another_port_is_let_in(bench: Bench) -> None:
    """Otherwise the page would not work through ssh -L from the technician's own machine."""
    headers = {"Host": "localhost:9000", "Origin": "http://localhost:9000"}
    assert bench.post(f"/cards/{LI_NA}/lay", headers=headers).status_code == 200


def test_the_kiosks_font_is_lent(bench: Bench, tmp_path: Path) -> None:
    """Otherwise a browser on a machine without Chinese fonts would show boxes for names."""
    answer = bench.get("/fonts/400")
    assert answer.status_code == 404
    assert "fetch_fonts" in answer.json()["detail"]
    (tmp_path / "NotoSansSC-400.ttf").write_bytes(b"a font")
    assert bench.get("/fonts/400").content == b"a font"
    for nonsense in ("450", "bold", "..%2F..%2Fetc%2Fpasswd"):
        assert bench.get(f"/fonts/{nonsense}").status_code in (404, 422)


def test_the_page_loads_nothing_from_elsewhere(bench: Bench) -> None:
    """Otherwise a machine without internet would show half a page."""
    answer = bench.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "http://" not in answer.text.replace(bench.url, "")
    assert "https://" not in answer.text

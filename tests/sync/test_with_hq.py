"""kiosk-sync as it runs in a store, against the HQ stand-in as a real process."""

import dataclasses
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from kiosk.app.recorder import Recorder
from kiosk.art import built_in_icons, built_in_pictures
from kiosk.clock import SystemClock
from kiosk.exceptions import StoreFailed
from kiosk.model.cards import card_key
from kiosk.model.facts import Mode, PlainPin, Redemption
from kiosk.model.members import Member
from kiosk.model.rules import PinRule
from kiosk.model.verdicts import Claim, Outcome
from kiosk.notify import Notifier
from kiosk.store.content import ContentStore
from kiosk.store.directory import Directory
from kiosk.store.outbox import Outbox
from kiosk.sync.compose import run_with
from kiosk.sync.settings import SyncSettings
from kiosk.sync.status import STATUS_FILE, SyncStatus, read_status
from sim.hq.demo import demo_pin, fleet, tray_cards
from sim.hq.process import HqOptions, HqProcess
from tests.sync.samples import record
from tests.waiting import soon

SALT = bytes.fromhex(fleet().fleet_salt)


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """HQ with a small fleet of members, for all tests here."""
    with HqProcess(HqOptions(tmp_path_factory.mktemp("hq"), members=60)) as process:
        yield process.url


@pytest.fixture
def settings(hq: str, tmp_path: Path) -> SyncSettings:
    """A kiosk of the demo fleet with an empty data folder, in a hurry."""
    known = fleet().kiosks[0]
    return SyncSettings(
        kiosk=known.kiosk,
        store=known.store,
        url=hq,
        token=known.token,
        ca_file=None,
        data_dir=tmp_path,
        pictures=built_in_pictures(),
        icons=built_in_icons(),
        changes_every_s=0.2,
        content_every_s=0.2,
    )


@pytest.fixture
def faults(hq: str) -> Iterator[Callable[..., None]]:
    """Switches faults of HQ on; all are off again at the end."""
    yield lambda **named: _post(hq, "faults", named)
    requests.delete(f"{hq}/sim/faults", timeout=5)


@contextmanager
def syncing(settings: SyncSettings) -> Iterator[None]:
    """kiosk-sync in a thread of its own, ended at the end."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            run_with(settings, stop, Notifier(None))
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2)
    assert not thread.is_alive()
    assert not failures


def test_the_whole_exchange(hq: str, settings: SyncSettings) -> None:
    """Records up, members and content down, and later changes after them: what the kiosk is for."""
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(1))
        with syncing(settings):
            soon(lambda: outbox.pending().count == 0, "an empty queue")
            outbox.put(record(2))
            soon(lambda: outbox.pending().count == 0, "an empty queue")
            known = first_member(settings)
            soon(lambda: content_version(settings) is not None, "the content")
            change = {"add_points": 5}
            _post(hq, f"members/{known.member_id}", change)
            soon(lambda: first_member(settings).points == known.points + 5, "the change of points")
    assert {record(1).id, record(2).id} <= {uuid for uuid, _ in received(hq)}
    told = status(settings)
    assert (told.reachable, told.error, told.refusals) == (True, "", ())
    assert told.directory_as_of is not None


def test_a_new_record_goes_up_at_once(hq: str, settings: SyncSettings) -> None:
    """A member waits three seconds for the word on a redemption; most of them belong to HQ."""
    calm = dataclasses.replace(settings, changes_every_s=60, content_every_s=60)
    with Outbox.open(settings.data_dir / "outbox.db") as outbox, syncing(calm):
        soon(lambda: content_version(settings) is not None, "the content")
        slowest_s = 0.0
        for number in range(10, 15):
            begun_s = time.monotonic()
            outbox.put(record(number))
            soon(lambda: outbox.pending().count == 0, "an empty queue")
            slowest_s = max(slowest_s, time.monotonic() - begun_s)
    assert slowest_s < 1.0


def test_a_wish_is_answered_and_the_row_comes_home_with_it(settings: SyncSettings) -> None:
    """The member at the screen waits three seconds; at the next tap the balance must be true."""
    calm = dataclasses.replace(settings, changes_every_s=60, content_every_s=60)
    with syncing(calm), Outbox.open(settings.data_dir / "outbox.db") as outbox:
        soon(lambda: content_version(settings) is not None, "the content")
        known = first_member(settings)
        wish, pins = wish_of(known, settings)
        recorder = Recorder(lambda: outbox, SystemClock())
        begun_s = time.monotonic()
        recorder.keep([wish], pins)
        claim = soon(lambda: word_on(recorder, wish), "HQ's word")
        answered_s = time.monotonic() - begun_s
        row = soon(lambda: row_with(settings, claim.seq), "the member's row")
        home_s = time.monotonic() - begun_s
    assert claim.verdict is not None
    assert claim.verdict.outcome is Outcome.HELD
    assert claim.verdict.code is not None
    assert row.points == claim.verdict.balance == known.points - wish.points
    assert [one.redemption_id for one in row.held] == [wish.redemption_id]
    assert answered_s < 3
    assert home_s < 4


def wish_of(known: Member, settings: SyncSettings) -> tuple[Redemption, PinRule]:
    """The member asks for the cheapest reward of this store, with the demo's PIN."""
    content = ContentStore.open(settings.data_dir / "content").current()
    assert content is not None
    here = [reward for reward in content.rewards if reward.stock.get(settings.store)]
    reward = min((one for one in here if not one.tiers), key=lambda one: one.points)
    wish = Redemption(
        redemption_id=uuid4(),
        member_id=known.member_id,
        card_key=card_key(bytes.fromhex(tray_cards()[0].uid), SALT).hex(),
        reward_id=reward.reward_id,
        points=reward.points,
        cash_fen=reward.cash_fen,
        mode=Mode.HOLD,
        pin=PlainPin(demo_pin()),
        programme_version=content.programme.version,
    )
    return wish, content.programme.redeeming.pin


def word_on(recorder: Recorder, wish: Redemption) -> Claim | None:
    """The claim, once HQ has spoken."""
    claim = recorder.claim(wish.redemption_id)
    return claim if claim is not None and not claim.waits else None


def row_with(settings: SyncSettings, seq: int) -> Member | None:
    """The member's row, once it includes this kiosk's record."""
    row = first_member(settings)
    return row if row.applied_seq.get(settings.kiosk, 0) >= seq else None


def test_a_lost_answer_counts_once(
    hq: str, settings: SyncSettings, faults: Callable[..., None]
) -> None:
    """HQ has the record, the kiosk does not know: the second time must not make a second visit."""
    faults(lose_answers=1)
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(20))
        with syncing(settings):
            soon(lambda: outbox.pending().count == 0, "an empty queue")
        assert outbox.pending().dead == 0
    assert [uuid for uuid, _ in received(hq)].count(record(20).id) == 1


def test_a_cursor_that_is_gone_brings_a_snapshot(
    hq: str, settings: SyncSettings, faults: Callable[..., None]
) -> None:
    """A kiosk that was away for a season must not go on with half of the changes."""
    with syncing(settings):
        soon(lambda: status(settings).directory_as_of is not None, "the directory")
        first = first_member(settings)
    before = directory_state(settings)
    _post(hq, f"members/{first.member_id}", {"add_points": 7})
    requests.post(f"{hq}/sim/snapshot", timeout=10).raise_for_status()
    faults(forget_cursors=True)
    with syncing(settings):
        soon(lambda: directory_state(settings) != before, "another directory")
        soon(lambda: "its own snapshot" in status(settings).error, "the trouble told")
    assert first_member(settings).points == first.points + 7


def test_broken_content_is_told_and_not_fetched_again(
    hq: str, settings: SyncSettings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Half-published content must not reach a screen, nor a metered line twice."""
    good, broken = Path("sim/demo/content"), tmp_path_factory.mktemp("published") / "broken"
    with syncing(settings):
        soon(lambda: content_version(settings) is not None, "the content")
        version = content_version(settings)
        shutil.copytree(good, broken)
        (broken / "rewards.json").write_text(json.dumps([{"points": "many"}]))
        _post(hq, "content", {"folder": str(broken)})
        soon(lambda: bool(status(settings).refusals), "the refusal told")
        assert "rewards.json" in status(settings).refusals[0].reason
        assert content_version(settings) == version
        assert not list((settings.data_dir / "download").glob("content*"))


def test_hq_behind_a_log_in_page(
    hq: str, settings: SyncSettings, faults: Callable[..., None]
) -> None:
    """A shop's guest network answers everything with a page; no record may be lost to it."""
    faults(html=True)
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(30))
        with syncing(settings):
            soon(lambda: "log-in page" in status(settings).error, "the trouble told")
        assert outbox.pending().count == 1
    assert not status(settings).reachable
    assert status(settings).next_try is not None


def test_it_ends_amid_a_request(
    hq: str, settings: SyncSettings, faults: Callable[..., None]
) -> None:
    """Stopping the service is how a technician tries the kiosk offline: it must not hang."""
    faults(hold_answers=True)
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(40))
        with syncing(settings):
            soon(lambda: _get(hq, "state")["held_answers"] == 1, "an answer held after the commit")
            begun_s = time.monotonic()
        assert time.monotonic() - begun_s < 1.0
        assert outbox.pending().count == 1


def test_a_token_that_is_no_longer_good(hq: str, settings: SyncSettings) -> None:
    """A kiosk shut out by mistake keeps every record until people have sorted it out."""
    shut_out = dataclasses.replace(settings, token="x" * 20)
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(50))
        with syncing(shut_out):
            soon(lambda: "401" in status(settings).error, "the trouble told")
        assert outbox.pending().count == 1
        with syncing(settings):
            soon(lambda: outbox.pending().count == 0, "an empty queue")


def test_a_kiosk_that_was_moved_without_a_word_to_hq(hq: str, settings: SyncSettings) -> None:
    """The records of a moved kiosk are kept, and the technician reads which setting it is."""
    moved = dataclasses.replace(settings, store="bj-cy-01")
    with Outbox.open(settings.data_dir / "outbox.db") as outbox:
        outbox.put(record(51))
        with syncing(moved):
            soon(lambda: "check kiosk.store" in status(settings).error, "the trouble told")
        assert outbox.pending().count == 1


def first_member(settings: SyncSettings) -> Member:
    """The member behind the first card of the tray, once the directory is there."""
    key = card_key(bytes.fromhex(tray_cards()[0].uid), SALT)
    found: list[Member | None] = []

    def look() -> bool:
        if directory_state(settings) is None:
            return False
        directory = Directory.open(settings.data_dir / "directory", lambda _, row: row)
        try:
            found.append(directory.find(key))
        finally:
            directory.close()
        return True

    soon(look, "a directory")
    assert found[0] is not None
    return found[0]


def directory_state(settings: SyncSettings) -> tuple[str, str | None] | None:
    """Which snapshot serves; None before the first."""
    directory = Directory.open(settings.data_dir / "directory", lambda _, row: row)
    try:
        state = directory.state()
    finally:
        directory.close()
    return None if state.snapshot is None else (state.snapshot, state.fault)


def content_version(settings: SyncSettings) -> int | None:
    """The content in use."""
    content = ContentStore.open(settings.data_dir / "content").current()
    return None if content is None else content.version


def status(settings: SyncSettings) -> SyncStatus:
    """What the screen would read."""
    return read_status(settings.data_dir / STATUS_FILE) or SyncStatus()


def received(hq: str) -> list[tuple[UUID, str]]:
    """What HQ has, newest first: ids and kinds."""
    return [(UUID(each["id"]), each["kind"]) for each in _get(hq, "records?limit=1000")]


def _post(hq: str, path: str, body: dict[str, Any]) -> None:
    requests.post(f"{hq}/sim/{path}", json=body, timeout=10).raise_for_status()


def _get(hq: str, path: str) -> Any:
    answer = requests.get(f"{hq}/sim/{path}", timeout=10)
    answer.raise_for_status()
    return answer.json()


def test_a_data_folder_that_cannot_be_made_is_told_as_ours(settings: SyncSettings) -> None:
    """The technician would read twenty lines of program text instead of one sentence."""
    blocked = settings.data_dir / "file"
    blocked.write_bytes(b"no folder")
    with pytest.raises(StoreFailed, match="data"):
        run_with(
            dataclasses.replace(settings, data_dir=blocked / "data"),
            threading.Event(),
            Notifier(None),
        )

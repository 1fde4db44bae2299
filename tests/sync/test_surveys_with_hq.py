"""Surveys on their way from HQ's folder to a kiosk, by real processes."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.content import Content
from kiosk.notify import Notifier
from kiosk.store.content import ContentStore
from kiosk.sync.compose import run_with
from kiosk.sync.settings import SyncSettings
from kiosk.sync.status import STATUS_FILE, SyncStatus, read_status
from sim.hq.demo import FOLDER, fleet
from sim.hq.process import HqOptions, HqProcess
from tests.waiting import soon


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[str]:
    """HQ with the demo's content."""
    with HqProcess(HqOptions(tmp_path / "hq", members=5)) as process:
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
        data_dir=tmp_path / "kiosk",
        pictures=built_in_pictures(),
        icons=built_in_icons(),
        changes_every_s=0.2,
        content_every_s=0.2,
    )


@contextmanager
def syncing(settings: SyncSettings) -> Iterator[None]:
    """kiosk-sync in a thread of its own, ended at the end."""
    stop = threading.Event()
    thread = threading.Thread(target=run_with, args=(settings, stop, Notifier(None)))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()


def publish(hq: str, folder: Path) -> None:
    """Publish a folder, right or wrong."""
    requests.post(f"{hq}/sim/content", json={"folder": str(folder)}, timeout=10).raise_for_status()


def changed(folder: Path, name: str, right: str, wrong: str) -> Path:
    """The demo's folder with one survey changed."""
    shutil.copytree(FOLDER / "content", folder)
    path = folder / "surveys" / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    return folder


def refusals(settings: SyncSettings) -> list[str]:
    """What the screen would read about content that was refused."""
    status = read_status(settings.data_dir / STATUS_FILE) or SyncStatus()
    return [one.reason for one in status.refusals]


def test_surveys_reach_a_kiosk_and_broken_ones_do_not(
    hq: str, settings: SyncSettings, tmp_path: Path
) -> None:
    """Half a survey would be asked, or a new edition would wait for a restart."""
    kept = ContentStore.open(settings.data_dir / "content")

    def content(holds: Callable[[Content], bool]) -> bool:
        current = kept.current()
        return current is not None and holds(current)

    with syncing(settings):
        soon(lambda: content(lambda now: len(now.surveys) == 6), "the demo's surveys")
        assert content(lambda now: now.care.asking.form_url == f"{hq}/form")
        publish(hq, changed(tmp_path / "broken", "follow_up.json", '"comment"', '"signaturepad"'))
        soon(lambda: bool(refusals(settings)), "the refusal told")
        told = refusals(settings)[0]
        assert told.startswith("surveys/follow_up.json:")
        assert "question `suggestion`: type `signaturepad` is not supported" in told
        assert content(lambda now: now.version == 1)
        newer = changed(tmp_path / "newer", "follow_up.json", '"version": 1', '"version": 2')
        publish(hq, newer)
        soon(lambda: content(lambda now: _version(now, "follow_up") == 2), "the new edition")
        assert content(lambda now: now.care.asking.form_url == f"{hq}/form")
        assert content(lambda now: len(now.surveys) == 6)


def _version(content: Content, survey_id: str) -> int:
    survey = content.survey(survey_id)
    return survey.version if survey else 0

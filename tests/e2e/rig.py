"""The whole road as real processes: chip, kiosk, kiosk-sync and HQ, each to be killed alone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from kiosk.app.compose import Folders
from kiosk.app.stage import SETTLE_S
from kiosk.exceptions import KioskError
from kiosk.model.queue import Pending
from kiosk.store.outbox import Outbox
from kiosk.sync.status import read_status
from sim.hq.process import HqOptions, HqProcess
from sim.panel.ports import GlassDark, Phase
from sim.stack import commands
from sim.stack.folder import Folder
from sim.stack.glass import Glass
from sim.stack.options import Options
from tests.waiting import WITHIN_S, soon

LINA = "04a1c35e2b6f80"
"""UID of the demo's 李娜: gold, 320 points to the coffee gift box."""


class Chip:
    """`python -m sim.reader`, spoken to over its standard input."""

    def __init__(self, link: Path) -> None:
        words = [sys.executable, "-m", "sim.reader", "--link", str(link)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("device ")

    def say(self, command: str) -> None:
        """One command; fails unless the chip answers ok."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer.startswith("ok"), answer

    def close(self) -> None:
        """End it."""
        self.process.communicate("quit\n", timeout=WITHIN_S)


@dataclass
class Road:
    """Everything between a card and HQ.

    Attributes:
        glass: the kiosk's screen, seen through its live view.
    """

    folder: Folder
    options: Options
    chip: Chip
    hq: HqProcess
    glass: Glass
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    # -- processes -------------------------------------------------------------------------

    def start(self, *names: str) -> None:
        """Start the kiosk or kiosk-sync."""
        made = {"kiosk": commands.kiosk, "sync": commands.sync}
        for name in names:
            command = made[name](self.options, self.folder, self.hq.url)
            log = (self.folder.logs / f"{name}.log").open("ab")
            self.running[name] = subprocess.Popen(
                command.words, env=command.environment(), stdout=log, stderr=log
            )
            log.close()

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        process = self.running.pop(name)
        process.kill()
        process.wait(WITHIN_S)

    def stop(self) -> None:
        """End what runs as systemd would."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(WITHIN_S)

    def kill_hq(self) -> None:
        """End HQ without warning."""
        self.hq.kill()

    def revive_hq(self) -> None:
        """Start HQ again on its files, at its address."""
        self.hq = HqProcess(HqOptions(self.folder.hq, self.hq.port, self.options.members))

    # -- looking ---------------------------------------------------------------------------

    def scene(self) -> dict[str, Any]:
        """What is on the screen; empty while the kiosk does not answer."""
        try:
            return self.glass.scene()
        except GlassDark:
            return {}

    def wait_for(self, name: str, *words: str) -> dict[str, Any]:
        """Wait until this screen, with all these words on it, is shown."""

        def shown() -> dict[str, Any] | None:
            scene = self.scene()
            texts = " ".join(scene.get("texts", ()))
            there = scene.get("name") == name and all(word in texts for word in words)
            return scene if there else None

        return soon(shown, f"{name} with {words}; on the glass: {self.scene()}")

    def ready(self) -> None:
        """Wait until the kiosk has content and directory, and its reader."""
        self.wait_for("attract", "没有会员卡")
        soon(self._has_directory, "a directory")
        soon(lambda: any("贴在" in text for text in self.scene()["texts"]), "the reader")

    def _has_directory(self) -> bool:
        status = read_status(Folders(self.folder.kiosk).status)
        return status is not None and status.directory_as_of is not None

    def press(self, key: str) -> None:
        """Touch the button with this key, no sooner than a person could have seen it."""
        seen_s = self.scene()["shown_s"]
        soon(lambda: time.monotonic() > seen_s + SETTLE_S, "the page to settle")
        button = next(one for one in self.scene()["buttons"] if one["key"] == key)
        for phase in (Phase.DOWN, Phase.UP):
            self.glass.touch(phase, button["x"], button["y"])

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What HQ has of this kind."""
        answer = requests.get(f"{self.hq.url}/sim/records", timeout=WITHIN_S)
        return [record for record in answer.json() if record["kind"] == kind]

    def hq_state(self) -> dict[str, Any]:
        """HQ's own view of itself."""
        state: dict[str, Any] = requests.get(f"{self.hq.url}/sim/state", timeout=WITHIN_S).json()
        return state

    def fault(self, **faults: object) -> None:
        """Set HQ's fault switches."""
        requests.post(f"{self.hq.url}/sim/faults", json=faults, timeout=WITHIN_S).raise_for_status()

    def pending(self) -> Pending:
        """The kiosk's queue."""
        try:
            with Outbox.open(Folders(self.folder.kiosk).outbox) as outbox:
                return outbox.pending()
        except KioskError as problem:
            raise AssertionError(f"the queue cannot be read: {problem}") from problem


@contextmanager
def road(root: Path) -> Iterator[Road]:
    """Chip and HQ running; kiosk and kiosk-sync are started by the test."""
    folder = Folder(root)
    for path in (folder.hq, folder.kiosk, folder.logs, folder.secrets):
        path.mkdir(parents=True, exist_ok=True)
    commands.write_secrets(folder)
    options = Options(root, members=50)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    with ExitStack() as parts:
        chip = Chip(folder.reader)
        parts.callback(chip.close)
        hq = HqProcess(HqOptions(folder.hq, 0, options.members))
        made = Road(folder, options, chip, hq, Glass(folder.glass))
        parts.callback(lambda: made.hq.__exit__(None, None, None))
        parts.callback(made.stop)
        try:
            yield made
        except BaseException:
            for log in sorted(folder.logs.glob("*.log")):
                sys.stderr.write(f"== {log.name}\n{log.read_text(errors='replace')[-3000:]}\n")
            raise

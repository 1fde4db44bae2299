"""The whole road as real processes: chip, kiosk, kiosk-sync and HQ, each to be killed alone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import requests

from kiosk.app.compose import Folders
from kiosk.app.desk import HOLD_OFF_S
from kiosk.app.stage import SETTLE_S
from kiosk.exceptions import KioskError
from kiosk.model.queue import Pending
from kiosk.store.directory import Directory, plain_row
from kiosk.store.outbox import Outbox
from kiosk.sync.status import read_status
from sim.hq.demo import fleet
from sim.hq.process import HqOptions, HqProcess
from sim.panel.ports import GlassDark, Phase
from sim.stack import commands
from sim.stack.folder import Folder
from sim.stack.glass import Glass
from sim.stack.options import Options
from tests.e2e.reader import Chip
from tests.waiting import WITHIN_S, soon

NEWS_EVERY_S = 1
"""How often kiosk-sync asks for changes: as often as it may be set to."""

LINA = "04a1c35e2b6f80"
"""UID of the demo's 李娜: gold, 320 points to the coffee gift box."""


@dataclass
class Road:
    """Everything between a card and HQ.

    Attributes:
        glass: the kiosk's screen, seen through its live view.
        number: which of the demo fleet's kiosks it is.
        lifted_s: when a card was lifted last.
        since: how many records HQ had when the present test began.
    """

    folder: Folder
    options: Options
    chip: Chip
    hq: HqProcess
    glass: Glass
    number: int = 0
    lifted_s: float = 0.0
    since: int = 0
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    # -- processes -------------------------------------------------------------------------

    def start(self, *names: str) -> None:
        """Start the kiosk or kiosk-sync."""
        made = {"kiosk": commands.kiosk, "sync": commands.sync}
        for name in names:
            command = made[name](self.options, self.folder, self.hq.url)
            log = (self.folder.logs / f"{name}.log").open("ab")
            own = {
                "kiosk.id": fleet().kiosks[self.number].kiosk,
                "hq.changes_every_s": NEWS_EVERY_S,
            }
            words = [word for key, value in own.items() for word in ("--set", f"{key}={value}")]
            self.running[name] = subprocess.Popen(
                [*command.words, *words], env=command.environment(), stdout=log, stderr=log
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

    def begin_anew(self) -> None:
        """Find everything as after the start, whatever the test before has left half-way."""
        self.lift()
        requests.delete(f"{self.hq.url}/sim/faults", timeout=WITHIN_S).raise_for_status()
        if soon(self.scene, "a picture")["name"] != "attract":
            self.leave()
        soon(lambda: self.pending().count == 0, "an empty queue")
        self.since = max((record["n"] for record in self._received()), default=0)

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

        try:
            return soon(shown, f"{name} with {words}")
        except AssertionError as late:
            raise AssertionError(f"{late}; on the glass: {self.scene()}") from None

    def ready(self) -> None:
        """Wait until the kiosk has content and directory, and its reader."""
        self.wait_for("attract", "没有会员卡")
        soon(self._has_directory, "a directory")
        soon(lambda: any("贴在" in text for text in self.scene()["texts"]), "the reader")

    def _has_directory(self) -> bool:
        status = read_status(Folders(self.folder.kiosk).status)
        return status is not None and status.directory_as_of is not None

    def catch_up(self) -> None:
        """Wait until the kiosk has every row as HQ has it now."""
        head = self.hq_state()["directory_head"]
        soon(lambda: self._cursor() >= head, "HQ's news at the kiosk")

    def _cursor(self) -> int:
        with closing(Directory.open(Folders(self.folder.kiosk).directory, plain_row)) as directory:
            return directory.state().cursor or 0

    def press(self, key: str, value: str = "") -> None:
        """Touch the button with this key, no sooner than a person could have seen it."""
        seen_s = self.scene()["shown_s"]
        soon(lambda: time.monotonic() > seen_s + SETTLE_S, "the page to settle")
        self.touch(soon(lambda: self.button(key, value), f"a button {key} {value}"))

    def touch(self, button: dict[str, Any]) -> None:
        """Touch a button at once."""
        for phase in (Phase.DOWN, Phase.UP):
            self.glass.touch(phase, button["x"], button["y"])

    def type(self, letters: str) -> None:
        """Touch keys as fast as a finger can: they stand still meanwhile."""
        self.press("key", letters[0])
        for letter in letters[1:]:
            self.touch(soon(partial(self.button, "key", letter), f"the key {letter}"))

    def write(self, pinyin: str, word: str) -> None:
        """Type pinyin, and take this word among the first candidates for all of it."""
        self.type(pinyin)
        taken = f"{len(pinyin)}:{word}"
        self.touch(soon(lambda: self.button("candidate", taken), f"{word} for {pinyin}"))

    def button(self, key: str, value: str = "") -> dict[str, Any] | None:
        """The button with this key; of several the one with this value, if one is named."""
        buttons = self.scene().get("buttons", ())
        found = [one for one in buttons if one["key"] == key and value in ("", one["value"])]
        return found[0] if found else None

    def tap(self, uid: str) -> dict[str, Any]:
        """Lay a card down for a moment; the member's page.

        A reader that has only just been found asks for the card to be lifted first.
        """
        self.hold_off()
        self.chip.say(f"lay {uid} {uid}")
        asks = {"home", "notice-lift-card"}
        scene = soon(lambda: found if (found := self.scene()).get("name") in asks else None, "page")
        self.lift()
        return scene if scene["name"] == "home" else self.tap(uid)

    def hold_off(self) -> None:
        """Wait until a card is no card any more that only wavered."""
        soon(lambda: time.monotonic() > self.lifted_s + HOLD_OFF_S, "the card to be a new one")

    def lift(self) -> None:
        """Take every card away."""
        self.chip.say("take all")
        self.lifted_s = time.monotonic()

    def go_to_pin(self, uid: str, reward: str) -> None:
        """Lay a card down for a moment, and choose a reward up to the pad of digits."""
        self.tap(uid)
        self.press("redeem")
        self.wait_for("ladder")
        sheet = 0
        while self.button("reward", reward) is None:
            sheet += 1
            self.press("sheet", str(sheet))
        self.press("reward", reward)
        self.wait_for("detail")
        self.press("confirm")
        self.wait_for("pin-entry")

    def enter(self, digits: str) -> None:
        """Touch digits of the pad."""
        for digit in digits:
            self.press("digit", digit)

    def leave(self) -> None:
        """Go back to the first picture."""
        self.press("done")
        self.wait_for("attract")

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What HQ has of this kind since the test began, newest first."""
        return [record for record in self._received() if record["kind"] == kind]

    def _received(self) -> list[dict[str, Any]]:
        """Every record since the test began."""
        query = {"after": self.since, "limit": 1000}
        answer = requests.get(f"{self.hq.url}/sim/records", query, timeout=WITHIN_S)
        received: list[dict[str, Any]] = answer.json()
        return received

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
    options = Options(root, members=50)
    folder = Folder(root)
    folder.hq.mkdir(parents=True, exist_ok=True)
    with ExitStack() as parts:
        hq = HqProcess(HqOptions(folder.hq, 0, options.members))
        with _standing(folder, options, hq, 0) as made:
            parts.callback(lambda: made.hq.__exit__(None, None, None))
            yield made


@contextmanager
def two_roads(root: Path) -> Iterator[tuple[Road, Road]]:
    """The same with a second kiosk of the same store; the first one's HQ is the HQ of both."""
    with road(root / "1") as first:
        folder = Folder(root / "2")
        options = Options(folder.root, members=50)
        with _standing(folder, options, first.hq, 1) as second:
            yield first, second


@contextmanager
def _standing(folder: Folder, options: Options, hq: HqProcess, number: int) -> Iterator[Road]:
    """One kiosk with its reader; its logs are told when the test fails."""
    for path in (folder.kiosk, folder.logs, folder.secrets):
        path.mkdir(parents=True, exist_ok=True)
    commands.write_secrets(folder)
    (folder.secrets / "hq-token").write_text(fleet().kiosks[number].token + "\n")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    with ExitStack() as parts:
        chip = Chip(folder.reader)
        parts.callback(chip.close)
        made = Road(folder, options, chip, hq, Glass(folder.glass), number)
        parts.callback(made.stop)
        try:
            yield made
        except BaseException:
            for log in sorted(folder.logs.glob("*.log")):
                sys.stderr.write(f"== {log.name}\n{log.read_text(errors='replace')[-3000:]}\n")
            raise

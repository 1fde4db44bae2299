"""The simulator's parts as processes: how they start, end and fail, and what is told."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from threading import Event

import pytest

from sim.__main__ import how_to_reach, main
from sim.panel.server import listen
from sim.pn532 import HOST_BAUD
from sim.stack.errors import Interrupted, PartFailed, SimulatorError
from sim.stack.folder import Lease
from sim.stack.keeper import Keeper
from sim.stack.options import Options, parse
from sim.stack.part import ROOT, Command, Part, State
from sim.stack.progress import Progress
from sim.stack.run import running
from tests.waiting import soon

SLEEPS = "print('up', flush=True); import time; time.sleep(60)"
DIES = "import sys; print('the reason', flush=True); sys.exit(3)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('up', flush=True); time.sleep(60)"
)


def command(script: str) -> Command:
    """A process that runs this Python."""
    return Command([sys.executable, "-S", "-c", script], {})


def is_alive(pid: int) -> bool:
    """Whether this process runs and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Part]]:
    """Makes parts that are ended after the test."""
    made: list[Part] = []

    def part(script: str) -> Part:
        made.append(Part("part", "The part", command(script), tmp_path, stop_within_s=0.3))
        return made[-1]

    yield part
    for one in made:
        one.stop()


# -- one part --------------------------------------------------------------------------------


def test_a_part_runs_and_is_stopped(make: Callable[[str], Part]) -> None:
    """Otherwise nothing of the simulator would start, or end."""
    part = make(SLEEPS)
    states = [part.state]
    part.start()
    soon(lambda: "up" in part.said(), "its first word")
    states.append(part.state)
    assert part.stop()
    assert [*states, part.state] == [State.STOPPED, State.RUNNING, State.STOPPED]


def test_starting_twice_starts_once(make: Callable[[str], Part]) -> None:
    """Otherwise two clicks would leave a process nobody ends."""
    part = make(SLEEPS)
    part.start()
    soon(lambda: "up" in part.said(), "its first word")
    part.start()
    assert part.said().count("up") == 1


def test_a_part_that_ends_by_itself_tells_why(make: Callable[[str], Part]) -> None:
    """Otherwise a crash would look like a stop on purpose."""
    part = make(DIES)
    part.start()
    soon(lambda: part.state is State.ENDED, "its end")
    assert part.exit_code == 3
    assert part.last_lines() == "the reason"


def test_last_lines_are_of_the_newest_start_and_few(make: Callable[[str], Part]) -> None:
    """Otherwise an old fault would be taken for the new one, or fill the screen."""
    part = make(DIES)
    part.start()
    soon(lambda: part.state is State.ENDED, "its end")
    for lines, shown in ((1, range(1)), (100, range(92, 100))):
        part.command = command(f"print(*range({lines}), sep='\\n')")
        part.start()
        soon(lambda: part.state is State.ENDED, "its next end")
        assert part.last_lines().splitlines() == [str(number) for number in shown]
    assert "the reason" in part.log.read_text()


def test_a_part_that_will_not_end_is_killed(make: Callable[[str], Part]) -> None:
    """Otherwise one hanging process would keep the simulator from ending."""
    part = make(STUBBORN)
    part.start()
    soon(lambda: "up" in part.said(), "its first word")
    assert not part.stop()
    assert part.state is State.STOPPED


def test_a_part_dies_with_the_simulator(tmp_path: Path) -> None:
    """Otherwise a killed simulator would leave its processes behind."""
    script = f"""
import sys, time
from pathlib import Path
from sim.stack.part import Command, Part
part = Part("part", "The part", Command([sys.executable, "-c", {PID!r}], {{}}), Path(sys.argv[1]))
part.start()
time.sleep(60)
"""
    simulator = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT)
    log = tmp_path / "part.log"
    soon(lambda: log.exists() and log.read_text().strip(), "the part's process id")
    pid = int(log.read_text())
    assert is_alive(pid)
    simulator.kill()
    simulator.wait()
    soon(lambda: not is_alive(pid), "the part's end")


PID = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"


# -- keeping ---------------------------------------------------------------------------------


class Kept:
    """A keeper at work on a thread of its own, and what it told."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.told: list[str] = []
        self.keeper = Keeper(parts, self.told.append)
        self._stop = Event()
        self._thread = threading.Thread(target=self.keeper.run, args=(self._stop,))

    def __enter__(self) -> "Kept":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)
        assert not self._thread.is_alive()

    def state(self) -> str:
        """Of the first part."""
        return self.keeper.look()[0].state


def test_a_part_is_moved_from_another_thread(make: Callable[[str], Part]) -> None:
    """Otherwise the page could not start or stop a process."""
    with Kept([make(SLEEPS)]) as kept:
        kept.keeper.start("part")
        assert kept.state() == "running"
        kept.keeper.stop("part")
        assert kept.state() == "stopped"
        assert kept.told == []
        with pytest.raises(KeyError):
            kept.keeper.start("nobody")


def test_an_end_by_itself_is_told_once(make: Callable[[str], Part]) -> None:
    """Otherwise the terminal would be silent about a dead part, or never silent again."""
    part, other = make(DIES), make(SLEEPS)
    other.name = "other"
    with Kept([part, other]) as kept:
        kept.keeper.start("part")
        soon(lambda: kept.told, "a word about the end")
        kept.keeper.start("other")  # each deed looks at every part again
        kept.keeper.stop("other")
        assert len(kept.told) == 1
    assert kept.told[0].startswith("The part ended by itself (exit code 3).")
    assert "the reason" in kept.told[0]
    assert str(part.log) in kept.told[0]


def test_a_part_that_cannot_be_started_fails_the_wish(make: Callable[[str], Part]) -> None:
    """Otherwise the page would wait for ever for a process that cannot be."""
    part = make(SLEEPS)
    part.log = part.log.parent / "no" / "such" / "folder"
    with Kept([part]) as kept, pytest.raises(FileNotFoundError):
        kept.keeper.start("part")


# -- the start -------------------------------------------------------------------------------


def test_progress_says_what_it_waits_for(make: Callable[[str], Part]) -> None:
    """Otherwise a slow start would look like a hang."""
    out, part = StringIO(), make(SLEEPS)
    part.start()
    progress = Progress(out, 2, Event())
    progress.begin("HQ")
    progress.wait_for(part, lambda: "up" in part.said())
    progress.done("ready at here")
    progress.begin("card reader")
    assert out.getvalue().startswith("1/2 HQ ...")
    assert out.getvalue().endswith(" ready at here\n2/2 card reader ...")


def test_a_part_that_does_not_come_up_is_told_with_its_log(make: Callable[[str], Part]) -> None:
    """Otherwise a failed start would end without a reason."""
    part = make(DIES)
    part.start()
    with pytest.raises(PartFailed, match=r"exit code 3(.|\n)*the reason"):
        Progress(StringIO(), 1, Event()).wait_for(part, lambda: False)


def test_waiting_ends_when_the_person_wants_to_leave(make: Callable[[str], Part]) -> None:
    """Otherwise Ctrl-C would do nothing while the simulator starts."""
    part, stop = make(SLEEPS), Event()
    part.start()
    stop.set()
    with pytest.raises(Interrupted):
        Progress(StringIO(), 1, stop).wait_for(part, lambda: False)


def test_a_part_that_fails_at_the_start_takes_all_others_with_it(tmp_path: Path) -> None:
    """Otherwise a start that failed would leave HQ and kiosk-sync running unseen."""
    environ = {**os.environ, "DISPLAY": ":987", "WAYLAND_DISPLAY": ""}
    words = ["-m", "sim", "--window", "--port", "0", "--members", "5"]
    ended = subprocess.run(
        [sys.executable, *words, "--folder", str(tmp_path / "sim")],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "kiosk ended at once" in ended.stderr
    assert "The last lines of" in ended.stderr
    left = [path for path in Path("/proc").glob("[0-9]*/cmdline") if _names(path, tmp_path)]
    assert left == []


def _names(cmdline: Path, folder: Path) -> bool:
    try:
        return os.fsencode(folder) in cmdline.read_bytes()
    except OSError:
        return False


# -- the folder ------------------------------------------------------------------------------


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Otherwise `--folder ~` would remove somebody's files."""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "letter.txt").write_text("dear")
    with pytest.raises(SimulatorError, match="holds other files"):
        Lease(tmp_path, keep=False)
    assert (tmp_path / "kiosk" / "letter.txt").exists()


@pytest.mark.parametrize("keep", [True, False])
def test_data_is_kept_only_when_asked_for(tmp_path: Path, keep: bool) -> None:
    """Otherwise yesterday's vouchers would spoil today's demo, or --keep would lose records."""
    lease = Lease(tmp_path, keep=False)
    for place in (lease.folder.kiosk, lease.folder.logs):
        (place / "old").touch()
    lease.close()
    lease = Lease(tmp_path, keep=keep)
    lease.close()
    assert (lease.folder.kiosk / "old").exists() is keep
    assert not (lease.folder.logs / "old").exists()


def test_a_folder_serves_one_simulator(tmp_path: Path) -> None:
    """Otherwise two simulators would write into one database of HQ."""
    lease = Lease(tmp_path, keep=True)
    try:
        with pytest.raises(SimulatorError, match="Another simulator runs"):
            Lease(tmp_path, keep=False)
    finally:
        lease.close()


def test_a_folder_too_deep_for_a_socket_is_refused(tmp_path: Path) -> None:
    """Otherwise the kiosk would end with a riddle about AF_UNIX."""
    with pytest.raises(SimulatorError, match="too long for a socket"):
        Lease(tmp_path / ("deep" * 30), keep=False)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Otherwise a file in the way would end in a traceback."""
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="Not a directory"):
        Lease(tmp_path / "file" / "sim", keep=False)


# -- the command line ------------------------------------------------------------------------


def test_the_defaults_are_an_upright_panel() -> None:
    """Otherwise `make sim` would show another kiosk than the store's."""
    options = parse([])
    assert (options.size_px, options.diagonal_inch, options.port) == ((1080, 1920), 21.5, 8800)
    assert (options.hq_port, options.uart_baud, options.window) == (8801, None, False)


@pytest.mark.parametrize(
    ("words", "size_px"),
    [
        ("--landscape", (1920, 1080)),
        ("--size 800x480", (800, 480)),
        ("--size 1280x800 --landscape", (1280, 800)),
        ("--window", (540, 960)),
        ("--window --landscape", (960, 540)),
        ("--window --size 1080x1920", (1080, 1920)),
    ],
)
def test_the_panel_is_as_asked_for(words: str, size_px: tuple[int, int]) -> None:
    """Otherwise a layout could not be tried at another size."""
    assert parse(words.split()).size_px == size_px


def test_the_wire_and_the_ports() -> None:
    """Otherwise timings could not be tried, or a free port not be left to the system."""
    assert parse(["--uart", "115200"]).uart_baud == 115200
    assert parse(["--uart", "host"]).uart_baud == HOST_BAUD
    assert parse(["--port", "0"]).hq_port == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--size 1080", "is not a size such as 1080x1920"),
        ("--size 100x100", "is not a size such as 1080x1920"),
        ("--size -1x5000", "is not a size such as 1080x1920"),
        ("--port 99999", "'99999' is not a port between 0 and 65534"),
        ("--port eight", "'eight' is not a port"),
        ("--diagonal nan", "'nan' is not a diagonal"),
        ("--diagonal 2", "between 3 and 100 inches"),
        ("--uart fast", "'fast' is not 'host' or a speed"),
        ("--language fr", "invalid choice: 'fr'"),
        ("--theme pink", "invalid choice: 'pink'"),
        ("--members -3", "a number of members"),
    ],
)
def test_a_bad_word_is_refused_with_the_right_one(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise a slip would start another simulator than meant, or end in a traceback."""
    option, value = words.split()
    with pytest.raises(SystemExit):
        parse([f"{option}={value}"])
    assert sentence in capsys.readouterr().err


def test_a_busy_port_is_told_at_once() -> None:
    """Otherwise the simulator would start everything and then fail."""
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            SimulatorError, match=rf"Port {port} \(the page's\) cannot be used: .*--port"
        ):
            listen(port)


def test_hqs_busy_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    """Who named one port would read of another that was never named, and wait for it."""
    said, taken = StringIO(), _busy_after_a_free_one()
    with taken:
        port = taken.getsockname()[1]
        options = Options(tmp_path / "sim", port=port - 1)
        says = rf"Port {port} \(HQ's, the one after --port\) cannot be used"
        progress = Progress(said, 1, Event())
        with pytest.raises(SimulatorError, match=says), running(options, progress):
            pass
    assert said.getvalue() == ""


def _busy_after_a_free_one() -> socket.socket:
    """A socket that listens, at a port whose neighbour below nobody uses."""
    while True:
        taken = listen(0)
        try:
            listen(taken.getsockname()[1] - 1).close()
        except SimulatorError:
            taken.close()
            continue
        return taken


def test_the_tunnel_is_told_over_ssh() -> None:
    """Otherwise a person on a machine without a display would not know how to see the page."""
    environ = {"SSH_CONNECTION": "198.51.100.7 50022 192.0.2.9 2222"}
    urls = ("http://127.0.0.1:8800", "http://127.0.0.1:8801")
    said = how_to_reach(urls, environ)
    assert "ssh -N -L 8800:127.0.0.1:8800 -L 8801:127.0.0.1:8801 -p 2222 " in said
    assert "@192.0.2.9\n" in said
    assert how_to_reach(urls, {}) == "Ctrl-C ends it.\n"


def test_a_window_needs_a_desktop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise `make sim-window` over SSH would end in SDL's words."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert main(["--window"]) == 1
    assert "--window needs a desktop" in capsys.readouterr().err

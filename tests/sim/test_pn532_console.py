"""The virtual reader on the command line."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.drivers.nfc import NfcPcd
from sim.pn532 import VirtualReader
from sim.reader import Console, main

UID_HEX = "04a1b2c3d4e580"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console on a reader that is plugged in."""
    with VirtualReader(tmp_path / "reader") as reader:
        yield Console(reader)


def test_cards_are_laid_taken_and_laid_again(console: Console) -> None:
    """A tester would have to type the UID each time, or could not take a card away."""
    assert console.obey(f"lay anna {UID_HEX}") == "ok laid anna"
    assert console.obey("lay phone") == "ok laid phone"
    assert console.obey("lay bank") == "ok laid bank"
    assert console.obey("cards") == "ok phone bank anna"
    assert console.obey("take anna") == "ok took anna"
    assert console.obey("lay anna") == "ok laid anna"
    assert console.obey("take all") == "ok took all"
    assert console.obey("cards") == "ok none"


def test_plug_and_faults(console: Console) -> None:
    """The faults and the plug are what the console is for."""
    assert console.obey("unplug") == "ok unplugged"
    assert console.obey("replug") == "ok plugged in"
    for kind in ("late-ack", "garble", "truncate", "deaf"):
        assert console.obey(f"fault {kind} on 2") == f"ok fault {kind} on 2"
        assert console.obey(f"fault {kind} on") == f"ok fault {kind} on"
        assert console.obey(f"fault {kind} off") == f"ok fault {kind} off"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("dance", "no command 'dance'"),
        ("lay", "say: lay NAME UIDHEX"),
        ("lay anna", "no card 'anna' yet"),
        ("lay anna 04", "no UID of 7 bytes"),
        ("lay anna xyz", "no UID of 7 bytes"),
        ("lay phone 04a1b2c3d4e580", "no name for a card of your own"),
        ("take anna", "no card 'anna' yet"),
        ("take phone", "does not lie there"),
        ("take", "say: take NAME"),
        ("replug", "plugged in already"),
        ("fault deaf", "say: fault"),
        ("fault deaf on 0", "say: fault"),
        ("fault deaf on many", "say: fault"),
        ("fault mute on", "say: fault"),
    ],
)
def test_bad_lines_get_one_clear_sentence(console: Console, line: str, reason: str) -> None:
    """A tester with a typing error would see a traceback, or nothing."""
    answer = console.obey(line)
    assert answer.startswith("error ")
    assert reason in answer
    assert console.obey("cards") == "ok none"


def test_states_that_forbid_a_command_are_told(console: Console) -> None:
    """A card laid twice or another UID under a known name would confuse every later line."""
    console.obey(f"lay anna {UID_HEX}")
    assert "lies there already" in console.obey("lay anna")
    assert "has another UID already" in console.obey("lay anna 04a1b2c3d4e581")
    console.obey("unplug")
    assert "unplugged already" in console.obey("unplug")


def started(link: Path) -> subprocess.Popen[str]:
    """The command as a tester starts it."""
    command = [sys.executable, "-m", "sim.reader", "--link", str(link)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def test_the_process_prints_its_device_and_answers_lines(tmp_path: Path) -> None:
    """Scripts wait for the device line before they start the kiosk."""
    link = tmp_path / "reader"
    with started(link) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == f"device {link}\n"
        process.stdin.write(f"lay anna {UID_HEX}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ok laid anna\n"
        pcd = NfcPcd(str(link))
        pcd.open()
        seen = pcd.sense()
        pcd.close()
        assert seen is not None
        assert seen.uid.hex() == UID_HEX
        process.stdin.close()
        assert process.wait(5) == 0
    assert not link.is_symlink()


def test_sigterm_ends_the_process_cleanly(tmp_path: Path) -> None:
    """A killed simulator that leaves its link would send the kiosk to a dead device."""
    link = tmp_path / "reader"
    with started(link) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert not link.is_symlink()


@pytest.mark.parametrize("place", ["no/such/folder/reader", "taken"])
def test_a_path_that_cannot_be_made_is_told(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A simulator that overwrites a file, or ends in a traceback, helps nobody."""
    (tmp_path / "taken").write_text("precious")
    with pytest.raises(SystemExit):
        main(["--link", str(tmp_path / place)])
    assert "cannot make a device at" in capsys.readouterr().err
    assert (tmp_path / "taken").read_text() == "precious"

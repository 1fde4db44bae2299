"""Which ports the driver opens, which it refuses, and what it says then."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.drivers import open_reader
from kiosk.drivers.nfc import NfcPcd, identity
from kiosk.exceptions import ConfigError, ReaderGone
from sim.pn532 import VirtualReader


@pytest.mark.parametrize("shape", ["straight", "by-id", "relative", "dots_and_underscores"])
def test_any_path_leads_to_the_reader(
    chip: VirtualReader, tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path grammar of nfcpy knows neither /dev/pts nor by-id links nor names with a dot."""
    monkeypatch.chdir(tmp_path)
    by_id = tmp_path / "serial" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-FTDI_FT232R-if00-port0").symlink_to(chip.path)
    (tmp_path / "card_reader.0").symlink_to(chip.path)
    paths = {
        "straight": os.path.realpath(chip.path),
        "by-id": str(by_id / "usb-FTDI_FT232R-if00-port0"),
        "relative": chip.path.name,
        "dots_and_underscores": str(tmp_path / "card_reader.0"),
    }
    pcd = NfcPcd(paths[shape])
    pcd.open()
    assert pcd.sense() is None
    # nfcpy knows a Pi's slow ports by their real names alone
    assert pcd._transport.port == os.path.realpath(chip.path)
    pcd.close()


def test_a_taken_reader_says_so(chip: VirtualReader) -> None:
    """Two programs on one chip garble each other, and the reason must be on the screen."""
    with chip.path.open("rb+", buffering=0) as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(ReaderGone, match="used by another program"):
            NfcPcd(str(chip.path)).open()


def test_an_open_reader_is_locked(chip: VirtualReader) -> None:
    """A second kiosk process would talk to the chip at the same time."""
    first = NfcPcd(str(chip.path))
    first.open()
    with pytest.raises(ReaderGone, match="used by another program"):
        NfcPcd(str(chip.path)).open()
    first.close()


def test_reasons_tell_what_to_do(tmp_path: Path) -> None:
    """A bare error number helps no technician."""
    plain = tmp_path / "plain"
    plain.touch()
    with pytest.raises(ReaderGone, match="is no serial port"):
        NfcPcd(str(plain)).open()
    with pytest.raises(ReaderGone, match="there is no device at"):
        NfcPcd(str(tmp_path / "absent")).open()


def test_identity_changes_with_each_plugging_in(chip: VirtualReader) -> None:
    """The supervisor would sleep through the reader's return."""
    path = str(chip.path)
    first = identity(path)
    assert first == identity(path)
    chip.unplug()
    assert identity(path) is None
    chip.replug()
    assert identity(path) is not None


def test_importing_the_drivers_does_not_import_nfcpy() -> None:
    """Its 0.1 s belong to the reader's thread, not to the time until the first picture."""
    ask = "import sys, kiosk.drivers; sys.exit('nfc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


def test_an_unknown_driver_names_the_known_ones() -> None:
    """A typing error must not silently become a fake or another driver."""
    with pytest.raises(ConfigError, match="no driver 'fake'; known: nfc"):
        open_reader("door", "fake", "/dev/null")

"""The systemd units start, stay locked up, and avoid every trap that was measured."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from kiosk.__main__ import CONFIG_ERROR

ROOT = Path(__file__).parents[2]
SYSTEMD = ROOT / "systemd"
SCREEN, SYNC = "kiosk.service", "kiosk-sync.service"
SYSTEM_UNITS = Path("/usr/lib/systemd/system")

Unit = dict[str, list[str]]


def unit(name: str) -> Unit:
    """The directives of a unit, each with its values in order."""
    directives: Unit = defaultdict(list)
    for line in (SYSTEMD / name).read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            directives[key].append(value)
    return directives


def systemd(*command: str) -> subprocess.CompletedProcess[str]:
    """Runs one of systemd's tools, which the set-up installs."""
    assert shutil.which(command[0]), f"{command[0]} is missing: sudo apt install systemd"
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A root folder as on a kiosk: the system's units, ours, and an interpreter."""
    shutil.copytree(SYSTEM_UNITS, tmp_path / "usr/lib/systemd/system", symlinks=True)
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for name in (SCREEN, SYNC):
        shutil.copy(SYSTEMD / name, units)
    python = tmp_path / "opt/kiosk/current/venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    return tmp_path


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_unit_is_understood_without_a_word(machine: Path, name: str) -> None:
    """Systemd ignores what it does not understand, and the protection is silently gone."""
    run = systemd("systemd-analyze", "verify", f"--root={machine}", name)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_a_misspelt_directive_would_be_noticed(machine: Path) -> None:
    """Keeps the test above honest: it must be able to fail."""
    path = machine / "etc/systemd/system" / SYNC
    path.write_text(path.read_text().replace("PrivateDevices=", "PrivateDevice="))
    run = systemd("systemd-analyze", "verify", f"--root={machine}", SYNC)
    assert "Unknown key 'PrivateDevice'" in run.stderr


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_exposure_stays_below_one_and_a_half(name: str) -> None:
    """A directive dropped in passing opens the service to whoever breaks into it."""
    path = str(SYSTEMD / name)
    run = systemd(
        "systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", path
    )
    assert run.returncode == 0, run.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_service_is_watched_and_comes_back(name: str) -> None:
    """A kiosk that hangs or dies must be serving again before anybody calls."""
    service = unit(name)
    assert service["Type"] == ["notify"]
    assert service["Restart"] == ["always"]
    assert service["WatchdogSec"] == [{SCREEN: "20s", SYNC: "60s"}[name]]
    assert service["LimitCORE"] == ["0"], "a core dump holds whatever a member saw"
    assert service["MemorySwapMax"] == ["0"], "and so does swapped memory"


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_wrong_configuration_does_not_reboot_the_machine_for_ever(name: str) -> None:
    """A slip in config.toml must leave a machine that can be logged in to."""
    assert unit(name)["RestartPreventExitStatus"] == [str(CONFIG_ERROR)]


def test_screen_gives_up_by_a_reboot_and_sync_never() -> None:
    """Five crashes in a row are a case for the machine; HQ away for days is not."""
    screen, sync = unit(SCREEN), unit(SYNC)
    assert (screen["StartLimitBurst"], screen["StartLimitAction"]) == (["5"], ["reboot"])
    assert sync["StartLimitIntervalSec"] == ["0"]


def test_screen_draws_with_the_renderer_that_shows_something() -> None:
    """With SDL's default renderer everything reports success and the screen is black."""
    environment = unit(SCREEN)["Environment"]
    assert "SDL_RENDER_DRIVER=opengles2" in environment
    assert "SDL_VIDEODRIVER=kmsdrm" in environment


def test_screen_may_write_and_execute_memory_and_sync_may_not() -> None:
    """The graphics driver compiles shaders: the directive kills the screen, not its score."""
    assert "MemoryDenyWriteExecute" not in unit(SCREEN)
    assert unit(SYNC)["MemoryDenyWriteExecute"] == ["yes"]


def test_screen_has_no_network_and_sync_no_devices() -> None:
    """This is the promise that the two processes exist for."""
    screen, sync = unit(SCREEN), unit(SYNC)
    assert screen["PrivateNetwork"] == ["yes"]
    assert screen["RestrictAddressFamilies"] == ["AF_UNIX AF_NETLINK"]
    assert (sync["PrivateDevices"], sync["DevicePolicy"]) == (["yes"], ["closed"])
    assert "DeviceAllow" not in sync
    assert "SupplementaryGroups" not in sync


def test_screen_reaches_its_devices_and_no_others() -> None:
    """/dev/vcio, open to the group video, gives out the board's private key."""
    screen = unit(SCREEN)
    allowed = {device.removesuffix(" rw") for device in screen["DeviceAllow"]}
    assert screen["DevicePolicy"] == ["closed"]
    assert allowed == {
        "char-drm",
        "char-input",
        "/dev/tty1",
        "char-ttyAMA",
        "char-ttyS",
        "char-ttyUSB",
        "char-ttyACM",
    }
    assert {"video", "render", "input", "dialout"} <= set(screen["SupplementaryGroups"][0].split())


def test_screen_waits_for_its_device_without_udev_messages() -> None:
    """`udevadm wait` hangs without a network; a device unit that nothing tags never comes."""
    screen, rules = unit(SCREEN), (SYSTEMD / "60-kiosk.rules").read_text(encoding="utf-8")
    assert "dev-dri-kiosk.device" in screen["After"][0].split()
    assert "ExecStartPre" not in screen
    assert 'TAG+="systemd", SYMLINK+="dri/kiosk"' in rules


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_boot_id_stays_readable(name: str) -> None:
    """Every record names the boot; a /proc of processes only hides it and nothing starts."""
    assert "ProcSubset" not in unit(name)


@pytest.mark.parametrize("name", [SCREEN, SYNC])
def test_data_folder_is_shared_and_owned_by_neither(name: str) -> None:
    """A StateDirectory changes its owner at each start: the other service is locked out."""
    service = unit(name)
    assert "StateDirectory" not in service
    assert service["ReadWritePaths"] == ["/var/lib/kiosk"]
    assert (service["Group"], service["UMask"]) == (["kiosk"], ["0007"])
    folder = (SYSTEMD / "kiosk.tmpfiles.conf").read_text(encoding="utf-8")
    assert "d /var/lib/kiosk        2770 kiosk      kiosk -" in folder.splitlines()


def test_udev_rules_are_written_as_udev_reads_them() -> None:
    """Udev drops a line it cannot read and says so only in its log."""
    match = r'(SUBSYSTEMS?|KERNEL|DRIVERS|ACTION|ATTRS\{\w+\}|ENV\{\w+\})[!=]="[^"]+"'
    action = r'(TAG\+?|SYMLINK\+|RUN\+|GOTO|LABEL)="[^"]+"'
    item = f"({match}|{action})"
    rules = (SYSTEMD / "60-kiosk.rules").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in rules if line and not line.startswith("#")]
    wrong = [line for line in wrong if not re.fullmatch(rf"{item}(, {item})*", line)]
    assert wrong == []


def test_sync_waits_for_nothing_it_can_do_without() -> None:
    """Records are taken and kept with no network and no time; a hard dependency stops that."""
    assert "Requires" not in unit(SYNC)
    assert "network-online.target" not in " ".join(unit(SCREEN)["After"])


def test_users_can_be_made(tmp_path: Path) -> None:
    """A line that systemd-sysusers refuses leaves a service without its user."""
    users = tmp_path / "usr/lib/sysusers.d"
    users.mkdir(parents=True)
    shutil.copy("/usr/lib/sysusers.d/basic.conf", users)
    shutil.copy(SYSTEMD / "kiosk.sysusers.conf", users / "kiosk.conf")
    run = systemd("systemd-sysusers", "--dry-run", f"--root={tmp_path}")
    said = run.stdout + run.stderr
    assert run.returncode == 0, said
    assert "kiosk.conf" not in said, "a line of ours was refused"
    for user in (unit(SCREEN)["User"][0], unit(SYNC)["User"][0]):
        assert f"user '{user}'" in said

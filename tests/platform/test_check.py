"""`kiosk check` tells a technician every trap we know, what it means and what to do."""

import io
import os
import pty
import stat
import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # has no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # has no types

from kiosk.check import (
    Finding,
    Level,
    disk,
    display,
    fonts,
    hq,
    main,
    manners,
    panel,
    pinyin,
    reader,
    run,
)
from kiosk.check.display import DisplayFacts
from kiosk.check.finding import care, fine, lines, stop
from kiosk.check.glyphs import has_glyphs
from kiosk.check.rights import NEEDED, Account, judge
from kiosk.config import Config, load
from kiosk.config.sections import OWN_PINYIN_INDEX, ScreenSection
from kiosk.exceptions import HqRefused, HqUnreachable, ReaderGone
from kiosk.model.clock import ClockQuality
from kiosk.model.wire import ContentManifest
from kiosk.sync.status import STATUS_FILE, SyncStatus, write_status
from sim.pn532 import VirtualReader

ROOT = Path(__file__).parents[2]
SALT = "00112233445566778899aabbccddeeff"
ME = Account("tester", os.geteuid(), frozenset(os.getgroups()))


def config(tmp_path: Path, *more: str) -> Config:
    """The shipped configuration on a desk."""
    desk = [
        f"kiosk.data_dir={tmp_path}",
        "hq.url=http://127.0.0.1:1",
        f"reader.path={tmp_path / 'no-reader'}",
    ]
    given = " ".join(more)
    desk += [] if "hq.token" in given else ["hq.token=a-token", f"hq.fleet_salt={SALT}"]
    return load(ROOT / "config.toml", [*desk, *more])


def only(findings: Iterator[Finding]) -> Finding:
    """The one finding there must be."""
    (finding,) = findings
    return finding


# -- screen --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "level", "word"),
    [
        (DisplayFacts("", problem="kmsdrm not available"), Level.STOP, "kmsdrm not available"),
        (DisplayFacts("offscreen"), Level.STOP, "fell back to the driver offscreen"),
        (DisplayFacts("dummy"), Level.CARE, "SDL_VIDEODRIVER=dummy"),
        (DisplayFacts("KMSDRM"), Level.CARE, "its own choice of renderer"),
        (DisplayFacts("KMSDRM", renderer="opengles2"), Level.OK, "KMSDRM"),
        (DisplayFacts("wayland"), Level.OK, "wayland"),
    ],
)
def test_screen_nobody_sees_is_told(facts: DisplayFacts, level: Level, word: str) -> None:
    """Each of these draws happily where nobody sees it."""
    finding = display.judge(facts)
    assert (finding.level, word in finding.what) == (level, True)


def test_pygame_over_pygame_ce_is_told() -> None:
    """Another package can pull in pygame, whose files then lie over pygame-ce's."""
    assert display.judge_library(iter(["pygame-ce", "Pygame"])).level is Level.STOP
    assert display.judge_library(iter(["pygame-ce", "apsw"])).level is Level.OK


def test_small_panel_is_told_with_the_sizes_that_follow() -> None:
    """800 × 480 on 7 inches looks fine on a desk and cannot be used in a store."""
    finding = panel.judge_size(ScreenSection(diagonal_inch=7), (800, 480))
    assert finding.level is Level.STOP
    assert "800 × 480 pixels on 7 inches (152 × 91 mm)" in finding.what
    assert "buttons are 6.8 mm high instead of 20, capitals 2.1 mm" in finding.means


@pytest.mark.parametrize(
    ("inches", "rotate", "size", "level"),
    [
        (21.5, 0, (1080, 1920), Level.OK),
        (21.5, 90, (1920, 1080), Level.OK),
        (21.5, 0, (1920, 1080), Level.OK),
        (15.6, 0, (1080, 1920), Level.CARE),
        (13.3, 0, (1080, 1920), Level.CARE),
        (10.1, 0, (800, 1280), Level.STOP),
        (7, 0, (800, 480), Level.STOP),
    ],
)
def test_panel_is_judged_as_the_member_sees_it(
    inches: float, rotate: int, size: tuple[int, int], level: Level
) -> None:
    """A turned panel must be measured turned, or a good one is called too small."""
    screen = ScreenSection.model_validate({"diagonal_inch": inches, "rotate_deg": rotate})
    finding = panel.judge_size(screen, size)
    seen = size[::-1] if rotate == 90 else size
    assert finding.level is level
    assert finding.what.startswith(f"{seen[0]} × {seen[1]} pixels")


def test_panel_other_than_configured_is_told() -> None:
    """A picture of the wrong size is stretched or cut, and touches land beside."""
    screen = ScreenSection(width_px=1080, height_px=1920)
    first, second = panel.judge(screen, (1920, 1080))
    assert "says 1080 × 1920 pixels, the panel has 1920 × 1080" in first.what
    assert second.level is Level.OK
    assert only(panel.judge(ScreenSection(), None)).level is Level.CARE


# -- rights --------------------------------------------------------------------------------

NUMBERS = {name: number for number, name in enumerate(NEEDED, 40)}


def test_each_missing_group_is_told_with_what_it_costs() -> None:
    """SDL says nothing when touches cannot be read; the group is the only sign."""
    account = Account("kiosk", 990, frozenset(set(NUMBERS.values()) - {NUMBERS["input"]}))
    finding = only(judge(account, NUMBERS))
    assert finding.what == "kiosk is not in the group input"
    assert finding.means.startswith("touches do nothing")


def test_all_groups_and_root_are_fine() -> None:
    """A false alarm at every start teaches people to ignore the list."""
    everything = Account("kiosk", 990, frozenset(NUMBERS.values()))
    assert only(judge(everything, NUMBERS)).level is Level.OK
    assert only(judge(Account("root", 0, frozenset()), {})).level is Level.OK


@pytest.mark.parametrize(
    ("mode", "owner", "group", "allowed"),
    [
        (0o660, 0, 20, True),
        (0o640, 0, 20, False),
        (0o660, 0, 21, False),
        (0o666, 0, 21, True),
        (0o600, 990, 0, True),
        (0o066, 990, 20, False),
    ],
)
def test_rights_are_judged_for_the_service_not_for_root(
    mode: int, owner: int, group: int, allowed: bool
) -> None:
    """Root may open everything: what matters is whether the user kiosk may."""
    status = os.stat_result((stat.S_IFCHR | mode, 0, 0, 1, owner, group, 0, 0, 0, 0))
    assert Account("kiosk", 990, frozenset({20})).may_use(status) is allowed


# -- reader --------------------------------------------------------------------------------


def open_files() -> int:
    """How many files this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def answers(_path: str) -> str:
    """A reader that is well."""
    return "PN532v1.6"


def test_missing_reader_and_wrong_file_are_told(tmp_path: Path) -> None:
    """The commonest failure of all: the cable."""
    assert "No such file" in only(reader.judge(tmp_path / "none", ME, answers)).what
    (tmp_path / "file").touch()
    assert "is no device" in only(reader.judge(tmp_path / "file", ME, answers)).what


def test_reader_that_may_not_be_used_is_told() -> None:
    """A device of root's gives the same silence as no device."""
    stranger = Account("kiosk", 12345, frozenset())
    main_end, end = pty.openpty()
    try:
        os.fchmod(end, 0o600)
        finding = only(reader.judge(Path(os.ttyname(end)), stranger, answers))
    finally:
        os.close(main_end)
        os.close(end)
    assert (finding.level, "kiosk may not use" in finding.what) == (Level.STOP, True)


PI_PORTS = [
    ("/dev/ttyAMA0", "console=tty1 root=/dev/mmcblk0p2", []),
    ("/dev/ttyS0", "console=tty1", [Level.CARE]),
    ("/dev/ttyAMA0", "console=serial0,115200 console=tty1", [Level.STOP]),
    ("/dev/ttyAMA0", "console=ttyAMA0,115200", [Level.STOP]),
    ("/dev/ttyS0", "console=serial0,115200", [Level.CARE, Level.STOP]),
    ("/dev/ttyUSB0", "console=serial0,115200", []),
]


@pytest.mark.parametrize(("port", "command_line", "levels"), PI_PORTS)
def test_the_ports_of_a_pi_that_garble_answers_are_told(
    port: str, command_line: str, levels: list[Level]
) -> None:
    """A reader that fails now and then for no visible reason costs a technician days."""
    found = reader.judge_port(Path("/dev/serial0"), port, command_line)
    assert [finding.level for finding in found] == levels


def test_reader_answers_are_told_as_they_are() -> None:
    """A reader in use is no fault when the kiosk runs; a deaf one is."""

    def refuses(reason: str) -> reader.Probe:
        def probe(_path: str) -> str:
            raise ReaderGone(reason)

        return probe

    device = Path("/dev/null")
    assert only(reader.judge(device, ME, answers)) == fine("reader", "PN532v1.6")
    assert only(reader.judge(device, ME, refuses("it is silent"))).level is Level.STOP
    busy = refuses("/dev/null is used by another program")
    assert only(reader.judge(device, ME, busy)).level is Level.CARE


def test_real_driver_is_closed_after_a_device_that_does_not_answer() -> None:
    """A check that keeps the port open takes the reader away from the kiosk."""
    main_end, end = pty.openpty()
    try:
        before = open_files()
        finding = only(reader.judge(Path(os.ttyname(end)), ME))
        after = open_files()
    finally:
        os.close(main_end)
        os.close(end)
    assert (finding.level, after) == (Level.STOP, before)


def test_chip_that_answers_is_fine_and_given_back(tmp_path: Path) -> None:
    """The kiosk that starts after the check must find the reader free."""
    with VirtualReader(tmp_path / "reader") as virtual:
        before = open_files()
        first = only(reader.judge(virtual.path, ME))
        assert open_files() == before
        second = only(reader.judge(virtual.path, ME))
    assert (first.level, second) == (Level.OK, first)


# -- pinyin --------------------------------------------------------------------------------


def test_an_index_that_cannot_be_used_is_named_with_what_it_means(tmp_path: Path) -> None:
    """The kiosk runs on letters alone, and nobody would know why."""
    found = pinyin.judge(tmp_path / "pinyin.index")
    assert found.level is Level.CARE
    assert found.means
    assert "make pinyin" in found.do
    (tmp_path / "pinyin.index").write_bytes(b"KPINYIN1 and nothing behind it that could be read")
    assert pinyin.judge(tmp_path / "pinyin.index").level is Level.CARE


def test_the_index_that_was_made_is_fine() -> None:
    """A false alarm would send somebody to make it again and again."""
    assert pinyin.judge(OWN_PINYIN_INDEX).level is Level.OK


# -- fonts ---------------------------------------------------------------------------------


def font_with(words: str) -> bytes:
    """The smallest font file that has these characters in a cmap of format 12."""
    codes = sorted(ord(one) for one in set(words))
    groups = b"".join(struct.pack(">LLL", code, code, 1) for code in codes)
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    cmap = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table
    head = b"OTTO" + struct.pack(">HHHH", 1, 16, 0, 0)
    return head + struct.pack(">4sLLL", b"cmap", 0, 28, len(cmap)) + cmap


def font_folder(folder: Path, content: bytes) -> Path:
    """All four weights with the same content."""
    for weight in (400, 500, 700, 900):
        (folder / f"NotoSansSC-{weight}.otf").write_bytes(content)
    return folder


def test_font_that_draws_everything_is_fine(tmp_path: Path) -> None:
    """A false alarm here would send somebody to fetch fonts again and again."""
    folder = font_folder(tmp_path, font_with(fonts.EVERYDAY + fonts.RARE))
    assert only(fonts.judge(folder)).level is Level.OK


def test_missing_weight_and_missing_characters_are_told(tmp_path: Path) -> None:
    """Empty boxes instead of words, or of somebody's name, are noticed by members first."""
    folder = font_folder(tmp_path, font_with(fonts.EVERYDAY))
    rare = only(fonts.judge(folder))
    assert (rare.level, "䶮" in rare.what) == (Level.CARE, True)
    font_folder(tmp_path, font_with(fonts.EVERYDAY.replace("会", "") + fonts.RARE))
    assert "lacks 会" in only(fonts.judge(folder)).what
    (folder / "NotoSansSC-700.otf").unlink()
    assert "weight 700" in only(fonts.judge(folder)).what


@pytest.mark.parametrize("length", [0, 3, 11, 20, 40, 60])
def test_font_cut_short_is_told(tmp_path: Path, length: int) -> None:
    """A download that broke off must not end in a traceback."""
    folder = font_folder(tmp_path, font_with("会员")[:length])
    assert only(fonts.judge(folder)).level is Level.STOP


def test_font_made_by_others_is_read_as_they_read_it(tmp_path: Path) -> None:
    """Our reading of the cmap must agree with the tool that made the font."""
    characters = "AÉ会䶮𠮷"
    names = [".notdef", *(f"glyph{number}" for number in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(tmp_path / "made.ttf")
    assert has_glyphs(tmp_path / "made.ttf", characters + "B员𠮸") == set(characters)


# -- disk ----------------------------------------------------------------------------------

MOUNTS = """\
21 1 8:1 / / rw,noatime - ext4 /dev/root rw
30 21 0:20 / /run rw - tmpfs tmpfs rw
31 21 8:2 / /var/lib rw - overlay overlay rw
32 21 8:3 / /var/lib/kiosk\\040data rw shared:1 - ext4 /dev/sda3 rw
33 21 8:3 / /mnt rw - vfat /dev/sda4 rw
34 33 8:3 / /mnt rw - ext4 /dev/sda5 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind", "level"),
    [
        ("/srv/kiosk", "ext4", Level.OK),
        ("/run/kiosk", "tmpfs", Level.STOP),
        ("/var/lib/kiosk", "overlay", Level.STOP),
        ("/var/lib/kiosk data/x", "ext4", Level.OK),
        ("/mnt", "ext4", Level.OK),
    ],
)
def test_folder_that_forgets_is_told(folder: str, kind: str, level: Level) -> None:
    """On an overlay every record looks written and is gone after the next power cut."""
    assert disk.kind_of(Path(folder), MOUNTS) == kind
    assert disk.judge_kind(Path(folder), kind).level is level


def test_file_systems_unfit_for_two_processes_are_told() -> None:
    """SQLite's WAL needs locks that network file systems and FAT do not have."""
    for kind in ("nfs4", "vfat", "fuse.sshfs"):
        assert disk.judge_kind(Path("/x"), kind).level is Level.STOP


def test_free_space_is_judged_by_its_floors() -> None:
    """A full disk takes records away one by one; it must be told long before."""
    levels = [disk.judge_free(Path("/x"), size * disk.MEBIBYTE).level for size in (99, 100, 500)]
    assert levels == [Level.STOP, Level.CARE, Level.OK]


def test_folder_on_a_real_disk_is_written_to_and_left_clean(tmp_path: Path) -> None:
    """The check must try a real write, and leave nothing that the kiosk could trip over."""
    mounts = "21 1 8:1 / / rw - ext4 /dev/root rw"
    assert {finding.name for finding in disk.judge(tmp_path, mounts)} == {
        "data",
        "space",
        "writing",
    }
    assert list(tmp_path.iterdir()) == []
    assert only(disk.judge(tmp_path / "none")).level is Level.STOP
    assert disk.judge_library().level is Level.OK


def test_damaged_files_that_wait_are_told(tmp_path: Path) -> None:
    """Names and answers would lie in a forgotten file for as long as the disk lasts."""
    assert list(disk.judge_set_aside(tmp_path)) == []
    (tmp_path / "directory").mkdir()
    for name in ("outbox.db.damaged-1", "outbox.db.damaged-2", "directory/7.overlay.damaged-1"):
        (tmp_path / name).touch()
    told = only(disk.judge_set_aside(tmp_path))
    assert told.level is Level.CARE
    assert told.what.endswith(": 7.overlay.damaged-1, outbox.db.damaged-1, outbox.db.damaged-2")
    (tmp_path / "z.damaged-1").touch()
    assert only(disk.judge_set_aside(tmp_path)).what.endswith(" and 1 more")


# -- HQ ------------------------------------------------------------------------------------


def content(_token: str) -> ContentManifest:
    """HQ when all is well."""
    return ContentManifest(version=7, size_bytes=1, blake2b_256="0" * 64)


@pytest.mark.parametrize(
    ("failure", "level", "word"),
    [
        (HqUnreachable("the name cannot be resolved"), Level.CARE, "cannot be resolved"),
        (HqRefused(401, "who are you"), Level.STOP, "does not accept the token"),
        (HqRefused(404, "no"), Level.CARE, "does not know this kiosk"),
        (HqRefused(500, "oh"), Level.CARE, "500"),
    ],
)
def test_each_refusal_of_hq_is_told(failure: Exception, level: Level, word: str) -> None:
    """A wrong token and a missing cable need different people."""

    def ask(_token: str) -> ContentManifest:
        raise failure

    finding = hq.judge_answer("https://hq.example.com", "a-token", ask)
    assert (finding.level, word in finding.what) == (level, True)
    assert "a-token" not in " ".join(lines([finding]))


def test_answer_of_hq_is_told(tmp_path: Path) -> None:
    """The version proves that it is our HQ that answers."""
    findings = list(hq.judge(config(tmp_path), content))
    assert [finding.level for finding in findings] == [Level.OK]
    assert "content version 7" in findings[0].what


def test_secrets_that_others_read_or_nobody_can_are_told(tmp_path: Path) -> None:
    """A token that everybody may read lets anybody speak to HQ as this kiosk."""
    token = tmp_path / "token"
    token.write_text("abc", encoding="ascii")
    token.chmod(0o644)
    desk = config(tmp_path, f"hq.token_file={token}", f"hq.fleet_salt_file={tmp_path / 'none'}")
    told = {finding.level: finding.what for finding in hq.judge_secrets(desk.hq)}
    assert "readable by other users" in told[Level.CARE]
    assert "cannot read" in told[Level.STOP]


class Stranger(BaseHTTPRequestHandler):
    """A server at HQ's address that is not HQ."""

    def do_GET(self) -> None:  # http.server calls it so
        """Answers with a page, as a hotel's network does."""
        page = b"<html>Welcome to our network</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


def test_real_request_to_nobody_and_to_a_stranger_is_told(tmp_path: Path) -> None:
    """A port where nobody listens and a login page both look like a network that works."""
    server = HTTPServer(("127.0.0.1", 0), Stranger)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        address = f"hq.url=http://127.0.0.1:{server.server_port}"
        stranger = only(hq.judge(config(tmp_path, address)))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    nobody = only(hq.judge(config(tmp_path, address)))
    assert (stranger.level, nobody.level) == (Level.CARE, Level.CARE)
    assert "refuses the connection" in nobody.what
    assert stranger.what != nobody.what


# -- the rest ------------------------------------------------------------------------------


def test_clock_and_settings_of_a_desk_are_told(tmp_path: Path) -> None:
    """Nothing stops with these, so nobody would ever look."""
    levels = [manners.judge_clock(quality).level for quality in ClockQuality]
    assert levels == [Level.CARE, Level.CARE, Level.OK]
    desk = config(
        tmp_path, "session.warning_s=2", "session.idle_s=300", "live_view.socket=view.sock"
    )
    assert [one.name for one in manners.judge_session(desk)] == ["session", "session", "live view"]
    assert list(manners.judge_session(config(tmp_path))) == []


@pytest.mark.parametrize(
    ("ahead_s", "told"),
    [
        (60.0, []),
        (61.0, ["1 min ahead of HQ's at the last contact"]),
        (-7200.0, ["120 min behind HQ's at the last contact"]),
        (None, []),
    ],
)
def test_a_clock_that_differs_from_hqs_is_told(ahead_s: float | None, told: list[str]) -> None:
    """Codes would seem to have run out at the counter, and nobody would look at the clock."""
    found = manners.judge_against_hq(SyncStatus(clock_ahead_s=ahead_s))
    assert [one.what for one in found] == told
    assert list(manners.judge_against_hq(None)) == []


def test_the_clock_is_compared_by_what_was_heard_last(tmp_path: Path) -> None:
    """A check that looks elsewhere would never say a word."""
    write_status(tmp_path / STATUS_FILE, SyncStatus(clock_ahead_s=3600))
    found = [one.what for one in run(config(tmp_path)) if one.name == "clock"]
    assert "60 min ahead of HQ's at the last contact" in found


def test_list_is_aligned_and_summed_up() -> None:
    """Somebody reads it aloud on the telephone."""
    assert list(
        lines([fine("a", "good"), care("bcd", "so", "less", "mend"), stop("e", "bad", "no", "now")])
    ) == [
        "ok    a    good",
        "care  bcd  so",
        "           means: less",
        "           do:    mend",
        "stop  e    bad",
        "           means: no",
        "           do:    now",
        "1 fine, 1 to look at, 1 that stop the kiosk",
    ]


def test_whole_check_runs_on_any_machine_and_says_whether_it_stops(tmp_path: Path) -> None:
    """The check must never itself fail on the machine it is to judge."""
    out = io.StringIO()
    assert main(config(tmp_path), out) == 1, "there is no reader"
    said = out.getvalue()
    assert "nothing at" in said
    assert "a-token" not in said
    assert SALT not in said

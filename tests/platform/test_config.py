"""The configuration is right as a whole or refused as a whole, in words a technician can use."""

import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kiosk.config import Config, load
from kiosk.config.lines import find_lines
from kiosk.config.sections import settings
from kiosk.exceptions import ConfigError
from kiosk.model.text import Language
from kiosk.ui.pieces import Corner

ROOT = Path(__file__).parents[2]
SALT = "00112233445566778899aabbccddeeff"
RIGHT = f"""\
[kiosk]
id = "k1"
store = "s1"

[hq]
url = "http://127.0.0.1:8801"
token = "abc.def"
fleet_salt = "{SALT}"
"""


def write(folder: Path, text: str) -> Path:
    """A configuration file with this text."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, *overrides: str) -> list[str]:
    """The sentences with which this file is refused, its folder left out."""
    with pytest.raises(ConfigError) as caught:
        load(path, overrides)
    return str(caught.value).replace(str(path), path.name).splitlines()


def test_shipped_file_is_valid_and_tells_every_setting() -> None:
    """A setting missing from config.toml is one no technician will ever find."""
    config = load(ROOT / "config.toml")
    document = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    secrets = {"token", "fleet_salt"}
    told = {(section, key) for section, keys in document.items() for key in keys}
    known = {(section, key) for section, keys in settings().items() for key in keys}
    assert told == {(section, key) for section, key in known if key not in secrets}
    assert config.screen.reader_corner is Corner.BOTTOM_RIGHT


def test_shipped_file_shows_the_defaults() -> None:
    """A file that shows other values than the defaults misleads whoever leaves a line out."""
    shipped = load(ROOT / "config.toml")
    for section, fields in settings().items():
        for key, field in fields.items():
            if not field.is_required() and not key.endswith("_file"):
                assert getattr(getattr(shipped, section), key) == field.default, f"{section}.{key}"


def test_every_setting_of_the_shipped_file_is_commented() -> None:
    """Without its comment a key has no unit and no meaning."""
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in pairwise(lines)
        if "=" in line and not line.startswith("#") and not before.startswith(("#", "width_px"))
    ]
    assert bare == []


def test_five_mistakes_are_five_lines_with_place_and_remedy(tmp_path: Path) -> None:
    """A technician who mends one mistake a start-up stands in the store all day."""
    path = write(
        tmp_path,
        RIGHT.replace('"k1"', '"k 1"')
        + "[screen]\ndiagonl_inch = 21\nrotate_deg = 45\n[reader]\npoll_ms = 5\n[sesion]\nx = 1\n",
    )
    assert refusal(path) == [
        "config.toml:2: [kiosk] id must be this kiosk's name at HQ: 1 to 64 letters, digits,"
        ' dots, hyphens or underscores, not "k 1"',
        "config.toml:10: [screen] diagonl_inch is not a setting; did you mean diagonal_inch?",
        "config.toml:11: [screen] rotate_deg must be 0, 90, 180 or 270 (degrees clockwise), not 45",
        "config.toml:13: [reader] poll_ms must be between 20 and 1000 (milliseconds), not 5",
        "config.toml:14: [sesion] is not a section; did you mean [session]?",
    ]


@pytest.mark.parametrize(
    ("addition", "expected"),
    [
        ("[screen]\nwidth_px = 800", "10: [screen] width_px and height_px are given together"),
        ("[screen]\nwidth_px = 100\nheight_px = 900", "10: [screen] width_px must be 0, or betw"),
        ("[screen]\nfullscreen = 1", "10: [screen] fullscreen must be true or false, not 1"),
        ("[screen]\ntheme = 'dark'", '10: [screen] theme must be one of "boutique"'),
        ("[screen]\nreader_corner = 'left'", '10: [screen] reader_corner must be one of "top-le'),
        ("[screen]\npoll_ms = 50", "10: [screen] poll_ms is not a setting; it belongs to [reader]"),
        ("[screen]\nqqqqq = 50", "10: [screen] qqqqq is not a setting; there are width_px,"),
        ("[reader]\npath = ''", '10: [reader] path must be a device, such as "/dev/serial0", not'),
        ("[reader]\ndriver = 'fake'", '10: [reader] driver must be "nfc", not "fake"'),
        ("[reader]\npoll_ms = '50'", "10: [reader] poll_ms must be between 20 and 1000 (millisec"),
        ("[session]\nidle_s = nan", "10: [session] idle_s must be between 1 and 600 (seconds)"),
        ("[session]\npin_pad = 'mixed'", '10: [session] pin_pad must be one of "plain", "shuf'),
        ("[session]\nvoucher_s = 5", "10: [session] voucher_s must be between 10 and 600 (secon"),
        ("[[log]]\nlevel = 'info'", "9: log must be a section, written once: [log]"),
    ],
)
def test_each_kind_of_mistake_says_what_would_be_right(
    tmp_path: Path, addition: str, expected: str
) -> None:
    """A refusal without its remedy sends the technician to the source code."""
    (sentence,) = refusal(write(tmp_path, f"{RIGHT}{addition}\n"))
    assert sentence.removeprefix("config.toml:").startswith(expected)


@pytest.mark.parametrize(
    "url",
    [
        "hq.example.com",
        "http://hq.example.com",
        "https://",
        "https://me:open-sesame@hq.example.com",
        "https://hq.example.com/?a=open-sesame",
        "https://hq.example.com:99999",
        "ftp://127.0.0.1",
        "",
    ],
)
def test_address_that_would_give_the_token_away_is_refused(tmp_path: Path, url: str) -> None:
    """A token sent without TLS, or a password in an address, ends up in somebody's log."""
    path = write(tmp_path, RIGHT.replace("http://127.0.0.1:8801", url))
    (sentence,) = refusal(path)
    assert sentence.startswith('config.toml:6: [hq] url must be an address such as "https://')
    assert "open-sesame@" not in sentence


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://hq.example.com/", "https://hq.example.com"),
        ("https://hq.example.com/kiosks", "https://hq.example.com/kiosks"),
        ("http://localhost:8801", "http://localhost:8801"),
        ("http://[::1]:8801", "http://[::1]:8801"),
    ],
)
def test_address_is_kept_without_its_last_slash(tmp_path: Path, url: str, kept: str) -> None:
    """Two slashes in a row make another path, which HQ does not know."""
    config = load(write(tmp_path, RIGHT.replace("http://127.0.0.1:8801", url)))
    assert config.hq.url == kept


SECRETS = st.text(st.characters(codec="utf-8", exclude_characters='"\\\r\n'), max_size=40)


@given(secret=SECRETS.filter(str.isprintable).map("Zq7".__add__))
@pytest.mark.parametrize("key", ["token", "fleet_salt", "tokn"])
def test_no_message_and_no_print_shows_a_secret(
    tmp_path_factory: pytest.TempPathFactory, key: str, secret: str
) -> None:
    """A secret in a refusal is a secret in the journal, and then in a support mail."""
    path = write(tmp_path_factory.mktemp("secret"), RIGHT)
    try:
        shown = str(load(path, [f"hq.{key}={secret}"]))
    except ConfigError as error:
        shown = f"{error!r} {error} {error.__cause__}"
    assert secret not in shown


def test_secrets_are_read_from_their_own_files(tmp_path: Path) -> None:
    """Each process reads its own secret only; a line end in the file must not break it."""
    (tmp_path / "token").write_text("abc.def=\n", encoding="ascii")
    (tmp_path / "salt").write_text(f"{SALT}\n", encoding="ascii")
    text = RIGHT.replace('token = "abc.def"', 'token_file = "token"')
    config = load(write(tmp_path, text.replace(f'salt = "{SALT}"', 'salt_file = "salt"')))
    assert config.hq.read_token() == "abc.def="
    assert config.hq.read_fleet_salt() == bytes.fromhex(SALT)


@pytest.mark.parametrize("content", [None, b"two words", b"\xff\xfe", b""])
def test_unusable_secret_file_is_told_without_its_content(
    tmp_path: Path, content: bytes | None
) -> None:
    """A wrong token file must be named, and what stands in it must not."""
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    text = RIGHT.replace('token = "abc.def"', 'token_file = "token"')
    config = load(write(tmp_path, text))
    with pytest.raises(ConfigError, match=r"^\[hq\] token_file: .*token") as caught:
        config.hq.read_token()
    assert "two words" not in str(caught.value)


def test_one_secret_written_twice_is_refused(tmp_path: Path) -> None:
    """Nobody could tell which of two tokens is in use."""
    path = write(tmp_path, RIGHT.replace("[hq]", '[hq]\ntoken_file = "t"'))
    (sentence,) = refusal(path)
    assert sentence == "config.toml:8: [hq] token and token_file are both given; keep one"


def test_missing_settings_are_told_at_their_section(tmp_path: Path) -> None:
    """What is not there has no line of its own; the section's line is where it belongs."""
    assert refusal(write(tmp_path, '[kiosk]\nid = "k"\n')) == [
        "config.toml: [hq] fleet_salt_file is missing; it must be a file that holds what HQ gave"
        " this kiosk",
        "config.toml: [hq] token_file is missing; it must be a file that holds what HQ gave"
        " this kiosk",
        'config.toml: [hq] url is missing; it must be an address such as "https://hq.example.com"'
        " (http:// only for this machine itself; no user, query or fragment)",
        "config.toml:1: [kiosk] store is missing; it must be the store's name at HQ: 1 to 64"
        " letters, digits, dots, hyphens or underscores",
    ]


def test_command_line_is_stronger_than_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulator runs the shipped file on a desk by overriding a few settings."""
    monkeypatch.chdir(tmp_path)
    config = load(
        ROOT / "config.toml",
        [
            "kiosk.id=42",
            f"kiosk.data_dir={tmp_path}",
            "screen.rotate_deg=90",
            "screen.diagonal_inch=10.1",
            "screen.fullscreen=false",
            "screen.language=en",
            "hq.url=http://127.0.0.1:1",
            "hq.token=a.b=",
            "live_view.socket=view.sock",
        ],
    )
    assert (config.kiosk.id, config.kiosk.data_dir) == ("42", tmp_path)
    assert (config.screen.rotate_deg, config.screen.diagonal_inch) == (90, 10.1)
    assert (config.screen.fullscreen, config.screen.language) == (False, Language.EN)
    assert config.hq.token_file is None, "the file's choice gives way to the command line's"
    assert config.hq.read_token() == "a.b="
    assert config.live_view.socket == tmp_path / "view.sock"


def test_mistakes_of_the_command_line_name_the_option(tmp_path: Path) -> None:
    """A line number of the file would send somebody to the wrong place."""
    assert refusal(
        write(tmp_path, RIGHT), "reader.poll_ms=5", "nonsense", "screen.fullscren=true"
    ) == [
        "--set reader.poll_ms: [reader] poll_ms must be between 20 and 1000 (milliseconds), not 5",
        "--set screen.fullscren: [screen] fullscren is not a setting; did you mean fullscreen?",
        "--set (number 2): must be written section.key=value",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[kiosk]\nid = k1\n", "config.toml:2: is not TOML: Invalid value"),
        (b"[kiosk]\nid = 'k", "config.toml:2: is not TOML: "),
        (b"[kiosk]\nid = '\xff'\n", "config.toml:2: is not UTF-8 text"),
        (b"#" * 70_000, "config.toml: is larger than 65536 bytes; is it the right file?"),
    ],
)
def test_file_that_is_no_configuration_is_told_with_its_line(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    """A stray quote is the commonest slip of all."""
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    (sentence,) = refusal(path)
    assert sentence.startswith(expected)


def refused(path: Path, *overrides: str) -> str:
    """Why this configuration is refused; empty when it is taken."""
    try:
        load(path, overrides)
    except ConfigError as error:
        return str(error)
    return ""


SETTINGS = st.sampled_from([f"{s}.{key}" for s, keys in settings().items() for key in keys])


@trial(deadline=None)  # a busy machine takes its time over the first one
@given(name=SETTINGS | st.text(max_size=20), value=st.text(max_size=40))
def test_any_override_is_taken_or_refused_in_words(name: str, value: str) -> None:
    """A slip on the command line must end in a sentence, whatever was typed."""
    said = refused(ROOT / "config.toml", f"{name}={value}")
    assert said.startswith(("--set ", str(ROOT / "config.toml"))) or not said


@given(text=st.text(max_size=60))
def test_any_file_is_taken_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """A file that a dying card filled with rubbish must end in a sentence."""
    path = tmp_path_factory.mktemp("any") / "config.toml"
    path.write_bytes((RIGHT + text).encode("utf-8", "surrogatepass"))
    said = refused(path)
    assert said.startswith(str(path)) or not said


@pytest.mark.parametrize("opening", ["x = " + "[" * 20_000, "x = " + "{a=" * 10_000])
def test_file_nested_without_end_is_refused(tmp_path: Path, opening: str) -> None:
    """The parser gives up on such a file with an error of its own kind."""
    path = write(tmp_path, opening)
    assert refusal(path) == ["config.toml: is nested too deep to be a configuration"]


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    """The commonest start-up failure of all must not be a traceback."""
    missing, folder = tmp_path / "none.toml", tmp_path
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        load(missing)
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(folder)


def test_file_of_another_editor_is_read(tmp_path: Path) -> None:
    """Some editors add a byte-order mark and carriage returns; line numbers stay true."""
    path = tmp_path / "config.toml"
    text = RIGHT + "[reader]\npoll_ms = 5\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert refusal(path)[0].startswith("config.toml:10: [reader] poll_ms")


def test_configuration_never_changes(tmp_path: Path) -> None:
    """Two parts of the kiosk must not see two configurations."""
    config = load(write(tmp_path, RIGHT))
    with pytest.raises(ValueError, match="frozen"):
        config.reader.poll_ms = 20  # type: ignore[misc]  # that is the point
    assert isinstance(config, Config)


VALUES = st.sampled_from(["1", '"x = 1"', "[\n 1,\n # no = key\n 2\n]", '"""\n[no]\nkey = 1\n"""'])
NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=4)


@given(
    layout=st.lists(st.tuples(NAMES, VALUES, st.integers(0, 2)), max_size=5),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_every_key_is_found_on_its_own_line(
    layout: list[tuple[list[str], str, int]], ending: str
) -> None:
    """A wrong line number is worse than none, whatever stands above the mistake."""
    lines: list[str] = []
    expected: dict[tuple[str, ...], int] = {}
    for number, (names, value, blanks) in enumerate(layout):
        lines += ["# a comment = 1"] * blanks + [f"[s{number}]"]
        expected[(f"s{number}",)] = len(lines)
        for name in names:
            expected[(f"s{number}", name)] = len(lines) + 1
            lines += f"{name} = {value}".split("\n")
    assert find_lines(ending.join(lines)) == expected


def test_import_is_light() -> None:
    """The first frame waits for this import: no drawing, no network, no reader, no database."""
    code = "import sys, kiosk.config; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"pygame", "requests", "nfc", "serial", "apsw", "tinydb"} & set(run.stdout.split())

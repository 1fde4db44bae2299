"""The fonts come from the first source that has them, whole and unchanged."""

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # has no types
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]  # has no types

from kiosk.ui import fetch_fonts
from kiosk.ui.common_fonts import cut
from kiosk.ui.fetch_fonts import NPM_FILES, Machine, NotHere, fetch, fetched, main, run
from kiosk.ui.fonts import FontMissing, common_file, font_file, font_id, is_common
from kiosk.ui.text import PygameFaces
from kiosk.ui.theme import Weight
from tests.ui.kit import FONTS

Run = Callable[[Sequence[str], Path], str]


def refusing(command: Sequence[str], folder: Path) -> str:
    """A machine on which nothing can be run."""
    raise NotHere(f"{command[0]} is not installed")


def machine(root: Path, run: Run = refusing, *, is_root: bool = False) -> Machine:
    """A machine with fonts in one folder and a command runner of the test's."""
    return Machine(run, (root,), is_root, lambda line: None)


def _font(family: str) -> TTFont:
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": builder_glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupPost()
    return builder.font


def builder_glyph() -> object:
    """An empty glyph."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # no types

    return TTGlyphPen(None).glyph()


def collection(folder: Path, style: str) -> Path:
    """A Noto CJK collection as Debian has it: the Japanese face first."""
    folder.mkdir(parents=True, exist_ok=True)
    made = TTCollection()
    made.fonts = [_font("Noto Sans CJK JP"), _font(fetch_fonts.CJK_FACE)]
    path = folder / f"NotoSansCJK-{style}.ttc"
    made.save(str(path))
    return path


def archive(content: bytes = b"font") -> bytes:
    """A package like npm's."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for weight, name in NPM_FILES.items():
            data = content + str(weight.value).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def with_npm(root: Path, content: bytes = b"font") -> Machine:
    """A machine whose npm client brings exactly the pinned package."""
    package = archive(content)
    pin = base64.b64encode(hashlib.sha512(package).digest()).decode()
    return replace(machine(root, bringing(package)), npm_sha512=pin)


def bringing(package: bytes) -> Run:
    """A npm client that brings this package."""

    def run(command: Sequence[str], folder: Path) -> str:
        if command[0] != "npm":
            return refusing(command, folder)
        (folder / "noto.tgz").write_bytes(package)
        return ""

    return run


def test_the_chinese_face_is_taken_by_its_name(tmp_path: Path) -> None:
    """Face 0 has Japanese shapes: 直 and 骨 would look wrong to every member."""
    for style in ("Regular", "Medium", "Bold", "Black"):
        collection(tmp_path / "fonts", style)
    assert fetch(tmp_path / "out", machine(tmp_path / "fonts")) == "installed"
    with TTFont(font_file(tmp_path / "out", Weight.BLACK)) as taken:
        assert taken["name"].getBestFamilyName() == fetch_fonts.CJK_FACE


def test_two_installed_weights_are_made_do_with_only_at_last(tmp_path: Path) -> None:
    """Display type in the wrong weight is worse than a download, and better than no kiosk."""
    for style in ("Regular", "Bold"):
        collection(tmp_path / "fonts", style)
    assert fetch(tmp_path / "a", with_npm(tmp_path / "fonts")) == "npm"
    assert fetch(tmp_path / "b", machine(tmp_path / "fonts")) == "installed, nearest weights"
    black, bold = (font_file(tmp_path / "b", w).read_bytes() for w in (Weight.BLACK, Weight.BOLD))
    assert black == bold


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path) -> None:
    """Set-up runs before every test run; 57 MB each time would be unbearable."""
    assert fetch(tmp_path / "out", with_npm(tmp_path)) == "npm"
    assert fetch(tmp_path / "out", machine(tmp_path)) == "npm"


def test_a_changed_font_is_fetched_again(tmp_path: Path) -> None:
    """Golden pictures rest on exactly these bytes."""
    out = tmp_path / "out"
    fetch(out, with_npm(tmp_path))
    font_file(out, Weight.BOLD).write_bytes(b"half a font")
    assert fetched(out) is None
    fetch(out, with_npm(tmp_path))
    assert fetched(out) == "npm"


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    """A package that was replaced on its way may hold anything."""
    with pytest.raises(NotHere, match="fonts-noto-cjk"):
        fetch(tmp_path / "out", machine(tmp_path, bringing(archive(b"evil"))))
    assert not list((tmp_path / "out").glob("*.ttf"))


def test_apt_is_asked_only_as_root(tmp_path: Path) -> None:
    """Without root the attempt would only print a confusing error."""
    asked: list[str] = []

    def apt(command: Sequence[str], folder: Path) -> str:
        asked.append(command[0])
        if command[0] == "npm":
            raise NotHere("npm is not installed")
        for style in ("Regular", "Medium", "Bold", "Black"):
            collection(tmp_path / "fonts", style)
        return ""

    with pytest.raises(NotHere):
        fetch(tmp_path / "a", machine(tmp_path / "fonts", apt))
    assert asked == ["npm"]
    assert fetch(tmp_path / "b", machine(tmp_path / "fonts", apt, is_root=True)) == "apt"


def test_when_nothing_helps_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    """The newcomer must know what to do next."""
    with pytest.raises(NotHere) as told:
        fetch(tmp_path / "out", machine(tmp_path))
    assert str(told.value) == fetch_fonts.NOTHING_HELPS
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"not a collection"])
def test_a_damaged_collection_is_no_source(tmp_path: Path, damage: bytes) -> None:
    """A broken file on the machine must not stop the other sources."""
    for style in ("Regular", "Medium", "Bold", "Black"):
        collection(tmp_path / "fonts", style).write_bytes(damage)
    with pytest.raises(NotHere, match="fonts-noto-cjk"):
        fetch(tmp_path / "out", machine(tmp_path / "fonts"))


def test_the_id_names_exactly_these_fonts(tmp_path: Path) -> None:
    """A golden picture compared under another font would fail for no reason."""
    ids = []
    for name, content in (("a", b"one"), ("b", b"one"), ("c", b"two")):
        fetch(tmp_path / name, with_npm(tmp_path, content))
        ids.append(font_id(tmp_path / name))
    assert ids[0] == ids[1] != ids[2]
    assert len(ids[0]) == 8


def test_no_fonts_are_told_with_the_remedy(tmp_path: Path) -> None:
    """The kiosk without fonts must say what to run."""
    with pytest.raises(FontMissing, match="fetch_fonts --into"):
        font_file(tmp_path, Weight.BOLD)
    with pytest.raises(FontMissing, match="does not tell"):
        font_id(tmp_path)
    (tmp_path / "fonts.json").write_text(json.dumps([1]))
    with pytest.raises(FontMissing, match="does not tell"):
        font_id(tmp_path)


def test_commands_that_fail_say_why(tmp_path: Path) -> None:
    """The last line a command said is the one that helps."""
    assert run(("sh", "-c", "echo well"), tmp_path) == "well\n"
    with pytest.raises(NotHere, match="no network"):
        run(("sh", "-c", "echo no network >&2; exit 3"), tmp_path)
    with pytest.raises(NotHere, match="no-such-command is not installed"):
        run(("no-such-command",), tmp_path)


def test_the_command_line_finds_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Set-up calls it so; its progress goes to stderr and its status tells the shell."""
    for path in FONTS.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert main(["--into", str(tmp_path)]) == 0
    assert "already in" in capsys.readouterr().err


def test_fonts_that_are_none_are_told_by_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A damaged font must end the set-up with a sentence, not with a kiosk full of boxes."""
    fetch(tmp_path, with_npm(tmp_path))
    assert main(["--into", str(tmp_path)]) == 1
    assert "NotoSansSC-400.ttf is no font" in capsys.readouterr().err


def test_the_small_font_has_everyday_characters_and_no_others() -> None:
    """A rare name drawn from it would be a box; a large one would cost half a megabyte a size."""
    small = common_file(FONTS, Weight.BOLD)
    assert small is not None
    with TTFont(small) as font:
        codes = font.getBestCmap()
    assert {ord(char) for char in "李娜，积分 320¥×2•"} <= set(codes)
    assert not any(ord(char) in codes for char in "㛃䶮喆αかカ")
    assert len(codes) < 8_000


@pytest.mark.parametrize(
    ("words", "common"),
    [
        ("再积 320 分", True),
        ("¥46.80", True),
        ("买买提・café①", True),
        ("喆", False),
        ("优衣库の", False),
        ("α 波", False),
    ],
)
def test_rare_characters_are_known_from_everyday_ones(words: str, *, common: bool) -> None:
    """The choice of the font hangs on it."""
    assert is_common(words) is common


def test_a_rare_name_is_drawn_with_the_whole_font() -> None:
    """The same picture whichever font the rest comes from, and never a box."""
    faces = PygameFaces(FONTS)
    box = faces.font(Weight.BOLD, 40, "李").render("\ue000", True, "black").get_buffer().raw
    rare = faces.font(Weight.BOLD, 40, "喆").render("喆", True, "black").get_buffer().raw
    assert rare != box


def test_a_small_font_is_cut_once(tmp_path: Path) -> None:
    """Set-up runs before every start of the simulator; five seconds each time would be felt."""
    for path in FONTS.iterdir():
        (tmp_path / path.name).symlink_to(path)
    said: list[str] = []
    cut(tmp_path, said.append)
    assert said == []


def test_a_font_cut_in_an_earlier_way_is_cut_anew(tmp_path: Path) -> None:
    """An update that cuts smaller fonts would change nothing on the kiosks there are."""
    said: list[str] = []
    for weight in Weight:
        _font("Noto Sans SC").save(tmp_path / f"NotoSansSC-{weight.value}.ttf")
    cut(tmp_path, said.append)
    assert len(said) == len(Weight)
    mark = tmp_path / "NotoSansSC-700.common"
    mark.write_text(mark.read_text("ascii").split()[0], "ascii")
    cut(tmp_path, said.append)
    assert said[len(Weight) :] == ["fonts: everyday characters of weight 700"]
    assert not list(tmp_path.glob("*.part"))

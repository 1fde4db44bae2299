"""The art keeps its own rules: what the renderer understands, one stroke, nothing cut off."""

import io
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

ROOT = Path(__file__).parents[2]
ART = ROOT / "images" / "art"
PAGE = ROOT / "docs" / "art.md"
SVG = "{http://www.w3.org/2000/svg}"

ICONS = sorted((ART / "icons").glob("*.svg"))
REWARDS = sorted((ART / "rewards").glob("*.svg"))
SCENES = sorted((ART / "scenes").glob("*.svg"))
FACES = sorted((ART / "faces").glob("*.svg"))
PICTURES = REWARDS + SCENES + FACES
EVERY = ICONS + PICTURES

COLOUR = (0x2C, 0x68, 0x5A)  # any would do that is neither black nor white
STROKE = {"stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
PAINT = STROKE | {"fill", "opacity", "stroke-opacity", "stroke-dasharray", "transform"}
ALLOWED = {
    "svg": {"width", "height", "viewBox"},
    "defs": set(),
    "linearGradient": {"id", "x1", "y1", "x2", "y2"},
    "radialGradient": {"id", "cx", "cy", "r"},
    "stop": {"offset", "stop-color", "stop-opacity"},
    "g": PAINT,
    "path": PAINT | {"d"},
    "rect": PAINT | {"x", "y", "width", "height", "rx"},
    "circle": PAINT | {"cx", "cy", "r"},
    "ellipse": PAINT | {"cx", "cy", "rx", "ry"},
}
ICON_STROKE = {
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
BOXES = {
    "phone-and-bank-card": (400, 480),
    "card-on-reader": (400, 480),
    "brand-mark": (96, 96),
}


def name_of(path: Path) -> str:
    """The folder and the name, for the test's own name."""
    return f"{path.parent.name}/{path.stem}"


def tree(path: Path) -> ET.Element:
    """The file's root element."""
    return ET.fromstring(path.read_text(encoding="utf-8"))


def box_of(path: Path) -> tuple[int, int]:
    """Width and height the file declares in its viewBox, which starts at 0 0."""
    left, top, width, height = tree(path).attrib["viewBox"].split()
    assert (left, top) == ("0", "0")
    return int(width), int(height)


def drawn(text: str, size: tuple[int, int]) -> pygame.Surface:
    """The picture as the painter would get it, `size` in pixels."""
    data = io.BytesIO(text.replace("currentColor", "#{:02X}{:02X}{:02X}".format(*COLOUR)).encode())
    return pygame.image.load_sized_svg(data, size)


def with_margin(path: Path, margin: int) -> str:
    """The file with its window opened by `margin` units on every side."""
    width, height = box_of(path)
    outer = f"{width + 2 * margin} {height + 2 * margin}"
    head, body = path.read_text(encoding="utf-8").split(">", 1)
    head = re.sub(' (width|height)="[0-9]+"', "", head)
    return re.sub('viewBox="[^"]+"', f'viewBox="{-margin} {-margin} {outer}"', head) + ">" + body


def ink(path: Path, scale: int = 1) -> pygame.Rect:
    """What is visibly drawn, in pixels of `scale` a unit, seen with a margin of 40 units."""
    width, height = box_of(path)
    size = ((width + 80) * scale, (height + 80) * scale)
    found = drawn(with_margin(path, 40), size).get_bounding_rect(min_alpha=8)
    return found.move(-40 * scale, -40 * scale)


@pytest.mark.parametrize("path", EVERY, ids=name_of)
def test_only_what_the_renderer_understands(path: Path) -> None:
    """A filter, a style or a text would vanish from the glass without a word."""
    for element in tree(path).iter():
        tag = element.tag.removeprefix(SVG)
        assert tag in ALLOWED, f"{tag} is not drawn by nanosvg"
        assert set(element.attrib) <= ALLOWED[tag], f"{tag}: {sorted(element.attrib)}"


@pytest.mark.parametrize("path", EVERY, ids=name_of)
def test_box_is_the_folders(path: Path) -> None:
    """A picture of another shape would stand off-centre on its tinted square."""
    usual = {"icons": (24, 24), "rewards": (200, 200), "scenes": (480, 480), "faces": (100, 100)}
    root = tree(path)
    assert box_of(path) == BOXES.get(path.stem, usual[path.parent.name])
    assert (int(root.attrib["width"]), int(root.attrib["height"])) == box_of(path)


@pytest.mark.parametrize("path", PICTURES, ids=name_of)
def test_gradients_are_complete_and_in_percent(path: Path) -> None:
    """A bare 1 is one unit to nanosvg (a gradient gone), a missing id draws nothing."""
    text = path.read_text(encoding="utf-8")
    defined: set[str] = set()
    for kind in ("linearGradient", "radialGradient"):
        for gradient in tree(path).iter(f"{SVG}{kind}"):
            values = dict(gradient.attrib)
            defined.add(values.pop("id"))
            assert all(value.endswith("%") for value in values.values()), values
    assert defined == set(re.findall(r"url\(#([\w-]+)\)", text))


@pytest.mark.parametrize("path", EVERY, ids=name_of)
def test_is_visible_and_nothing_is_cut_off(path: Path) -> None:
    """A stroke across the edge of its box would be cut on the glass."""
    width, height = box_of(path)
    scale = 4 if path in ICONS else 1
    found = ink(path, scale)
    assert found.width > 0
    assert pygame.Rect(0, 0, width * scale, height * scale).contains(found), found


@pytest.mark.parametrize("path", ICONS, ids=name_of)
def test_icon_is_one_stroke_in_one_colour(path: Path) -> None:
    """A second weight or a colour of its own would not follow the theme."""
    root = tree(path)
    (group,) = root
    assert group.tag == f"{SVG}g"
    assert dict(group.attrib) == ICON_STROKE
    for shape in group:
        assert not set(shape.attrib) & PAINT, f"{shape.tag} brings its own paint"


@pytest.mark.parametrize("path", ICONS, ids=name_of)
def test_icon_has_the_common_size(path: Path) -> None:
    """An icon much smaller than its neighbours would look like another set's."""
    found = ink(path, 4)
    longer = max(found.width, found.height) / 4
    assert 14 <= longer <= 22.5, longer


@pytest.mark.parametrize("path", ICONS, ids=name_of)
def test_icon_takes_the_colour_it_is_given(path: Path) -> None:
    """An icon that stays black would be lost on pine."""
    surface = drawn(path.read_text(encoding="utf-8"), (48, 48))
    pixels = [surface.get_at((x, y)) for x in range(48) for y in range(48)]
    solid = {(pixel.r, pixel.g, pixel.b) for pixel in pixels if pixel.a == 255}
    assert solid
    # Where two strokes overlap, rounding may cost a step of a channel.
    for seen in solid:
        assert max(abs(a - b) for a, b in zip(COLOUR, seen, strict=True)) <= 2, seen


@pytest.mark.parametrize("path", REWARDS, ids=name_of)
def test_reward_fills_its_square_evenly(path: Path) -> None:
    """A small or shifted object would break the row of pictures."""
    found = drawn(path.read_text(encoding="utf-8"), (200, 200)).get_bounding_rect(min_alpha=24)
    assert 150 <= max(found.width, found.height) <= 186, found
    assert abs(found.centerx - 100) <= 3
    assert abs(found.centery - 100) <= 3


def test_a_better_mood_has_another_face() -> None:
    """Two steps of a scale with one face could not be told apart by who cannot read."""
    assert [path.stem for path in FACES] == sorted(f"mood-{step}" for step in range(11))
    assert len({path.read_text(encoding="utf-8") for path in FACES}) == len(FACES)


@pytest.mark.parametrize("path", PICTURES, ids=name_of)
def test_corners_are_transparent(path: Path) -> None:
    """A ground of its own would hide the tint and the rounded corner behind it."""
    width, height = box_of(path)
    surface = drawn(path.read_text(encoding="utf-8"), (width, height))
    for x in (0, width - 1):
        for y in (0, height - 1):
            assert surface.get_at((x, y)).a == 0


@pytest.mark.parametrize(
    ("heading", "folder"),
    [("Icons", ICONS), ("Rewards", REWARDS), ("Scenes", SCENES), ("Faces", FACES)],
)
def test_page_lists_exactly_what_is_there(heading: str, folder: list[Path]) -> None:
    """A name on the page without a file (or a file nobody knows of) misleads the next drawer."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    listed = [
        name
        for row in rows
        for cell in row.split("|")[1:-1]
        for name in re.findall("`(.+?)`", cell)
    ]
    assert sorted(listed) == sorted(path.stem for path in folder)


def test_no_name_stands_for_two_drawings() -> None:
    """The painter looks a picture up by its bare name: of two, one would never be seen."""
    names = [path.stem for path in EVERY]
    assert sorted(names) == sorted(set(names))

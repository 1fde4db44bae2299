"""What may import what: the shape of the product, held by reading every import."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PURE = frozenset({"loyalty", "session", "screens", "survey"})
"""Packages in which nothing happens: what goes in decides what comes out."""

INSIDE: Mapping[str, frozenset[str]] = {
    "exceptions": frozenset(),
    "notify": frozenset(),
    "discreet": frozenset(),
    "art": frozenset(),
    "model": frozenset(),
    "clock": frozenset({"model", "exceptions"}),
    "content": frozenset({"model", "survey"}),
    "loyalty": frozenset({"model", "content"}),
    "survey": frozenset({"model"}),
    "session": frozenset({"model", "content", "loyalty", "survey"}),
    "screens": frozenset(
        {"model", "content", "loyalty", "survey", "session"}
        | {"ui.nodes", "ui.pieces", "ui.theme", "ui.languages"}
        | {"pinyin.candidates"}
    ),
    "ui": frozenset({"exceptions"}),
    "pinyin": frozenset({"exceptions"}),
    "drivers": frozenset({"model", "exceptions"}),
    "store": frozenset({"model", "content", "survey", "exceptions"}),
    "config": frozenset({"model", "exceptions", "drivers", "ui.pieces", "ui.theme"}),
    "authoring": frozenset({"model", "store", "survey", "exceptions", "art"}),
    "sync": frozenset(
        {"model", "content", "exceptions", "clock", "notify", "store", "config", "art"}
    ),
}
"""What each part may use beside itself; a part that is not here may use every other."""

DRAWLESS = (
    "nodes pieces theme metrics layout palette contrast linebreak typeset flex sizes languages"
    " fonts tap_shape chars"
)
"""Modules of ui that are plain data and sums."""

OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "pygame": ("kiosk/ui/", "kiosk/app/", "kiosk/check/display.py"),
    "requests": ("kiosk/sync/",),
    "urllib3": ("kiosk/sync/",),
    "nfc": ("kiosk/drivers/nfc.py",),
    "apsw": ("kiosk/store/",),
    "tinydb": ("kiosk/store/",),
    "fontTools": (
        "kiosk/ui/fetch_fonts.py",
        "kiosk/ui/common_fonts.py",
        "kiosk/pinyin/build_fonts.py",
    ),
    "cryptography": ("kiosk/app/sealing.py",),
    "jieba": ("kiosk/pinyin/build",),
    "pypinyin": ("kiosk/pinyin/build",),
    "segno": ("kiosk/ui/",),
    "pydantic": ("kiosk/model/", "kiosk/survey/", "kiosk/config/", "kiosk/store/", "kiosk/sync/"),
    "pydantic_core": ("kiosk/store/", "kiosk/survey/check.py", "kiosk/sync/"),
}
"""Where each package from outside may be used; any other has no reason to be in kiosk/."""

WORLDLY = (
    "time random secrets os io pathlib socket select subprocess threading multiprocessing asyncio"
    " shutil tempfile glob sqlite3 urllib http uuid sys"
)
"""Modules of Python that ask the world: its time, its files, its chances, its network."""

WORLDLY_CALLS = frozenset({"open", "input", "print", "now", "utcnow", "today", "fromtimestamp"})
WORLDLY_NAMES = frozenset({"new_record"})
"""Names of ours that draw random numbers."""


@dataclass(frozen=True)
class Use:
    """One imported module and where: `path` is relative to the root, with slashes."""

    path: str
    line: int
    module: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As compilers write it, so that an editor finds the place."""
        return f"{self.path}:{self.line}: {self.module}"

    @property
    def part(self) -> str:
        """The part of the product it stands in: "model", "session", "clock"."""
        return self.path.removesuffix(".py").split("/")[1]


@cache
def trees(root: Path) -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the product, parsed."""
    return tuple(
        (file.relative_to(root).as_posix(), ast.parse(file.read_text(encoding="utf-8")))
        for file in sorted((root / "kiosk").rglob("*.py"))
    )


def uses(root: Path) -> Iterator[Use]:
    """Every import of the product, also those inside functions and for types only."""
    for path, tree in trees(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (Use(path, node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                names = tuple(alias.name for alias in node.names)
                module = node.module if not node.level else "." * node.level
                yield Use(path, node.lineno, module or "", names)


def wrong_inside(root: Path) -> list[str]:
    """Imports of a part of the product by one that must not know it."""
    return [str(use) for use in uses(root) if use.module.startswith("kiosk.") and _crosses(use)]


def _crosses(use: Use) -> bool:
    target = use.module.removeprefix("kiosk.")
    allowed = INSIDE.get(use.part)
    if allowed is None or target.split(".")[0] == use.part:
        return False
    return not any(target == one or target.startswith(f"{one}.") for one in allowed)


def wrong_outside(root: Path) -> list[str]:
    """Imports of a package that has no business there."""
    wrong = []
    for use in uses(root):
        package = use.module.split(".")[0]
        if package == "kiosk" or package in sys.stdlib_module_names:
            continue
        if not use.path.startswith(OUTSIDE.get(package, ())) or _draws_in_a_plain_module(use):
            wrong.append(str(use))
    return wrong


def _draws_in_a_plain_module(use: Use) -> bool:
    folder, _, module = use.path.removesuffix(".py").rpartition("/")
    return (
        use.module.split(".")[0] == "pygame" and folder == "kiosk/ui" and module in DRAWLESS.split()
    )


def worldly(root: Path) -> list[str]:
    """Where a pure package asks the world for its time, a file or a random number."""
    imports = [
        str(use)
        for use in uses(root)
        if use.part in PURE
        and (use.module.split(".")[0] in WORLDLY.split() or WORLDLY_NAMES & set(use.names))
        and (use.module, *use.names) != ("uuid", "UUID")  # the type; drawing one is uuid4
    ]
    calls = [
        f"{path}:{node.lineno}: {_called(node)}()"
        for path, tree in trees(root)
        if path.split("/")[1] in PURE
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in WORLDLY_CALLS
    ]
    return imports + calls


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_each_part_knows_only_what_it_may() -> None:
    """A screen that reads the disk, or a rule that knows a screen, can no longer be tested."""
    assert wrong_inside(ROOT) == []


def test_each_package_is_used_where_it_belongs() -> None:
    """A network call in the screen or a drawing in a rule breaks the promise of two processes."""
    assert wrong_outside(ROOT) == []


def test_pure_packages_ask_the_world_nothing() -> None:
    """One hidden look at the clock makes the ten thousand random events prove nothing."""
    assert worldly(ROOT) == []


def test_product_knows_no_simulator_and_no_test() -> None:
    """A kiosk that knows what it is tested with is not the kiosk that stands in the store."""
    helpers = {"sim", "tests", "bench", "pytest", "hypothesis"}
    assert [str(use) for use in uses(ROOT) if use.module.split(".")[0] in helpers] == []


def test_every_part_is_in_the_table() -> None:
    """A new part that nobody placed would be allowed everything."""
    everything = {"app", "check", "__init__", "__main__"}
    parts = {path.split("/")[1].removesuffix(".py") for path, _ in trees(ROOT)}
    assert parts <= set(INSIDE) | everything


@pytest.mark.parametrize(
    ("path", "code", "check", "expected"),
    [
        ("loyalty/a.py", "import kiosk.ui.nodes", wrong_inside, "1: kiosk.ui.nodes"),
        ("screens/a.py", "from kiosk.ui.paint import P", wrong_inside, "1: kiosk.ui.paint"),
        ("store/a.py", "from kiosk.sync import x", wrong_inside, "1: kiosk.sync"),
        ("ui/layout.py", "\nimport pygame", wrong_outside, "2: pygame"),
        ("session/a.py", "def f():\n import pygame", wrong_outside, "2: pygame"),
        ("app/a.py", "import requests", wrong_outside, "1: requests"),
        ("store/a.py", "import serial.tools", wrong_outside, "1: serial.tools"),
        ("app/a.py", "import numpy", wrong_outside, "1: numpy"),
        ("session/a.py", "from time import monotonic", worldly, "1: time"),
        ("loyalty/a.py", "from datetime import date\ndate.today()", worldly, "2: today()"),
        ("screens/a.py", "open('x')", worldly, "1: open()"),
        ("session/a.py", "from uuid import UUID, uuid4", worldly, "1: uuid"),
        ("session/a.py", "from kiosk.model.records import new_record", worldly, "1: kiosk.model"),
    ],
)
def test_each_rule_can_fail(
    tmp_path: Path, path: str, code: str, check: object, expected: str
) -> None:
    """A rule that lets everything through would look just as green."""
    file = tmp_path / "kiosk" / path
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    assert callable(check)
    (found,) = check(tmp_path)
    assert found.startswith(f"kiosk/{path}:{expected}")


def project_files() -> list[Path]:
    """Every file that is, or is about to be, part of the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if run.returncode == 0:
        found = [ROOT / name for name in run.stdout.decode().split("\0") if name]
    else:  # an unpacked archive
        made = {".venv", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
        found = [path for path in ROOT.rglob("*") if not made & set(path.parts)]
    return [path for path in found if path.is_file()]


def test_no_file_tells_where_it_was_written() -> None:
    """A path of somebody's machine or a registry's address works nowhere else."""
    told = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/opt/py" + "pi"]
    told += ["/opt/wh" + "eels", "pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org"]
    found = []
    for path in project_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(lines, 1):
            found += [f"{path.relative_to(ROOT)}:{number}: {one}" for one in told if one in line]
    assert found == []

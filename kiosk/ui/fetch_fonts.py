"""Set-up step: brings Noto Sans SC into a folder; `python -m kiosk.ui.fetch_fonts --into DIR`.

Sources, in this order: what was fetched before; the installed Noto CJK package, if it has all four
weights; the npm package, through the npm client and pinned by its hash; apt, when root; at last
an installed package that lacks weights, with the nearest in their place. fontTools is needed for
set-up alone: the kiosk never imports it.
"""

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.exceptions import KioskError
from kiosk.ui.common_fonts import cut, sha256_of
from kiosk.ui.fonts import RECORD, FontMissing, font_file
from kiosk.ui.theme import Weight

FAMILY = "Noto Sans SC"

NPM_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
# Integrity of that version's tarball: what is not exactly this is refused.
NPM_SHA512 = (
    "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ=="
)
NPM_FILES = {
    Weight.REGULAR: "package/400Regular/NotoSansSC_400Regular.ttf",
    Weight.MEDIUM: "package/500Medium/NotoSansSC_500Medium.ttf",
    Weight.BOLD: "package/700Bold/NotoSansSC_700Bold.ttf",
    Weight.BLACK: "package/900Black/NotoSansSC_900Black.ttf",
}

# The face by its name: face 0 of the collection has Japanese shapes.
CJK_FACE = "Noto Sans CJK SC"
CJK_WEIGHTS = {"Regular": 400, "Medium": 500, "Bold": 700, "Black": 900}
FONT_ROOTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)
APT_PACKAGES = ("fonts-noto-cjk", "fonts-noto-cjk-extra")
# A slow line and 57 MB; after this the source counts as failed.
COMMAND_TIMEOUT_S = 900.0

NOTHING_HELPS = (
    "No Noto Sans SC: install the Debian package fonts-noto-cjk, or npm, and run this again."
)

Say = Callable[[str], None]


class NotHere(KioskError):
    """Raised when a source cannot give the fonts; the message says why."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the set-up may use of the machine it runs on.

    Attributes:
        run: runs a command in a folder and returns what it printed; raises NotHere.
        roots: folders in which fonts are installed.
        is_root: whether packages may be installed.
        say: tells the progress, one line at a time.
        npm_sha512: integrity the npm archive must have, base64.
    """

    run: Callable[[Sequence[str], Path], str]
    roots: Iterable[Path]
    is_root: bool
    say: Say
    npm_sha512: str = NPM_SHA512


# -- the whole -----------------------------------------------------------------------------------


def fetch(into: Path, machine: Machine) -> str:
    """Have the four weights in a folder, with a record of what they are.

    Returns:
        The source they came from.

    Raises:
        NotHere: no source has them; the message says what to install.
    """
    kept = fetched(into)
    if kept is not None:
        machine.say(f"fonts: already in {into} (from {kept})")
        return kept
    into.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES:
        with tempfile.TemporaryDirectory(dir=into, prefix=".fetching-") as scratch:
            try:
                machine.say(f"fonts: trying {name}")
                found = source(Path(scratch), machine)
            except NotHere as reason:
                machine.say(f"fonts: {name}: {reason}")
                continue
            _settle(into, found, name)
            machine.say(f"fonts: {FAMILY} from {name} is in {into}")
            return name
    raise NotHere(NOTHING_HELPS)


def fetched(into: Path) -> str | None:
    """The source of what the folder holds; None when anything is missing or was changed."""
    try:
        record = json.loads((into / RECORD).read_text("utf-8"))
        for weight in Weight:
            known = record["fonts"][str(weight.value)]["sha256"]
            if sha256_of(font_file(into, weight)) != known:
                return None
        return str(record["source"])
    except (OSError, ValueError, KeyError, TypeError, FontMissing):
        return None


def _settle(into: Path, found: Mapping[Weight, Path], source: str) -> None:
    """Move the fonts into place; the record comes last, so that half a set is no set."""
    (into / RECORD).unlink(missing_ok=True)
    fonts: dict[str, dict[str, str]] = {}
    for weight, path in found.items():
        for old in into.glob(f"NotoSansSC-{weight.value}[.-]*"):
            old.unlink()
        place = into / f"NotoSansSC-{weight.value}{path.suffix}"
        shutil.copyfile(path, place)
        fonts[str(weight.value)] = {"file": place.name, "sha256": sha256_of(place)}
    record = {"family": FAMILY, "source": source, "licence": "OFL-1.1", "fonts": fonts}
    written = into / (RECORD + ".new")
    written.write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    written.replace(into / RECORD)


# -- sources -------------------------------------------------------------------------------------


def from_installed(scratch: Path, machine: Machine) -> dict[Weight, Path]:
    """The Simplified Chinese face of an installed Noto CJK that has all four weights.

    Debian's first package has two of them: display type would be too light, so others are
    asked before it is made do with.
    """
    missing = [weight.value for weight in Weight if weight.value not in _collections(machine)]
    if missing:
        raise NotHere(f"no installed Noto CJK font of weight {', '.join(map(str, missing))}")
    return from_what_there_is(scratch, machine)


def from_what_there_is(scratch: Path, machine: Machine) -> dict[Weight, Path]:
    """The Simplified Chinese face of the installed Noto CJK, the nearest weight for each."""
    there = _collections(machine)
    if not there:
        raise NotHere("no Noto CJK font is installed")
    taken: dict[Path, Path] = {}
    found = {}
    for weight in Weight:
        collection = there[min(there, key=lambda value: abs(value - weight.value))]
        if collection not in taken:
            machine.say(f"fonts: taking the Chinese face out of {collection.name}")
            taken[collection] = _chinese_face(collection, scratch)
        found[weight] = taken[collection]
    return found


def _collections(machine: Machine) -> dict[int, Path]:
    return {
        value: path
        for name, value in CJK_WEIGHTS.items()
        for path in sorted(_find(machine.roots, f"NotoSansCJK-{name}.ttc"))
    }


def _find(roots: Iterable[Path], name: str) -> list[Path]:
    return [path for root in roots if root.is_dir() for path in root.rglob(name)]


def _chinese_face(collection: Path, scratch: Path) -> Path:
    try:
        # fontTools carries no types
        from fontTools.ttLib import TTCollection, TTLibError  # type: ignore[import-untyped]
    except ImportError as problem:
        raise NotHere("taking a face out of a collection needs fontTools") from problem
    try:
        with collection.open("rb") as file:
            for font in TTCollection(file, lazy=True).fonts:
                if font["name"].getBestFamilyName() == CJK_FACE:
                    path = scratch / (collection.stem + ".otf")
                    font.save(str(path))
                    return path
    except (OSError, TTLibError, KeyError) as problem:
        raise NotHere(f"{collection} cannot be read: {problem}") from problem
    raise NotHere(f"{collection} has no face {CJK_FACE!r}")


def from_npm(scratch: Path, machine: Machine) -> dict[Weight, Path]:
    """The pinned npm package, through the npm client as it is configured here."""
    machine.run(("npm", "pack", "--silent", NPM_PACKAGE), scratch)
    archives = list(scratch.glob("*.tgz"))
    if len(archives) != 1:
        raise NotHere(f"npm pack left {len(archives)} archives instead of one")
    with archives[0].open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    if base64.b64encode(digest).decode() != machine.npm_sha512:
        raise NotHere(f"{NPM_PACKAGE} is not the archive that was pinned; it was refused")
    return _unpack(archives[0], scratch)


def _unpack(archive: Path, scratch: Path) -> dict[Weight, Path]:
    found = {}
    try:
        with tarfile.open(archive) as packed:
            for weight, name in NPM_FILES.items():
                found[weight] = scratch / Path(name).name
                # Not `extract`: Debian 12's Python 3.11.2 has no filters for it yet.
                if (file := packed.extractfile(name)) is None:
                    raise KeyError(name)
                found[weight].write_bytes(file.read())
    except (OSError, KeyError, tarfile.TarError) as problem:
        raise NotHere(f"{archive.name} cannot be unpacked: {problem}") from problem
    return found


def from_apt(scratch: Path, machine: Machine) -> dict[Weight, Path]:
    """Debian's packages, installed now."""
    if not machine.is_root:
        raise NotHere("installing packages needs root")
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *APT_PACKAGES)
    machine.run(command, scratch)
    return from_installed(scratch, machine)


SOURCES = (
    ("installed", from_installed),
    ("npm", from_npm),
    ("apt", from_apt),
    ("installed, nearest weights", from_what_there_is),
)


# -- the command ---------------------------------------------------------------------------------


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder.

    Raises:
        NotHere: it is not installed, failed, or took too long.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
        )
    except FileNotFoundError as problem:
        raise NotHere(f"{command[0]} is not installed") from problem
    except subprocess.TimeoutExpired as problem:
        raise NotHere(f"{command[0]} took more than {COMMAND_TIMEOUT_S:.0f} s") from problem
    except subprocess.CalledProcessError as problem:
        last = (problem.stderr or "").strip().splitlines()[-1:] or [str(problem)]
        raise NotHere(f"{' '.join(command[:2])} failed: {last[0]}") from problem
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.ui.fetch_fonts", description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="folder for the fonts")
    into: Path = parser.parse_args(arguments).into

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        fetch(into, Machine(run, FONT_ROOTS, os.geteuid() == 0, say))
        cut(into, say)
    except KioskError as reason:
        say(f"fonts: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

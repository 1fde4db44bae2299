"""Reads a content bundle, a ZIP file, without trusting a single number in it; or its folder."""

import errno
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.exceptions import StoreFailed
from kiosk.store.pictures import MAX_PICTURE_BYTES, fault_of_picture
from kiosk.store.problems import Problem

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

DOCUMENTS = ("programme.json", "rewards.json", "stores.json", "attract.json", "care.json")
"""The documents of a bundle; none may be missing."""

COMING = "programme_next.json"
"""The edition of the programme that takes over on its first day; a bundle may have one."""

MAX_DOCUMENT_BYTES = 1024 * 1024
"""Size of one document; eleven rewards in two languages take 8 KiB."""

MAX_SURVEY_BYTES = 128 * 1024
"""Size of one survey; six questions in two languages take 6 KiB."""

MAX_SURVEYS = 40
"""Surveys in a bundle; each is looked at whenever a card is laid down."""

MAX_BUNDLE_BYTES = 32 * 1024 * 1024
"""Size of everything unpacked: what kiosk-sync can hold in memory beside its work."""

MAX_FILES = 500
"""Files in a bundle; a directory of a million names would itself be a bomb."""

_PICTURE = re.compile(r"pictures/([A-Za-z0-9][A-Za-z0-9_.-]{0,63})(\.png|\.jpg)")
"""A picture's name is a model Identifier, so it cannot lead out of its folder."""

_DRAWING = re.compile(r"pictures/[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\.svg")
"""What draws SVG for the kiosk hangs at a dash of a hundredth and crashes at a scale of 0; the
kiosk's own drawings are looked at before they are built in, HQ's cannot be."""

_SURVEY = re.compile(r"surveys/([A-Za-z0-9][A-Za-z0-9_.-]{0,63})\.json")
"""The same of a survey: its file has the name of its id."""

_FOLDERS = ("surveys/*", "pictures/*")
"""What of a bundle lies in folders."""

_PACKED = frozenset({0, 8})
"""How an entry may be packed (APPNOTE 4.4.5): not at all, or deflated. LZMA lets a file demand
gigabytes of memory for a dictionary, and fails in a way of its own."""

_ENCRYPTED = 0x1
"""Bit of a ZIP entry's flags (APPNOTE 4.4.4)."""

Files = dict[str, bytes]
"""Bytes by name as in the bundle: `rewards.json`, `surveys/vote.json`, `pictures/scarf.png`."""


def read_bundle(path: Path) -> tuple[Files, list[Problem]]:
    """The files of a bundle, and what is wrong with them as files.

    Raises:
        StoreFailed: the disk refused.
    """
    try:
        files, problems = _read_zip(path)
    except OSError as error:
        raise StoreFailed(f"{path.name}: {error}") from error
    return files, (problems or _missing(files)) + _picture_problems(files)


def read_folder(folder: Path) -> tuple[Files, list[Problem]]:
    """What a folder would make as a bundle, and what is wrong with it as files.

    Whatever else lies there, notes or drafts, is left out.

    Raises:
        StoreFailed: the disk refused.
    """
    try:
        there = [folder / name for name in (*DOCUMENTS, COMING)]
        for kind in _FOLDERS:
            there += sorted(path for path in folder.glob(kind) if not path.name.startswith("."))
        files = {_file_name(path, folder): path.read_bytes() for path in there if path.is_file()}
    except OSError as error:
        raise StoreFailed(f"{folder.name}: {error}") from error
    problems = _outer_problems([*files], [len(content) for content in files.values()])
    return files, (problems or _missing(files)) + _picture_problems(files)


def _file_name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _missing(files: Files) -> list[Problem]:
    return [Problem(name, "is missing") for name in DOCUMENTS if name not in files]


def picture_name(file: str) -> str | None:
    """The name by which documents call the picture in this file; None when it is no picture."""
    match = _PICTURE.fullmatch(file)
    return match[1] if match else None


def survey_id(file: str) -> str | None:
    """The id that the survey in this file must have; None when it is no survey."""
    match = _SURVEY.fullmatch(file)
    return match[1] if match else None


def survey_file(id_: str) -> str:
    """The file of the survey with this id."""
    return f"surveys/{id_}.json"


def _read_zip(path: Path) -> tuple[Files, list[Problem]]:
    import zipfile  # not in the screen's process, which unpacks nothing: half a megabyte

    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if not one.filename.endswith("/")]
            names = [entry.filename for entry in entries]
            if problems := _outer_problems(names, [entry.file_size for entry in entries]):
                return {}, problems
            return {entry.filename: _unpack(archive, entry) for entry in entries}, []
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        return {}, [Problem(path.name, f"is not a sound ZIP file: {error}")]
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return {}, [Problem(path.name, "is not a sound ZIP file: an entry begins before it")]


def _unpack(archive: "ZipFile", entry: "ZipInfo") -> bytes:
    """The bytes of one entry; the size in its head is what is unpacked at most.

    Raises:
        ValueError: it is not what its head says.
    """
    if entry.flag_bits & _ENCRYPTED:
        raise ValueError(f"{entry.filename} is encrypted")
    if entry.compress_type not in _PACKED:
        raise ValueError(f"{entry.filename} is packed by method {entry.compress_type}")
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ValueError(f"{entry.filename} has not the size it claims")
    return content


def _outer_problems(names: list[str], sizes_bytes: list[int]) -> list[Problem]:
    """What can be said before a byte is unpacked."""
    if len(names) > MAX_FILES:
        return [Problem("bundle", f"has {len(names)} files, {MAX_FILES} at most are allowed")]
    if sum(sizes_bytes) > MAX_BUNDLE_BYTES:
        return [Problem("bundle", f"unpacks to more than {MAX_BUNDLE_BYTES} bytes")]
    problems = [Problem(name, "is there twice") for name in set(names) if names.count(name) > 1]
    surveys = sum(survey_id(name) is not None for name in names)
    if surveys > MAX_SURVEYS:
        reason = f"has {surveys} surveys, {MAX_SURVEYS} at most are allowed"
        problems.append(Problem("bundle", reason))
    for name, size_bytes in zip(names, sizes_bytes, strict=True):
        problems += _file_problems(name, size_bytes)
    return problems


def _file_problems(name: str, size_bytes: int) -> list[Problem]:
    limit_bytes = _limit_bytes(name)
    if limit_bytes is None and _DRAWING.fullmatch(name):
        return [Problem(name, "is a drawing: publish it as PNG or JPEG")]
    if limit_bytes is None:
        return [Problem(name, "does not belong in a bundle")]
    if size_bytes > limit_bytes:
        return [Problem(name, f"has {size_bytes} bytes, {limit_bytes} at most are allowed")]
    return []


def _limit_bytes(name: str) -> int | None:
    """How large a file of this name may be; None when there is none of this name."""
    if name in DOCUMENTS or name == COMING:
        return MAX_DOCUMENT_BYTES
    if survey_id(name):
        return MAX_SURVEY_BYTES
    return MAX_PICTURE_BYTES if picture_name(name) else None


def _picture_problems(files: Files) -> list[Problem]:
    problems, seen = [], set()
    for file, content in files.items():
        if not (match := _PICTURE.fullmatch(file)):
            continue
        if match[1] in seen:
            problems.append(Problem(file, "another picture has the same name"))
        seen.add(match[1])
        if fault := fault_of_picture(match[2], content):
            problems.append(Problem(file, fault))
    return problems

"""Set-up step: makes the index for typing Chinese; `python -m kiosk.pinyin.build --into FILE`."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.exceptions import KioskError, PinyinUnusable
from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_sources import Sources
from kiosk.pinyin.build_weights import all_rows
from kiosk.pinyin.index import Index

Say = Callable[[str], None]


def build(into: Path, say: Say) -> None:
    """Have an index made by this very code from the sources installed here.

    Raises:
        PinyinUnusable: jieba or pypinyin is not installed.
    """
    sources = Sources.installed()
    versions = {**sources.versions, "names and rules": own_digest()}
    if made_from(into) == versions:
        return
    say("pinyin: making the index; this takes half a minute, once")
    write_index(into, all_rows(sources), versions)
    say(f"pinyin: {into} of {into.stat().st_size / 1e6:.1f} MB")


def made_from(path: Path) -> Mapping[str, str] | None:
    """What an index was made from; None when there is no usable one."""
    try:
        index = Index.open(path)
    except PinyinUnusable:
        return None
    index.close()
    return index.sources


def own_digest() -> str:
    """Of our own facts and rules: an index made by other ones is made anew."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*")):
        if file.name.startswith("build") or file.suffix == ".toml":
            digest.update(file.read_bytes())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.pinyin.build", description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="the index file")
    into: Path = parser.parse_args(arguments).into

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        build(into, say)
    except KioskError as reason:
        say(f"pinyin: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Set-up step: makes the index for typing Chinese; `python -m kiosk.pinyin.build --help`."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.exceptions import KioskError, PinyinUnusable
from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_fonts import digest_of, drawn_by
from kiosk.pinyin.build_sources import Sources
from kiosk.pinyin.build_weights import all_rows
from kiosk.pinyin.index import Index

Say = Callable[[str], None]


def build(into: Path, fonts: Path, say: Say) -> None:
    """Have an index made by this very code from the sources installed here.

    Args:
        into: the index file.
        fonts: the folder of the screen's fonts; what they lack is left out. Without any there,
            everything is offered.
        say: told what takes time.

    Raises:
        PinyinUnusable: jieba, pypinyin or fontTools is not installed, or a font is broken.
    """
    sources = Sources.installed(drawn_by(fonts))
    versions = versions_of(sources)
    if made_from(into) == versions:
        return
    if sources.drawn is None:
        say(f"pinyin: no fonts in {fonts}; characters that they lack are offered as well")
    say("pinyin: making the index; this takes half a minute, once")
    write_index(into, all_rows(sources), versions)
    say(f"pinyin: {into} of {into.stat().st_size / 1e6:.1f} MB")


def versions_of(sources: Sources) -> Mapping[str, str]:
    """What an index of these sources is made from."""
    drawn = digest_of(sources.drawn)
    return {**sources.versions, "names and rules": own_digest(), "characters drawn": drawn}


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
    parser.add_argument("--fonts", type=Path, required=True, help="the folder of the fonts")
    options = parser.parse_args(arguments)

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        build(options.into, options.fonts, say)
    except KioskError as reason:
        say(f"pinyin: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

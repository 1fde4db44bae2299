"""`python -m sim.rehearsal FILE`: a survey's pages as pictures, before it is published."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk.exceptions import KioskError
from sim.hq.figures import STORE_TIME
from sim.hq.seed import demo_content


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pages; returns 1 for a survey that is refused, 2 for a folder that fails."""
    options = _options(arguments)
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")  # read when pygame is loaded, which is next
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from sim.rehearsal.report import rehearse
    from sim.rehearsal.tell import lines

    now = datetime.now(STORE_TIME)
    try:
        done = rehearse(options.file, options.into, demo_content(now.date()), now, _dot)
    except (KioskError, OSError) as problem:
        sys.stderr.write(f"rehearsal: {problem}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in lines(done))
    return 0 if done.index is not None else 1


def _dot(_name: str) -> None:
    sys.stderr.write(".")
    sys.stderr.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sim.rehearsal", description=__doc__)
    parser.add_argument("file", type=Path, help="the survey's JSON")
    parser.add_argument(
        "--into", type=Path, default=Path("build/rehearsal"), help="folder of the pictures"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

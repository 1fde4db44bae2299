"""Every promised figure, one table after another: `python -m bench [NAME ...]`.

Run it on a machine that has nothing else to do; each table says what was promised.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TABLES = {
    "road": "From card to page, start, memory, idle load (kiosk process)",
    "polling": "The card reader alone",
    "paint": "Drawing alone",
    "put": "Putting a record on disk",
    "wishes": "Redeeming: a wish on disk, HQ's word on the glass",
    "redeem": "From the last digit to the code (HQ, kiosk-sync and kiosk as processes)",
    "lookup": "Looking a member up",
    "rules": "A tap's figures alone",
    "pinyin": "Typing Chinese",
    "coverage": "Intervals of HQ's boards: how often they hold the truth",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tables that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="NAME", help=", ".join(TABLES))
    named = parser.parse_args(arguments).tables or list(TABLES)
    if unknown := set(named) - set(TABLES):
        parser.error(f"no such table: {', '.join(sorted(unknown))}")
    failed = 0
    for name in named:
        sys.stdout.write(f"\n{TABLES[name]}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"bench.{name}"]
        failed += subprocess.run(command, cwd=Path(__file__).parents[1], check=False).returncode
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())

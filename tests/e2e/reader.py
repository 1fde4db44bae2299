"""The simulated chip as a process of its own: cards are laid on it and taken away by words."""

import subprocess
import sys
from pathlib import Path

from tests.waiting import WITHIN_S


class Chip:
    """`python -m sim.reader`, spoken to over its standard input."""

    def __init__(self, link: Path) -> None:
        words = [sys.executable, "-m", "sim.reader", "--link", str(link)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("device ")

    def say(self, command: str) -> None:
        """One command; fails unless the chip answers ok."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer.startswith("ok"), answer

    def close(self) -> None:
        """End it."""
        self.process.communicate("quit\n", timeout=WITHIN_S)

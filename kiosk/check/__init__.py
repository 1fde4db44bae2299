"""`python -m kiosk check`: what is fine on this machine, what is not, and what to do."""

import sys
from collections.abc import Iterator
from typing import TextIO

from kiosk.check import disk, display, fonts, hq, manners, panel, pinyin, reader, rights
from kiosk.check.finding import Finding, Level, lines
from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.config.sections import OWN_PINYIN_INDEX
from kiosk.sync.status import STATUS_FILE, read_status

__all__ = ["Finding", "Level", "main", "run"]


def run(config: Config) -> list[Finding]:
    """Looks at everything the kiosk stands on; takes some seconds and changes nothing."""
    return list(_findings(config))


def main(config: Config, out: TextIO | None = None) -> int:
    """Prints the findings; 1 when any of them stops the kiosk, else 0."""
    findings = run(config)
    stream = out or sys.stdout
    for line in lines(findings):
        stream.write(f"{line}\n")
    return int(any(finding.level is Level.STOP for finding in findings))


def _findings(config: Config) -> Iterator[Finding]:
    account = rights.kiosk_account()
    screen = display.look()
    yield display.judge(screen)
    yield display.judge_library()
    yield from panel.judge(config.screen, screen.size)
    yield from rights.judge(account, rights.group_numbers())
    yield from reader.judge(config.reader.path, account)
    yield from fonts.judge(config.screen.fonts_dir)
    yield pinyin.judge(OWN_PINYIN_INDEX)
    yield from disk.judge(config.kiosk.data_dir)
    yield disk.judge_library()
    yield from hq.judge(config)
    yield manners.judge_clock(SystemClock().now().quality)
    yield from manners.judge_against_hq(read_status(config.kiosk.data_dir / STATUS_FILE))
    yield from manners.judge_session(config)

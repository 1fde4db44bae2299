"""The command line: run the screen, run the uploader, check this machine.

Each command imports only what it needs: the first frame waits for nothing else.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.discreet import be_discreet
from kiosk.exceptions import ConfigError, KioskError
from kiosk.notify import Notifier

if TYPE_CHECKING:
    from kiosk.config import Config

CONFIG_ERROR = 78
"""Exit code for a configuration that cannot be used (EX_CONFIG of sysexits.h)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # 20 ms of the start, for nothing
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given) or 0)
    except ConfigError as problem:
        sys.stderr.write(f"{problem}\n")
        return CONFIG_ERROR
    except KioskError as problem:
        logging.getLogger("kiosk").critical("%s", problem)
        return 1


def _configured(given: argparse.Namespace) -> "Config":
    """The configuration a command was given, its log as it says."""
    from kiosk.config import load

    config = load(given.config, given.set)
    be_discreet(config.log.level.upper())
    return config


def _run(given: argparse.Namespace) -> None:
    from kiosk.app.memory import keep_small

    keep_small()  # before pygame and hashlib are loaded
    config = _configured(given)
    if given.raise_faults:
        sys.excepthook = sys.__excepthook__  # who develops wants every word
    from kiosk.app.compose import run

    notifier = Notifier.from_environ(os.environ)
    run(config, _stop_on_signals(), notifier, raise_faults=given.raise_faults)


def _sync(given: argparse.Namespace) -> None:
    from kiosk.sync.compose import run

    run(_configured(given), _stop_on_signals(), Notifier.from_environ(os.environ))


def _check(given: argparse.Namespace) -> int:
    from kiosk.check import main as check

    return check(_configured(given))


def _content_check(given: argparse.Namespace) -> int:
    from kiosk.authoring import main as content_check

    return content_check(given.file, strict=given.strict)


def _stop_on_signals() -> Event:
    """A flag that SIGTERM and SIGINT set, so that readers and files are let go in order."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The store kiosk.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "run", _run, "show the screen and read cards").add_argument(
        "--raise-faults",
        action="store_true",
        help="in development: end at a fault of the kiosk itself instead of recovering",
    )
    _command(commands, "sync", _sync, "carry records to HQ, bring directory and content home")
    _command(commands, "check", _check, "say what is fine and what is not on this machine")
    _content(commands)
    return parser


def _content(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "for those who write content: surveys, rewards, the programme"
    parser = commands.add_parser("content", help=words, description=words)
    acts = parser.add_subparsers(required=True, metavar="ACT")
    words = "say what HQ and kiosks would refuse, how long surveys take, and what is unwise"
    check = acts.add_parser("check", help=words, description=words)
    check.set_defaults(command=_content_check)
    check.add_argument("--strict", action="store_true", help="refuse what is unwise, too")
    check.add_argument(
        "file", type=Path, metavar="FILE", help="a survey (JSON), or a bundle: ZIP file or folder"
    )


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: object,
    words: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(command=does)
    parser.add_argument(
        "--config", type=Path, default=Path("config.toml"), help="the configuration (TOML)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="SECTION.KEY=VALUE",
        help="a setting stronger than the file; may be given several times",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

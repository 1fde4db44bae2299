"""Command line of HQ: `python -m sim.hq`."""

import argparse
import logging
import os
import socket
import sys
from pathlib import Path

from kiosk.discreet import be_discreet
from kiosk.exceptions import KioskError
from sim.hq.demo import fleet
from sim.hq.directory import prune_tombstones
from sim.hq.openapi import as_text
from sim.hq.seed import DemoPlan, seed
from sim.hq.server import listen, serve
from sim.hq.state import Hq, open_hq


def main(arguments: list[str] | None = None) -> int:
    """Run HQ until it is told to stop; returns the exit code."""
    options = _options(arguments)
    be_discreet(logging.WARNING)
    try:
        if options.write_openapi:
            options.write_openapi.write_text(as_text(), encoding="utf-8")
        else:
            _run(options)
    except KioskError as error:
        sys.stderr.write(f"hq: {error}\n")
        return 2
    return 0


def _run(options: argparse.Namespace) -> None:
    os.umask(0o077)  # names, numbers and hashed PINs are for HQ's user alone
    options.data.mkdir(parents=True, exist_ok=True)
    listener = listen(options.host, options.port)
    url = options.db or f"sqlite:///{options.data / 'hq.db'}"
    here = _address(listener)
    phones = options.address if options.address is not None else _for_phones(here)
    hq = open_hq(url, options.data, fleet_salt=options.fleet_salt, address=phones)
    try:
        _prepare(hq, DemoPlan(options.members, options.fleet_salt, options.rehearse))
        serve(hq, listener, lambda: _say(f"hq {here}"))
    finally:
        hq.close()
        listener.close()


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _for_phones(here: str) -> str:
    """The same; none where HQ listens on every address, since none of them is known to phones."""
    return "" if "//0.0.0.0:" in here or "//[::]:" in here else here


def _prepare(hq: Hq, plan: DemoPlan) -> None:
    seed(hq, plan)
    prune_tombstones(hq.database, hq.now())
    hq.snapshots.make()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sim.hq", description=__doc__)
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    add("--port", type=int, default=8801, help="port; 0: the system chooses (%(default)s)")
    add("--address", metavar="URL", help="where phones open HQ's forms; default: where it listens")
    add("--data", type=Path, default=Path("build/hq"), help="folder of its files (%(default)s)")
    add("--db", help="SQLAlchemy address of the database; default: SQLite in the data folder")
    add("--members", type=int, default=2000, help="demo members in a new database (%(default)s)")
    add(
        "--fleet-salt",
        type=_salt,
        default=_salt(fleet().fleet_salt),
        metavar="HEX",
        help="16 to 64 bytes shared with every kiosk; default: the demo's, which is no secret",
    )
    add("--rehearse", type=Path, metavar="FILE", help="a survey in the place of all others")
    add("--write-openapi", type=Path, metavar="FILE", help="write the contract and end")
    return parser.parse_args(arguments)


def _salt(text: str) -> bytes:
    """The salt's bytes.

    Raises:
        ArgumentTypeError: not hex, or not 16 to 64 bytes (BLAKE2b's longest key).
    """
    try:
        salt = bytes.fromhex(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("the fleet salt is not hex") from error
    if not 16 <= len(salt) <= 64:
        raise argparse.ArgumentTypeError("the fleet salt must be 16 to 64 bytes")
    return salt


if __name__ == "__main__":
    sys.exit(main())

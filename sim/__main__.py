"""The simulator: `python -m sim` runs HQ, reader, kiosk-sync and kiosk, and shows one page."""

import getpass
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from threading import Event

from sim.stack.errors import Interrupted, SimulatorError
from sim.stack.options import Options, parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulator until it is told to end; returns the exit code."""
    options = parse(arguments)
    try:
        _require_display(options, os.environ)
        _run(options, _stop_on_signals())
    except Interrupted as ended:
        sys.stdout.write(f"\n{ended}\n")
    except SimulatorError as problem:
        sys.stdout.flush()
        sys.stderr.write(f"\n{problem}\n")
        return 1
    return 0


def _run(options: Options, stop: Event) -> None:
    from sim.stack.progress import Progress
    from sim.stack.run import STEPS, running

    progress = Progress(sys.stdout, STEPS, stop)
    with running(options, progress) as simulator:
        addresses = (simulator.url, simulator.hq_url)
        progress.say(f"\nSimulator: {simulator.url}\n{how_to_reach(addresses, os.environ)}")
        simulator.keeper.run(stop)
        progress.say("\nEnding ...")
    progress.say(" all parts have ended.\n")


def _stop_on_signals() -> Event:
    """A flag that Ctrl-C, an end from outside or a closed terminal set."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def how_to_reach(urls: Sequence[str], environ: Mapping[str, str]) -> str:
    """What a person needs to know beside the address."""
    words = "Ctrl-C ends it.\n"
    connection = environ.get("SSH_CONNECTION", "").split()
    if len(connection) == 4:  # client, its port, this machine's address, its port (ssh(1))
        tunnels = " ".join(f"-L {port}:127.0.0.1:{port}" for port in map(_port, urls))
        to = f"-p {connection[3]} {getpass.getuser()}@{connection[2]}"
        words = f"From your own machine: ssh -N {tunnels} {to}\n{words}"
    return words


def _port(url: str) -> str:
    return url.rpartition(":")[2]


def _require_display(options: Options, environ: Mapping[str, str]) -> None:
    if options.window and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise SimulatorError(
            "--window needs a desktop, and this terminal has none (DISPLAY and WAYLAND_DISPLAY"
            " are empty). Without --window the kiosk is on the page."
        )


if __name__ == "__main__":
    sys.exit(main())

"""The rehearsal before the start: a survey that cannot be published starts nothing."""

import os
from datetime import datetime
from pathlib import Path

from kiosk.exceptions import KioskError
from sim.hq.figures import STORE_TIME
from sim.hq.seed import demo_content
from sim.stack.errors import SimulatorError
from sim.stack.progress import Progress


def tried_out(survey: Path, into: Path, progress: Progress) -> None:
    """Say what is to be said of the survey, and draw its pages.

    Raises:
        SimulatorError: it cannot be published, or the pictures cannot be kept.
    """
    # Pictures need no screen; SDL reads this when it is loaded, which is now.
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from sim.rehearsal.report import rehearse
    from sim.rehearsal.tell import lines

    now = datetime.now(STORE_TIME)
    try:
        done = rehearse(survey, into, demo_content(now.date()), now, lambda _: progress.say("."))
    except (KioskError, OSError) as problem:
        raise SimulatorError(f"The survey cannot be tried out: {problem}") from problem
    progress.say("\n".join(("", *lines(done), "")))
    if done.index is None:
        raise SimulatorError("The survey cannot be published as it is; mend what is refused above.")

"""What the simulator says when it cannot go on."""


class SimulatorError(Exception):
    """Raised when the simulator cannot start or go on; the message says what to do."""


class PartFailed(SimulatorError):
    """Raised when a part did not come up; the message ends with the last lines of its log."""


class Interrupted(SimulatorError):
    """Raised when the person ended the simulator while it was still starting."""

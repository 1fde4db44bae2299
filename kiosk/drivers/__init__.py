"""Card readers behind one port; hardware threads only post events."""

from functools import partial

from kiosk.drivers.nfc import NfcPcd, identity
from kiosk.drivers.port import CardReader
from kiosk.drivers.supervisor import Pace, Supervisor
from kiosk.exceptions import ConfigError

DRIVERS = ("nfc",)
"""Names a configuration may use; a fake is never among them and never a fallback."""


def open_reader(name: str, driver: str, path: str, pace: Pace | None = None) -> CardReader:
    """A reader ready to be started; nothing is opened yet.

    Args:
        name: the reader's name in events and logs.
        driver: which driver, one of DRIVERS.
        path: the device, any path that leads to it.
        pace: other times than the usual ones.

    Raises:
        ConfigError: there is no such driver.
    """
    if driver not in DRIVERS:
        known = ", ".join(DRIVERS)
        raise ConfigError(f"reader {name}: there is no driver '{driver}'; known: {known}")
    return Supervisor(name, NfcPcd(path), partial(identity, path), pace=pace)

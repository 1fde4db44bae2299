"""Whether HQ can be reached, trusts this kiosk, and is trusted."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.check.finding import Finding, care, fine, stop
from kiosk.config import Config
from kiosk.config.sections import HqSection
from kiosk.exceptions import ConfigError, HqRefused, HqUnreachable
from kiosk.model.wire import ContentManifest
from kiosk.sync.hq import HqClient
from kiosk.sync.transport import Limits, Transport

NAME = "HQ"
LATER = "records stay here and go up later; members see figures from before"

LIMITS = Limits(connect_s=5, read_s=5, whole_s=10)
"""Shorter than the uploader's: somebody stands there and waits."""

Ask = Callable[[str], ContentManifest]
"""Asks HQ for its newest content with this token.

Raises:
    HqUnreachable, HqRefused: as the uploader would see it.
"""


def judge(config: Config, ask: Ask | None = None) -> Iterator[Finding]:
    """Everything about the road to HQ."""
    yield from judge_secrets(config.hq)
    try:
        token = config.hq.read_token()
    except ConfigError as error:
        do = "run this check as root, or put HQ's token into the file"
        yield care(NAME, str(error), "HQ could not be asked", do)
        return
    yield judge_answer(config.hq.url, token, ask or _asker(config))


def judge_secrets(hq: HqSection) -> Iterator[Finding]:
    """Whether anybody else can read the secrets, and whether the salt is one."""
    for path in (hq.token_file, hq.fleet_salt_file):
        if path and _open_to_others(path):
            do = f"chmod 400 {path}"
            yield care("secrets", f"{path} is readable by other users", "it is no secret", do)
    try:
        hq.read_fleet_salt()
    except ConfigError as error:
        do = "run this check as root, or put the fleet's salt into the file"
        yield stop("secrets", str(error), "the kiosk knows no card", do)


def judge_answer(url: str, token: str, ask: Ask) -> Finding:
    """What HQ's answer means."""
    try:
        manifest = ask(token)
    except HqUnreachable as error:
        return care(NAME, f"{error} ({url})", LATER, "mend what the sentence names, then run again")
    except HqRefused as error:
        return _refused(url, error)
    return fine(NAME, f"{url} answers and knows this kiosk; content version {manifest.version}")


def _refused(url: str, error: HqRefused) -> Finding:
    if error.status in (401, 403):
        do = "ask HQ for a new token for [kiosk] id and put it into [hq] token_file"
        return stop(NAME, f"HQ does not accept the token ({error.status})", LATER, do)
    if error.status == 404:
        do = "check [hq] url and [kiosk] id; if both are right, HQ has published no content yet"
        return care(NAME, f"{url} does not know this kiosk or has no content", LATER, do)
    return care(NAME, f"HQ refuses: {error}", LATER, "tell HQ the number and the time")


def _asker(config: Config) -> Ask:
    def ask(token: str) -> ContentManifest:
        transport = Transport(token, config.hq.ca_file, lambda: True, LIMITS)
        try:
            return HqClient(config.hq.url, config.kiosk.id, transport).content_manifest()
        finally:
            transport.close()

    return ask


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False

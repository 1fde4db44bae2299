"""The command lines of the simulator's parts: the product's own configuration, few things set."""

import sys
from collections.abc import Mapping
from pathlib import Path

from sim.hq.demo import fleet
from sim.hq.process import HqOptions
from sim.stack.folder import Folder
from sim.stack.options import Options
from sim.stack.part import ROOT, Command

SILENT = {"PYTHONUNBUFFERED": "1", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
"""So that a log's last lines are there when a part ends, and are about the part."""


ASK_EVERY_S = 2
"""How often the simulator's kiosk-sync asks for news: a person is waiting for them."""


def hq(options: Options, folder: Folder, port: int) -> Command:
    """HQ's stand-in on this port."""
    tried = ("--rehearse", str(options.rehearse)) if options.rehearse else ()
    return Command(HqOptions(folder.hq, port, options.members, tried).command, SILENT)


def sync(options: Options, folder: Folder, hq_url: str) -> Command:
    """kiosk-sync, carrying to the HQ at this address."""
    return Command(_kiosk("sync", options, folder, hq_url), SILENT)


def kiosk(options: Options, folder: Folder, hq_url: str) -> Command:
    """The kiosk; without a window its panel is a picture in memory."""
    screen = {"SDL_VIDEODRIVER": None if options.window else "dummy", "SDL_AUDIODRIVER": "dummy"}
    return Command(_kiosk("run", options, folder, hq_url), {**SILENT, **screen})


def write_secrets(folder: Folder) -> None:
    """Lay down the demo's token and salt as a store's would be: files, not arguments."""
    demo = fleet()
    for path, secret in ((_token(folder), demo.kiosks[0].token), (_salt(folder), demo.fleet_salt)):
        path.touch(mode=0o600)
        path.write_text(secret + "\n", encoding="ascii")


def _kiosk(command: str, options: Options, folder: Folder, hq_url: str) -> list[str]:
    settings = _settings(options, folder, hq_url)
    overrides = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    config = str(ROOT / "config.toml")
    return [sys.executable, "-m", "kiosk", command, "--config", config, *overrides]


def _settings(options: Options, folder: Folder, hq_url: str) -> Mapping[str, object]:
    width, height = options.size_px
    return {
        "kiosk.id": fleet().kiosks[0].kiosk,
        "kiosk.store": fleet().kiosks[0].store,
        "kiosk.data_dir": folder.kiosk,
        "screen.width_px": width,
        "screen.height_px": height,
        "screen.diagonal_inch": options.diagonal_inch,
        "screen.fullscreen": "false",
        "screen.theme": options.theme,
        "screen.language": options.language,
        "reader.path": folder.reader,
        "hq.url": hq_url,
        "hq.changes_every_s": ASK_EVERY_S,
        "hq.content_every_s": ASK_EVERY_S,
        "hq.token_file": _token(folder),
        "hq.fleet_salt_file": _salt(folder),
        "live_view.socket": folder.glass,
    }


def _token(folder: Folder) -> Path:
    return folder.secrets / "hq-token"


def _salt(folder: Folder) -> Path:
    return folder.secrets / "fleet-salt"

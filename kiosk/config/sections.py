"""Every setting: its type, its bounds, and the words for what would be right."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    Strict,
    ValidationInfo,
)
from pydantic.fields import FieldInfo

from kiosk.drivers import DRIVERS
from kiosk.exceptions import ConfigError
from kiosk.model.text import Identifier, Language
from kiosk.ui.pieces import Corner
from kiosk.ui.theme import ThemeName

PRODUCT_DIR = Path(__file__).resolve().parents[2]
"""The folder that holds kiosk/, images/ and build/."""

OWN_FONTS_DIR = PRODUCT_DIR / "build" / "fonts"
"""Where `make fonts` puts them."""

OWN_PINYIN_INDEX = PRODUCT_DIR / "build" / "pinyin.index"
"""Where `make pinyin` puts it."""

TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,512}=*")
"""A bearer token (RFC 6750, 2.1)."""

SALT = re.compile(r"([0-9a-fA-F]{2}){16,64}")
"""16 to 64 bytes in hexadecimal, what kiosk.model.cards.card_key takes."""

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where a token may go without TLS: it never leaves this machine."""


def _absolute(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("an empty path")
    base: Path = (info.context or {}).get("base", Path())
    return base / path


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _own_fonts_if_empty(value: Any) -> Any:
    return str(OWN_FONTS_DIR) if value == "" else value


def _zero_or_a_screen(pixels: int) -> int:
    if 0 < pixels < 320:
        raise ValueError("smaller than any screen")
    return pixels


def _a_server(url: str) -> str:
    parts = urlsplit(url)
    schemes = ("https", "http") if parts.hostname in LOOPBACK_HOSTS else ("https",)
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError("not the address of a server that may have the token")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("more than an address")
    return url.rstrip("/")


def _a_driver(name: str) -> str:
    if name not in DRIVERS:
        raise ValueError("not a driver")
    return name


def _a_token(secret: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError("not a token")
    return secret


def _a_salt(secret: SecretStr) -> SecretStr:
    if not SALT.fullmatch(secret.get_secret_value()):
        raise ValueError("not a salt")
    return secret


APath = Annotated[Path, Strict(False), AfterValidator(_absolute)]
OptionalPath = Annotated[APath | None, BeforeValidator(_none_if_empty)]
FontsPath = Annotated[APath, BeforeValidator(_own_fonts_if_empty)]
Pixels = Annotated[int, Field(ge=0, le=7680), AfterValidator(_zero_or_a_screen)]
Token = Annotated[SecretStr, AfterValidator(_a_token)]
Salt = Annotated[SecretStr, AfterValidator(_a_salt)]

_NAME = "1 to 64 letters, digits, dots, hyphens or underscores"
_PIXELS = "0, or between 320 and 7680 (pixels)"


def _within(low: float, high: float, unit: str, default: float) -> Any:
    words = f"between {low} and {high} ({unit})"
    return Field(default=default, ge=low, le=high, allow_inf_nan=False, description=words)


def _flag(default: bool) -> Any:
    return Field(default=default, description="true or false")


def _one_of(default: Any, *values: str) -> Any:
    words = ", ".join(f'"{value}"' for value in values)
    return Field(default=default, description=f"one of {words}" if len(values) > 1 else words)


class Section(BaseModel):
    """One section; each field's description says what would be right."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class KioskSection(Section):
    """Which kiosk this is, and where it keeps its files."""

    id: Identifier = Field(description=f"this kiosk's name at HQ: {_NAME}")
    store: Identifier = Field(description=f"the store's name at HQ: {_NAME}")
    data_dir: APath = Field(Path("/var/lib/kiosk"), description="a folder")


class ScreenSection(Section):
    """The panel, and how the picture is drawn on it.

    Attributes:
        width_px, height_px: of the panel, before the picture is turned; both 0 for the
            panel's own size.
        diagonal_inch: of the visible glass; every size in millimetres comes from it.
        rotate_deg: clockwise turn of the picture.
        reader_corner: where the reader is, seen from the screen.
        language: the one a session begins with.
    """

    width_px: Pixels = Field(0, description=_PIXELS)
    height_px: Pixels = Field(0, description=_PIXELS)
    diagonal_inch: float = _within(3, 100, "inches", 21.5)
    rotate_deg: Literal[0, 90, 180, 270] = Field(
        0, description="0, 90, 180 or 270 (degrees clockwise)"
    )
    fullscreen: bool = _flag(True)
    theme: ThemeName = _one_of("boutique", "boutique", "high-contrast")
    fonts_dir: FontsPath = Field(OWN_FONTS_DIR, description='a folder, or "" for build/fonts')
    reduced_motion: bool = _flag(False)
    reader_corner: Annotated[Corner, Strict(False)] = _one_of(
        Corner.BOTTOM_RIGHT, *(corner.value for corner in Corner)
    )
    language: Annotated[Language, Strict(False)] = _one_of(Language.ZH, *Language)


class ReaderSection(Section):
    """The card reader; its driver is chosen by name and nothing stands in for it."""

    name: Identifier = Field("entrance", description=_NAME)
    driver: Annotated[str, AfterValidator(_a_driver)] = _one_of(DRIVERS[0], *DRIVERS)
    path: APath = Field(Path("/dev/serial0"), description='a device, such as "/dev/serial0"')
    poll_ms: int = _within(20, 1000, "milliseconds", 40)


class HqSection(Section):
    """Where HQ is, and the two secrets it gave this kiosk.

    Each secret stands in a file of its own, readable by the one process that needs it, or in
    the configuration when one person runs everything. Printing this section shows neither.
    """

    url: Annotated[str, AfterValidator(_a_server)] = Field(
        description='an address such as "https://hq.example.com"'
        " (http:// only for this machine itself; no user, query or fragment)"
    )
    token: Token | None = Field(None, description="the bearer token HQ gave this kiosk")
    token_file: OptionalPath = Field(None, description="a file that holds the bearer token")
    ca_file: OptionalPath = Field(
        None, description='a file of CA certificates (PEM), or "" for those of the system'
    )
    fleet_salt: Salt | None = Field(None, description="16 to 64 bytes as hexadecimal digits")
    fleet_salt_file: OptionalPath = Field(None, description="a file that holds the fleet's salt")
    changes_every_s: float = _within(1, 3600, "seconds", 60)
    content_every_s: float = _within(1, 86_400, "seconds", 300)

    def read_token(self) -> str:
        """The bearer token.

        Raises:
            ConfigError: its file cannot be read or holds no token.
        """
        return _secret("token", TOKEN, self.token, self.token_file)

    def read_fleet_salt(self) -> bytes:
        """The fleet's salt, 16 to 64 bytes.

        Raises:
            ConfigError: its file cannot be read or holds no salt.
        """
        return bytes.fromhex(_secret("fleet_salt", SALT, self.fleet_salt, self.fleet_salt_file))


def _secret(name: str, form: re.Pattern[str], given: SecretStr | None, path: Path | None) -> str:
    if given is not None:
        return given.get_secret_value()
    try:
        text = path.read_text(encoding="ascii").strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not plain text"
        raise ConfigError(f"[hq] {name}_file: cannot read {path}: {why}") from error
    if not form.fullmatch(text):
        words = HqSection.model_fields[name].description
        raise ConfigError(f"[hq] {name}_file: {path} does not hold {words}")
    return text


class SessionSection(Section):
    """How long things stay on the screen, and how the PIN is asked for.

    Attributes:
        voucher_s: how long a code stays that nobody else should read.
        pin_pad: "shuffled" lays the digits anew each time, against onlookers.
    """

    idle_s: float = _within(1, 600, "seconds", 45)
    warning_s: float = _within(1, 120, "seconds", 20)
    notice_s: float = _within(1, 120, "seconds", 12)
    voucher_s: float = _within(10, 600, "seconds", 60)
    pin_pad: Literal["plain", "shuffled"] = _one_of("plain", "plain", "shuffled")


class LiveViewSection(Section):
    """The kiosk's picture and touches for another program; no socket is off."""

    socket: OptionalPath = Field(None, description='a path for the socket, or "" for off')


class LogSection(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = _one_of(
        "info", "debug", "info", "warning", "error"
    )


class Config(Section):
    """The whole configuration, checked; it never changes while a process runs."""

    kiosk: KioskSection
    screen: ScreenSection
    reader: ReaderSection
    hq: HqSection
    session: SessionSection
    live_view: LiveViewSection
    log: LogSection


def settings() -> dict[str, dict[str, FieldInfo]]:
    """Every setting, by section and key."""
    models = {name: field.annotation for name, field in Config.model_fields.items()}
    return {
        name: dict(model.model_fields)
        for name, model in models.items()
        if isinstance(model, type) and issubclass(model, Section)
    }


def kinds(annotation: Any) -> frozenset[Any]:
    """Every type and every literal value inside an annotation."""
    inside = (kinds(part) for part in get_args(annotation))
    return frozenset({annotation}).union(*inside)

"""The configuration: config.toml, checked whole before anything starts."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from kiosk.config.mistakes import Mistake, contradictions, sentences
from kiosk.config.sections import Config
from kiosk.config.source import read
from kiosk.exceptions import ConfigError

__all__ = ["Config", "load"]


def load(path: Path, overrides: Sequence[str] = ()) -> Config:
    """Reads and checks a configuration.

    Args:
        path: the TOML file. Relative paths in it start at its folder.
        overrides: `section.key=value`, stronger than the file. Text needs no quotes; relative
            paths start at the working folder.

    Raises:
        ConfigError: every mistake at once, one a line, each with its place and its remedy.
    """
    source = read(path, overrides)
    mistakes: list[Mistake] = list(contradictions(source.document))
    try:
        config = Config.model_validate(source.document, context={"base": path.absolute().parent})
    except ValidationError as error:
        mistakes.extend(error.errors())
        # `from None`: pydantic's own words show what was entered, secrets included.
        raise ConfigError("\n".join(sentences(mistakes, source))) from None
    if wrong := sentences(mistakes, source):
        raise ConfigError("\n".join(wrong))
    return config

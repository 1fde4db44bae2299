"""What the attract screen says and shows, as HQ publishes it."""

from pydantic import BaseModel, Field

from kiosk.model.programme import Tint
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, LocalText


class AttractItem(BaseModel):
    """A picture with a word and a line below it."""

    model_config = STRICT

    picture: Identifier
    tint: Tint
    name: LocalText
    line: LocalText


class AttractFrame(BaseModel):
    """One of the frames that explain the plan while nobody is at the kiosk."""

    model_config = STRICT

    title: LocalText
    items: tuple[AttractItem, ...] = Field(min_length=2, max_length=3)


class Attract(BaseModel):
    """The attract screen's own words."""

    model_config = STRICT

    headline_call: LocalText
    headline_promise: LocalText
    line: LocalText
    frames: tuple[AttractFrame, ...] = Field(min_length=1, max_length=5)

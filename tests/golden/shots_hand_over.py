"""Going on on one's own phone: the code that opens HQ's form."""

from uuid import UUID

from kiosk.model.answers import Form
from kiosk.model.care import Care
from kiosk.session.states import HandedOver, Home, Joining, Profile
from tests.factories import care, content, world
from tests.golden.shots import LINA, Shot


def with_form(url: str | None = "https://hq.example/form") -> Care:
    """The usual care, with a place where forms open."""
    usual = care()
    return usual.model_copy(update={"asking": usual.asking.model_copy(update={"form_url": url})})


HERE = world(content=content(care=with_form()))
AWAY = world(content=content(care=with_form()), hq_reachable=False)
SECRET = "0123456789abcdefghjkmnpqrs"
ID = UUID("01937a00-0000-7000-8000-0000000000a7")


def handed(form: Form = Form.PROFILE, left_s: float = 587) -> HandedOver:
    """A form that waits for so long yet."""
    return HandedOver(form, ID, SECRET, HERE.uptime_s + left_s)


MINE = (Home(), Profile())

EVERY_WAY = (Shot("hand-over", handed(), HERE, visitor=LINA, trail=MINE),)

STANDING_ONLY = (
    Shot("hand-over-joining", handed(Form.JOINING, 61), HERE, trail=(Joining(),)),
    Shot("hand-over-away", handed(), AWAY, visitor=LINA, trail=MINE),
)

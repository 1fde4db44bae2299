"""From a session to the scene that shows it: one match, one screen a page."""

from kiosk.screens.attract import attract
from kiosk.screens.home import home
from kiosk.screens.notice import notice
from kiosk.screens.out_of_service import out_of_service
from kiosk.screens.still_there import still_there
from kiosk.screens.view import Sight
from kiosk.session.states import Attract, Home, Notice, OutOfService, StillThere
from kiosk.ui.nodes import Scene


def scene(sight: Sight) -> Scene:
    """The whole picture of this session in this view."""
    content = sight.world.content
    match sight.session.page:
        case Attract() as on_page:
            return attract(sight, on_page, content)
        case Home() as on_page if content is not None:
            return home(sight, on_page, content)
        case Notice() as on_page:
            return notice(sight, on_page, content)
        case StillThere():
            return still_there(sight)
        case OutOfService():
            return out_of_service(sight)
        case Home():
            raise AssertionError("a member's page is only opened when there is content")

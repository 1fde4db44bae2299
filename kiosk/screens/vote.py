"""A vote that is open to anybody who passes, as one small button on the attract screen."""

from kiosk.screens.prompt import duration
from kiosk.screens.view import Sight
from kiosk.survey.offers import for_anybody
from kiosk.ui.nodes import Align, Box, Button, Icon, Insets, Look, Row, text
from kiosk.ui.theme import Colour, Style

HEIGHT_MM = 20.0
"""A target (docs/design.md, measures)."""

PILL_MM = 14.5
"""What is drawn of it."""


def vote_button(sight: Sight) -> tuple[Button, ...]:
    """The way into it; nothing while nothing is open."""
    content = sight.world.content
    document = for_anybody(content.surveys, sight.world.today) if content is not None else None
    if document is None:
        return ()
    words = sight.words.say("attract.vote")
    if not sight.view.portrait:  # standing, the dots of the frames leave less room
        words = sight.words.say("attract.vote_time", time=duration(sight.words, document))
    return (
        Button(
            key="survey",
            value=document.id,
            says=words,
            look=Look.BARE,
            child=_pill(words),
            height=HEIGHT_MM,
            padding=Insets.xy(0, (HEIGHT_MM - PILL_MM) / 2),
        ),
    )


def _pill(words: str) -> Box:
    """Drawn lower than it can be touched, so that it stays small beside what the page is for."""
    said = text(words, Style.CAPTION_STRONG, Colour.PINE, shrink_to=0.6)
    return Box(
        child=Row(items=(Icon(name="chat", size=7.5, colour=Colour.PINE), said), gap=2.5),
        radius=PILL_MM / 2,
        edge=Colour.EDGE_PINE,
        height=PILL_MM,
        padding=Insets.xy(5, 0),
        valign=Align.CENTRE,
    )

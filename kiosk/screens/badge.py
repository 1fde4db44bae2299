"""A tier's badge: its icon and its name on its metal."""

from kiosk.model.programme import Tier, TierLook
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Icon, Insets, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style

_BADGE = {
    TierLook.STANDARD: ("leaf-badge", Fill.LINEN, Colour.PINE),
    TierLook.SILVER: ("medal", Fill.SILVER, Colour.SILVER_INK),
    TierLook.GOLD: ("crown", Fill.GOLD, Colour.ON_GOLD),
}


def tier_badge(sight: Sight, tier: Tier, *, leads: bool = False) -> Box:
    """The badge; `leads` adds the arrow of one that opens the tier's page."""
    icon, fill, colour = _BADGE[tier.look]
    words = tier.name.in_(sight.session.language)
    inside: tuple[Node, ...] = (
        Icon(name=icon, size=7, colour=colour),
        text(words, Style.CAPTION_STRONG, colour, shrink_to=0.7),
    )
    if leads:
        inside += (Icon(name="chevron-right", size=5, colour=colour),)
    return Box(
        child=Row(items=inside, gap=2.5),
        fill=fill,
        radius=7,
        height=14,
        padding=Insets(5, 0, 3.5 if leads else 5, 0),
        valign=Align.CENTRE,
        edge=Colour.EDGE_PINE if tier.look is TierLook.STANDARD else None,
    )

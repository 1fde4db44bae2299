"""The card in pine with the gold arcs: what a page is about stands on it."""

from kiosk.ui.nodes import Box, Insets, Node
from kiosk.ui.theme import Colour, Fill, Shadow


def pine_card(child: Node, padding: Insets) -> Box:
    """The card around what stands on it."""
    return Box(
        child=child,
        fill=Fill.PINE,
        radius=11,
        edge=Colour.EDGE_PINE,
        edge_mm=0.3,
        shadow=Shadow.DEEP,
        arcs=True,
        padding=padding,
    )

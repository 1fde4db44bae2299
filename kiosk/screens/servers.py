"""The usual ends of an e-mail address, to be touched instead of typed."""

from kiosk.screens.choices import chip
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.addresses import servers_for
from kiosk.session.states import Entry, Writing
from kiosk.ui.nodes import Column, Gap, Node, Row

_ACROSS_STANDING = 3
_GAP_MM = GAP_MM * 1.2


def servers(sight: Sight, on_page: Writing) -> tuple[Node, ...]:
    """The ends that fit what was typed, where candidates stand in other fields."""
    if on_page.purpose is not Entry.EMAIL:
        return ()
    fit = servers_for(on_page.text)
    ready: list[Node] = [chip("server", f"@{one}", one, chosen=False, beside=3) for one in fit]
    if not ready:
        return ()
    across = _ACROSS_STANDING if sight.view.portrait else len(ready)
    rows = [_row(ready[at : at + across], across) for at in range(0, len(ready), across)]
    return (Column(items=tuple(rows), gap=_GAP_MM),)


def _row(ready: list[Node], across: int) -> Node:
    rest = (Gap(grow=1),) * (across - len(ready))
    return Row(items=(*ready, *rest), gap=_GAP_MM)

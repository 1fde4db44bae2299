"""What must be drawn again: the difference of two pictures, as few rectangles."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pygame

from kiosk.ui.items import Item

# More rectangles than this cost more than drawing what lies between them.
MOST_RECTS = 12


def difference(old: Sequence[Item], new: Sequence[Item]) -> list[Item] | None:
    """Items that one of the pictures has and the other has not.

    Returns:
        The items of both; None when what they share is in another order, so that anything
        may lie above anything else.
    """
    before, after = Counter(old), Counter(new)
    if [item for item in old if item in after] != [item for item in new if item in before]:
        return None
    return [*(before - after).elements(), *(after - before).elements()]


def merged(rects: Iterable[pygame.Rect], whole: pygame.Rect) -> list[pygame.Rect]:
    """Rectangles that cover the same and do not overlap, inside `whole`."""
    found: list[pygame.Rect] = []
    for rect in rects:
        piece = rect.clip(whole)
        if piece.w and piece.h:
            _add(found, piece)
    if len(found) > MOST_RECTS:
        return [found[0].unionall(found[1:])]
    return found


def _add(found: list[pygame.Rect], piece: pygame.Rect) -> None:
    """Join the piece with everything it touches, again and again."""
    while True:
        hit = piece.collidelist(found)
        if hit < 0:
            found.append(piece)
            return
        piece = piece.union(found.pop(hit))

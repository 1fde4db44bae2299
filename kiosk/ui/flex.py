"""The arithmetic of rows and columns: sharing room, starting places, baselines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kiosk.ui.nodes import Align, Justify


@dataclass(frozen=True, slots=True)
class Claim:
    """What one child wants along its parent's axis.

    Attributes:
        grow: its share of the room the others leave; 0 takes what it wants and no more.
        natural: what it wants, px.
        least: what it cannot do without, px.
    """

    grow: float
    natural: int
    least: int


def share(room: int, claims: Sequence[Claim]) -> list[int]:
    """Lengths of the children.

    Children that grow share what the others leave in proportion to their `grow`, none of them
    below its content; so two buttons that grow alike are equally wide. When even the contents
    are too much, all give way in proportion to what they can spare. What cannot be helped
    overflows: the sum is then more than the room.

    Args:
        room: length to share, px, gaps already taken off.
        claims: one for each child.
    """
    if sum(claim.natural for claim in claims) > room:
        return _squeezed(room, claims)
    lengths = [claim.natural for claim in claims]
    growing = [i for i, claim in enumerate(claims) if claim.grow > 0]
    while growing:
        left = room - sum(lengths[i] for i in range(len(claims)) if i not in growing)
        shares = _split(left, [claims[i].grow for i in growing])
        content = [i for i, part in zip(growing, shares, strict=True) if part < claims[i].natural]
        if not content:
            for i, part in zip(growing, shares, strict=True):
                lengths[i] = part
            break
        growing = [i for i in growing if i not in content]
    return lengths


def _squeezed(room: int, claims: Sequence[Claim]) -> list[int]:
    """What grows gives way first, then the others, each down to its least."""
    lengths = [claim.natural for claim in claims]
    for growing in (True, False):
        over = sum(lengths) - room
        spare = [
            max(0, claim.natural - claim.least) if (claim.grow > 0) is growing else 0
            for claim in claims
        ]
        if over > 0 and any(spare):
            taken = _split(min(over, sum(spare)), spare)
            lengths = [length - part for length, part in zip(lengths, taken, strict=True)]
    return lengths


def _split(room: int, weights: Sequence[float]) -> list[int]:
    """Whole pixels in proportion to the weights; their sum is exactly the room."""
    whole = sum(weights)
    done, edges = 0.0, [0]
    for weight in weights:
        done += weight
        edges.append(round(room * done / whole))
    return [end - start for start, end in pairwise(edges)]


def starts(lengths: Sequence[int], gap: int, room: int, justify: Justify) -> list[int]:
    """Where each child begins, px from the parent's start."""
    spare = room - sum(lengths) - gap * (len(lengths) - 1)
    space = float(gap)
    if justify is Justify.BETWEEN and len(lengths) > 1:
        space += max(0, spare) / (len(lengths) - 1)
    lead = {Justify.CENTRE: spare // 2, Justify.END: spare}.get(justify, 0)
    found, place = [], float(max(0, lead))
    for length in lengths:
        found.append(round(place))
        place += length + space
    return found


def offset(align: Align, room: int, length: int) -> int:
    """Where a child begins across the axis, px from the parent's start."""
    if align is Align.CENTRE:
        return (room - length) // 2
    return room - length if align is Align.END else 0


def baseline_tops(lines: Sequence[int], heights: Sequence[int], room: int) -> list[int]:
    """Tops that bring all baselines to one line, the whole centred in the room."""
    above = max(lines, default=0)
    below = max((high - line for line, high in zip(lines, heights, strict=True)), default=0)
    lead = max(0, (room - above - below) // 2)
    return [lead + above - line for line in lines]

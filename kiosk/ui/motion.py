"""Where everything that moves by itself stands: the hint, figures that count, arcs that turn."""

import math
from collections.abc import Hashable, Iterable

from kiosk.ui.hint import REST, Pose, next_pose_s, pose_at
from kiosk.ui.nodes import Node
from kiosk.ui.pieces import CountUp, TapHint, Turning

# Design language, "Motion": 600 ms for a balance that changed; it begins when the page is there.
COUNT_AFTER_S = 0.2
COUNT_S = 0.6
COUNT_FRAME_S = 1 / 30

# A calm round of an arc: quick enough to be seen at work, slow enough not to hurry anybody.
ROUND_S = 1.6
ROUND_STEPS = 24

_A_HAIR = 1e-6
"""Clocks are sums: a hair below a frame's time is on it."""


class Motions:
    """Since when each moving thing has been on the glass, and where it is now.

    Where nothing may move, everything stands where it would come to rest.
    """

    def __init__(self, *, allowed: bool = True) -> None:
        self._allowed = allowed
        self._since_s: dict[Hashable, float] = {}
        self._now_s = 0.0

    def follow(self, nodes: Iterable[Node], now_s: float) -> None:
        """Another picture is shown: what is new on it begins to move, what stays goes on."""
        keys = [_key(node) for node in nodes if _moves(node)] if self._allowed else []
        self._since_s = {key: self._since_s.get(key, now_s) for key in keys}

    def go_on(self, now_s: float) -> None:
        """Time has passed."""
        self._now_s = now_s

    @property
    def next_s(self) -> float | None:
        """When something stands elsewhere than now; None while everything rests."""
        moments = [self._next_s(key, since_s) for key, since_s in self._since_s.items()]
        return min((moment for moment in moments if moment is not None), default=None)

    def pose(self) -> Pose:
        """The living hint's."""
        since_s = self._since_s.get(TapHint)
        return REST if since_s is None else pose_at(self._elapsed_s(since_s))

    def figure(self, node: CountUp) -> int:
        """What a counting figure says."""
        since_s = self._since_s.get(node)
        if since_s is None:
            return node.end
        share = min(1.0, max(0.0, (self._elapsed_s(since_s) - COUNT_AFTER_S) / COUNT_S))
        return round(node.start + (node.end - node.start) * (1 - (1 - share) ** 3))

    def step(self, node: Turning) -> int | None:
        """How far an arc has turned, in steps of a round; None where it may not turn."""
        since_s = self._since_s.get(node)
        if since_s is None:
            return None
        return _steps(self._elapsed_s(since_s), ROUND_S / ROUND_STEPS) % ROUND_STEPS

    def _elapsed_s(self, since_s: float) -> float:
        return max(0.0, self._now_s - since_s)

    def _next_s(self, key: Hashable, since_s: float) -> float | None:
        elapsed_s = self._elapsed_s(since_s)
        if key is TapHint:
            return since_s + next_pose_s(elapsed_s)
        if isinstance(key, Turning):
            frame_s = ROUND_S / ROUND_STEPS
            return since_s + (_steps(elapsed_s, frame_s) + 1) * frame_s
        return _next_count_s(since_s, elapsed_s)


def _next_count_s(since_s: float, elapsed_s: float) -> float | None:
    if elapsed_s >= COUNT_AFTER_S + COUNT_S - _A_HAIR:
        return None
    frames = max(0, _steps(elapsed_s - COUNT_AFTER_S, COUNT_FRAME_S) + 1)
    return since_s + COUNT_AFTER_S + min(COUNT_S, frames * COUNT_FRAME_S)


def _steps(elapsed_s: float, frame_s: float) -> int:
    return math.floor(elapsed_s / frame_s + _A_HAIR)


def _moves(node: Node) -> bool:
    if isinstance(node, TapHint):
        return node.alive
    return isinstance(node, Turning) or (isinstance(node, CountUp) and node.start != node.end)


def _key(node: Node) -> Hashable:
    """What a moving node is known by from picture to picture; the hint's words may change."""
    return TapHint if isinstance(node, TapHint) else node

"""Answers the live view's requests on the UI thread."""

from typing import TYPE_CHECKING, Any

from kiosk.app.live_view import Ask, Frames, Snapshot
from kiosk.app.window import Phase, Touch, Window, picture_of
from kiosk.session.events import Pressed
from kiosk.ui.nodes import Text, walk

if TYPE_CHECKING:
    from kiosk.app.loop import Loop


class Answers:
    """What can be asked of the kiosk from outside; see `kiosk.app.live_view`."""

    def __init__(self, window: Window, frames: Frames) -> None:
        self._window = window
        self._frames = frames

    def __call__(self, ask: Ask, loop: "Loop") -> None:
        """Answer, also when the request makes no sense."""
        try:
            ask.answer.set_result(self._answer(ask.request, loop))
        except (KeyError, ValueError, TypeError, OverflowError) as problem:
            ask.answer.set_result({"error": f"not understood: {problem!r}"})

    def _answer(self, request: dict[str, Any], loop: "Loop") -> Any:
        match request["do"]:
            case "picture":
                return self._picture()
            case "scene":
                return self._scene(loop)
            case "tap":
                return self._touch(request, loop, Phase.DOWN, Phase.UP)
            case "touch":
                return self._touch(request, loop, Phase(request["phase"]))
            case "press":
                loop.happen(Pressed(str(request["key"]), str(request.get("value", ""))))
                return {"ok": True}
            case other:
                raise ValueError(f"no such request: {other}")

    def _picture(self) -> Snapshot:
        copy = self._window.surface.copy()

        def encode(kind: str, height: int | None) -> tuple[bytes, int, int]:
            return picture_of(copy, kind, height), copy.get_width(), copy.get_height()

        return Snapshot(self._frames.count, encode)

    def _scene(self, loop: "Loop") -> dict[str, Any]:
        scene = loop.stage.scene
        nodes = walk(scene.root) if scene is not None else iter(())
        buttons = [
            {
                "key": target.button.key,
                "value": target.button.value,
                "says": target.button.says,
                "x": target.rect.x + target.rect.w // 2,
                "y": target.rect.y + target.rect.h // 2,
            }
            for target in loop.stage.targets()
        ]
        return {
            "frame": self._frames.count,
            "first_s": self._frames.first_s,
            "shown_s": self._frames.latest_s,
            "name": scene.name if scene is not None else "",
            "texts": [node.plain for node in nodes if isinstance(node, Text)],
            "buttons": buttons,
        }

    def _touch(self, request: dict[str, Any], loop: "Loop", *phases: Phase) -> dict[str, Any]:
        x, y = int(request["x"]), int(request["y"])
        now_s = loop.world().uptime_s
        for phase in phases:
            for event in loop.stage.touch(Touch(phase, x, y), now_s):
                loop.happen(event)
        return {"ok": True}

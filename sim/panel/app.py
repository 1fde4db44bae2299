"""The panel's web application: its page, its state, its switches."""

from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field

from kiosk.art import ART_DIR
from kiosk.config.sections import OWN_FONTS_DIR
from sim.fonts import font_router
from sim.guard import LoopbackOnly
from sim.panel.ports import GlassDark, HqSilent, Phase
from sim.panel.state import Panel, WholeState, gather
from sim.panel.tray import TrayEntry

STATIC = Path(__file__).parent / "static"

POLICY = "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'"
"""Nothing is loaded from anywhere else."""

MAX_SIDE_PX = 7680
"""The longest side a kiosk's panel may have."""

ICONS = ART_DIR / "icons"
"""The kiosk's own icons serve the panel, too."""

_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)


class Refused(Exception):
    """Raised for a request that makes no sense now; says why in both languages."""

    def __init__(self, status: int, en: str, zh: str) -> None:
        super().__init__(en)
        self.status = status
        self.body = {"detail": en, "detail_zh": zh}


class Plugged(BaseModel):
    """Body of POST /reader."""

    model_config = _STRICT
    plugged: bool


class Reachable(BaseModel):
    """Body of POST /hq."""

    model_config = _STRICT
    reachable: bool


class Touch(BaseModel):
    """Body of POST /touch, in pixels of the kiosk's screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    phase: Phase
    x: int = Field(ge=-1, lt=MAX_SIDE_PX, strict=True)
    y: int = Field(ge=-1, lt=MAX_SIDE_PX, strict=True)


class Api:
    """The handlers; each runs on a thread of the server's pool.

    Args:
        panel: the parts behind them.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._reader_lock = Lock()

    def router(self) -> APIRouter:
        """Every path of the panel but its files."""
        router = APIRouter()
        add = router.add_api_route
        add("/state", self.state)
        add("/scene", self.scene)
        add("/picture", self.picture, response_class=Response)
        add("/touch", self.touch, methods=["POST"], status_code=204)
        add("/cards/{name}/lay", self.lay, methods=["POST"])
        add("/cards/{name}/take", self.take, methods=["POST"])
        add("/reader", self.reader, methods=["POST"])
        add("/hq", self.hq, methods=["POST"])
        add("/parts/{name}/{action}", self.part, methods=["POST"])
        return router

    def state(self) -> WholeState:
        """Everything the page shows."""
        return gather(self._panel)

    def scene(self) -> dict[str, Any]:
        """The kiosk's screen as text."""
        return self._panel.glass.scene()

    def picture(
        self,
        after: Annotated[int | None, Query(ge=-1)] = None,
        height: Annotated[int | None, Query(ge=16, le=MAX_SIDE_PX)] = None,
    ) -> Response:
        """The kiosk's screen; with `after` as soon as there is a newer frame, else 204."""
        picture = self._panel.glass.picture(after, height)
        headers = {
            "X-Frame": str(picture.frame),
            "X-Screen": f"{picture.width_px}x{picture.height_px}",
            "Cache-Control": "no-store",
        }
        if picture.frame == after:
            return Response(status_code=204, headers=headers)
        return Response(picture.jpeg, media_type="image/jpeg", headers=headers)

    def touch(self, touch: Touch) -> None:
        """A finger on the kiosk's screen."""
        self._panel.glass.touch(touch.phase, touch.x, touch.y)

    def lay(self, name: str) -> WholeState:
        """Lay a card of the tray on the reader."""
        entry = self._entry(name)
        with self._reader_lock:
            if entry.card in self._panel.plate.cards:
                raise Refused(
                    409,
                    f"{entry.title.en} lies on the reader already.",
                    f"{entry.title.zh}已经在读卡器上。",
                )
            self._panel.plate.lay(entry.card)
        return self.state()

    def take(self, name: str) -> WholeState:
        """Take a card from the reader."""
        entry = self._entry(name)
        with self._reader_lock:
            if entry.card not in self._panel.plate.cards:
                raise Refused(
                    409,
                    f"{entry.title.en} does not lie on the reader.",
                    f"{entry.title.zh}不在读卡器上。",
                )
            self._panel.plate.take(entry.card)
        return self.state()

    def reader(self, wish: Plugged) -> WholeState:
        """Pull the reader's plug, or put it back."""
        with self._reader_lock:
            if wish.plugged:
                self._panel.plug.replug()
            else:
                self._panel.plug.unplug()
        return self.state()

    def hq(self, wish: Reachable) -> WholeState:
        """Cut the line between kiosks and HQ, or mend it."""
        self._panel.hq.set_reachable(wish.reachable)
        return self.state()

    def part(self, name: str, action: Literal["start", "stop", "restart"]) -> WholeState:
        """Start or end a process."""
        parts = self._panel.parts
        if name not in {part.name for part in parts.look()}:
            raise Refused(404, f"There is no part called '{name}'.", f"没有名为“{name}”的进程。")
        if action != "start":
            parts.stop(name)
        if action != "stop":
            parts.start(name)
        return self.state()

    def _entry(self, name: str) -> TrayEntry:
        entry = self._panel.tray.named(name)
        if entry is None:
            raise Refused(
                404,
                f"There is no card called '{name}' on the tray.",
                f"托盘上没有名为“{name}”的卡片。",
            )
        return entry


def create_app(panel: Panel, fonts_dir: Path = OWN_FONTS_DIR) -> FastAPI:
    """The application for one simulator.

    Args:
        panel: the parts behind it.
        fonts_dir: of the kiosk's own fonts, lent to browsers that have no Chinese ones.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(Api(panel).router())
    app.include_router(font_router(fonts_dir))
    app.add_api_route("/", _page)
    app.mount("/static", StaticFiles(directory=STATIC))
    if panel.rehearsal is not None:
        app.mount("/rehearsal", StaticFiles(directory=panel.rehearsal, html=True))
    app.mount("/icons", StaticFiles(directory=ICONS))
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(GlassDark, _glass_dark)
    app.add_exception_handler(HqSilent, _hq_silent)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_middleware(LoopbackOnly)
    return app


def _page() -> FileResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return FileResponse(STATIC / "index.html", headers=headers)


async def _refused(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refused)
    return JSONResponse(problem.body, problem.status)


async def _glass_dark(_request: Request, problem: Exception) -> Response:
    en = f"The kiosk's screen does not answer ({problem}). Is the kiosk running?"
    return JSONResponse({"detail": en, "detail_zh": "自助机的屏幕没有应答，它在运行吗？"}, 503)


async def _hq_silent(_request: Request, _problem: Exception) -> Response:
    en = "HQ's process does not answer. Start it again."
    return JSONResponse({"detail": en, "detail_zh": "总部进程没有应答，请重新启动它。"}, 503)


async def _not_understood(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    told = [f"{'.'.join(str(step) for step in e['loc'][1:])}: {e['msg']}" for e in problem.errors()]
    en = f"Not understood: {'; '.join(told)}."
    return JSONResponse({"detail": en, "detail_zh": f"无法理解的请求：{'；'.join(told)}。"}, 422)

"""Lends the kiosk's font to browsers on machines that have no Chinese one."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse
from pydantic import BeforeValidator

from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.ui.fonts import FontMissing, font_file
from kiosk.ui.theme import Weight


def font_router(fonts_dir: Path = OWN_FONTS_DIR) -> APIRouter:
    """`/fonts/{weight}`; 404 while no font has been fetched."""
    router = APIRouter(include_in_schema=False)

    @router.get("/fonts/{weight}", response_class=FileResponse)
    def font(weight: Annotated[Weight, BeforeValidator(int)]) -> FileResponse:
        """One weight of the kiosk's font."""
        try:
            path = font_file(fonts_dir, weight)
        except FontMissing as missing:
            raise HTTPException(404, f"{missing}.") from missing
        return FileResponse(path, headers={"Cache-Control": "max-age=86400"})

    return router

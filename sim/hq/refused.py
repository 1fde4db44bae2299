"""How the contract describes refusals: their body, and what each status means."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


class Refused(BaseModel):
    """The body of every refusal: one sentence for the technician."""

    detail: str


def refusals(told: Mapping[int, str], *statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the contract says of each of these statuses."""
    return {status: {"description": told[status], "model": Refused} for status in statuses}

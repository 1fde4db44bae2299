"""Everything the page shows, gathered from the simulator's parts."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sim.panel.ports import (
    Glass,
    Hq,
    HqSilent,
    Parts,
    PartSight,
    Plate,
    Plug,
    Received,
    Road,
    RoadSight,
    RoadUnknown,
)
from sim.panel.tray import Tray, TrayEntry, Words


@dataclass(frozen=True, slots=True)
class Panel:
    """The parts behind the panel.

    Attributes:
        rehearsal: folder with the pictures of a survey that is tried out; None for none.
    """

    glass: Glass
    plate: Plate
    plug: Plug
    hq: Hq
    road: Road
    parts: Parts
    tray: Tray
    rehearsal: Path | None = None


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class CardState(_Shown):
    """A card of the tray; see `sim.panel.tray.TrayEntry`."""

    name: str
    title: Words
    note: Words
    look: str
    status: str
    lying: bool


class ReaderState(_Shown):
    """The reader."""

    plugged: bool


class RecordState(_Shown):
    """A record HQ has received; `holder` is the name on the tray's card, if it is one."""

    n: int
    kind: str
    wall: datetime
    member_id: str
    holder: str


class HqState(_Shown):
    """HQ.

    Attributes:
        answers: whether its process answers the simulator at all; else the rest is empty.
        reachable: whether kiosks get through to it.
    """

    url: str
    answers: bool
    reachable: bool
    count: int
    newest: list[RecordState]


class WholeState(_Shown):
    """The answer of GET /state.

    Attributes:
        road: None when the kiosk's queue cannot be read.
        rehearsal: whether there are pictures of a survey below /rehearsal/.
    """

    cards: list[CardState]
    reader: ReaderState
    hq: HqState
    road: RoadSight | None
    parts: list[PartSight]
    rehearsal: bool


def gather(panel: Panel) -> WholeState:
    """The state of everything now."""
    lying = panel.plate.cards
    return WholeState(
        cards=[_card(entry, entry.card in lying) for entry in panel.tray.entries],
        reader=ReaderState(plugged=panel.plug.plugged),
        hq=_hq(panel),
        road=_road(panel.road),
        parts=list(panel.parts.look()),
        rehearsal=panel.rehearsal is not None,
    )


def _card(entry: TrayEntry, lying: bool) -> CardState:
    return CardState(
        name=entry.name,
        title=entry.title,
        note=entry.note,
        look=entry.look,
        status=entry.status,
        lying=lying,
    )


def _hq(panel: Panel) -> HqState:
    url = panel.hq.url
    try:
        sight = panel.hq.look()
    except HqSilent:
        return HqState(url=url, answers=False, reachable=False, count=0, newest=[])
    newest = [_record(record, panel.tray) for record in sight.newest]
    return HqState(
        url=url, answers=True, reachable=sight.reachable, count=sight.count, newest=newest
    )


def _record(record: Received, tray: Tray) -> RecordState:
    return RecordState(
        n=record.n,
        kind=record.kind,
        wall=record.wall,
        member_id=record.member_id,
        holder=tray.holder(record.card_key),
    )


def _road(road: Road) -> RoadSight | None:
    try:
        return road.look()
    except RoadUnknown:
        return None

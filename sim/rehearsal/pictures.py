"""Pictures of a survey's pages as the kiosk draws them, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pygame

from kiosk.art import ART_DIR
from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.content import Content
from kiosk.model.cards import CardKey
from kiosk.model.clock import ClockQuality
from kiosk.model.members import Member
from kiosk.model.text import Language, LocalText
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.states import Asking, Page, Session, Survey, SurveyThanks, Visitor
from kiosk.session.world import Timing, World
from kiosk.survey.document import Document
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.paint import Painter

IDLE_S, WARNING_S, NOTICE_S = 45, 20, 15
"""What a kiosk waits; only the ring of seconds shows it."""

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Glass:
    """What to draw for.

    Attributes:
        name: in the files' names.
    """

    name: str
    width_px: int
    height_px: int
    diagonal_inch: float


STANDING = Glass("standing", 1080, 1920, 21.5)
LYING = Glass("lying", 1920, 1080, 21.5)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture.

    Attributes:
        about: the question's name; "" for the thanks.
        cut: words on it that had no room.
    """

    file: Path
    about: str
    language: Language
    cut: tuple[str, ...]


def world_of(content: Content, now: datetime) -> World:
    """A store in which all is well."""
    return World(
        uptime_s=0.0,
        local_now=now,
        clock=ClockQuality.SYNCED,
        content=content,
        hq_reachable=True,
        store_id=content.stores[0].store_id,
        language=Language.ZH,
        timing=Timing(idle_s=IDLE_S, warning_s=WARNING_S, notice_s=NOTICE_S),
        directory_as_of=now.astimezone(UTC),
        kiosk_id="rehearsal",
    )


def draw(
    document: Document, looks: dict[Language, dict[str, Asking]], world: World, into: Path
) -> Iterator[Drawn]:
    """Draw every question and the thanks, one picture after another.

    Args:
        looks: each question as it is first put, by language and name.
        into: an empty folder.
    """
    for glass in (STANDING, LYING):
        painter = _Painting(glass, world)
        for language, seen in looks.items():
            pages: list[tuple[str, Page]] = [
                (name, Survey(asking, NOBODY)) for name, asking in seen.items()
            ]
            pages.append(("", SurveyThanks(document.id, document.reward_points)))
            for at, (name, page) in enumerate(pages, 1):
                file = into / f"{at:02}-{name or 'thanks'}-{glass.name}-{language.value}.png"
                yield Drawn(file, name, language, painter.draw(page, language, file))


class _Painting:
    """One glass, kept for many pictures."""

    def __init__(self, glass: Glass, world: World) -> None:
        self._metrics = Metrics(
            glass.width_px,
            glass.height_px,
            (glass.width_px**2 + glass.height_px**2) ** 0.5 / glass.diagonal_inch / 25.4,
        )
        size = (glass.width_px, glass.height_px)
        self._painter = Painter(
            size, self._metrics, "boutique", OWN_FONTS_DIR, ART_DIR, motion=False
        )
        self._world = world

    def draw(self, page: Page, language: Language, file: Path) -> tuple[str, ...]:
        """Draw one page to a file; words that had no room."""
        metrics = self._metrics
        session = Session(
            page=page, language=language, visitor=_visitor(self._world), until_s=IDLE_S
        )
        view = View(
            metrics.width_px / metrics.scale,
            metrics.height_px / metrics.scale,
            load(language.value),
            reduced_motion=True,
            factor=metrics.factor,
        )
        self._painter.show(scene(Sight(session, self._world, view)), 0.0)
        pygame.image.save(self._painter.surface, file)
        layout = self._painter.layout
        return tuple(map(str, layout.problems)) if layout is not None else ()


def _visitor(world: World) -> Visitor:
    """A member of nobody's in particular."""
    assert world.content is not None
    member = Member(
        member_id="rehearsal",
        called=LocalText.model_validate({"zh-CN": "李女士", "en": "Ms L."}),
        tier=world.content.programme.tiers[0].tier_id,
        points=1_280,
        as_of=world.local_now,
    )
    return Visitor(member, CardKey(bytes(16)))

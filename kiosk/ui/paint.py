"""Shows scenes on a surface: draws only what differs, moves what moves, finds what is touched."""

from collections.abc import Iterable
from pathlib import Path

import pygame

from kiosk.ui import entrance
from kiosk.ui.backdrop import Behind, backdrop
from kiosk.ui.brush import Brush
from kiosk.ui.cache import SurfaceCache
from kiosk.ui.entrance import Entrance
from kiosk.ui.hint import HintPainter
from kiosk.ui.icons import Pictures
from kiosk.ui.items import Item, Itemiser, runs_of
from kiosk.ui.layout import Layout, arrange
from kiosk.ui.metrics import Metrics
from kiosk.ui.motion import Motions
from kiosk.ui.nodes import Backdrop, Button, Scene
from kiosk.ui.palette import theme as theme_named
from kiosk.ui.qr import DARK, Codes
from kiosk.ui.regions import difference, merged
from kiosk.ui.shapes import Shapes
from kiosk.ui.text import PygameFaces, Words
from kiosk.ui.theme import ThemeName
from kiosk.ui.typeset import Typesetter


class Painter:
    """The only one who draws.

    Attributes:
        surface: the picture, always complete.
        layout: where everything of the last scene stands; None before the first.
        metrics: the glass.
        cache: drawn pieces that outlive a picture; nothing of a member is among them.
    """

    def __init__(
        self,
        surface_size: tuple[int, int],
        metrics: Metrics,
        theme: ThemeName,
        fonts_dir: Path,
        art_dir: Path,
        pictures_dir: Path | None = None,
        *,
        surface: pygame.Surface | None = None,
        motion: bool = True,
    ) -> None:
        """Prepare to draw; nothing is drawn yet.

        Args:
            surface_size: of the picture, px.
            metrics: the glass.
            theme: which values the design's names have.
            fonts_dir: where `python -m kiosk.ui.fetch_fonts` put the fonts.
            art_dir: our icons and pictures.
            pictures_dir: the content's pictures; they come before ours.
            surface: draw on this one (the window's) and not on one of our own.
            motion: False where nothing may move.
        """
        self.surface = surface or pygame.Surface(surface_size, 0, 32)
        self.metrics = metrics
        self.cache = SurfaceCache()
        self.layout: Layout | None = None
        self._faces = PygameFaces(fonts_dir)
        self._art_dir = art_dir
        self._pictures_dir = pictures_dir
        self._theme = theme_named(theme)
        self._motion = motion
        self._items: tuple[Item, ...] = ()
        self._pressed: Button | None = None
        self._entrance: Entrance | None = None
        self._motions = Motions(allowed=motion)
        self._now_s = 0.0
        self._shift = (0, 0)
        self._renew()

    # -- what it draws with ----------------------------------------------------------------

    def _renew(self) -> None:
        """Build the tools for this glass; the next picture is drawn whole."""
        theme = self._theme
        self.cache.clear()
        shapes = Shapes(theme, self.metrics.scale, self.cache)
        pictures = Pictures(self._art_dir, self._pictures_dir, self.cache)
        self._hints = HintPainter(theme, self.metrics.scale, pictures)
        self._words = Words(self._faces, theme)
        self._typesetter = Typesetter(self._faces, self.metrics)
        self._itemiser = Itemiser(theme, self.metrics, shapes, self._typesetter)
        self._codes = Codes(DARK if theme.light else (0, 0, 0))
        self._brush = Brush(
            theme, self.metrics, shapes, pictures, self._words, self._hints, self._codes, self.cache
        )
        self._behind: tuple[Backdrop, Behind] | None = None

    def set_metrics(self, metrics: Metrics) -> None:
        """Draw for another glass or size of type from the next scene on."""
        if metrics != self.metrics:
            self.metrics = metrics
            self._renew()

    def set_pictures(self, folder: Path | None) -> None:
        """Use the content's pictures of another folder from the next scene on."""
        self._pictures_dir = folder
        self._renew()

    # -- showing ---------------------------------------------------------------------------

    def show(
        self, scene: Scene, now_s: float, shift: tuple[int, int] = (0, 0)
    ) -> list[pygame.Rect]:
        """Lay the scene out and bring it on the surface.

        Args:
            scene: what to show.
            now_s: of the clock that `animate` is given too.
            shift: pixels everything is moved by, against burn-in.

        Returns:
            The rectangles that changed; empty when nothing did.
        """
        before = self.layout
        self._now_s, self._shift = now_s, shift
        self._typesetter.turn()
        self.layout = arrange(scene, self.metrics, self._typesetter, shift)
        self._typesetter.end_turn()
        self._motions.follow((placed.node for placed in self.layout.placed), now_s)
        enters = bool(before and scene.enters and self._motion and before.scene.name != scene.name)
        return self._update(entering=enters)

    def rehearse(self, scene: Scene) -> None:
        """Draw a scene where nobody sees it, so that its like is quicker to show.

        What lies on the surface stays as it is. The scene may hold nothing of a member: its
        pieces are kept.
        """
        self._typesetter.turn()
        layout = arrange(scene, self.metrics, self._typesetter)
        unseen = pygame.Surface((1, 1), 0, 32)
        for item in self._itemiser.items(layout, None, Motions(allowed=False)):
            self._brush.draw(unseen, item)
        self._words.keep(runs_of(self._items))
        self._rest()
        self._typesetter.keep()
        self._typesetter.end_turn()

    def press(self, button: Button | None) -> list[pygame.Rect]:
        """Show a button pressed, or none; returns the rectangles that changed."""
        if button == self._pressed or self.layout is None:
            return []
        self._pressed = button
        return self._update(entering=False)

    def target_at(self, x: float, y: float) -> Button | None:
        """The topmost button under a point, px."""
        return self.layout.target_at(x, y) if self.layout else None

    def _update(self, *, entering: bool) -> list[pygame.Rect]:
        """Compare with what is on the surface and draw the difference."""
        assert self.layout is not None
        old, self._items = self._items, self._itemised()
        unfinished = self._entrance.region if self._entrance else ()
        self._entrance = None
        whole = self.surface.get_rect()
        areas = [whole] if self._stand_on(self.layout.scene.backdrop) else self._differing(old)
        if entering and areas:
            region = self._enter([*areas, *unfinished])
        else:
            region = merged([*areas, *unfinished], whole)
            self._repaint(region)
        self._forget()
        self._rest()
        return region

    def _differing(self, old: tuple[Item, ...]) -> list[pygame.Rect]:
        """Where the picture is another than it was with these items."""
        changed = difference(old, self._items)
        return [self.surface.get_rect()] if changed is None else [item.area for item in changed]

    def _forget(self) -> None:
        """Keep words and codes only of what is on the glass: they may be a member's."""
        self._words.keep(runs_of(self._items))
        self._codes.keep({item.looks[0] for item in self._items if item.kind == "qr"})
        if not any(item.kind == "hint" for item in self._items):
            self._hints.put_away()

    def _rest(self) -> None:
        """Give back what only a moving picture needs again and again."""
        if self._entrance is None:
            self._words.rest()
            self.cache.rest()

    def _itemised(self) -> tuple[Item, ...]:
        assert self.layout is not None
        return self._itemiser.items(self.layout, self._pressed, self._motions)

    def _stand_on(self, kind: Backdrop) -> bool:
        """Have the scene's backdrop at hand; True when it is another than before."""
        if self._behind and self._behind[0] is kind:
            return False
        self._behind = None  # one at a time
        made = backdrop(kind, self.surface.get_size(), self._theme)
        self._behind = (kind, made)
        self._brush.stand_on(made)
        return True

    def _repaint(self, rects: Iterable[pygame.Rect]) -> None:
        assert self._behind is not None
        for rect in rects:
            self.surface.set_clip(rect)
            self._behind[1].lay(self.surface, rect)
            for item in self._items:
                if item.area.colliderect(rect):
                    self._brush.draw(self.surface, item)
        self.surface.set_clip(None)

    # -- moving ----------------------------------------------------------------------------

    @property
    def next_frame_s(self) -> float | None:
        """When `animate` wants to be called; None while nothing moves."""
        if self._entrance:
            return self._now_s + entrance.FRAME_S
        return self._motions.next_s

    def animate(self, now_s: float) -> list[pygame.Rect]:
        """Bring what moves to where it is now; returns the rectangles that changed."""
        self._now_s = max(now_s, self._now_s)
        if self._entrance:
            return self._go_on(self._entrance)
        if self.layout is None:
            return []
        self._motions.go_on(self._now_s)
        old, self._items = self._items, self._itemised()
        region = merged(self._differing(old), self.surface.get_rect())
        self._repaint(region)
        self._forget()
        self._words.drop_large()
        self.cache.rest()
        return region

    def _enter(self, areas: list[pygame.Rect]) -> list[pygame.Rect]:
        whole = self.surface.get_rect()
        slide = self.metrics.px(entrance.SLIDE_MM)
        moving, still = entrance.split(self._items, areas)
        reach = [*areas, *(item.area for item in moving)]
        reach += [area.move(0, slide) for area in reach]
        region = merged(reach, whole)
        self._entrance = Entrance(self._now_s, tuple(region), moving, still)
        return self._go_on(self._entrance)

    def _go_on(self, going: Entrance) -> list[pygame.Rect]:
        """Draw the entrance as far as it has come."""
        if going.over_by(self._now_s):
            self._entrance = None
            self._repaint(going.region)
            self._rest()
            return list(going.region)
        assert self._behind is not None
        progress = going.progress(self._now_s)
        fall = round((1 - progress) * self.metrics.px(entrance.SLIDE_MM))
        behind = self._behind[1]
        for rect in going.region:
            self.surface.set_clip(rect)
            behind.lay(self.surface, rect)
            for item in going.moving:
                self._brush.draw(self.surface, item.moved(fall))
            behind.lay(self.surface, rect, round(255 * (1 - progress)))
            for item in going.still:
                self._brush.draw(self.surface, item)
        self.surface.set_clip(None)
        return list(going.region)

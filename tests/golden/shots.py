"""What a golden picture is taken of; the screens themselves stand in shots_*.py beside this."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kiosk.model.text import Language
from kiosk.pinyin.candidates import Pages
from kiosk.session.states import MemberPage, Page, Session, StillThere, Visitor
from kiosk.session.world import World
from kiosk.ui.pieces import Corner
from kiosk.ui.theme import ThemeName
from tests.factories import KEY, member, voucher, world

USUAL = world()
OFFLINE = world(hq_reachable=False)
LINA = Visitor(member(vouchers=(voucher(),)), KEY)


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen to be photographed.

    Attributes:
        visitor: whose it is; a member's page without one is Ms L.'s.
        candidates: what the letters being typed may mean.
        left_s: seconds until the page's time is up.
    """

    name: str
    page: Page
    world: World = USUAL
    visitor: Visitor | None = None
    trail: tuple[Page, ...] = ()
    left_s: float = 38
    reader_ready: bool = True
    card_on_reader: bool = False
    big_text: bool = False
    theme: ThemeName = "boutique"
    corner: Corner = Corner.BOTTOM_RIGHT
    candidates: Pages = ()

    def session(self, language: Language) -> Session:
        """The session that shows it."""
        of_member = isinstance(self.page, MemberPage | StillThere)
        return Session(
            page=self.page,
            language=language,
            trail=self.trail,
            visitor=self.visitor or (LINA if of_member else None),
            until_s=self.world.uptime_s + self.left_s,
            big_text=self.big_text,
            reader_ready=self.reader_ready,
            card_on_reader=self.card_on_reader,
        )


def every_way() -> tuple[Shot, ...]:
    """Those kept standing and lying."""
    return _all("EVERY_WAY")


def standing_only() -> tuple[Shot, ...]:
    """Those kept standing only."""
    return _all("STANDING_ONLY")


def _all(name: str) -> tuple[Shot, ...]:
    """The shots of every module beside this one, by the modules' names."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("shots_*.py"))
    return tuple(
        shot
        for module in modules
        for shot in getattr(import_module(f"tests.golden.{module}"), name)
    )

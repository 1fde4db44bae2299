"""From the PIN to the code: every glass, every edge, and nothing of a PIN on the screen."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.model.clock import ClockQuality
from kiosk.model.facts import Redemption, Release
from kiosk.model.text import Language
from kiosk.model.verdicts import Because
from kiosk.screens.code_parts import grouped
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.advance import advance
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Attract,
    Detail,
    GivenBack,
    Home,
    Ladder,
    Notice,
    Page,
    PinEntry,
    Refused,
    Reserved,
    Session,
    Step,
    Visitor,
    VoucherCode,
    Waiting,
)
from kiosk.session.world import World
from kiosk.ui.languages import load
from kiosk.ui.layout import Layout, arrange
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Button, Icon, Scene, Text, walk
from kiosk.ui.pieces import CountUp, Qr, Ring, Turning
from kiosk.ui.text import PygameFaces
from kiosk.ui.typeset import Typesetter
from tests.factories import KEY, claim, content, local, member, programme, redeeming, reward, world
from tests.golden.shots_redeem import (
    ASKED,
    ASKING,
    BACK,
    CODE,
    EVERY_WAY,
    HELD,
    HOLDING,
    ISSUED,
    PLAIN,
    POINTS,
    REFUSALS,
    RETURNED,
    RETURNING,
    SHUFFLED,
    STANDING_ONLY,
    TOTE,
    refusal,
)

GLASSES = {
    "standing": Metrics(1080, 1920, 4.034),
    "lying": Metrics(1920, 1080, 4.034),
    "small": Metrics(800, 480, 5.25),
    "standing-big": Metrics(1080, 1920, 4.034, big_text=True),
    "lying-big": Metrics(1920, 1080, 4.034, big_text=True),
    "small-big": Metrics(800, 480, 5.25, big_text=True),
}
ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
IN_BOTH = pytest.mark.parametrize("language", Language, ids=["zh", "en"])

USUAL = world()
UNSET = world(clock=ClockQuality.UNSET)
OFFLINE = world(hq_reachable=False)

LONGEST = world(
    hq_reachable=False,
    content=content(
        rewards=(
            reward(
                name=local(
                    "限量典藏手工锻造錾刻铜壶茶具礼盒套装组合",
                    "A hand-forged copper tea set, one box",
                ),
                points=100_000_000,
                cash_fen=99_999_999,
                worth_fen=100_000_000,
                tiers=("standard", "silver", "gold"),
                per_member=100,
            ),
        ),
        programme=programme(redeeming=redeeming(reservation_hours=336, per_day=100)),
    ),
)
"""A name of 20 wide characters, nine digits of points, every limit, HQ away."""

RICH = Visitor(member(points=999_999_999), KEY, (claim(id=ASKED, points=100_000_000),))
NO_REWARDS = world(content=content(rewards=()))

PAGES: dict[str, tuple[Page, Visitor]] = {
    "pin": (PinEntry(TOTE, PLAIN, "12"), ASKING),
    "pin-wrong": (PinEntry(TOTE, SHUFFLED, tries_left=3), ASKING),
    "waiting": (Waiting(ASKED, TOTE, 0), ASKING),
    "waiting-back": (Waiting(BACK, TOTE, 0, giving_back=True), RETURNING),
    "code": (CODE, HOLDING),
    "code-asking": (replace(CODE, asking=True), HOLDING),
    "code-issued": (ISSUED, ASKING),
    "code-held-for-days": (replace(CODE, until_s=260_000, holds_for_s=259_200), HOLDING),
    "reserved": (Reserved(ASKED, TOTE), ASKING),
    "reserved-back": (Reserved(BACK, TOTE, giving_back=True), RETURNING),
    "given-back": (GivenBack(TOTE, POINTS), RETURNED),
    **{f"refused-{one.value}": (refusal(one), ASKING) for one in REFUSALS},
}
EVERY_PAGE = pytest.mark.parametrize(("page", "visitor"), PAGES.values(), ids=PAGES)


def session_of(
    page: Page, visitor: Visitor = ASKING, around: World = USUAL, language: Language = Language.ZH
) -> Session:
    """A session on this page, reached from a reward."""
    return Session(
        page=page,
        language=language,
        trail=(Home(), Detail(TOTE)),
        visitor=visitor,
        until_s=around.uptime_s + 38,
    )


def shown(
    page: Page,
    visitor: Visitor = ASKING,
    around: World = USUAL,
    language: Language = Language.ZH,
    glass: Metrics = GLASSES["standing"],
) -> Scene:
    """The scene of a page."""
    session = replace(session_of(page, visitor, around, language), big_text=glass.big_text)
    view = View(glass.width_px / glass.scale, glass.height_px / glass.scale, load(language.value))
    return scene(Sight(session, around, view))


@cache
def _typesetter(glass: Metrics) -> Typesetter:
    return Typesetter(PygameFaces(OWN_FONTS_DIR), glass)


def laid_out(drawn: Scene, glass: Metrics) -> Layout:
    """The scene with the real font on this glass."""
    return arrange(drawn, glass, _typesetter(glass))


def buttons(drawn: Scene) -> list[Button]:
    """What can be touched."""
    return [node for node in walk(drawn.root) if isinstance(node, Button)]


def keys(drawn: Scene) -> set[str]:
    """What the touches are called."""
    return {button.key for button in buttons(drawn)}


def said(drawn: Scene) -> str:
    """Every word, in one line."""
    return " | ".join(node.plain for node in walk(drawn.root) if isinstance(node, Text))


def press(page: Page, key: str, value: str = "", visitor: Visitor = ASKING) -> Step:
    """What the button does."""
    return advance(session_of(page, visitor), Pressed(key, value), USUAL)


# -- every glass, every edge ---------------------------------------------------------------


@ON_EVERY_GLASS
@IN_BOTH
def test_nothing_is_cut_at_the_longest(glass: Metrics, language: Language) -> None:
    """Twenty wide characters and nine digits are rare, and exactly then somebody watches."""
    for name, (page, visitor) in PAGES.items():
        claims = RICH.claims + visitor.claims[1:]
        loud = replace(RICH, claims=claims)
        if isinstance(page, VoucherCode | GivenBack):
            page = replace(page, points=100_000_000)
        drawn = shown(page, loud, LONGEST, language, glass)
        assert laid_out(drawn, glass).problems == (), name


@pytest.mark.parametrize("glass", [GLASSES["lying-big"], GLASSES["small-big"]])
@IN_BOTH
def test_nothing_is_cut_where_there_is_no_picture(glass: Metrics, language: Language) -> None:
    """Large type on a lying glass is in no golden picture, and has the least room."""
    for shot in (*EVERY_WAY, *STANDING_ONLY):
        visitor = shot.visitor or ASKING
        drawn = shown(shot.page, visitor, shot.world, language, glass)
        assert laid_out(drawn, glass).problems == (), shot.name


@IN_BOTH
@EVERY_PAGE
def test_a_reward_that_has_just_gone_is_survived(
    page: Page, visitor: Visitor, language: Language
) -> None:
    """HQ may publish other rewards while a member waits: no apology for that."""
    drawn = shown(page, visitor, NO_REWARDS, language)
    assert laid_out(drawn, GLASSES["standing"]).problems == ()


@pytest.mark.parametrize("glass", [GLASSES["standing"], GLASSES["lying"], GLASSES["small"]])
def test_targets_are_as_large_as_a_thumb(glass: Metrics) -> None:
    """A key of 12 mm is missed by those who need the kiosk most (docs/design.md, measures)."""
    for name, (page, visitor) in PAGES.items():
        for target in laid_out(shown(page, visitor, glass=glass), glass).targets:
            assert target.rect.h / glass.scale >= 19.9, (name, target.button.key)
            assert target.rect.w / glass.scale >= 19.9, (name, target.button.key)


@EVERY_PAGE
def test_every_button_does_something(page: Page, visitor: Visitor) -> None:
    """A button that is dead on one page is found by the first member who needs it."""
    before = session_of(page, visitor)
    for button in buttons(shown(page, visitor)):
        if button.key == "erase" and isinstance(page, PinEntry) and not page.entered:
            continue
        step = advance(before, Pressed(button.key, button.value), USUAL)
        assert step.session.page != page or step.session.language != before.language, button.key


@EVERY_PAGE
def test_there_is_a_way_out(page: Page, visitor: Visitor) -> None:
    """Whoever is called away must be able to clear the screen with one touch."""
    if isinstance(page, VoucherCode) and page.asking:
        return  # a question: keeping it leads back to the page with the way out
    assert "done" in keys(shown(page, visitor))
    assert isinstance(press(page, "done", visitor=visitor).session.page, Attract)


@IN_BOTH
@EVERY_PAGE
def test_the_name_is_on_none_of_these_pages(
    page: Page, visitor: Visitor, language: Language
) -> None:
    """The person behind need not learn whose code this is."""
    words = said(shown(page, visitor, language=language))
    assert "李" not in words
    assert "Ms L" not in words


# -- PIN -----------------------------------------------------------------------------------


def pad_of(drawn: Scene) -> list[str]:
    """The digits as they lie on the keys."""
    return [button.value for button in buttons(drawn) if button.key == "digit"]


@pytest.mark.parametrize("pad", [PLAIN, SHUFFLED])
def test_the_keys_lie_as_the_session_drew_them(pad: tuple[int, ...]) -> None:
    """A key that says 7 and sends 3 blocks the PIN after five honest tries."""
    drawn = shown(PinEntry(TOTE, pad))
    assert pad_of(drawn) == [str(digit) for digit in pad]
    for button in buttons(drawn):
        if button.key == "digit":
            assert isinstance(button.child, Text)
            assert button.value == button.says == button.child.plain


@ON_EVERY_GLASS
def test_keys_stand_apart(glass: Metrics) -> None:
    """Two millimetres of paper between two keys at least (design language, measures)."""
    layout = laid_out(shown(PinEntry(TOTE, PLAIN), glass=glass), glass)
    pad = [t.rect for t in layout.targets if t.button.key in {"digit", "forgot", "erase"}]
    rows = [pad[at : at + 3] for at in range(0, 12, 3)]
    assert len(rows) == 4
    for row in rows:
        assert all((b.x - a.right) / glass.scale >= 2 for a, b in pairwise(row))
    for above, below in pairwise(rows):
        assert (below[0].y - above[0].bottom) / glass.scale >= 2


@pytest.mark.parametrize("entered", ["", "7", "72", "729"])
def test_what_was_entered_is_nowhere_on_the_glass(entered: str) -> None:
    """A digit in a text could be read over a shoulder, or from a picture of the screen."""
    page = PinEntry(TOTE, PLAIN, entered)
    drawn = shown(page)
    on_keys = {id(node) for one in buttons(drawn) if one.key == "digit" for node in walk(one)}
    empty = shown(PinEntry(TOTE, PLAIN))
    plain = [n.plain for n in walk(drawn.root) if isinstance(n, Text) and id(n) not in on_keys]
    still = [n.plain for n in walk(empty.root) if isinstance(n, Text)]
    assert set(plain) <= set(still)


def test_dots_fill_with_the_digits() -> None:
    """Without them nobody knows how many digits are still missing."""
    scenes = [shown(PinEntry(TOTE, PLAIN, "7" * n)) for n in range(4)]
    assert len({repr(drawn) for drawn in scenes}) == 4


@IN_BOTH
@pytest.mark.parametrize("left", [1, 3, 4])
def test_a_wrong_pin_says_how_many_tries_are_left(left: int, language: Language) -> None:
    """The fifth wrong try blocks the PIN: nobody may walk into that unwarned."""
    wrong = shown(PinEntry(TOTE, PLAIN, tries_left=left), language=language)
    before = shown(PinEntry(TOTE, PLAIN), language=language)
    news = set(said(wrong).split(" | ")) - set(said(before).split(" | "))
    assert len(news) == 1
    assert str(left) in news.pop()
    assert "care" in {node.name for node in walk(wrong.root) if isinstance(node, Icon)}


def test_the_last_digit_asks_hq() -> None:
    """The page promises that the last digit sends it."""
    step = press(PinEntry(TOTE, PLAIN, "729"), "digit", "4", Visitor(member(), KEY))
    assert isinstance(step.session.page, Waiting)
    assert isinstance(step.facts[0], Redemption)


def test_forgetting_leads_to_the_counter() -> None:
    """Guessing costs tries; only the counter can give another PIN."""
    assert isinstance(press(PinEntry(TOTE, PLAIN), "forgot").session.page, Notice)


# -- waiting, reserved ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["waiting", "waiting-back", "reserved", "reserved-back"])
def test_only_what_is_known_is_ticked(name: str) -> None:
    """HQ has not answered: a second tick would be a promise nobody gave."""
    icons = [node.name for node in walk(shown(*PAGES[name]).root) if isinstance(node, Icon)]
    assert icons.count("check") == 1


def test_waiting_moves_and_says_for_how_long() -> None:
    """A screen that stands still for three seconds is touched again and again."""
    drawn = shown(*PAGES["waiting"])
    assert any(isinstance(node, Turning) for node in walk(drawn.root))
    assert "3" in said(drawn)


def test_a_reservation_is_not_called_redeemed() -> None:
    """Whoever reads "redeemed" goes to the counter and gets nothing."""
    for language, word in ((Language.ZH, "成功"), (Language.EN, "Redeemed")):
        assert word in said(shown(*PAGES["code"], language=language))
        assert word not in said(shown(*PAGES["reserved"], language=language))


def test_a_reservation_tells_hours_and_points() -> None:
    """How long it is kept comes from HQ's rules, what is free from the balance."""
    words = said(shown(*PAGES["reserved"]))
    assert f"{USUAL.content.programme.redeeming.reservation_hours} 小时" in words  # type: ignore[union-attr]  # the factory's world has content
    assert "2,400 分先留出，另有 10,280 分可用" in words


def test_points_that_return_are_those_that_were_taken() -> None:
    """HQ may have changed the price since: the reservation speaks of what this one cost."""
    dearer = world(content=content(rewards=(reward(points=9_000),)))
    assert "2,400 分" in said(shown(*PAGES["reserved-back"], dearer))


def test_offline_is_said_with_what_it_means() -> None:
    """A wish that waits for a cable must not look like one HQ is thinking about."""
    online, offline = (said(shown(*PAGES["reserved"], around)) for around in (USUAL, OFFLINE))
    assert "暂时联网不上" in offline
    assert "暂时联网不上" not in online


# -- code ----------------------------------------------------------------------------------


def test_a_code_is_read_in_threes() -> None:
    """Nine digits in a row are read aloud wrongly."""
    assert grouped("482916") == "482 916"
    assert grouped("482916057") == "482 916 057"


def test_the_scanner_gets_store_and_code() -> None:
    """A code of another store must not be taken for one of this."""
    for page in (CODE, ISSUED):
        data = [node.data for node in walk(shown(page, HOLDING).root) if isinstance(node, Qr)]
        assert data == [f"KIOSK1:{USUAL.store_id}:{page.code}"]


def rings(drawn: Scene) -> list[Ring]:
    """Everything that counts down."""
    return [node for node in walk(drawn.root) if isinstance(node, Ring)]


@pytest.mark.parametrize(
    ("left_s", "reads"),
    [(900, "15:00"), (884, "14:44"), (59.2, "1:00"), (9.5, "0:10"), (-1, "0:00")],
)
def test_the_ring_reads_as_a_countdown(left_s: float, reads: str) -> None:
    """One second too many and the code is refused while the screen still offers it."""
    page = replace(CODE, until_s=USUAL.uptime_s + left_s)
    [ring] = rings(shown(page, HOLDING))
    assert reads in [node.plain for node in walk(ring) if isinstance(node, Text)]
    assert ring.fraction == pytest.approx(max(0, -(-left_s // 1)) / 900)


def test_there_is_one_ring() -> None:
    """Two countdowns side by side: nobody knows which one matters."""
    for page in (CODE, replace(CODE, asking=True), ISSUED):
        assert len(rings(shown(page, HOLDING))) == 1


def test_the_time_of_day_needs_a_clock() -> None:
    """Use by 08:14 in the middle of the night: the clock was never set."""
    assert "14:34" in said(shown(CODE, HOLDING))
    unset = said(shown(CODE, HOLDING, UNSET))
    assert "14:34" not in unset
    assert "14 分钟" in unset


def test_a_hold_of_days_says_day_and_hours() -> None:
    """A reservation that HQ confirms is kept for days: 4320 minutes help nobody."""
    words = said(shown(*PAGES["code-held-for-days"]))
    assert "72 小时" in words
    assert "11-24" in words


@IN_BOTH
def test_money_due_is_said_at_the_counters_step(language: Language) -> None:
    """A cardigan for points and ¥299: the surprise at the counter would be ours."""
    page = replace(CODE, reward_id="cashmere-cardigan")
    assert "¥299" in said(shown(page, HOLDING, language=language))


def test_giving_back_is_asked_first() -> None:
    """One slip of the finger, and a code that is gone does not come again."""
    asked = press(CODE, "give-back", visitor=HOLDING)
    assert asked.facts == ()
    assert keys(shown(asked.session.page, HOLDING)) >= {"keep", "give-back-yes"}
    assert press(asked.session.page, "keep", visitor=HOLDING).session.page == CODE
    gone = press(asked.session.page, "give-back-yes", visitor=HOLDING)
    assert isinstance(gone.facts[0], Release)


def test_the_question_hides_the_code_from_scanners() -> None:
    """While the points are being given back nobody should collect."""
    assert not [n for n in walk(shown(*PAGES["code-asking"]).root) if isinstance(n, Qr)]


def test_what_an_offline_kiosk_gave_out_cannot_be_given_back() -> None:
    """HQ is not there to take it back."""
    drawn = shown(ISSUED, ASKING, OFFLINE)
    assert "give-back" not in keys(drawn)
    assert "482 916 057" in said(drawn)


# -- refused, given back -------------------------------------------------------------------


@IN_BOTH
def test_each_refusal_says_something_else(language: Language) -> None:
    """Out of stock and out of points ask for different things."""
    told = [said(shown(refusal(because), language=language)) for because in REFUSALS]
    assert len(set(told)) == len(REFUSALS)


@IN_BOTH
def test_a_blocked_card_shows_no_figures(language: Language) -> None:
    """Whoever holds it may not be the member."""
    drawn = shown(refusal(Because.CARD, 12_680), language=language)
    words = said(drawn).split(" | ")
    figures = [word for word in words if any(char.isdigit() for char in word)]
    assert figures == ["38"]  # the session's ring
    assert keys(drawn) <= {"contact", "language", "done"}


def test_points_spent_elsewhere_show_the_new_distance() -> None:
    """Balance and distance are what the member asks next."""
    page = refusal(Because.BALANCE, 2_080)
    spent = claim(id=ASKED, verdict=page.verdict)
    words = said(shown(page, Visitor(member(), KEY, (spent,))))
    assert "2,080" in words
    assert "320" in words


@pytest.mark.parametrize("because", [None, Because.PIN, Because.PIN_BLOCKED])
def test_a_reason_without_a_page_is_still_told(because: Because | None) -> None:
    """HQ may learn new reasons before the kiosks do."""
    verdict = HELD.model_copy(update={"because": because})
    drawn = shown(Refused(TOTE, verdict))
    assert drawn.name == "refused"
    assert said(drawn) == said(shown(refusal(Because.UNKNOWN)))


def test_a_refusal_leads_on() -> None:
    """No dead end: another reward is one touch away."""
    for page in (refusal(Because.STOCK), GivenBack(TOTE, POINTS)):
        assert isinstance(press(page, "redeem").session.page, Ladder)


def test_the_balance_runs_up_by_what_came_back() -> None:
    """The last figure is the truth, whatever the motion shows before."""
    drawn = shown(GivenBack(TOTE, POINTS), RETURNED)
    [figure] = [node for node in walk(drawn.root) if isinstance(node, CountUp)]
    assert (figure.start, figure.end) == (10_280, 12_680)
    assert figure.plain.startswith("12,680")

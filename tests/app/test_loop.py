"""The loop with a real stage on a picture in memory: facts before pictures, faults survived."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from uuid import UUID

import pygame
import pytest

from kiosk.app.answers import Answers
from kiosk.app.desk import Desk
from kiosk.app.input_method import InputMethod
from kiosk.app.live_view import Ask, Frames
from kiosk.app.loop import LET_GO_S, LOOK_AROUND_S, MAX_FAULTS, Loop, Message
from kiosk.app.recorder import Recorder
from kiosk.app.stage import SETTLE_S, Stage, Taste
from kiosk.app.surroundings import Manners, StatusFile, Surroundings
from kiosk.app.verdicts import VerdictWatch
from kiosk.app.window import Phase, Touch, Window
from kiosk.art import ART_DIR
from kiosk.config.sections import OWN_FONTS_DIR, OWN_PINYIN_INDEX
from kiosk.content import Content
from kiosk.drivers.port import CardInserted, CardRemoved, Technology
from kiosk.model.answers import SurveyResponse
from kiosk.model.cards import card_key
from kiosk.model.facts import Kind
from kiosk.model.text import Language
from kiosk.notify import Notifier
from kiosk.session.events import CardLaid, Event, Known, Pressed, Tick
from kiosk.session.states import Attract, Detail, PinEntry, VoucherCode, Waiting
from kiosk.session.world import PinPad
from kiosk.sync.status import SyncStatus, write_status
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.paint import Painter
from kiosk.ui.pieces import Corner
from tests.app.test_desk import KEY, SALT, UID, Shelf
from tests.factories import NOW, STORE, TIMING, content, programme, reward, rewards
from tests.fakes.clock import FakeClock
from tests.fakes.queue import Tape
from tests.store.samples import held

SIZE = (540, 960)
LAID = CardInserted("entrance", 10.0, UID, Technology.NFC_A)


class Shelves:
    """Content that can be replaced."""

    def __init__(self, now: Content | None) -> None:
        self.now = now
        self.fresh = False

    def changed(self) -> bool:
        """Whether something new lies there."""
        return self.fresh

    def current(self) -> Content | None:
        """What lies there."""
        self.fresh = False
        return self.now


class Kiosk:
    """A loop with everything around it within a test's reach."""

    def __init__(
        self,
        folder: Path,
        shown: Content | None,
        *,
        raise_faults: bool = True,
        full: bool = False,
    ) -> None:
        self.clock = FakeClock()
        self.tape = Tape()
        self.tape.full = full
        self.shelves = Shelves(shown)
        self.frames = Frames()
        self.window = Window(SIZE, 0, fullscreen=False)
        painter = Painter(
            SIZE,
            Metrics(*SIZE, 2.017),
            "boutique",
            OWN_FONTS_DIR,
            ART_DIR,
            surface=self.window.surface,
            motion=False,
        )
        words = {language: load(language.value) for language in Language}
        taste = Taste(words, Corner.BOTTOM_RIGHT, reduced_motion=True)
        self.stage = Stage(
            self.window, painter, taste, self.frames, self.clock, InputMethod(OWN_PINYIN_INDEX)
        )
        manners = Manners("k-1", STORE, Language.ZH, TIMING, PinPad.PLAIN, SALT)
        surroundings = Surroundings(
            self.clock, self.shelves, StatusFile(folder / "status.json"), manners
        )
        self.given_back: list[str] = []
        self.messages: SimpleQueue[Message] = SimpleQueue()
        self.recorder = Recorder(self.tape.open, self.clock)
        self.loop = Loop(
            messages=self.messages,
            stage=self.stage,
            desk=Desk(Shelf(), self.recorder, SALT),
            recorder=self.recorder,
            verdicts=VerdictWatch(self.recorder, folder / "outbox.db"),
            surroundings=surroundings,
            notifier=Notifier(None),
            answer=Answers(self.window, self.frames),
            raise_faults=raise_faults,
            give_back=lambda: self.given_back.append(self.screen),
        )

    @property
    def screen(self) -> str:
        """Which screen is on the glass."""
        scene = self.stage.scene
        return scene.name if scene is not None else ""

    def turn(self) -> None:
        """One turn of the loop, without waiting."""
        self.messages.put(Ask({"do": "scene"}))
        self.loop.turn()

    def ask(self, **request: Any) -> Any:
        """One request of the live view and its answer."""
        ask = Ask(request)
        self.messages.put(ask)
        self.loop.turn()
        return ask.answer.result(0)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk with content."""
    made = Kiosk(tmp_path, content())
    made.turn()
    yield made
    made.window.close()


def test_a_card_opens_the_page_after_its_record_is_kept(kiosk: Kiosk) -> None:
    """A page without its record would be a visit that a power cut undoes."""
    kiosk.messages.put(LAID)
    kiosk.turn()
    assert kiosk.screen == "home"
    assert [record.kind for record in kiosk.tape.records] == ["visit"]


def test_a_card_laid_down_again_at_once_is_answered_a_moment_later(kiosk: Kiosk) -> None:
    """Somebody who lifts the card and thinks better of it would stand before a kiosk asleep."""
    kiosk.messages.put(replace(LAID, at_s=kiosk.clock.monotonic()))
    kiosk.turn()
    kiosk.messages.put(CardRemoved("entrance", kiosk.clock.monotonic(), UID))
    kiosk.ask(do="press", key="done")
    kiosk.messages.put(replace(LAID, at_s=kiosk.clock.monotonic()))
    kiosk.turn()
    assert kiosk.screen != "home"
    kiosk.clock.advance(1.1)
    kiosk.turn()
    assert kiosk.screen == "home"


def test_a_disk_that_refuses_shows_no_page(kiosk: Kiosk) -> None:
    """What cannot be kept is not promised: out of service, until the disk takes a record."""
    kiosk.tape.full = True
    kiosk.messages.put(LAID)
    kiosk.turn()
    assert kiosk.screen == "out-of-service"
    kiosk.clock.advance(6)
    kiosk.turn()
    assert kiosk.screen == "out-of-service"
    kiosk.tape.full = False
    kiosk.clock.advance(6)
    kiosk.turn()
    assert kiosk.screen == "attract"


def test_a_disk_that_refuses_at_the_start_is_told_and_mends(tmp_path: Path) -> None:
    """A kiosk that ended instead would be started again and again before a black screen."""
    kiosk = Kiosk(tmp_path, content(), full=True)
    stop = threading.Event()
    stop.set()
    kiosk.loop.run(stop)
    assert kiosk.screen == "out-of-service"
    kiosk.tape.full = False
    kiosk.clock.advance(6)
    kiosk.turn()
    assert kiosk.screen == "attract"
    kiosk.window.close()


def test_time_alone_leads_home_and_wipes_the_glass(kiosk: Kiosk) -> None:
    """After the end the picture is the attract screen's, to the last pixel."""
    before = kiosk.window.surface.copy()
    kiosk.messages.put(LAID)
    kiosk.turn()
    assert different(kiosk.window.surface, before)
    kiosk.messages.put(CardRemoved("entrance", 20.0, UID))
    for _ in range(65 + 3 * 8):
        kiosk.clock.advance(1)
        kiosk.turn()
        if kiosk.screen == "attract" and kiosk.loop.session.page == Attract(0):
            break
    assert kiosk.loop.session.page == Attract(0)
    assert different(kiosk.window.surface, before) == []


def test_what_drawing_a_page_took_is_given_back_once(kiosk: Kiosk) -> None:
    """A member's page would stand there with 1.3 MB that only its drawing needed."""
    kiosk.given_back.clear()
    kiosk.messages.put(LAID)
    kiosk.turn()
    for _ in range(4):
        kiosk.clock.advance(LOOK_AROUND_S)
        kiosk.turn()
    assert kiosk.given_back == ["home"]


def different(one: pygame.Surface, other: pygame.Surface) -> list[tuple[int, int]]:
    """Where two pictures differ, as x and y of the first thousand pixels."""
    wide = one.get_width()
    pixels = zip(
        memoryview(one.get_buffer().raw).cast("I"),
        memoryview(other.get_buffer().raw).cast("I"),
        strict=True,
    )
    found = (at for at, (a, b) in enumerate(pixels) if (a ^ b) & 0xFFFFFF)
    return [(at % wide, at // wide) for at in itertools.islice(found, 1000)]


def test_a_finger_presses_what_it_is_lifted_on(kiosk: Kiosk) -> None:
    """Sliding off a button must be the way to change one's mind."""
    kiosk.messages.put(LAID)
    kiosk.turn()
    kiosk.clock.advance(SETTLE_S + 0.1)
    done = next(target for target in kiosk.stage.targets() if target.button.key == "done")
    x, y = done.rect.x + done.rect.w // 2, done.rect.y + done.rect.h // 2
    now_s = kiosk.clock.monotonic()
    assert list(kiosk.stage.touch(Touch(Phase.DOWN, x, y), now_s)) == []
    assert list(kiosk.stage.touch(Touch(Phase.UP, 1, 1), now_s)) == []
    list(kiosk.stage.touch(Touch(Phase.DOWN, x, y), now_s))
    assert list(kiosk.stage.touch(Touch(Phase.UP, x, y), now_s)) == [Pressed("done")]


def test_a_double_tap_does_not_fall_through_to_the_next_page(kiosk: Kiosk) -> None:
    """The second touch was meant for the page before."""
    kiosk.messages.put(LAID)
    kiosk.turn()
    done = next(target for target in kiosk.stage.targets() if target.button.key == "done")
    kiosk.ask(do="tap", x=done.rect.x + 5, y=done.rect.y + 5)
    assert kiosk.screen == "home"
    kiosk.clock.advance(SETTLE_S + 0.1)
    kiosk.ask(do="tap", x=done.rect.x + 5, y=done.rect.y + 5)
    assert kiosk.screen == "attract"


def test_a_double_tap_on_a_switch_switches_once(tmp_path: Path) -> None:
    """A member who taps twice would be signed up and off again, and think to be expected."""
    with_seats = programme().events[0].model_copy(update={"seats": 12})
    kiosk = Kiosk(tmp_path, content(programme=programme(events=(with_seats,))))
    kiosk.clock.wall = NOW
    kiosk.messages.put(LAID)
    kiosk.turn()
    kiosk.clock.advance(SETTLE_S + 0.1)
    kiosk.ask(do="press", key="events")
    kiosk.clock.advance(SETTLE_S + 0.1)
    for _ in range(2):
        place = next(one for one in kiosk.stage.targets() if one.button.key == "sign-up").rect
        kiosk.ask(do="tap", x=place.x + 5, y=place.y + 5)
        kiosk.clock.advance(SETTLE_S / 2)
    kinds = [record.kind for record in kiosk.tape.records]
    assert kinds == ["visit", "event_signup"]
    kiosk.clock.advance(SETTLE_S)
    kiosk.ask(do="tap", x=place.x + 5, y=place.y + 5)
    assert len(kiosk.tape.records) == 3
    kiosk.window.close()


def test_the_same_digit_twice_at_once_is_two_digits(kiosk: Kiosk) -> None:
    """Fast fingers would have their PIN called wrong."""
    kiosk.messages.put(LAID)
    kiosk.turn()
    for key, value in (("redeem", ""), ("reward", "canvas-tote"), ("confirm", "")):
        kiosk.ask(do="press", key=key, value=value)
    kiosk.clock.advance(SETTLE_S + 0.1)
    digit = next(one for one in kiosk.stage.targets() if one.button.value == "5").rect
    for _ in range(3):
        kiosk.ask(do="tap", x=digit.x + 5, y=digit.y + 5)
    page = kiosk.loop.session.page
    assert isinstance(page, PinEntry)
    assert page.entered == "555"


def rest(kiosk: Kiosk) -> None:
    """An anonymous answer lies in the store."""
    fact = SurveyResponse(
        response_id=UUID(int=7, version=4),
        survey_id="after",
        survey_version=1,
        language=Language.ZH,
        complete=True,
        anonymous=True,
        answers={"overall": 1},
    )
    kiosk.recorder.keep([fact])


def test_anonymous_answers_go_when_nobody_is_there(kiosk: Kiosk) -> None:
    """Right after a visit, or in the middle of one, they would point at who was there."""
    kiosk.turn()
    rest(kiosk)
    kiosk.clock.advance(LET_GO_S - 60)
    kiosk.messages.put(LAID)
    kiosk.turn()
    for _ in range(4):
        kiosk.clock.advance(30)
        kiosk.ask(do="press", key="nothing")
        kiosk.turn()
    assert kiosk.screen == "home"
    assert len(kiosk.tape.resting) == 1, "gone while a member was there"
    kiosk.ask(do="press", key="done")
    kiosk.turn()
    kiosk.clock.advance(1)
    kiosk.turn()
    assert kiosk.screen == "attract"
    assert len(kiosk.tape.resting) == 1, "gone as soon as the member was"
    kiosk.clock.advance(LET_GO_S)
    kiosk.turn()
    assert kiosk.tape.resting == []


def test_a_disk_that_refuses_to_let_go_puts_the_kiosk_out_of_service(kiosk: Kiosk) -> None:
    """The process would end over a chore, or greet members it can promise nothing."""
    kiosk.turn()
    rest(kiosk)
    kiosk.tape.full = True
    kiosk.clock.advance(LET_GO_S)
    kiosk.turn()
    assert kiosk.screen == "out-of-service"
    kiosk.tape.full = False
    kiosk.clock.advance(6)
    kiosk.turn()
    assert kiosk.screen == "attract"
    assert len(kiosk.tape.resting) == 1


def test_nothing_is_drawn_while_nothing_changes(kiosk: Kiosk) -> None:
    """An idle kiosk that draws is a warm kiosk."""
    kiosk.turn()
    frames = kiosk.frames.count
    for _ in range(20):
        kiosk.clock.advance(0.02)
        kiosk.turn()
    moved = kiosk.stage.next_frame_s()
    assert moved is None or kiosk.frames.count - frames <= 20
    kiosk.loop.happen(Tick())
    assert kiosk.frames.count - frames <= 20


def at_pin(kiosk: Kiosk, folder: Path) -> None:
    """HQ is within reach, and the member has three of four digits of the PIN in."""
    write_status(folder / "status.json", SyncStatus(reachable=True))
    kiosk.messages.put(LAID)
    kiosk.turn()
    keys = [("redeem", ""), ("reward", "canvas-tote"), ("confirm", "")]
    for key, value in [*keys, *(("digit", digit) for digit in "258")]:
        kiosk.ask(do="press", key=key, value=value)
    assert isinstance(kiosk.loop.session.page, PinEntry)


def test_hq_s_word_opens_the_code_on_the_page_that_waits(kiosk: Kiosk, tmp_path: Path) -> None:
    """The whole way of a redemption in this process: PIN, disk, wait, code."""
    at_pin(kiosk, tmp_path)
    kiosk.ask(do="press", key="digit", value="0")
    waiting = kiosk.loop.session.page
    assert isinstance(waiting, Waiting)
    wish = kiosk.tape.records[-1]
    assert (wish.id, wish.kind) == (waiting.claim_id, "redemption")
    assert b"2580" not in wish.payload
    kiosk.clock.advance(0.4)
    kiosk.turn()
    assert isinstance(kiosk.loop.session.page, Waiting)
    kiosk.tape.settle({wish.id: held()}, kiosk.clock.now())
    kiosk.clock.advance(0.5)
    kiosk.turn()
    page = kiosk.loop.session.page
    assert isinstance(page, VoucherCode)
    assert page.code == "482916"


def test_a_wish_the_disk_refuses_shows_no_wait(kiosk: Kiosk, tmp_path: Path) -> None:
    """A member would wait for the word on a wish that nobody has."""
    at_pin(kiosk, tmp_path)
    kiosk.tape.full = True
    kiosk.ask(do="press", key="digit", value="0")
    assert kiosk.screen == "out-of-service"
    assert kiosk.loop.session.visitor is None


def test_a_pin_s_digits_are_kept_in_the_session_alone(kiosk: Kiosk, tmp_path: Path) -> None:
    """Whatever remembers the picture must not remember what was typed."""
    at_pin(kiosk, tmp_path)
    shown = vars(kiosk.stage)["_shown"].session
    assert shown.page.entered == "•••"
    kiosk.clock.advance(100)
    kiosk.turn()  # the time-out's question covers the pad
    assert kiosk.screen == "still-there"
    assert "258" not in str(
        [getattr(page, "entered", "") for page in vars(kiosk.stage)["_shown"].session.trail]
    )


def test_a_wait_is_drawn_ten_times_a_second_and_a_code_once(kiosk: Kiosk, tmp_path: Path) -> None:
    """A wait that stands still looks broken; a countdown drawn thirty times a second is heat."""
    at_pin(kiosk, tmp_path)
    kiosk.ask(do="press", key="digit", value="0")
    assert scenes_in(kiosk, seconds=1.0) == pytest.approx(10, abs=2)
    kiosk.tape.settle({kiosk.tape.records[-1].id: held()}, kiosk.clock.now())
    kiosk.clock.advance(0.6)
    kiosk.turn()
    assert isinstance(kiosk.loop.session.page, VoucherCode)
    assert scenes_in(kiosk, seconds=3.0) == pytest.approx(6, abs=1)  # the hold's and its own time


def scenes_in(kiosk: Kiosk, seconds: float) -> int:
    """How many pictures are made in this while."""
    made, before = 0, kiosk.stage.scene
    for _ in range(round(seconds / 0.025)):
        kiosk.clock.advance(0.025)
        kiosk.turn()
        made, before = made + (kiosk.stage.scene is not before), kiosk.stage.scene
    return made


def test_new_content_is_on_the_glass_without_a_restart(tmp_path: Path) -> None:
    """HQ publishes while the kiosk runs; a kiosk without content says that it is preparing."""
    kiosk = Kiosk(tmp_path, None)
    kiosk.turn()
    assert "正在准备" in " ".join(kiosk.ask(do="scene")["texts"])
    kiosk.shelves.now, kiosk.shelves.fresh = content(), True
    kiosk.clock.advance(1)
    kiosk.turn()
    assert "看看今天有什么" in kiosk.ask(do="scene")["texts"]
    kiosk.window.close()


def test_a_card_is_answered_before_there_is_content(tmp_path: Path) -> None:
    """A kiosk on its first morning would end at the first card."""
    kiosk = Kiosk(tmp_path, None)
    kiosk.messages.put(LAID)
    kiosk.turn()
    assert kiosk.tape.said == ["content-missing"]
    kiosk.window.close()


def test_new_content_closes_the_pad_for_a_reward_that_costs_more(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    """The last digit would agree to a price that nobody has seen."""
    at_pin(kiosk, tmp_path)
    dearer = (reward(points=2_500), *rewards()[1:])
    kiosk.shelves.now, kiosk.shelves.fresh = content(version=2, rewards=dearer), True
    kiosk.clock.advance(1)
    kiosk.turn()
    assert kiosk.loop.session.page == Detail("canvas-tote")


def test_a_fault_of_ours_shows_a_friendly_screen_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One broken page must not take the kiosk from everybody else, nor leave a member on it."""
    kiosk = Kiosk(tmp_path, content(), raise_faults=False)
    kiosk.turn()
    broken = Known(card_key(UID, SALT), None)  # type: ignore[arg-type]  # the fault
    kiosk.loop.happen(_laid(broken))
    assert kiosk.screen == "notice-oops"
    assert "a fault in the kiosk itself" in caplog.text
    assert "cards.py" in caplog.text
    assert "card_status" not in caplog.messages[-1].splitlines()[0]
    kiosk.messages.put(LAID)
    kiosk.turn()
    assert kiosk.screen == "home"
    kiosk.window.close()


def test_a_fault_of_ours_keeps_a_complaint_that_was_begun(tmp_path: Path) -> None:
    """The kiosk's own mistake must not silence the person who complains."""
    kiosk = Kiosk(tmp_path, content(), raise_faults=False)
    for press in (Pressed("contact"), Pressed("cause", "product")):
        kiosk.loop.happen(press)
    assert kiosk.screen == "complaint"
    broken = Known(card_key(UID, SALT), None)  # type: ignore[arg-type]  # the fault
    kiosk.loop.happen(_laid(broken))
    assert kiosk.screen == "notice-oops"
    assert [record.kind for record in kiosk.tape.records] == [Kind.FEEDBACK]
    kiosk.window.close()


def test_a_fault_again_and_again_ends_the_process(tmp_path: Path) -> None:
    """A kiosk that only shows its apology is better started anew by systemd."""
    kiosk = Kiosk(tmp_path, content(), raise_faults=False)
    kiosk.turn()
    broken = Known(card_key(UID, SALT), None)  # type: ignore[arg-type]  # the fault
    for _ in range(MAX_FAULTS):
        kiosk.loop.happen(_laid(broken))
    with pytest.raises(AttributeError):
        kiosk.loop.happen(_laid(broken))
    kiosk.window.close()


def _laid(found: Known) -> Event:
    return CardLaid(found)


def test_the_live_views_scene_tells_what_is_shown(kiosk: Kiosk) -> None:
    """Tests and the simulator read the screen by it."""
    kiosk.messages.put(LAID)
    kiosk.turn()
    scene = kiosk.ask(do="scene")
    assert scene["name"] == "home"
    assert "李女士，下午好" in scene["texts"] or "李女士，上午好" in " ".join(scene["texts"])
    assert {button["key"] for button in scene["buttons"]} >= {"done", "language", "contact"}
    assert kiosk.ask(do="nonsense") == {
        "error": "not understood: ValueError('no such request: nonsense')"
    }


def test_a_touch_at_infinity_is_refused_and_costs_nothing(kiosk: Kiosk) -> None:
    """JSON readers take 1e999 for infinity, which is no pixel: it ended the whole kiosk."""
    assert "not understood" in kiosk.ask(do="tap", x=float("inf"), y=0)["error"]
    assert kiosk.ask(do="scene")["name"] == "attract"


def test_it_runs_until_it_is_stopped(tmp_path: Path) -> None:
    """SIGTERM must end it, or the reader is never closed; and the glass is never black."""
    kiosk = Kiosk(tmp_path, content())
    stop = threading.Event()
    stop.set()
    kiosk.loop.run(stop)
    assert kiosk.screen == "attract"  # before the first turn
    kiosk.window.close()


def test_a_turn_follows_the_other(kiosk: Kiosk) -> None:
    """A kiosk that shows one picture and does no more looks alive and answers nobody."""
    kiosk.messages.put(LAID)
    for _ in range(3):
        kiosk.messages.put(Ask({"do": "scene"}))
    kiosk.loop.run(After(turns=3))
    assert kiosk.screen == "home"


class After(threading.Event):
    """A flag that is set after so many turns."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.left = turns

    def is_set(self) -> bool:
        """Whether they are over."""
        self.left -= 1
        return self.left < 0


def test_keys_match_the_desk(kiosk: Kiosk) -> None:
    """The shelf of these tests holds one member under the key of their card."""
    assert card_key(UID, SALT) == KEY

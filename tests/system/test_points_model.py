"""Members, two kiosks and a till in any order: no point is spent twice, none is lost."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.model.members import CardStatus
from kiosk.model.verdicts import ClaimKind
from kiosk.session.states import Home, PinEntry, VoucherCode
from tests.hq.office import PIN
from tests.system import counter
from tests.system.box import Box
from tests.system.counter import Counter
from tests.system.reckoning import Reckoning
from tests.system.town import CRAFT, KIOSKS, MEMBERS, REWARDS, balance_in_row, open_town

FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""In memory: what a power cut leaves on a disk is proved elsewhere (tests/store)."""

OPENING = {"m-1": 3_000, "m-2": 1_300}
WRONG_PIN = "9999"

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PAUSES = (5 * SECOND, HOUR / 4 + SECOND, HOUR, 25 * HOUR, 49 * HOUR, 32 * DAY, 100 * DAY)
"""A question's time, a hold's, a directory's, a reservation's; a month, and a season."""


class Mishap(Enum):
    """What goes wrong in a store."""

    ANSWER_LOST = "HQ commits the next upload, and its answer never arrives"
    SCREEN_DIES = "the screen's process begins anew"
    SYNC_DIES = "kiosk-sync begins anew"
    POWER_CUT = "both begin anew, and nobody knows how late it is"


class Office(Enum):
    """What staff do."""

    CARD_LOST = "a card is called lost"
    CARD_FOUND = "it is found again"
    NEW_PIN = "the member gets a PIN, and all tries with it"
    NO_OFFLINE = "kiosks may give out nothing by themselves"
    SOME_OFFLINE = "they may, a little"


kiosks = st.integers(0, len(KIOSKS) - 1)
members = st.sampled_from(MEMBERS)
rewards = st.sampled_from([reward.reward_id for reward in REWARDS])
mostly = st.sampled_from([True, True, True, False])
numbers = st.integers(0, 50)


class Points(RuleBasedStateMachine):
    """The whole chain, and what may not happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.loudness = logging.getLogger("kiosk").level
        logging.getLogger("kiosk").setLevel(logging.CRITICAL)
        self.folder = Path(tempfile.mkdtemp(prefix="points-", dir=FOLDER))
        self.town = open_town(self.folder, lambda who: OPENING[who])
        self.till = Counter(self.town)
        for who in MEMBERS:
            self.till.buy(who, 200)
        self.town.let_hq_look()
        self.boxes = [Box(self.town, name, self.folder / name) for name in KIOSKS]
        self.reckoning = Reckoning(self.town, self.boxes)

    @initialize(offline=st.sampled_from([0, 1_600, 6_000]))
    def begin(self, offline: int) -> None:
        """The programme allows so much offline, and everybody knows it."""
        self._publish(offline)
        self.town.let_hq_look()
        for kiosk in range(len(KIOSKS)):
            self.catch_up(kiosk)

    # -- at a kiosk ------------------------------------------------------------------------

    @rule(kiosk=kiosks, who=members)
    def tap(self, kiosk: int, who: str) -> None:
        """Lay a card down and look at the page."""
        box = self.boxes[kiosk]
        box.lay(who)
        if isinstance(box.session.page, Home):
            self.reckoning.check_shown(box, who)

    @rule(kiosk=kiosks, who=members, reward=rewards, right=mostly)
    def redeem(self, kiosk: int, who: str, reward: str, right: bool) -> None:
        """Ask for a reward, and go away before HQ has heard of it."""
        box = self.boxes[kiosk]
        box.lay(who)
        box.press("redeem")
        box.press("reward", reward)
        box.press("confirm")
        self._enter(box, right)

    @rule(kiosk=kiosks, who=members, reward=rewards, right=mostly)
    def redeem_and_wait(self, kiosk: int, who: str, reward: str, right: bool) -> None:
        """Ask for a reward, and wait for HQ's word."""
        self.redeem(kiosk, who, reward, right)
        self.answer(kiosk)

    @rule(kiosk=kiosks, who=members, reward=rewards)
    def redeem_alone(self, kiosk: int, who: str, reward: str) -> None:
        """Ask for a reward while HQ is away: a reservation, or given out by the kiosk itself."""
        self.link(kiosk, up=False)
        self.redeem(kiosk, who, reward, right=True)

    @rule(who=members, reward=rewards)
    def race(self, who: str, reward: str) -> None:
        """The same member's card at both kiosks at once."""
        for kiosk in range(len(KIOSKS)):
            self.redeem(kiosk, who, reward, right=True)
        for kiosk in range(len(KIOSKS)):
            self.answer(kiosk)

    @precondition(lambda self: any(isinstance(b.session.page, PinEntry) for b in self.boxes))
    @rule(right=mostly)
    def enter_again(self, right: bool) -> None:
        """Another try after a wrong PIN."""
        for kiosk, box in enumerate(self.boxes):
            self._enter(box, right)
            self.answer(kiosk)

    @precondition(lambda self: any(isinstance(b.session.page, VoucherCode) for b in self.boxes))
    @rule(waits=mostly)
    def give_back(self, waits: bool) -> None:
        """Let go of what is held."""
        for kiosk, box in enumerate(self.boxes):
            box.press("give-back")
            box.press("give-back-yes")
            if waits:
                self.answer(kiosk)

    @rule(kiosk=kiosks, who=members)
    def sign_up(self, kiosk: int, who: str) -> None:
        """Sign up for the event, or off it."""
        box = self.boxes[kiosk]
        box.lay(who)
        box.press("events")
        box.press("sign-up", CRAFT.event_id)

    # -- between kiosk and HQ --------------------------------------------------------------

    @rule(kiosk=kiosks)
    def answer(self, kiosk: int) -> None:
        """Records go up, and the screen looks for verdicts."""
        self.boxes[kiosk].upload()
        self.town.pass_time(SECOND)
        self.boxes[kiosk].turn()

    @rule(kiosk=kiosks)
    def refresh(self, kiosk: int) -> None:
        """The directory comes home, without a record going up."""
        self.boxes[kiosk].fetch_directory()

    @rule(kiosk=kiosks)
    def catch_up(self, kiosk: int) -> None:
        """Everything kiosk-sync does in a quiet minute."""
        self.answer(kiosk)
        self.boxes[kiosk].fetch_content()
        self.boxes[kiosk].fetch_directory()
        self.boxes[kiosk].keep_house()

    @rule(kiosk=kiosks, up=st.booleans())
    def link(self, kiosk: int, up: bool) -> None:
        """The link goes down, or comes back; kiosk-sync notices at its next question."""
        self.boxes[kiosk].link.up = up
        self.boxes[kiosk].fetch_directory()

    @rule(kiosk=kiosks, what=st.sampled_from(Mishap))
    def mishap(self, kiosk: int, what: Mishap) -> None:
        """Something goes wrong in the store."""
        box = self.boxes[kiosk]
        match what:
            case Mishap.ANSWER_LOST:
                box.link.answers_to_lose = 1
            case Mishap.SCREEN_DIES:
                box.stop_screen()
                box.start_screen()
            case Mishap.SYNC_DIES:
                box.stop_sync()
                box.start_sync()
            case Mishap.POWER_CUT:
                box.cut_power()

    # -- at the counter and at HQ ----------------------------------------------------------

    @rule(who=members, yuan=st.sampled_from([1, 400, 999, 3_500]), number=numbers)
    def buy(self, who: str, yuan: int, number: int) -> None:
        """A purchase, sometimes one that a collected reward belongs to."""
        self.till.buy(who, yuan, number)

    @precondition(lambda self: self.till.purchases)
    @rule(number=numbers, whole=st.booleans())
    def refund(self, number: int, whole: bool) -> None:
        """A purchase is given back, whole or half of what is left."""
        self.till.refund(number, whole)

    @precondition(lambda self: self.reckoning.codes)
    @rule(number=numbers)
    def collect_by_code(self, number: int) -> None:
        """A code is shown at the counter, perhaps for the second time."""
        self.reckoning.collect(self.till, number)

    @rule(who=members)
    def collect_by_card(self, who: str) -> None:
        """A card is shown at the counter, and something waits or not."""
        found = self.till.collect_by_card(who)
        if found is not None:
            self.reckoning.handed_out(found)

    @rule(who=members, what=st.sampled_from(Office))
    def office(self, who: str, what: Office) -> None:
        """HQ's staff and the counter's help a member."""
        match what:
            case Office.CARD_LOST:
                counter.mark_card(self.town, who, CardStatus.LOST)
            case Office.CARD_FOUND:
                counter.mark_card(self.town, who, CardStatus.ACTIVE)
            case Office.NEW_PIN:
                counter.give_pin(self.town, who)
            case Office.NO_OFFLINE:
                self._publish(0)
            case Office.SOME_OFFLINE:
                self._publish(600)

    @rule(pause=st.sampled_from(PAUSES), looks=mostly)
    def wait(self, pause: timedelta, looks: bool) -> None:
        """Time passes; HQ looks at what it brought, or is just about to."""
        self.town.pass_time(pause)
        if looks:
            self.town.let_hq_look()
        for box in self.boxes:
            box.turn()
            box.keep_house()
            box.keep_house()

    # -- what must hold --------------------------------------------------------------------

    @invariant()
    def nothing_is_spent_twice_or_lost(self) -> None:
        """Everything `Reckoning` knows, after every step."""
        for box in self.boxes:
            self.reckoning.note_code(box)
        self.reckoning.check()

    def teardown(self) -> None:
        """Everybody is online again: kiosks and HQ agree."""
        try:
            self._come_together()
        finally:
            for box in self.boxes:
                box.close()
            self.town.close()
            shutil.rmtree(self.folder)
            logging.getLogger("kiosk").setLevel(self.loudness)

    # -- helpers ---------------------------------------------------------------------------

    def _enter(self, box: Box, right: bool) -> None:
        if isinstance(box.session.page, PinEntry):
            for digit in PIN if right else WRONG_PIN:
                box.press("digit", digit)

    def _publish(self, points: int) -> None:
        self.town.publish(points)
        self.reckoning.risk = max(self.reckoning.risk, points)

    def _come_together(self) -> None:
        for box in self.boxes:
            box.link.up, box.link.answers_to_lose = True, 0
        for pause in (0, 1200, 1200):
            self.town.pass_time(timedelta(seconds=pause))
            for box in self.boxes:
                assert box.upload()
            self.town.let_hq_look()
            for box in self.boxes:
                assert box.fetch_directory()
                box.keep_house()
            self.reckoning.check()
            for box, who in self._pairs():
                assert box.shown(who).points == balance_in_row(self.town, who)
                assert box.shown(who).set_aside == 0
                assert not any(claim.waits for claim in box.claims(who))
        for box, who in self._pairs():
            assert not any(claim.kind is ClaimKind.RELEASE for claim in box.claims(who)), "kept"
        assert [box.waiting for box in self.boxes] == [0] * len(self.boxes)
        self.reckoning.check_end()

    def _pairs(self) -> Iterator[tuple[Box, str]]:
        return ((box, who) for box in self.boxes for who in MEMBERS)


TestPoints = Points.TestCase
TestPoints.settings = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    print_blob=True,  # what failed can be run again, on any machine
    suppress_health_check=[HealthCheck.too_slow],
)

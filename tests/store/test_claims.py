"""Claims: what was asked for and what HQ said of it, the same on disk and in the fake."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import apsw
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from kiosk.model.care import Channel, DataWish
from kiosk.model.clock import ClockQuality
from kiosk.model.facts import (
    ConsentChange,
    DataRequest,
    DeviceEvent,
    EventSignup,
    Feedback,
    Mode,
    Redemption,
    Release,
    SealedPin,
    WishAbout,
)
from kiosk.model.queue import Settlement
from kiosk.model.records import NewRecord
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, ClaimKind, Outcome, Verdict
from kiosk.model.wire import Fate
from kiosk.store.claims import claim_of, seconds_since
from kiosk.store.outbox import Outbox
from tests.fakes.queue import Tape
from tests.store.samples import ACCEPTED, AT, REJECTED, RETRY, asking, held, later, rebooted, wish

Promising = Outbox | Tape
"""Everything about claims, as both processes use it."""


@pytest.fixture(params=["outbox", "fake"])
def outbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Promising]:
    """The real queue, and the one in memory that other tests trust."""
    if request.param == "fake":
        yield Tape()
        return
    with Outbox.open(tmp_path / "outbox.db") as opened:
        yield opened


def test_a_claim_waits_for_hq(outbox: Promising) -> None:
    """The points would not be set aside at the next tap, and spent a second time."""
    record, asked = asking(), wish()
    seq = outbox.put(record, asked)
    expected = Claim(record.id, seq, asked.kind, "m-1", "canvas-tote", 2_400)
    assert outbox.claims_of("m-1", AT) == (expected,)
    assert outbox.claim(record.id, AT) == expected
    assert expected.waits
    assert expected.sets_aside
    assert outbox.claims_of("m-2", AT) == ()
    assert outbox.claim(asking().id, AT) is None


def test_claims_come_oldest_first(outbox: Promising) -> None:
    """The newest verdict that tells a balance is found by their order."""
    seqs = [outbox.put(asking(), wish(member)) for member in ("m-1", "m-2", "m-1", "m-1")]
    assert [claim.seq for claim in outbox.claims_of("m-1", AT)] == [seqs[0], *seqs[2:]]


def test_hq_s_verdict_is_kept_with_its_claim(outbox: Promising) -> None:
    """The screen would wait for a word that has come."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: held()}, AT)
    claim = outbox.claim(record.id, AT)
    assert claim is not None
    assert claim.verdict == held().verdict
    assert (claim.waits, claim.sets_aside) == (False, True)


def test_what_is_left_of_a_hold_is_told(outbox: Promising) -> None:
    """At the next tap the countdown would begin anew, and end after HQ has let the points go."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: held(holds_for_s=900)}, AT)
    (claim,) = outbox.claims_of("m-1", later(600))
    assert claim.verdict is not None
    assert (claim.verdict.holds_for_s, claim.verdict.code) == (300, "482916")
    (claim,) = outbox.claims_of("m-1", later(899.5))
    assert claim.verdict is not None
    assert (claim.verdict.holds_for_s, claim.verdict.code) == (0.5, "482916")
    (claim,) = outbox.claims_of("m-1", later(900))
    assert claim.verdict is not None
    assert (claim.verdict.holds_for_s, claim.verdict.code) == (0, None)


def test_a_hold_of_unknown_age_shows_no_code(outbox: Promising) -> None:
    """After a power cut, with no clock, a code that has long ended would be shown as good."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: held(holds_for_s=900)}, AT)
    (claim,) = outbox.claims_of("m-1", rebooted(60, ClockQuality.UNSET))
    assert claim.verdict is not None
    assert claim.verdict.code is None
    (claim,) = outbox.claims_of("m-1", rebooted(60))
    assert claim.verdict is not None
    assert (claim.verdict.holds_for_s, claim.verdict.code) == (840, "482916")


def test_a_rejected_record_s_claim_is_dead(outbox: Promising) -> None:
    """Points would stay set aside for a wish that HQ never read."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: REJECTED}, AT)
    claim = outbox.claim(record.id, AT)
    assert claim is not None
    assert (claim.dead, claim.waits, claim.sets_aside) == (True, False, False)


def test_a_record_that_is_tried_again_still_asks(outbox: Promising) -> None:
    """A hiccup at HQ would give the points back while the wish still goes up."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: RETRY}, AT)
    (claim,) = outbox.claims_of("m-1", AT)
    assert claim.waits


def test_the_first_word_stands(outbox: Promising) -> None:
    """HQ's answer carried out twice after a crash must not make a hold longer."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: held()}, AT)
    outbox.settle({record.id: REJECTED}, later(60))
    (claim,) = outbox.claims_of("m-1", later(60))
    assert claim.verdict is not None
    assert (claim.dead, claim.verdict.holds_for_s) == (False, 840)


def test_only_answered_claims_are_forgotten(outbox: Promising) -> None:
    """A wish that still waits would lose its points; a dead one would lie there for ever."""
    waiting, told, dead = (asking() for _ in range(3))
    for one in (waiting, told, dead):
        outbox.put(one, wish())
    outbox.settle({dead.id: REJECTED}, AT)
    outbox.settle({told.id: held()}, AT)
    assert [kept.claim.id for kept in outbox.answered_claims()] == [told.id, dead.id]
    outbox.forget_claims([waiting.id, told.id, dead.id])
    assert [claim.id for claim in outbox.claims_of("m-1", AT)] == [waiting.id]


def test_a_wiped_code_is_gone_and_the_rest_stays(outbox: Promising) -> None:
    """The balance that came with the verdict must outlive its code."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: held()}, AT)
    outbox.wipe_codes([record.id])
    claim = outbox.claim(record.id, AT)
    assert claim is not None
    assert claim.verdict is not None
    assert (claim.verdict.code, claim.verdict.balance) == (None, 10_280)


def test_an_accepted_record_without_a_word_is_answered(outbox: Promising) -> None:
    """An HQ that forgets its verdict would leave a claim that nobody ever clears away."""
    record = asking()
    outbox.put(record, wish())
    outbox.settle({record.id: ACCEPTED}, AT)
    (kept,) = outbox.answered_claims()
    assert kept.claim.verdict is None
    assert not kept.claim.dead


# -- on disk alone -------------------------------------------------------------------------


def test_claims_outlive_a_restart(tmp_path: Path) -> None:
    """A member who taps again after a power cut would find the points back."""
    record = asking()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        outbox.put(record, wish())
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        outbox.settle({record.id: held()}, AT)
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        (claim,) = outbox.claims_of("m-1", AT)
    assert claim.verdict == held().verdict


def test_the_same_record_put_again_keeps_its_claim(tmp_path: Path) -> None:
    """A claim with another number would be covered by the wrong row."""
    record = asking()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        first = outbox.put(record, wish())
        outbox.settle({record.id: held()}, AT)
        outbox.put(record, wish(points=1))
        (claim,) = outbox.claims_of("m-1", AT)
    assert (claim.seq, claim.verdict is None, claim.points) == (first, False, 2_400)


def test_a_record_that_cannot_be_read_kills_its_claim(tmp_path: Path) -> None:
    """It never reaches HQ: its points would be set aside for ever."""
    path = tmp_path / "outbox.db"
    with Outbox.open(path) as outbox:
        outbox.put(asking(), wish())
        _change(path, "UPDATE record SET kind = 'of-the-future'")
        assert outbox.peek(5) == []
        (claim,) = outbox.claims_of("m-1", AT)
    assert claim.dead


def test_a_verdict_that_cannot_be_read_sets_the_points_aside(tmp_path: Path) -> None:
    """One spoilt letter must neither stop the tap nor give points back."""
    path, record = tmp_path / "outbox.db", asking()
    with Outbox.open(path) as outbox:
        outbox.put(record, wish())
        outbox.settle({record.id: held()}, AT)
        _change(path, "UPDATE claim SET verdict = 'x'")
        (claim,) = outbox.claims_of("m-1", AT)
        assert (claim.verdict, claim.sets_aside) == (None, True)
        _change(path, "UPDATE claim SET kind = 'of-the-future'")
        assert outbox.claims_of("m-1", AT) == ()


def _change(path: Path, statement: str) -> None:
    db = apsw.Connection(str(path))
    db.execute(statement)
    db.close()


def test_a_wiped_code_is_in_no_file(tmp_path: Path) -> None:
    """A stolen kiosk would give away what members have not collected yet."""
    path = tmp_path / "outbox.db"
    codes = [f"{700_000 + number * 7919 % 100_000}" for number in range(120)]
    records = [asking() for _ in codes]
    with Outbox.open(path) as screen, Outbox.open(path) as uploader:
        for number, (record, code) in enumerate(zip(records, codes, strict=True)):
            screen.put(record, wish(f"m-{int(code) % 17}"))
            uploader.settle({record.id: held(code)}, AT)
            if number % 50 == 10:  # the rest stands in the log alone
                uploader.checkpoint()
        assert _found(tmp_path, codes) == set(codes)
        uploader.wipe_codes([record.id for record in records[:60]])
        assert _found(tmp_path, codes[:60]) == set()
        assert _found(tmp_path, codes[60:]) == set(codes[60:])
        uploader.forget_claims([record.id for record in records])
        uploader.wipe_codes([])
        assert _found(tmp_path, codes) == set()


def _found(folder: Path, codes: list[str]) -> set[str]:
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    return {code for code in codes if code.encode() in content}


def test_a_code_without_a_hold_is_never_kept(tmp_path: Path) -> None:
    """Nobody could say when it must be wiped."""
    verdict = Verdict(outcome=Outcome.ISSUED, code="123456789", as_of=AT.wall)
    record = asking()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        outbox.put(record, wish())
        outbox.settle({record.id: Settlement(Fate.ACCEPTED, verdict=verdict)}, AT)
        (claim,) = outbox.claims_of("m-1", AT)
    assert claim.verdict == verdict.model_copy(update={"code": None})


# -- what a fact asks for ------------------------------------------------------------------

WHO = {"member_id": "m-1", "card_key": f"{1:032x}"}
REDEMPTION = Redemption(
    redemption_id=UUID(int=5),
    reward_id="canvas-tote",
    points=2_400,
    cash_fen=0,
    mode=Mode.HOLD,
    pin=SealedPin(key_id="k", sealed="x"),
    programme_version=1,
    **WHO,
)


def test_each_fact_that_asks_becomes_its_claim() -> None:
    """A wish without its claim would be shown as if it had never been made."""
    assert claim_of(REDEMPTION) == wish()
    release = Release(release_id=UUID(int=6), redemption_id=UUID(int=5), **WHO)
    assert claim_of(release) == replace(
        wish(points=0), kind=ClaimKind.RELEASE, subject=str(UUID(int=5))
    )
    for coming, kind in ((True, ClaimKind.EVENT_SIGNUP), (False, ClaimKind.EVENT_SIGNOFF)):
        signup = EventSignup(signup_id=UUID(int=7), event_id="md", coming=coming, **WHO)
        assert claim_of(signup) == replace(wish(points=0), kind=kind, subject="md")
    assert claim_of(DeviceEvent(what="storage-back")) is None


def test_a_members_complaint_becomes_a_claim_and_nobodys_does_not() -> None:
    """The next tap would say nothing of it; and there is no tap that could ask for nobody's."""
    said = Feedback(feedback_id=UUID(int=8), cause_id="product", language=Language.ZH, **WHO)
    assert claim_of(said) == replace(wish(points=0), kind=ClaimKind.FEEDBACK, subject="product")
    nobodys = Feedback(feedback_id=UUID(int=8), cause_id="product", language=Language.ZH)
    assert claim_of(nobodys) is None


def test_a_wish_about_messages_or_data_becomes_its_claim() -> None:
    """Do-not-disturb would be off again at the next tap, until HQ's row comes."""
    consent = ConsentChange(
        consent_id=UUID(int=8),
        about=WishAbout.CHANNEL,
        purpose_id="news",
        channel=Channel.SMS,
        granted=False,
        text_version=3,
        language=Language.ZH,
        **WHO,
    )
    said = replace(wish(points=0), kind=ClaimKind.CONSENT, subject="channel.news.sms.off")
    assert claim_of(consent) == said
    request = DataRequest(request_id=UUID(int=9), wish=DataWish.ERASE, language=Language.ZH, **WHO)
    asked = replace(wish(points=0), kind=ClaimKind.DATA_REQUEST, subject="erase")
    assert claim_of(request) == asked


def test_time_between_two_moments() -> None:
    """A hold would be counted by a clock that jumped."""
    assert seconds_since(AT, later(5)) == 5
    jumped = replace(later(5), wall=AT.wall.replace(year=2031))
    assert seconds_since(AT, jumped) == 5
    assert seconds_since(AT, rebooted(60)) == 60
    assert seconds_since(AT, rebooted(-60)) == 0
    assert seconds_since(AT, rebooted(60, ClockQuality.UNSET)) is None
    assert seconds_since(rebooted(0, ClockQuality.UNSET), AT) is None


# -- any order of everything ---------------------------------------------------------------


class ClaimsAgainstDict(RuleBasedStateMachine):
    """Random work on two connections must leave each claim as a plain dictionary says."""

    records: Bundle[NewRecord] = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._path = Path(self._folder.name) / "outbox.db"
        self.expected: dict[UUID, Claim] = {}
        self.waiting: set[UUID] = set()
        self.answered: set[UUID] = set()

    @initialize()
    def open(self) -> None:
        """Open both ends."""
        self.screen, self.uploader = Outbox.open(self._path), Outbox.open(self._path)

    @rule(target=records, member=st.sampled_from(["m-1", "m-2"]), points=st.integers(0, 9_999))
    def ask(self, member: str, points: int) -> NewRecord:
        """A member asks for something."""
        record, asked = asking(), wish(member, points)
        seq = self.screen.put(record, asked)
        claim = Claim(record.id, seq, asked.kind, member, asked.subject, points)
        self.expected[record.id] = claim
        self.waiting.add(record.id)
        return record

    @rule(target=records)
    def tell(self) -> NewRecord:
        """A record that asks for nothing."""
        record = asking()
        self.screen.put(record)
        self.waiting.add(record.id)
        return record

    @rule(some=st.lists(records, max_size=4, unique_by=id), fate=st.sampled_from(Fate))
    def settle(self, some: list[NewRecord], fate: Fate) -> None:
        """HQ's word on some."""
        word = Settlement(fate, verdict=held().verdict)
        self.uploader.settle({record.id: word for record in some}, AT)
        for record in some:
            if fate is Fate.RETRY or record.id not in self.waiting:
                continue
            self.waiting.discard(record.id)
            claim = self.expected.get(record.id)
            if claim is not None:
                dead = fate is Fate.REJECTED
                verdict = None if dead else word.verdict
                self.expected[record.id] = replace(claim, dead=dead, verdict=verdict)
                self.answered.add(record.id)

    @rule(some=st.lists(records, max_size=4))
    def wipe(self, some: list[NewRecord]) -> None:
        """Their holds are over."""
        self.uploader.wipe_codes([record.id for record in some])
        for record in some:
            claim = self.expected.get(record.id)
            if claim is not None and claim.verdict is not None:
                bare = claim.verdict.model_copy(update={"code": None})
                self.expected[record.id] = replace(claim, verdict=bare)

    @rule(some=st.lists(records, max_size=2))
    def forget(self, some: list[NewRecord]) -> None:
        """Their rows have come home."""
        self.uploader.forget_claims([record.id for record in some])
        for record in some:
            if record.id in self.answered:
                self.expected.pop(record.id, None)

    @rule()
    def reopen(self) -> None:
        """Both processes are restarted."""
        self.screen.close()
        self.uploader.close()
        self.open()

    @invariant()
    def agrees(self) -> None:
        """Every claim is as expected, and no record that waits has lost its own."""
        if not hasattr(self, "screen"):
            return
        for member in ("m-1", "m-2"):
            mine = [claim for claim in self.expected.values() if claim.member_id == member]
            assert self.screen.claims_of(member, AT) == tuple(mine)
        unanswered = {claim.id for claim in self.expected.values()} - self.answered
        assert unanswered <= {stored.record.id for stored in self.uploader.peek(99)}

    def teardown(self) -> None:
        """Remove the files."""
        if hasattr(self, "screen"):
            self.screen.close()
            self.uploader.close()
        self._folder.cleanup()


ClaimsAgainstDict.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None
)
TestClaimsAgainstDict = ClaimsAgainstDict.TestCase

"""The recorder: a fact is on disk or the kiosk says that it is not."""

from uuid import UUID

import pytest

from kiosk.app.recorder import Recorder
from kiosk.exceptions import StoreFailed
from kiosk.model.answers import Came, SurveyAsked, SurveyResponse
from kiosk.model.facts import DeviceEvent, Mode, PlainPin, Redemption, SealedPin
from kiosk.model.text import Language
from tests.factories import KEY, programme
from tests.fakes.clock import FakeClock
from tests.fakes.queue import Tape

FACT = DeviceEvent(what="card-unknown")


@pytest.fixture
def tape() -> Tape:
    """An empty tape."""
    return Tape()


@pytest.fixture
def recorder(tape: Tape) -> Recorder:
    """A recorder onto the tape."""
    return Recorder(tape.open, FakeClock())


def test_hq_hears_of_a_queue_that_was_set_aside(tape: Tape) -> None:
    """Records in it are kept but not sent; somebody must come and look."""
    tape.set_aside = "outbox.db.damaged-1"
    Recorder(tape.open, FakeClock()).keep([FACT])
    assert tape.said == ["queue-set-aside", "card-unknown"]


def test_hq_hears_of_a_queue_that_is_damaged_while_it_is_used(tape: Tape) -> None:
    """Nobody would know that what members had asked for was lost, or send a technician."""
    recorder = Recorder(tape.open, FakeClock())
    tape.set_aside = "outbox.db.damaged-1"
    for _ in range(2):
        recorder.keep([DeviceEvent(what="card-unknown")])
    tape.set_aside = "outbox.db.damaged-2"
    recorder.keep([DeviceEvent(what="card-unknown")])
    told = [what for what in tape.said if what == "queue-set-aside"]
    assert len(told) == 2
    assert len(tape.said) == 5


def test_a_queue_that_is_whole_again_is_not_told_of(recorder: Recorder, tape: Tape) -> None:
    """A technician would be sent twice, the second time to find nothing."""
    tape.set_aside = "outbox.db.damaged-1"
    recorder.keep([FACT])
    tape.set_aside = None
    assert recorder.recover()
    assert tape.said == ["card-unknown", "queue-set-aside", "storage-back"]


def test_facts_are_kept_in_order(recorder: Recorder, tape: Tape) -> None:
    """HQ orders by sequence, so the order on disk is the order of the day."""
    recorder.keep([FACT, DeviceEvent(what="second")])
    assert tape.said == ["card-unknown", "second"]


def test_after_a_refusal_nothing_is_kept_until_the_disk_is_back(
    recorder: Recorder, tape: Tape
) -> None:
    """A record after a failed flush may be on a page the kernel has given up."""
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([FACT])
    tape.full = False
    with pytest.raises(StoreFailed, match="has not been tried again"):
        recorder.keep([FACT])
    assert tape.records == []


def test_recovering_opens_the_queue_anew_and_proves_it_by_a_record(
    recorder: Recorder, tape: Tape, caplog: pytest.LogCaptureFixture
) -> None:
    """Only a record that is really on disk shows that the next one will be."""
    caplog.set_level("INFO")
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([FACT])
    assert not recorder.recover()
    tape.full = False
    assert recorder.recover()
    assert caplog.messages[-1] == "the disk takes records again"
    recorder.keep([FACT])
    assert tape.said == ["storage-back", "card-unknown"]
    assert tape.opened == 2


def redemption(pin: SealedPin | PlainPin) -> Redemption:
    """A member asks for the tote."""
    return Redemption(
        redemption_id=UUID(int=5),
        member_id="m-1",
        card_key=KEY.hex(),
        reward_id="canvas-tote",
        points=2_400,
        cash_fen=0,
        mode=Mode.HOLD,
        pin=pin,
        programme_version=1,
    )


def test_a_wish_is_kept_with_its_claim_and_its_pin_sealed(recorder: Recorder, tape: Tape) -> None:
    """A PIN in clear on a disk that can be stolen; or points that nobody sets aside."""
    recorder.keep([redemption(PlainPin("0427"))], programme().redeeming.pin)
    (record,) = tape.records
    assert record.id == UUID(int=5)
    told = Redemption.model_validate_json(record.payload)
    assert isinstance(told.pin, SealedPin)
    assert told.pin.key_id == programme().redeeming.pin.key_id
    assert b"0427" not in record.payload
    (claim,) = recorder.claims_of("m-1")
    assert (claim.id, claim.points, claim.waits) == (record.id, 2_400, True)
    assert recorder.claim(record.id) == claim


def test_a_pin_that_cannot_be_sealed_is_not_written(recorder: Recorder, tape: Tape) -> None:
    """Between two contents there may be no programme for a moment; there is no other way out."""
    with pytest.raises(ValueError, match="sealed"):
        recorder.keep([redemption(PlainPin("0427"))], None)
    assert tape.records == []
    assert tape.claims == {}
    assert recorder.works


def test_a_disk_that_refuses_keeps_neither_record_nor_claim(recorder: Recorder, tape: Tape) -> None:
    """Points would be set aside for a wish that never goes up."""
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([redemption(SealedPin(key_id="k", sealed="x"))])
    with pytest.raises(StoreFailed):
        recorder.claims_of("m-1")
    assert tape.claims == {}


def anonymous(**changes: object) -> SurveyResponse:
    """Somebody answered and will not say who they are."""
    values: dict[str, object] = {
        "response_id": UUID(int=7, version=4),
        "survey_id": "after",
        "survey_version": 3,
        "language": Language.ZH,
        "complete": True,
        "anonymous": True,
        "answers": {"overall": 1},
        "seconds": {"overall": 3.4},
    }
    return SurveyResponse.model_validate(values | changes)


def asked() -> SurveyAsked:
    """What remains of the member who answered."""
    return SurveyAsked(
        asked_id=UUID(int=8),
        member_id="m-1",
        card_key=KEY.hex(),
        survey_id="after",
        survey_version=3,
        came=Came.ANSWERED,
        language=Language.ZH,
    )


def test_an_anonymous_answer_is_not_next_to_whose_it_is(recorder: Recorder, tape: Tape) -> None:
    """Two numbers side by side in HQ's table would be as good as a signature."""
    recorder.keep([anonymous(), asked()])
    assert [record.kind for record in tape.records] == ["survey_asked"]
    (resting,) = tape.resting
    assert resting.record.id == UUID(int=7, version=4)
    (claim,) = recorder.claims_of("m-1")
    assert claim.id == UUID(int=8)
    recorder.let_go()
    assert [record.kind for record in tape.records] == ["survey_asked", "survey_response"]


def test_an_anonymous_record_tells_neither_when_nor_how_long(tape: Tape) -> None:
    """The second, the boot and the time taken each name one visit of one member."""
    clock = FakeClock()
    clock.advance(1234.5)
    Recorder(tape.open, clock).keep([anonymous()])
    now, record = clock.now(), tape.resting[0].record
    assert record.occurred.wall == now.wall.replace(hour=12, minute=0, second=0, microsecond=0)
    assert (record.occurred.boot_id, record.occurred.since_boot_s) == ("", 0.0)
    told = SurveyResponse.model_validate_json(record.payload)
    assert told == anonymous(seconds={})


def test_crowds_are_told_apart_by_all_that_hq_knows_of_who_was_asked(tape: Tape) -> None:
    """The only answer in English belongs to the only member who was asked in English."""
    several: tuple[dict[str, object], ...] = (
        {},
        {"language": Language.EN},
        {"complete": False},
        {"survey_version": 4},
        {"survey_id": "vote"},
    )
    recorder = Recorder(tape.open, FakeClock())
    recorder.keep(anonymous(**changes) for changes in several)
    assert len({one.crowd for one in tape.resting}) == len(several)


def test_a_named_answer_goes_the_usual_way(recorder: Recorder, tape: Tape) -> None:
    """HQ would learn a day late that a member is unhappy and wants to be called."""
    recorder.keep([anonymous(anonymous=False, member_id="m-1", card_key=KEY.hex())])
    assert [record.kind for record in tape.records] == ["survey_response"]
    assert b"3.4" in tape.records[0].payload
    assert tape.resting == []


def test_an_anonymous_answer_the_disk_refuses_is_not_promised(
    recorder: Recorder, tape: Tape
) -> None:
    """Points would be promised for an answer that is nowhere."""
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([anonymous()])
    assert not recorder.works


def test_only_answers_that_go_are_logged(
    recorder: Recorder, tape: Tape, caplog: pytest.LogCaptureFixture
) -> None:
    """A line for nothing every few minutes would push what matters out of the log."""
    caplog.set_level("INFO")
    recorder.let_go()
    assert caplog.messages == []
    recorder.keep([anonymous()])
    recorder.let_go()
    assert caplog.messages == ["1 anonymous answers go up together"]


def test_a_disk_that_refuses_to_let_go_is_told(recorder: Recorder, tape: Tape) -> None:
    """The next visitor would be promised what the disk will not take either."""
    recorder.keep([anonymous()])
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.let_go()
    assert not recorder.works
    assert len(tape.resting) == 1

"""Contact wishes and data requests at HQ: each change is kept, and less always holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kiosk.model.care import Channel
from kiosk.model.facts import WishAbout
from kiosk.model.members import CardStatus, ContactWishes
from kiosk.model.verdicts import Because, Outcome
from kiosk.model.wire import Fate
from sim.hq import data_requests
from sim.hq.care_tables import allowed, consent, data_request
from sim.hq.consents import MOST_GRANTS, Said, last_words
from sim.hq.errors import Refusal
from sim.hq.members import MemberEdit, edit_member
from tests.hq.care_kit import asking, complaining, consenting, granting
from tests.hq.kit import moment
from tests.hq.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with one member."""
    one = open_office(tmp_path)
    one.join()
    yield one
    one.hq.close()


def wishes(office: Office) -> ContactWishes:
    """What the member's row says."""
    return office.row().wishes


def count(office: Office, table: Any = consent) -> int:
    """Rows of a table."""
    with office.hq.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_nobody_asked_is_nothing_granted(office: Office) -> None:
    """A member who never said yes would get promotions."""
    assert wishes(office) == ContactWishes()


def test_a_grant_and_its_withdrawal(office: Office) -> None:
    """Consent could not be given, or not be taken back as easily."""
    assert office.ask(granting(office)).outcome is Outcome.NOTED
    office.ask(granting(office, channel="wechat"))
    assert wishes(office).granted == {"news": (Channel.SMS, Channel.WECHAT)}
    office.ask(granting(office, granted=False))
    assert wishes(office).granted == {"news": (Channel.WECHAT,)}
    office.ask(granting(office, granted=False, channel="wechat"))
    assert wishes(office).granted == {}
    assert count(office) == 4


def test_the_words_agreed_to_are_kept(office: Office) -> None:
    """Nobody could say what a member agreed to."""
    office.ask(granting(office, text_version=7, language="en"))
    with office.hq.database.read() as connection:
        row = connection.execute(select(consent)).one()
        now = connection.execute(select(allowed)).one()
    assert (row.text_version, row.language, row.kiosk_id, row.holds) == (7, "en", "k-1", True)
    assert now.text_version == 7


def test_do_not_disturb_keeps_what_is_below(office: Office) -> None:
    """After the quiet days a member would have to grant everything again."""
    office.ask(granting(office))
    office.ask(consenting(office, "do_not_disturb", granted=True))
    assert wishes(office).do_not_disturb
    assert wishes(office).granted == {"news": (Channel.SMS,)}
    office.ask(consenting(office, "do_not_disturb", granted=False))
    assert not wishes(office).do_not_disturb


def test_how_often_and_when(office: Office) -> None:
    """A member could not lower the number of promotions, or would be called at any hour."""
    office.ask(consenting(office, "per_month", per_month=2))
    office.ask(consenting(office, "hours", hours="evening"))
    assert (wishes(office).per_month, wishes(office).hours) == (2, "evening")
    office.ask(consenting(office, "per_month", per_month=0))
    office.ask(consenting(office, "hours"))
    assert (wishes(office).per_month, wishes(office).hours) == (0, None)


def test_a_purpose_content_no_longer_knows_holds(office: Office) -> None:
    """A withdrawal made on yesterday's content would be lost with the purpose."""
    office.ask(granting(office, purpose_id="unheard-of"))
    assert wishes(office).granted == {"unheard-of": (Channel.SMS,)}
    office.ask(granting(office, granted=False, purpose_id="unheard-of"))
    assert wishes(office).granted == {}


def test_the_same_change_twice_is_one(office: Office) -> None:
    """A lost answer would bring back what was withdrawn in between."""
    yes, no = granting(office), granting(office, granted=False)
    office.send(yes, no)
    assert [one.status for one in office.send(yes)] == [Fate.DUPLICATE]
    assert wishes(office).granted == {}
    assert count(office) == 2


def test_the_order_of_the_kiosk_counts_not_the_order_of_arrival(office: Office) -> None:
    """A record that was put off would undo what the member said after it."""
    yes, no = granting(office), granting(office, granted=False)
    office.ask(no)
    office.ask(yes)
    assert wishes(office).granted == {}
    assert office.row().noted == {"k-1": no["seq"]}


def test_what_was_said_later_elsewhere_holds(office: Office) -> None:
    """A kiosk that comes back after days would overrule what was said since."""
    old = granting(office)
    office.ask(granting(office, granted=False), kiosk="k-2")
    office.ask(old, later_s=86_400.0)
    assert wishes(office).granted == {}
    assert office.row().noted == {"k-1": old["seq"], "k-2": old["seq"] + 1}


@pytest.mark.parametrize("status", [CardStatus.LOST, CardStatus.BLOCKED, CardStatus.REPLACED])
def test_with_a_card_that_proves_nothing_only_less_holds(
    office: Office, status: CardStatus
) -> None:
    """A finder could sign the member up for promotions; or a withdrawal would be refused."""
    office.ask(granting(office, channel="wechat"))
    edit_member(office.hq.database, "m-1", MemberEdit(card_status=status), office.clock())
    refused = office.ask(granting(office))
    assert (refused.outcome, refused.because) == (Outcome.REFUSED, Because.CARD)
    assert office.ask(granting(office, granted=False, channel="wechat")).outcome is Outcome.NOTED
    office.ask(consenting(office, "do_not_disturb", granted=True))
    again = consenting(office, "do_not_disturb", granted=False)
    assert office.ask(again).outcome is Outcome.REFUSED
    assert wishes(office) == ContactWishes(do_not_disturb=True)
    assert office.row().noted == {"k-1": again["seq"]}
    assert count(office) == 5


def test_a_strangers_card_grants_nothing(office: Office) -> None:
    """One member could sign another one up."""
    record = granting(office, card_key="ab" * 16)
    assert office.ask(record).because is Because.UNKNOWN
    assert wishes(office).granted == {}


def test_an_unknown_members_withdrawal_is_kept(office: Office) -> None:
    """A member who comes back would be written to although they had refused."""
    record = consenting(office, "do_not_disturb", "m-9", granted=True)
    assert office.ask(record).outcome is Outcome.NOTED
    assert office.ask(granting(office, member_id="m-9")).because is Because.UNKNOWN
    office.join("m-9")
    assert office.row("m-9").wishes == ContactWishes(do_not_disturb=True)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("channel", {"purpose_id": "news", "channel": "sms"}),
        ("channel", {"purpose_id": "news", "granted": True}),
        ("channel", {"channel": "sms", "granted": False}),
        ("do_not_disturb", {}),
    ],
)
def test_a_change_that_says_nothing_is_refused(
    office: Office, about: str, said: dict[str, Any]
) -> None:
    """A fault in a kiosk would be taken for a wish of the member's."""
    (result,) = office.send(consenting(office, about, **said))
    assert (result.status, result.code) == (Fate.REJECTED, "schema")
    assert count(office) == 0


def test_a_row_has_an_end(office: Office) -> None:
    """A kiosk in wrong hands could make a row so long that no kiosk takes the directory."""
    records = [granting(office, purpose_id=f"p-{number}") for number in range(MOST_GRANTS + 5)]
    for number, record in enumerate(records):
        record["occurred"] = moment(since_boot_s=100.0 + number)
    office.send(*records, later_s=100.0)
    granted = wishes(office).granted
    assert len(granted) == MOST_GRANTS
    assert "p-0" not in granted
    assert f"p-{MOST_GRANTS + 4}" in granted


def test_a_request_is_tracked_until_it_is_done(office: Office) -> None:
    """A member would ask to be erased and never hear of it again."""
    record = asking(office, "erase")
    assert office.ask(record).outcome is Outcome.NOTED
    assert [one.status for one in office.send(record)] == [Fate.DUPLICATE]
    (asked,) = office.row().asked
    assert (str(asked.request_id), asked.wish, asked.done) == (record["id"], "erase", False)
    for _ in range(2):
        with office.hq.database.write() as connection:
            data_requests.answer(connection, record["id"], office.clock())
        assert office.row().asked[0].done
        office.clock.now = office.clock.now.replace(hour=9)
    with office.hq.database.read() as connection:
        done_at = connection.execute(select(data_request.c.done_at)).scalar_one()
    assert done_at.startswith("2026-11-21T04:00")
    assert office.row().noted == {"k-1": record["seq"]}


def test_a_request_with_a_lost_card_is_kept_with_a_flag(office: Office) -> None:
    """A right would be denied by a card's state, or a finder be shown what HQ knows."""
    edit_member(office.hq.database, "m-1", MemberEdit(card_status=CardStatus.LOST), office.clock())
    assert office.ask(asking(office)).outcome is Outcome.NOTED
    office.ask(asking(office, member_id="m-9"))
    with office.hq.database.read() as connection:
        flags = connection.execute(select(data_request.c.card_wrong)).scalars().all()
    assert flags == [True, True]


def test_no_such_request_is_not_found(office: Office) -> None:
    """A mistyped address would look like a broken HQ."""
    with office.hq.database.write() as connection, pytest.raises(Refusal, match="404"):
        data_requests.answer(connection, "unheard-of", office.clock())


def test_a_row_tells_the_newest_ten_requests(office: Office) -> None:
    """A row longer than kiosks take would keep the whole directory from them."""
    records = [asking(office) for _ in range(12)]
    for number, record in enumerate(records):
        record["occurred"] = moment(since_boot_s=100.0 + number)
    office.send(*records, later_s=100.0)
    told = [str(one.request_id) for one in office.row().asked]
    assert told == [record["id"] for record in reversed(records)][:10]


def test_one_number_covers_all_that_is_noted(office: Office) -> None:
    """The kiosk would never forget its claims, or forget one the row does not include."""
    records = [complaining(office), granting(office), asking(office)]
    office.send(*records)
    assert office.row().noted == {"k-1": records[-1]["seq"]}


STAMPS = st.integers(0, 3).map(lambda second: f"2026-11-21T04:00:0{second}.000000+00:00")
CHANGES = st.builds(
    Said,
    kiosk_id=st.sampled_from(["k-1", "k-2"]),
    seq=st.integers(1, 6),
    at=STAMPS,
    about=st.just("channel"),
    purpose_id=st.sampled_from(["news", "points"]),
    channel=st.just("sms"),
    granted=st.booleans(),
    per_month=st.none(),
    hours=st.none(),
    text_version=st.just(1),
)
LEDGERS = st.lists(CHANGES, max_size=8, unique_by=lambda one: (one.kiosk_id, one.seq))


@settings(deadline=None)
@given(LEDGERS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(ledger: list[Said], chance: Any) -> None:
    """What a member wished would depend on which kiosk was back online first."""
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    assert last_words(shuffled) == last_words(ledger)


def test_of_two_words_at_the_same_moment_less_holds() -> None:
    """Chance would decide whether a member is written to."""
    words = [("k-1", False), ("k-2", True), ("k-3", False)]
    for ledger in (words[:2], words[1:]):
        said = [
            Said(kiosk, 1, "2026-11-21", "channel", "news", "sms", on, None, None, 1)
            for kiosk, on in ledger
        ]
        (last,) = last_words(said).values()
        assert last.granted is False


def test_a_clock_set_back_does_not_age_what_follows() -> None:
    """A kiosk whose clock was put right would lose its last word to what came before it."""
    hours = iter((10, 8, 9))
    words = [("k-1", 1, True), ("k-1", 2, False), ("k-2", 1, True)]
    ledger = [
        Said(
            kiosk, seq, f"2026-11-21T{next(hours):02}", "channel", "news", "sms", on, None, None, 1
        )
        for kiosk, seq, on in words
    ]
    (last,) = last_words(ledger).values()
    assert (last.kiosk_id, last.granted) == ("k-1", False)


@settings(deadline=None)
@given(LEDGERS)
def test_a_kiosks_last_word_after_all_others_holds(ledger: list[Said]) -> None:
    """A withdrawal made now would not hold now."""
    last = Said("k-1", 9, "2026-11-22", "channel", "news", "sms", False, None, None, 1)
    found = last_words([*ledger, last])
    assert found[WishAbout.CHANNEL.value, "news", "sms"] == last


@settings(deadline=None)
@given(LEDGERS)
def test_within_a_kiosk_the_sequence_decides(ledger: list[Said]) -> None:
    """A wall clock set back between two touches would turn them round."""
    mine = [one for one in ledger if one.kiosk_id == "k-1"]
    for (_about, purpose, _channel), one in last_words(mine).items():
        assert one.seq == max(each.seq for each in mine if each.purpose_id == purpose)

"""A change of contact wishes in one word: what is written is what is read."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kiosk.model.care import LONGEST_HOURS_ID, LONGEST_PURPOSE_ID, Channel, ContactRules
from kiosk.model.contact import changed, in_one_word
from kiosk.model.facts import ConsentChange, WishAbout
from kiosk.model.members import ContactWishes
from kiosk.model.misplaced import Misplaced
from kiosk.model.text import Identifier, Language
from tests.factories import care

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True)
CHANNELS = st.sampled_from(Channel)


def change(about: WishAbout, **what: object) -> ConsentChange:
    """A member's change."""
    values: dict[str, object] = {
        "consent_id": UUID(int=1),
        "member_id": "m-1",
        "card_key": f"{1:032x}",
        "about": about,
        "text_version": 1,
        "language": Language.ZH,
    }
    return ConsentChange.model_validate(values | what)


CHANGES = st.one_of(
    st.builds(lambda on: change(WishAbout.DO_NOT_DISTURB, granted=on), st.booleans()),
    st.builds(lambda count: change(WishAbout.PER_MONTH, per_month=count), st.integers(0, 31)),
    st.builds(lambda hours: change(WishAbout.HOURS, hours=hours), IDS),
    st.builds(
        lambda purpose, channel, on: change(
            WishAbout.CHANNEL, purpose_id=purpose, channel=channel, granted=on
        ),
        IDS,
        CHANNELS,
        st.booleans(),
    ),
)
WISHES = st.builds(
    ContactWishes,
    do_not_disturb=st.booleans(),
    granted=st.dictionaries(IDS, st.lists(CHANNELS, unique=True).map(tuple), max_size=3),
    per_month=st.none() | st.integers(0, 31),
    hours=st.none() | IDS,
)


@given(WISHES, CHANGES)
def test_a_change_says_what_it_is_about_and_nothing_else(
    wishes: ContactWishes, wish: ConsentChange
) -> None:
    """A withdrawn channel that is granted again after a start reaches whoever said no."""
    now = changed(wishes, in_one_word(wish))
    expected = wishes.model_dump()
    match wish.about:
        case WishAbout.DO_NOT_DISTURB:
            expected["do_not_disturb"] = wish.granted
        case WishAbout.PER_MONTH:
            expected["per_month"] = wish.per_month
        case WishAbout.HOURS:
            expected["hours"] = wish.hours
        case WishAbout.CHANNEL:
            assert wish.purpose_id is not None
            had = set(wishes.granted.get(wish.purpose_id, ()))
            assert wish.channel is not None
            wanted = had | {wish.channel} if wish.granted else had - {wish.channel}
            assert set(now.granted[wish.purpose_id]) == wanted
            expected["granted"][wish.purpose_id] = now.granted[wish.purpose_id]
    assert now.model_dump() == expected
    assert ContactWishes.model_validate(now.model_dump()) == now


@given(WISHES, CHANGES)
def test_said_twice_is_said_once(wishes: ContactWishes, wish: ConsentChange) -> None:
    """A row that includes a wish already must not be changed by it once more."""
    word = in_one_word(wish)
    once = changed(wishes, word)
    assert changed(once, word) == once


@given(WISHES, st.text(max_size=30))
def test_a_word_nobody_understands_changes_nothing_else(wishes: ContactWishes, word: str) -> None:
    """A claim of a coming version must neither raise at a tap nor grant anything."""
    now = changed(wishes, f"of-the-future.{word}")
    assert now == wishes


@pytest.mark.parametrize(
    "word",
    ["", "channel", "channel.", "channel.sms.on", "channel.news.fax.on", "hours.", "per_month.x"],
)
def test_half_a_word_changes_nothing(word: str) -> None:
    """One spoilt letter on the disk must not stop a member's page."""
    assert changed(ContactWishes(), word) == ContactWishes()


def ruled(purpose_id: str, hours_id: str) -> ContactRules:
    """The usual rules with one purpose and one time by these names."""
    told = care().contact.model_dump()
    told["purposes"][0]["purpose_id"] = purpose_id
    told["hours"][1]["choice_id"] = hours_id
    return ContactRules.model_validate(told)


def test_every_id_that_hq_may_publish_fits_a_claim() -> None:
    """The kiosk's database would refuse the member's wish, and go out of service."""
    rules = ruled("p" * LONGEST_PURPOSE_ID, "h" * LONGEST_HOURS_ID)
    words = [in_one_word(change(WishAbout.HOURS, hours=rules.hours[1].choice_id))]
    for channel in Channel:
        wish = {"purpose_id": rules.purposes[0].purpose_id, "channel": channel}
        words += [
            in_one_word(change(WishAbout.CHANNEL, granted=on, **wish)) for on in (True, False)
        ]
    assert max(map(len, words)) == 64
    assert [TypeAdapter(Identifier).validate_python(one) for one in words] == words


@pytest.mark.parametrize(
    ("purpose_id", "hours_id", "place"),
    [
        ("p" * (LONGEST_PURPOSE_ID + 1), "evening", ("purposes", 0, "purpose_id")),
        ("news", "h" * (LONGEST_HOURS_ID + 1), ("hours", 1, "choice_id")),
    ],
)
def test_a_longer_id_is_refused_where_it_stands(
    purpose_id: str, hours_id: str, place: tuple[str | int, ...]
) -> None:
    """Cut short it would be somebody else's, and the author must learn which id it is."""
    with pytest.raises(ValidationError, match=r"has more than \d\d characters") as refused:
        ruled(purpose_id, hours_id)
    (problem,) = refused.value.errors()
    misplaced = problem["ctx"]["error"]
    assert isinstance(misplaced, Misplaced)
    assert misplaced.place == place


@pytest.mark.parametrize(
    "empty",
    [
        change(WishAbout.CHANNEL, granted=True),
        change(WishAbout.CHANNEL, purpose_id="news", granted=True),
        change(WishAbout.PER_MONTH),
        change(WishAbout.HOURS),
    ],
)
def test_a_change_to_nothing_has_no_word(empty: ConsentChange) -> None:
    """It would be kept as a claim that says something else."""
    with pytest.raises(ValueError, match="without what it is changed to"):
        in_one_word(empty)

"""The demo: the same people every time, every edge among them, true on any day."""

import json
import shutil
import string
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.art import built_in_icons
from kiosk.exceptions import ConfigError
from kiosk.model.attract import Attract
from kiosk.model.cards import identifies
from kiosk.model.members import CardStatus, Member, PinState
from kiosk.model.programme import Programme, RewardKind, Rewards, Stores
from kiosk.store.bundle import COMING, DOCUMENTS
from kiosk.store.content import ContentStore
from kiosk.store.snapshot import open_immutable
from sim.hq.bundles import pack, read_folder
from sim.hq.clockwork import tick
from sim.hq.demo import FOLDER, fleet, names, tray_cards
from sim.hq.errors import Refusal
from sim.hq.events import MEMBER_DAYS_AHEAD, WORKSHOPS_AHEAD, member_days, saturdays
from sim.hq.people import DemoMember, invent, uid_of
from sim.hq.seed import CONTENT, DemoPlan, demo_content, seed
from sim.hq.state import open_hq

ICONS = Path(__file__).parents[2] / "images/art/icons"
PICTURES = {path.stem for path in (Path(__file__).parents[2] / "images/art/rewards").glob("*.svg")}
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))
SALT = bytes.fromhex(fleet().fleet_salt)


@pytest.fixture(scope="module")
def people() -> list[DemoMember]:
    """The demo's members."""
    return list(invent(2000))


def test_the_same_people_every_time(people: list[DemoMember]) -> None:
    """A card of the tray would belong to somebody else after the next start."""
    assert list(invent(300)) == people[:300]


def test_every_card_is_its_own(people: list[DemoMember]) -> None:
    """Two members would share a card, or a card would be one that kiosks refuse."""
    uids = [uid for one in people for uid, _ in one.cards]
    assert len(set(uids)) == len(uids)
    for uid in map(bytes.fromhex, uids):
        assert identifies(uid)
        assert uid[0] == 0x04
        assert uid[3] != 0x88


def test_a_uid_never_begins_its_second_part_with_the_cascade_tag() -> None:
    """A reader would take the card's own bytes for a longer UID (ISO/IEC 14443-3, 6.5.4)."""
    assert all(bytes.fromhex(uid_of(number))[3] != 0x88 for number in range(5000))


EDGES: dict[str, Callable[[DemoMember], bool]] = {
    "nothing": lambda member: member.person.points == 0,
    "below zero": lambda member: member.person.points < 0,
    "exactly a price": lambda member: member.person.points in (1200, 2400, 5000, 13000),
    "one below a price": lambda member: member.person.points in (1199, 2399, 4999, 12999),
    "rich": lambda member: member.person.points > 100_000,
    "lost": lambda member: member.person.card_status is CardStatus.LOST,
    "blocked": lambda member: member.person.card_status is CardStatus.BLOCKED,
    "replaced": lambda member: member.person.card_status is CardStatus.REPLACED,
    "no gender": lambda member: member.person.gender is None,
    "two-character surname": lambda member: member.person.surname == "欧阳",
    "rare character": lambda member: "䶮" in member.person.given,
    "English": lambda member: member.person.language == "en",
    "tier unknown": lambda member: member.person.tier == "platinum",
    "no language": lambda member: member.person.language is None,
    "anniversary": lambda member: member.person.joined.days < 30 and member.person.joined.years > 0,
    "no PIN": lambda member: member.person.pin is PinState.NONE,
    "PIN blocked": lambda member: member.person.pin is PinState.BLOCKED,
}


@pytest.mark.parametrize("edge", EDGES.values(), ids=EDGES.keys())
def test_every_edge_is_among_them(people: list[DemoMember], edge: Callable[..., bool]) -> None:
    """An edge nobody has would be met first in a store."""
    assert any(edge(member) for member in people)


def test_every_tier_has_many(people: list[DemoMember]) -> None:
    """A tier would be hard to find on HQ's page."""
    tiers = Counter(member.person.tier for member in people)
    assert all(tiers[tier] > 100 for tier in ("standard", "silver", "gold"))


def test_greetings_are_masked(people: list[DemoMember]) -> None:
    """A given name would reach every kiosk of the fleet."""
    for one in people:
        person = one.person
        assert person.given not in person.called_zh
        assert person.given not in person.called_en
        assert len(person.called_en.split()[-1]) == 2


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (1, "李女士", "Ms L."),
        (2, "C女士", "Ms C."),
        (3, "王先生", "Mr W."),
        (4, "欧阳女士", "Ms O."),
        (8, "刘会员", "Member L."),
        (9, "禤女士", "Ms X."),
    ],
)
def test_greetings(people: list[DemoMember], number: int, zh: str, en: str) -> None:
    """A member would be greeted wrongly."""
    person = people[number - 1].person
    assert (person.called_zh, person.called_en) == (zh, en)


@settings(deadline=None)
@given(DAYS)
def test_member_days_lie_ahead(day: date) -> None:
    """The attract screen would announce a day that is over, or none."""
    days = member_days(day)
    assert len(days) == MEMBER_DAYS_AHEAD
    assert all(ahead.day == 28 and ahead >= day for ahead in days)
    assert days == sorted(set(days))
    assert (days[0] - day).days <= 30


@settings(deadline=None)
@given(DAYS, st.integers(1, 4))
def test_workshops_are_on_saturdays_ahead(day: date, nth: int) -> None:
    """Members would be invited to a day that is over, or the date would move between starts."""
    days = saturdays(day, nth)
    assert len(days) == WORKSHOPS_AHEAD
    assert all(ahead >= day and ahead.weekday() == 5 for ahead in days)
    assert all((ahead.day - 1) // 7 + 1 == nth for ahead in days)
    assert saturdays(days[0], nth)[0] == days[0]


def test_the_tray_is_complete() -> None:
    """A card would have no label in one language, or HQ would know every card."""
    assert all(card.note_zh and card.note_en and len(card.uid) == 14 for card in tray_cards())
    assert [card.member is None for card in tray_cards()].count(True) == 1


def test_published_content_arrives_whole(tmp_path: Path) -> None:
    """A bundle would not be what its manifest says, and no kiosk would take it."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: datetime.now(UTC))
    seed(hq, DemoPlan(20, SALT))
    manifest = hq.bundles.current()
    store = ContentStore.open(tmp_path / "kiosk", PICTURES, icons=built_in_icons())
    content = store.apply_bundle(hq.bundles.offer(manifest.version).path, manifest)
    assert content.version == manifest.version
    hq.close()


def test_texts_are_plain() -> None:
    """A text would shout, or carry a mark the kiosk's font draws full width."""
    surveys = sorted((FOLDER / "content" / "surveys").glob("*.json"))
    assert len(surveys) == 6
    for path in (*(FOLDER / "content" / name for name in DOCUMENTS), *surveys):
        assert not set(path.read_text(encoding="utf-8")) & set("!！’‘“”")


def test_small_cards_hold_their_texts() -> None:
    """A line of the attract screen or a headline would be cut."""
    attract = Attract.model_validate_json((FOLDER / "content/attract.json").read_bytes())
    rewards = Rewards.model_validate_json((FOLDER / "content/rewards.json").read_bytes())
    for frame in attract.frames:
        assert len(frame.title.zh) <= 12
        assert len(frame.title.en) <= 28
        for item in frame.items:
            assert len(item.line.zh) <= 10
            assert len(item.line.en) <= 20
    for reward in rewards.rewards:
        assert len(reward.short_name.zh) <= 5
        assert len(reward.short_name.en) <= 18
        assert reward.worth_fen > reward.cash_fen


def test_prices_follow_the_programme() -> None:
    """Half price would not be half, and eighty per cent not eighty."""
    for reward in rewards_of_the_demo().rewards:
        part = {"gift": 0, "half_price": 50, "new_arrival": 80}[reward.kind.value]
        assert reward.cash_fen * 100 == reward.worth_fen * part


def test_kiosks_and_stock_are_at_stores_that_exist() -> None:
    """A kiosk of the demo would have no store, or a reward no place."""
    stores = Stores.model_validate_json((FOLDER / "content/stores.json").read_bytes())
    known = {store.store_id for store in stores.stores}
    assert {kiosk.store for kiosk in fleet().kiosks} <= known
    assert {till.store for till in fleet().tills} <= known


def test_the_same_files_make_the_same_bundle() -> None:
    """Every start would publish a new version to every kiosk of the fleet."""
    files = read_folder(FOLDER / "content")
    assert pack(files) == pack(dict(reversed(files.items())))


def test_the_next_edition_is_published_ahead(tmp_path: Path) -> None:
    """HQ would begin a new edition at the moment it is published, and in the midst of a day."""
    today = date(2026, 11, 22)
    for file in (FOLDER / "content").glob("*.json"):
        shutil.copy(file, tmp_path)
    coming = json.loads((tmp_path / "programme.json").read_bytes())
    coming |= {"version": coming["version"] + 1, "effective_from": "2026-12-01"}
    (tmp_path / COMING).write_text(json.dumps(coming), encoding="utf-8")
    files = demo_content(today, tmp_path)
    assert {*files} == {*DOCUMENTS, COMING}
    dated = Programme.model_validate_json(files[COMING])
    assert dated.effective_from == date(2026, 12, 1)
    assert dated.events == Programme.model_validate_json(files["programme.json"]).events
    assert all(event.on >= today for event in dated.events)


def test_a_folder_without_a_document_is_not_published(tmp_path: Path) -> None:
    """A bundle without the programme would go out to every kiosk."""
    (tmp_path / "programme.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Refusal, match=r"rewards\.json"):
        read_folder(tmp_path)


def test_a_later_day_renews_the_dates(tmp_path: Path) -> None:
    """A demo started again in another month would show last month's vouchers and events."""
    clock = [datetime(2026, 11, 21, 4, 0, tzinfo=UTC)]
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: clock[0])
    plan = DemoPlan(60, SALT)
    seed(hq, plan)
    first, version = hq.snapshots.make(), hq.bundles.current().version
    seed(hq, plan)
    assert (hq.snapshots.make(), hq.bundles.current().version) == (first, version)
    clock[0] = datetime(2026, 12, 30, 4, 0, tzinfo=UTC)
    seed(hq, plan)
    tick(hq)
    second = hq.snapshots.make()
    assert second.rows == first.rows
    assert second.cursor > first.cursor
    assert hq.bundles.current().version == version + 1
    db = open_immutable(hq.snapshots.offer(second.name).path)
    people = [Member.model_validate_json(row) for (row,) in db.execute("SELECT row FROM member")]
    db.close()
    (first_on_tray,) = [one for one in people if one.member_id == "m-000001"]
    birthday = next(one for one in first_on_tray.vouchers if one.reason == "birthday_month")
    assert (birthday.valid_from, birthday.valid_to) == (date(2026, 12, 1), date(2026, 12, 31))
    assert all(one.valid_to >= date(2026, 12, 30) for who in people for one in who.vouchers)
    hq.close()


def test_the_salt_is_plainly_a_demo_value() -> None:
    """Somebody would take the demo's salt or its PIN key for a real fleet's."""
    assert b"not a secret" in bytes.fromhex(fleet().fleet_salt)
    assert all(b"not a secret" in b64decode(key.private) for key in fleet().pin_keys)


def test_names_are_written_in_latin_letters() -> None:
    """An English greeting would have a Chinese initial."""
    letters = set(string.ascii_uppercase)
    assert all(surname.latin[0] in letters for surname in (*names().surnames, *names().rare))


def programme_of_the_demo() -> Programme:
    """The programme as it is published today."""
    return Programme.model_validate_json(demo_content(date(2026, 11, 22))["programme.json"])


def rewards_of_the_demo() -> Rewards:
    """Every reward of the demo."""
    return Rewards.model_validate_json((FOLDER / "content/rewards.json").read_bytes())


def test_the_programme_has_the_agreed_rules() -> None:
    """Joining or a point's worth would differ from what the chain promises."""
    programme = programme_of_the_demo()
    assert programme.joining.single_purchase_fen == 10_000
    assert programme.joining.total_purchases_fen == 30_000
    assert programme.joining.minimum_age_years == 18
    assert [tier.tier_id for tier in programme.tiers] == ["standard", "silver", "gold"]
    assert programme.cash_back is not None
    assert (programme.cash_back.per_mille, programme.cash_back.referral_per_mille) == (10, 10)
    assert programme.vouchers.birthday is not None
    assert programme.vouchers.birthday.companion
    assert programme.vouchers.birthday.price_factor_percent == 70
    assert programme.vouchers.anniversary is not None
    years = programme.vouchers.anniversary
    assert (years.first_year, years.last_year, years.price_factor_percent) == (1, 5, 70)
    assert not programme.redeeming.offline.allowed


def test_tiers_and_rules_can_be_shown() -> None:
    """A benefit would lose its icon, or a page of the rules its lines."""
    icons = {path.stem for path in ICONS.glob("*.svg")}
    programme = programme_of_the_demo()
    for tier in programme.tiers:
        assert 3 <= len(tier.benefits) <= 6
        assert {benefit.icon for benefit in tier.benefits} <= icons
    assert [tier.earn_percent for tier in programme.tiers] == [100, 120, 150]
    assert all(3 <= len(page.lines) <= 5 for page in programme.rules)


def test_every_kind_of_reward_can_be_met_in_the_first_store() -> None:
    """A page of the kiosk could never be seen in the demo."""
    rewards, here = rewards_of_the_demo().rewards, "sh-ja-01"
    assert {reward.kind for reward in rewards if reward.stock[here]} == set(RewardKind)
    assert any(reward.per_member for reward in rewards)
    assert any(reward.tiers == ("gold",) for reward in rewards)
    assert any(reward.stock[here] == 0 for reward in rewards)
    assert any(reward.offline for reward in rewards)


def test_hq_can_open_what_is_sealed_to_the_programmes_key() -> None:
    """Every PIN of the demo would be sealed to a key nobody has."""
    rule = programme_of_the_demo().redeeming.pin
    (key,) = [key for key in fleet().pin_keys if key.key_id == rule.key_id]
    private = X25519PrivateKey.from_private_bytes(b64decode(key.private))
    assert b64decode(rule.x25519) == private.public_key().public_bytes_raw()


@pytest.mark.parametrize(
    ("file", "right", "wrong", "says"),
    [
        ("surveys/post_purchase.json", '"rating"', '"matrix"', "`matrix` is not supported"),
        ("care.json", "{", "", "is not JSON"),
        ("programme.json", "{", "", "is not JSON"),
        ("stores.json", '"name"', '"nam"', "nam"),
    ],
)
def test_broken_content_is_told_before_anything_is_published(
    file: str, right: str, wrong: str, says: str, tmp_path: Path
) -> None:
    """Who edits the demo would see a kiosk that waits for ever, and read nowhere why."""
    content = shutil.copytree(CONTENT, tmp_path / "content")
    text = (content / file).read_text(encoding="utf-8")
    (content / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, fleet_salt=SALT)
    with pytest.raises(ConfigError, match=f"(?s){file}:[0-9]+: refused: .*{says}"):
        seed(hq, DemoPlan(20, SALT, content=content))
    assert hq.bundles.content() is None
    hq.close()

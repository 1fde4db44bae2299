"""Content: taken whole or not at all; what is refused is told with file, line and reason."""

import logging
import random
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.content import Content
from kiosk.exceptions import ContentRefused, CorruptStore, StoreFailed
from kiosk.store.bundle import MAX_BUNDLE_BYTES, MAX_DOCUMENT_BYTES
from kiosk.store.content import ContentStore
from kiosk.store.pictures import MAX_PICTURE_BYTES
from kiosk.store.tinyfile import Step, perform_on_disk, read_checked, write_checked
from tests.store.bundles import (
    ATTRACT,
    BUILT_IN,
    ICONS,
    PNG,
    PROGRAMME,
    REWARDS,
    announced,
    pack,
    whole,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where content is kept."""
    return tmp_path / "content"


@pytest.fixture
def store(folder: Path) -> ContentStore:
    """kiosk-sync's side."""
    return ContentStore.open(folder, BUILT_IN, icons=ICONS)


@pytest.fixture
def zip_path(tmp_path: Path) -> Path:
    """Where a bundle was downloaded to."""
    return tmp_path / "bundle.part"


def take(store: ContentStore, path: Path, version: int, **changed: str | bytes) -> Content:
    """Apply a bundle of this version."""
    pack(path, whole(**changed))
    return store.apply_bundle(path, announced(path, version))


def refusal(store: ContentStore, path: Path, files: dict[str, str | bytes]) -> list[str]:
    """The lines with which a bundle is refused."""
    pack(path, files)
    with pytest.raises(ContentRefused) as failure:
        store.apply_bundle(path, announced(path, 9))
    return str(failure.value).splitlines()


def test_a_bundle_is_taken(store: ContentStore, folder: Path, zip_path: Path) -> None:
    """Without content the kiosk has nothing to show."""
    assert store.current() is None
    reader = ContentStore.open(folder, BUILT_IN)
    assert reader.current() is None
    assert take(store, zip_path, 1).version == 1
    assert reader.changed()
    content = reader.current()
    assert content is not None
    assert not reader.changed()
    assert [reward.reward_id for reward in content.rewards] == ["tote", "scarf"]
    assert content.store("sh-1") is not None
    pictures = reader.pictures_dir()
    assert pictures is not None
    assert (pictures / "scarf.png").read_bytes() == PNG


def test_the_reader_keeps_its_content_until_it_looks(
    store: ContentStore, folder: Path, zip_path: Path
) -> None:
    """A page half of old words and half of new would contradict itself."""
    take(store, zip_path, 1)
    reader = ContentStore.open(folder, BUILT_IN)
    before, pictures = reader.current(), reader.pictures_dir()
    take(store, zip_path, 2, rewards=REWARDS.replace("2400", "2500"))
    assert before is not None
    assert before.rewards[0].points == 2400
    assert pictures is not None
    assert (pictures / "scarf.png").exists()
    after = reader.current()
    assert after is not None
    assert after.rewards[0].points == 2500


def test_every_problem_is_told_with_file_and_line(store: ContentStore, zip_path: Path) -> None:
    """HQ's author would mend one mistake a day."""
    spoilt = REWARDS.replace("2400", '"many"').replace('"tint": "mint",', '"tnt": "mint",')
    programme = PROGRAMME.replace('"earn_fen_per_point": 100', '"earn_fen_per_point": 0')
    files = whole(rewards=spoilt, programme=programme, attract='{"line": }')
    assert refusal(store, zip_path, files) == [
        "programme.json:22: earn_fen_per_point: should be greater than or equal to 1, not 0",
        "rewards.json:8: rewards[0].points: should be a valid integer, "
        'unable to parse string as an integer, not "many"',
        "rewards.json:3: rewards[0].tint: is missing",
        "rewards.json:11: rewards[0].tnt: is not known here",
        "attract.json:1: is not JSON from column 10: Expecting value",
    ]


def test_references_between_documents_are_checked(store: ContentStore, zip_path: Path) -> None:
    """A reward for a tier nobody has, or without a picture, would be a hole on the screen."""
    rewards = (
        REWARDS.replace('["standard"]', '["standard", "platinum"]')
        .replace('"sh-1": 12', '"sh-1": 12,\n "nowhere": 1')
        .replace('"picture": "scarf"', '"picture": "shawl"')
    )
    attract = ATTRACT.replace('"picture": "gift"', '"picture": "gitf"')
    assert refusal(store, zip_path, whole(rewards=rewards, attract=attract)) == [
        "rewards.json:12: rewards[0].tiers[1]: the programme has no tier platinum",
        "rewards.json:14: rewards[0].stock.nowhere: stores.json has no store nowhere",
        "rewards.json:23: rewards[1].picture: "
        "there is no picture shawl, neither in the bundle nor in the kiosk",
        "attract.json:8: frames[0].items[0].picture: "
        "there is no picture gitf, neither in the bundle nor in the kiosk",
    ]


def test_a_programme_names_what_is_there(store: ContentStore, zip_path: Path) -> None:
    """A benefit with a dot for an icon, an event for a tier nobody has: seen by every member."""
    programme = (
        PROGRAMME.replace('"icon": "gift"', '"icon": "gitf"')
        .replace('"tiers": ["silver"]', '"tiers": ["sliver"]')
        .replace('"stores": ["sh-1"]', '"stores": ["nowhere"]')
    )
    assert refusal(store, zip_path, whole(programme=programme)) == [
        "programme.json:7: tiers[0].benefits[0].icon: the kiosk has no icon gitf",
        "programme.json:18: events[0].tiers[0]: the programme has no tier sliver",
        "programme.json:18: events[0].stores[0]: stores.json has no store nowhere",
    ]


GOLD = """  {"tier_id": "gold", "name": {"zh-CN": "金卡", "en": "Gold"},
   "look": "gold", "today": {"zh-CN": "会员价", "en": "Member prices"},
   "condition": {"reach_fen": 900000, "keep_fen": 100000, "months": 12}}"""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"keep_fen": 100000', '"keep_fen": 300000', "10: tiers[1].condition: keep_fen is more"),
        ('"tier_id": "silver"', '"tier_id": "standard"', "8: tiers[1].tier_id: the tier_id stan"),
        ('"reach_fen": 200000, "keep_fen": 100000, "months": 12', "", "10: tiers[1].condition."),
        (
            ',\n   "condition": {"reach_fen": 200000, "keep_fen": 100000, "months": 12}}',
            "}",
            "8: tiers[1].condition: tier silver: only the lowest tier",
        ),
        (
            '"months": 12}}',
            '"months": 12}},\n' + GOLD.replace('"months": 12', '"months": 24'),
            "13: tiers[2].condition: tier gold: counts 24 months, the tier below it 12",
        ),
        (
            '"months": 12}}',
            '"months": 12}, "earn_percent": 120},\n' + GOLD,
            "11: tiers[2].earn_percent: tier gold: earns less than the tier below it",
        ),
        ('"tries": 5', '"tries": 50', "14: redeeming.pin.tries: should be less than or equal to 1"),
        ('"CQAA', '"CQ', "15: redeeming.pin.x25519: is "),
    ],
)
def test_a_programme_s_contradiction_is_told_where_it_stands(
    store: ContentStore, zip_path: Path, right: str, wrong: str, told: str
) -> None:
    """An author who is shown line 1 of a document of three hundred looks for an hour."""
    assert right in PROGRAMME
    programme = PROGRAMME.replace(right, wrong)
    (first, *_) = refusal(store, zip_path, whole(programme=programme))
    assert first.startswith(f"programme.json:{told}")


def test_what_no_kiosk_could_ever_give_out_is_told(store: ContentStore, zip_path: Path) -> None:
    """A reward would be marked for days without HQ and be reserved all the same, unnoticed."""
    rule = '"offline": {"allowed": true, "points_per_member": 2399}, "pin"'
    programme = PROGRAMME.replace('"pin"', rule)
    rewards = REWARDS.replace('"points": 2400', '"offline": true, "points": 2400', 1)
    (told,) = refusal(store, zip_path, whole(programme=programme, rewards=rewards))
    assert told.startswith("rewards.json:8: rewards[0].offline: is true, but the reward takes 2400")
    take(store, zip_path, 1, programme=programme.replace("2399", "2400"), rewards=rewards)
    take(store, zip_path, 2, rewards=rewards)


def coming(version: int = 4) -> str:
    """The edition of 1 January."""
    first = f'"version": {version}, "effective_from": "2027-01-01"'
    return PROGRAMME.replace('"version": 3', first)


def test_a_coming_edition_takes_over_on_its_day(
    store: ContentStore, folder: Path, zip_path: Path
) -> None:
    """A programme published a month ahead must neither begin at once nor be forgotten."""
    text = coming().replace('"earn_fen_per_point": 100', '"earn_fen_per_point": 200')
    take(store, zip_path, 1, programme_next=text)
    content = ContentStore.open(folder).current()
    assert content is not None
    days = (date(2026, 12, 31), date(2027, 1, 1), None)
    assert [content.on(day).programme.earn_fen_per_point for day in days] == [100, 200, 100]
    take(store, zip_path, 2)
    content = ContentStore.open(folder).current()
    assert content is not None
    assert content.coming is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            PROGRAMME.replace('"version": 3', '"version": 4'),
            "programme_next.json:1: effective_from: is missing: nobody knows when it takes over",
        ),
        (
            coming().replace("2027-01-01", "2026-11-21"),
            "programme_next.json:2: effective_from: is not after the 2026-11-21 of programme.json",
        ),
        (coming(3), "programme_next.json:2: version: is not above the 3 of programme.json"),
        (
            coming().replace('"icon": "gift"', '"icon": "gitf"'),
            "programme_next.json:7: tiers[0].benefits[0].icon: the kiosk has no icon gitf",
        ),
        ("[]", "programme_next.json:1: should be a valid dictionary"),
    ],
)
def test_a_coming_edition_is_checked_ahead(
    store: ContentStore, zip_path: Path, text: str, told: str
) -> None:
    """A mistake found on New Year's morning is found by members."""
    now = PROGRAMME.replace('"version": 3', '"version": 3, "effective_from": "2026-11-21"')
    bundle = whole(programme=now, programme_next=text)
    assert refusal(store, zip_path, bundle)[0].startswith(told)


def test_a_reward_may_wait_for_a_tier_that_comes(store: ContentStore, zip_path: Path) -> None:
    """Otherwise a new tier and its rewards could never be published together."""
    rewards = REWARDS.replace('["standard"]', '["platinum"]')
    text = coming().replace("silver", "platinum", 1)
    text = text.replace('"tiers": ["silver"]', '"tiers": []')
    taken = take(store, zip_path, 1, rewards=rewards, programme_next=text)
    assert taken.coming is not None


@pytest.mark.parametrize(
    ("document", "text", "told"),
    [
        ("stores", '{"stores": [], "stores": []}', "stores.json:1: stores: is there twice"),
        ("stores", b"\xff\xfe", "stores.json:1: is not UTF-8 here"),
        ("stores", "[" * 100_000, "stores.json: is nested too deeply"),
        ("stores", '{"stores": NaN}', "stores.json: is not JSON: NaN is no number of JSON"),
        ("stores", "<html>Sorry</html>", "stores.json:1: is not JSON from column 1"),
        ("stores", "", "stores.json:1: is not JSON from column 1"),
        ("stores", "[]", "stores.json:1: should be a valid dictionary"),
        (
            "rewards",
            REWARDS.replace('"scarf",\n   "kind"', '"tote",\n   "kind"'),
            "rewards.json:16: rewards[1].reward_id: the reward_id tote is there twice",
        ),
        (
            "stores",
            '{"stores": [{"store_id": "sh-1", "name": {"zh-CN": "店", "en": "A"},\n'
            '  "time_zone": "Asia/Atlantis"},\n'
            ' {"store_id": "sh-1", "name": {"zh-CN": "店", "en": "A"}}]}',
            "stores.json:2: stores[0].time_zone: there is no time zone Asia/Atlantis",
        ),
    ],
)
def test_broken_documents(
    store: ContentStore, zip_path: Path, document: str, text: str | bytes, told: str
) -> None:
    """Each of these would otherwise be a traceback, or be taken for content."""
    assert refusal(store, zip_path, whole(**{document: text}))[0].startswith(told)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("../evil.json", "{}", "../evil.json: does not belong in a bundle"),
        ("/etc/passwd", "x", "/etc/passwd: does not belong in a bundle"),
        ("pictures/../../x.png", PNG, "pictures/../../x.png: does not belong in a bundle"),
        ("pictures/.hidden.png", PNG, "pictures/.hidden.png: does not belong in a bundle"),
        ("pictures/a.gif", b"GIF89a", "pictures/a.gif: does not belong in a bundle"),
        ("notes.txt", "x", "notes.txt: does not belong in a bundle"),
        ("pictures/a.jpg", PNG, "pictures/a.jpg: is not what its name says: a JPG file"),
        ("pictures/a.svg", b"<svg/>", "pictures/a.svg: is a drawing: publish it as PNG or JPEG"),
        ("pictures/big.png", PNG + bytes(MAX_PICTURE_BYTES), "pictures/big.png: has"),
    ],
)
def test_files_that_do_not_belong(
    store: ContentStore, zip_path: Path, name: str, content: str | bytes, told: str
) -> None:
    """A bundle must not reach beyond its folder, nor hand a decoder what it should not see."""
    lines = refusal(store, zip_path, {**whole(), name: content})
    assert any(line.startswith(told) for line in lines)


def test_a_missing_document_is_told(store: ContentStore, zip_path: Path) -> None:
    """HQ's author must not have to guess."""
    files = whole()
    del files["stores.json"]
    assert refusal(store, zip_path, files) == ["stores.json: is missing"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"stores.json": bytes(MAX_DOCUMENT_BYTES + 1)}, "stores.json: has 1048577 bytes"),
        (
            {f"pictures/p{n}.png": PNG + bytes(MAX_PICTURE_BYTES - 99) for n in range(17)},
            f"bundle: unpacks to more than {MAX_BUNDLE_BYTES} bytes",
        ),
        ({f"pictures/p{n}.png": b"" for n in range(600)}, "bundle: has 606 files"),
    ],
)
def test_bombs_are_refused_before_they_are_unpacked(
    store: ContentStore, zip_path: Path, files: dict[str, str | bytes], told: str
) -> None:
    """A few kilobytes that unpack to gigabytes would stop the kiosk."""
    assert refusal(store, zip_path, {**whole(), **files})[0].startswith(told)


def test_a_bomb_that_lies_about_its_size_is_refused(store: ContentStore, zip_path: Path) -> None:
    """The size in a ZIP file's head is whatever its author wrote there."""
    pack(zip_path, whole(stores=b" " * 500_000))
    content = bytearray(zip_path.read_bytes())
    for at in [m.start() for m in re.finditer(re.escape((500_000).to_bytes(4, "little")), content)]:
        content[at : at + 4] = (50).to_bytes(4, "little")
    zip_path.write_bytes(content)
    with pytest.raises(ContentRefused, match="not a sound ZIP file"):
        store.apply_bundle(zip_path, announced(zip_path, 3))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bundle_packed_in_another_way_is_refused(
    store: ContentStore, zip_path: Path, packing: int
) -> None:
    """LZMA can demand gigabytes for its dictionary, and fails in a way that ended kiosk-sync."""
    with zipfile.ZipFile(zip_path, "w", packing) as archive:
        for name, content in whole().items():
            archive.writestr(name, content)
    with pytest.raises(ContentRefused, match=f"is packed by method {packing}"):
        store.apply_bundle(zip_path, announced(zip_path, 9))


def test_an_entry_without_a_name_is_refused(store: ContentStore, zip_path: Path) -> None:
    """It ended kiosk-sync, again at every start, and with it the way of all records."""
    with zipfile.ZipFile(zip_path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x"), "{}")
    head = bytearray(zip_path.read_bytes())
    at = head.index(b"PK\1\2")
    head[at + 28 : at + 30] = bytes(2)  # length of the name (APPNOTE 4.3.12)
    head[at + 30 : at + 32] = b"\x01\x00"  # its one letter becomes the extra field
    zip_path.write_bytes(head)
    with pytest.raises(ContentRefused):
        store.apply_bundle(zip_path, announced(zip_path, 9))


def test_an_entry_that_begins_before_its_file_is_refused(
    store: ContentStore, zip_path: Path
) -> None:
    """It would be called a fault of the disk and be fetched again for ever."""
    content = bytearray(pack(zip_path, whole()).read_bytes())
    at = len(content) - 6  # where the directory begins (APPNOTE 4.3.16)
    begins = int.from_bytes(content[at : at + 4], "little")
    content[at : at + 4] = (begins + 1).to_bytes(4, "little")
    zip_path.write_bytes(content)
    with pytest.raises(ContentRefused, match="is not a sound ZIP file"):
        store.apply_bundle(zip_path, announced(zip_path, 9))


@given(at=st.integers(0, 10**6), byte=st.none() | st.integers(0, 255), cut=st.integers(-3000, 3000))
@example(at=0, byte=None, cut=0)
@settings(max_examples=25, deadline=None)
def test_a_spoilt_bundle_is_refused_or_whole(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int | None, cut: int
) -> None:
    """Whatever arrives under a fitting digest, nothing but our two failures may come of it."""
    path = pack(tmp_path_factory.mktemp("spoilt") / "bundle.part", whole())
    content = bytearray(path.read_bytes())
    place = at % len(content)
    content[place] = content[place] if byte is None else byte
    path.write_bytes(content[: len(content) - max(cut, 0)])
    store = ContentStore.open(path.parent / "content", BUILT_IN, icons=ICONS)
    try:
        taken = store.apply_bundle(path, announced(path, 1))
    except ContentRefused:
        assert store.current() is None
    else:
        assert store.current() == taken


def test_a_file_that_was_not_announced_is_fetched_again(
    store: ContentStore, zip_path: Path
) -> None:
    """A download spoilt on the way is no fault of HQ's: it must not be refused for good."""
    pack(zip_path, whole())
    with pytest.raises(CorruptStore, match="digest"):
        store.apply_bundle(zip_path, announced(zip_path, 1, blake2b_256="0" * 64))
    with pytest.raises(CorruptStore, match="bytes instead of 7"):
        store.apply_bundle(zip_path, announced(zip_path, 1, size_bytes=7))
    assert store.current() is None


def test_refused_content_leaves_the_old(store: ContentStore, zip_path: Path, folder: Path) -> None:
    """A slip of HQ's must not empty the screens of the whole chain."""
    old = take(store, zip_path, 1)
    before = sorted(folder.rglob("*"))
    refusal(store, zip_path, whole(rewards="{}"))
    assert store.current() == old
    assert sorted(folder.rglob("*")) == before


def test_the_same_version_may_be_applied_again(
    store: ContentStore, zip_path: Path, folder: Path
) -> None:
    """A kiosk killed after the change but before it was noted applies it twice."""
    take(store, zip_path, 1)
    for _ in range(2):
        take(store, zip_path, 2, rewards=REWARDS.replace("2400", "2401"))
    _rewrite(folder, '"points": 2401', '"points": -2401')
    content = ContentStore.open(folder, BUILT_IN).current()
    assert content is not None
    assert content.version == 1


def test_only_two_versions_take_room(store: ContentStore, zip_path: Path, folder: Path) -> None:
    """A new version every day would fill the card within a year."""
    for version in range(1, 6):
        take(store, zip_path, version)
    assert {path.name for path in folder.glob("pictures-*")} == {"pictures-4-1", "pictures-5-1"}


def test_content_of_another_time_gives_way_to_the_one_before(
    store: ContentStore, zip_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After a step back to an older program, its documents may not fit: say so, and go on."""
    take(store, zip_path, 1)
    take(store, zip_path, 2, rewards=REWARDS.replace("2400", "2401"))
    _rewrite(folder, '"points": 2401', '"points": -2401')
    with caplog.at_level(logging.ERROR):
        reader = ContentStore.open(folder, BUILT_IN)
        content = reader.current()
        reader.current()
    assert content is not None
    assert content.version == 1
    assert len(caplog.records) == 1
    assert "rewards.json: rewards[0].points" in caplog.text


def _rewrite(folder: Path, old: str, new: str) -> None:
    body = read_checked(folder / "content.json") or b""
    assert old.encode() in body
    write_checked(folder / "content.json", body.replace(old.encode(), new.encode()))


def test_damage_on_disk_is_told_and_mended_by_the_next_bundle(
    store: ContentStore, zip_path: Path, folder: Path
) -> None:
    """A damaged file must not be taken for an empty one, nor stop the next content."""
    take(store, zip_path, 1)
    for path in (folder / "content.json", folder / "content.json.bak"):
        path.write_bytes(path.read_bytes()[:200])
    reader = ContentStore.open(folder, BUILT_IN)
    assert reader.changed()
    with pytest.raises(CorruptStore):
        reader.current()
    assert reader.current() is None
    assert take(store, zip_path, 2).version == 2
    assert reader.changed()
    content = reader.current()
    assert content is not None
    assert content.version == 2


class PowerCut(OSError):
    """The power failed."""


def test_a_power_cut_while_applying_leaves_one_whole_version(folder: Path, zip_path: Path) -> None:
    """Prices of one version under pictures and words of another would mislead members."""
    chance, version = random.Random(5), 1
    take(ContentStore.open(folder, BUILT_IN, icons=ICONS), zip_path, 1)
    for number in range(2, 24):
        left = chance.randrange(25)

        def perform(step: Step) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise PowerCut
            perform_on_disk(step)

        rewards = REWARDS.replace("2400", str(2400 + number))
        try:
            take(
                ContentStore.open(folder, BUILT_IN, perform, icons=ICONS),
                zip_path,
                number,
                rewards=rewards,
            )
            version = number
        except StoreFailed:
            pass
        store = ContentStore.open(folder, BUILT_IN)
        content = store.current()
        assert content is not None
        assert content.version in (version, number)
        version = content.version
        assert content.rewards[0].points == (2400 + version if version > 1 else 2400)
        assert (store.pictures_dir() or folder / "none").is_dir()
    assert version > 5


def test_an_encrypted_entry_is_refused(store: ContentStore, zip_path: Path) -> None:
    """It cannot be read, and must not be asked a password for."""
    pack(zip_path, whole())
    content = bytearray(zip_path.read_bytes())
    with zipfile.ZipFile(zip_path) as archive:
        directory = archive.start_dir
    content[directory + 8] |= 1
    content[6] |= 1
    zip_path.write_bytes(content)
    with pytest.raises(ContentRefused, match="encrypted"):
        store.apply_bundle(zip_path, announced(zip_path, 3))


def test_a_folder_that_cannot_be_looked_into_is_told_as_ours(tmp_path: Path) -> None:
    """A failing disk would end the screen's process in the middle of its chores."""
    store = ContentStore.open(tmp_path / "content", (), icons=ICONS)
    assert store.current() is None
    (tmp_path / "content").write_bytes(b"no folder")
    assert not store.changed()
    assert store.current() is None


def test_the_screen_needs_no_room_on_the_disk_for_content(tmp_path: Path) -> None:
    """On a disk that takes nothing the screen would not start, and could not say why."""
    (tmp_path / "file").write_bytes(b"no folder")
    assert ContentStore.open(tmp_path / "file" / "content", BUILT_IN).current() is None

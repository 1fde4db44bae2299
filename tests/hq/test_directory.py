"""The directory at HQ: what a kiosk gets by snapshot and by changes is what HQ has."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from kiosk.exceptions import ConfigError
from kiosk.model.cards import card_key
from kiosk.model.members import CardStatus, Member
from kiosk.model.wire import Changes, SnapshotManifest
from kiosk.store.snapshot import open_immutable, verify_snapshot
from kiosk.sync.hq import JSON_CAP_BYTES
from sim.hq.demo import fleet, tray_cards
from sim.hq.directory import (
    CHANGES_PER_ANSWER,
    changes_since,
    next_sequences,
    prune_tombstones,
    touch,
)
from sim.hq.errors import Refusal
from sim.hq.members import MemberEdit, edit_member
from sim.hq.rows import VOUCHERS_TOLD
from sim.hq.seed import DemoPlan, seed
from sim.hq.state import Hq, open_hq
from sim.hq.tables import card, member, voucher
from tests.hq.kit import Kiosk, visit

SALT = bytes.fromhex(fleet().fleet_salt)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hq]:
    """An HQ inside the test, with its clock standing still."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: NOON)
    seed(hq, DemoPlan(40, SALT))
    yield hq
    hq.close()


def manifest_of(kiosk: Kiosk) -> SnapshotManifest:
    """What the kiosk is told of the snapshot."""
    return SnapshotManifest.model_validate(kiosk.get("directory/snapshot/manifest").json())


def rows_of(path: Path) -> dict[str, tuple[int, Member]]:
    """Version and member by key, as they lie in a snapshot file."""
    db = open_immutable(path)
    found = {
        k.hex(): (v, Member.model_validate_json(row))
        for k, v, row in db.execute("SELECT k, v, row FROM member")
    }
    db.close()
    return found


def test_the_snapshot_is_what_its_manifest_says(kiosk: Kiosk, tmp_path: Path) -> None:
    """A kiosk would refuse every snapshot, or one of the tray's cards would find nobody."""
    manifest = manifest_of(kiosk)
    answer = kiosk.get(f"directory/snapshot/{manifest.name}")
    path = tmp_path / manifest.name
    path.write_bytes(answer.content)
    verify_snapshot(path, manifest)
    assert answer.headers["ETag"] == f'"{manifest.blake2b_256}"'
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    known = rows_of(path)
    on_tray = [card_key(bytes.fromhex(card.uid), SALT).hex() in known for card in tray_cards()]
    assert on_tray == [True] * (len(on_tray) - 1) + [False]


def test_a_broken_download_goes_on_where_it_ended(kiosk: Kiosk) -> None:
    """On a slow line the snapshot would begin anew each time and never arrive."""
    manifest = manifest_of(kiosk)
    path = f"directory/snapshot/{manifest.name}"
    whole = kiosk.get(path)
    start = kiosk.get(path, Range="bytes=0-999")
    rest = kiosk.get(path, Range="bytes=1000-", **{"If-Range": whole.headers["ETag"]})
    assert (start.status_code, rest.status_code) == (206, 206)
    assert rest.headers["Content-Range"].endswith(f"/{manifest.size_bytes}")
    assert start.content + rest.content == whole.content
    changed = kiosk.get(path, Range="bytes=1000-", **{"If-Range": '"another file"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    assert kiosk.get(path, Range=f"bytes={manifest.size_bytes}-").status_code == 416


def test_a_snapshot_on_demand_keeps_the_one_before(kiosk: Kiosk) -> None:
    """A kiosk half-way through a download would lose its file to the next snapshot."""
    old = manifest_of(kiosk)
    _edit(kiosk, "m-000002", add_points=1)
    new = SnapshotManifest.model_validate(
        requests.post(f"{kiosk.url}/sim/snapshot", timeout=10).json()
    )
    assert new == manifest_of(kiosk)
    assert new.cursor > old.cursor
    assert kiosk.get(f"directory/snapshot/{old.name}").status_code == 200
    assert kiosk.get("directory/snapshot/directory-0.sqlite").status_code == 404


def test_an_edit_reaches_the_kiosk_as_a_change(kiosk: Kiosk) -> None:
    """Points earned today would show only after the next snapshot."""
    cursor = _latest(kiosk, manifest_of(kiosk).cursor).next
    _edit(kiosk, "m-000003", points=777, tier="gold", card_status="lost")
    (change,) = _latest(kiosk, cursor).changes
    assert change.member is not None
    assert change.v > cursor
    assert (change.member.points, change.member.tier) == (777, "gold")
    assert change.member.card_status is CardStatus.LOST


def test_a_member_who_left_becomes_a_tombstone(here: Hq) -> None:
    """The card of somebody who left would go on greeting."""
    before = here.snapshots.make()
    edit_member(here.database, "m-000005", MemberEdit(gone=True), NOON)
    (change,) = changes_since(here.database, before.cursor).changes
    assert change.member is None
    assert change.k == card_key(bytes.fromhex(tray_cards()[4].uid), SALT).hex()
    assert here.snapshots.make().rows == before.rows - 1


def test_a_visit_is_no_change_of_the_directory(kiosk: Kiosk) -> None:
    """Every tap would send a row to every kiosk, and a visit would pass for a redemption."""
    cursor = _latest(kiosk, manifest_of(kiosk).cursor).next
    kiosk.send(visit(8, member_id="m-000004"))
    assert _latest(kiosk, cursor).changes == []


@pytest.mark.parametrize("cursor", [0, 1, 2**62])
def test_a_cursor_of_another_time_is_410(kiosk: Kiosk, cursor: int) -> None:
    """A kiosk of an earlier database would be given changes of rows it does not have."""
    assert kiosk.get(f"directory/changes?cursor={cursor}").status_code == 410


def test_a_cursor_from_the_middle_of_the_seeding_is_410(here: Hq) -> None:
    """Rows made together share a number, and a page could end between them."""
    cursor = here.snapshots.make().cursor
    assert changes_since(here.database, cursor).changes == []
    with pytest.raises(Refusal, match="410"):
        changes_since(here.database, cursor - 1)


@pytest.mark.parametrize("cursor", ["", "-1", "abc", str(2**63), "1" * 5000])
def test_a_cursor_that_is_none_is_422(kiosk: Kiosk, cursor: str) -> None:
    """A damaged cursor would make HQ fail."""
    assert kiosk.get(f"directory/changes?cursor={cursor}").status_code == 422


def test_tombstones_are_forgotten_with_their_cursors(here: Hq) -> None:
    """A kiosk away for months would keep a card that was removed meanwhile."""
    before = here.snapshots.make().cursor
    edit_member(here.database, "m-000006", MemberEdit(gone=True), NOON)
    after = changes_since(here.database, before).next
    assert prune_tombstones(here.database, NOON + timedelta(days=89)) == 0
    assert prune_tombstones(here.database, NOON + timedelta(days=91)) == 1
    with pytest.raises(Refusal, match="410"):
        changes_since(here.database, before)
    assert changes_since(here.database, after).changes == []


EDITS = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=40),
        st.builds(
            MemberEdit,
            add_points=st.integers(min_value=-500, max_value=500),
            tier=st.sampled_from([None, "silver", "gold"]),
            card_status=st.sampled_from([None, *CardStatus]),
            gone=st.sampled_from([False, False, False, True]),
        ),
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(EDITS)
def test_snapshot_and_changes_make_the_next_snapshot(
    here: Hq, edits: list[tuple[int, MemberEdit]]
) -> None:
    """A kiosk that follows the changes would drift away from what HQ has."""
    first = here.snapshots.make()
    mine = rows_of(here.snapshots.offer(first.name).path)
    for number, edit in edits:
        with suppress(Refusal):  # no present card is left: nothing of the edit is done
            edit_member(here.database, f"m-{number:06}", edit, NOON)
    for change in changes_since(here.database, first.cursor).changes:
        if change.member is None:
            mine.pop(change.k, None)
        else:
            mine[change.k] = (change.v, change.member)
    again = here.snapshots.make()
    assert mine == rows_of(here.snapshots.offer(again.name).path)


def test_many_changes_come_in_pages(tmp_path: Path) -> None:
    """Changes at the edge of a page would be told twice or not at all."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: NOON)
    seed(hq, DemoPlan(CHANGES_PER_ANSWER + 20, SALT))
    cursor = hq.snapshots.make().cursor
    everybody = [f"m-{number:06}" for number in range(1, CHANGES_PER_ANSWER + 1)]
    with hq.database.write() as connection:
        touch(connection, everybody, NOON)
    first = changes_since(hq.database, cursor)
    second = changes_since(hq.database, first.next)
    told = [change.k for change in (*first.changes, *second.changes)]
    assert (len(first.changes), first.more, second.more) == (CHANGES_PER_ANSWER, True, False)
    now = rows_of(hq.snapshots.offer(hq.snapshots.make().name).path)
    assert len(told) > CHANGES_PER_ANSWER
    assert sorted(told) == sorted(key for key, (version, _) in now.items() if version > cursor)
    assert changes_since(hq.database, second.next).changes == []
    hq.close()


def test_an_answer_never_outgrows_what_a_kiosk_reads(here: Hq) -> None:
    """Members with all their vouchers would make an answer that every kiosk refuses, for ever."""
    before = here.snapshots.make()
    with here.database.write() as connection:
        keys = _many_rich_members(connection, 200)
    told: list[str] = []
    cursor, more = before.cursor, True
    while more:
        page = changes_since(here.database, cursor)
        assert len(page.model_dump_json().encode()) <= JSON_CAP_BYTES // 2 + 1024
        assert page.next > cursor
        told += [change.k for change in page.changes]
        cursor, more = page.next, page.more
    assert told == keys


def test_another_fleet_salt_is_refused(here: Hq) -> None:
    """No card would be found, and nothing would say why."""
    with pytest.raises(ConfigError, match="salt"):
        seed(here, DemoPlan(40, bytes(32)))


def test_rows_carry_nothing_a_kiosk_must_not_know(here: Hq) -> None:
    """Full names and card numbers of every member would lie in every store."""
    manifest = here.snapshots.make()
    whole = here.snapshots.offer(manifest.name).path.read_bytes()
    for shown in tray_cards()[:-1]:
        assert bytes.fromhex(shown.uid) not in whole
        assert shown.uid.encode() not in whole
        assert shown.name.encode() not in whole


def _many_rich_members(connection: Connection, count: int) -> list[str]:
    """Give so many members each a card, and as many vouchers as a row holds; the cards' keys."""
    keys = []
    for number in range(1, count + 1):
        who, key = f"rich-{number:04}", f"{number:032x}"
        row = {"member_id": who, "full_name": "李娜", "called_zh": "李女士", "called_en": "Ms L."}
        connection.execute(
            insert(member).values(row | {"tier": "standard", "as_of": NOON.isoformat()})
        )
        vouchers = [_long_voucher(who, at) for at in range(VOUCHERS_TOLD)]
        connection.execute(insert(voucher), vouchers)
        (changed,) = next_sequences(connection)
        held = {"card_key": key, "member_id": who, "status": "active", "gone": False}
        when = {"changed": changed, "changed_at": NOON.isoformat()}
        connection.execute(insert(card).values(held | when))
        keys.append(key)
    return keys


def _long_voucher(member_id: str, number: int) -> dict[str, object]:
    return {
        "voucher_id": f"{member_id}-{number:03}".ljust(64, "x"),
        "member_id": member_id,
        "reason": "anniversary",
        "price_factor_percent": 70,
        "valid_from": "2026-11-21",
        "valid_to": "2026-12-20",
    }


def _latest(kiosk: Kiosk, cursor: int) -> Changes:
    answer = kiosk.get(f"directory/changes?cursor={cursor}")
    assert answer.status_code == 200
    return Changes.model_validate(answer.json())


def _edit(kiosk: Kiosk, member_id: str, **edit: object) -> None:
    answer = requests.post(f"{kiosk.url}/sim/members/{member_id}", json=edit, timeout=10)
    assert answer.status_code == 204, answer.text

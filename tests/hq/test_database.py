"""HQ's database: durable on SQLite, and portable to PostgreSQL."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Dialect, insert, select
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from kiosk.exceptions import ConfigError
from sim.hq.database import Database, insert_statement, upsert, upsert_statement
from sim.hq.tables import applied, meta, metadata, record


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a new database."""
    return f"sqlite:///{tmp_path}/hq.db"


def test_a_commit_is_on_disk(url: str) -> None:
    """A power cut at HQ would lose records that kiosks have deleted already."""
    database = Database(url)
    with database.write() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    database.close()
    assert pragmas == ["wal", 2]


def test_an_earlier_versions_database_is_refused(tmp_path: Path, url: str) -> None:
    """The first upload after an update would fail with words nobody understands."""
    with closing(sqlite3.connect(tmp_path / "hq.db")) as old:
        old.execute("CREATE TABLE member(member_id VARCHAR(64) PRIMARY KEY, points BIGINT)")
    with pytest.raises(ConfigError, match="member has no allowance"):
        Database(url)


def test_a_failed_block_leaves_nothing(url: str) -> None:
    """Half an upload would stay, and its repetition would be a conflict."""
    database = Database(url)
    row = {"name": "x", "value": 1}
    with database.write() as connection:
        connection.execute(insert(meta).values(row | {"name": "y"}))
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(meta), [row, row])
    with database.read() as connection:
        assert connection.execute(select(meta.c.name)).scalars().all() == ["y"]
    database.close()


def test_an_error_quotes_nothing_that_was_stored(url: str) -> None:
    """Name and phone of whoever applied would stand in HQ's log beside the fault."""
    database = Database(url)
    row = {"name": "13812345678", "value": 1}
    with pytest.raises(IntegrityError) as failed, database.write() as connection:
        connection.execute(insert(meta), [row, row])
    database.close()
    assert "13812345678" not in str(failed.value)


def test_a_reader_sees_one_state(url: str) -> None:
    """A snapshot would hold rows newer than its cursor."""
    database = Database(url)
    with database.read() as reader:
        assert reader.execute(select(meta)).all() == []
        with database.write() as writer:
            writer.execute(insert(meta).values(name="x", value=1))
        assert reader.execute(select(meta)).all() == []
    database.close()


def test_readers_cannot_write(url: str) -> None:
    """Two connections would write one WAL file, which older SQLite libraries may corrupt."""
    database = Database(url)
    with database.read() as reader, pytest.raises(OperationalError, match="readonly"):
        reader.execute(insert(meta).values(name="x", value=1))
    database.close()


def test_writers_wait_for_each_other(url: str) -> None:
    """Uploads at the same time would fail on a locked database."""
    database = Database(url)
    with database.write() as connection:
        connection.execute(insert(meta).values(name="n", value=0))

    def raise_often() -> None:
        for _ in range(25):
            with database.write() as connection:
                connection.execute(meta.update().values(value=meta.c.value + 1))

    threads = [threading.Thread(target=raise_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(meta.c.value)).scalar_one() == 100
    database.close()


def test_upsert_keeps_the_higher(url: str) -> None:
    """A late record would take back what the balance says it includes."""
    database = Database(url)
    for seq in (5, 3, 8, 7):
        row = {"member_id": "m", "kiosk_id": "k", "seq": seq}
        with database.write() as connection:
            upsert(connection, applied, [row], only_if_higher="seq")
    with database.read() as connection:
        assert connection.execute(select(applied.c.seq)).scalar_one() == 8
    database.close()


def test_every_table_can_be_made_in_postgresql() -> None:
    """The address of a PostgreSQL would be refused on the day it is needed."""
    dialect = _postgresql()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    made += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.sorted_tables
        for index in table.indexes
    ]
    assert len(made) >= len(metadata.tables)
    assert any("n BIGSERIAL" in statement for statement in made)


def test_inserts_that_count_once_exist_in_postgresql() -> None:
    """A record sent again would fail there instead of being a duplicate."""
    dialect = _postgresql()
    new = str(insert_statement("postgresql", record, "id").compile(dialect=dialect))
    assert "ON CONFLICT (id) DO NOTHING" in new
    assert "RETURNING" in new
    higher = upsert_statement("postgresql", applied, ["seq"], "seq").compile(dialect=dialect)
    assert "WHERE applied.seq < excluded.seq" in str(higher)


def _postgresql() -> Dialect:
    return PGDialect()  # type: ignore[no-untyped-call] # SQLAlchemy left it without types

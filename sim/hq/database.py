"""Connections to HQ's database: many readers, each with one view of it, one writer at a time."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.sql.dml import UpdateBase

from kiosk.exceptions import ConfigError
from sim.hq import answer_tables, care_tables, tables, till_tables

SHAPES = tuple(one.metadata for one in (tables, till_tables, care_tables, answer_tables))
"""All tables of the database."""

BUSY_TIMEOUT_S = 10.0
"""How long SQLite waits for a lock; only another program on the same file can make it wait."""

ONE_WRITER = 7_210_337
"""Number of the advisory lock that PostgreSQL's writers wait for; nothing else has it there."""


class Database:
    """Gives out connections inside one transaction each.

    One writer at a time, whatever the database: what was read stays true until the commit, so
    that no code is collected twice and no point spent twice. On SQLite only the writer's
    connection ever checkpoints: libraries before 3.51.3 can corrupt a WAL file that two
    connections write or checkpoint.

    Args:
        url: an SQLAlchemy address; `sqlite:///FILE` or `postgresql+psycopg://...`.

    Raises:
        ConfigError: the database was made by an earlier version.
    """

    def __init__(self, url: str) -> None:
        self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._lock = threading.Lock()
        self._writer = self._engine(url, "IMMEDIATE", writes=True)
        self._reader = self._engine(url, "DEFERRED", writes=False)
        with self.write() as connection:
            _refuse_another_shape(connection)
            for shape in SHAPES:
                shape.create_all(connection)

    def _engine(self, url: str, begin: str, *, writes: bool) -> Engine:
        if not self._is_sqlite:
            # A writer's view must be as new as its lock, a reader's must not change on the way.
            level: Literal["READ COMMITTED", "REPEATABLE READ"]
            level = "READ COMMITTED" if writes else "REPEATABLE READ"
            return create_engine(
                url, isolation_level=level, pool_pre_ping=True, hide_parameters=True
            )
        engine = create_engine(
            url,
            connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
            pool_size=1 if writes else 8,
            max_overflow=0 if writes else 32,
            hide_parameters=True,  # what an error quotes goes into the log, and may be a name
        )
        _prepare_sqlite(engine, begin, writes=writes)
        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self._reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction; it is on disk when the block has ended without an exception."""
        if not self._is_sqlite:
            with self._writer.begin() as connection:
                connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
                yield connection
            return
        with self._lock, self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection, the writer's last: it folds the log into the file."""
        self._reader.dispose()
        self._writer.dispose()


def _prepare_sqlite(engine: Engine, begin: str, *, writes: bool) -> None:
    """Set what every new SQLite connection needs, and begin transactions ourselves.

    The driver begins a transaction only before a write; a reader would then see two states.
    """

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        if not writes:
            connection.execute("PRAGMA wal_autocheckpoint=0")
            connection.execute("PRAGMA query_only=ON")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _refuse_another_shape(connection: Connection) -> None:
    """Refuse a database in which a table of ours lacks a column, rather than fail at its use."""
    known = inspect(connection)
    for table in (table for shape in SHAPES for table in shape.sorted_tables):
        if not known.has_table(table.name):
            continue
        columns = {column["name"] for column in known.get_columns(table.name)}
        if missing := sorted(set(table.columns.keys()) - columns):
            raise ConfigError(
                f"HQ's database is an earlier version's: {table.name} has no {missing[0]};"
                " begin with a new one"
            )


def rows_of(
    connection: Connection, table: Table, member_id: str, *order: ColumnElement[Any]
) -> list[Row[Any]]:
    """A member's rows of a table, in this order."""
    query = select(table).where(table.c.member_id == member_id).order_by(*order)
    return list(connection.execute(query).all())


def rows_of_members(
    connection: Connection, table: Table, ids: Iterable[str], *order: ColumnElement[Any]
) -> Iterable[Row[Any]]:
    """The rows of several members, in this order."""
    return connection.execute(select(table).where(table.c.member_id.in_(ids)).order_by(*order))


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: str
) -> set[Any]:
    """Insert the rows whose key is new; return the keys that were inserted."""
    if not rows:
        return set()
    statement = insert_statement(connection.dialect.name, table, key)
    return set(connection.execute(statement, list(rows)).scalars())


def insert_fresh(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row whose primary key is new; whether it was."""
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection.dialect.name, table).on_conflict_do_nothing(index_elements=keys)
    return connection.execute(statement.values(row)).rowcount == 1


def insert_statement(dialect: str, table: Table, key: str) -> UpdateBase:
    """An insert that passes over known keys and returns the new ones."""
    statement = _insert(dialect, table).on_conflict_do_nothing(index_elements=[key])
    return statement.returning(table.c[key])


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    only_if_higher: str | None = None,
) -> None:
    """Insert rows or replace those with the same primary key.

    Args:
        connection: inside a write transaction.
        table: where.
        rows: all with the same columns.
        only_if_higher: a column; an old row with the same or a higher value stays.
    """
    if not rows:
        return
    keys = {column.name for column in table.primary_key}
    values = [name for name in rows[0] if name not in keys]
    statement = upsert_statement(connection.dialect.name, table, values, only_if_higher)
    connection.execute(statement, list(rows))


def upsert_statement(
    dialect: str, table: Table, values: Sequence[str], only_if_higher: str | None
) -> UpdateBase:
    """An insert that changes these columns of a row with the same primary key."""
    statement = _insert(dialect, table)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={name: new[name] for name in values},
        where=table.c[only_if_higher] < new[only_if_higher] if only_if_higher else None,
    )


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The dialect's own insert: `on conflict` is not in SQLAlchemy's common one."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)

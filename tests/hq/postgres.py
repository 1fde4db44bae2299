"""A PostgreSQL server of the tests' own, on a socket in a folder that only it opens."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.waiting import WITHIN_S, soon

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each version; none of them is on the path."""

ACCOUNT = "postgres"
"""Debian's account for it: the server refuses to run as root."""

HURRIED = {"listen_addresses": "", "fsync": "off", "autovacuum": "off"}
"""No network, and nothing that only matters when the power goes."""

DATABASE = "postgres"
"""The one that every server begins with; each test has a schema of its own in it."""


class PostgresServer(AbstractContextManager["PostgresServer"]):
    """Runs until the block ends; `fresh` gives room for an empty HQ each time."""

    def __init__(self) -> None:
        """Find the programs.

        Raises:
            LookupError: there are none on this machine.
        """
        self._programs = _programs()
        self._account = ACCOUNT if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="hq-pg-"))
        self._numbers = count(1)

    def __enter__(self) -> "PostgresServer":
        """Start it."""
        if self._account:
            shutil.chown(self._folder, self._account)
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", "hq", "-A", "trust", "--no-sync", "-E", "UTF8")
        settings = [f"--{name}={value}" for name, value in HURRIED.items()]
        words = [str(self._programs / "postgres"), "-D", data, "-k", str(self._folder), *settings]
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(words, stdout=log, stderr=log, user=self._account)
        soon(self._answers, "a PostgreSQL that answers")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, whoever is still connected, and remove its folder."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(WITHIN_S)
        shutil.rmtree(self._folder)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of tables that nobody has used."""
        name = f"hq_{next(self._numbers)}"
        self._tell(f"CREATE SCHEMA {name}")
        yield self._address(name)
        self._tell(f"DROP SCHEMA {name} CASCADE")

    def _address(self, schema: str) -> str:
        query = {"host": str(self._folder), "options": f"-csearch_path={schema}"}
        address = make_url(f"postgresql+psycopg://hq@/{DATABASE}")
        return address.update_query_dict(query).render_as_string()

    def _answers(self) -> bool:
        try:
            self._tell("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _tell(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self._folder), user="hq", dbname=DATABASE, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._programs / program, *words],
            check=True,
            user=self._account,
            cwd=self._folder,
            capture_output=True,
        )


def _programs() -> Path:
    """The folder of the newest version's programs."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda one: float(one.parts[-3]))
    on_path = shutil.which("postgres")
    if not found and on_path is None:
        raise LookupError("no PostgreSQL on this machine; install it with: apt install postgresql")
    return found[-1].parent if found else Path(on_path or "").parent

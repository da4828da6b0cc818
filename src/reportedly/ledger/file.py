"""The SQLite file: made, checked, brought forward, and its errors in words."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event, insert, text
from sqlalchemy.exc import DatabaseError, OperationalError

from reportedly.errors import LedgerBusy, LedgerError, NotALedger, SchemaTooNew
from reportedly.ledger import tables
from reportedly.ledger.fold import WORD, fold

_HEADER = b"SQLite format 3\x00"
_ID_AT = 68
"""Where a database's header holds the id of the program that made it."""


class SqliteFile:
    """The file under a ledger, with a write-ahead log: others may read while a run writes."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine, self.path = engine, path

    @classmethod
    def at(cls, path: Path, *, create: bool, busy_s: float) -> Self:
        """Open the file, make it where that is wanted, bring an older one forward."""
        _check(path, create=create)
        ledger = cls(_engine(path, busy_s), path)
        try:
            ledger._prepare()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self) -> None:
        with self.reading_from() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
        if version > tables.SCHEMA_VERSION:
            raise SchemaTooNew(
                f"{self.path} was written by a newer version of Reportedly (schema {version}, "
                f"this one knows {tables.SCHEMA_VERSION}). Update with: pip install -U reportedly"
            )
        if version < tables.SCHEMA_VERSION:
            self._build()

    def _build(self) -> None:
        """Make what is missing: all of it in a new file, the newer tables and columns in an older one."""
        with self.writing() as connection:
            tables.metadata.create_all(connection)
            for statement in _missing_columns(connection):
                connection.execute(text(statement))
            connection.execute(text(tables.SEARCH))
            for name, query in tables.VIEWS.items():
                connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
                connection.execute(text(f"CREATE VIEW {name} AS {query}"))
            salt = {"key": "salt", "value": secrets.token_hex(16)}
            connection.execute(insert(tables.meta).prefix_with("OR IGNORE"), salt)
            connection.execute(text(f"PRAGMA application_id = {tables.APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {tables.SCHEMA_VERSION}"))

    @contextmanager
    def reading_from(self) -> Iterator[Connection]:
        """A connection for a question; what others write meanwhile does not change its answer."""
        with _explained(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for one transaction, kept whole or not at all."""
        with _explained(self.path), self.engine.execution_options(immediate=True).begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _check(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise NotALedger(f"{path} is a folder, not a ledger. Give the path of a file.")
    if not path.exists():
        if not create:
            raise LedgerError(f"There is no ledger at {path}. Make one with: reportedly add {path} ARTICLES")
        if not path.absolute().parent.is_dir():
            raise LedgerError(f"The folder of {path} does not exist. Make it first.")
        return
    try:
        with path.open("rb") as file:
            start = file.read(_ID_AT + 4)
    except OSError as error:
        raise LedgerError(f"{path} cannot be opened: {error.strerror}.") from error
    if not start.startswith(_HEADER) and (start or not create):
        raise NotALedger(f"{path} is not a ledger (it is no SQLite file). Give another path.")
    if start and int.from_bytes(start[_ID_AT:], "big") != tables.APPLICATION_ID and _belongs_to_another(path):
        raise NotALedger(f"{path} is a database of another program, not a ledger. Give another path.")


def _missing_columns(connection: Connection) -> list[str]:
    """What adds the columns that an older file lacks; new columns can always be empty."""
    missing = []
    for table in tables.metadata.tables.values():
        found = {row[1] for row in connection.execute(text(f'PRAGMA table_info("{table.name}")'))}
        missing += [
            f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {column.type.compile()}'
            for column in table.columns
            if column.name not in found
        ]
    return missing


def _belongs_to_another(path: Path) -> bool:
    """Whether a database holds something and is no ledger, looked at without a change to it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (kind,) = connection.execute("PRAGMA application_id").fetchone()
        (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        return True
    finally:
        connection.close()
    return bool(count) and kind != tables.APPLICATION_ID


def _engine(path: Path, busy_s: float) -> Engine:
    engine = create_engine(f"sqlite:///{path.absolute()}", connect_args={"timeout": busy_s})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -32000"):
            try:
                connection.execute(f"PRAGMA {pragma}")
            except sqlite3.OperationalError as error:
                if "readonly" not in str(error):  # a ledger on a read-only disk can still be asked
                    raise
        connection.create_function("folded", 1, lambda value: fold(value or ""), deterministic=True)
        connection.create_function("has_words", 2, _has_words, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Errors of the database in words that say what to do."""
    try:
        yield
    except OperationalError as error:
        message = str(error.orig)
        if "locked" in message or "busy" in message:
            raise LedgerBusy(f"Another run is writing to {path}. Wait until it ends, then try again.") from error
        raise LedgerError(f"{path}: {message}.") from error
    except DatabaseError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise NotALedger(f"{path} is damaged or not a ledger ({error.orig}).") from error
        raise LedgerError(f"{path}: {error.orig}.") from error


def _has_words(text: str | None, folded: str) -> bool:
    """Whether every word of `folded` (folded already) is a word of the text."""
    return set(folded.split()) <= set(WORD.findall(fold(text or "")))

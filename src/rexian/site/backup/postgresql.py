"""Copy a PostgreSQL database that is being written to, table by table from one snapshot.

Our own copies need no client programs of the server's version, and are loaded into tables that the
program has made itself: a backup of an old version is restored by a new one.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from rexian.kernel.language import mark
from rexian.site.backup.archive import Headway, Manifest, damaged, unpacked
from rexian.site.backup.copies import Copy

_BLOCK = 1024 * 1024

_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND is_generated = 'NEVER'
    AND table_name IN (SELECT table_name FROM information_schema.tables
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE')
ORDER BY table_name, ordinal_position
"""
_SEQUENCES = """
SELECT format('%I', t.relname), a.attname,
    pg_get_serial_sequence(format('%I', t.relname), a.attname)
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND a.attnum > 0
    AND NOT a.attisdropped
    AND pg_get_serial_sequence(format('%I', t.relname), a.attname) IS NOT NULL
"""
_LEFT = """
SELECT format('DROP TABLE %I CASCADE', relname) FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
UNION ALL
SELECT format('DROP FUNCTION %s CASCADE', p.oid::regprocedure) FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def copy_out(folder: Path, headway: Headway) -> Copy:
    """Write a packed copy of each table, all as of one moment, into ``folder``."""
    with _snapshot() as cursor:
        columns = _columns(cursor)
        rows = {
            table: _copy_table(cursor, _named(table, names), folder / f"{table}.gz", headway)
            for table, names in columns.items()
        }
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = tuple(name for (name,) in cursor.fetchall())
    return Copy(migrations, rows, columns)


def load(folder: Path, manifest: Manifest) -> None:
    """Make the tables as they were and fill them from ``folder``, in the caller's transaction."""
    _make_tables(manifest)
    with connection.cursor() as cursor:
        there = _columns(cursor)
        if set(there) - {"django_migrations"} != set(manifest.columns) - {"django_migrations"}:
            raise damaged(mark("its tables are not those of its version"))
        for table in manifest.columns:
            if table != "django_migrations":
                cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608
                if cursor.fetchone()[0]:
                    cursor.execute(f"TRUNCATE {_quoted(table)} CASCADE")
        # Tables are filled in any order; their keys are compared when all are there.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, names in manifest.columns.items():
            if table != "django_migrations":
                _load_table(cursor, table, names, folder / f"{table}.gz", manifest.rows[table])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _set_sequences(cursor)


def drop_everything() -> None:
    """Drop all tables and functions of ours, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def is_empty() -> bool:
    """Tell whether there is no table at all."""
    return not connection.introspection.table_names()


@contextmanager
def _snapshot() -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield cursor


def _columns(cursor: Any) -> Mapping[str, tuple[str, ...]]:
    cursor.execute(_COLUMNS)
    found: dict[str, tuple[str, ...]] = {}
    for table, column in cursor.fetchall():
        found[table] = (*found.get(table, ()), column)
    return found


def _copy_table(cursor: Any, table: str, file: Path, headway: Headway) -> int:
    with (
        gzip.open(file, "wb", 5) as packed,
        cursor.copy(f"COPY {table} TO STDOUT") as rows,
    ):
        for block in rows:
            packed.write(block)
            headway(len(block))
    return int(cursor.rowcount)


def _load_table(
    cursor: Any, table: str, columns: tuple[str, ...], file: Path, expected: int
) -> None:
    with (
        unpacked(file) as stream,
        cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as rows,
    ):
        while block := stream.read(_BLOCK):
            rows.write(block)
    if cursor.rowcount != expected:
        raise damaged(mark("its database is not sound"))


def _make_tables(manifest: Manifest) -> None:
    """Carry out just the steps that the backup's database had."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, _, name in (one.partition(".") for one in manifest.migrations)}
    nodes = executor.loader.graph.node_map
    last = [key for key in wanted if not wanted & {child.key for child in nodes[key].children}]
    executor.migrate(sorted(last))


def _set_sequences(cursor: Any) -> None:
    cursor.execute(_SEQUENCES)
    for table, column, sequence in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(%s, greatest((SELECT max({_quoted(column)}) FROM {table}), 1), "  # noqa: S608
            f"EXISTS (SELECT 1 FROM {table}))",
            [sequence],
        )


def _named(table: str, columns: tuple[str, ...]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

"""What many tests begin with is founded once a process; after that its rows are written again.

Founding goes through services, which ask and check a lot: hundreds of tests want the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

T = TypeVar("T")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with the columns that a row is written with."""

    name: str
    key: str
    columns: tuple[str, ...]

    def rows(self) -> dict[Any, Row]:
        """Return all that is there, by primary key."""
        place = self.columns.index(self.key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self._named()} FROM {_quoted(self.name)}")  # noqa: S608
            return {row[place]: tuple(map(_plain, row)) for row in cursor.fetchall()}

    def write(self, rows: list[Row]) -> None:
        """Add rows as they were."""
        one = f"({', '.join(['%s'] * len(self.columns))})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_quoted(self.name)} ({self._named()}) "  # noqa: S608 - our models'
                f"VALUES {', '.join([one] * len(rows))}",
                [value for row in rows for value in row],
            )

    def _named(self) -> str:
        return ", ".join(map(_quoted, self.columns))


@dataclass(frozen=True, slots=True)
class _Founded:
    """What was founded: what is known of it, its rows, and the sizes of their tables before."""

    result: Any
    written: Mapping[_Table, list[Row]]
    before: Mapping[_Table, Row]

    def fits(self) -> bool:
        """Tell whether its tables are as they were before it was founded."""
        return _sizes(list(self.before)) == dict(self.before)


_FOUNDED: dict[str, _Founded] = {}


def found_once(name: str, found: Callable[[], T]) -> T:
    """Return what ``found`` returns, with all that it writes; the second time without its work.

    Where its tables are not as they were at the first time, it is founded anew.
    """
    known = _FOUNDED.get(name)
    if known is None:
        known = _FOUNDED[name] = _watched(found)
    elif known.fits():
        with transaction.atomic():
            for table, rows in known.written.items():
                table.write(rows)
    else:
        return found()
    result: T = known.result
    return result


def _watched(found: Callable[[], Any]) -> _Founded:
    """Do the work, and tell it apart from what was there."""
    before = {one: one.rows() for one in _tables()}
    sizes = _sizes(list(before))
    result = found()
    written: dict[_Table, list[Row]] = {}
    for table, old in before.items():
        new = table.rows()
        assert old.items() <= new.items(), f"{table.name} had rows that are others now"
        if len(new) > len(old):
            written[table] = [row for key, row in new.items() if key not in old]
    return _Founded(result, written, {one: sizes[one] for one in written})


def _sizes(tables: list[_Table]) -> dict[_Table, Row]:
    """Return of each table how many rows it has, and which is the last."""
    sizes = [
        f"SELECT count(*), CAST(max({_quoted(one.key)}) AS varchar) FROM {_quoted(one.name)}"  # noqa: S608
        for one in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sizes))
        return dict(zip(tables, cursor.fetchall(), strict=True))


def _tables() -> Iterator[_Table]:
    for model in apps.get_models(include_auto_created=True):
        fields = model._meta.concrete_fields
        key = str(model._meta.pk.column)
        if model._meta.managed and not model._meta.proxy:
            columns = tuple(one.column for one in fields if one.column)
            yield _Table(model._meta.db_table, key, columns)


def _plain(value: Any) -> Any:
    """Return a value as Django writes it: SQLite's driver is not to be asked about instants."""
    return str(value) if connection.vendor == "sqlite" and isinstance(value, date) else value


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

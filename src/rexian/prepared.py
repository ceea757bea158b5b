"""SQL that is made once: what is asked or written many times a second has other values, no more.

Django makes the SQL anew each time. For a row that is found by its key, that takes five to ten
times as long as all that the database does; for one that is inserted, twice as long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.sql import InsertQuery

Row = TypeVar("Row")
New = TypeVar("New", bound=Model)
Values = tuple[Any, ...]

_KEPT = "rexian_prepared"


class Prepared(Generic[Row]):
    """A query that is made once for each connection that asks it.

    ``make`` returns it for any values: it is given stand-ins for them, which may stand wherever a
    value of a lookup does (not in a slice). A value is a number, a text or an instant, or several
    of those for ``__in``; for several the query is made once for 1, 2, 4, 8 … of them.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make

    def all(self, *values: Any) -> list[Row]:
        """Return all rows that are found with these values: none by what no column can hold."""
        given = tuple(map(_padded, values))
        if () in given:
            return []
        try:
            return self._made_for(given).ask(given)
        except OverflowError:  # SQLite's, of a number beyond 64 bits
            return []

    def first(self, *values: Any) -> Row | None:
        """Return the first row, ``None`` where there is none."""
        return next(iter(self.all(*values)), None)

    def _made_for(self, given: Values) -> _Made:
        """Return the query as this thread's connection asks it, for so many values of each."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: dict[Any, _Made] = vars(connection).setdefault(_KEPT, {})
        sizes = tuple(len(one) if isinstance(one, tuple) else None for one in given)
        made = kept.get((self, sizes))
        if made is None:
            made = kept[self, sizes] = _made(self._make, sizes, connection)
        return made


def insert(row: New) -> New:
    """Insert a row that has no number yet, and return it with the one that it is given.

    Its values are values, no expressions; Django's signals are not sent, for nobody here listens.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, _Insertion] = vars(connection).setdefault(_KEPT, {})
    made = kept.get(type(row))
    if made is None:
        made = kept[type(row)] = _insertion(row, connection)
    values = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in made.fields]
    with connection.cursor() as cursor:
        cursor.execute(made.sql, values)
        (row.pk,) = connection.ops.fetch_returned_insert_columns(cursor, ())
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as ``save`` does
    return row


@dataclass(frozen=True, slots=True)
class _Insertion:
    """How a row of a table is inserted: the columns that it brings, and the SQL."""

    fields: Sequence[Field[Any, Any]]
    sql: str


def _insertion(row: Model, connection: Any) -> _Insertion:
    """Have Django make the SQL that inserts such a row and returns its number."""
    meta = row._meta  # noqa: SLF001 - the documented way to a model's fields
    fields = [one for one in meta.concrete_fields if one is not meta.pk]
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [meta.pk]
    ((sql, _),) = compiler.as_sql()
    return _Insertion(fields, sql)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value goes: of which argument, and of several the which."""

    argument: int
    nth: int | None = None

    def filled(self, values: Values) -> Any:
        value = values[self.argument]
        return value if self.nth is None else value[self.nth]


@dataclass(frozen=True, slots=True)
class _Made:
    """A query with its SQL; ``params`` are values, and slots for others."""

    rows: Any
    compiler: Any
    sql: str
    params: Sequence[Any]

    def ask(self, values: Values) -> list[Any]:
        adapt = self.compiler.connection.ops.adapt_datetimefield_value
        params = []
        for one in self.params:
            value = one.filled(values) if isinstance(one, _Slot) else one
            params.append(adapt(value) if isinstance(value, datetime) else value)
        self.compiler.as_sql = lambda *_, **__: (self.sql, tuple(params))
        return list(self.rows._iterable_class(self.rows))  # noqa: SLF001 - it reads rows and no SQL


def _made(make: Callable[..., QuerySet[Any, Any]], sizes: Values, connection: Any) -> _Made:
    """Have Django make the SQL, and keep it from doing so again."""
    rows: Any = make(*(_stand_in(number, size) for number, size in enumerate(sizes)))
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([one[0] for one in compiler.select])
    compiler.get_converters = lambda _: converters
    rows.query.get_compiler = lambda *_, **__: compiler
    return _Made(rows, compiler, sql, params)


def _stand_in(number: int, size: int | None) -> Value | tuple[Value, ...]:
    if size is None:
        return Value(_Slot(number))
    return tuple(Value(_Slot(number, nth)) for nth in range(size))


def _padded(value: Any) -> Any:
    """Return several values as 1, 2, 4, 8 … of them, the last repeated; a single one as it is."""
    if isinstance(value, str) or not isinstance(value, Collection):
        return value
    several = tuple(value)
    wanted = 1 << (len(several) - 1).bit_length() if several else 0
    return several + several[-1:] * (wanted - len(several))

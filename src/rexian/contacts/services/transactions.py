"""One service, one transaction; one that the database gave up for another's sake is done again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

_TRIES = 4
_GIVEN_UP = frozenset({"40P01", "40001"})
"""What PostgreSQL calls a deadlock, and a transaction that cannot be put in order."""

P = ParamSpec("P")
R = TypeVar("R")


def in_one_transaction(service: Callable[P, R]) -> Callable[P, R]:
    """Carry a service out whole or not at all.

    Rows are taken in one order (``holding_rows``), so that nobody waits in a circle; but a worker
    fires several deadlines in one transaction and can meet somebody who comes the other way. The
    database then gives one of the two up, and that one begins anew instead of telling a person.
    Within a transaction that is the caller's to repeat.
    """

    @wraps(service)
    def carried_out(*args: P.args, **values: P.kwargs) -> R:
        for _ in range(1 if transaction.get_connection().in_atomic_block else _TRIES - 1):
            try:
                with transaction.atomic():
                    return service(*args, **values)
            except OperationalError as error:
                if not _was_given_up(error) or transaction.get_connection().in_atomic_block:
                    raise
        with transaction.atomic():
            return service(*args, **values)

    return carried_out


def _was_given_up(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") in _GIVEN_UP

"""Django's backend for SQLite, in which the threads of a process write one after the other.

SQLite lets those who want to write look again and again whether they may, with pauses of up to a
tenth of a second, and whoever has looked just then comes first. Threads of one process can wait for
each other instead: the next one begins at once.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3 import base

_turn = threading.Lock()

PATIENCE = 10.0
"""Seconds after which somebody looks for themselves whether they may write."""


_Django: Any = base.DatabaseWrapper


class DatabaseWrapper(_Django):  # type: ignore[misc] # its stubs leave out what is overridden here
    """A connection that has the turn from the beginning of a transaction to its end."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._has_turn = self._has_turn or _turn.acquire(timeout=PATIENCE)
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_up_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._give_up_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_up_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._give_up_turn()

    def _give_up_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()

"""A service that the database gave up for another is done again; what else fails is not."""

from __future__ import annotations

import pytest
from django.db import OperationalError, transaction

from rexian.contacts.services.transactions import in_one_transaction


class _Given(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def failing(sqlstate: str, times: int) -> tuple[list[str], OperationalError]:
    error = OperationalError("given up")
    error.__cause__ = _Given(sqlstate)
    return ["fails"] * times, error


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sqlstate", "times", "done"), [("40P01", 3, True), ("40P01", 4, False), ("57014", 1, False)]
)
def test_what_was_given_up_is_done_again(sqlstate: str, times: int, done: bool) -> None:
    left, error = failing(sqlstate, times)

    @in_one_transaction
    def serve() -> str:
        if left:
            left.pop()
            raise error
        return "done"

    if done:
        assert serve() == "done"
    else:
        with pytest.raises(OperationalError):
            serve()


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_it_is_the_callers_to_repeat() -> None:
    left, error = failing("40P01", 1)

    @in_one_transaction
    def serve() -> str:
        if left:
            left.pop()
            raise error
        return "done"

    with pytest.raises(OperationalError), transaction.atomic():
        serve()

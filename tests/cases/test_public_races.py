"""What becomes of a form that is sent twice at the same moment, on a database that lets it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from rexian.cases import models
from rexian.cases.services.customers import submit_case
from tests.cases.conftest import NOON, Desk, later
from tests.cases.test_public import WANTED
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_words_sent_at_the_same_moment_are_one_case(desk: Desk) -> None:
    deeds = [
        partial(
            submit_case,
            desk.house.code,
            submission=replace(WANTED, sent_as=f"form-of-a-browser-{n}"),
            at=later(n / 10),
        )
        for n in range(4)
    ]
    assert together(*deeds) == [None] * 4
    assert models.Case.objects.filter(taken_at__gte=NOON).count() == 1

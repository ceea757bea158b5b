"""What two do at one moment, on a database that lets them."""

from __future__ import annotations

from functools import partial

import pytest

from rexian.cases import models
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.services import take_case
from tests.cases.conftest import NOON, Desk
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "same", [{"sent_as": "click"}, {"outside_number": "Z-1", "outside_body": "12345"}]
)
def test_a_second_click_at_the_same_moment_is_the_same_case(
    desk: Desk, same: dict[str, str]
) -> None:
    source = Source.OUTSIDE if "outside_number" in same else Source.PERSON
    details = CaseDetails(source=source, category="complaint-attitude", matter="骂人", **same)
    actor = desk.actor()
    deed = partial(take_case, desk.house.code, details=details, actor=actor, at=NOON)
    assert together(*[deed] * 4) == [None] * 4
    assert models.Case.objects.count() == 1

"""A link that is too old, and what a telephone sends that no page has."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rexian.cases.queries.notifications import notification_of_key
from rexian.org.domain.roles import Role
from tests.field.conftest import Desk, Telephone, breakdown, called

pytestmark = pytest.mark.django_db
ODD = ["\u202e人行", "🚒" * 60, "１２", "x" * 20_000, "-1", "9" * 400, "²", "%00"]


def test_who_refused_an_order_is_not_told_of_its_customer_any_more(
    desk: Desk, telephone: Telephone
) -> None:
    key = called(desk, breakdown(desk))
    assert "138 0013 8000" in telephone.look(key)
    telephone.press(key, "refused", reason="车辆在修")
    assert "138 0013 8000" not in telephone.look(key)


def test_who_was_called_in_for_the_first_round_begins_nothing_in_the_second(
    desk: Desk, telephone: Telephone
) -> None:
    made, at = breakdown(desk), timezone.now()
    first = called(desk, made)
    telephone.press(first, "taken")
    desk.move(made, "finish", Role.DISPATCHER, text="已拖走", at=at)
    desk.move(made, "reopen", Role.MANAGER, reason="又坏了", at=at)
    desk.move(made, "dispatch", Role.DISPATCHER, at=at)
    telephone.press(first, "arrived")
    assert notification_of_key(first).state == "arrived"
    assert desk.shown(made).state == "dispatched"


@pytest.mark.parametrize("value", ODD)
def test_nonsense_is_taken_as_words_or_refused(
    desk: Desk, telephone: Telephone, value: str
) -> None:
    key = called(desk, breakdown(desk))
    fields = {"press": "taken", "who": "张师傅", "reason": "", "ago": "0", "sent_as": "x" * 20}
    for name in fields:
        answer = telephone.send(key, "press", {**fields, name: value})
        assert answer.status_code in {200, 422}, (name, answer.content)
    for name in ("text", "signer", "drawing", "ago", "value.arrived_at"):
        answer = telephone.send(key, "done", {"text": "", name: value})
        assert answer.status_code in {200, 422}, (name, answer.content)

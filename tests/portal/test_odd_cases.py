"""A customer in a hurry, and one who is curious: nothing typed is lost, nothing else is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from rexian.cases import models
from rexian.cases.domain.customers import MOST_STEPS
from rexian.cases.queries import case
from rexian.cases.queries.keys import case_key, case_of_key
from rexian.cases.queries.public import public_file
from rexian.cases.services.customers import add_to_case
from rexian.cases.services.files import attach_file
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cast import Cast
from tests.portal.conftest import Customer
from tests.portal.test_cases import MACHINE, home, key_of, submit
from tests.portal.test_files import png

__all__ = ["home", "submit"]

pytestmark = pytest.mark.django_db
ODD = ["\0", "\u202e人行", "🚒" * 60, "１２", "-1", "9" * 400, "²", "%00", "x" * 20_000]
FIELDS = (
    ("add", "add-text"),
    ("withdraw", "withdraw-reason"),
    ("rating", "rating-why"),
    ("rating", "rating-satisfied"),
    ("resume", "sent_as"),
)


def test_what_was_written_stays_where_there_was_too_much_of_it(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit())
    for number in range(MOST_STEPS):
        add_to_case(
            case_of_key(key), text=f"第{number}次", sent_as=f"s-{number}", at=timezone.now()
        )
    answer = customer.browser.post(f"/service/c/{key}/add", {"add-text": "想起了车牌云A12345"})
    assert answer.status_code == 429
    assert "想起了车牌云A12345" in answer.content.decode()


def test_what_was_done_on_one_page_under_one_name_is_all_done(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit())
    address, name = f"/service/c/{key}/", "a" * 20
    customer.browser.post(f"{address}add", {"add-text": "车牌云A12345", "sent_as": name})
    customer.send(f"{address}withdraw", {"withdraw-reason": "已解决", "sent_as": name})
    assert case(case_of_key(key), actor=MACHINE).state == "withdrawn"


def test_a_paper_of_a_step_that_the_public_is_not_told_of_is_not_theirs(
    submit: Callable[..., Any], cast: Cast
) -> None:
    made, agent = case_of_key(key_of(submit())), cast.actor(Role.AGENT)
    paper = attach_file(made, name="a.png", content=png(), actor=agent, at=timezone.now())
    step = models.Step.objects.filter(case=made).earliest("seq")
    told = models.Step.objects.create(
        case_id=made, seq=99, at=step.at, kind="move", state=step.state, round=1, move="interim",
        effect="interim", person=step.person,
    )  # fmt: skip
    models.File.objects.filter(pk=paper).update(step=told)
    assert public_file(made, paper).id == paper
    models.Step.objects.filter(pk=told.pk).update(move="answer-at-once", effect="answer")
    with pytest.raises(NotFound):
        public_file(made, paper)


@pytest.mark.parametrize("value", ODD)
def test_nonsense_in_a_form_is_taken_as_words_or_refused(
    customer: Customer, submit: Callable[..., Any], value: str
) -> None:
    for name in ("category", "matter", "place_text", "number", "name", "sent_as", "wants_answer"):
        answer = submit(**{name: value})
        assert answer.status_code in {302, 400, 422, 429}, (name, answer.content)
    key = key_of(submit())
    for page, name in FIELDS:
        answer = customer.browser.post(f"/service/c/{key}/{page}", {name: value})
        assert answer.status_code in {302, 400, 403, 422}, (page, name, answer.content)
    for wrong in (value, f"{key}{value}", f"{value}-{key}", case_key(10**18)):
        address = f"/service/c/{quote(wrong)}/"
        assert customer.browser.get(address).status_code in {400, 404}
    for name in ("reference", "number"):
        asked = {"reference": "261122-4839-2016", "number": "13800138000", name: value}
        answer = customer.send("/service/huatong/follow", asked)
        assert answer.status_code in {400, 403, 413, 422}

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from rexian.org.domain.roles import Role
from rexian.org.services.tokens import revoke_token
from tests.cast import OUTSIDER, Cast
from tests.rest.conftest import Machine

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_answered() -> None:
    answer = Client().get("/api/v1/standards")
    assert (answer.status_code, answer["Content-Type"]) == (
        401,
        "application/problem+json; charset=utf-8",
    )
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not-signed-in"


def test_a_session_of_a_browser_opens_no_door_here(cast: Cast) -> None:
    assert cast.client(Role.MANAGER).get("/api/v1/standards").status_code == 401


def test_a_revoked_token_is_worth_nothing(cast: Cast, machine: Callable[..., Machine]) -> None:
    asking = machine()
    assert asking.get("/standards").status_code == 200
    revoke_token(asking.token_id, actor=cast.actor(Role.INSPECTOR), at=timezone.now())
    assert asking.get("/standards").status_code == 401


def test_a_token_gives_no_more_than_its_scopes(machine: Callable[..., Machine]) -> None:
    answer = machine(scopes=("standard.read",)).get("/inspections")
    assert answer.status_code == 403
    assert answer.json()["code"] == "right-missing"
    assert "right" in answer.json()["detail"]


def test_a_problem_is_told_in_the_language_that_is_asked_for(cast: Cast) -> None:  # noqa: ARG001
    answer = Client().get("/api/v1/standards", headers={"Accept-Language": "zh-TW"})
    assert answer["Content-Language"] == "zh-Hant"
    assert "Bearer" in answer.json()["detail"]


def test_an_address_that_leads_nowhere_is_a_problem_too(machine: Callable[..., Machine]) -> None:
    answer = machine().get("/standards/999999")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_what_is_another_organisations_is_not_found(
    machine: Callable[..., Machine], standards: tuple[int, ...]
) -> None:
    address = f"/standards/{standards[0]}"
    assert machine().get(address).status_code == 200
    assert machine(OUTSIDER, ("standard.read",)).get(address).status_code == 404

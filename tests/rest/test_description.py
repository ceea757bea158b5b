"""The description of the interface holds, whatever a machine sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests import Request

from rexian.org.domain.roles import Role
from rexian.rest.api import api
from tests.rest.conftest import Machine


def test_the_description_is_served_to_anybody(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Rexian"


def test_every_operation_says_what_it_does_and_how_it_fails() -> None:
    for path in api.get_openapi_schema()["paths"].values():
        for operation in path.values():
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["default"]["content"]


@pytest.mark.django_db
@pytest.mark.usefixtures("standards")
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.TEAM_LEADER])
def test_nothing_that_is_sent_breaks_it(machine: Callable[..., Machine], role: Role) -> None:
    token = machine(role).token
    browser = Client(raise_request_exception=False)
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    described: Any = schema.get_all_operations()
    operations = st.one_of([one.ok().as_strategy() for one in described])

    @given(case=operations)
    @settings(
        max_examples=150,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def answered(case: Any) -> None:
        asked = Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare()
        answer = browser.generic(
            str(asked.method),
            asked.path_url,
            _bytes(asked.body),
            content_type=str(asked.headers.get("Content-Type", "")),
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code < 500, (case, answer.content)

    answered()


def _bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else str(body or "").encode("utf-8", "replace")

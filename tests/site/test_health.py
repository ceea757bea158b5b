"""Health for whoever balances, figures for whoever watches; nothing for anybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from rexian.site import health


def test_a_process_lives_without_asking_anything(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.django_db
def test_it_is_ready_where_the_database_is_as_it_needs_it(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": settings.VERSION,
        "checks": {"database": True, "schema": True, "worker": True, "journal": True},
    }


@pytest.mark.django_db
def test_it_is_not_ready_before_the_database_is_brought_up_to_date(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("org", "0001_initial")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": True,
        "schema": False,
        "worker": False,
        "journal": False,
    }


def test_it_is_not_ready_without_a_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", gone)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


def test_a_worker_that_is_gone_does_not_close_the_pages() -> None:
    found = health.Condition(database=True, schema=True, worker=False, journal=True)
    assert (found.is_ready, found.status) == (True, "degraded")


@pytest.mark.django_db
def test_figures_name_views_and_never_addresses(client: Client) -> None:
    client.get("/health/live")
    client.get("/no/such/place/13800138000")
    text = client.get("/metrics").content.decode()
    families = {one.name: one for one in text_string_to_metric_families(text)}
    views = {sample.labels.get("view") for sample in families["rexian_requests"].samples}
    assert {"health:live", "unknown"} <= views
    assert "13800138000" not in text
    assert {"rexian_clockwork_lag_seconds", "rexian_open_streams", "rexian_ready"} <= set(families)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({}, "", 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, "", 404),
        ({"HTTP_X_FORWARDED_FOR": "10.1.2.3"}, "", 404),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer "}, "", 404),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer right"}, "right", 200),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer wrong"}, "right", 404),
    ],
    ids=["here", "elsewhere", "through a proxy", "an empty token", "the token", "another token"],
)
def test_figures_are_for_this_machine_or_for_the_token(
    client: Client, settings: Any, headers: dict[str, str], token: str, status: int
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, metrics_token=token)
    assert client.get("/metrics", **headers).status_code == status  # type: ignore[arg-type]

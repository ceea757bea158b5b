"""What an operator asks of an installation that is not serving."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from rexian.org.queries import installation
from rexian.site import checking
from rexian.site.checking import State
from rexian.site.configuration import WrongSetting, read_configuration
from rexian.site.founding import DemonstrationThere, found
from tests.cast import Cast
from tests.site.conftest import Run

WANTED: dict[str, Any] = {
    "organisation": "江城燃气",
    "code": "jiangcheng",
    "tier": "公司",
    "administrator": "林慧",
    "sign_in": "linhui",
    "language": "zh-Hans",
}


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("REXIAN_HOME", str(home))


def states(points: Any = None) -> dict[str, State]:
    """Return how each point stands."""
    return {one.name: one.state for one in points or checking.check()}


@pytest.mark.django_db
def test_an_organisation_is_founded_with_somebody_who_signs_in() -> None:
    assert found(**WANTED, password=lambda: "出门以前先看七天天气") == "http://localhost:8000"
    assert installation.has_organisation()
    assert states()["Organisation"] is State.GOOD


@pytest.mark.django_db
def test_nothing_is_founded_where_the_password_is_refused() -> None:
    with pytest.raises(Exception, match="too short"):
        found(**WANTED, password=lambda: "short")
    assert not installation.has_organisation()


@pytest.mark.django_db
def test_a_real_organisation_does_not_move_in_with_the_demonstration(
    cast: Cast,  # noqa: ARG001 - its passwords are known
) -> None:
    with pytest.raises(DemonstrationThere):
        found(**WANTED, password=lambda: "出门以前先看七天天气")


@pytest.mark.django_db
def test_an_installation_is_looked_over(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("REXIAN_MAIL", "smtp://127.0.0.1:9")
    home.mkdir(mode=0o700)
    stood = states()
    assert stood["Database"] is State.GOOD
    assert stood["Journal"] is State.GOOD
    assert stood["Organisation"] is State.NOTED
    assert stood["Mail"] is State.BAD
    assert not list(home.iterdir())


@pytest.mark.django_db
def test_a_secret_that_others_can_read_is_found(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.delenv("REXIAN_SECRET")
    home.mkdir()
    (home / "secret").write_text("x" * 80, "ascii")
    (home / "secret").chmod(0o644)
    assert states()["Secret"] is State.BAD


def test_the_table_ends_with_1_where_something_is_in_the_way(rexian: Run) -> None:
    done = rexian("check", REXIAN_PUBLIC_URL="https://hotline.example.org")
    assert done.returncode == 1
    assert "✗  Secret" in done.stdout


def test_a_refused_setting_does_not_give_its_password_away() -> None:
    given = {"REXIAN_MAIL": "smtq://hotline:hidden@mail.example.org"}
    with pytest.raises(WrongSetting) as refused:
        read_configuration(given)
    assert "hidden" not in refused.value.sentence("en")
    assert "邮件" in refused.value.sentence("zh-Hans") or "mail" in refused.value.sentence("en")


def test_what_follows_the_address_of_postgresql_is_handed_on() -> None:
    where = "postgresql://a:b%40c@/rexian?host=/run/postgresql&sslmode=require"
    found = read_configuration({"REXIAN_DATABASE": where}).database
    assert (found["HOST"], found["PASSWORD"]) == ("/run/postgresql", "b@c")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_connections_last_under_wsgi_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = connections.settings["default"]
    assert before["CONN_MAX_AGE"] == 0
    monkeypatch.setitem(connections.settings, "default", dict(before))
    from rexian.site import wsgi  # noqa: PLC0415 - importing it changes how connections are kept

    assert callable(wsgi.application)
    assert connections.settings["default"]["CONN_MAX_AGE"] == 600


def test_the_home_is_the_operators(home: Path) -> None:
    found = read_configuration({"REXIAN_HOME": str(home)})
    assert found.files == home / "files"
    assert replace(found, home=Path("/x")).secret_file == Path("/x/secret")

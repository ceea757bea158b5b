"""The directory of helpers at the console."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from rexian.cases.domain.helping import Kind
from rexian.cases.queries.directory import helper, helpers
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, nothing_changes

pytestmark = pytest.mark.django_db
GIVEN = {"name": "通达清障", "code": "qz-1", "kind": "towing", "telephone": "0871 6530 7711"}


@pytest.fixture
def manager(cast: Cast) -> Client:
    """Return the browser of who keeps the directory."""
    return cast.client(Role.MANAGER)


@pytest.fixture
def number(cast: Cast) -> int:
    """Return a helper."""
    details = HelperDetails(code="110", name="公安报警", kind=Kind.POLICE, telephone="110")
    actor = cast.actor(Role.MANAGER)
    return add_helper(cast.organisation, details=details, actor=actor, at=timezone.now())


def test_dispatchers_look_numbers_up(cast: Cast, number: int) -> None:
    text = cast.client(Role.DISPATCHER).get("/cases/directory/").content.decode()
    assert "公安报警" in text
    assert 'href="tel:110"' in text
    assert f"/cases/directory/{number}/change" not in text


@pytest.mark.usefixtures("number")
def test_what_is_sought_is_found(manager: Client) -> None:
    assert "公安报警" in manager.get("/cases/directory/?q=110").content.decode()
    assert "公安报警" not in manager.get("/cases/directory/?kind=towing").content.decode()
    assert manager.get("/cases/directory/?kind=nonsense").status_code == 200


def test_a_helper_is_added_changed_and_taken_out(cast: Cast, manager: Client) -> None:
    actor = cast.actor(Role.MANAGER)
    assert manager.post("/cases/directory/new", GIVEN).status_code == 302
    (shown,) = helpers(actor)
    address = f"/cases/directory/{shown.id}/change"
    given = {**GIVEN, "hours": "08:00–22:00", "unit": cast.units["east"], "version": shown.version}
    assert manager.post(address, given).status_code == 302
    assert helper(shown.id, actor=actor).unit_name == "东线分公司"
    assert manager.post(address, given).status_code == 422  # somebody was faster
    assert manager.get(f"/cases/directory/{shown.id}/retire").status_code == 200
    assert manager.post(f"/cases/directory/{shown.id}/retire").status_code == 302
    assert helpers(actor) == ()


@pytest.mark.usefixtures("number")
def test_what_is_wrong_is_said_beside_its_field(manager: Client) -> None:
    with nothing_changes():
        answer = manager.post("/cases/directory/new", {**GIVEN, "code": "110"})
    assert answer.status_code == 422
    assert "通达清障" in answer.content.decode()
    with nothing_changes():
        assert manager.post("/cases/directory/new", {**GIVEN, "kind": "x"}).status_code == 422


@pytest.mark.parametrize("page", ["new", "{number}/change", "{number}/retire"])
def test_only_supervisors_keep_it(cast: Cast, number: int, page: str) -> None:
    address = f"/cases/directory/{page.format(number=number)}"
    dispatcher, agent = cast.client(Role.DISPATCHER), cast.client(Role.AGENT)
    with nothing_changes():
        assert dispatcher.post(address, GIVEN).status_code == 403
        assert agent.get("/cases/directory/").status_code == 403
    assert cast.client(OUTSIDER).get(address).status_code == 403

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast
from tests.rest.conftest import Machine

pytestmark = pytest.mark.django_db


def test_the_organisation_is_that_of_the_tokens_owner(
    cast: Cast, machine: Callable[..., Machine]
) -> None:
    found = machine().get("/organisation").json()
    assert (found["id"], found["name"]) == (cast.organisation, cast.ours.name)


def test_units_stand_after_the_one_above_them(machine: Callable[..., Machine]) -> None:
    units = machine(Role.MANAGER).get("/organisation/units").json()
    seen: set[int | None] = {None}
    for one in units:
        assert one["parent"] in seen
        seen.add(one["id"])
    assert {"team-1", "liucun"} <= {one["code"] for one in units}


def test_people_are_found_by_role_and_by_unit(cast: Cast, machine: Callable[..., Machine]) -> None:
    asking = machine(Role.MANAGER)
    (agent,) = asking.get("/organisation/people", role="agent").json()["items"]
    assert (agent["id"], agent["agent_number"]) == (cast.id(Role.AGENT), "1001")
    team = asking.get("/organisation/people", unit=cast.units["team-1"]).json()
    assert {one["id"] for one in team["items"]} >= {cast.id(Role.AGENT)}


def test_a_unit_of_another_organisation_is_not_found(
    cast: Cast, machine: Callable[..., Machine]
) -> None:
    asking = machine(OUTSIDER, ("org.see",))
    answer = asking.get("/organisation/people", unit=cast.units["team-1"])
    assert answer.status_code == 404


def test_a_standard_can_be_read_with_its_clauses(
    machine: Callable[..., Machine], standards: tuple[int, ...]
) -> None:
    asking = machine()
    listed = asking.get("/standards").json()
    assert {one["id"] for one in listed} == set(standards)
    assert {one["standing"] for one in listed} == {"in_force"}
    highway = asking.get(f"/standards/{standards[1]}").json()
    (clause,) = [one for one in highway["clauses"] if one["id"] == "HW-3.12"]
    assert "machine" in clause["means"]
    assert clause["text"]["zh-Hans"]

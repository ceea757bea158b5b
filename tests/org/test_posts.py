from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org import models
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.refusals import (
    Changed,
    LastAdministrator,
    StillHolding,
    Taken,
    WrongField,
)
from rexian.org.domain.roles import Role
from rexian.org.ports import Held
from rexian.org.queries import Wanted, actor_of_token, people, person, signed_in
from rexian.org.queries import holdings as registry
from rexian.org.services import (
    appoint_person,
    change_person,
    join_person,
    let_person_leave,
    move_person,
    relieve_person,
)
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db
NEW = PersonDetails(sign_in="qianqi", name="钱琪", agent_number="1010")


class Notes:
    """Something that people hold open, kept in memory."""

    kind = "tests.note"
    title = "Open notes"

    def __init__(self) -> None:
        self.held: dict[int, list[str]] = {}

    def held_by(self, person_id: int) -> list[Held]:
        return [Held(f"note:{one}", one) for one in self.held.get(person_id, [])]

    def hand_over(
        self,
        person_id: int,
        *,
        successor_id: int,
        actor: Actor,  # noqa: ARG002 - of the port
        at: datetime,  # noqa: ARG002 - of the port
    ) -> int:
        given = self.held.pop(person_id, [])
        self.held.setdefault(successor_id, []).extend(given)
        return len(given)


@pytest.fixture
def notes() -> Iterator[Notes]:
    made = Notes()
    registry.add_holding(made)
    yield made
    registry._holdings.pop(made.kind)


def test_somebody_joins_a_unit_with_roles(cast: Cast) -> None:
    admin = cast.actor("administrator")
    roles = (Role.AGENT, Role.CALLBACK_AGENT)
    joined = join_person(cast.units["team-1"], details=NEW, roles=roles, actor=admin, at=NOW)
    shown = person(joined, actor=admin)
    assert (shown.person.name, shown.person.unit_name) == ("钱琪", "话务一组")
    assert {one.role for one in shown.person.posts} == set(roles)
    assert not shown.has_password
    names = [one.name for one in recorded()]
    assert names == ["org.person_joined", "org.person_appointed", "org.person_appointed"]
    assert "钱琪" not in str([one.data for one in recorded()])


@pytest.mark.parametrize(
    ("sign_in", "number", "field"),
    [("WangFang", "", "sign_in"), ("linhui", "", "sign_in"), ("new", "1001", "agent_number")],
    ids=["a colleague's", "another organisation's", "a colleague's number"],
)
def test_names_and_numbers_are_one_persons(
    cast: Cast, sign_in: str, number: str, field: str
) -> None:
    details = PersonDetails(sign_in=sign_in, name="新", agent_number=number)
    admin = cast.actor("administrator")
    with nothing_changes(), pytest.raises(Taken) as refusal:
        join_person(cast.units["team-1"], details=details, roles=(), actor=admin, at=NOW)
    assert refusal.value.details["field"] == field


def test_another_organisation_may_use_the_same_agent_number(cast: Cast) -> None:
    details = PersonDetails(sign_in="other", name="某人", agent_number="1001")
    assert join_person(
        cast.theirs.top, details=details, roles=(), actor=cast.actor(OUTSIDER), at=NOW
    )


def test_another_organisations_people_are_not_there(cast: Cast) -> None:
    outsider, agent = cast.actor(OUTSIDER), cast.id("agent")
    theirs = cast.theirs.top
    with nothing_changes():
        with pytest.raises(NotFound):
            person(agent, actor=outsider)
        with pytest.raises(NotFound):
            appoint_person(agent, role=Role.AGENT, unit_id=theirs, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            relieve_person(
                agent, role=Role.AGENT, unit_id=cast.units["team-1"], actor=outsider, at=NOW
            )
        with pytest.raises(NotFound):
            move_person(agent, unit_id=theirs, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            let_person_leave(agent, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            change_person(agent, details=NEW, version=1, actor=outsider, at=NOW)
    assert [one.name for one in people(outsider, Wanted(), offset=0, limit=9)] == ["林慧"]


def test_a_manager_sees_people_and_changes_none(cast: Cast) -> None:
    manager, agent = cast.actor("manager"), cast.id("agent")
    assert not person(agent, actor=manager).manageable
    with nothing_changes(), pytest.raises(RightMissing):
        change_person(agent, details=NEW, version=1, actor=manager, at=NOW)


def test_who_manages_a_unit_does_not_manage_somebody_with_a_post_above_it(cast: Cast) -> None:
    admin, handler = cast.actor("administrator"), cast.id("handler")
    station, top = cast.units["liucun"], cast.ours.top
    chief = join_person(station, details=NEW, roles=(Role.ADMINISTRATOR,), actor=admin, at=NOW)
    appoint_person(handler, role=Role.MANAGER, unit_id=top, actor=admin, at=NOW)
    found = signed_in(chief)
    assert found is not None
    assert not person(handler, actor=found.actor).manageable
    with nothing_changes(), pytest.raises(RightMissing):
        let_person_leave(handler, actor=found.actor, at=NOW)


def test_a_role_in_a_unit_is_held_once(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(Taken):
        appoint_person(
            cast.id("agent"),
            role=Role.AGENT,
            unit_id=cast.units["team-1"],
            actor=cast.actor("administrator"),
            at=NOW,
        )


def test_a_role_that_ended_stays_in_the_history_and_can_be_taken_again(cast: Cast) -> None:
    admin, agent, team = cast.actor("administrator"), cast.id("agent"), cast.units["team-1"]
    relieve_person(agent, role=Role.AGENT, unit_id=team, actor=admin, at=NOW)
    shown = person(agent, actor=admin)
    assert shown.person.posts == ()
    assert [(one.role, one.until_at) for one in shown.earlier] == [(Role.AGENT, NOW)]
    appoint_person(agent, role=Role.AGENT, unit_id=team, actor=admin, at=NOW)
    assert [one.name for one in recorded()] == ["org.person_relieved", "org.person_appointed"]


def test_the_last_administrator_stays(cast: Cast) -> None:
    admin, top = cast.actor("administrator"), cast.ours.top
    own = cast.id("administrator")
    with nothing_changes():
        with pytest.raises(LastAdministrator):
            relieve_person(own, role=Role.ADMINISTRATOR, unit_id=top, actor=admin, at=NOW)
        with pytest.raises(LastAdministrator):
            let_person_leave(own, actor=admin, at=NOW)
        with pytest.raises(LastAdministrator):
            move_person(own, unit_id=cast.units["east"], actor=admin, at=NOW)
    appoint_person(cast.id("manager"), role=Role.ADMINISTRATOR, unit_id=top, actor=admin, at=NOW)
    let_person_leave(own, actor=admin, at=NOW)


def test_an_administrator_of_a_part_is_no_last_administrator(cast: Cast) -> None:
    admin, east = cast.actor("administrator"), cast.units["east"]
    manager = cast.id("manager")
    appoint_person(manager, role=Role.ADMINISTRATOR, unit_id=east, actor=admin, at=NOW)
    with nothing_changes(), pytest.raises(LastAdministrator):
        let_person_leave(cast.id("administrator"), actor=admin, at=NOW)


def test_whoever_leaves_is_gone_everywhere_and_stays_on_record(cast: Cast) -> None:
    admin, agent = cast.actor("administrator"), cast.id("agent")
    client = cast.client("agent")
    let_person_leave(agent, actor=admin, at=NOW)
    assert signed_in(agent) is None
    assert client.get("/account/profile/").status_code == 302
    shown = person(agent, actor=admin)
    assert (shown.person.left_at, shown.person.posts) == (NOW, ())
    assert [one.name for one in recorded()][-2:] == ["org.person_relieved", "org.person_left"]
    assert actor_of_token("anything", NOW) is None
    with nothing_changes(), pytest.raises(NotFound):
        let_person_leave(agent, actor=admin, at=NOW)


def test_an_agent_number_is_free_again_when_its_owner_has_left(cast: Cast) -> None:
    admin = cast.actor("administrator")
    let_person_leave(cast.id("agent"), actor=admin, at=NOW)
    details = PersonDetails(sign_in="new", name="新人", agent_number="1001")
    assert join_person(cast.units["team-1"], details=details, roles=(), actor=admin, at=NOW)


def test_what_is_open_must_be_handed_over(cast: Cast, notes: Notes) -> None:
    admin, agent = cast.actor("administrator"), cast.id("agent")
    notes.held[agent] = ["甲", "乙"]
    with nothing_changes(), pytest.raises(StillHolding) as refusal:
        let_person_leave(agent, actor=admin, at=NOW)
    (held,) = refusal.value.details["held"]
    assert [one.title for one in held.things] == ["甲", "乙"]
    successor = cast.id("team_leader")
    let_person_leave(agent, successor_id=successor, actor=admin, at=NOW)
    assert notes.held == {successor: ["甲", "乙"]}
    (entry,) = recorded("org.holdings_handed_over")
    assert entry.data == {"successor": successor, "kind": "tests.note", "count": 2}


@pytest.mark.parametrize("successor", ["agent", OUTSIDER])
def test_nobody_hands_over_to_themselves_or_abroad(
    cast: Cast, notes: Notes, successor: str
) -> None:
    agent = cast.id("agent")
    notes.held[agent] = ["甲"]
    with nothing_changes(), pytest.raises(WrongField):
        let_person_leave(
            agent, successor_id=cast.id(successor), actor=cast.actor("administrator"), at=NOW
        )


def test_whoever_moves_takes_their_roles_along(cast: Cast, notes: Notes) -> None:
    admin, agent, there = cast.actor("administrator"), cast.id("agent"), cast.units["team-2"]
    notes.held[agent] = ["甲"]
    with nothing_changes(), pytest.raises(StillHolding):
        move_person(agent, unit_id=there, actor=admin, at=NOW)
    move_person(agent, unit_id=there, successor_id=cast.id("team_leader"), actor=admin, at=NOW)
    shown = person(agent, actor=admin)
    assert shown.person.unit == there
    assert [(one.role, one.unit) for one in shown.person.posts] == [(Role.AGENT, there)]
    assert [one.unit for one in shown.earlier] == [cast.units["team-1"]]


def test_nobody_moves_to_where_they_are(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(WrongField):
        move_person(
            cast.id("agent"),
            unit_id=cast.units["team-1"],
            actor=cast.actor("administrator"),
            at=NOW,
        )


def test_two_who_change_one_person_do_not_overwrite_each_other(cast: Cast) -> None:
    admin, agent = cast.actor("administrator"), cast.id("agent")
    version = person(agent, actor=admin).version
    change_person(agent, details=NEW, version=version, actor=admin, at=NOW)
    assert set(recorded()[0].data["changed"]) == {"agent_number", "extension", "name", "sign_in"}
    other = PersonDetails(sign_in="other", name="别人")
    with nothing_changes(), pytest.raises(Changed):
        change_person(agent, details=other, version=version, actor=admin, at=NOW)
    assert models.Person.objects.get(pk=agent).initials == "qq"

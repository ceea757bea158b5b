"""The list as services keep it: who changes it, what is recorded, and that others see nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.refusals import Changed, WrongField
from rexian.org.domain.roles import Role
from rexian.places import queries, services
from rexian.places.domain.lists import Deed
from rexian.places.domain.refusals import Listed, PointsOutside
from rexian.places.domain.roads import Point, PointKind, Road
from rexian.places.domain.stakes import Stake
from rexian.places.queries import Wanted
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded
from tests.places.roads import G56, point

pytestmark = pytest.mark.django_db

NEW = replace(G56, code="S77", name="山海高速", aliases=("山海",), points=())
STATION = point("toll-station", "海口收费站", "K70+500")


@pytest.fixture
def manager(cast: Cast) -> Actor:
    return cast.actor(Role.MANAGER)


@pytest.fixture
def road(cast: Cast, manager: Actor) -> int:
    """Return the id of a road that the manager has added, with one point."""
    added = services.add_road(cast.organisation, details=NEW, actor=manager, at=NOW)
    services.add_point(added, details=STATION, actor=manager, at=NOW)
    return added


def change(road: int, actor: Actor, version: int = 1, **changes: object) -> None:
    details: Road = replace(NEW, **changes)  # type: ignore[arg-type]  # by name
    services.change_road(road, details=details, version=version, actor=actor, at=NOW)


def test_a_road_is_there_with_its_points_for_everybody_at_work(cast: Cast, road: int) -> None:
    for role in Role:
        shown = queries.road(road, actor=cast.actor(role))
        assert (shown.road.code, [one.name for one in shown.road.points]) == (
            "S77",
            ["海口收费站"],
        )
    with pytest.raises(NotFound):
        queries.road(road, actor=cast.actor(OUTSIDER))


def test_the_journal_keeps_codes_and_stakes(cast: Cast, road: int) -> None:
    (of_road,) = recorded("places.road_added")
    (of_point,) = recorded("places.point_added")
    assert (of_road.subject, of_road.data) == (f"road:{road}", {"code": "S77"})
    assert of_point.data == {"code": "S77", "kind": "toll-station", "stake": "K70+500"}
    assert of_road.actor == f"person:{cast.id(Role.MANAGER)}"


@pytest.mark.parametrize("role", [Role.AGENT, Role.DISPATCHER, Role.INSPECTOR])
def test_whoever_only_looks_changes_nothing(cast: Cast, road: int, role: Role) -> None:
    actor = cast.actor(role)
    with nothing_changes():
        for refused in (
            lambda: services.add_road(cast.organisation, details=NEW, actor=actor, at=NOW),
            lambda: services.add_point(road, details=STATION, actor=actor, at=NOW),
            lambda: change(road, actor, name="另一"),
            lambda: services.retire_road(road, version=1, actor=actor, at=NOW),
            lambda: services.draft_list(b"", file_name="x", actor=actor, at=NOW),
            lambda: services.carry_out_list(digest="", actor=actor, at=NOW),
        ):
            with pytest.raises(RightMissing):
                refused()


def test_another_organisations_roads_are_not_found(cast: Cast, road: int) -> None:
    outsider = cast.actor(OUTSIDER)
    (on_it,) = queries.road(road, actor=cast.actor(Role.AGENT)).point_ids
    with nothing_changes():
        for missing in (
            lambda: services.add_road(cast.organisation, details=NEW, actor=outsider, at=NOW),
            lambda: services.add_point(road, details=STATION, actor=outsider, at=NOW),
            lambda: change(road, outsider, name="另一"),
            lambda: services.retire_road(road, version=1, actor=outsider, at=NOW),
            lambda: services.retire_point(on_it, version=1, actor=outsider, at=NOW),
            lambda: queries.point(on_it, actor=outsider),
        ):
            with pytest.raises(NotFound):
                missing()
    assert queries.roads(outsider, Wanted(), offset=0, limit=9) == ()
    assert queries.suggestions(outsider, "海口", limit=9) == ()
    assert queries.read(outsider, "山海高速").place.road == "山海高速"


def test_a_change_is_recorded_by_the_names_of_what_changed(road: int, manager: Actor) -> None:
    change(road, manager, name="山海高速公路", aliases=())
    (entry,) = recorded("places.road_changed")
    assert entry.data == {"code": "S77", "changed": ["aliases", "name"]}
    shown = queries.road(road, actor=manager)
    assert (shown.version, shown.road.name) == (2, "山海高速公路")


def test_what_stays_as_it_was_is_no_change(road: int, manager: Actor) -> None:
    (on_it,) = queries.road(road, actor=manager).point_ids
    with nothing_changes():
        change(road, manager)
        services.change_point(on_it, details=STATION, version=1, actor=manager, at=NOW)


def test_whoever_comes_second_is_told_so(road: int, manager: Actor) -> None:
    change(road, manager, name="先来")
    (on_it,) = queries.road(road, actor=manager).point_ids
    moved = replace(STATION, stake=Stake(71_000))
    services.change_point(on_it, details=moved, version=1, actor=manager, at=NOW)
    with nothing_changes():
        with pytest.raises(Changed):
            change(road, manager, name="后到")
        with pytest.raises(Changed):
            services.retire_road(road, version=1, actor=manager, at=NOW)
        with pytest.raises(Changed):
            services.retire_point(on_it, version=1, actor=manager, at=NOW)
        with pytest.raises(Changed):
            services.change_point(on_it, details=STATION, version=1, actor=manager, at=NOW)


def test_a_code_and_a_name_are_listed_once(cast: Cast, road: int, manager: Actor) -> None:
    other = replace(NEW, code="S78")
    second = services.add_road(cast.organisation, details=other, actor=manager, at=NOW)
    with nothing_changes():
        with pytest.raises(Listed):
            services.add_road(cast.organisation, details=NEW, actor=manager, at=NOW)
        with pytest.raises(Listed):
            change(second, manager)
        with pytest.raises(Listed):
            services.add_point(road, details=STATION, actor=manager, at=NOW)


def test_a_road_is_not_made_shorter_than_to_its_last_point(road: int, manager: Actor) -> None:
    with pytest.raises(PointsOutside) as caught, nothing_changes():
        change(road, manager, end=Stake(65_000))
    assert caught.value.details == {"points": "海口收费站", "field": "end"}


def test_a_point_beyond_its_road_leaves_no_trace(road: int, manager: Actor) -> None:
    beyond = replace(STATION, name="外", stake=Stake(999_000))
    with pytest.raises(WrongField), nothing_changes():
        services.add_point(road, details=beyond, actor=manager, at=NOW)


def test_what_is_retired_is_gone_from_the_list_and_its_name_is_free(
    cast: Cast, road: int, manager: Actor
) -> None:
    (on_it,) = queries.road(road, actor=manager).point_ids
    services.retire_point(on_it, version=1, actor=manager, at=NOW)
    with pytest.raises(NotFound):
        queries.point(on_it, actor=manager)
    services.add_point(road, details=STATION, actor=manager, at=NOW)
    services.retire_road(road, version=1, actor=manager, at=NOW)
    for gone in (
        lambda: queries.road(road, actor=manager),
        lambda: services.add_point(road, details=STATION, actor=manager, at=NOW),
        lambda: services.retire_road(road, version=2, actor=manager, at=NOW),
    ):
        with pytest.raises(NotFound):
            gone()
    assert queries.point_count(manager, Wanted(text="海口")) == 0
    services.add_road(cast.organisation, details=NEW, actor=manager, at=NOW)
    assert [entry.data["code"] for entry in recorded("places.road_retired")] == ["S77"]


def upload(actor: Actor, *roads: Road) -> None:
    from rexian.places.adapters.list_files import write_workbook  # noqa: PLC0415 - as a face would

    content = write_workbook(roads, "zh-Hans")
    services.draft_list(content, file_name="地点.xlsx", actor=actor, at=NOW)


FILE = replace(NEW, code="S79", points=(STATION, replace(STATION, name="山口收费站")))


def test_a_file_is_looked_at_first_and_then_carried_out_whole(manager: Actor) -> None:
    upload(manager, FILE)
    draft = queries.list_draft(manager)
    assert [one.deed for one in draft.plan.changes] == [Deed.ADD_ROAD, *[Deed.ADD_POINT] * 2]
    assert queries.read(manager, "S79").doubts != ()
    services.carry_out_list(digest=draft.plan.digest, actor=manager, at=NOW)
    (entry,) = recorded("places.list_carried_out")
    assert entry.data == {"roads": 1, "points": 2}
    assert queries.read(manager, "S79 山口站").place.point == "山口收费站"
    with pytest.raises(NotFound):
        queries.list_draft(manager)


def test_the_same_file_twice_changes_nothing_the_second_time(manager: Actor) -> None:
    for _ in range(2):
        upload(manager, FILE)
        plan = queries.list_draft(manager).plan
        if plan.can_be_carried_out:
            services.carry_out_list(digest=plan.digest, actor=manager, at=NOW)
    assert (plan.changes, plan.faults) == ((), ())


def test_a_file_changes_what_is_there(road: int, manager: Actor) -> None:
    upload(manager, replace(NEW, name="新名", points=(replace(STATION, stake=Stake(72_000)),)))
    plan = queries.list_draft(manager).plan
    services.carry_out_list(digest=plan.digest, actor=manager, at=NOW)
    shown = queries.road(road, actor=manager)
    assert (shown.road.name, str(shown.road.points[0].stake)) == ("新名", "K72+000")


def test_a_plan_that_has_become_another_one_is_not_carried_out(road: int, manager: Actor) -> None:
    upload(manager, replace(NEW, name="新名"))
    digest = queries.list_draft(manager).plan.digest
    services.retire_road(road, version=1, actor=manager, at=NOW)
    with pytest.raises(Changed), nothing_changes():
        services.carry_out_list(digest=digest, actor=manager, at=NOW)


def test_a_file_with_a_fault_is_not_carried_out_and_can_be_dropped(manager: Actor) -> None:
    upload(manager, replace(FILE, points=(replace(STATION, stake=Stake(1)),)))
    plan = queries.list_draft(manager).plan
    assert len(plan.faults) == 1
    with pytest.raises(Changed), nothing_changes():
        services.carry_out_list(digest=plan.digest, actor=manager, at=NOW)
    services.drop_list(actor=manager)
    with pytest.raises(NotFound):
        services.carry_out_list(digest=plan.digest, actor=manager, at=NOW)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("柳村", ["柳村收费站"]),
        ("bssf", ["白沙收费站"]),
        ("空港", ["机场收费站"]),
        ("K122", ["柳村收费站"]),
        ("S9", ["江城北收费站", "绕城东枢纽", "机场收费站"]),
        ("%", []),
    ],
)
def test_points_are_found_by_name_initials_alias_road_and_stake(
    cast: Cast, text: str, names: list[str]
) -> None:
    found = queries.points(cast.actor(Role.AGENT), Wanted(text=text), offset=0, limit=9)
    assert [one.point.name for one in found] == names


def test_points_are_found_by_kind(cast: Cast) -> None:
    wanted = Wanted(kind=PointKind.TUNNEL)
    agent = cast.actor(Role.AGENT)
    found = queries.points(agent, wanted, offset=0, limit=9)
    assert [one.point.name for one in found] == ["云门山隧道", "鹰嘴岩隧道"]
    assert queries.point_count(agent, wanted) == 2


@pytest.mark.parametrize(("text", "codes"), [("", ["G56", "S21", "S9"]), ("hr", ["G56"])])
def test_roads_are_found_by_name_and_initials(cast: Cast, text: str, codes: list[str]) -> None:
    agent, wanted = cast.actor(Role.AGENT), Wanted(text=text)
    found = queries.roads(agent, wanted, offset=0, limit=9)
    assert [one.road.code for one in found] == codes
    assert queries.road_count(agent, wanted) == len(codes)


def test_the_demonstration_understands_a_caller(cast: Cast) -> None:
    text = "杭瑞往临川方向123公里多一点，刚过柳村站"
    reading = queries.read(cast.actor(Role.AGENT), text)
    place = reading.place
    assert (place.road, place.direction, place.point) == ("G56", "临川方向", "柳村收费站")
    assert reading.missing == ()


def test_customers_pick_from_the_points_without_signing_in(cast: Cast) -> None:
    points = queries.points_for_public(cast.organisation)
    assert len(points) == 20
    by_name = {(one.name, one.stake): one for one in points}
    assert by_name["石塘服务区", "K96+500"].directions == ("临川方向",)
    assert by_name["柳村收费站", "K122+200"].directions == ("临川方向", "江城方向")
    assert queries.read_for_public(cast.organisation, "柳村站").place.road == "G56"
    assert queries.points_for_public(cast.ours.organisation + 999) == ()


def test_the_whole_list_is_read_with_two_questions(
    cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    agent = cast.actor(Role.AGENT)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context manager
        queries.read(agent, "G56")


def test_the_value_that_is_kept_is_the_one_that_was_given(road: int, manager: Actor) -> None:
    shown: Point = queries.road(road, actor=manager).road.points[0]
    assert shown == replace(STATION, initials="hksfz")

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.kernel.language import Language
from rexian.org import models
from rexian.org.adapters.workbooks import MOST_ROWS, NotARoster, read_roster
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.refusals import Changed
from rexian.org.domain.roles import Role
from rexian.org.domain.roster import (
    Kind,
    PersonThere,
    Present,
    Row,
    Sheet,
    Slip,
    UnitThere,
    plan_roster,
)
from rexian.org.queries import (
    Wanted,
    owner_of_link,
    people,
    people_count,
    roster_draft,
    signed_in,
    units_for,
)
from rexian.org.services import (
    appoint_person,
    carry_out_roster,
    change_person,
    draft_roster,
    drop_roster,
    join_person,
    roster_template,
    slips_workbook,
)
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

UNITS = ("编号", "单位名称", "层级", "上级单位编号")
PEOPLE = ("登录名", "姓名", "单位编号", "角色", "工号", "分机", "邮箱")

TOP = UnitDetails(code="top", name="华通", tier="集团")
EAST = UnitDetails(code="east", name="东线", tier="公司")
WANG = PersonDetails(sign_in="wang", name="王芳", agent_number="1001")
PRESENT = Present(
    top="top",
    units={"top": UnitThere(TOP, None), "east": UnitThere(EAST, "top")},
    people={"wang": PersonThere(WANG, "east", frozenset({(Role.AGENT, "east")}))},
    taken=frozenset({"elsewhere"}),
    taken_codes=frozenset({"closed"}),
)


def units(*rows: Sequence[str]) -> list[Row]:
    names = ("code", "name", "tier", "parent")
    return [
        Row(Sheet.UNITS, number, dict(zip(names, row, strict=True)))
        for number, row in enumerate(rows, start=2)
    ]


def persons(*rows: Sequence[str]) -> list[Row]:
    names = ("sign_in", "name", "unit", "roles", "agent_number")
    return [
        Row(Sheet.PEOPLE, number, dict(zip(names, row, strict=True)))
        for number, row in enumerate(rows, start=2)
    ]


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        (units(("east", "东线", "公司", "top")), []),
        (units(("top", "华通", "集团", "")), []),
        (units(("west", "西线", "公司", "")), [(Kind.OPEN_UNIT, "west")]),
        (units(("east", "东部", "公司", "top")), [(Kind.CHANGE_UNIT, "east")]),
        (
            units(("toll", "站", "站", "west"), ("west", "西线", "公司", "top")),
            [(Kind.OPEN_UNIT, "west"), (Kind.OPEN_UNIT, "toll")],
        ),
        (
            units(("west", "西线", "公司", "top"), ("east", "东线", "公司", "west")),
            [(Kind.OPEN_UNIT, "west"), (Kind.MOVE_UNIT, "east")],
        ),
        (persons(("wang", "王芳", "east", "agent", "1001")), []),
        (persons(("Wang", "王芳", "east", "", "1001")), []),
        (persons(("li", "李强", "east", "agent", "")), [(Kind.JOIN, "li")]),
        (persons(("wang", "王方", "east", "", "1001")), [(Kind.CHANGE_PERSON, "wang")]),
        (persons(("wang", "王芳", "top", "agent", "1001")), [(Kind.MOVE_PERSON, "wang")]),
        (persons(("wang", "王芳", "east", "inspector", "1001")), [(Kind.APPOINT, "wang")]),
        (
            [*units(("w", "西", "处", "")), *persons(("li", "李", "w", "agent", ""))],
            [(Kind.OPEN_UNIT, "w"), (Kind.JOIN, "li")],
        ),
    ],
)
def test_a_plan_is_what_differs(rows: list[Row], kinds: list[tuple[Kind, str]]) -> None:
    plan = plan_roster(rows, PRESENT)
    assert plan.faults == ()
    assert [(one.kind, one.subject) for one in plan.changes] == kinds


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (units(("", "x", "处", "")), [(2, "code")]),
        (units(("x", "", "处", "")), [(2, "name")]),
        (units(("x", "x", "处", "nowhere")), [(2, "parent")]),
        (units(("a", "a", "处", "b"), ("b", "b", "处", "a")), [(2, "parent"), (3, "parent")]),
        (units(("a", "a", "处", "a")), [(2, "parent")]),
        (units(("a", "a", "处", ""), ("a", "a", "处", "")), [(3, "code")]),
        (units(("closed", "a", "处", "")), [(2, "code")]),
        (persons(("w", "王", "east", "", "")), [(2, "sign_in")]),
        (persons(("li", "李", "nowhere", "", "")), [(2, "unit")]),
        (persons(("li", "李", "east", "chief", "")), [(2, "roles")]),
        (persons(("li", "李", "east", "", "1001")), [(2, "agent_number")]),
        (persons(("elsewhere", "李", "east", "", "")), [(2, "sign_in")]),
        (persons(("li", "李", "", "", ""), ("LI", "李", "", "", "")), [(3, "sign_in")]),
    ],
)
def test_every_fault_has_its_row_and_column(rows: list[Row], places: list[tuple[int, str]]) -> None:
    plan = plan_roster(rows, PRESENT)
    assert [(one.row, one.field) for one in plan.faults] == places
    assert not plan.can_be_carried_out


def test_whoever_holds_something_open_is_not_moved_by_a_workbook() -> None:
    there = PersonThere(WANG, "east", frozenset(), holds_open=True)
    present = Present(top="top", units=PRESENT.units, people={"wang": there})
    plan = plan_roster(persons(("wang", "王芳", "top", "", "1001")), present)
    assert [one.field for one in plan.faults] == ["unit"]


def workbook(
    people_rows: Sequence[Sequence[object]] = (), unit_rows: Sequence[Sequence[object]] = ()
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, head, rows in (("单位", UNITS, unit_rows), ("人员", PEOPLE, people_rows)):
        page = book.create_sheet(title)
        for row in (head, *rows):
            page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


NEW = workbook(
    [("lina", "李娜", "liucun", "经办人、客服", 6203, "", "")],
    [("liucun-2", "柳村二站", "收费站", "east-toll")],
)


def test_a_workbook_is_read_by_the_titles_of_its_columns() -> None:
    unit, person = read_roster(NEW)
    assert unit == Row(
        Sheet.UNITS,
        2,
        {"code": "liucun-2", "name": "柳村二站", "tier": "收费站", "parent": "east-toll"},
    )
    assert person.cell("agent_number") == "6203"
    assert person.cell("roles") == "handler,agent"


@pytest.mark.parametrize("language", list(Language))
def test_the_template_can_be_filled_in_and_read_in_every_language(language: Language) -> None:
    book = load_workbook(BytesIO(roster_template(language=language)))
    book.worksheets[0].append(["a", "甲", "处", ""])
    book.worksheets[1].append(["li", "李", "a", "agent"])
    stream = BytesIO()
    book.save(stream)
    assert [row.sheet for row in read_roster(stream.getvalue())] == [Sheet.UNITS, Sheet.PEOPLE]


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (61 * 1024**2))
    return stream.getvalue()


def many_rows() -> bytes:
    return workbook([(f"p{number}", "某", "", "", "") for number in range(MOST_ROWS + 1)])


@pytest.mark.parametrize(
    "content",
    [
        lambda: b"",
        lambda: b"name,code\n",
        lambda: NEW[:500],
        bomb,
        lambda: b"PK\x03\x04" + b"x" * (6 * 1024**2),
        many_rows,
        lambda: workbook([("li", "=1+1", "", "", "")]),
        workbook,
    ],
    ids=["empty", "text", "cut", "bomb", "large", "many rows", "formula", "no rows"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: Callable[[], bytes]) -> None:
    with pytest.raises(NotARoster) as refusal:
        read_roster(content())
    assert refusal.value.sentence("en").endswith((".", ")."))


def test_a_name_that_looks_like_a_formula_is_none_in_what_is_handed_out() -> None:
    slip = Slip("=cmd|1", "x", "y", "https://localhost/", "2026")
    page = load_workbook(BytesIO(slips_workbook([slip], language="en"))).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type) == ("=cmd|1", "s")


@pytest.mark.django_db
def test_a_workbook_is_looked_at_then_carried_out_whole(cast: Cast) -> None:
    admin = cast.actor("administrator")
    draft_roster(NEW, file_name="名册.xlsx", actor=admin, at=NOW)
    assert recorded() == []
    plan = roster_draft(admin).plan
    assert [one.kind for one in plan.changes] == [Kind.OPEN_UNIT, Kind.JOIN]
    (link,) = carry_out_roster(digest=plan.digest, actor=admin, at=NOW)
    assert owner_of_link(link.token, at=NOW).name == "李娜"
    person = signed_in(link.person)
    assert person is not None
    assert set(person.roles) == {Role.HANDLER, Role.AGENT}
    assert "柳村二站" in {one.name for one in units_for(admin)}
    assert recorded()[-1].data == {"units": 1, "people": 1}
    with pytest.raises(NotFound):
        roster_draft(admin)


@pytest.mark.django_db
def test_the_same_workbook_twice_changes_nothing_the_second_time(cast: Cast) -> None:
    admin = cast.actor("administrator")
    draft_roster(NEW, file_name="a.xlsx", actor=admin, at=NOW)
    carry_out_roster(digest=roster_draft(admin).plan.digest, actor=admin, at=NOW)
    draft_roster(NEW, file_name="a.xlsx", actor=admin, at=NOW)
    plan = roster_draft(admin).plan
    assert (plan.changes, plan.faults) == ((), ())
    with nothing_changes(), pytest.raises(Changed):
        carry_out_roster(digest=plan.digest, actor=admin, at=NOW)


@pytest.mark.django_db
def test_a_plan_that_has_become_another_is_not_carried_out(cast: Cast) -> None:
    admin = cast.actor("administrator")
    draft_roster(NEW, file_name="a.xlsx", actor=admin, at=NOW)
    digest = roster_draft(admin).plan.digest
    details = PersonDetails(sign_in="lina", name="李娜")
    join_person(cast.units["liucun"], details=details, roles=(), actor=admin, at=NOW)
    with nothing_changes(), pytest.raises(Changed):
        carry_out_roster(digest=digest, actor=admin, at=NOW)


@pytest.mark.django_db
def test_every_kind_of_change_is_carried_out(cast: Cast) -> None:
    admin = cast.actor("administrator")
    content = workbook(
        [("wangfang", "王芳芳", "team-2", "客服,质检员", "1001", "8001", "")],
        [("east", "东部公司", "公司", ""), ("east-toll", "收费管理科", "科室", "west")],
    )
    draft_roster(content, file_name="a.xlsx", actor=admin, at=NOW)
    plan = roster_draft(admin).plan
    assert {one.kind for one in plan.changes} == {
        Kind.CHANGE_UNIT,
        Kind.MOVE_UNIT,
        Kind.CHANGE_PERSON,
        Kind.MOVE_PERSON,
        Kind.APPOINT,
    }
    assert carry_out_roster(digest=plan.digest, actor=admin, at=NOW) == ()
    person = cast.person("agent")
    assert (person.name, person.unit_name) == ("王芳芳", "话务二组")
    assert set(person.roles) == {Role.AGENT, Role.INSPECTOR}
    draft_roster(content, file_name="a.xlsx", actor=admin, at=NOW)
    assert roster_draft(admin).plan.changes == ()


@pytest.mark.django_db
def test_a_change_that_fails_undoes_all_before_it(cast: Cast) -> None:
    admin = cast.actor("administrator")
    swapped = workbook(
        [("wangfang", "王芳", "team-1", "", "1002", "8001", "")],
        [("new", "新站", "站", "")],
    )
    draft_roster(swapped, file_name="a.xlsx", actor=admin, at=NOW)
    plan = roster_draft(admin).plan
    assert [one.field for one in plan.faults] == ["agent_number"]
    with nothing_changes(), pytest.raises(Changed):
        carry_out_roster(digest=plan.digest, actor=admin, at=NOW)


@pytest.mark.django_db
def test_another_organisation_is_neither_seen_nor_touched(cast: Cast) -> None:
    outsider = cast.actor(OUTSIDER)
    content = workbook([("wangfang", "王芳", "", "", "")], [("east", "东", "处", "")])
    draft_roster(content, file_name="a.xlsx", actor=outsider, at=NOW)
    plan = roster_draft(outsider).plan
    assert [(one.field, one.error.code) for one in plan.faults] == [("sign_in", "wrong-field")]
    assert [one.kind for one in plan.changes] == [Kind.OPEN_UNIT]
    with pytest.raises(NotFound):
        roster_draft(cast.actor("administrator"))
    drop_roster(actor=outsider)
    with pytest.raises(NotFound):
        roster_draft(outsider)


@pytest.mark.django_db
def test_who_manages_nothing_imports_nothing(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(RightMissing):
        draft_roster(NEW, file_name="a.xlsx", actor=cast.actor("manager"), at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(text="芳"), ["王芳"]),
        (Wanted(text="WF"), ["王芳"]),
        (Wanted(text="100"), 7),
        (Wanted(text="wangf"), ["王芳"]),
        (Wanted(role=Role.HANDLER), ["周军"]),
        (Wanted(text="不存在"), []),
        (Wanted(), 10),
    ],
)
def test_people_are_found_by_name_initials_number_and_role(
    cast: Cast, wanted: Wanted, names: list[str] | int
) -> None:
    admin = cast.actor("administrator")
    found = [one.name for one in people(admin, wanted, offset=0, limit=50)]
    assert people_count(admin, wanted) == len(found)
    assert (len(found) if isinstance(names, int) else found) == names


@pytest.mark.django_db
def test_people_are_found_below_a_unit_or_by_a_post_in_it(cast: Cast) -> None:
    admin = cast.actor("administrator")
    east = next(one for one in units_for(admin) if one.code == "east")
    wanted = Wanted(within=east.path)
    assert [one.name for one in people(admin, wanted, offset=0, limit=9)] == ["周军"]
    appoint_person(cast.id("inspector"), role=Role.INSPECTOR, unit_id=east.id, actor=admin, at=NOW)
    assert people_count(admin, wanted) == 2


@pytest.mark.django_db
def test_a_list_of_people_costs_two_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin = cast.actor("administrator")
    with django_assert_num_queries(2):
        people(admin, Wanted(), offset=0, limit=50)
    assert models.Person.objects.count() == 11
    change_person(
        cast.id("agent"),
        details=PersonDetails(sign_in="wangfang", name="曾芳"),
        version=1,
        actor=admin,
        at=NOW,
    )
    assert people_count(admin, Wanted(text="zf")) == people_count(admin, Wanted(text="cf")) == 1

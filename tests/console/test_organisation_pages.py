from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from rexian.org.domain.roles import Role
from rexian.org.queries import person, roster_draft, unit, units_for
from tests.cast import OUTSIDER, Cast, nothing_changes

pytestmark = pytest.mark.django_db

SEEN = ("organisation/", "people/", "organisation/units/{unit}/", "people/{person}/")
MANAGED = (
    "organisation/settings/",
    "organisation/units/{unit}/open/",
    "organisation/units/{unit}/change/",
    "organisation/units/{unit}/move/",
    "organisation/units/{unit}/close/",
    "people/new/",
    "people/{person}/change/",
    "people/{person}/appoint/",
    "people/{person}/move/",
    "people/{person}/leave/",
    "people/import/",
    "people/import/template/",
)
POSTED = (
    "people/{person}/relieve/",
    "people/{person}/password-link/",
    "people/{person}/unlock/",
    "people/{person}/end-sessions/",
    "people/{person}/remove-second-factor/",
)


def address(cast: Cast, page: str) -> str:
    return "/" + page.format(unit=cast.units["team-1"], person=cast.id("agent"))


@pytest.mark.parametrize("page", SEEN)
@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("manager", 200), ("team_leader", 200), ("agent", 403)],
)
def test_who_has_the_right_sees(cast: Cast, page: str, role: str, status: int) -> None:
    assert cast.client(role).get(address(cast, page)).status_code == status


@pytest.mark.parametrize("page", MANAGED)
@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("manager", 403)])
def test_who_has_the_right_manages(cast: Cast, page: str, role: str, status: int) -> None:
    assert cast.client(role).get(address(cast, page)).status_code == status


@pytest.mark.parametrize("page", [one for one in (*SEEN, *MANAGED) if "{" in one])
def test_another_organisations_pages_are_not_there(cast: Cast, page: str) -> None:
    assert cast.client(OUTSIDER).get(address(cast, page)).status_code == 404


@pytest.mark.parametrize("page", POSTED)
def test_nobody_acts_on_another_organisations_people(cast: Cast, page: str) -> None:
    form = {"role": "agent", "unit": str(cast.units["team-1"])}
    outsider, manager = cast.client(OUTSIDER), cast.client("manager")
    with nothing_changes():
        assert outsider.post(address(cast, page), form).status_code == 404
        assert manager.post(address(cast, page), form).status_code == 403
    assert cast.client("administrator").get(address(cast, page)).status_code == 405


@pytest.mark.parametrize("page", ["organisation/", "people/"])
def test_lists_show_ones_own_organisation_alone(cast: Cast, page: str) -> None:
    text = cast.client(OUTSIDER).get(f"/{page}").content.decode()
    assert "江城燃气" in text
    for name in ("华通", "王芳", "客户服务中心"):
        assert name not in text


def test_a_unit_opens_changes_moves_and_closes(cast: Cast) -> None:
    client, admin = cast.client("administrator"), cast.actor("administrator")
    west = cast.units["west"]
    form = {"name": "南城站", "code": "south", "tier": "站"}
    opened = client.post(f"/organisation/units/{west}/open/", form)
    assert opened.status_code == 302
    number = next(one.id for one in units_for(admin) if one.code == "south")
    changed = {**form, "name": "南城收费站", "version": "1"}
    assert client.post(f"/organisation/units/{number}/change/", changed).status_code == 302
    stale = client.post(f"/organisation/units/{number}/change/", {**form, "version": "1"})
    assert stale.status_code == 422
    moved = client.post(f"/organisation/units/{number}/move/", {"parent": str(cast.units["east"])})
    assert moved.status_code == 302
    assert unit(number, actor=admin).parent == cast.units["east"]
    assert client.post(f"/organisation/units/{number}/close/").status_code == 302
    assert unit(number, actor=admin).closed_at is not None
    assert client.post(f"/organisation/units/{west}/open/", form).status_code == 422


@pytest.mark.parametrize("field", ["name", "code", "tier"])
def test_what_is_missing_of_a_unit_is_said_beside_its_field(cast: Cast, field: str) -> None:
    form = {"name": "南城站", "code": "south", "tier": "站", field: ""}
    west = cast.units["west"]
    client = cast.client("administrator")
    with nothing_changes():
        answer = client.post(f"/organisation/units/{west}/open/", form)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_unit_in_use_is_not_closed(cast: Cast) -> None:
    client = cast.client("administrator")
    with nothing_changes():
        answer = client.post(f"/organisation/units/{cast.units['team-1']}/close/")
    assert answer.status_code == 422


def test_somebody_joins_is_appointed_relieved_moved_and_leaves(cast: Cast) -> None:
    client, admin = cast.client("administrator"), cast.actor("administrator")
    team = cast.units["team-1"]
    form = {"name": "钱琪", "sign_in": "qianqi", "unit": str(team), "roles": ["agent"]}
    answer = client.post("/people/new/", form)
    number = int(re.findall(r"/people/(\d+)/", answer["Location"])[0])
    page = f"/people/{number}/"
    post = {"role": "inspector", "unit": str(cast.units["quality"])}
    assert client.post(f"{page}appoint/", post).status_code == 302
    assert client.post(f"{page}appoint/", post).status_code == 422
    assert client.post(f"{page}relieve/", post).status_code == 302
    assert client.post(f"{page}relieve/", post).status_code == 404
    assert client.post(f"{page}relieve/", {"role": "chief", "unit": "x"}).status_code == 404
    moved = client.post(f"{page}move/", {"unit": str(cast.units["team-2"]), "successor": ""})
    assert moved.status_code == 302
    shown = person(number, actor=admin)
    assert [(one.role, one.unit_name) for one in shown.person.posts] == [(Role.AGENT, "话务二组")]
    assert "话务一组" in client.get(page).content.decode()
    assert client.post(f"{page}leave/", {"successor": ""}).status_code == 302
    assert client.get(page).status_code == 200
    assert "钱琪" in client.get("/people/?presence=left").content.decode()
    assert client.get(f"{page}no-such-deed/").status_code == 405
    assert client.post(f"{page}no-such-deed/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"sign_in": "wangfang"}, "sign_in"),
        ({"sign_in": "a b"}, "sign_in"),
        ({"agent_number": "1001"}, "agent_number"),
        ({"email": "nobody"}, "email"),
        ({"unit": "999999"}, "unit"),
        ({"roles": ["chief"]}, "roles"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_beside_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    form = {"name": "新", "sign_in": "new", "unit": str(cast.units["team-1"]), **changes}
    client = cast.client("administrator")
    with nothing_changes():
        answer = client.post("/people/new/", form)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()


def test_the_last_administrator_is_kept(cast: Cast) -> None:
    client, own = cast.client("administrator"), cast.id("administrator")
    form = {"role": "administrator", "unit": str(cast.ours.top)}
    with nothing_changes():
        assert client.post(f"/people/{own}/leave/", {"successor": ""}).status_code == 422
        assert client.post(f"/people/{own}/relieve/", form).status_code == 403


def test_a_password_link_is_shown_once_and_works(cast: Cast) -> None:
    client, agent = cast.client("administrator"), cast.id("agent")
    page = client.post(f"/people/{agent}/password-link/").content.decode()
    (link,) = re.findall(r"http://testserver(/account/set-password/[\w-]+/)", page)
    assert cast.client("handler").get(link)["Location"] == "/account/set-password/"


def test_sessions_end_and_a_lock_opens_by_hand(cast: Cast) -> None:
    client, agent = cast.client("administrator"), cast.id("agent")
    for deed in ("unlock", "end-sessions"):
        assert client.post(f"/people/{agent}/{deed}/")["Location"].endswith(f"?done={deed}")


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("q=wf", "王芳", "李强"),
        ("role=handler", "周军", "王芳"),
        ("unit={team}", "王芳", "周军"),
        ("q=nobody", "", "王芳"),
        ("page=99", "王芳", "林慧"),
        ("role=chief&presence=x", "王芳", "林慧"),
    ],
)
def test_the_list_is_filtered(cast: Cast, query: str, there: str, missing: str) -> None:
    asked = query.format(team=cast.units["team-1"])
    text = cast.client("administrator").get(f"/people/?{asked}").content.decode()
    rows = text.partition("<tbody>")[2]
    assert there in rows
    assert missing not in rows


def roster(rows: list[list[str]]) -> SimpleUploadedFile:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "人员"
    page.append(["登录名", "姓名", "单位编号", "角色"])
    for row in rows:
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("名册.xlsx", stream.getvalue())


def test_a_workbook_is_looked_at_carried_out_and_its_links_are_handed_out(cast: Cast) -> None:
    client, admin = cast.client("administrator"), cast.actor("administrator")
    upload = {"roster": roster([["lina", "李娜", "liucun", "经办人"]])}
    assert client.post("/people/import/", upload).status_code == 302
    page = client.get("/people/import/").content.decode()
    assert "李娜" in page
    plan = roster_draft(admin).plan
    slips = client.post("/people/import/carry-out/", {"plan": plan.digest})
    text = slips.content.decode()
    (link,) = re.findall(r"http://testserver(/account/set-password/[\w-]+/)", text)
    sealed = re.findall(r'name="slips" value="([^"]+)"', text)[0]
    file = client.post("/people/import/slips/", {"slips": sealed})
    sheet = load_workbook(BytesIO(b"".join(file))).worksheets[0]
    assert [one.value for one in sheet[2]][:2] == ["李娜", "lina"]
    assert client.post("/people/import/slips/", {"slips": "invented"}).status_code == 409
    assert client.post("/people/import/carry-out/", {"plan": plan.digest}).status_code == 404
    assert cast.client("handler").get(link).status_code == 302


def test_a_workbook_with_faults_says_where_and_changes_nothing(cast: Cast) -> None:
    client = cast.client("administrator")
    client.post("/people/import/", {"roster": roster([["x", "", "nowhere", "chief"]])})
    page = client.get("/people/import/").content.decode()
    assert "nowhere" in page
    assert "carry-out" not in page
    assert client.post("/people/import/drop/").status_code == 302
    assert client.get("/people/import/").status_code == 200


@pytest.mark.parametrize("content", [b"", b"no workbook"])
def test_a_file_that_is_no_workbook_is_refused(cast: Cast, content: bytes) -> None:
    file = SimpleUploadedFile("a.xlsx", content)
    answer = cast.client("administrator").post("/people/import/", {"roster": file})
    assert answer.status_code == 422
    assert "id_roster_error" in answer.content.decode()


def test_the_organisations_settings_are_changed(cast: Cast) -> None:
    client = cast.client("administrator")
    form = {
        "name": "华通高速集团",
        "time_zone": "Asia/Urumqi",
        "language": "zh-Hant",
        "administrators_need_codes": "on",
        "version": "1",
    }
    wrong = client.post("/organisation/settings/", {**form, "time_zone": "Mars/Base"})
    assert wrong.status_code == 422
    assert client.post("/organisation/settings/", form).status_code == 302
    assert cast.person("agent").time_zone == "Asia/Urumqi"
    assert client.get("/people/")["Location"] == "/account/second-factor/"

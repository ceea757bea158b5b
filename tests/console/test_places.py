"""Places on the pages: looked up by everybody at work, kept by managers, read as one types."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.cast import OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db

ROLES = ["agent", "team_leader", "dispatcher", "handler", "inspector", "manager", "administrator"]
KEEPERS = ["manager", "administrator"]
ROAD = {
    "code": "S77",
    "name": "{山海}<高速>",
    "aliases": "山海",
    "begin": "K0",
    "end": "80公里",
    "rising": "海口方向、南行",
    "falling": "山口方向",
}
POINT = {"kind": "bridge", "name": "海湾大桥", "stake": "12公里300米", "way": "", "aliases": ""}


def ids(cast: Cast) -> tuple[int, int]:
    """Return the ids of G56 and of its first point."""
    from rexian.places.queries import Wanted, road, roads  # noqa: PLC0415 - tables

    actor = cast.actor("agent")
    (found,) = roads(actor, Wanted(text="G56"), offset=0, limit=1)
    return found.id, road(found.id, actor=actor).point_ids[0]


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_everybody_looks_places_up_and_some_keep_the_list(cast: Cast) -> None:
    road, point = ids(cast)
    looked = ["/places/", "/places/points", f"/places/roads/{road}/", "/places/words"]
    kept = [
        "/places/roads/new",
        f"/places/roads/{road}/change",
        f"/places/roads/{road}/points/new",
        f"/places/points/{point}/change",
        f"/places/points/{point}/retire",
        "/places/import/",
    ]
    for role in ROLES:
        client = cast.client(role)
        assert {client.get(one).status_code for one in looked} == {200}
        due = 200 if role in KEEPERS else 403
        assert {client.get(one).status_code for one in kept} == {due}, role


@pytest.mark.parametrize("address", ["/places/", "/places/read?q=x", "/places/suggest?q=x"])
def test_whoever_is_not_signed_in_is_sent_to_the_door(address: str) -> None:
    assert Client().get(address).status_code == 302


def test_another_organisations_roads_are_not_there(cast: Cast) -> None:
    road, point = ids(cast)
    stranger = cast.client(OUTSIDER)
    for address in (f"/places/roads/{road}/", f"/places/points/{point}/change"):
        text_of(stranger, address, 404)
    assert "G56" not in text_of(stranger, "/places/")
    assert stranger.get("/places/suggest?q=柳").json() == {"suggestions": []}


def test_the_roads_lead_to_their_pages_with_the_points_in_order(cast: Cast) -> None:
    road, _ = ids(cast)
    agent = cast.client("agent")
    assert f'href="/places/roads/{road}/"' in text_of(agent, "/places/")
    text = text_of(agent, f"/places/roads/{road}/")
    order = [text.index(name) for name in ("江城东收费站", "柳村收费站", "临川收费站")]
    assert order == sorted(order)
    assert "K122+200" in text
    assert "/change" not in text


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("q=lcs", "柳村收费站", "白沙收费站"),
        ("kind=tunnel", "云门山隧道", "柳村收费站"),
        ("q=K122", "柳村收费站", "临川收费站"),
        ("q=nothing-like-it", "data-search", "柳村收费站"),
        ("kind=moon&page=99", "柳村收费站", "</moon>"),
    ],
)
def test_points_are_searched(cast: Cast, query: str, there: str, missing: str) -> None:
    text = text_of(cast.client("agent"), f"/places/points?{query}")
    assert there in text
    assert missing not in text.replace(f'value="{query.partition("=")[2]}"', "")


def test_a_road_and_a_point_are_added_changed_and_retired(cast: Cast) -> None:
    manager = cast.client("manager")
    answer = manager.post("/places/roads/new", ROAD)
    assert answer.status_code == 302
    page = answer.headers["Location"]
    assert "{山海}&lt;高速&gt;" in text_of(manager, page)
    here = page.partition("?")[0]
    assert (
        manager.post(f"{here}points/new", POINT).headers["Location"] == f"{here}?done=point-added"
    )
    text = text_of(manager, here)
    assert "K12+300" in text
    changing = next(
        part for part in text.split('"') if part.endswith("/change") and "points" in part
    )
    first = text_of(manager, changing)
    assert 'value="K12+300"' in first
    moved = {**POINT, "stake": "K13", "way": "rising", "version": "1"}
    assert manager.post(changing, moved).headers["Location"] == f"{here}?done=changed"
    assert (
        manager.post(changing, moved | {"stake": "K14"}).status_code == 422
    )  # somebody was faster
    retiring = changing.replace("/change", "/retire")
    assert manager.post(retiring, {"version": "2"}).headers["Location"].endswith("point-retired")
    changed = {**ROAD, "name": "山海", "version": "1"}
    assert manager.post(f"{here}change", changed).status_code == 302
    assert (
        manager.post(f"{here}retire", {"version": "2"}).headers["Location"].startswith("/places/?")
    )
    text_of(manager, here, 404)
    assert [one.name for one in recorded()] == [
        "places.road_added",
        "places.point_added",
        "places.point_changed",
        "places.point_retired",
        "places.road_changed",
        "places.road_retired",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "G56"}, "code"),
        ({"begin": "soon"}, "begin"),
        ({"end": "K0"}, "end"),
        ({"falling": "南行"}, "falling"),
    ],
)
def test_what_is_wrong_with_a_road_is_said_beside_its_field(
    cast: Cast, wrong: dict[str, str], field: str
) -> None:
    manager = cast.client("manager")
    with nothing_changes():
        answer = manager.post("/places/roads/new", {**ROAD, **wrong})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def upload(client: Client, content: bytes, name: str = "地点.xlsx") -> Any:
    return client.post("/places/import/", {"list": SimpleUploadedFile(name, content)})


def test_what_is_exported_is_imported_again_and_changes_nothing(cast: Cast) -> None:
    manager = cast.client("manager")
    for form in ("xlsx", "roads.csv", "points.csv"):
        answer = manager.get(f"/places/list.{form}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        assert upload(manager, answer.content, form).status_code == 302
        text = text_of(manager, "/places/import/")
        assert "carry-out" not in text
    text_of(manager, "/places/list.pdf", 404)


def test_a_list_is_looked_at_carried_out_or_put_aside(cast: Cast) -> None:
    manager = cast.client("manager")
    book = load_workbook(io.BytesIO(manager.get("/places/import/template").content))
    book.worksheets[0].append(["S77", "山海高速", "", "K0", "K80", "海口方向", "山口方向"])
    book.worksheets[1].append(["S77", "收费站", "<海口>收费站", "K12", "", ""])
    stream = io.BytesIO()
    book.save(stream)
    upload(manager, stream.getvalue())
    text = text_of(manager, "/places/import/")
    assert "&lt;海口&gt;收费站" in text
    plan = text.partition('name="plan" value="')[2].partition('"')[0]
    assert manager.post("/places/import/carry-out", {"plan": "x"}).headers["Location"] == (
        "/places/import/"
    )
    done = manager.post("/places/import/carry-out", {"plan": plan})
    assert done.headers["Location"] == "/places/?done=carried-out"
    assert "山海高速" in text_of(manager, "/places/")
    upload(manager, stream.getvalue())
    assert manager.post("/places/import/drop").headers["Location"].endswith("done=dropped")


def test_every_fault_of_a_file_is_shown_by_its_row(cast: Cast) -> None:
    manager = cast.client("manager")
    rows = "道路,类型,名称,桩号\nG56,收费站,甲站,K999\nG99,收费站,乙站,K70\nG56,月亮,丙,K70\n"
    with nothing_changes():
        assert upload(manager, b"PK nothing").status_code == 422
        assert upload(manager, b"").status_code == 422
    assert upload(manager, rows.encode(), "a.csv").status_code == 302
    text = text_of(manager, "/places/import/")
    for row, said in ((2, "K188+600"), (3, "G99"), (4, "月亮")):
        assert f'class="numeric">{row}</td>' in text
        assert said in text
    assert "carry-out" not in text


def test_words_are_read_as_one_types(cast: Cast) -> None:
    words = {"q": "杭瑞往临川方向123公里多一点，刚过柳村站"}
    told = cast.client("agent").get("/places/read", words).json()
    assert told["place"]["road"] == "G56"
    assert told["place"]["stake"] == "K123+000"
    assert told["line"].startswith("G56 临川方向")
    assert [one["code"] for one in told["doubts"]] == ["rough-stake"]
    assert told["missing"] == []
    put_right = cast.client("agent").get("/places/read", {**words, "stake": "K130"}).json()
    assert put_right["place"]["stake"] == "K130+000"


@pytest.mark.parametrize("words", ["", "啊" * 3000, "<script>", "K" * 500, "%", "𠮷K12"])
def test_odd_words_are_answered_all_the_same(cast: Cast, words: str) -> None:
    agent = cast.client("agent")
    assert agent.get("/places/read", {"q": words}).status_code == 200
    assert agent.get("/places/suggest", {"q": words}).status_code == 200
    assert agent.get("/places/words", {"q": words}).status_code == 200
    assert agent.get("/places/points", {"q": words}).status_code == 200


def test_how_words_go_on_is_suggested(cast: Cast) -> None:
    found = cast.client("agent").get("/places/suggest", {"q": "杭瑞 bssf"}).json()["suggestions"]
    assert found[0] == {
        "start": 3,
        "text": "白沙收费站",
        "note": "G56 · K83+400",
        "part": "point",
        "kind": "toll-station",
    }


def test_without_a_script_words_are_read_when_they_are_sent(cast: Cast) -> None:
    text = text_of(cast.client("agent"), "/places/words?q=杭瑞K123&q.direction=江城方向")
    assert "G56 江城方向 K123+000" in text
    assert 'value="杭瑞K123"' in text
    assert "<script>alert" not in text_of(
        cast.client("agent"), "/places/words?q=<script>alert(1)</script>"
    )

"""Standards at the console: imported, published, read."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.django_db

MANIFEST = (
    "name: queue\nversion: 1.0.0\ntitle: {zh: 排队规范, en: Queueing}\n"
    "parameters:\n  minutes: {default: 5, title: {zh: 等候分钟, en: Minutes}}\n"
)


def packed(**files: str) -> io.BytesIO:
    """Return a pack as a ZIP."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("queue/pack.yaml", MANIFEST)
        for name, text in files.items():
            archive.writestr(f"queue/{name}.yaml", text)
    stream.seek(0)
    stream.name = "queue.zip"
    return stream


def test_an_archive_is_imported_published_withdrawn_and_removed(console: Any) -> None:
    manager = console.client("manager")
    answer = manager.post("/standards/import", {"archive": packed()}, follow=True)
    version, _ = answer.redirect_chain[-1]
    address = version.partition("?")[0]
    assert "排队规范" in answer.content.decode()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    for action, given, shown in (
        ("publish", {"effective_on": tomorrow}, tomorrow),
        ("withdraw", {}, "publish"),
        ("discard", {}, "highway"),
    ):
        answer = manager.post(f"{address}{action}", given, follow=True)
        assert answer.status_code == 200
        assert shown in answer.content.decode()
    assert manager.get(address).status_code == 404


def test_what_is_wrong_with_an_archive_is_told(console: Any) -> None:
    manager = console.client("manager")
    answer = manager.post("/standards/import", {"archive": packed(clauses="clausses: []")})
    assert answer.status_code == 422
    assert "clauses.yaml:1" in answer.content.decode()
    broken = io.BytesIO(b"no archive")
    broken.name = "queue.zip"
    assert manager.post("/standards/import", {"archive": broken}).status_code == 422
    assert manager.post("/standards/import", {}).status_code == 422
    assert manager.post("/standards/import", {"key": "own:nothing"}).status_code == 422


def test_a_standard_that_is_there_already_is_shown(console: Any) -> None:
    answer = console.client("manager").post("/standards/import", {"key": "shipped:highway"})
    assert answer["Location"] == f"/standards/{console.highway}/?done=same"


@pytest.mark.parametrize(
    "given",
    [
        {"effective_on": "2020-01-01"},
        {"effective_on": "soon"},
        {},
    ],
)
def test_a_day_that_makes_no_sense_is_told_at_its_form(console: Any, given: dict[str, str]) -> None:
    manager = console.client("manager")
    imported = manager.post("/standards/import", {"archive": packed()})["Location"]
    answer = manager.post(f"{imported.partition('?')[0]}publish", given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_other_parameters_make_another_version(console: Any) -> None:
    manager = console.client("manager")
    imported = manager.post("/standards/import", {"archive": packed()})["Location"]
    address = f"{imported.partition('?')[0]}parameters"
    other = manager.post(address, {"minutes": "9"})
    assert other.status_code == 302
    assert other["Location"] != imported
    assert manager.post(address, {"minutes": "5"})["Location"].endswith("done=same")
    assert manager.post(address, {"minutes": "soon"}).status_code == 422


def test_clauses_are_found_by_their_words_and_by_what_carries_them_out(console: Any) -> None:
    agent = console.client("agent")
    page = f"/standards/{console.highway}/"
    found = agent.get(page, {"q": "禁用词"}).content.decode()
    assert 'id="HW-3.12"' in found
    assert 'id="HW-1.1"' not in found
    by_person = agent.get(page, {"means": "person"}).content.decode()
    assert 'id="HW-3.12"' not in by_person
    nothing = agent.get(page, {"q": "nothing of the kind"})
    assert nothing.status_code == 200
    assert 'class="clauses"' not in nothing.content.decode()


def test_a_clause_shows_its_wording_and_its_examples(console: Any) -> None:
    page = console.client("agent").get(f"/standards/{console.highway}/clauses/HW-3.12")
    text = page.content.decode()
    assert "不知道" in text
    assert 'class="missed"' in text
    assert "客服：" in text


def test_categories_and_forms_are_read_in_a_version(console: Any) -> None:
    manager = console.client("manager")
    answer = manager.post("/standards/import", {"key": "shipped:highway"}, follow=True)
    shown = answer.content.decode()
    for words in ("轮胎爆胎", "紧急求助记录", "护栏外的安全地方", "请问您贵姓？", "客户不愿提供"):
        assert words in shown

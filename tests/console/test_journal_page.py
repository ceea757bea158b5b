"""The page of the journal says what happened, in words, to those who may know."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def page(cast: Any, role: str, query: str = "") -> Any:
    """Return the page as somebody sees it."""
    return cast.client(role).get(f"/journal/{query}")


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("manager", 200), ("agent", 403)]
)
def test_the_journal_is_for_those_with_the_right(role: str, status: int, cast: Any) -> None:
    assert page(cast, role).status_code == status


def test_names_are_shown_in_the_place_of_ids(cast: Any) -> None:
    text = page(cast, "administrator").content.decode()
    assert cast.person("manager").name in text
    assert cast.person("outsider").name not in text


def test_a_filter_narrows_the_list_and_can_find_nothing(cast: Any) -> None:
    subject = f"person:{cast.id('manager')}"
    found = page(cast, "administrator", f"?subject={subject}").content.decode()
    assert cast.person("manager").name in found
    assert 'class="timeline"' in found
    nothing = page(cast, "administrator", "?subject=person:0&since=2026-02-30").content.decode()
    assert 'class="timeline"' not in nothing


def test_a_long_journal_goes_on_with_older_entries(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rexian.console.views import journal  # noqa: PLC0415

    monkeypatch.setattr(journal, "PAGE", 5)
    client = cast.client("administrator")
    first = client.get("/journal/").content.decode()
    older = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = client.get(f"/journal/{older.replace('&amp;', '&')}").content.decode()
    assert 'rel="prev"' in second
    assert 'rel="prev"' not in first


def test_the_journal_is_exported_as_a_table(cast: Any) -> None:
    answer = cast.client("administrator").get("/journal/export/csv?name=org.person_joined")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text))
    assert len(heading) == 6
    assert {row[4] for row in rows} == {"org.person_joined"}


def test_the_journal_is_exported_as_lines_of_json(cast: Any) -> None:
    answer = cast.client("administrator").get("/journal/export/jsonl")
    told = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [one["id"] for one in told] == sorted(one["id"] for one in told)
    assert cast.client("administrator").get("/journal/export/doc").status_code == 404

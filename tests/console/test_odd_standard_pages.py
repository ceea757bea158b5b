"""Odd requests to the pages of drafts: shown or refused, and never an error of the program."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

MANY = "9" * 5000
CLAUSE = "{text: {zh: <script>新</script>}, means: [person], how: {zh: 看}}"
FORBIDDEN = {
    "section": "forbidden",
    "element": "forbidden-words",
    "forbidden.forbidden-words-revision": "1",
}


@pytest.fixture
def draft(console: Any) -> str:
    """Return the address of a draft of the highway's standard."""
    answer = console.client("manager").post(f"/standards/{console.highway}/draft")
    return str(answer["Location"]).partition("?")[0]


def test_half_written_elements_are_told_and_their_draft_stays_open(
    console: Any, draft: str
) -> None:
    manager = console.client("manager")
    manager.post(f"{draft}files", {"path": "odd.yaml", "revision": "1"})
    text = (
        f"clauses: [{CLAUSE}, {CLAUSE.replace('{', '{id: A/B, ', 1)}, 3]\n"
        "forbidden: [{id: odd, clause: CC-20, words: [3, {word: [1]}]}]\n"
        f"deadlines: [{{id: odd, clause: CC-20, title: 3, near: {MANY}}}]\n"
    )
    written = manager.post(f"{draft}files/odd.yaml", {"text": text, "revision": "2"})
    assert written.status_code == 302
    for page in ("", "clauses/CC-20", "compare", "publish", "elements/forbidden/odd"):
        answer = manager.get(draft + page)
        assert answer.status_code == 200
        assert "<script>新" not in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "fields", "status"),
    [
        ("undo", {"revision": MANY}, 404),
        ("clauses/HW-3.12", {**FORBIDDEN, "remove": "words/²"}, 422),
        ("clauses/HW-3.12", {**FORBIDDEN, "remove": f"words/{MANY}"}, 422),
        ("clauses/HW-3.12", {**FORBIDDEN, "remove": "words/999"}, 422),
    ],
)
def test_what_no_page_sends_is_refused(
    console: Any, draft: str, page: str, fields: dict[str, str], status: int
) -> None:
    assert console.client("manager").post(draft + page, fields).status_code == status


def test_a_draft_begun_from_an_odd_clause_opens_at_its_head(console: Any) -> None:
    address = f"/standards/{console.highway}/draft"
    answer = console.client("manager").post(address, {"clause": "a/b"})
    assert answer["Location"].endswith("/?done=begun")


def test_who_publishes_twice_is_led_to_the_version(console: Any, draft: str) -> None:
    manager = console.client("manager")
    fields = {"number": "9.9", "effective_on": "9999-12-31", "revision": "1"}
    first = manager.post(f"{draft}publish", fields)
    again = manager.post(f"{draft}publish", fields)
    assert again["Location"] == first["Location"].partition("?")[0]
    assert manager.get(again["Location"]).status_code == 200


def test_the_last_month_of_all_is_shown_as_any_other_odd_month(console: Any) -> None:
    answer = console.client("manager").get(f"/standards/{console.highway}/work?month=9999-12")
    assert answer.status_code == 200


def test_a_replay_of_a_draft_that_is_gone_still_shows_what_it_said(
    console: Any, draft: str
) -> None:
    inspector, number = console.client("inspector"), draft.split("/")[3]
    days = {"since": "2026-01-01", "until": "2026-01-31", "judged_by": "highway"}
    made = inspector.post("/standards/replays/new", {"draft": number, **days})["Location"]
    again = f"/standards/replays/new?draft={number}"
    assert again in inspector.get(made).content.decode()
    inspector.post(f"{draft}discard")
    page = inspector.get(made)
    assert page.status_code == 200
    assert again not in page.content.decode()

"""A draft of a standard in the browser: in forms, as source, compared, published, taken out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rexian.standard.queries import drafts

pytestmark = pytest.mark.django_db

DEADLINE = {"section": "deadlines", "element": "complaint-answer"}
FORBIDDEN = {"section": "forbidden", "element": "forbidden-words"}


@pytest.fixture
def draft(console: Any) -> str:
    """Return the address of a draft of the highway's standard, begun while reading CC-20."""
    manager = console.client("manager")
    answer = manager.post(f"/standards/{console.highway}/draft", {"clause": "CC-20"})
    return str(answer["Location"]).partition("clauses/")[0]


def page(console: Any, address: str, role: str = "manager") -> str:
    """Return a page that is there."""
    answer = console.client(role).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sent(console: Any, address: str, role: str = "manager", **fields: str) -> Any:
    """Send a form."""
    return console.client(role).post(address, fields)


def complex_within(
    value: str, revision: int = 1, others: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the form of the deadline with another time for complex complaints."""
    prefix = "deadlines.complaint-answer"
    typed = {
        "title/zh": "投诉答复时限",
        "title/en": "Time to answer a complaint",
        "by_class/simple": "2h",
        "by_class/complex": value,
        "starts/zh": "作出承诺（通话结束）之时",
        "starts/en": "when the promise is made, at the end of the call",
        "near": "16",
        "revision": str(revision),
        **(others or {}),
    }
    return {**DEADLINE, **{f"{prefix}-{name}": one for name, one in typed.items()}}


def test_a_clause_is_changed_in_a_form_and_its_examples_are_checked(
    console: Any, draft: str
) -> None:
    address = f"{draft}clauses/CC-20"
    assert "deadlines.complaint-answer-by_class/complex" in page(console, address)
    answer = sent(console, address, **complex_within("12小时"))
    assert answer.status_code == 302
    assert "done=saved&note=set" in answer["Location"]
    again = sent(console, address, **complex_within("12h", 2))
    assert "done=same" in again["Location"]
    shown = page(console, f"{draft}compare")
    assert "24h → 12h" in shown
    assert "答复时限" in shown


def test_a_bad_value_is_told_at_its_field_and_nothing_typed_is_lost(
    console: Any, draft: str
) -> None:
    wrong = complex_within("半天", others={"title/zh": "答复要多快"})
    answer = sent(console, f"{draft}clauses/CC-20", **wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert all(kept in shown for kept in ("半天", "答复要多快", 'class="error"'))


def test_who_comes_second_sees_what_the_first_changed_and_keeps_their_own(
    console: Any, draft: str
) -> None:
    address = f"{draft}clauses/CC-20"
    sent(console, address, "inspector", **complex_within("12h"))
    late = complex_within("24h", others={"title/zh": "答复要多快"})
    answer = sent(console, address, **late)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "24h → 12h" in shown
    assert 'value="12h"' in shown
    assert "答复要多快" in shown
    again = complex_within("12h", 2, others={"title/zh": "答复要多快"})
    assert sent(console, address, **again).status_code == 302


def test_a_word_is_forbidden_excused_and_allowed_again(console: Any, draft: str) -> None:
    address = f"{draft}clauses/HW-3.12"
    word = {"add": "words", "word-word": "随便", "word-sense": "敷衍", "word-revision": "1"}
    assert sent(console, address, **FORBIDDEN, **word).status_code == 302
    number = str(len(words(draft)) - 1)
    assert words(draft)[-1] == "随便"
    excuse = {
        "add": "excuses",
        "excuse-word": number,
        "excuse-phrases": "随便看看",
        "excuse-why": "请客户随意浏览",
        "excuse-revision": "2",
    }
    assert sent(console, address, **FORBIDDEN, **excuse).status_code == 302
    assert "随便看看" in page(console, address)
    removed = {"remove": f"words/{number}", "forbidden.forbidden-words-revision": "3"}
    assert sent(console, address, **FORBIDDEN, **removed).status_code == 302
    assert "随便" not in words(draft)


def words(draft: str) -> list[str]:
    """Return the forbidden words of a draft."""
    number = int(draft.strip("/").rpartition("/")[2])
    standard = drafts.compiled_draft(number)
    return [str(one.word) for one in standard.pack.sections.forbidden[0].words]


def test_source_is_written_with_what_is_wrong_at_its_lines(console: Any, draft: str) -> None:
    address = f"{draft}files/more.yaml"
    sent(console, f"{draft}files", path="more.yaml", revision="1")
    broken = "clauses:\n  - id: X-1\n    texts: {zh: 新}\n"
    assert sent(console, address, text=broken, revision="2").status_code == 302
    shown = page(console, address)
    assert 'id="line-3" class="error"' in shown
    answer = sent(console, address, text="clauses: [", revision="3")
    assert answer.status_code == 422
    assert "clauses: [" in answer.content.decode()
    assert sent(console, f"{draft}publish").status_code == 422


def test_a_draft_is_published_for_tomorrow_under_the_next_number(console: Any, draft: str) -> None:
    sent(console, f"{draft}clauses/CC-20", **complex_within("12h"))
    assert 'value="1.0.1"' in page(console, f"{draft}publish")
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    asked = {"number": "1.0.1", "effective_on": tomorrow, "revision": "2"}
    answer = sent(console, f"{draft}publish", **asked)
    version = answer["Location"].partition("?")[0]
    assert "1.0.1" in page(console, version)
    old = page(console, f"{version}compare/{console.highway}")
    assert "24h → 12h" in old
    refused = sent(console, f"{draft}clauses/CC-20", **complex_within("13h", 2))
    assert refused.status_code == 403


def test_what_is_taken_out_can_be_imported_again(console: Any, draft: str) -> None:
    sent(console, f"{draft}clauses/CC-20", **complex_within("12h"))
    answer = console.client("manager").get(f"{draft}export")
    assert ZipFile(io.BytesIO(answer.content)).testzip() is None
    archive = SimpleUploadedFile("draft.zip", answer.content)
    imported = console.client("manager").post("/standards/import", {"archive": archive})
    version = imported["Location"].partition("?")[0]
    assert "24h → 12h" in page(console, f"{version}compare/{console.highway}")
    taken = console.client("manager").get(f"{version}export").content
    archive = SimpleUploadedFile("version.zip", taken)
    same = console.client("manager").post("/standards/import", {"archive": archive})
    assert same["Location"] == f"{version}?done=same"


def test_undoing_and_discarding_a_draft(console: Any, draft: str) -> None:
    sent(console, f"{draft}clauses/CC-20", **complex_within("12h"))
    assert sent(console, f"{draft}undo", revision="2").status_code == 302
    assert "24h → 12h" not in page(console, f"{draft}compare")
    assert sent(console, f"{draft}discard").status_code == 302
    assert console.client("manager").get(draft).status_code == 404


def test_every_page_of_a_draft_is_for_those_who_may_write_it(console: Any, draft: str) -> None:
    pages = ("", "clauses/HW-3.7", "elements/acts/greet", "parameters", "files/pack.yaml")
    for one in (*pages, "compare", f"files/{quote('clauses.yaml')}?pack=centre"):
        assert page(console, f"{draft}{one}", "inspector")
        assert console.client("agent").get(f"{draft}{one}").status_code == 403
        assert console.client("outsider").get(f"{draft}{one}").status_code == 404


def test_odd_requests_are_refused_and_change_nothing(console: Any, draft: str) -> None:
    address = f"{draft}clauses/HW-3.12"
    revision = {"forbidden.forbidden-words-revision": "1"}
    for odd in ("words/99", "words/x", "id", "", "///", "title/zh/a"):
        assert sent(console, address, **FORBIDDEN, **revision, remove=odd).status_code == 422
    assert sent(console, address, section="no", element="such").status_code == 404
    assert sent(console, f"{draft}undo", revision="1").status_code == 422
    assert sent(console, f"{draft}undo", revision="x").status_code == 404
    assert sent(console, f"{draft}files/../../x.yaml", text="", revision="1").status_code == 404
    assert sent(console, f"{draft}files", path="../x.yaml", revision="1").status_code == 302
    assert "../x.yaml" not in page(console, draft)
    assert console.client("manager").get(f"{draft}clauses/XX-1").status_code == 404

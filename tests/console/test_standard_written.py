"""A written standard is uploaded and corrected as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.standard.drafting.papers import paragraph, word_file

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ADDRESS = "/standards/drafts/written"
PAPER = """\
港湾热线服务规范
第一条　不得说“不知道”。
第二条　投诉在XX小时内答复。
第三条　应说“请您稍等”。
"""


def test_a_manager_uploads_a_standard_and_finds_its_questions(
    console: Any, uploaded: Callable[[str, bytes], SimpleUploadedFile]
) -> None:
    manager = console.client("manager")
    assert manager.get(ADDRESS).status_code == 200
    given = {"document": uploaded("规范.txt", PAPER.encode()), "letters": "hb", "extends": ""}
    answer = manager.post(ADDRESS, given, follow=True)
    draft, _ = answer.redirect_chain[-1]
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "港湾热线服务规范" in shown
    assert "HB-2" in shown
    assert "投诉在XX小时内答复" in shown
    settled = manager.post(f"{draft}questions/0/settle", {"revision": "1"}, follow=True)
    assert settled.status_code == 200


def test_a_draft_of_a_word_document_says_the_paragraph_of_each_question(
    console: Any, uploaded: Callable[[str, bytes], SimpleUploadedFile]
) -> None:
    body = paragraph("服务规范") + paragraph("1. 不得说“喂”。")
    given = {"document": uploaded("规范.docx", word_file(body)), "letters": "ab", "extends": ""}
    answer = console.client("inspector").post(ADDRESS, given, follow=True)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "第 2 段" in shown or "paragraph 2" in shown


@pytest.mark.parametrize(
    ("name", "content", "letters"),
    [
        ("empty.txt", b" ", ""),
        ("poem.txt", "海很蓝。".encode(), ""),
        ("broken.docx", b"PK\x03\x04", ""),
        ("a.txt", PAPER.encode(), "H-B"),
        ("a.txt", PAPER.replace("第一条", "第1条").encode(), "centre"),
        ("a.txt", PAPER.encode(), "CC"),
    ],
)
def test_what_is_no_standard_is_refused_in_a_sentence_and_leaves_nothing(
    name: str,
    content: bytes,
    letters: str,
    console: Any,
    uploaded: Callable[[str, bytes], SimpleUploadedFile],
) -> None:
    from rexian.standard.models import Draft  # noqa: PLC0415 - tables

    given = {"document": uploaded(name, content), "letters": letters, "extends": "centre"}
    answer = console.client("manager").post(ADDRESS, given)
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_an_agent_may_not_upload(console: Any) -> None:
    assert console.client("agent").get(ADDRESS).status_code == 403

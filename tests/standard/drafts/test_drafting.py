"""Drafts are begun, changed one after the other, undone and removed, and leave entries behind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import Invalid, NotFound
from rexian.standard import services
from rexian.standard.domain.drafts import DraftChanged, NothingToUndo, UnsoundDraft, WrongDraft
from rexian.standard.domain.editing.changes import WriteFile
from rexian.standard.domain.editing.questions import Question, Source
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.queries import drafts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOTE = (
    "clauses:\n  - {id: Q-9, text: {zh: 新, en: new}, means: [person], how: {zh: 看, en: look}}\n"
)

pytestmark = pytest.mark.django_db


def begun(house: Any, **changes: Any) -> int:
    """Return a draft of the small version."""
    given = {"actor": house.writer, "at": NOW, **changes}
    return services.begin_draft(house.version, **given)


def changed(house: Any, draft: int, revision: int, text: str = NOTE, **changes: Any) -> None:
    """Write a file of the draft."""
    given = {"actor": house.writer, "at": NOW, **changes}
    change = WriteFile("more.yaml", text)
    services.change_draft(draft, change=change, revision=revision, **given)


def test_a_draft_begins_as_its_version_is(house: Any) -> None:
    draft = begun(house)
    shown = drafts.draft(draft, actor=house.writer)
    assert (shown.line.revision, shown.line.based_on, shown.may_undo) == (1, house.version, False)
    assert set(drafts.compiled_draft(draft).clauses) == {"F-1", "F-2", "Q-1"}


def test_changes_are_counted_and_can_be_undone_one_by_one(house: Any) -> None:
    draft = begun(house)
    changed(house, draft, 1)
    changed(house, draft, 2, NOTE.replace("Q-9", "Q-8"))
    for revision, left in ((3, {"Q-1", "Q-9"}), (4, {"Q-1"})):
        services.undo_change(draft, revision=revision, actor=house.writer, at=NOW)
        assert drafts.compiled_draft(draft).clauses.keys() - {"F-1", "F-2"} == left
    with pytest.raises(NothingToUndo):
        services.undo_change(draft, revision=5, actor=house.writer, at=NOW)
    assert "Q-8" in drafts.compiled_draft(draft, revision=3).clauses


def test_who_comes_second_is_told_and_loses_nothing_of_the_first(house: Any) -> None:
    draft = begun(house)
    changed(house, draft, 1)
    with pytest.raises(DraftChanged) as refused:
        changed(house, draft, 1, "clauses: []\n", actor=house.other)
    assert refused.value.details["revision"] == 2
    assert drafts.draft(draft, actor=house.writer).content.own.files["more.yaml"] == NOTE


def test_a_draft_with_errors_judges_nothing_and_says_why(house: Any) -> None:
    draft = begun(house)
    changed(house, draft, 1, "clauses:\n  - {id: Q-9, texts: {zh: 新}}\n")
    with pytest.raises(UnsoundDraft) as unsound:
        drafts.compiled_draft(draft)
    first = unsound.value.findings[0]
    assert (first.file, first.line) == ("more.yaml", 2)


def test_what_is_no_yaml_is_refused_and_leaves_no_trace(house: Any) -> None:
    draft = begun(house)
    with pytest.raises(Fault):
        changed(house, draft, 1, "clauses: [")
    assert drafts.draft(draft, actor=house.writer).line.revision == 1


def test_a_new_standard_is_begun_from_files_with_its_questions(house: Any) -> None:
    question = Question(
        "clauses", "Q-9", "more.yaml", "Is {span} meant?", {"span": "2h"}, Source(3)
    )
    draft = services.begin_draft_from(
        house.organisation,
        name="rules",
        title={"zh-Hans": "守则", "en": "Rules"},
        extends=["centre"],
        files={"more.yaml": NOTE},
        questions=[question],
        origin="守则.docx",
        actor=house.writer,
        at=NOW,
    )
    assert drafts.draft(draft, actor=house.writer).questions == (question,)
    assert {"CC-1", "Q-9"} <= drafts.compiled_draft(draft).clauses.keys()
    services.settle_question(draft, question=0, revision=1, actor=house.writer, at=NOW)
    (line,) = drafts.drafts(house.writer)
    assert (line.open_questions, line.revision) == (0, 2)


@pytest.mark.parametrize(
    ("wrong", "raised"),
    [
        ({"name": "Die Regeln"}, Invalid),
        ({"extends": ["nowhere"]}, NotFound),
        ({"files": {"more.yaml": "a: ["}}, WrongDraft),
    ],
)
def test_what_is_no_standard_begins_no_draft(
    house: Any, wrong: dict[str, Any], raised: type[Exception]
) -> None:
    given = {"name": "rules", "title": {"en": "R"}, "extends": [], "files": {}, **wrong}
    with pytest.raises(raised):
        services.begin_draft_from(
            house.organisation, **given, questions=[], origin="", actor=house.writer, at=NOW
        )
    assert drafts.drafts(house.writer) == ()


def test_only_who_may_draft_or_publish_writes_and_strangers_see_nothing(house: Any) -> None:
    with pytest.raises(RightMissing):
        begun(house, actor=house.reader)
    draft = begun(house, actor=house.publisher)
    with pytest.raises(NotFound):
        drafts.draft(draft, actor=house.stranger)
    with pytest.raises(NotFound):
        services.discard_draft(draft, actor=house.stranger, at=NOW)
    services.discard_draft(draft, actor=house.writer, at=NOW)
    assert drafts.drafts(house.writer) == ()

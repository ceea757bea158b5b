"""What a pack says of records and of its wording is checked where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from rexian.standard.domain import Standard, load
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.queries import coverage, lint

CLAUSES = """
clauses:
  - {id: X-1, text: {zh: 记录来电。, en: Record the call.}, means: [record], how: {zh: 记, en: so}}
"""
FORM = """
forms:
  - {id: plain, clause: X-1, title: {zh: 单, en: form}, fields: [{id: a, label: {zh: 甲, en: a}}]}
"""
TREE = """
taxonomy:
  - {id: road, name: {zh: 路, en: road}, form: plain, clause: X-1, synonyms: [公路]}
  - {id: snow, name: {zh: 雪, en: snow}, under: road}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer of a pack of one file, and what stands in its manifest besides."""

    def written(sections: str, manifest: str = "", name: str = "mine") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        head = f"name: {name}\nversion: 1.0.0\ntitle: {{zh: 我的, en: Mine}}\n"
        (folder / "pack.yaml").write_text(head + manifest, "utf-8")
        (folder / "all.yaml").write_text(sections, "utf-8")
        return folder

    return written


def test_a_pack_of_categories_and_forms_is_sound(write: Write) -> None:
    folder = write(CLAUSES + TREE + FORM)
    assert lint(folder) == ()
    (covered,) = coverage(folder)
    assert [one.id for one in covered.categories] == ["road"]
    assert [one.id for one in covered.forms] == ["plain"]


@pytest.mark.parametrize(
    ("written", "instead", "subject", "reason"),
    [
        ("under: road", "under: raod", "snow", "no category 'raod'; did you mean 'road'?"),
        ("under: road", "under: snow", "snow", "under itself"),
        ("name: {zh: 雪, en: snow}, ", "", "snow", "needs 'name'"),
        ("form: plain", "form: plane", "road", "no form 'plane'; did you mean 'plain'?"),
        ("synonyms: [公路]", "synonyms: [公路], clause: X-9", "", "second time"),
        ("clause: X-1, synonyms", "clause: X-9, synonyms", "road", "no clause 'X-9'"),
        ("under: road", "synonyms: [公路]", "road", "'公路' is a synonym of 'snow' too"),
        ("under: road", "heard: ['(a']", "snow", "not closed"),
        ("fields: [", "fields: [{id: a, label: 乙}, ", "plain", "several fields called 'a'"),
        ("fields: [{id: a, label: {zh: 甲, en: a}}]", "fields: []", "plain", "at least one field"),
        ("{id: a, label", "{id: a, type: choice, label", "plain", "a choice has choices"),
        ("{id: a, label", "{id: a, type: colour, label", "plain", "one of text, long"),
        ("{id: a, label", "{id: a, asks: {clause: X-9, say: 甲}, label", "plain", "no clause"),
        ("title: {zh: 单, en: form}, ", "", "plain", "needs 'title'"),
    ],
)
def test_what_is_wrong_is_told_with_its_element(
    write: Write, written: str, instead: str, subject: str, reason: str
) -> None:
    whole = CLAUSES + TREE + FORM
    assert written in whole
    folder = write(whole.replace(written, instead, 1))
    errors = [one for one in lint(folder) if one.severity == "error"]
    assert (errors[0].rule, reason in errors[0].reason) == (subject, True), errors
    with pytest.raises(Fault):
        load(folder)


def test_a_synonym_may_be_shared_where_all_say_so(write: Write) -> None:
    shared = TREE.replace("synonyms: [公路]", "synonyms: [公路], shared: [公路]").replace(
        "under: road", "under: road, synonyms: [公路], shared: [公路]"
    )
    assert lint(write(CLAUSES + shared + FORM)) == ()


def test_a_mark_stands_for_one_thing(write: Write) -> None:
    slots = """
slots:
  - {id: company, kind: company, title: {zh: 公司, en: company}, marks: ["**"]}
  - {id: number, kind: agent_number, title: {zh: 工号, en: number}, marks: ["**"]}
"""
    (error,) = lint(write(CLAUSES + slots))
    assert (error.rule, "'**' is a mark of 'company' already" in error.reason) == ("number", True)


def test_a_parameter_cites_a_clause_that_is_there(write: Write) -> None:
    manifest = "parameters:\n  wait: {default: 5s, clause: X-9, title: {zh: 等, en: wait}}\n"
    (error,) = lint(write(CLAUSES, manifest))
    assert (error.rule, "no clause 'X-9'" in error.reason) == ("wait", True)


def test_an_ending_knows_its_acts(write: Write) -> None:
    ending = """
ending:
  - {id: end, clause: X-1, title: {zh: 结束, en: ends}, farewell: {act: bye}, courtesy: {act: bye}}
"""
    (error,) = lint(write(CLAUSES + ending))
    assert (error.rule, "no act 'bye'" in error.reason) == ("end", True)


def test_a_pack_gives_its_base_other_forms_and_categories(write: Write) -> None:
    write(CLAUSES + TREE + FORM, name="base")
    folder = write(
        """
taxonomy:
  - {id: road, name: {zh: 高速, en: motorway}, form: plain, case_type: help, urgency: emergency}
  - {id: snow, left_out: true}
forms:
  - {id: plain, title: {zh: 新单, en: new}, fields: [{id: b, label: {zh: 乙, en: b}}]}
""",
        "extends: base\n",
        name="mine",
    )
    standard = load(folder)
    assert [(one.code, one.name["en"]) for one in standard.taxonomy] == [("road", "motorway")]
    assert [one.id for one in standard.forms["plain"].fields] == ["b"]


@pytest.fixture
def centre() -> Standard:
    return load("centre")


def test_parameters_are_values(centre: Standard) -> None:
    assert centre.span("late_wait") == timedelta(seconds=30)
    assert centre.span("silence_wait_chat") == timedelta(seconds=60)
    assert centre.value("address_xiaojie") is False
    assert centre.span("offer_time") == timedelta(seconds=20)
    assert (centre.value("nothing"), centre.span("nothing")) == (None, None)
    other = load("centre", {"late_wait": "2min"})
    assert other.span("late_wait") == timedelta(minutes=2)
    assert other.parameters["late_wait"] == "2min"


def test_a_figure_says_whether_a_clause_has_it(centre: Standard) -> None:
    known = centre.pack.manifest.parameters
    assert known["silence_wait"].clause == "CC-3"
    assert known["silence_wait_chat"].clause == ""


def test_an_override_for_one_channel_leaves_the_others() -> None:
    rules = {rule.id for rule in load("highway").pack.rules()}
    assert {"silent-visitor", "visitor-stays-on", "late-answer-online"} <= rules
    assert not {"silent-call", "customer-stays-on"} & rules

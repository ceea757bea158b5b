"""What forms change in a pack: in its own elements, in those of its base, by a parameter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rexian.standard.domain.editing.changes import (
    AddItem,
    Edited,
    OtherBases,
    RemoveItem,
    SetParameters,
    SetValues,
    WriteFile,
    carry_out,
)
from rexian.standard.domain.editing.comparing import Sort, compare
from rexian.standard.domain.editing.comparison_words import say_parameter, say_part
from rexian.standard.domain.editing.content import Content, own_source
from rexian.standard.domain.editing.elements import find
from rexian.standard.domain.editing.fields import fields_of
from rexian.standard.domain.editing.hanging import hanging_on, held_elements
from rexian.standard.domain.editing.looking_over import errors_of, findings_of
from rexian.standard.domain.editing.numbering import next_number
from rexian.standard.domain.editing.reading import WrongValue, read_parameter, read_span
from rexian.standard.domain.editing.taking_over import ADJUSTED, RuledElsewhere
from rexian.standard.domain.editing.yaml_places import TooManyAliases
from rexian.standard.domain.pack.sources import PackSource
from tests.standard.drafts.conftest import FILES


def source(folder: str, **files: str) -> PackSource:
    """Return one of the small packs, some of its files written anew."""
    own = {Path(name).name: text for name, text in FILES.items() if name.startswith(f"{folder}/")}
    return own_source(folder, {**own, **{f"{name}.yaml": text for name, text in files.items()}})


@pytest.fixture
def content() -> Content:
    """Return the small pack on top of its base."""
    return Content((source("floor"),), source("queue"))


def values(content: Content, section: str, element: str, **typed: str) -> Edited:
    """Change fields of an element; two underscores stand for the strokes of their paths."""
    named = {name.replace("__", "/"): one for name, one in typed.items()}
    return carry_out(SetValues(section, element, named), content)


def test_an_own_element_is_changed_where_it_stands(content: Content) -> None:
    edited = values(content, "scenes", "sit-down", say="您好，请坐。\n请您先坐。", within="3")
    text = edited.content.own.files["rules.yaml"]
    assert "say: [您好，请坐。, 请您先坐。]" in text
    assert "- id: sit-down  # the first words" in text
    assert edited.notes == ()
    assert not errors_of(edited.content)


def test_an_element_of_the_base_is_taken_over_and_named(content: Content) -> None:
    edited = values(content, "deadlines", "answer", by_class__simple="90分钟")
    own = edited.content.own.files
    assert "simple: 90min" in own[ADJUSTED]
    assert "replaces: {deadlines: [answer]}" in own["pack.yaml"]
    assert "minutes:  # of waiting" in own["pack.yaml"]
    assert edited.content.bases == content.bases
    assert not errors_of(edited.content)


def test_where_a_parameter_stands_the_parameter_is_set(content: Content) -> None:
    edited = values(content, "deadlines", "answer", by_class__complex="12h")
    assert edited.content.values["answer_within"] == "12h"
    assert edited.content.own.files == content.own.files


def test_a_word_of_the_base_is_added_excused_and_removed(content: Content) -> None:
    about = ("forbidden", "forbidden-words")
    word = {"word": "随便", "sense": {"zh": "敷衍"}, "is": {"phrase": ["随便"]}}
    more = carry_out(AddItem(*about, ("words",), word), content).content
    excuse = {"phrase": ["随便看看"], "why": {"zh": "请客户浏览"}}
    more = carry_out(AddItem(*about, ("words", 1, "excuses"), excuse), more).content
    assert not errors_of(more)
    assert "# as an answer" in more.own.files[ADJUSTED]
    less = carry_out(RemoveItem(*about, ("words", 1)), more).content
    (change,) = compare(content, less).files[:1]
    assert "随便" not in "".join(change.lines)


def test_an_example_that_fails_is_told_with_what_was_expected_and_said(content: Content) -> None:
    edited = values(content, "acts", "ask-to-sit", **{"is/phrase": "请落座"})
    reasons = [str(one) for one in errors_of(edited.content)]
    assert any("this example should do the act: 请坐" in one for one in reasons)
    assert any("the example wants met, the rule says missed" in one for one in reasons)


def test_examples_of_a_base_are_written_for_the_base(content: Content) -> None:
    edited = values(content, "forbidden", "forbidden-words", **{"words/0/is/phrase": "不晓得"})
    assert [one.file for one in errors_of(edited.content)] == [ADJUSTED]


def test_a_rule_that_does_not_rule_here_is_not_changed(shipped: Content) -> None:
    """The motorway has a greeting of its own, and ends contacts in its own way."""
    for scene in ("opening", "closing"):
        with pytest.raises(RuledElsewhere) as refused:
            values(shipped, "scenes", scene, title__zh="另一个标题")
        assert refused.value.details["by"].startswith("HW-")


def test_what_a_pack_replaces_must_be_there_in_both(content: Content) -> None:
    for named in ("{scenes: [sit-down]}", "{deadlines: [answer]}"):
        manifest = content.own.files["pack.yaml"] + f"replaces: {named}\n"
        wrong = Content(content.bases, source("queue", pack=manifest))
        assert any("replaces" in one.reason for one in errors_of(wrong))


def test_values_that_go_over_the_packs_own_must_make_sense(content: Content) -> None:
    odd = Content(content.bases, content.own, {"answer_within": "bald"})
    assert any("span of time" in one.reason for one in findings_of(odd))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12h", "12h"), ("12 小时", "12h"), ("１２小时", "12h"), ("3个工作日", "W+3"), ("D+1", "D+1")],
)
def test_spans_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert read_span(typed, "within") == read


@pytest.mark.parametrize(
    ("default", "typed"), [("24h", "半天"), (5, "2.5"), (5, "fünf"), (True, "maybe")]
)
def test_a_parameter_keeps_its_kind(default: Any, typed: str) -> None:
    with pytest.raises(WrongValue):
        read_parameter("name", default, typed)


def test_a_wrong_value_names_its_field(content: Content) -> None:
    with pytest.raises(WrongValue) as wrong:
        values(content, "deadlines", "answer", by_class__complex="半天")
    assert wrong.value.field == "by_class/complex"


def test_a_clause_shows_all_that_hangs_on_it(content: Content) -> None:
    hanging = hanging_on(content, "F-2")
    assert [one.section for one in hanging.elements] == ["clauses", "deadlines"]
    assert hanging.parameters == ("answer_within",)
    assert [one.id for one in hanging_on(content, "Q-1").acts] == ["ask-to-sit"]


def test_two_standards_are_compared_clause_by_clause(content: Content) -> None:
    new = carry_out(SetParameters({"answer_within": "12h"}), content).content
    new = values(
        new, "forbidden", "forbidden-words", **{"words/0/is/phrase": "不知道\n不晓得"}
    ).content
    told = compare(content, new)
    assert [say_parameter(one, "en") for one in told.parameters] == ["Time to answer: 24h → 12h"]
    said = {
        clause: [say_part(part, "en") for one in changes for part in one.parts]
        for clause, changes in told.clauses.items()
    }
    assert said == {
        "F-1": ["Words of the list › 不知道 › Known by › Ways to say it: added “不晓得”"],
        "F-2": ["Within, by class of case › complex: 24h → 12h"],
    }
    assert [one.path for one in told.files] == [ADJUSTED, "pack.yaml"]
    assert not compare(content, content)


def test_what_is_new_or_gone_is_said_so(content: Content) -> None:
    more = source("queue", more="clauses:\n  - {id: Q-9, text: 新}\n")
    (added,) = compare(content, Content(content.bases, more)).clauses["Q-9"]
    (removed,) = compare(Content(content.bases, more), content).clauses["Q-9"]
    assert (added.sort, removed.sort) == (Sort.ADDED, Sort.REMOVED)


def test_typing_what_is_there_already_changes_nothing(shipped: Content) -> None:
    count = 0
    for section, element in held_elements(shipped):
        fields = fields_of(find(shipped, section, element), shipped.values)
        typed = {
            one.name: "\n".join(one.value) if isinstance(one.value, tuple) else one.value
            for one in fields
        }
        edited = carry_out(SetValues(section, element, typed), shipped)
        assert edited.content.own.files == shipped.own.files, element
        assert edited.content.values == shipped.values, element
        count += len(fields)
    assert count > 1000


@pytest.mark.parametrize(
    ("number", "taken", "proposed"),
    [
        ("1.0.0", {"1.0.0"}, "1.0.1"),
        ("1.0.0", {"1.0.0", "1.0.1"}, "1.0.2"),
        ("2026-a", {"2026-a"}, "2027-a"),
        ("first", {"first"}, "first.1"),
    ],
)
def test_the_next_free_number_is_proposed(number: str, taken: set[str], proposed: str) -> None:
    assert next_number(number, taken) == proposed


def test_a_file_that_would_swell_is_not_read(content: Content) -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    with pytest.raises(TooManyAliases):
        carry_out(WriteFile("more.yaml", f"a0: &a0 [x]\n{levels}"), content)


def test_what_a_draft_builds_on_is_not_changed_by_its_manifest(content: Content) -> None:
    manifest = content.own.files["pack.yaml"]
    for other in ("", "extends: gas\n"):
        change = WriteFile("pack.yaml", manifest.replace("extends: floor\n", other))
        with pytest.raises(OtherBases):
            carry_out(change, content)
    renamed = carry_out(WriteFile("pack.yaml", manifest.replace("排队", "等候")), content)
    assert renamed.content.own.manifest.title["zh-Hans"] == "等候规范"


@pytest.mark.parametrize("number", ["9" * 16, "٣", "1.0000000001", "1\n2"])
def test_a_number_that_no_figure_has_is_told(number: str) -> None:
    with pytest.raises(WrongValue):
        read_parameter("minutes", 5, number)

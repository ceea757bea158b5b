from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from rich.cells import cell_len

from rexian.dialogue.domain.conversations import Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import Agreement, compare
from rexian.reports.inspection import table
from rexian.reports.inspection.grid import fitted

Build = Callable[..., InspectedConversation]
Judge = Callable[..., Any]


def written(ones: Iterable[InspectedConversation], **settings: Any) -> str:
    target = io.StringIO()
    table.write(ones, target, **({"language": "en"} | settings))
    return target.getvalue()


def test_each_conversation_has_a_line_with_score_counts_and_first_missed(
    cast: list[InspectedConversation],
) -> None:
    lines = written(cast, width=100).splitlines()
    assert lines[1].split() == [
        "FAULTY",
        "highway",
        "33.3",
        "2",
        "0",
        "1",
        "0",
        "HW-3.12",
        "HW-3.5",
    ]
    assert lines[3].split() == ["BORROWED", "centre", "–", "0", "1", "0", "1"]


def test_the_summary_by_clause_shows_the_clause_and_the_share_met(
    cast: list[InspectedConversation], standards: Mapping[str, Any]
) -> None:
    text = written(cast, standards=standards)
    assert "Highway service (highway 1.0.0 0123456789ab)" in text
    (line,) = [
        line for line in text.splitlines() if line.startswith("HW-3.12") and "No forb" in line
    ]
    assert line.split()[1:7] == ["1", "0", "0", "1", "0", "0%"]


def test_what_was_judged_by_another_standard_is_said(cast: list[InspectedConversation]) -> None:
    assert "Judged by “centre”, since “gas” is not installed: 1" in written(cast)


def test_what_could_not_be_read_comes_last(
    cast: list[InspectedConversation], problems: Any
) -> None:
    lines = written(cast, problems=problems).splitlines()
    assert lines[-2:] == ["Unreadable records: 1", "calls.jsonl:7 This is not JSON (en)"]


def test_problems_and_agreement_are_read_after_the_conversations(
    build: Build, problems: list[Any]
) -> None:
    seen: list[str] = []
    found: list[Any] = []

    def passing() -> Iterable[InspectedConversation]:
        yield build()
        found.extend(problems)
        seen.append("all read")

    def agreement() -> Agreement:
        assert seen == ["all read"]
        return Agreement()

    assert "calls.jsonl:7" in written(passing(), problems=found, truth=agreement)


def test_the_agreement_is_shown_by_clause_and_together(build: Build, judge: Judge) -> None:
    verdicts = (judge("CC-10", "missed", 0), judge("CC-2", "met", 0), judge("CC-3", "missed", 0))
    labels = [Label("CC-10", "missed", 0), Label("CC-10", "missed", 2), Label("CC-2", "met", 0)]
    text = written([build(verdicts=verdicts)], truth=compare([(labels, verdicts)]))
    lines = text[text.index("Agreement with the labels") :].splitlines()
    assert [line.split()[0] for line in lines[2:7]] == ["CC-2", "CC-3", "CC-10", "All", "Share"]
    assert lines[4].split() == ["CC-10", "–", "1/2", "–", "–", "–", "1/1", "0"]
    assert lines[5].split() == ["All", "1/1", "1/2", "–", "–", "1/1", "1/1", "1"]
    assert lines[6].split()[1:3] == ["100.0%", "50.0%"]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_no_line_of_the_tables_is_wider_than_the_terminal(
    cast: list[InspectedConversation], standards: Mapping[str, Any], language: str
) -> None:
    text = written(cast, standards=standards, language=language, width=80)
    assert [line for line in text.splitlines() if cell_len(line) > 80] == []


def test_chinese_and_latin_ids_keep_the_columns_aligned(build: Build) -> None:
    ones = [build("通话一二三", score=7.0), build("abc", score=7.0), build("混合ab", score=7.0)]
    lines = written(ones).splitlines()[1:4]
    assert len({cell_len(line[: line.index("7")]) for line in lines}) == 1


def test_without_a_terminal_there_is_no_colour(cast: list[InspectedConversation]) -> None:
    assert "\x1b" not in written(cast)


def test_hostile_text_commands_no_terminal_and_is_no_markup(
    build: Build, judge: Judge, hostile: str
) -> None:
    one = build(hostile, verdicts=(judge("[bold]X", "missed"),), asked_for=hostile)
    text = written([one, build("[link=x]y[/link]")])
    assert not any(sign in text for sign in "\x1b\x00\u202e\ud800\r")
    assert "[bold]X" in text
    assert "[link=x]y[/link]" in text


def test_an_endless_id_is_cut_with_an_ellipsis(build: Build) -> None:
    assert written([build("长" * 5000)]).splitlines()[1].startswith("长" * 11 + "…")


def test_nothing_inspected_is_said_and_what_was_unreadable_listed(problems: list[Any]) -> None:
    text = written([], problems=problems)
    assert text.startswith("Nothing was inspected")
    assert "calls.jsonl:7" in text


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 3, "abc"),
        ("中文字", 6, "中文字"),
        ("中文字", 5, "中文…"),
        ("中文字", 4, "中…"),
        ("HW-3.12 HW-3.13", 12, "HW-3.12 …"),
        ("HW-3.12", 4, "HW-…"),
        ("中", 1, "…"),
    ],
)
def test_text_is_cut_by_cells_and_clauses_between_words(text: str, cells: int, shown: str) -> None:
    assert fitted(text, cells) == shown
    assert cell_len(shown) <= cells

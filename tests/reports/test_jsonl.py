from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection import json as json_report
from rexian.reports.inspection import jsonl

Build = Callable[..., InspectedConversation]


def test_a_line_holds_the_verdicts_with_their_evidence(cast: list[InspectedConversation]) -> None:
    record = json.loads(jsonl.line(cast[0]))
    assert {name: record[name] for name in ("id", "standard", "version", "score")} == {
        "id": "FAULTY",
        "standard": "highway",
        "version": "1.0.0",
        "score": 33.33,
    }
    assert record["verdicts"][0] == {
        "clause": "HW-3.12",
        "rule": "HW-3.12-rule",
        "verdict": "missed",
        "turns": [2],
        "quote": "应该",
        "at": 40.0,
        "why": "HW-3.12 的理由",
    }


@pytest.mark.parametrize(
    ("language", "why"),
    [("zh-Hans", "CC-1 的理由"), ("en", "why CC-1"), ("zh-Hant", "CC-1 的理由")],
)
def test_reasons_are_in_the_language_asked_for_or_the_packs_first(
    build: Build, judge: Callable[..., Any], language: str, why: str
) -> None:
    one = build(verdicts=(judge("CC-1", "met"),))
    assert json.loads(jsonl.line(one, language))["verdicts"][0]["why"] == why


def test_what_was_asked_for_is_told_only_where_another_standard_judged(
    cast: list[InspectedConversation],
) -> None:
    records = [json.loads(jsonl.line(one)) for one in cast]
    assert [record.get("asked_for", "-") for record in records] == ["-", "-", "gas", "-"]


def test_each_conversation_is_written_before_the_next_is_asked_for(build: Build) -> None:
    target = io.BytesIO()

    def passing() -> Iterator[InspectedConversation]:
        for number in range(3):
            assert target.getvalue().count(b"\n") == number
            yield build(str(number))

    jsonl.write(passing(), target)
    assert [json.loads(line)["id"] for line in target.getvalue().splitlines()] == ["0", "1", "2"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_array_holds_the_objects_of_the_lines(build: Build, count: int) -> None:
    ones = [build(str(number)) for number in range(count)]
    lines, array = io.BytesIO(), io.BytesIO()
    jsonl.write(ones, lines)
    json_report.write(ones, array)
    assert json.loads(array.getvalue()) == list(map(json.loads, lines.getvalue().splitlines()))


def test_hostile_text_stays_one_line_of_utf_8(
    build: Build, judge: Callable[..., Any], hostile: str
) -> None:
    one = build(hostile, texts=(hostile,), verdicts=(judge("CC-1", "missed", 0, hostile),))
    target = io.BytesIO()
    jsonl.write([one], target, problems=[object()], truth=None)
    (line,) = target.getvalue().decode("utf-8").splitlines()
    assert json.loads(line)["verdicts"][0]["quote"] == hostile.replace("\ud800", "\ufffd")


def test_a_time_that_is_no_number_is_null(build: Build, judge: Callable[..., Any]) -> None:
    one = build(verdicts=(judge("CC-1", "met", at=float("nan")),))
    assert json.loads(jsonl.line(one))["verdicts"][0]["at"] is None

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from rexian.dialogue.domain.conversations import Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import compare
from rexian.reports.inspection import xlsx

Build = Callable[..., InspectedConversation]
Judge = Callable[..., Any]


def book_of(ones: Iterable[InspectedConversation], **settings: Any) -> openpyxl.Workbook:
    target = io.BytesIO()
    xlsx.write(ones, target, **({"language": "en"} | settings))
    target.seek(0)
    return openpyxl.load_workbook(target)


def rows_of(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_finding_has_its_clause_its_words_and_room_for_the_inspector(
    cast: list[InspectedConversation], standards: Mapping[str, Any]
) -> None:
    rows = rows_of(book_of(cast, standards=standards)["Findings"])
    assert dict(zip(rows[0], rows[1], strict=True)) == {
        "Conversation": "FAULTY",
        "Standard": "highway",
        "Clause": "HW-3.12",
        "What it asks": "No forbidden words.",
        "Outcome": "Missed",
        "Turn": 3,
        "Time": timedelta(seconds=40),
        "Speaker": "Agent",
        "Quote": "应该",
        "Reason": "why HW-3.12",
        "Review": None,
        "Remark": None,
    }


def test_the_sheet_is_ready_to_be_worked_with(cast: list[InspectedConversation]) -> None:
    sheet: Any = book_of(cast)["Findings"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:L8"
    assert sheet["G2"].number_format == "[mm]:ss"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["I"].width > 20
    (choices,) = sheet.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"Confirmed,Rejected"', "K2:K8")


def test_what_does_not_apply_is_there_and_filtered_out(cast: list[InspectedConversation]) -> None:
    sheet: Any = book_of(cast)["Findings"]
    hidden = {sheet.cell(row, 5).value for row, at in sheet.row_dimensions.items() if at.hidden}
    assert hidden == {"Not applicable", "Undecided"}
    (outcomes,) = sheet.auto_filter.filterColumn
    assert outcomes.filters.filter == ["Missed", "To confirm", "Met"]


def test_scores_are_numbers_and_none_is_blank(cast: list[InspectedConversation]) -> None:
    rows = rows_of(book_of(cast)["Scores"])
    assert [row[4] for row in rows] == ["Score", pytest.approx(33.333333), 100, None, None]
    assert rows[1][5:10] == [2, 0, 1, 1, 0]
    assert rows[3][3] == "gas"


def test_clauses_are_summed_up(
    cast: list[InspectedConversation], standards: Mapping[str, Any]
) -> None:
    rows = rows_of(book_of(cast, standards=standards)["Clauses"])
    assert ["highway", "HW-3.12", "No forbidden words.", 1, 0, 0, 1, 0, 0] in rows


def test_the_last_sheet_tells_standard_hash_date_and_what_was_unreadable(
    cast: list[InspectedConversation], standards: Mapping[str, Any], problems: list[Any]
) -> None:
    at = datetime(2025, 11, 22, 21, 30, tzinfo=UTC)
    rows = rows_of(book_of(cast, standards=standards, problems=problems, at=at)["About"])
    assert ["Date", "2025-11-22 21:30"] in rows
    assert ["Standard", "Highway service (highway 1.0.0 0123456789abcdef)"] in rows
    assert ["Unreadable record", "calls.jsonl:7 This is not JSON (en)"] in rows


def test_the_agreement_has_a_sheet_of_its_own(build: Build, judge: Judge) -> None:
    verdicts = (judge("CC-1", "met", 0),)
    truth = compare([([Label("CC-1", "met", 0)], verdicts)])
    rows = rows_of(book_of([build(verdicts=verdicts)], truth=truth)["Agreement"])
    assert rows[1] == ["CC-1", "1/1", "–", "–", "–", "1/1", "–", "0"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "'=1", "1e5"])
def test_text_never_becomes_a_formula_an_error_or_a_number(
    build: Build, judge: Judge, text: str
) -> None:
    sheet: Any = book_of([build(text, verdicts=(judge("CC-1", "missed", 0, text),))])["Findings"]
    for name in ("A2", "I2"):
        assert (sheet[name].data_type, sheet[name].value) == ("s", text)
        assert bool(sheet[name].quotePrefix) == text.startswith(("=", "+", "-", "@", "\t", "'"))


def test_what_xml_forbids_is_left_out(build: Build, judge: Judge, hostile: str) -> None:
    sheet = book_of([build(hostile, verdicts=(judge("CC-1", "missed", 0, hostile),))])["Findings"]
    assert sheet["I2"].value.startswith(
        "</script><script>alert(1)</script>[31m\u202e=1+1 😊  [red]"
    )


def test_a_text_too_long_for_a_cell_is_cut(build: Build, judge: Judge) -> None:
    sheet = book_of([build(verdicts=(judge("CC-1", "missed", 0, "长" * 40_000),))])["Findings"]
    assert len(sheet["I2"].value) == 32_767
    assert sheet["I2"].value.endswith("…")


def test_a_full_sheet_is_followed_by_a_second(build: Build, judge: Judge) -> None:
    verdicts = tuple(judge(f"CC-{number}", "missed") for number in range(5))
    book = book_of([build(verdicts=verdicts)], most_rows=4)
    assert book.sheetnames[:3] == ["Findings", "Findings 2", "Scores"]
    assert [len(rows_of(book[name])) for name in ("Findings", "Findings 2")] == [4, 3]
    assert book["Findings 2"]["C2"].value == "CC-3"


def test_nothing_inspected_makes_a_proper_workbook_that_says_so() -> None:
    book = book_of([])
    assert rows_of(book["Findings"])[1][0].startswith("Nothing was inspected")
    assert book.sheetnames == ["Findings", "Scores", "Clauses", "About"]

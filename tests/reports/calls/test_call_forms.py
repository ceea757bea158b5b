"""What is new of a call in every form of the report."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rexian.dialogue.domain.agreeing import Equality
from rexian.reports.calls.agreement import HeardTruth, rows
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.measures import measures_of
from rexian.reports.calls.prescribed import Prescribed
from rexian.reports.calls.view import Sound
from rexian.reports.inspection import html, jsonl, table, xlsx
from rexian.speech.domain.comparing_calls import compare_call
from rexian.standard.domain import load
from rexian.standard.domain.events import Speaker, Turn
from tests.reports.calls.made import heard, inspected_call


@pytest.fixture
def call(tmp_path: Path) -> InspectedCall:
    return inspected_call(tmp_path / "a.wav")


def true_turns() -> list[Turn]:
    """Return what was truly said: one character otherwise."""
    found = [Turn(t.index, t.speaker, t.text, t.start, t.end) for t in heard().turns]
    found[0] = Turn(0, Speaker.AGENT, "您好请问有什么可以帮你", 6.0, 9.0)
    return found


def truth() -> HeardTruth:
    """Return how the call was heard against that."""
    return HeardTruth(1, compare_call(heard(), true_turns()), Equality())


def test_measures_tell_how_much_and_how_fast_each_side_speaks(call: InspectedCall) -> None:
    agent, customer = measures_of(call.heard, call.conversation).sides
    assert (agent.speaker, agent.interruptions, agent.turns) == (Speaker.AGENT, 1, 2)
    assert agent.rate == pytest.approx(18 / 5 * 60, abs=0.1)
    assert agent.share is not None
    assert customer.share == pytest.approx(1 - agent.share)
    assert customer.doubtful == pytest.approx(1 / 17)
    assert agent.loudness == pytest.approx(-20.0)


def test_a_line_of_json_holds_times_words_and_measures(call: InspectedCall) -> None:
    record = json.loads(jsonl.line(call, "en"))["call"]
    assert record["recogniser"] == "whisper base"
    assert record["recording"] == "a.wav"
    assert record["turns"][1]["doubtful"] == ["牌"]
    assert record["turns"][2]["start"] == 14.0
    assert record["silences"] == [{"start": 16.0, "end": 28.5, "awaited": "agent", "held": False}]


def test_a_workbook_has_a_sheet_of_what_was_heard(call: InspectedCall) -> None:
    target = io.BytesIO()
    xlsx.write([call], target, language="en", hearing=truth)
    book = load_workbook(io.BytesIO(target.getvalue()))
    shown = list(book["Calls"].iter_rows(values_only=True))
    assert [row[3] for row in shown[1:]] == ["Agent", "Customer"]
    assert "Hearing" in book.sheetnames


def test_a_workbook_of_transcripts_has_no_such_sheet() -> None:
    target = io.BytesIO()
    xlsx.write([], target, language="en")
    assert "Calls" not in load_workbook(io.BytesIO(target.getvalue())).sheetnames


def test_the_table_has_a_line_for_what_was_heard(call: InspectedCall) -> None:
    target = io.StringIO()
    table.write([call], target, language="en", width=140, hearing=truth)
    shown = target.getvalue()
    assert "What was heard" in shown
    assert "How well the calls were heard" in shown


def test_the_page_plays_the_sound_that_it_is_given(call: InspectedCall) -> None:
    target = io.BytesIO()
    html.write([call], target, language="en", sounds=lambda _: Sound("data:audio/mpeg;base64,AA"))
    page = target.getvalue().decode()
    assert "media-src data: 'self' file:;" in page
    assert 'src="data:audio/mpeg;base64,AA"' in page
    assert page.count("class Call {") == 1


def test_a_page_of_transcripts_holds_nothing_of_players() -> None:
    target = io.BytesIO()
    html.write([], target, language="en")
    page = target.getvalue().decode()
    assert "media-src" not in page
    assert "class Call {" not in page


def test_how_well_calls_were_heard_is_told_in_rows() -> None:
    told = dict(rows(truth(), "en"))
    assert told["Characters read wrongly"] == "0.029 (1/35)"
    assert told["Turns"] == "4 of 4 found, 0 heard that were none"
    assert told["Interruptions"].startswith("1 of 1 found")
    assert list(rows(HeardTruth(), "en")) == []
    mixed = HeardTruth(mixed_calls=1, mixed=compare_call(heard(), true_turns()))
    assert dict(rows(mixed, "en")) == {
        "Calls whose sides are unknown": "1",
        "Characters read wrongly in them": "0.029 (1/35)",
    }


def test_the_words_that_a_rule_prescribes_are_filled_in_as_far_as_is_known() -> None:
    standard = load("highway")
    prescribed = Prescribed(standard, "zh-Hans")
    found = [prescribed.words(rule.id, "phone") for rule in standard.pack.rules()]
    assert any(found)
    assert prescribed.words("no-such-rule", "phone") == ()

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from rexian.kernel.errors import Invalid
from rexian.speech.adapters import call_tables
from rexian.speech.domain.call_columns import roles_from
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.unreadable_sound import Fault, Oddity, Unreadable
from rexian.speech.services.finding import FoundCall, find_calls, holds_recordings, texts_beside
from rexian.standard.domain.events import Signal, SignalName, Speaker

AGENT, CUSTOMER, UNKNOWN = Speaker.AGENT, Speaker.CUSTOMER, Speaker.UNKNOWN
_SIDECAR: dict[str, Any] = {
    "id": "zh01",
    "standard": "highway",
    "channel": "phone",
    "direction": "inbound",
    "ring_seconds": 6.3,
    "hung_up_by": "customer",
    "files": {"stereo": "zh01.wav", "mono": "zh01_mono.wav"},
    "assessable": True,
    "turns": [{"speaker": "agent", "text": "您好", "start": 6.6, "end": 8.2}],
    "events": [{"name": "ring", "at": 0.5}, {"name": "hang_up", "at": 80.6}],
    "truth": [{"clause": "HW-3.3", "verdict": "met", "turn": 0, "why": "greets"}],
}


def _put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"RIFF")


def _table(folder: Path, text: str, name: str = "通话.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _found(folder: Path, **options: Any) -> tuple[dict[str, FoundCall], list[Unreadable]]:
    all_ = list(find_calls([folder], **options))
    calls = {one.id: one for one in all_ if isinstance(one, FoundCall)}
    return calls, [one for one in all_ if isinstance(one, Unreadable)]


def _oddities(call: FoundCall) -> list[Oddity]:
    return [remark.oddity for remark in call.remarks]


def test_a_folder_is_searched_to_its_depth_without_what_is_hidden(tmp_path: Path) -> None:
    _put(tmp_path, "b/1.mp3", "a.wav", ".hidden.wav", ".x/2.wav", "note.txt", "b/1.opus")
    calls, unreadable = _found(tmp_path)
    assert list(calls) == ["a", "b/1", "1.opus"] or list(calls) == ["a", "b/1", "1.mp3"]
    assert unreadable == []


def test_a_folder_without_recordings_says_so(tmp_path: Path) -> None:
    assert [one.reason for one in _found(tmp_path)[1]] == [Fault.NO_RECORDINGS]
    assert not holds_recordings([tmp_path])


@pytest.mark.parametrize(
    ("encoding", "between"), [("utf-8-sig", ","), ("gb18030", "\t"), ("utf-16", ";")]
)
def test_a_table_in_chinese_is_mapped_by_the_names_of_its_columns(
    tmp_path: Path, encoding: str, between: str
) -> None:
    _put(tmp_path, "0001.wav")
    rows = (
        "录音文件,工号,来电号码,呼叫方向,振铃次数,振铃时长,技能组,排队时长,开始时间,挂断方,标准,声道",
        r"D:\0001.WAV,1023,139000,呼入,3,00:12,维修,45秒,2026/11/3 9:05:10,客户,gas,左坐席右客户",
    )
    _table(tmp_path, "\n".join(rows).replace(",", between), encoding=encoding)
    calls, unreadable = _found(tmp_path)
    assert unreadable == []
    assert calls["0001"].remarks == ()
    assert calls["0001"].facts == CallFacts(
        "0001",
        agent="1023",
        number="139000",
        direction="in",
        rings=3,
        ring_seconds=12.0,
        queue="维修",
        waited=45.0,
        start=datetime.fromisoformat("2026-11-03T09:05:10"),
        hung_up_by=CUSTOMER,
        standard="gas",
        roles=(AGENT, CUSTOMER),
    )


def test_a_cell_far_out_in_a_workbook_fills_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_tables, "_LARGEST", 1 << 20)
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["file", "agent"], ["a.wav", "1001"]):
        sheet.append(row)
    for line in range(3, 1500):
        sheet.cell(line, 16_384, "x")
    book.save(tmp_path / "facts.xlsx")
    tracemalloc.start()
    table = call_tables.read_table(tmp_path / "facts.xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(table, call_tables.Table)
    assert [one.record["agent"] for one in table.rows] == ["1001"]
    assert most < 40 << 20


def test_a_workbook_in_english_or_in_traditional_characters_is_one_too(tmp_path: Path) -> None:
    _put(tmp_path, "a.wav", "b.wav")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("錄音檔名", "Agent No", "Start Time", "Direction"),
        ("a.wav", 1023, datetime.fromisoformat("2026-11-03T09:05"), "Outbound"),
        ("b", 1024, "20261103090600", "in"),
    ):
        sheet.append(row)
    book.save(tmp_path / "facts.xlsx")
    calls, unreadable = _found(tmp_path)
    assert unreadable == []
    assert [calls[one].facts.agent for one in "ab"] == ["1023", "1024"]
    assert [calls[one].facts.direction for one in "ab"] == ["out", "in"]
    assert [str(calls[one].facts.start)[14:16] for one in "ab"] == ["05", "06"]


def test_rows_and_recordings_that_miss_each_other_are_told(tmp_path: Path) -> None:
    _put(tmp_path, "a.wav", "b.wav", "x/c.wav", "y/c.wav", "y/d.wav")
    table = _table(
        tmp_path, "file,agent\na,1\na.wav,2\nmissing.wav,3\n,4\nc.wav,5\ny/d.wav,6\nx\\c.wav,7\n"
    )
    calls, unreadable = _found(tmp_path)
    assert [(one.line, one.reason) for one in unreadable] == [
        (5, Fault.NO_NAME),
        (3, Fault.SECOND_ROW),
        (6, Fault.SEVERAL_RECORDINGS),
        (4, Fault.NO_RECORDING),
    ]
    assert unreadable[-1].place == f"{table}:4"
    assert "missing.wav" in unreadable[-1].sentence()
    assert {id_: one.facts.agent for id_, one in calls.items()} == {
        "a": "1",
        "b": "",
        "x/c": "7",
        "y/c": "",
        "y/d": "6",
    }
    assert _oddities(calls["b"]) == _oddities(calls["y/c"]) == [Oddity.NO_ROW]


def test_a_cell_that_means_nothing_leaves_its_fact_unknown_and_is_told(tmp_path: Path) -> None:
    _put(tmp_path, "a.wav")
    table = _table(
        tmp_path, "file,agent,ring seconds,direction,start\na,1,soon,sideways,yesterday\n"
    )
    call = _found(tmp_path)[0]["a"]
    assert call.facts == CallFacts("a", agent="1")
    assert _oddities(call) == [Oddity.BAD_CELL] * 3
    assert call.remarks[0].values["place"] == f"{table}:2"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"text,speaker\nhello,agent\n", Fault.NO_COLUMNS),
        (b"agent,start\n1,2026-11-03 09:00\n", Fault.NO_COLUMNS),
        (b"PK\x03\x04 broken", Fault.NOT_A_TABLE),
        (b"\0\0\0", Fault.NOT_A_TABLE),
        (None, Fault.NO_SUCH_TABLE),
    ],
)
def test_a_table_that_is_named_and_is_none_is_refused(
    tmp_path: Path, content: bytes | None, fault: Fault
) -> None:
    _put(tmp_path, "a.wav")
    table = tmp_path / "facts.table"
    if content is not None:
        table.write_bytes(content)
    calls, unreadable = _found(tmp_path, facts=table)
    assert [one.reason for one in unreadable] == [fault]
    assert list(calls) == ["a"]


def test_what_lies_beside_a_recording_is_its_facts_and_its_truth_is_kept_apart(
    tmp_path: Path,
) -> None:
    _put(tmp_path, "zh01.wav", "zh01_mono.wav", "zh01_other.wav")
    (tmp_path / "zh01.json").write_text(json.dumps(_SIDECAR), "utf-8")
    calls, unreadable = _found(tmp_path)
    facts = calls["zh01"].facts
    assert unreadable == []
    assert (facts.direction, facts.ring_seconds, facts.hung_up_by) == ("in", 6.3, CUSTOMER)
    assert facts.standard == "highway"
    assert facts.signals
    assert facts.events == (
        Signal(SignalName.RING, 0.5, Speaker.SYSTEM),
        Signal(SignalName.HANG_UP, 80.6, CUSTOMER),
    )
    assert [turn.text for turn in facts.true_turns] == ["您好"]
    assert [(one.clause, one.verdict) for one in facts.labels] == [("HW-3.3", "met")]
    assert calls["zh01_mono"].facts.standard == "highway"
    assert calls["zh01_mono"].facts.events == facts.events
    assert calls["zh01_other"].facts == CallFacts("zh01_other")
    assert texts_beside([tmp_path]) == []


def test_a_call_in_which_nobody_speaks_has_its_events_and_no_turns(tmp_path: Path) -> None:
    _put(tmp_path, "zh08.wav")
    silent = {**_SIDECAR, "turns": [], "truth": [], "assessable": False, "files": {}}
    (tmp_path / "zh08.json").write_text(json.dumps(silent), "utf-8")
    facts = _found(tmp_path)[0]["zh01"].facts
    assert facts.true_turns == ()
    assert facts.labels == ()
    assert facts.labelled
    assert facts.assessable is False
    assert len(facts.events) == 2


@pytest.mark.parametrize(
    ("content", "oddity"),
    [
        ("{", Oddity.BAD_SIDECAR),
        ("[]", Oddity.BAD_SIDECAR),
        (json.dumps({**_SIDECAR, "truth": "?"}), Oddity.BAD_TRUTH),
    ],
)
def test_a_broken_sidecar_takes_nothing_from_the_recording(
    tmp_path: Path, content: str, oddity: Oddity
) -> None:
    _put(tmp_path, "zh01.wav")
    (tmp_path / "zh01.json").write_text(content, "utf-8")
    call = _found(tmp_path)[0]["zh01"]
    assert _oddities(call) == [oddity]
    assert call.facts.labels == ()
    assert call.facts.standard == ("highway" if oddity is Oddity.BAD_TRUTH else None)


def test_the_option_counts_before_the_table_and_the_table_before_what_lies_beside(
    tmp_path: Path,
) -> None:
    _put(tmp_path, "zh01.wav")
    (tmp_path / "zh01.json").write_text(json.dumps(_SIDECAR), "utf-8")
    _table(tmp_path, "file,standard,direction,channels\nzh01,gas,in,customer|agent\n")
    call = _found(tmp_path, channels="agent,customer")[0]["zh01"]
    assert call.facts.standard == "gas"
    assert call.facts.ring_seconds == 6.3
    assert call.facts.roles == (AGENT, CUSTOMER)
    assert [one.values["fact"] for one in call.remarks] == ["standard", "roles"]
    assert {one.oddity for one in call.remarks} == {Oddity.CONTRADICTION}


def test_what_was_said_of_two_channels_says_nothing_of_their_mix() -> None:
    facts = CallFacts("a", roles=(AGENT, CUSTOMER))
    assert facts.roles_of(2) == (AGENT, CUSTOMER)
    assert facts.roles_of(1) == (UNKNOWN,)
    assert CallFacts("b").roles_of(2) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("agent,customer", (AGENT, CUSTOMER)),
        ("客户，坐席", (CUSTOMER, AGENT)),
        ("左声道：坐席 右声道：客户", (AGENT, CUSTOMER)),
        ("右坐席左客户", (CUSTOMER, AGENT)),
        ("agent", (AGENT,)),
    ],
)
def test_channels_are_named_as_people_write_them(written: str, roles: Sequence[Speaker]) -> None:
    assert roles_from(written) == roles


def test_channels_that_are_nobodys_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        find_calls([tmp_path], channels="boss,customer")


def test_written_conversations_are_left_to_those_who_read(tmp_path: Path) -> None:
    _put(tmp_path, "a.wav")
    chat = tmp_path / "chat.json"
    chat.write_text("[]", "utf-8")
    (tmp_path / "a.json").write_text("{}", "utf-8")
    _table(tmp_path, "file,agent\na,1\n")
    words = _table(tmp_path, "speaker,text\nagent,hello\n", name="words.csv")
    assert texts_beside([tmp_path]) == [chat, words]
    assert texts_beside([chat, tmp_path / "a.wav"]) == [chat]

"""``rexian inspect`` from the file to the report, and what its exit status says."""

from __future__ import annotations

import io
import json
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rexian.cli.application import run

TURNS = [
    ("agent", "您好，客服中心，请问有什么可以帮您？"),
    ("customer", "我的发票什么时候能开？"),
    ("agent", "不知道。"),
]
LABEL = {"clause": "HW-3.12", "verdict": "missed", "turn": 2, "quote": "不知道", "why": "answer"}

Run = Callable[..., int]


def record(name: str, **more: Any) -> dict[str, Any]:
    """Return a conversation in which one forbidden word is said."""
    turns = [{"speaker": speaker, "text": text} for speaker, text in TURNS]
    return {"id": name, "turns": turns, **more}


@pytest.fixture
def conversations(tmp_path: Path) -> Path:
    """Write two conversations and return their file."""
    path = tmp_path / "conversations.jsonl"
    records = [record("A1", truth=[LABEL]), record("A2", truth=[LABEL])]
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return path


def inspect(*arguments: str | Path) -> int:
    """Run ``rexian inspect`` in English."""
    return run(["--language", "en", "inspect", *map(str, arguments)])


def lines(text: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_forbidden_word_is_found_with_its_turn_and_its_words(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(conversations, "--format", "jsonl", "--only", "HW-3.12") == 0
    shown = capsys.readouterr()
    found = lines(shown.out)
    assert [one["id"] for one in found] == ["A1", "A2"]
    missed = [each for each in found[0]["verdicts"] if each["verdict"] == "missed"]
    assert [(each["clause"], each["turns"], each["quote"]) for each in missed] == [
        ("HW-3.12", [2], "不知道")
    ]
    assert missed[0]["why"]
    assert shown.err == ""


def test_reasons_are_given_in_the_language_of_the_interface(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whys = []
    for language in ("en", "zh-Hans"):
        options = ["--format", "jsonl", "--outcome", "missed", "--language", language]
        run(["inspect", str(conversations), *options])
        whys.append(lines(capsys.readouterr().out)[0]["verdicts"][0]["why"])
    assert "forbidden" in whys[0]
    assert "forbidden" not in whys[1]


def test_several_processes_say_what_one_says(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for jobs in ("1", "2"):
        assert inspect(conversations, "--format", "jsonl", "--jobs", jobs) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""


def test_the_table_has_a_line_a_conversation_and_one_a_clause(
    conversations: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert inspect(conversations) == 0
    firsts = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()]
    assert {"A1", "A2", "HW-3.12"} <= set(firsts)


@pytest.mark.parametrize("ending", ["html", "xlsx", "json", "jsonl", "txt"])
def test_the_ending_of_the_file_tells_the_form(
    ending: str, conversations: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / f"report.{ending}"
    assert inspect(conversations, "--output", report) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"Report: {report.resolve()}\n"
    content = report.read_bytes()
    match ending:
        case "html":
            assert content.startswith(b"<!DOCTYPE html>")
        case "xlsx":
            assert load_workbook(io.BytesIO(content)).sheetnames
        case "json":
            assert [one["id"] for one in json.loads(content)] == ["A1", "A2"]
        case "jsonl":
            assert [one["id"] for one in lines(content.decode())] == ["A1", "A2"]
        case _:
            assert "A1" in content.decode()


def test_a_page_for_a_terminal_is_refused_before_anything_is_read(
    conversations: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert inspect(conversations, "--format", "html") == 2
    assert "--output report.html" in capsys.readouterr().err


def test_standard_input_is_read_and_roles_tell_who_speaks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"{'A' if who == 'agent' else 'B'}：{said}\n" for who, said in TURNS)
    stream = io.TextIOWrapper(io.BytesIO(text.encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", stream)
    options = ["--role", "A=agent", "--role", "B=customer", "--format", "jsonl"]
    assert inspect("-", *options, "--outcome", "missed", "--only", "HW-3.12") == 0
    (found,) = lines(capsys.readouterr().out)
    assert found["verdicts"][0]["quote"] == "不知道"


def test_the_samples_are_inspected(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect("--samples", "--format", "jsonl") == 0
    found = lines(capsys.readouterr().out)
    assert found
    assert all(one["verdicts"] for one in found)


def test_a_broken_record_is_named_and_does_not_stop_the_rest(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = conversations.read_text("utf-8")
    conversations.write_text(f'{{"id": "A0"}}\n{whole}', "utf-8")
    assert inspect(conversations, "--format", "jsonl") == 1
    shown = capsys.readouterr()
    assert [one["id"] for one in lines(shown.out)] == ["A1", "A2"]
    assert shown.err.startswith(f"Error: {conversations}:1: ")
    assert len(shown.err.splitlines()) == 1


def test_a_file_that_is_not_there_is_named_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(tmp_path / "nothing.jsonl", "--format", "jsonl") == 1
    assert "nothing.jsonl: There is no such file or folder." in capsys.readouterr().err


def test_a_standard_that_is_not_there_is_refused_with_status_2(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(conversations, "--standard", "nothing") == 2
    assert capsys.readouterr().err.startswith("Error: There is no standard nothing.")


def test_a_record_that_asks_for_a_standard_that_is_not_installed_is_told_of(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conversations.write_text(json.dumps(record("B1", standard="seaside")), "utf-8")
    assert inspect(conversations, "--format", "jsonl") == 0
    shown = capsys.readouterr()
    assert lines(shown.out)[0]["standard"] == "centre"
    assert shown.err == "The standard seaside is not installed: centre judged 1 conversation.\n"


def test_a_report_that_fails_leaves_the_old_one_and_no_other_file(
    conversations: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.jsonl"
    report.write_text("what was there", "utf-8")
    before = sorted(tmp_path.iterdir())
    assert inspect(conversations, "--output", report, "--standard", "nothing") == 2
    assert report.read_text("utf-8") == "what was there"
    assert sorted(tmp_path.iterdir()) == before


def test_a_report_into_a_folder_that_is_not_there_is_refused(
    conversations: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(conversations, "--output", tmp_path / "no" / "report.json") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_report_is_opened_only_where_there_is_a_screen(
    conversations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    report = tmp_path / "报告.html"
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    inspect(conversations, "--output", report, "--open")
    assert opened == [] or sys.platform != "linux"
    monkeypatch.setenv("DISPLAY", ":0")
    inspect(conversations, "--output", report, "--open")
    assert opened[-1] == report.resolve().as_uri()


def test_labels_are_compared_and_the_bar_decides_the_status(
    conversations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conversations.write_text(json.dumps(record("A1", truth=[{**LABEL, "turn": 0}])), "utf-8")
    options = ["--truth", "--only", "HW-3.12", "--format", "jsonl"]
    assert inspect(conversations, *options) == 0
    assert "HW-3.12" in capsys.readouterr().err
    assert inspect(conversations, *options, "--bar", "0.9") == 1
    assert "Error: The agreement is below the bar of 0.9." in capsys.readouterr().err

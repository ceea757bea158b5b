"""What only a process of its own can show: closed pipes, Ctrl-C, and where its words go."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "rexian", "--language", "en"]
TURNS = [
    {"speaker": "agent", "text": "您好，客服中心。"},
    {"speaker": "customer", "text": "你好。"},
]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Write more conversations than a pipe holds."""
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(3000):
            stream.write(json.dumps({"id": f"M{number}", "turns": TURNS}) + "\n")
    return path


def test_a_reader_who_has_enough_ends_it_quietly(many: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "inspect", str(many), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_ends_it_with_a_line_and_without_half_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    process = subprocess.Popen(
        [*PROGRAM, "inspect", "-", "--output", str(report)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"id": "M1", "turns": TURNS}).encode() + b"\n")
    process.stdin.flush()
    while not any(tmp_path.iterdir()) and process.poll() is None:
        pass  # until the report has been begun
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (output, errors) == (b"", b"Stopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_words_that_the_terminals_encoding_lacks_do_not_break_it(many: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "200"}
    many.write_text(many.read_text("utf-8").splitlines()[0], "utf-8")
    done = subprocess.run(
        [*PROGRAM, "inspect", str(many), "--language", "zh"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"M0" in done.stdout

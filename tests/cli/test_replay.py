"""``rexian archive`` and ``rexian replay``: files into an archive, and what another would say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rexian.cli.application import run

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Return a file of two conversations."""
    file = tmp_path / "calls.jsonl"
    records = [
        {"id": f"c-{number}", "turns": [{"role": "agent", "text": text}]}
        for number, text in enumerate(("喂，不知道。", "您好，华通高速很高兴为您服务。"))
    ]
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), "utf-8")
    return file


@pytest.fixture
def archive(calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the same two in an archive."""
    folder = tmp_path / "archive"
    assert rexian("archive", calls, "--output", folder, "--month", "2026-10") == 0
    assert "Archived conversations: 2, with 2 turns, in 1 files" in capsys.readouterr().out
    return folder


def rexian(*arguments: str | Path) -> int:
    """Run a command in English."""
    return run(["--language", "en", *map(str, arguments)])


def replay(folder: Path, *arguments: str | Path) -> int:
    """Replay an archive in this process."""
    return rexian("replay", folder, "--jobs", "1", *arguments)


def test_it_says_what_a_replay_of_the_files_says(
    calls: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rexian("standard", "replay", "centre", "highway", calls, "--json", "--jobs", "1") == 0
    in_memory = json.loads(capsys.readouterr().out)
    assert replay(archive, "--standard", "centre", "--against", "highway", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    for same in ("old", "new", "conversations", "changed", "mean_score", "clauses"):
        assert told[same] == in_memory[same]
    most = [
        {name: one[name] for name in ("id", "before", "after", "changes")} for one in told["most"]
    ]
    assert most == in_memory["most"]


def test_the_table_shows_what_changes_and_where(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--standard", "centre", "--against", "highway", "--most", "1")
    assert replay(archive, *asked) == 0
    shown = capsys.readouterr()
    assert "Changed 2" in shown.out
    assert "HW-3.3" in shown.out
    assert shown.out.count("c-0") + shown.out.count("c-1") == 1
    assert replay(archive, *asked) == 0
    again = capsys.readouterr()
    assert again.out == shown.out
    assert "Parts done before: 1 of 1" in again.err


def test_one_standard_alone_writes_verdicts(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results"
    asked = ("--standard", "centre", "--results", results, "--format", "json")
    assert replay(archive, *asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["standard"]["name"], told["conversations"]) == ("centre", 2)
    assert any(steps.get("missed") for steps in told["clauses"].values())
    assert len(list(results.rglob("*.parquet"))) == 1


def test_a_page_and_a_workbook_show_the_words(archive: Path, tmp_path: Path) -> None:
    page, book = tmp_path / "r.html", tmp_path / "r.xlsx"
    for file in (page, book):
        asked = ("--standard", "centre", "--against", "highway", "--output", file)
        assert (
            run(["--language", "zh-Hans", "replay", str(archive), "-j", "1", *map(str, asked)]) == 0
        )
    text = page.read_text("utf-8")
    assert "HW-3.3" in text
    assert "无法判定" in text
    assert "<script" not in text
    rows = [row for sheet in load_workbook(book).worksheets for row in sheet.values]
    assert any("HW-3.3" in row for row in rows)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--standard", "no-such"), 2, "There is no standard no-such"),
        (("--standard", "centre", "--against", "no-such"), 2, "There is no standard no-such"),
        ((), 2, "By which standard?"),
    ],
)
def test_what_cannot_be_had_is_told(
    arguments: tuple[str, ...],
    status: int,
    told: str,
    archive: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert replay(archive, *arguments) == status
    assert told in capsys.readouterr().err


def test_a_folder_that_is_no_archive_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(tmp_path, "--standard", "centre") == 2
    assert "holds no archive" in capsys.readouterr().err


def test_a_shard_that_is_cut_off_gives_an_exit_status_of_its_own(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shard,) = archive.rglob("*.parquet")
    shard.write_bytes(shard.read_bytes()[:-50])
    assert replay(archive, "--standard", "centre") == 1
    assert "it is cut off, or was changed" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None; from rexian.cli.application import run; "
        "sys.exit(run(sys.argv[1:]))"
    )
    asked = ("--language", "en", "replay", tmp_path, "--standard", "centre")
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, asked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert 'pip install "rexian[archive]"' in done.stderr


def test_one_says_which_conversations_to_archive(
    calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rexian("archive", "--output", tmp_path) == 2
    assert rexian("archive", calls, "--database", "--output", tmp_path) == 2
    assert "Name files or folders, or --database" in capsys.readouterr().err
    assert rexian("archive", tmp_path / "gone.jsonl", "--output", tmp_path) == 1

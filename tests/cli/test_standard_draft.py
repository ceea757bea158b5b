"""``rexian standard draft``: a document on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rexian.cli.application import run

PAPER = (
    "港湾热线服务规范\n第一条　电话铃响三声之内接听，说“您好，港湾热线，请讲。”。\n"
    "第二条　投诉在24小时内答复。\n第三条　不得说“不归我管”。\n"
)


def draft(*arguments: str | Path) -> int:
    """Run ``rexian standard draft`` in English."""
    return run(["--language", "en", "standard", "draft", *map(str, arguments)])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return a written standard."""
    file = tmp_path / "规范.txt"
    file.write_text(PAPER, encoding="gb18030")
    return file


def test_the_draft_is_a_folder_that_can_be_loaded(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "harbour"
    assert draft(paper, "--prefix", "hb", "--extends", "none", "-o", folder) == 0
    assert sorted(one.name for one in folder.iterdir()) == [
        "clauses.yaml",
        "figures.yaml",
        "forbidden.yaml",
        "pack.yaml",
        "wording.yaml",
    ]
    shown = capsys.readouterr()
    assert "can be loaded" in shown.err
    assert "港湾热线服务规范 (HB)" in shown.out
    assert "     3  clauses" in shown.out


def test_an_empty_folder_is_filled_though_somebody_stands_in_it(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    before = folder.stat().st_ino
    monkeypatch.chdir(folder)
    assert draft(paper, "--prefix", "hb", "--extends", "none", "-o", ".") == 0
    assert (folder / "pack.yaml").is_file()
    assert folder.stat().st_ino == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_everything_that_was_found_is_reported_as_json(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(paper, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["wordings"] == 1
    assert found["clauses"][1]["figures"][0]["value"] == "24h"
    assert found["clauses"][2]["wordings"][0]["stance"] == "never"
    assert found["clauses"][2]["place"] == "line 4"
    assert {"section", "element", "question", "place", "quote"} <= set(found["questions"][0])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--prefix", "H-B"], "not H-B"),
        (["--extends", "nowhere"], "no standard nowhere"),
        (["--extends", "."], "no standard ."),
        (["-o", "."], "not empty"),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_is_written(
    paper: Path,
    arguments: list[str],
    reason: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(paper.parent)
    assert draft(paper, *arguments) == 2
    assert reason in capsys.readouterr().err
    assert [one.name for one in paper.parent.iterdir()] == [paper.name]


def test_a_file_that_is_not_there_or_no_document_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(tmp_path / "nothing.txt") == 2
    assert "cannot be read" in capsys.readouterr().err
    empty = tmp_path / "empty.pdf"
    empty.touch()
    assert draft(empty, "-o", tmp_path / "out") == 2
    assert "empty.pdf is empty" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()

"""``rexian standard diff`` says what is another: in words, as source, and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from rexian.cli.application import run

PACK = """\
name: small
version: 1.0.0
title: {zh: 小, en: small}
parameters:
  hours: {default: 24h}
"""
RULES = """\
clauses:
  - id: S-1
    text: {zh: 按时答复。, en: Answer in time.}
deadlines:
  - id: answer
    clause: S-1
    title: {zh: 答复时限, en: Time to answer}
    within: ${hours}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small pack."""
    made = tmp_path / "small"
    made.mkdir()
    (made / "pack.yaml").write_text(PACK, "utf-8")
    (made / "rules.yaml").write_text(RULES, "utf-8")
    return made


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return the same as an archive that sets the parameter otherwise."""
    made = tmp_path / "small.zip"
    with ZipFile(made, "w") as written:
        written.writestr("small/pack.yaml", PACK)
        written.writestr("small/rules.yaml", RULES)
        written.writestr("parameters.yaml", 'hours: "12h"\n')
    return made


def diff(*arguments: str | Path) -> int:
    """Run the command in English."""
    return run(["--language", "en", "standard", "diff", *map(str, arguments)])


def test_what_differs_is_said_by_clause(
    folder: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(folder, archive, "--words") == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        "Parameters",
        "  hours: 24h → 12h",
        "S-1",
        "  Deadlines · Time to answer",
        "    Within: 24h → 12h",
    ]


def test_the_source_follows_and_programs_read_json(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "pack.yaml").write_text(PACK, "utf-8")
    (other / "rules.yaml").write_text(RULES.replace("${hours}", "2h"), "utf-8")
    assert diff(folder, other) == 1
    assert "+    within: 2h" in capsys.readouterr().out
    assert diff(folder, other, "--json") == 1
    (change,) = json.loads(capsys.readouterr().out)["clauses"]["S-1"]
    assert change["parts"][0]["path"] == ["within"]


def test_the_same_differs_in_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(folder, folder) == 0
    assert capsys.readouterr().out == "Nothing differs.\n"


def test_what_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("highway", "higway") == 2
    assert "highway" in capsys.readouterr().err

"""``rexian standard replay``: what another standard would say of files, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


def replay(*arguments: str | Path) -> int:
    """Run ``rexian standard replay`` in English."""
    return run(["--language", "en", "standard", "replay", *map(str, arguments)])


def test_it_shows_what_changes_and_where(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay("centre", "highway", calls, "--jobs", "1", "--most", "1") == 0
    shown = capsys.readouterr().out
    assert "Conversations: 2 · changed: 2" in shown
    assert "HW-3.3" in shown
    assert shown.count("c-0") + shown.count("c-1") == 1


def test_json_has_every_conversation_that_changes(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay("centre", "highway", calls, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["old"]["name"], told["new"]["name"]) == ("centre", "highway")
    assert {one["id"] for one in told["most"]} == {"c-0", "c-1"}
    count = sum(sum(steps.values()) for steps in told["clauses"].values())
    assert count == sum(len(one["changes"]) for one in told["most"])


def test_the_same_standard_changes_nothing(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay("centre", "centre", calls, "--jobs", "1") == 0
    assert "changed: 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("centre", "no-such-standard"), 2), (("centre",), 2), (("centre", "highway", "gone"), 1)],
)
def test_what_cannot_be_had_is_told(
    arguments: tuple[str, ...], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [] if len(arguments) == 3 else ["calls.jsonl"]
    assert replay(*arguments, *paths, "--jobs", "1") == status

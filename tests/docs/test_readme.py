"""What the READMEs show works as it is shown."""

from __future__ import annotations

import json
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from rexian.cli.application import run

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

by_language = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def blocks(readme: Path, kind: str) -> list[str]:
    """Return the contents of all code blocks of one kind."""
    return [text for found, text in BLOCK.findall(readme.read_text("utf-8")) if found == kind]


def commands(readme: Path) -> Iterator[list[str]]:
    """Yield the words of every ``rexian`` command."""
    for block in blocks(readme, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["rexian"]:
                yield words


@pytest.fixture
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go where there is what the commands speak of: transcripts, a document, a pack."""
    (tmp_path / "transcripts").mkdir()
    for number, text in enumerate(blocks(READMES[0], "text")):
        (tmp_path / "transcripts" / f"{number}.txt").write_text(text, "utf-8")
    (tmp_path / "standard.txt").write_text(
        "第一条 三声之内接听。\n第二条 统一用语：“您好！”\n", "utf-8"
    )
    pack = tmp_path / "path" / "to" / "your"
    pack.mkdir(parents=True)
    (pack / "pack").symlink_to(ROOT / "src" / "rexian" / "standard" / "packs" / "centre")
    monkeypatch.chdir(tmp_path)
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(screen, raising=False)


@pytest.mark.usefixtures("_desk")
def test_every_command_works(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(commands(READMES[0]))  # the other shows the same ones
    assert len(found) >= 8
    for words in found:
        status = run(words[1:])
        assert status == 0, (words, *capsys.readouterr())


@by_language
def test_the_notebook_finds_what_the_text_promises(
    readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (snippet,) = blocks(readme, "python")
    script = tmp_path / "notebook.py"
    script.write_text(snippet, "utf-8")
    runpy.run_path(str(script))
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "HW-3.12 missed 不知道" in printed.out


@by_language
def test_the_record_can_be_read(
    readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = blocks(readme, "json")
    record = tmp_path / "one.jsonl"
    record.write_text(json.dumps(json.loads(block)), "utf-8")
    assert run(["inspect", str(record), "--format", "jsonl"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out)["id"] == "S001"


def test_both_readmes_show_the_same_commands() -> None:
    shown = [[*commands(readme)] for readme in READMES]
    assert shown[0] == shown[1]


@by_language
def test_every_make_target_exists(readme: Path) -> None:
    text = readme.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", text)) <= targets


def links() -> Iterator[tuple[str, Path]]:
    """Yield every link from a document of ours to a file of ours."""
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            yield str(document.relative_to(ROOT)), document.parent / target


def test_every_link_between_documents_leads_somewhere() -> None:
    assert [(document, str(target)) for document, target in links() if not target.exists()] == []

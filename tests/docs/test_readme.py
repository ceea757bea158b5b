"""What the READMEs show works as it is shown."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
def desk(tmp_path: Path) -> Path:
    """Return a folder with what the commands speak of: transcripts, and a pack of one's own."""
    (tmp_path / "transcripts").mkdir()
    for number, text in enumerate(blocks(READMES[0], "text")):
        (tmp_path / "transcripts" / f"{number}.txt").write_text(text, "utf-8")
    pack = tmp_path / "path" / "to" / "your"
    pack.mkdir(parents=True)
    (pack / "pack").symlink_to(ROOT / "src" / "rexian" / "standard" / "packs" / "centre")
    return tmp_path


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``, without a screen."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_command_works(desk: Path) -> None:
    found = list(commands(READMES[0]))  # the other shows the same ones
    assert len(found) >= 8
    for words in found:
        done = run(words, desk)
        assert done.returncode == 0, (words, done.stdout, done.stderr)


@by_language
def test_the_notebook_finds_what_the_text_promises(readme: Path, tmp_path: Path) -> None:
    (snippet,) = blocks(readme, "python")
    script = tmp_path / "notebook.py"
    script.write_text(snippet, "utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    assert "HW-3.12 missed 不知道" in done.stdout


@by_language
def test_the_record_can_be_read(readme: Path, tmp_path: Path) -> None:
    (block,) = blocks(readme, "json")
    (tmp_path / "one.jsonl").write_text(json.dumps(json.loads(block)), "utf-8")
    done = run(["rexian", "inspect", "one.jsonl", "--format", "jsonl"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == "S001"


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

"""The help is what most people read of the manual: complete, in each language, and in shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from typer.core import TyperGroup
from typer.main import get_command

from rexian.cli.application import application, run
from rexian.kernel.language import Language, translate


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command there is."""
    found = command or get_command(application)
    yield path
    if isinstance(found, TyperGroup):
        for name, one in found.commands.items():
            yield from commands(one, (*path, name))


def command_at(path: tuple[str, ...]) -> Any:
    """Return the command that ``path`` names."""
    found: Any = get_command(application)
    for name in path:
        found = found.commands[name]
    return found


def name_of(path: tuple[str, ...]) -> str:
    """Return a command as it is typed."""
    return " ".join(("rexian", *path))


ALL = list(commands())


@pytest.mark.parametrize("path", ALL, ids=name_of)
@pytest.mark.parametrize("language", Language)
def test_help_tells_every_option_in_each_language(
    path: tuple[str, ...], language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path, "--help", "--language", language]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    for parameter in command_at(path).params:
        if parameter.param_type_name == "option":
            assert max(parameter.opts, key=len) in shown.out
        assert parameter.help, parameter.name
        told = translate(parameter.help, language).split()[0][:10]
        assert told in shown.out


@pytest.mark.parametrize("path", ALL, ids=name_of)
@pytest.mark.parametrize("language", Language)
def test_no_line_of_the_help_is_wider_than_the_terminal(
    path: tuple[str, ...],
    language: Language,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run([*path, "--help", "--language", language])
    assert [line for line in capsys.readouterr().out.splitlines() if cell_len(line) > 80] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_chinese_is_the_language_that_needs_no_asking(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*path, "--help"])
    assert capsys.readouterr().out.startswith("用法：")


def test_the_environment_chooses_the_language_and_the_option_overrules_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REXIAN_LANGUAGE", "en")
    run(["inspect", "--help"])
    assert capsys.readouterr().out.startswith("Usage: rexian inspect")
    run(["inspect", "--help", "--language=zh-TW"])
    assert "服務規範" in capsys.readouterr().out


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "rexian inspect --samples" in capsys.readouterr().out

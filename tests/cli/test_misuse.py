"""Whoever mistypes is told what was wrong in one line, in their language, with status 2."""

from __future__ import annotations

import pytest

from rexian.cli.application import run


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["inpect"], "There is no command inpect. Did you mean inspect, init?"),
        (
            ["standard", "xyz"],
            "There is no command xyz. There are: coverage, diff, draft, lint, replay, show.",
        ),
        (["inspect", "--formt", "x"], "There is no option --formt. Did you mean --format?"),
        (["inspect"], "Which conversations? Name files or folders, - or --samples."),
        (["inspect", "x", "--format", "tabel"], "--format cannot be tabel. Did you mean table?"),
        (
            ["inspect", "x", "--outcome", "zzz"],
            "--outcome cannot be zzz. There are: met, missed, not_applicable, suspect, undecided.",
        ),
        (["inspect", "x", "--output"], "The option --output wants a value."),
        (["inspect", "--samples=3"], "The option --samples takes no value."),
        (
            ["inspect", "x", "--jobs", "0"],
            "--jobs is a whole number from 1 up, not 0.",
        ),
        (["inspect", "x", "--bar", "ninety"], "--bar is a number from 0 to 1, not ninety."),
        (["inspect", "x", "--below", "101"], "--below is a number from 0 to 100, not 101."),
        (["inspect", "x", "--role", "A"], "--role is written NAME=VALUE, not A."),
        (
            ["inspect", "x", "--role", "A=boss"],
            "--role cannot be boss. There are: agent, customer, system.",
        ),
        (
            ["inspect", "x", "--standard", "highwy"],
            "There is no standard highwy. Did you mean highway?",
        ),
        (
            ["inspect", "x", "--standard", "highway", "--parameter", "rings=3"],
            "highway has no parameter rings. Did you mean rings_to, rings_from, late_rings?",
        ),
        (["standard", "lint"], "NAME is missing."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_refused_with_one_line_and_where_to_read_more(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--language", "en", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    first, second = shown.err.splitlines()
    assert first == f"Error: {complaint}"
    assert second.startswith("More: rexian")
    assert second.endswith("--help")


def test_a_complaint_is_made_in_chinese_unless_asked_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["inspect", "--formt"]) == 2
    assert capsys.readouterr().err == (
        "错误：没有 --formt 这个选项。是不是想写 --format？\n更多用法：rexian inspect --help\n"
    )


def test_an_unknown_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", "x", "--language", "fr"]) == 2
    assert "fr" in capsys.readouterr().err

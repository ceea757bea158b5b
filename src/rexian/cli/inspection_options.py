"""The options of ``rexian inspect``, with their help in English; ``help`` translates it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rexian.cli.settings import FORMATS, Pair, between_0_and, choice_of, pair, role, whole_number
from rexian.kernel.language import mark

INPUT, JUDGING, OUTPUT = mark("Input"), mark("Judging"), mark("Output")
_OUTCOMES = ("met", "missed", "suspect", "not_applicable", "undecided")

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=mark("PATH"),
        help=mark("Files or folders; - is standard input."),
        rich_help_panel=INPUT,
        show_default=False,
    ),
]
Samples = Annotated[
    bool,
    typer.Option(
        "--samples",
        help=mark("The conversations that ship with Rexian."),
        rich_help_panel=INPUT,
    ),
]
Roles = Annotated[
    list[Pair] | None,
    typer.Option(
        "--role",
        parser=role("--role", ("agent", "customer", "system")),
        metavar=mark("NAME=SIDE"),
        help=mark(
            "Which side a speaker is, where the name does not tell: A=agent, B=customer. "
            "May be repeated."
        ),
        rich_help_panel=INPUT,
    ),
]
StandardOption = Annotated[
    str,
    typer.Option(
        "--standard",
        "-s",
        metavar=mark("NAME"),
        help=mark(
            "The standard to judge by: the name of one that is installed, a folder, or auto, "
            "which takes the one that each record names."
        ),
        rich_help_panel=JUDGING,
        show_default="auto",
    ),
]
Parameters = Annotated[
    list[Pair] | None,
    typer.Option(
        "--parameter",
        "-p",
        parser=pair("--parameter"),
        metavar=mark("NAME=VALUE"),
        help=mark("A parameter of the standard, such as the company's name. May be repeated."),
        rich_help_panel=JUDGING,
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        parser=whole_number("--jobs", least=1),
        metavar=mark("NUMBER"),
        help=mark("How many processes share the work."),
        rich_help_panel=JUDGING,
        show_default="1",
    ),
]
Truth = Annotated[
    bool,
    typer.Option(
        "--truth",
        help=mark("Compare the verdicts with the labels that the records carry."),
        rich_help_panel=JUDGING,
    ),
]
Bar = Annotated[
    float | None,
    typer.Option(
        "--bar",
        parser=between_0_and("--bar", 1),
        metavar=mark("SHARE"),
        help=mark("With --truth: exit with 1 where recall or precision is lower, 0 to 1."),
        rich_help_panel=JUDGING,
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        parser=choice_of("--format", FORMATS),
        metavar=mark("FORM"),
        help=mark("The form of the report: table, json, jsonl, html or xlsx."),
        rich_help_panel=OUTPUT,
        show_default=mark("by the ending of FILE, else table"),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=mark("FILE"),
        help=mark("Where the report goes."),
        rich_help_panel=OUTPUT,
        show_default=mark("standard output"),
    ),
]
Open = Annotated[
    bool,
    typer.Option(
        "--open",
        help=mark("Show the report when it is written, where there is a screen."),
        rich_help_panel=OUTPUT,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar=mark("CLAUSE"),
        help=mark("Report this clause or chapter alone: HW-3.12, HW-3, CC. May be repeated."),
        rich_help_panel=OUTPUT,
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        parser=choice_of("--outcome", _OUTCOMES),
        metavar=mark("OUTCOME"),
        help=mark(
            "Report such verdicts alone: met, missed, suspect, not_applicable or undecided. "
            "May be repeated."
        ),
        rich_help_panel=OUTPUT,
    ),
]
Below = Annotated[
    float | None,
    typer.Option(
        "--below",
        parser=between_0_and("--below", 100),
        metavar=mark("SCORE"),
        help=mark("Report conversations with a lower score alone, 0 to 100."),
        rich_help_panel=OUTPUT,
    ),
]

"""The options of ``rexian inspect``, with their help in English; ``help`` translates it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rexian.cli.calls.wishes import ROLES, Playing
from rexian.cli.settings import FORMATS, Pair, between_0_and, choice_of, pair, role, whole_number
from rexian.kernel.language import mark

INPUT, JUDGING, OUTPUT = mark("Input"), mark("Judging"), mark("Output")
RECORDINGS = mark("Recordings")
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
Asr = Annotated[
    str | None,
    typer.Option(
        "--asr",
        metavar=mark("ENGINE"),
        help=mark(
            "What reads recordings: whisper:FOLDER or sherpa:FOLDER with a model in it, "
            "https://…/v1#MODEL for a server of your own; none judges voice and silence alone."
        ),
        rich_help_panel=RECORDINGS,
    ),
]
FactsTable = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        metavar=mark("TABLE"),
        help=mark(
            "A CSV or workbook with what is known of each recording: agent, number, direction, "
            "rings, queue, start."
        ),
        rich_help_panel=RECORDINGS,
        show_default=mark("the tables in the folder"),
    ),
]
Channels = Annotated[
    str | None,
    typer.Option(
        "--channels",
        parser=choice_of("--channels", tuple(ROLES)),
        metavar=mark("WHO"),
        help=mark(
            "Who speaks on the two channels: agent,customer or customer,agent, or unknown. "
            "Of a single channel nobody can tell."
        ),
        rich_help_panel=RECORDINGS,
        show_default=mark("what the facts say, else agent,customer"),
    ),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar=mark("FOLDER"),
        help=mark(
            "Keep what was heard, so that a run that was stopped goes on, and another standard "
            "needs no new recognition. It holds what was said, in the clear."
        ),
        rich_help_panel=RECORDINGS,
    ),
]
SoundOption = Annotated[
    str | None,
    typer.Option(
        "--sound",
        parser=choice_of("--sound", tuple(Playing)),
        metavar=mark("PLACE"),
        help=mark(
            "Where the sound of an HTML report lies: embed, in the page; beside, in a folder; none."
        ),
        rich_help_panel=RECORDINGS,
        show_default=mark("embed, over an hour of sound beside"),
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
        help=mark("How many processes share the work; each hears with an engine of its own."),
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

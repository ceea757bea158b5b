"""``rexian standard replay``: what another standard would have said of the same conversations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from rexian.cli import inspection_options as options
from rexian.cli.book import open_standard
from rexian.cli.course import Course
from rexian.cli.language import LanguageOption
from rexian.cli.settings import whole_number
from rexian.cli.terminal import Terminal
from rexian.dialogue.domain.replays import Change, Side, added, counted
from rexian.dialogue.services import find_records
from rexian.dialogue.services.replaying_files import ReplayedFile, replay_files
from rexian.kernel.language import mark
from rexian.reports.inspection.cleaning import encodable, one_line
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.reports.inspection.replay_words import change_words, outcome_of
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Standard

HELP = mark(
    "See what another standard would say of the same conversations.\n\n"
    "Judges each conversation by both and shows which verdicts and scores change. Every record is "
    "judged by the two that are named, whatever standard it names itself."
)
EXAMPLES = mark(
    "# what a pack of your own changes in last month's calls\n"
    "rexian standard replay highway path/to/your/pack october/\n"
    "# the same for a program\n"
    "rexian standard replay highway path/to/your/pack october/ --json"
)
_SHOWN = 10

Old = Annotated[
    str,
    typer.Argument(
        metavar=mark("OLD"),
        help=mark("The standard that judged: its name, or the folder of a pack."),
        rich_help_panel=options.JUDGING,
    ),
]
New = Annotated[
    str,
    typer.Argument(
        metavar=mark("NEW"),
        help=mark("The standard that is tried: its name, or the folder of a pack."),
        rich_help_panel=options.JUDGING,
    ),
]
Conversations = Annotated[
    list[str],
    typer.Argument(
        metavar=mark("CONVERSATIONS"),
        help=mark("Files or folders; - is standard input."),
        rich_help_panel=options.INPUT,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        parser=whole_number("--jobs", least=1),
        metavar=mark("NUMBER"),
        help=mark("How many processes share the work."),
        rich_help_panel=options.JUDGING,
        show_default=mark("one for each core"),
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help=mark("Write all of it as JSON, with every conversation that changes."),
        rich_help_panel=options.OUTPUT,
    ),
]
Shown = Annotated[
    int,
    typer.Option(
        "--most",
        parser=whole_number("--most", least=0),
        metavar=mark("NUMBER"),
        help=mark("How many of the conversations that change most are shown."),
        rich_help_panel=options.OUTPUT,
        show_default=str(_SHOWN),
    ),
]


def replay(
    context: typer.Context,
    *,
    old: Old,
    new: New,
    paths: Conversations,
    roles: options.Roles = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
    most: Shown = _SHOWN,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Judge conversations by two standards, and print what changes."""
    terminal: Terminal = context.obj
    standards = open_standard(old), open_standard(new)
    course = Course(terminal)
    records = find_records(paths, roles={one.name: one.value for one in roles or ()})
    jobs = jobs or os.cpu_count() or 1
    found = list(course.through(replay_files(records, old=old, new=new, jobs=jobs)))
    differing = sorted((one for one in found if one.replayed.differs), key=_most_moved)
    if as_json:
        told = _as_json(standards, found, differing, len(course.problems))
        terminal.output.write((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    else:
        _print(terminal, standards, found, differing, most)
    return 1 if course.problems else 0


def _most_moved(one: ReplayedFile) -> tuple[float, int]:
    return -one.replayed.moved, -len(one.replayed.changes)


def _tally(differing: Iterable[ReplayedFile]) -> dict[str, dict[str, int]]:
    tally: dict[str, dict[str, int]] = {}
    for one in differing:
        tally = added(tally, counted(one.replayed.changes))
    return dict(sorted(tally.items(), key=lambda item: clause_order(item[0])))


def _means(found: Iterable[ReplayedFile]) -> tuple[float | None, float | None]:
    """Return the mean scores before and after, of the conversations that have both."""
    pairs = [
        (one.replayed.before, one.replayed.after)
        for one in found
        if one.replayed.before is not None and one.replayed.after is not None
    ]
    if not pairs:
        return None, None
    return sum(old for old, _ in pairs) / len(pairs), sum(new for _, new in pairs) / len(pairs)


def _print(
    terminal: Terminal,
    standards: tuple[Standard, Standard],
    found: Sequence[ReplayedFile],
    differing: Sequence[ReplayedFile],
    most: int,
) -> None:
    console, language = terminal.console, terminal.language
    print_line(console, Text(" → ".join(map(_named, standards)), "bold"))
    before, after = map(score, _means(found))
    summary = (
        terminal.say(mark("Conversations: {count}"), count=len(found)),
        terminal.say(mark("changed: {count}"), count=len(differing)),
        terminal.say(mark("mean score {before} → {after}"), before=before, after=after),
    )
    print_line(console, " · ".join(summary))
    steps = [
        [one_line(clause), *(outcome_of(each, language) for each in step.split(">")), str(count)]
        for clause, clause_steps in _tally(differing).items()
        for step, count in sorted(clause_steps.items(), key=lambda item: -item[1])
    ]
    if steps:
        names = (mark("Clause"), mark("Before"), mark("After"))
        columns = [Column(terminal.say(one), most=20) for one in names]
        print_line(console, "")
        times = Column(terminal.say(mark("Times")), right=True)
        print_grid(console, [*columns, times], steps, width=console.width)
    if differing[:most]:
        _print_most(terminal, differing[:most])


def _print_most(terminal: Terminal, differing: Iterable[ReplayedFile]) -> None:
    rows = [
        [
            one_line(one.id),
            score(one.replayed.before),
            score(one.replayed.after),
            "；".join(_change(each, terminal) for each in one.replayed.changes[:2]),
        ]
        for one in differing
    ]
    columns = [
        Column(terminal.say(mark("Conversation")), most=24),
        Column(terminal.say(mark("Before")), most=6, right=True),
        Column(terminal.say(mark("After")), most=6, right=True),
        Column(terminal.say(mark("What changes"))),
    ]
    print_line(terminal.console, "")
    print_grid(terminal.console, columns, rows, width=terminal.console.width)


def _change(one: Change, terminal: Terminal) -> str:
    quote = one.after.quote or one.before.quote
    told = change_words(one, terminal.language)
    return one_line(f"{told} “{quote}”" if quote else told)


def _named(standard: Standard) -> str:
    return f"{standard.name} {standard.version} {standard.content_hash[:12]}"


def _as_json(
    standards: tuple[Standard, Standard],
    found: Sequence[ReplayedFile],
    differing: Sequence[ReplayedFile],
    unreadable: int,
) -> Any:
    old, new = (
        {"name": one.name, "version": one.version, "hash": one.content_hash} for one in standards
    )
    before, after = _means(found)
    told = {
        "old": old,
        "new": new,
        "conversations": len(found),
        "changed": len(differing),
        "unreadable": unreadable,
        "mean_score": {"before": before, "after": after},
        "clauses": _tally(differing),
        "most": [
            {
                "id": one.id,
                "before": one.replayed.before,
                "after": one.replayed.after,
                "changes": list(map(_plain, one.replayed.changes)),
            }
            for one in differing
        ],
    }
    return encodable(told)


def _plain(one: Change) -> dict[str, Any]:
    return {"clause": one.clause, "before": _side(one.before), "after": _side(one.after)}


def _side(side: Side) -> dict[str, Any]:
    return {
        "outcome": side.outcome,
        "rule": side.rule,
        "turns": list(side.turns),
        "quote": side.quote,
        "why": dict(side.why),
    }

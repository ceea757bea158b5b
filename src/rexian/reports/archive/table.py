"""Print a replay on a terminal: what it comes to, clause by clause, and where most changes."""

from __future__ import annotations

import io
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from rexian.dialogue.domain.replays import Change
from rexian.kernel.language import mark, translate
from rexian.reports.archive.told import Told, named, shards_missing, summary
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.reports.inspection.replay_words import change_words

_WIDTH = 200


def show(told: Told, console: Console, *, language: str, most: int) -> None:
    """Print it, with at most so many of the conversations that change most."""
    print_line(console, Text(" → ".join(map(named, told.standards)), "bold"))
    print_line(console, " · ".join(f"{name} {value}" for name, value in summary(told, language)))
    _show_clauses(told, console, language)
    if most and told.outturn.examples:
        _show_examples(told, console, language, most)
    if told.ruined:
        print_line(console, "")
        for line in shards_missing(told.ruined, language):
            print_line(console, line)


def write(told: Told, target: BinaryIO, *, language: str, most: int) -> None:
    """Write the same into a file, in lines as long as they have to be."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="\n")
    show(told, Console(file=text, width=_WIDTH), language=language, most=most)
    text.detach()


def _show_clauses(told: Told, console: Console, language: str) -> None:
    rows = [
        [clause, before, after, f"{count:,}"] if told.compares else [clause, before, f"{count:,}"]
        for clause, before, after, count in told.steps(language)
    ]
    if not rows:
        return
    names = (
        (mark("Clause"), mark("Before"), mark("After"))
        if told.compares
        else (mark("Clause"), mark("Outcome"))
    )
    columns = [Column(translate(one, language), most=20) for one in names]
    columns.append(Column(translate(mark("Times"), language), right=True))
    print_line(console, "")
    print_grid(console, columns, rows, width=console.width)


def _show_examples(told: Told, console: Console, language: str, most: int) -> None:
    rows = [
        [
            one_line(one.id),
            score(one.before),
            score(one.after),
            "；".join(_change(each, language) for each in one.changes[:2]),
        ]
        for one in told.outturn.examples[:most]
    ]
    columns = [
        Column(translate(mark("Conversation"), language), most=24),
        Column(translate(mark("Before"), language), most=6, right=True),
        Column(translate(mark("After"), language), most=6, right=True),
        Column(translate(mark("What changes"), language)),
    ]
    print_line(console, "")
    print_grid(console, columns, rows, width=console.width)


def _change(one: Change, language: str) -> str:
    quote = one.after.quote or one.before.quote
    told = change_words(one, language)
    return one_line(f"{told} “{quote}”" if quote else told)

"""``rexian standard diff``: what one standard says and another does not, in words and as source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse, alternatives
from rexian.cli.terminal import Terminal
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain import installed
from rexian.standard.domain.editing.comparing import Comparison, ElementChange
from rexian.standard.domain.editing.comparison_words import (
    say_element,
    say_parameter,
    say_part,
)
from rexian.standard.queries.comparing import compare_standards

HELP = mark(
    "Compare two standards.\n\n"
    "Says clause by clause what is another: parameters, deadlines, wording, words and phrases; "
    "then the source. The exit status is 1 where anything differs."
)
EXAMPLES = mark(
    "# what a pack of your own changes in one that is installed\n"
    "rexian standard diff highway path/to/your/pack\n"
    "# two versions that were taken out as archives, without their source\n"
    "rexian standard diff highway-1.0.0.zip highway-1.0.1.zip --words"
)
_PANEL = mark("Standard")

Old = Annotated[
    str,
    typer.Argument(
        metavar=mark("OLD"),
        help=mark("The earlier standard: a name, the folder of a pack, or a ZIP archive."),
        rich_help_panel=_PANEL,
    ),
]
New = Annotated[
    str,
    typer.Argument(
        metavar=mark("NEW"),
        help=mark("The later standard: a name, the folder of a pack, or a ZIP archive."),
        rich_help_panel=_PANEL,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help=mark("Write the comparison as JSON."),
        rich_help_panel=mark("Output"),
    ),
]
InWords = Annotated[
    bool,
    typer.Option(
        "--words",
        help=mark("Leave the source out."),
        rich_help_panel=mark("Output"),
    ),
]


def diff(
    context: typer.Context,
    *,
    old: Old,
    new: New,
    as_json: AsJson = False,
    in_words: InWords = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Print what differs; return 1 where anything does."""
    terminal: Terminal = context.obj
    comparison = _compared(old, new)
    if as_json:
        terminal.output.write(json.dumps(asdict(comparison), ensure_ascii=False).encode() + b"\n")
    else:
        text = "\n".join(_lines(comparison, terminal, in_words=in_words)) + "\n"
        terminal.output.write(text.encode())
    return 1 if comparison else 0


def _compared(old: str, new: str) -> Comparison:
    try:
        return compare_standards(old, new)
    except NotFound as error:
        name = str(error.details.get("name", ""))
        raise Misuse(
            mark("There is no standard {name}. {alternatives}"),
            name=name,
            alternatives=alternatives(name, installed()),
        ) from error


def _lines(comparison: Comparison, terminal: Terminal, *, in_words: bool) -> Iterator[str]:
    language = terminal.language
    if not comparison:
        yield terminal.say(mark("Nothing differs."))
    if comparison.parameters:
        yield terminal.say(mark("Parameters"))
        for one in comparison.parameters:
            yield f"  {say_parameter(one, language)}{f' ({one.clause})' if one.clause else ''}"
    for clause, changes in comparison.clauses.items():
        yield from _told(clause, changes, language)
    if comparison.others:
        yield from _told(
            terminal.say(mark("Without a clause of their own")), comparison.others, language
        )
    if not in_words:
        for file in comparison.files:
            yield ""
            yield from file.lines


def _told(title: str, changes: Iterable[ElementChange], language: str) -> Iterator[str]:
    yield title
    for one in changes:
        yield f"  {say_element(one, language)}"
        for part in one.parts:
            yield f"    {say_part(part, language)}"

"""``rexian standard``: look at standards, and see that they are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from rexian.cli import book, coverage, standard_diff, standard_draft, standard_replay
from rexian.cli.help import Command, CommandGroup
from rexian.cli.language import LanguageOption
from rexian.cli.pages import print_contents, print_entry
from rexian.cli.practice import print_practice, print_practices
from rexian.cli.records import print_category, print_form, print_records
from rexian.cli.settings import choice_of
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark
from rexian.standard import queries
from rexian.standard.domain import Category, FormSpec, Standard

_STANDARD = mark("Standard")
_FORMS = ("table", "json", "markdown")

application = typer.Typer(
    cls=CommandGroup,
    invoke_without_command=True,
    help=mark("Look at a standard, and see that it is sound."),
    epilog=mark(
        "# every clause, and what carries it out\n"
        "rexian standard coverage highway\n"
        "# one clause with its rules, its words and its examples\n"
        "rexian standard show highway HW-3.12\n"
        "# see that a pack of your own can be loaded\n"
        "rexian standard lint path/to/your/pack"
    ),
)

Name = Annotated[
    str,
    typer.Argument(
        metavar=mark("NAME"),
        help=mark("The name of a standard that is installed, or the folder of a pack."),
        rich_help_panel=_STANDARD,
    ),
]
AnyName = Annotated[
    str | None,
    typer.Argument(
        metavar=mark("NAME"),
        help=mark("The name of a standard that is installed, or the folder of a pack."),
        rich_help_panel=_STANDARD,
    ),
]
Part = Annotated[
    str | None,
    typer.Argument(
        metavar=mark("CLAUSE|RULE"),
        help=mark("A clause, a rule, a form or a category; without it, all of them are listed."),
        rich_help_panel=_STANDARD,
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        parser=choice_of("--format", _FORMS),
        metavar=mark("FORM"),
        help=mark("table, json or markdown."),
        rich_help_panel=mark("Output"),
        show_default="table",
    ),
]


@application.callback()
def standard(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Show the help where no command is asked for."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@application.command(
    "lint",
    cls=Command,
    help=mark(
        "See that a standard is sound.\n\n"
        "Says of whatever is wrong the file, the line, the rule and the reason; the exit status is "
        "then 1."
    ),
)
def lint(
    context: typer.Context,
    *,
    name: Name,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Load a standard and say whether it is sound."""
    terminal: Terminal = context.obj
    found = book.open_to_lint(name)
    for one in queries.lint(name):
        if one.severity is queries.Severity.ERROR:
            found = None
            terminal.complain(str(one))
        else:
            typer.echo(str(one), err=True)
    if found is None:
        return 1
    terminal.console.print(_praise(found, terminal), markup=False, highlight=False, soft_wrap=True)
    return 0


@application.command(
    "show",
    cls=Command,
    help=mark(
        "Show a standard, or one clause of it.\n\n"
        "A clause is shown with its text, what carries it out, its rules, the words to say and the "
        "examples that hold."
    ),
)
def show(
    context: typer.Context,
    *,
    name: Name,
    part: Part = None,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Print a standard, or the clause or rule that is asked for."""
    terminal: Terminal = context.obj
    found = book.open_standard(name)
    if part is None:
        print_contents(found, list(book.entries(found)), terminal)
        print_records(found, terminal)
        print_practices(found, terminal)
        return
    entry = book.find(found, part)
    if isinstance(entry, book.Entry):
        print_entry(entry, terminal)
    elif isinstance(entry, FormSpec):
        print_form(entry, terminal)
    elif isinstance(entry, Category):
        print_category(found, entry, terminal)
    else:
        print_practice(entry, terminal)


@application.command(
    "coverage",
    cls=Command,
    help=mark(
        "List every clause of a standard with what carries it out.\n\n"
        "A machine, where rules judge it; a person, a record or a workflow; or the part of Rexian "
        "that it still waits for. Without a name, the clauses of all standards together."
    ),
)
def covered(
    context: typer.Context,
    *,
    name: AnyName = None,
    form: Form = "table",
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Print the clauses in the form that is asked for."""
    terminal: Terminal = context.obj
    found = list(book.entries(book.open_standard(name))) if name else book.all_entries()
    if form == "table":
        coverage.print_table(found, terminal)
    else:
        text = coverage.as_json(found) if form == "json" else coverage.markdown(found, terminal)
        terminal.output.write(text.encode())


application.command("diff", cls=Command, help=standard_diff.HELP, epilog=standard_diff.EXAMPLES)(
    standard_diff.diff
)
application.command("draft", cls=Command, help=standard_draft.HELP, epilog=standard_draft.EXAMPLES)(
    standard_draft.draft
)
application.command(
    "replay", cls=Command, help=standard_replay.HELP, epilog=standard_replay.EXAMPLES
)(standard_replay.replay)


def _praise(found: Standard, terminal: Terminal) -> str:
    rules = found.pack.rules()
    return terminal.say(
        mark(
            "{name} {version} is sound. Clauses: {clauses}; rules: {rules}; examples: {examples}."
        ),
        name=found.name,
        version=found.version,
        clauses=len(found.clauses),
        rules=len(rules),
        examples=sum(len(rule.examples) for rule in rules),
    )

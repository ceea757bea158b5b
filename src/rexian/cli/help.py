"""Help that reads well in every language: usage, purpose, options by topic, examples.

Commands are declared in English; everything is translated here, when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from rexian.cli.misuse import Misuse, alternatives
from rexian.cli.terminal import WIDEST, Terminal
from rexian.kernel.language import mark

Row = tuple[Text, Text]

GENERAL = mark("General")
_HELP_OF_HELP = mark("Show this help.")


class Command(TyperCommand):
    """A command whose help is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this command."""
        formatter.write(_rendered(self, ctx))


class CommandGroup(TyperGroup):
    """A group of commands whose help is ours, and that says plainly what it does not know."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this group."""
        formatter.write(_rendered(self, ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first argument names."""
        if not args[0].startswith("-") and args[0] not in self.commands:
            raise Misuse(
                mark("There is no command {name}. {alternatives}"),
                name=args[0],
                alternatives=alternatives(args[0], self.commands),
            )
        return super().resolve_command(ctx, args)


def _rendered(command: Any, context: Any) -> str:
    terminal: Terminal = context.find_object(Terminal)
    console = terminal.console
    with console.capture() as captured:
        parts = Group(*_parts(command, context, terminal))
        console.print(parts, width=min(console.width, WIDEST), highlight=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _parts(command: Any, context: Any, terminal: Terminal) -> Iterable[RenderableType]:
    yield _usage(command, context, terminal)
    yield Text("\n" + terminal.say(command.help or ""))
    sections = _sections(command, context, terminal)
    widest = max(name.cell_len for rows in sections.values() for name, _ in rows)
    for title, rows in sections.items():
        yield Text("\n" + terminal.say(title), style="bold")
        yield Padding(_columns(rows, widest), (0, 0, 0, 2))
    if command.epilog:
        yield Text("\n" + terminal.say(mark("Examples")), style="bold")
        yield Padding(_examples(terminal.say(command.epilog)), (0, 0, 0, 2))


def _usage(command: Any, context: Any, terminal: Terminal) -> Text:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    pieces = [context.command_path, terminal.say(mark("[OPTIONS]"))]
    pieces += [_argument(one, terminal) for one in arguments]
    if isinstance(command, TyperGroup):
        pieces.append(terminal.say(mark("COMMAND ...")))
    return Text.assemble((terminal.say(mark("Usage:")), "bold"), " ", " ".join(pieces))


def _argument(argument: Any, terminal: Terminal) -> str:
    name = terminal.say(argument.metavar) + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _sections(command: Any, context: Any, terminal: Terminal) -> dict[str, list[Row]]:
    sections: dict[str, list[Row]] = {}
    if isinstance(command, TyperGroup):
        known = command.commands.values()
        rows = [(Text(one.name or "", "bold cyan"), _summary(one, terminal)) for one in known]
        sections[mark("Commands")] = rows
    for parameter in command.get_params(context):
        title = getattr(parameter, "rich_help_panel", None) or GENERAL
        sections.setdefault(title, []).append(_row(parameter, terminal))
    return sections


def _summary(command: Any, terminal: Terminal) -> Text:
    return Text(terminal.say(command.help or "").partition("\n\n")[0])


def _row(parameter: Any, terminal: Terminal) -> Row:
    metavar = terminal.say(parameter.metavar) if parameter.metavar else ""
    if parameter.param_type_name == "argument":
        return Text(metavar, "bold cyan"), Text(terminal.say(parameter.help or ""))
    names = ", ".join(sorted(parameter.opts, key=len))
    text = Text(terminal.say(_HELP_OF_HELP if "--help" in parameter.opts else parameter.help or ""))
    if isinstance(parameter.show_default, str):
        default = terminal.say(parameter.show_default)
        text.append(" " + terminal.say(mark("[default: {value}]"), value=default), "dim")
    return Text.assemble((names, "bold cyan"), (f" {metavar}" if metavar else "", "cyan")), text


def _columns(rows: list[Row], width: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=width)
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*row)
    return table


def _examples(text: str) -> Text:
    shown = Text()
    for line in text.splitlines():
        comment = line.startswith("#")
        shown.append(f"{line}\n", "dim" if comment else "green")
    shown.rstrip()
    return shown

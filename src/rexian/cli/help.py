"""Help that reads well in every language: usage, purpose, options by topic, examples.

Commands are declared in English; everything is translated here, when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from rexian.cli.misuse import Misuse, alternatives
from rexian.cli.terminal import WIDEST, Terminal
from rexian.cli.wrapping import wrap
from rexian.kernel.language import mark

Row = tuple[Text, str]

GENERAL = mark("General")
_HELP_OF_HELP = mark("Show this help.")
_INDENT, _GAP = "  ", "  "


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
        for line in _lines(command, context, terminal, min(console.width, WIDEST)):
            console.print(line, soft_wrap=True, highlight=False)
    return captured.get()


def _lines(command: Any, context: Any, terminal: Terminal, width: int) -> Iterator[Text]:
    yield Text(terminal.say(mark("Usage: {command}"), command=_usage(command, context, terminal)))
    yield Text()
    yield from map(Text, wrap(terminal.say(command.help or ""), width))
    sections = _sections(command, context, terminal)
    names = max(name.cell_len for rows in sections.values() for name, _ in rows)
    for title, rows in sections.items():
        yield from (Text(), Text(terminal.say(title), "bold"))
        for name, text in rows:
            yield from _beside(name, text, names, width)
    if command.epilog:
        yield from (Text(), Text(terminal.say(mark("Examples")), "bold"))
        yield from map(_example, terminal.say(command.epilog).splitlines())


def _usage(command: Any, context: Any, terminal: Terminal) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    pieces = [context.command_path, terminal.say(mark("[OPTIONS]"))]
    pieces += [_argument(one, terminal) for one in arguments]
    if isinstance(command, TyperGroup):
        pieces.append(terminal.say(mark("COMMAND ...")))
    return " ".join(pieces)


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


def _summary(command: Any, terminal: Terminal) -> str:
    return terminal.say(command.help or "").partition("\n\n")[0]


def _row(parameter: Any, terminal: Terminal) -> Row:
    metavar = terminal.say(parameter.metavar) if parameter.metavar else ""
    text = terminal.say(_HELP_OF_HELP if "--help" in parameter.opts else parameter.help or "")
    if parameter.param_type_name == "argument":
        return Text(metavar, "bold cyan"), text
    names = ", ".join(sorted(parameter.opts, key=len))
    if isinstance(parameter.show_default, str):
        default = terminal.say(parameter.show_default)
        text += " " + terminal.say(mark("[default: {value}]"), value=default)
    return Text.assemble((names, "bold cyan"), (f" {metavar}" if metavar else "", "cyan")), text


def _beside(name: Text, text: str, names: int, width: int) -> Iterator[Text]:
    """Yield the lines of an entry: its name at the left, what it does in a column beside it."""
    column = len(_INDENT) + names + len(_GAP)
    first, *others = wrap(text, width - column)
    yield Text.assemble(_INDENT, name, " " * (names - name.cell_len), _GAP, first)
    yield from (Text(" " * column + line) for line in others)


def _example(line: str) -> Text:
    return Text(_INDENT + line, "dim" if line.startswith("#") else "green")

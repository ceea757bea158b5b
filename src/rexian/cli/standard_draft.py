"""``rexian standard draft``: a written standard becomes a draft pack, and a list of questions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.text import Text

from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse, alternatives
from rexian.cli.terminal import WIDEST, Terminal
from rexian.cli.wrapping import wrap
from rexian.kernel.language import mark
from rexian.reports.inspection.grid import fitted, print_line
from rexian.standard import queries
from rexian.standard.domain import installed
from rexian.standard.domain.drafting.plans import Draft
from rexian.standard.domain.pack.sources import MANIFEST
from rexian.standard.queries.written import describe_draft, draft_written

HELP = mark(
    "Draft a standard from a document (txt, docx or pdf).\n\n"
    "Clauses, wording, forbidden words, times and rates are read, each with its place; what is "
    "uncertain is listed for a person. A draft judges nobody before it has been published."
)
EXAMPLES = mark(
    "# look at what is found\n"
    "rexian standard draft service-standard.docx\n"
    "# write the draft, then see that it is sound\n"
    "rexian standard draft service-standard.pdf --prefix GH -o packs/gas\n"
    "rexian standard lint packs/gas"
)
ALONE = "none"
MOST_SHOWN = 200
_DRAFT, _OUTPUT = mark("Draft"), mark("Output")
COUNTS = {
    "clauses": mark("clauses"),
    "wordings": mark("wordings to say"),
    "forbidden_words": mark("wordings never to say"),
    "forbidden_behaviour": mark("forbidden ways to behave"),
    "times": mark("times"),
    "rates": mark("rates and shares"),
    "other_figures": mark("other figures"),
    "questions": mark("questions for a person"),
}

File = Annotated[
    Path,
    typer.Argument(
        metavar=mark("FILE"),
        help=mark("The document: txt, docx or pdf with text."),
        rich_help_panel=_DRAFT,
    ),
]
Prefix = Annotated[
    str,
    typer.Option(
        "--prefix",
        metavar=mark("LETTERS"),
        help=mark("The letters before the numbers of clauses, such as GH."),
        rich_help_panel=_DRAFT,
        show_default=mark("initials of the title"),
    ),
]
Title = Annotated[
    str,
    typer.Option(
        "--title",
        metavar=mark("TITLE"),
        help=mark("What the standard is called."),
        rich_help_panel=_DRAFT,
        show_default=mark("as the document says"),
    ),
]
Extends = Annotated[
    str,
    typer.Option(
        "--extends",
        metavar=mark("NAME"),
        help=mark("The standard that it builds on; none to stand alone."),
        rich_help_panel=_DRAFT,
        show_default="centre",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=mark("FOLDER"),
        help=mark("The folder that the draft becomes; it must not exist, or be empty."),
        rich_help_panel=_OUTPUT,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help=mark("Report everything that was found as JSON."),
        rich_help_panel=_OUTPUT,
    ),
]


def draft(
    context: typer.Context,
    *,
    file: File,
    prefix: Prefix = "",
    title: Title = "",
    extends: Extends = "centre",
    output: Folder = None,
    as_json: AsJson = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Draft a standard, write it where it is wanted, and report."""
    terminal: Terminal = context.obj
    if output is not None:
        _require_free(output)
    bases = _bases(extends)
    found = draft_written(file.name, _content(file), extends=bases, prefix=prefix, title=title)
    if output is not None:
        _write(found, output)
    if as_json:
        described = describe_draft(found, terminal.language)
        terminal.output.write(orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        _report(found, terminal)
    return 0 if output is None else _linted(output, terminal)


def _bases(extends: str) -> tuple[str, ...]:
    """Return what the draft builds on: a pack names its bases, and never folders."""
    if extends == ALONE:
        return ()
    if extends not in installed():
        raise Misuse(
            mark("There is no standard {name}. {alternatives}"),
            name=extends,
            alternatives=alternatives(extends, installed()),
        )
    return (extends,)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            mark("{file} cannot be read: {reason}."), file=str(file), reason=reason
        ) from error


def _require_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Misuse(mark("{folder} is there already, and not empty."), folder=str(folder))


def _write(found: Draft, folder: Path) -> None:
    """Write the files of a draft; the folder appears whole, or not at all."""
    target = folder.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
            whole = Path(beside) / target.name
            whole.mkdir()
            for name, text in found.files.items():
                (whole / name).write_text(text, encoding="utf-8", newline="\n")
            if target.is_dir():
                _move_in(whole, target)
            else:
                whole.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            mark("{file} cannot be written: {reason}."), file=str(folder), reason=reason
        ) from error


def _move_in(whole: Path, target: Path) -> None:
    """Fill an empty folder, which somebody may stand in; what makes it a pack comes last."""
    moved = []
    try:
        for one in sorted(whole.iterdir(), key=lambda one: one.name == MANIFEST):
            moved.append(target / one.name)
            one.replace(moved[-1])
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        raise


def _report(found: Draft, terminal: Terminal) -> None:
    console = terminal.console
    print_line(console, Text(f"{found.plan.title} ({found.plan.prefix})", "bold"))
    for name, count in found.counts().items():
        print_line(console, f"{count:>6}  {terminal.say(COUNTS[name])}")
    if found.left_out:
        print_line(console, terminal.say(mark("Left out: {lines}"), lines=_left_out(found)))
    if not found.doubts:
        return
    for one in found.doubts[:MOST_SHOWN]:
        place = one.spot.said(terminal.language)
        print_line(console, "")
        print_line(console, Text.assemble((one.element, "bold cyan"), "  ", (place, "dim")))
        for line in wrap(one.said(terminal.language), min(console.width, WIDEST) - 2):
            print_line(console, "  " + line)
    if len(found.doubts) > MOST_SHOWN:
        more = len(found.doubts) - MOST_SHOWN
        print_line(console, terminal.say(mark("… and {count} more: see --json."), count=more))


def _left_out(found: Draft) -> str:
    return fitted(" / ".join(found.left_out), 80)


def _linted(folder: Path, terminal: Terminal) -> int:
    """Say where the draft is, and whether it can be loaded as it stands."""
    errors = [one for one in queries.lint(folder) if one.severity is queries.Severity.ERROR]
    for one in errors:
        terminal.complain(str(one))
    if errors:
        return 1
    terminal.remark(mark("The draft is in {folder} and can be loaded."), folder=str(folder))
    return 0

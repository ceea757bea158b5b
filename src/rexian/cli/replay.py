"""``rexian replay``: judge an archive again, on all cores or a cluster, and show what changes."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rexian.cli import inspection_options as options
from rexian.cli.book import open_standard
from rexian.cli.destination import destination
from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse
from rexian.cli.replay_progress import Rows
from rexian.cli.settings import choice_of, whole_number
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

if TYPE_CHECKING:
    from rexian.dialogue.domain.archive_standards import CarriedStandard
    from rexian.dialogue.services.replaying_archive import ArchiveReplay
    from rexian.reports.archive.told import Told

HELP = mark(
    "Judge an archive again, by another version of a standard.\n\n"
    "With --against, shows clause by clause what the other standard would say otherwise. All "
    "cores share the work, or a cluster of Dask does. What is done is not done again: run the "
    "same command to go on where it was stopped."
)
EXAMPLES = mark(
    "# what a pack of your own changes in a year of conversations\n"
    "rexian replay archive/ --standard highway --against your/pack\n"
    "# the same as a page to look at\n"
    "rexian replay archive/ -s highway --against your/pack --output year.html\n"
    "# verdicts alone, as Parquet, made by a cluster\n"
    "rexian replay archive/ -s published:highway --cluster tcp://10.0.0.1:8786"
)
_FORMS = ("table", "json", "html", "xlsx")
_PUBLISHED = "published:"
_SHOWN = 10

Folder = Annotated[
    Path,
    typer.Argument(
        metavar=mark("FOLDER"),
        help=mark("The folder of an archive, or one within it."),
        rich_help_panel=options.INPUT,
    ),
]
StandardOption = Annotated[
    str | None,
    typer.Option(
        "--standard",
        "-s",
        metavar=mark("NAME"),
        help=mark(
            "The standard that judges: its name, the folder of a pack, or published:NAME for the "
            "version that is in force here (published:NAME@NUMBER for another)."
        ),
        rich_help_panel=options.JUDGING,
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar=mark("NAME"),
        help=mark("The standard that is tried against it, named likewise."),
        rich_help_panel=options.JUDGING,
    ),
]
Organisation = Annotated[
    str,
    typer.Option(
        "--organisation",
        metavar=mark("NAME"),
        help=mark("Whose published versions are meant, where there are several."),
        rich_help_panel=options.JUDGING,
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
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar=mark("ADDRESS"),
        help=mark(
            "The scheduler of a Dask cluster, as tcp://scheduler:8786; its workers have this "
            "version of Rexian, and see the archive at the same path."
        ),
        rich_help_panel=options.JUDGING,
    ),
]
Results = Annotated[
    Path | None,
    typer.Option(
        "--results",
        metavar=mark("FOLDER"),
        help=mark("Where verdicts and changes are written as Parquet."),
        rich_help_panel=options.OUTPUT,
        show_default=mark("replays, in the archive"),
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        parser=choice_of("--format", _FORMS),
        metavar=mark("FORM"),
        help=mark("The form of the report: table, json, html or xlsx."),
        rich_help_panel=options.OUTPUT,
        show_default=mark("by the ending of FILE, else table"),
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
    folder: Folder,
    standard: StandardOption = None,
    against: Against = None,
    organisation: Organisation = "",
    jobs: Jobs = None,
    cluster: Cluster = "",
    results: Results = None,
    form: Form = None,
    output: options.Output = None,
    most: Shown = _SHOWN,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Judge what the options name, and return the exit status."""
    terminal: Terminal = context.obj
    chosen = _form_of(form, output, terminal)
    if not standard:
        raise Misuse(mark("By which standard? Name one, with --standard."))
    from rexian.dialogue.services import replaying_archive as services  # noqa: PLC0415 - Arrow
    from rexian.reports.archive.told import Told  # noqa: PLC0415 - with it

    names = (standard, *((against,) if against else ()))
    carried = tuple(_carried(name, organisation) for name in names)
    crew = services.Crew(jobs or os.cpu_count() or 1, cluster)
    with services.replaying_archive(
        folder, standards=carried, crew=crew, results=results
    ) as under_way:
        _run(under_way, terminal)
        told = Told(
            tuple(one.compiled() for one in carried),
            under_way.outturn(),
            tuple(under_way.ruined),
            str(under_way.results),
        )
    _report(told, chosen, output, terminal, most)
    return 1 if told.ruined or told.outturn.failed else 0


def _form_of(asked: str | None, output: Path | None, terminal: Terminal) -> str:
    ending = output.suffix.lower().lstrip(".") if output else ""
    form = asked or (ending if ending in _FORMS else "table")
    if form in {"html", "xlsx"} and output is None and terminal.console.is_terminal:
        raise Misuse(
            mark("Where shall the report go? Name a file: --output {file}."), file=f"replay.{form}"
        )
    return form


def _carried(name: str, organisation: str) -> CarriedStandard:
    if name.startswith(_PUBLISHED):
        from rexian.cli.archive_database import published  # noqa: PLC0415 - Django is loaded there

        return published(name.removeprefix(_PUBLISHED), organisation)
    from rexian.dialogue.services.replaying_archive import carried  # noqa: PLC0415 - Arrow

    open_standard(name)
    return carried(name)


def _run(under_way: ArchiveReplay, terminal: Terminal) -> None:
    """Judge what is left, and tell at once what could not be."""
    if under_way.again:
        said = mark("Parts done before: {done} of {all}; they are not judged again.")
        terminal.remark(said, done=under_way.again, all=len(under_way.pieces))
    ruined = list(under_way.ruined)
    with Rows(terminal, under_way.rows) as rows:
        for done in under_way.run():
            rows.advance(done)
    for one in [*ruined, *under_way.ruined[len(ruined) :]]:
        terminal.complain(f"{one.shard}: {one.error.sentence(terminal.language)}")


def _report(told: Told, form: str, output: Path | None, terminal: Terminal, most: int) -> None:
    from rexian.reports.archive import html, json, table, xlsx  # noqa: PLC0415 - openpyxl is slow

    language = terminal.language
    with destination(output) as target:
        stream = target or terminal.output
        if form == "html":
            html.write(told, stream, language=language, at=datetime.now().astimezone())
        elif form == "xlsx":
            xlsx.write(told, stream, language=language)
        elif form == "json":
            json.write(told, stream, language=language)
        elif target is None:
            table.show(told, terminal.console, language=language, most=most)
        else:
            table.write(told, target, language=language, most=most)
    if form in {"table", "html", "xlsx"} or output is not None:
        terminal.remark(mark("All rows, as Parquet: {folder}"), folder=told.results)

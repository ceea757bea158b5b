"""``rexian serve``: the server, from one command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse
from rexian.cli.settings import whole_number
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

if TYPE_CHECKING:  # Django is loaded when a server starts, and not before
    from rexian.site.starting import Account

HELP = mark(
    "Start the server.\n\n"
    "Sees to the database, founds a demonstration at the first start, and says where to go and who "
    "can sign in. Everything runs in one process; --web, --live and --work split it for "
    "production. Settings are read from the environment: REXIAN_HOME, REXIAN_DATABASE and others."
)
EXAMPLES = mark(
    "# everything, on this machine\n"
    "rexian serve\n"
    "# in production: pages and REST, streams, and what is due, each on its own\n"
    "rexian serve --web --port 8001 --processes 4\n"
    "rexian serve --live --port 8002\n"
    "rexian serve --work"
)
_PLACE, _PARTS = mark("Place"), mark("Parts")

Host = Annotated[
    str,
    typer.Option(
        "--host",
        metavar=mark("HOST"),
        help=mark("Where to listen."),
        rich_help_panel=_PLACE,
        show_default="127.0.0.1",
    ),
]
Port = Annotated[
    int,
    typer.Option(
        "--port",
        parser=whole_number("--port", least=1),
        metavar=mark("PORT"),
        help=mark("At which port."),
        rich_help_panel=_PLACE,
        show_default="8000",
    ),
]
Web = Annotated[
    bool, typer.Option("--web", help=mark("Pages and REST only."), rich_help_panel=_PARTS)
]
Live = Annotated[
    bool, typer.Option("--live", help=mark("Live streams only."), rich_help_panel=_PARTS)
]
Work = Annotated[
    bool,
    typer.Option(
        "--work", help=mark("Only what is due: deadlines, jobs, mail."), rich_help_panel=_PARTS
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        parser=whole_number("--processes", least=1),
        metavar=mark("COUNT"),
        help=mark("How many processes answer, with --web."),
        rich_help_panel=_PARTS,
        show_default="1",
    ),
]
Simulate = Annotated[
    bool,
    typer.Option(
        "--simulate",
        help=mark("Have simulated customers and agents play in the demonstration."),
        rich_help_panel=_PLACE,
    ),
]


def serve(
    context: typer.Context,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    web: Web = False,
    live: Live = False,
    work: Work = False,
    processes: Processes = 1,
    simulate: Simulate = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Serve until a signal to stop."""
    from rexian.site.addresses import Address  # noqa: PLC0415
    from rexian.site.serving import leave  # noqa: PLC0415
    from rexian.site.starting import Part, Plan, start  # noqa: PLC0415

    terminal: Terminal = context.obj
    part = Part(_part(web=web, live=live, work=work))
    plan = Plan(Address(host, port), part, processes, simulate)
    if simulate and part is not Part.ALL:
        raise Misuse(mark("--simulate goes with a server that does everything, not with a part."))
    if processes > 1 and not web:
        raise Misuse(mark("--processes goes with --web; start --live and --work several times."))
    start(plan, Announcer(terminal))
    terminal.remark(mark("Stopped."))
    leave(0)


def _part(*, web: bool, live: bool, work: bool) -> str:
    chosen = [name for name, wanted in (("web", web), ("live", live), ("work", work)) if wanted]
    if len(chosen) > 1:
        raise Misuse(mark("--web, --live and --work are parts: one process does one of them."))
    return chosen[0] if chosen else "all"


class Announcer:
    """Tells on the terminal how the start goes."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def migrating(self, step: str) -> None:
        """Say nothing of a step: a first start has many, and they are soon over."""

    def founding(self) -> None:
        """Say why the first start takes longer than the next."""
        self._terminal.remark(mark("Founding the demonstration ..."))

    def ready(self, url: str, accounts: Sequence[Account]) -> None:
        """Say who can sign in and, last, that all is ready and where."""
        console = self._terminal.console
        if accounts:
            console.print(_table(accounts, self._terminal))
        where = mark("Rexian is ready: {url} (Ctrl-C ends it)")
        works = mark("Rexian is ready and works on what is due. (Ctrl-C ends it)")
        said = self._terminal.say(where, url=url) if url else self._terminal.say(works)
        console.print(said, markup=False, highlight=False, soft_wrap=True)
        console.file.flush()


def _table(accounts: Sequence[Account], terminal: Terminal) -> Table:
    titles = (mark("Role"), mark("Name"), mark("Sign-in"), mark("Password"))
    table = Table(*map(terminal.say, titles), box=None, pad_edge=False, header_style="bold")
    for one in accounts:
        table.add_row(terminal.say(one.role), one.name, one.sign_in, one.password)
    return table

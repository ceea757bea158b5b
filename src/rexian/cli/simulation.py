"""``rexian simulate``: people who are not real, at the public doors of a demonstration."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from rexian.cli.language import LanguageOption
from rexian.cli.settings import whole_number
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

HELP = mark(
    "Have simulated customers and agents play in a demonstration.\n\n"
    "They use the portal and the desk over HTTP, as everybody does. Customers are polite, "
    "confused, silent, abusive, or in an emergency; of the two agents one goes by the guide and "
    "one does not. You can take over any side at any time: open the chat, sign in as an agent, "
    "or take a contact over as a supervisor."
)
EXAMPLES = mark(
    "# a hotline that is alive\n"
    "rexian serve --simulate\n"
    "# more customers, twice as fast, in a demonstration that runs already\n"
    "rexian simulate --url http://127.0.0.1:8000 --every 5 --most 12 --pace 2"
)

Url = Annotated[
    str,
    typer.Option("--url", metavar="URL", help=mark("Where the demonstration is reached.")),
]
Every = Annotated[
    int,
    typer.Option(
        "--every",
        parser=whole_number("--every", least=1),
        metavar=mark("SECONDS"),
        help=mark("How often a customer comes, on average."),
        show_default="20",
    ),
]
Most = Annotated[
    int,
    typer.Option(
        "--most",
        parser=whole_number("--most", least=0),
        metavar=mark("COUNT"),
        help=mark("How many customers there are at once."),
        show_default="6",
    ),
]
Pace = Annotated[
    int,
    typer.Option(
        "--pace",
        parser=whole_number("--pace", least=1),
        metavar=mark("FACTOR"),
        help=mark("How much faster than people they are."),
        show_default="1",
    ),
]
Attached = Annotated[
    bool,
    typer.Option("--attached", help=mark("End with the end of standard input, as a server does.")),
]


def simulate(
    context: typer.Context,
    *,
    url: Url = "http://127.0.0.1:8000",
    every: Every = 20,
    most: Most = 6,
    pace: Pace = 1,
    attached: Attached = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Play until a signal to stop."""
    from rexian.simulation.people import people  # noqa: PLC0415 - only this command needs it
    from rexian.simulation.stage import Play, Stage  # noqa: PLC0415

    terminal: Terminal = context.obj
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    if attached:
        threading.Thread(target=_until_alone, args=(stop,), daemon=True).start()
    play = Play(url=url, every=every, most=most, pace=pace)
    terminal.remark(mark("Simulated people play at {url} (Ctrl-C ends it)"), url=url)
    Stage(play, people(), stop).run()


def _until_alone(stop: threading.Event) -> None:
    """Stop when whoever began this process is gone."""
    sys.stdin.buffer.read()
    stop.set()

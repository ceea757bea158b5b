"""``rexian init``: a real organisation, and somebody who can manage it."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

HELP = mark(
    "Found an organisation with its first administrator.\n\n"
    "Makes the home folder, the secret and the database where they are missing. The password is "
    "asked for twice."
)
EXAMPLES = mark(
    'rexian init --organisation "Huatong Motorways" --code huatong \\\n'
    '    --administrator "He Jing" --sign-in hejing'
)
_ORGANISATION, _PERSON = mark("Organisation"), mark("Administrator")
_TOP = "总部"


Organisation = Annotated[
    str,
    typer.Option(
        "--organisation",
        metavar=mark("NAME"),
        help=mark("The name of the organisation."),
        rich_help_panel=_ORGANISATION,
    ),
]
Code = Annotated[
    str,
    typer.Option(
        "--code",
        metavar=mark("CODE"),
        help=mark("A short name for it, of letters and digits."),
        rich_help_panel=_ORGANISATION,
    ),
]
Tier = Annotated[
    str,
    typer.Option(
        "--tier",
        metavar=mark("TIER"),
        help=mark("What its top unit is called."),
        rich_help_panel=_ORGANISATION,
        show_default=_TOP,
    ),
]
Administrator = Annotated[
    str,
    typer.Option(
        "--administrator",
        metavar=mark("NAME"),
        help=mark("The name of its first administrator."),
        rich_help_panel=_PERSON,
    ),
]
SignIn = Annotated[
    str,
    typer.Option(
        "--sign-in",
        metavar=mark("NAME"),
        help=mark("What the administrator signs in with."),
        rich_help_panel=_PERSON,
    ),
]
FromInput = Annotated[
    bool,
    typer.Option(
        "--password-stdin",
        help=mark("Read the password from standard input."),
        rich_help_panel=_PERSON,
    ),
]


def initialise(
    context: typer.Context,
    *,
    organisation: Organisation,
    code: Code,
    tier: Tier = _TOP,
    administrator: Administrator,
    sign_in: SignIn,
    password_stdin: FromInput = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Found the organisation and say how to go on."""
    from rexian.site.founding import found  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    url = found(
        organisation=organisation,
        code=code,
        tier=tier,
        administrator=administrator,
        sign_in=sign_in,
        language=terminal.language,
        password=lambda: _line() if password_stdin else _asked(terminal),
    )
    terminal.console.print(
        terminal.say(
            mark("{organisation} is founded. Start `rexian serve`; {name} signs in at {url}."),
            organisation=organisation,
            name=sign_in,
            url=url,
        ),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _line() -> str:
    password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise Misuse(mark("There is no password on standard input."))
    return password


def _asked(terminal: Terminal) -> str:
    """Ask twice, so that nobody locks themselves out with a slip of the finger."""
    if not sys.stdin.isatty():
        raise Misuse(mark("There is no terminal to ask for a password; --password-stdin reads it."))
    first = getpass.getpass(terminal.say(mark("Password: ")))
    if getpass.getpass(terminal.say(mark("Once more: "))) != first:
        raise Misuse(mark("The two passwords differ."))
    return first

"""The option that chooses the interface's language, heeded wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import typer

from rexian.cli.help import GENERAL
from rexian.cli.misuse import Misuse
from rexian.kernel.language import Language, mark, recognise

_OPTION = "--language"


def language_named(name: str) -> Language:
    """Return the language that ``name`` means; raise ``Misuse`` where it is none of ours."""
    language = recognise(name)
    if language is None:
        known = ", ".join(Language)
        raise Misuse(mark("{name} is none of the languages {known}."), name=name, known=known)
    return language


LanguageOption = Annotated[
    Language | None,
    typer.Option(
        _OPTION,
        parser=language_named,
        metavar=mark("LANGUAGE"),
        help=mark(
            "The language of what is shown: zh-Hans, zh-Hant or en; else REXIAN_LANGUAGE says it."
        ),
        rich_help_panel=GENERAL,
    ),
]


def asked_language(arguments: Sequence[str]) -> str | None:
    """Return the language that a command line asks for, before anything else of it is read.

    Help and complaints are to be in that language too, whatever else is wrong with the line.
    """
    asked = None
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--":
            break
        if argument == _OPTION:
            asked = following
        elif argument.startswith(f"{_OPTION}="):
            asked = argument.partition("=")[2]
    return asked if asked and recognise(asked) else None

"""A command line that cannot be carried out as it stands: what is wrong with it, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, ClassVar

import typer

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, translate


class Misuse(Invalid):
    """A wrong command, option or value; ``message`` is translated and filled where it is shown."""

    code: ClassVar[str] = "misuse"

    def sentence(self, language: str) -> str:
        """Return what is wrong, in ``language``."""
        shown = {
            name: value.sentence(language) if isinstance(value, Alternatives) else value
            for name, value in self.details.items()
        }
        return translate(self.template, language, **shown).strip()


class Alternatives:
    """What could have been meant: the names most like the one given, else all there are."""

    def __init__(self, names: list[str], *, alike: bool) -> None:
        self.names = names
        self.alike = alike

    def sentence(self, language: str) -> str:
        """Return the names as a sentence in ``language``."""
        if not self.names:
            return ""
        message = mark("Did you mean {names}?") if self.alike else mark("There are: {names}.")
        return translate(message, language, names=", ".join(self.names))


_TOO_MANY = 12


def alternatives(name: str, known: Iterable[str]) -> Alternatives:
    """Return the known names that ``name`` may have meant; where none is like it, all of a few."""
    names = sorted(known)
    close = get_close_matches(name, names, n=3)
    few = names if len(names) < _TOO_MANY else []
    return Alternatives(close or few, alike=bool(close))


def misuse_in(error: typer.TyperException) -> Misuse:
    """Return what Typer found wrong with the command line as one of ours.

    Typer's kinds of error are told apart by name, since it does not offer them for import.
    """
    known: Any = error
    match type(error).__name__:
        case "NoSuchOption":
            return Misuse(
                mark("There is no option {name}. {alternatives}"),
                name=known.option_name,
                alternatives=Alternatives(sorted(known.possibilities or ()), alike=True),
            )
        case "MissingParameter":
            return Misuse(mark("{name} is missing."), name=known.param.metavar or known.param.name)
        case "BadOptionUsage" if "requires" in error.message:
            return Misuse(mark("The option {name} wants a value."), name=known.option_name)
        case "BadOptionUsage":
            return Misuse(mark("The option {name} takes no value."), name=known.option_name)
        case _:
            return Misuse("{reason}", reason=error.format_message())

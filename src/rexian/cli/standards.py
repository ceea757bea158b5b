"""``rexian standard``: look at standards, and see that they are sound."""

from __future__ import annotations

import typer

from rexian.cli.help import CommandGroup
from rexian.kernel.language import mark

application = typer.Typer(
    cls=CommandGroup, help=mark("Look at a standard, and see that it is sound.")
)


@application.command("lint")
def lint(name: str) -> int:
    """Say."""
    return 0

"""The arithmetic of a tree of units: paths of ids from the top down, as ``/1/4/17/``."""

from __future__ import annotations

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.org.domain.refusals import CircularMove

# What the column holds: some twenty tiers of ids of ten digits.
LONGEST_PATH = 250


def path_below(parent: str, unit_id: int) -> str:
    """Return the path of a unit below the one at ``parent``; ``"/"`` is above every top."""
    path = f"{parent}{unit_id}/"
    if len(path) > LONGEST_PATH:
        raise Invalid(mark("The tree of units would become too deep."))
    return path


def top_of(path: str) -> str:
    """Return the path of the unit at the top of the one at ``path``."""
    return f"/{path.split('/')[1]}/"


def depth(path: str) -> int:
    """Return how many units stand above the one at ``path``."""
    return path.count("/") - 2


def is_within(path: str, top: str) -> bool:
    """Tell whether the unit at ``path`` is the one at ``top`` or below it."""
    return path.startswith(top)


def moved(path: str, *, old: str, new: str) -> str:
    """Return where the unit at ``path`` comes to lie when the one at ``old`` moves to ``new``."""
    lies = new + path.removeprefix(old)
    if len(lies) > LONGEST_PATH:
        raise Invalid(mark("The tree of units would become too deep."))
    return lies


def refuse_circle(path: str, target: str) -> None:
    """Raise ``CircularMove`` where the unit at ``path`` would come below itself."""
    if is_within(target, path):
        raise CircularMove(mark("A unit cannot be moved below itself."))

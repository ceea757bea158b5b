"""Who acts, and what they may do: one value, and the one function that every service asks.

A right is a name such as ``standard.publish``, declared by the context that guards it. Whoever
makes an ``Actor`` (a session, a token, the machine itself) has resolved roles into grants, so that
deciding needs no database. A grant holds for a unit and for all below it; units are told by their
path, ``/1/4/17/``, the ids from the organisation down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from rexian.kernel.errors import NotFound, Refused
from rexian.kernel.language import mark

EVERYWHERE = "/"


class RightMissing(Refused):
    """An actor asks for what their roles do not give them (403)."""

    code = "right-missing"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts; ``code`` is what the journal calls them.

    ``organisation`` is the id of the organisation that they belong to, and ``None`` for the
    machine; ``grants`` maps each right to the paths of the units where they have it.
    """

    code: str
    organisation: int | None = None
    person: int | None = None
    grants: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def system(cls, name: str) -> Self:
        """Return the machine itself, working as ``name`` (a worker, a command): it may all."""
        return cls(f"system:{name}")

    @property
    def is_system(self) -> bool:
        """Tell whether this is the machine and no person."""
        return self.organisation is None and self.code.startswith("system:")

    def may(self, right: str, within: str | None = None) -> bool:
        """Tell whether the actor has a right in the unit at the path ``within``, or anywhere."""
        if self.is_system:
            return True
        paths = self.grants.get(right, frozenset())
        return bool(paths) if within is None else any(within.startswith(path) for path in paths)

    def reach(self, right: str) -> frozenset[str]:
        """Return the paths of the units, each with all below it, in which the right is held."""
        return frozenset({EVERYWHERE}) if self.is_system else self.grants.get(right, frozenset())


def authorise(actor: Actor, right: str, *, within: str | None = None) -> None:
    """Let the actor pass, or raise ``RightMissing``.

    ``within`` is the path of the unit that is acted upon; without it the right is enough wherever
    it is held.
    """
    if not actor.may(right, within):
        raise RightMissing(mark("Your roles do not give you the right to do this."), right=right)


def belongs(actor: Actor, organisation: int | None, *, code: str) -> None:
    """Raise ``NotFound`` where something is another organisation's: it is not even to be seen."""
    if not actor.is_system and actor.organisation != organisation:
        raise NotFound(mark("There is nothing under {code}."), code=code)

"""Who may tend to parked work: that of one's own organisation, and who sees to the installation's.

Work of no organisation (periodic tasks, what the machine ordered for itself) belongs to the
installation. The machine itself may tend to it; people may where ``appoint_steward`` says so, which
a context above does that knows how many organisations there are.
"""

from __future__ import annotations

from collections.abc import Callable

from rexian.kernel.authority import Actor, belongs

Steward = Callable[[Actor], bool]

_stewards: list[Steward] = []


def appoint_steward(steward: Steward) -> None:
    """Let whoever ``steward`` says yes to tend to the installation's own work."""
    if steward not in _stewards:
        _stewards.append(steward)


def tends_installation(actor: Actor) -> bool:
    """Tell whether the actor may see, release and drop what is no organisation's."""
    return actor.is_system or any(steward(actor) for steward in _stewards)


def see_to_it(actor: Actor, organisation: int | None, *, code: str) -> None:
    """Let pass whoever may see work of ``organisation``; to others it is ``NotFound``."""
    if organisation is not None or not tends_installation(actor):
        belongs(actor, -1 if organisation is None else organisation, code=code)

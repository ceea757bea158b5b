"""Who a verdict is about, where a contact went through several hands."""

from __future__ import annotations

from collections.abc import Sequence

from rexian.contacts.domain.lines import Audience, Line, Speaker
from rexian.standard.domain.pack.schema import Scene
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Verdict


def person_of(verdict: Verdict, lines: Sequence[Line], standard: Standard) -> int | None:
    """Return the agent whose lines a verdict is about.

    Words are whoever said them; what was not answered is whoever spoke next. What is missing
    altogether is the first agent's where it is due when the contact is taken, else the last one's.
    """
    spoken = [one for one in lines if _is_spoken(one)]
    if not spoken:
        return None
    theirs = [one.person for one in spoken if one.seq in verdict.turns]
    if theirs:
        return theirs[-1]
    if verdict.turns:
        after = [one.person for one in spoken if one.seq > verdict.turns[-1]]
        return after[0] if after else spoken[-1].person
    return spoken[0 if _is_due_at_the_start(verdict.rule, standard) else -1].person


def _is_spoken(line: Line) -> bool:
    """Tell whether an agent did something here that the customer saw."""
    shown = line.audience is Audience.ALL and not line.automatic
    return shown and line.speaker is Speaker.AGENT and line.person is not None


def _is_due_at_the_start(rule: str, standard: Standard) -> bool:
    spec = next((one for one in standard.pack.rules() if one.id == rule), None)
    if not isinstance(spec, Scene) or spec.within is None:
        return False
    return any(one.at_start or one.signal is not None for one in spec.when)

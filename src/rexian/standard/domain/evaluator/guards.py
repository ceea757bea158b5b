"""Whether a rule is due by the facts of a contact."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.standard.domain.events import Facts

Conditions = Mapping[str, tuple[str, ...]]


def guard(conditions: Conditions, facts: Facts) -> bool | None:
    """Say whether the facts fit: ``None`` where one that matters is unknown and none contradicts.

    ``not nuisance`` fits every other value, and an unknown one too.
    """
    unknown = False
    for name, values in conditions.items():
        value = getattr(facts, name)
        if values[0].startswith("not "):
            if f"not {value}" in values:
                return False
        elif value is None:
            unknown = True
        elif value not in values:
            return False
    return None if unknown else True


def unknown_facts(conditions: Conditions, facts: Facts) -> list[str]:
    """Return the facts that matter and that nobody gave."""
    return [name for name in conditions if getattr(facts, name) is None]

"""Which rules are doubted now: what sessions and inspections ask before they judge."""

from __future__ import annotations

from collections.abc import Callable

from rexian.dialogue import models
from rexian.dialogue.domain.rule_contents import rule_contents
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version


def doubted_rules(organisation_id: int, standard: Standard) -> frozenset[str]:
    """Return the rules of a standard whose misses are told as suspicions; asks for no right.

    A rule that judges by something else than when it was doubted is none of them.
    """
    return _doubted(organisation_id, standard.name, lambda: standard)


def doubted_in_version(organisation_id: int, version_id: int, *, name: str) -> frozenset[str]:
    """Return the same for a version of the standard ``name``, loaded only where need be."""
    return _doubted(organisation_id, name, lambda: load_version(version_id))


def _doubted(organisation_id: int, name: str, standard: Callable[[], Standard]) -> frozenset[str]:
    rows = models.DoubtedRule.objects.filter(
        organisation=organisation_id, standard=name, trusted_at=None
    )
    doubted = list(rows.values_list("rule", "content"))
    if not doubted:
        return frozenset()
    now = rule_contents(standard())
    return frozenset(rule for rule, content in doubted if now.get(rule) == content)

"""Describe a standard in its folder: whether it is sound, what it holds, what carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rexian.kernel.errors import NotFound
from rexian.standard.domain.pack.coverage import ClauseCoverage, cover
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.findings import Finding, Severity
from rexian.standard.domain.pack.linting import lint
from rexian.standard.domain.pack.whole import Parameter
from rexian.standard.domain.standards import load

__all__ = [
    "ClauseCoverage",
    "Description",
    "Finding",
    "Severity",
    "coverage",
    "describe",
    "lint",
]


@dataclass(frozen=True, slots=True)
class Description:
    """A standard, and those of its clauses that were asked for, with their rules."""

    name: str
    version: str
    content_hash: str
    title: Mapping[str, str]
    extends: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    clauses: tuple[ClauseCoverage, ...]


def coverage(name_or_path: str | Path) -> tuple[ClauseCoverage, ...]:
    """Return every clause of a standard with what carries it out, in the order of the pack."""
    return tuple(cover(load(name_or_path).pack))


def describe(name_or_path: str | Path, subject: str | None = None) -> Description:
    """Describe a standard with all its clauses, with one, or with one rule of one.

    Raises ``NotFound`` where the standard has neither a clause nor a rule of that name.
    """
    standard = load(name_or_path)
    manifest = standard.pack.manifest
    clauses = coverage(name_or_path)
    return Description(
        standard.name,
        standard.version,
        standard.content_hash,
        standard.title,
        manifest.extends,
        manifest.parameters,
        clauses if subject is None else (_find(clauses, subject, standard.name),),
    )


def _find(clauses: tuple[ClauseCoverage, ...], subject: str, standard: str) -> ClauseCoverage:
    names = [one.clause.id for one in clauses]
    for one in clauses:
        if one.clause.id == subject:
            return one
        for rule in one.rules:
            names.append(rule.id)
            if rule.id == subject:
                return ClauseCoverage(one.clause, (rule,), one.override)
    hint = suggest(subject, names)
    raise NotFound(f"{standard} has no clause or rule {subject!r}{hint}", name=subject)

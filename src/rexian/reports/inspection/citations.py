"""Look up what a clause says, in the reader's language or the nearest one that the pack has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rexian.kernel.language import text_in
from rexian.reports.calls.prescribed import Prescribed
from rexian.reports.inspection.cleaning import visible
from rexian.standard.domain.standards import Standard


class ClauseTexts(Protocol):
    """The part of a clause that a report cites."""

    @property
    def text(self) -> Mapping[str, str]:
        """What the clause asks, by language."""


class StandardTexts(Protocol):
    """The part of a standard that a report cites."""

    @property
    def title(self) -> Mapping[str, str]:
        """The name of the standard, by language."""

    @property
    def clauses(self) -> Mapping[str, ClauseTexts]:
        """Every clause by its id."""


class Citations:
    """The words of several standards in one language."""

    def __init__(self, standards: Mapping[str, StandardTexts] | None, language: str) -> None:
        self._standards = standards or {}
        self._language = language
        self._prescribed: dict[str, Prescribed] = {}

    def clause(self, standard: str, clause: str) -> str:
        """Return what ``clause`` asks, or nothing where the standard is not at hand."""
        known = self._standards.get(standard)
        found = known.clauses.get(clause) if known else None
        return visible(text_in(found.text, self._language)) if found else ""

    def title(self, standard: str) -> str:
        """Return the title of ``standard``, or its name where it is not at hand."""
        known = self._standards.get(standard)
        return visible((text_in(known.title, self._language) if known else "") or standard)

    def words(self, standard: str, rule: str, channel: str) -> tuple[str, ...]:
        """Return the words that would have been right by a rule, where it prescribes any."""
        known = self._standards.get(standard)
        if not isinstance(known, Standard):
            return ()
        if standard not in self._prescribed:
            self._prescribed[standard] = Prescribed(known, self._language)
        return tuple(map(visible, self._prescribed[standard].words(rule, channel)))

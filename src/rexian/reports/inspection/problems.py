"""Records that could not be read, as every report lists them: where, and why."""

from __future__ import annotations

from typing import Protocol

from rexian.reports.inspection.cleaning import one_line


class Problem(Protocol):
    """A place in a source, and a sentence about it."""

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line``."""

    def sentence(self, language: str) -> str:
        """Return what is wrong, in ``language``."""


def problem_line(problem: Problem, language: str) -> str:
    """Return place and reason on one line."""
    return one_line(f"{problem.place} {problem.sentence(language)}")

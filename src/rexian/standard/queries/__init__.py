"""What the faces ask of a standard: in its folder, or as an organisation has published it.

This door needs no database; ``rexian.standard.queries.published`` does, and is entered by name.
"""

from rexian.standard.queries.describing import (
    ClauseCoverage,
    Description,
    Finding,
    Severity,
    coverage,
    describe,
    lint,
)

__all__ = [
    "ClauseCoverage",
    "Description",
    "Finding",
    "Severity",
    "coverage",
    "describe",
    "lint",
]

"""Cut what was said where findings begin and end, so that each mark covers just its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rexian.reports.inspection.cleaning import visible
from rexian.reports.inspection.findings import SHOWN, Finding
from rexian.standard.domain.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same findings cover; ``pins`` are the findings that end with them."""

    text: str
    covering: tuple[Finding, ...] = ()
    pins: tuple[Finding, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The gravest outcome among the findings that cover these words."""
        said = {finding.outcome for finding in self.covering}
        return next((outcome for outcome in SHOWN if outcome in said), None)


def pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return ``text`` in pieces; their texts joined are the text again, made visible."""
    shown = visible(text)
    edges = {0, len(shown)} | {edge for found in findings for edge in (found.begin, found.end)}
    ordered = sorted(edges)
    cut = [
        Piece(
            text=shown[begin:end],
            covering=tuple(f for f in findings if f.begin <= begin and end <= f.end),
            pins=tuple(f for f in findings if f.end == end),
        )
        for begin, end in pairwise(ordered)
    ]
    if findings and not shown:
        return [Piece("", pins=tuple(findings))]
    return cut

"""Set a call in the report: the view that the page of a contact has too, with its verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from rexian.reports.calls.findings import CallFinding
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.view import Sound, call_view
from rexian.reports.inspection.citations import Citations

Sounds = Callable[[InspectedCall], Sound | None]
"""Gives the sound of a call, where the report is to play it."""


def silent(call: InspectedCall) -> None:
    """Return no sound for any call: a report to be read."""
    del call


def call_part(
    inspected: InspectedCall,
    *,
    citations: Citations,
    sounds: Sounds,
    number: int,
    language: str,
    clause_address: Callable[[str, str], str],
) -> Markup:
    """Return a call's lanes, words and findings; ``number`` makes its anchors unique."""
    return call_view(
        inspected.heard,
        inspected.conversation,
        list(_findings(inspected, citations, language, clause_address)),
        language=language,
        sound=sounds(inspected),
        number=number,
    )


def _findings(
    inspected: InspectedCall,
    citations: Citations,
    language: str,
    clause_address: Callable[[str, str], str],
) -> Iterator[CallFinding]:
    standard = inspected.inspection.standard
    channel = inspected.conversation.facts.channel or "phone"
    for verdict in inspected.inspection.verdicts:
        yield CallFinding(
            outcome=verdict.outcome,
            clause=verdict.clause,
            reason=verdict.reason(language),
            asks=citations.clause(standard, verdict.clause),
            quote=verdict.quote,
            seconds=verdict.at,
            turn=verdict.turns[-1] if verdict.turns else None,
            words=citations.words(standard, verdict.rule, channel),
            address=clause_address(standard, verdict.clause),
        )

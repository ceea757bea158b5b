"""The findings of one conversation as its page shows them: numbered, placed, with their clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rexian.dialogue.domain.conversations import Conversation
from rexian.reports.inspection.cleaning import one_line, shortened, visible
from rexian.reports.inspection.figures import minutes
from rexian.standard.domain.events import Turn
from rexian.standard.domain.verdicts import Outcome, Verdict

SHOWN = (Outcome.MISSED, Outcome.SUSPECT, Outcome.MET)
FOLDED = (Outcome.NOT_APPLICABLE, Outcome.UNDECIDED)
_GRAVITY = {outcome: place for place, outcome in enumerate((*SHOWN, *FOLDED))}
_QUOTE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict; ``number`` is its place among those pinned to words, 0 where it is not one.

    ``turn`` is the position of its turn in the conversation, ``begin`` and ``end`` are the
    offsets of the quoted words in it; without a quote both are the end of what was said.
    """

    outcome: Outcome
    clause: str
    reason: str
    quote: str = ""
    at: str = ""
    seconds: float | None = None
    turn: int | None = None
    begin: int = 0
    end: int = 0
    number: int = 0

    @property
    def short_quote(self) -> str:
        """The quote, cut where it would fill the margin."""
        return shortened(one_line(self.quote), _QUOTE_LENGTH)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings by where the page shows them."""

    loose: tuple[Finding, ...]
    pinned: tuple[Finding, ...]
    folded: tuple[Finding, ...]

    def of_turn(self, turn: int) -> list[Finding]:
        """Return the findings pinned to one turn, in the order of their words."""
        return [finding for finding in self.pinned if finding.turn == turn]


def arranged(conversation: Conversation, verdicts: Iterable[Verdict], language: str) -> Findings:
    """Return the verdicts as findings: those without a turn, those pinned, those folded away."""
    places = {turn.index: place for place, turn in enumerate(conversation.turns)}
    found = [_placed(verdict, conversation.turns, places, language) for verdict in verdicts]
    found.sort(key=lambda finding: _GRAVITY[finding.outcome])
    shown = [finding for finding in found if finding.outcome in SHOWN]
    pinned = [finding for finding in shown if finding.turn is not None]
    pinned.sort(key=lambda finding: (finding.turn or 0, finding.end, finding.begin))
    return Findings(
        loose=tuple(finding for finding in shown if finding.turn is None),
        pinned=tuple(replace(finding, number=number) for number, finding in enumerate(pinned, 1)),
        folded=tuple(finding for finding in found if finding.outcome in FOLDED),
    )


def _placed(
    verdict: Verdict, turns: Sequence[Turn], places: dict[int, int], language: str
) -> Finding:
    place = places.get(verdict.turns[-1]) if verdict.turns else None
    turn = turns[place] if place is not None else None
    begin, end = span_of(turn.text, verdict.quote) if turn else (0, 0)
    seconds = verdict.at if verdict.at is not None or turn is None else turn.start
    return Finding(
        outcome=verdict.outcome,
        clause=visible(verdict.clause),
        reason=visible(verdict.reason(language)),
        quote=visible(verdict.quote),
        at="" if seconds is None else minutes(seconds),
        seconds=seconds,
        turn=place,
        begin=begin,
        end=end,
    )


def span_of(text: str, quote: str) -> tuple[int, int]:
    """Return where a quote stands in a text, its end twice where it does not."""
    begin = text.find(quote) if quote else -1
    return (begin, begin + len(quote)) if begin >= 0 else (len(text), len(text))

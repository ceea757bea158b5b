"""Credits that rest on a mere syllable of a heard turn: nobody knows whether it was said."""

from __future__ import annotations

from rexian.standard.domain.evaluator.doubts import unsure_pieces
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.language.matching import CLAUSE_EDGES

LONGEST_GUESSED = 1
"""So short a word is heard where none was said; a longer one hardly is."""
WEAK = frozenset("你了的啊吧呢嘛呀")
"""What follows a syllable without making it the beginning of a courteous word."""


def is_guessed(opportunity: Opportunity, state: State) -> bool:
    """Say whether a credit rests on a mere syllable that was not read surely, or begins a turn.

    The beginning of a turn is misread most, however sure recognition is of it: there a syllable
    counts as far as what follows makes words with it (请问, and not 请了).
    """
    done = opportunity.done
    if done is None or len(done.turns) > 1 or len(done.quote) > LONGEST_GUESSED:
        return False
    item = state.recall(done.turns[0])
    at = -1 if item is None else item.text.find(done.quote)
    if item is None or item.voice is None or at < 0:
        return False
    if at == 0 and not _leads_on(item.folded[len(done.quote) :]):
        return True
    return any(start < at + len(done.quote) and at < end for start, end in unsure_pieces(item))


def _leads_on(rest: str) -> bool:
    """Say whether two characters and more follow in the clause, the first of them no particle."""
    goes_on = len(rest) > 1 and not CLAUSE_EDGES.intersection(rest[:2])
    return goes_on and rest[0] not in WEAK

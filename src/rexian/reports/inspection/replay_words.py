"""Say what a replay compares in the reader's language."""

from __future__ import annotations

from rexian.dialogue.domain.replays import NOTHING, Change
from rexian.kernel.language import mark, translate
from rexian.reports.inspection.words import outcome_word
from rexian.standard.domain.verdicts import Outcome


def outcome_of(outcome: str, language: str) -> str:
    """Return what came out on one side, in words."""
    if outcome == NOTHING:
        return translate(mark("nothing said"), language)
    return outcome_word(Outcome(outcome), language)


def change_words(one: Change, language: str) -> str:
    """Return what became what, as ``HW-3.12: Missed → Met``."""
    before, after = (outcome_of(each.outcome, language) for each in (one.before, one.after))
    return f"{one.clause}: {before} → {after}"

"""How verdicts agree with a person's labels, as rows that every report can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rexian.dialogue.domain.truth import Agreement, ClauseAgreement, Share
from rexian.kernel.language import translate
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.tallies import clause_order
from rexian.reports.inspection.words import outcome_word
from rexian.standard.domain.verdicts import Outcome

Truth = Agreement | Callable[[], Agreement]
"""An agreement, or where it still grows while conversations pass, how to get it in the end."""


def settled(truth: Truth | None) -> Agreement | None:
    """Return the agreement, now that every conversation has passed."""
    return truth() if callable(truth) else truth


def headings(language: str) -> list[str]:
    """Return the titles of the columns: labels borne out, verdicts backed, misses unlabelled."""
    met, missed = outcome_word(Outcome.MET, language), outcome_word(Outcome.MISSED, language)
    return [
        translate("Clause", language),
        met,
        missed,
        outcome_word(Outcome.SUSPECT, language),
        translate("N/A", language),
        translate("Said “{outcome}”", language, outcome=met),
        translate("Said “{outcome}”", language, outcome=missed),
        translate("Unlabelled", language),
    ]


def rows(agreement: Agreement, language: str) -> Iterator[list[str]]:
    """Yield a row for each clause that has labels, then all together in numbers and in percent."""
    for clause, found in sorted(agreement.clauses.items(), key=_by_clause):
        if any(share.whole for share in _shares(found)) or found.unlabelled_missed:
            yield _row(one_line(clause), found)
    total = agreement.total
    yield _row(translate("All", language), total)
    yield [translate("Share", language), *map(_percent, _shares(total)), ""]


def explanation(language: str) -> str:
    """Return what the columns mean, in a sentence."""
    return translate(
        "Of what a person labelled, how much the verdicts bear out; of what the verdicts say, how"
        " much a label backs; misses of clauses that nobody labelled.",
        language,
    )


def _shares(found: ClauseAgreement) -> tuple[Share, ...]:
    labels = (found.met, found.missed, found.suspect, found.not_applicable)
    return (*labels, found.said_met, found.said_missed)


def _by_clause(entry: tuple[str, ClauseAgreement]) -> tuple[tuple[int, str], ...]:
    return clause_order(entry[0])


def _row(name: str, found: ClauseAgreement) -> list[str]:
    return [name, *map(_part, _shares(found)), str(found.unlabelled_missed)]


def _part(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else "–"


def _percent(share: Share) -> str:
    return f"{float(share):.1%}" if share.whole else "–"

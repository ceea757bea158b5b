"""Write a table for a terminal, or for a file that is read like one: a line a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import translate
from rexian.reports.calls.agreement import HeardTruth, Hearing, no_truth
from rexian.reports.calls.agreement import rows as hearing_rows
from rexian.reports.calls.cells import call_cells, call_headings
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.inspection.agreement import Truth, explanation, headings, settled
from rexian.reports.inspection.agreement import rows as agreement_rows
from rexian.reports.inspection.citations import Citations, StandardTexts
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import percent, score
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.reports.inspection.problems import Problem, problem_line
from rexian.reports.inspection.tallies import ClauseTally, Summary, counted, first_missed
from rexian.reports.inspection.words import NOTHING, outcome_word
from rexian.standard.domain.verdicts import Outcome

_STYLES = {Outcome.MISSED: "bold red", Outcome.SUSPECT: "yellow", Outcome.MET: "green"}
_COUNTED = (Outcome.MISSED, Outcome.SUSPECT, Outcome.MET, Outcome.UNDECIDED)
_ALL = (*_COUNTED[:3], Outcome.NOT_APPLICABLE, Outcome.UNDECIDED)


def write(
    inspected: Iterable[InspectedConversation],
    target: TextIO,
    *,
    language: str = "zh-Hans",
    standards: Mapping[str, StandardTexts] | None = None,
    truth: Truth | None = None,
    problems: Iterable[Problem] = (),
    width: int | None = None,
    hearing: Hearing = no_truth,
) -> None:
    """Write the conversations, the summary by clause, the agreement, and what was unreadable.

    ``width`` is that of the terminal, or 80 where there is none; colours are for terminals alone.
    """
    console = Console(file=target, width=width)
    summary = Summary()
    calls: list[list[str]] = []
    rows = [_row(one, summary, calls, language) for one in inspected]
    if rows:
        print_grid(console, _conversation_columns(language), rows, width=console.width)
        print_line(console, "")
        _print_summary(console, summary, language)
        _print_calls(console, calls, language)
        _print_clauses(console, summary, Citations(standards, language), language)
    else:
        print_line(console, translate(NOTHING, language))
    _print_agreement(console, truth, language)
    _print_hearing(console, hearing(), language)
    _print_problems(console, list(problems), language)


def _row(
    inspected: InspectedConversation, summary: Summary, calls: list[list[str]], language: str
) -> list[str]:
    summary.add(inspected)
    if isinstance(inspected, InspectedCall):
        calls.append(call_cells(inspected, language))
    inspection = inspected.inspection
    counts = counted(inspection.verdicts)
    return [
        one_line(inspected.conversation.id),
        one_line(inspection.standard),
        score(inspection.score),
        *(str(counts[outcome]) for outcome in _COUNTED),
        " ".join(map(one_line, first_missed(inspection.verdicts))),
    ]


def _print_calls(console: Console, calls: Sequence[Sequence[str]], language: str) -> None:
    """Print what the calls measure, a line a call, where any were heard."""
    if not calls:
        return
    first, *others = call_headings(language)
    columns = [Column(first, most=24), *(Column(name, most=12, right=True) for name in others)]
    print_line(console, "")
    print_line(console, Text(translate("What was heard", language), style="bold"))
    print_grid(console, columns, calls, width=console.width)


def _print_hearing(console: Console, truth: HeardTruth, language: str) -> None:
    found = list(hearing_rows(truth, language))
    if found:
        title = translate("How well the calls were heard", language)
        print_line(console, "")
        print_line(console, Text(title, style="bold"))
        print_grid(console, [Column("", most=40), Column("")], found, width=console.width)


def _conversation_columns(language: str) -> list[Column]:
    return [
        Column(translate("Conversation", language), most=24),
        Column(translate("Standard", language), most=12),
        Column(translate("Score", language), most=6, right=True),
        *_outcome_columns(_COUNTED, language),
        Column(translate("First missed", language)),
    ]


def _outcome_columns(outcomes: Sequence[Outcome], language: str) -> Iterator[Column]:
    for outcome in outcomes:
        is_long = outcome is Outcome.NOT_APPLICABLE
        heading = translate("N/A", language) if is_long else outcome_word(outcome, language)
        yield Column(heading, most=8, right=True, style=_STYLES.get(outcome, ""))


def _print_summary(console: Console, summary: Summary, language: str) -> None:
    scored = {
        translate("Conversations", language): str(summary.conversations),
        translate("Mean score", language): score(summary.mean_score),
        translate("Share met", language): percent(summary.share_met),
    }
    faulty = {
        translate("With faults", language): str(summary.with_misses),
        translate("With something to confirm", language): str(summary.with_suspicions),
    }
    print_line(console, _told(scored))
    print_line(console, _told(faulty))
    for (asked, judged), count in sorted(summary.asked_for.items()):
        message = translate(
            "Judged by “{judged}”, since “{asked}” is not installed: {count}",
            language,
            judged=judged,
            asked=asked,
            count=count,
        )
        print_line(console, Text(message, style="yellow"))


def _told(figures: Mapping[str, str]) -> str:
    return " · ".join(f"{name} {figure}" for name, figure in figures.items())


def _print_clauses(console: Console, summary: Summary, citations: Citations, language: str) -> None:
    columns = [
        Column(translate("Clause", language), most=12),
        *_outcome_columns(_ALL, language),
        Column(translate("Share met", language), most=6, right=True),
        Column(translate("What it asks", language)),
    ]
    hashes = {name: f"{version} {hashed[:12]}" for name, version, hashed in summary.versions}
    for standard, tallies in groupby(summary.clauses(), lambda tally: tally.standard):
        title = f"{citations.title(standard)} ({standard} {hashes.get(standard, '')})"
        print_line(console, "")
        print_line(console, Text(one_line(title), style="bold"))
        rows = [_clause_row(tally, citations) for tally in tallies]
        print_grid(console, columns, rows, width=console.width)


def _clause_row(tally: ClauseTally, citations: Citations) -> list[str]:
    return [
        one_line(tally.clause),
        *(str(tally[outcome]) for outcome in _ALL),
        percent(tally.share_met),
        one_line(citations.clause(tally.standard, tally.clause)),
    ]


def _print_agreement(console: Console, truth: Truth | None, language: str) -> None:
    agreement = settled(truth)
    if agreement is None:
        return
    title = translate("Agreement with the labels", language)
    first, *others = headings(language)
    columns = [Column(first, most=12), *(Column(name, most=10, right=True) for name in others)]
    print_line(console, "")
    print_line(console, Text(title, style="bold"))
    print_grid(console, columns, list(agreement_rows(agreement, language)), width=console.width)
    print_line(console, Text(explanation(language), style="dim"))


def _print_problems(console: Console, problems: Sequence[Problem], language: str) -> None:
    if problems:
        heading = f"{translate('Unreadable records', language)}: {len(problems)}"
        print_line(console, "")
        print_line(console, Text(heading, style="bold red"))
    for problem in problems:
        print_line(console, problem_line(problem, language))

"""The comparison of verdicts with the labels of people, while conversations pass by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rexian.cli.calls.judging import Calls
from rexian.cli.selection import Selection
from rexian.cli.terminal import Terminal
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import Agreement, compare
from rexian.kernel.language import mark
from rexian.reports.calls.agreement import HeardTruth
from rexian.reports.calls.agreement import explanation as hearing_explanation
from rexian.reports.calls.agreement import rows as hearing_rows
from rexian.reports.inspection.agreement import explanation, headings, rows
from rexian.reports.inspection.grid import Column, print_grid


class Comparison:
    """Counts how the verdicts of all conversations agree with their labels, by clause."""

    def __init__(self, selection: Selection, calls: Calls | None = None) -> None:
        self._calls = calls
        self._wants = selection.wants_clause
        self._agreement = Agreement()

    def through(
        self, inspected: Iterable[InspectedConversation]
    ) -> Iterator[InspectedConversation]:
        """Hand on what was inspected, each counted."""
        for one in inspected:
            labels = [label for label in one.conversation.labels if self._wants(label.clause)]
            verdicts = [each for each in one.inspection.verdicts if self._wants(each.clause)]
            self._agreement += compare([(labels, verdicts)])
            yield one

    def settled(self) -> Agreement:
        """Return the agreement of all that has passed."""
        return self._agreement

    def hearing(self) -> HeardTruth:
        """Return how well the calls that have passed were heard."""
        return self._calls.truth() if self._calls else HeardTruth()

    def print_on(self, terminal: Terminal) -> None:
        """Print the agreement beside the results."""
        language, console = terminal.language, terminal.errors
        first, *others = headings(language)
        columns = [Column(first), *(Column(one, right=True) for one in others)]
        terminal.remark(mark("Agreement with the labels"))
        print_grid(console, columns, list(rows(self._agreement, language)), width=console.width)
        terminal.note(explanation(language))
        heard = list(hearing_rows(self.hearing(), language))
        if heard:
            terminal.note("")
            terminal.remark(mark("How well the calls were heard"))
            print_grid(console, [Column(""), Column("")], heard, width=console.width)
            terminal.note(hearing_explanation(language))

"""The coverage of a standard in several forms: every clause, and what carries it out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from rexian.cli.book import Entry
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark, text_in
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.standard.domain.pack.checking_practice import PracticeSpec
from rexian.standard.domain.pack.schema import Means
from rexian.standard.domain.pack.waiting import context_name

_MEANS = {
    Means.MACHINE: mark("machine"),
    Means.PERSON: mark("person"),
    Means.RECORD: mark("record"),
    Means.WORKFLOW: mark("workflow"),
}
_HEADINGS = (
    mark("Clause"),
    mark("Carried out by"),
    mark("Waiting for"),
    mark("Rules"),
    mark("What it asks"),
)
_WIDEST = (10, 28, 12, 30)


def print_table(found: Sequence[Entry], terminal: Terminal) -> None:
    """Print a line a clause, and how many there are of each kind."""
    console = terminal.console
    *headings, last = map(terminal.say, _HEADINGS)
    columns = [Column(one, most=most) for one, most in zip(headings, _WIDEST, strict=True)]
    rows = [_cells(one, terminal) for one in found]
    print_grid(console, [*columns, Column(last)], rows, width=console.width)
    print_line(console, "")
    print_line(console, _sum(found, terminal))


def markdown(found: Sequence[Entry], terminal: Terminal) -> str:
    """Return a table for a document, with the example that shows each clause."""
    headings = [*map(terminal.say, _HEADINGS), terminal.say(mark("Example"))]
    rows = [headings, ["---"] * len(headings)]
    rows += [[*_cells(one, terminal), _example(one)] for one in found]
    table = "\n".join(f"| {' | '.join(map(_escaped, row))} |" for row in rows)
    return f"{table}\n\n{_sum(found, terminal)}\n"


def as_json(found: Sequence[Entry]) -> str:
    """Return a list of objects, with the texts in every language that the pack has."""
    return json.dumps([_object(one) for one in found], ensure_ascii=False, indent=1) + "\n"


def carriers(entry: Entry, terminal: Terminal) -> str:
    """Return what carries a clause out, in words."""
    return " · ".join(terminal.say(_MEANS[one]) for one in entry.means) or "–"


def _cells(entry: Entry, terminal: Terminal) -> list[str]:
    rules = " ".join(filter(None, (*_names(entry), _ruled_by(entry))))
    asks = text_in(entry.clause.text, terminal.language)
    awaited = entry.clause.waiting_for
    waiting_for = terminal.say(context_name(awaited)) if awaited else "–"
    return [entry.clause.id, carriers(entry, terminal), waiting_for, rules or "–", asks]


def _names(entry: Entry) -> list[str]:
    """Return the ids of what carries a clause out, and of what holds its figures."""
    work = entry.work
    parts = (*entry.rules, *work.flows, *work.callbacks, *work.targets)
    held: tuple[PracticeSpec, ...] = (*work.conduct, *work.checklists, *work.curricula)
    return [*(one.id for one in parts), *_clocks(entry), *(one.id for one in held)]


def _clocks(entry: Entry) -> list[str]:
    return [f"{flow.id}/{clock.id}" for flow, clock in entry.work.clocks]


def _ruled_by(entry: Entry) -> str:
    """Return the clause that rules instead, with the act for which it does where it is but one."""
    override = entry.override
    if override is None:
        return ""
    bound = f" ({', '.join(override.binds)})" if override.binds else ""
    return f"→ {override.by}{bound}"


def _sum(found: Sequence[Entry], terminal: Terminal) -> str:
    by_means = Counter(means for one in found for means in one.means)
    figures = [terminal.say(mark("Clauses: {count}"), count=len(found))]
    figures += [f"{terminal.say(word)} {by_means[means]}" for means, word in _MEANS.items()]
    waiting = sum(bool(one.clause.waiting_for) for one in found)
    figures.append(terminal.say(mark("waiting {count}"), count=waiting))
    return " · ".join(figures)


def _example(entry: Entry) -> str:
    return " ".join(entry.example.talk) if entry.example else ""


def _escaped(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")


def _object(entry: Entry) -> dict[str, object]:
    clause, example = entry.clause, entry.example
    return {
        "clause": clause.id,
        "area": clause.area,
        "text": dict(clause.text),
        "means": list(entry.means),
        "waiting_for": clause.waiting_for or None,
        "how": dict(clause.how),
        "rules": [rule.id for rule in entry.rules],
        "categories": [one.id for one in entry.categories],
        "forms": [one.id for one in entry.forms],
        "flows": [one.id for one in entry.work.flows],
        "clocks": _clocks(entry),
        "callbacks": [one.id for one in entry.work.callbacks],
        "targets": [one.id for one in entry.work.targets],
        "conduct": [one.id for one in entry.work.conduct],
        "checklists": [one.id for one in entry.work.checklists],
        "curricula": [one.id for one in entry.work.curricula],
        "ruled_by": entry.ruled_by or None,
        "because": dict(entry.override.reason) if entry.override else None,
        "example": {"outcome": example.outcome, "talk": list(example.talk)} if example else None,
    }

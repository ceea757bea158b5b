"""Pages of a standard on a terminal: its contents, and a clause in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from rexian.cli.book import Entry
from rexian.cli.coverage import carriers
from rexian.cli.terminal import WIDEST, Terminal
from rexian.cli.wrapping import wrap
from rexian.kernel.language import mark, text_in
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.reports.inspection.words import SIGNS
from rexian.standard.domain import Outcome, Standard
from rexian.standard.domain.pack.schema import Example, RuleSpec, Scene
from rexian.standard.domain.pack.texts import Text as Texts
from rexian.standard.domain.pack.waiting import context_name
from rexian.standard.domain.work_words import work_of

_STYLES = {Outcome.MET: "green", Outcome.MISSED: "bold red", Outcome.SUSPECT: "yellow"}


def print_contents(standard: Standard, found: Sequence[Entry], terminal: Terminal) -> None:
    """Print what a standard is called, what can be set in it, and its clauses."""
    console, manifest = terminal.console, standard.pack.manifest
    title = text_in(standard.title, terminal.language)
    print_line(console, Text(f"{title} ({standard.name} {standard.version})", "bold"))
    print_line(console, Text(standard.content_hash, "dim"))
    if manifest.extends:
        names = ", ".join(manifest.extends)
        print_line(console, terminal.say(mark("Builds on: {names}"), names=names))
    for name, one in manifest.parameters.items():
        meaning = text_in(one.title, terminal.language)
        print_line(console, f"--parameter {name}={_written(one.default)}  {meaning}")
    print_line(console, "")
    columns = [
        Column(terminal.say(mark("Clause"))),
        Column(terminal.say(mark("Rules")), right=True),
        Column(terminal.say(mark("What it asks"))),
    ]
    rows = [
        [one.clause.id, str(len(one.rules)), text_in(one.clause.text, terminal.language)]
        for one in found
    ]
    print_grid(console, columns, rows, width=console.width)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def print_entry(entry: Entry, terminal: Terminal) -> None:
    """Print a clause in full, with its rules."""
    for line in _clause(entry, terminal):
        print_line(terminal.console, line)
    for rule in entry.rules:
        print_line(terminal.console, "")
        for line in _rule(rule, terminal):
            print_line(terminal.console, line)
    for text in (*_records(entry, terminal), *_work(entry, terminal)):
        print_line(terminal.console, text)


def _records(entry: Entry, terminal: Terminal) -> Iterator[str]:
    """Yield the forms and the categories that cite a clause."""
    if entry.forms:
        names = "、".join(text_in(one.title, terminal.language) for one in entry.forms)
        yield ""
        yield terminal.say(mark("Forms: {names}"), names=names)
    if entry.categories:
        names = "、".join(text_in(one.name, terminal.language) for one in entry.categories)
        yield ""
        yield terminal.say(mark("Categories: {names}"), names=names)


def _work(entry: Entry, terminal: Terminal) -> Iterator[str]:
    """Yield what cases do by a clause: flows, clocks with their spans, callbacks, targets."""
    for kind, names in work_of(entry.work, terminal.language):
        yield ""
        yield terminal.say(mark("{kind}: {names}"), kind=terminal.say(kind), names="、".join(names))


def _clause(entry: Entry, terminal: Terminal) -> Iterator[Text]:
    clause = entry.clause
    yield Text(clause.id, "bold")
    yield from _paragraph(clause.text, terminal)
    carried = carriers(entry, terminal)
    if clause.waiting_for:
        carried = terminal.say(
            mark("{means}; waiting for {context}"),
            means=carried,
            context=terminal.say(context_name(clause.waiting_for)),
        )
    yield Text("  " + carried, "dim")
    yield from _paragraph(clause.how, terminal)
    if entry.override is not None:
        ruled = terminal.say(mark("here {clause} rules instead"), clause=entry.override.by)
        why = text_in(entry.override.reason, terminal.language)
        yield Text(f"  → {ruled}: {why}", "yellow")


def _rule(rule: RuleSpec, terminal: Terminal) -> Iterator[Text]:
    title = text_in(rule.title, terminal.language)
    yield Text.assemble((rule.id, "bold cyan"), "  ", title, ("  " + str(rule.place), "dim"))
    for words in rule.all_words() if isinstance(rule, Scene) else getattr(rule, "say", ()):
        yield Text(f"  “{words}”", "green")
    for words in _forbidden(rule, terminal):
        yield Text(f"  {SIGNS[Outcome.MISSED]} {words}", "red")
    for example in rule.examples:
        yield from _example(example)


def _forbidden(rule: RuleSpec, terminal: Terminal) -> Iterator[str]:
    yield from getattr(rule, "never_say", ())
    for word in getattr(rule, "words", ()):
        sense = text_in(word.sense, terminal.language)
        yield f"{word.word}  {sense}".rstrip()


def _example(example: Example) -> Iterator[Text]:
    known = {str(one): one for one in Outcome}
    outcome = known.get(example.outcome)
    sign = SIGNS[outcome] if outcome else "·"
    for number, line in enumerate(example.talk):
        lead = f"  {sign} " if number == 0 else "    "
        yield Text.assemble((lead, _STYLES.get(outcome, "") if outcome else ""), line)


def _paragraph(texts: Texts, terminal: Terminal) -> Iterator[Text]:
    text = text_in(texts, terminal.language)
    width = min(terminal.console.width, WIDEST) - 2
    yield from (Text("  " + line) for line in (wrap(text, width) if text else ()))

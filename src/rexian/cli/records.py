"""The categories and the forms of a standard on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark, text_in
from rexian.reports.inspection.grid import Column, print_grid, print_line
from rexian.standard.domain import Category, FieldSpec, FormSpec, Prompt, Standard
from rexian.standard.domain.record_words import CASE_TYPES, FIELD_TYPES, NEEDS, URGENCIES


def print_records(standard: Standard, terminal: Terminal) -> None:
    """Print the categories as a tree and the forms, where the standard has any."""
    if standard.taxonomy:
        _headline(mark("Categories"), terminal)
        columns = (
            mark("Identifier"),
            mark("Category"),
            mark("Case type"),
            mark("Clause"),
            mark("Form"),
        )
        rows = [_category(standard, one, terminal) for one in standard.taxonomy]
        headings = [Column(terminal.say(one)) for one in columns]
        print_grid(terminal.console, headings, rows, width=terminal.console.width)
    if standard.forms:
        _headline(mark("Forms"), terminal)
        for form in standard.forms.values():
            title = text_in(form.title, terminal.language)
            print_line(terminal.console, f"{form.id}  {title}  {form.clause}".rstrip())


def print_form(form: FormSpec, terminal: Terminal) -> None:
    """Print a form with its fields and the words to ask for them."""
    for line in _form(form, terminal):
        print_line(terminal.console, line)


def print_category(standard: Standard, category: Category, terminal: Terminal) -> None:
    """Print a category: its place in the tree, its form, and by which words it is known."""
    console, language = terminal.console, terminal.language
    name = standard.taxonomy.full_name(category.code, language)
    print_line(console, Text.assemble((category.code, "bold cyan"), "  ", name))
    print_line(console, f"  {_kind(category, terminal)}  {category.form}  {category.clause}")
    print_line(console, "  " + "、".join(category.synonyms))
    for phrase in category.heard:
        print_line(console, Text(f"  {phrase}", "dim"))


def _headline(title: str, terminal: Terminal) -> None:
    print_line(terminal.console, "")
    print_line(terminal.console, Text(terminal.say(title), "bold"))


def _category(standard: Standard, one: Category, terminal: Terminal) -> list[str]:
    name = "  " * (len(one.path) - 1) + text_in(one.name, terminal.language)
    title = text_in(standard.forms[one.form].title, terminal.language) if one.form else ""
    return [one.code, name, _kind(one, terminal), one.clause, title]


def _kind(one: Category, terminal: Terminal) -> str:
    kind = terminal.say(CASE_TYPES[one.case_type])
    pressing = one.urgency == "emergency"
    return f"{kind} · {terminal.say(URGENCIES[one.urgency])}" if pressing else kind


def _form(form: FormSpec, terminal: Terminal) -> Iterator[Text]:
    language = terminal.language
    yield Text.assemble(
        (form.id, "bold cyan"), "  ", text_in(form.title, language), f"  {form.clause}"
    )
    if form.first is not None:
        yield from _words(form.first, terminal)
    for one in form.fields:
        yield _field(one, terminal)
        if one.asks is not None:
            yield from _words(one.asks, terminal)
        for code, label in one.choices.items():
            yield Text(f"      {code}  {text_in(label, language)}")
    reasons = "、".join(text_in(one, language) for one in form.lacking.values())
    yield Text(
        "  " + terminal.say(mark("May be missing because: {reasons}"), reasons=reasons), "dim"
    )


def _field(one: FieldSpec, terminal: Terminal) -> Text:
    need, kind = terminal.say(NEEDS[one.needed]), terminal.say(FIELD_TYPES[one.type])
    label = text_in(one.label, terminal.language)
    return Text.assemble("  ", (label, "bold"), f"  {one.id}  {kind}  ", (need, "yellow"))


def _words(prompt: Prompt, terminal: Terminal) -> Iterator[Text]:
    source = terminal.say(mark("our words")) if prompt.ours else prompt.clause
    for words in prompt.say:
        yield Text.assemble((f"      “{words}”", "green"), f"  {source}")

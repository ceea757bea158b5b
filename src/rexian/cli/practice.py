"""The conduct, the checklists and the curricula of a standard on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from rexian.cli.terminal import Terminal
from rexian.kernel.language import text_in
from rexian.reports.inspection.grid import print_line
from rexian.standard.domain import Standard
from rexian.standard.domain.pack.checking_practice import PracticeSpec
from rexian.standard.domain.pack.checklists import ChecklistSpec
from rexian.standard.domain.pack.conduct import ConductSpec
from rexian.standard.domain.pack.curriculum import CurriculumSpec
from rexian.standard.domain.work_words import (
    CHECKLISTS,
    CONDUCT,
    CURRICULA,
    item_in_short,
    part_in_short,
    step_in_short,
)


def print_practices(standard: Standard, terminal: Terminal) -> None:
    """Print the names of all conduct, checklists and curricula, where the standard has any."""
    sections = standard.pack.sections
    kinds: dict[str, tuple[PracticeSpec, ...]] = {
        CONDUCT: sections.conduct,
        CHECKLISTS: sections.checklists,
        CURRICULA: sections.curriculum,
    }
    for name, specs in kinds.items():
        if specs:
            print_line(terminal.console, "")
            print_line(terminal.console, Text(terminal.say(name), "bold"))
            for one in specs:
                title = text_in(one.title, terminal.language)
                print_line(terminal.console, f"{one.id}  {title}  {' '.join(one.clauses())}")


def print_practice(spec: PracticeSpec, terminal: Terminal) -> None:
    """Print one of them with all that it holds."""
    title = text_in(spec.title, terminal.language)
    head = Text.assemble((spec.id, "bold cyan"), "  ", title, f"  {spec.clause}")
    print_line(terminal.console, head)
    for line in _lines(spec, terminal.language):
        print_line(terminal.console, line)


def _lines(spec: PracticeSpec, language: str) -> Iterator[str]:
    match spec:
        case ConductSpec():
            yield from (f"  · {text_in(one, language)}" for one in spec.acts)
            yield from (f"  {step_in_short(one, language)}" for one in spec.ladder)
        case ChecklistSpec():
            for item in spec.items:
                yield f"  {item.id}  {item_in_short(item, language)}  {item.clause}".rstrip()
        case CurriculumSpec():
            for part in spec.parts():
                yield f"  {part.id}  {part_in_short(part, language)}  {part.clause}".rstrip()

"""See that what a pack holds of conduct, checks and curricula makes sense and cites clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rexian.standard.domain.pack.checklists import ChecklistSpec, Figure
from rexian.standard.domain.pack.conduct import COUNTING, ConductSpec, Sanction
from rexian.standard.domain.pack.curriculum import CurriculumSpec, Stage
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.whole import Pack, Sections

PracticeSpec = ConductSpec | ChecklistSpec | CurriculumSpec
_FOR_PRAISE = frozenset({"reward", "publish", "points", "notify"})


def check_practice(pack: Pack, findings: Findings) -> None:
    """Add to the findings what is wrong with what a pack says of conduct, checks and journeys."""
    known = [one.id for one in pack.sections.clauses]
    for spec in practices(pack.sections):
        for reason in _reasons(spec):
            findings.error(spec.place, reason, spec.id)
        for clause in spec.clauses():
            if clause not in {*known, *findings.broken}:
                reason = f"there is no clause {clause!r}{suggest(clause, known)}"
                findings.error(spec.place, reason, spec.id)


def practices(sections: Sections) -> tuple[PracticeSpec, ...]:
    """Return all conduct, checklists and curricula of a pack."""
    return (*sections.conduct, *sections.checklists, *sections.curriculum)


def _reasons(spec: PracticeSpec) -> Iterator[str]:
    match spec:
        case ConductSpec():
            yield from _conduct(spec)
        case ChecklistSpec():
            yield from _checklist(spec)
        case CurriculumSpec():
            yield from _curriculum(spec)


def _conduct(spec: ConductSpec) -> Iterator[str]:
    counts = [step.at for step in spec.ladder]
    if any(count < 1 for count in counts) or counts != sorted(set(counts)):
        yield "the steps of a ladder are counted from 1 up, each once and in order"
    if any(count > 1 for count in counts) and spec.within is None:
        yield "a ladder that counts says within which period: ever, year, calendar_year, ..."
    for step in spec.ladder:
        if not step.then:
            yield f"nothing follows at {step.at}"
        for sanction in step.then:
            yield from _sanction(sanction, spec)


def _sanction(sanction: Sanction, spec: ConductSpec) -> Iterator[str]:
    if (sanction.does in COUNTING) != (sanction.amount is not None):
        needed = "needs" if sanction.does in COUNTING else "has no"
        yield f"{sanction.does!r} {needed} amount"
    if spec.kind == "praise" and sanction.does not in _FOR_PRAISE:
        yield f"praise is followed by {', '.join(sorted(_FOR_PRAISE))}, not {sanction.does!r}"
    if spec.kind == "breach" and sanction.does == "reward":
        yield "a breach is not rewarded"


def _checklist(spec: ChecklistSpec) -> Iterator[str]:
    if not spec.items:
        yield "a checklist has at least one item"
    yield from _once(one.id for one in spec.items)
    for item in spec.items:
        if item.figure is not None:
            yield from (f"{item.id}: {reason}" for reason in _figure(item.figure))


def _figure(figure: Figure) -> Iterator[str]:
    least, most = figure.at_least, figure.at_most
    if least is None and most is None:
        yield "a figure says at_least, at_most or both"
    elif least is not None and most is not None and least > most:
        yield "at_least is more than at_most"


def _curriculum(spec: CurriculumSpec) -> Iterator[str]:
    if not spec.parts():
        yield "a curriculum has at least one part"
    yield from _once(one.id for one in spec.parts())
    yield from _stages(spec)
    for unit in spec.units:
        yield from _range(unit.id, unit.least, unit.most)
    for comfort in spec.comforts:
        yield from _range(comfort.id, comfort.at_least, comfort.at_most)
    for moment in spec.moments:
        if moment.at in ("before_start", "before_end") and moment.by is None:
            yield f"{moment.id}: how long {moment.at.replace('_', ' the ')} is said with by"
    for one in spec.compensation:
        if not one.gives:
            yield f"{one.id}: compensation gives something"


def _stages(spec: CurriculumSpec) -> Iterator[str]:
    """See that stages are bought in units that there are, and come after stages before them."""
    units = {one.id for one in spec.units}
    earlier: list[str] = []
    for stage in spec.stages:
        yield from _after(stage, earlier)
        if stage.unit and stage.unit not in units:
            yield f"{stage.id}: there is no unit {stage.unit!r}{suggest(stage.unit, units)}"
        earlier.append(stage.id)


def _after(stage: Stage, earlier: list[str]) -> Iterator[str]:
    for name in stage.after:
        if name not in earlier:
            reason = f"no stage {name!r} stands before it{suggest(name, earlier)}"
            yield f"{stage.id}: {reason}"


def _range(name: str, least: int, most: int | None) -> Iterator[str]:
    if least < 1 or (most is not None and most < least):
        yield f"{name}: the least is 1 or more, and the most not less"


def _once(names: Iterable[str]) -> Iterator[str]:
    counted = Counter(names)
    yield from (f"several parts are called {name!r}" for name, n in counted.items() if n > 1)

"""From a document to a draft pack: read the clauses, write the files, gather what is uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting import doubts, figure_rules, spoken_rules
from rexian.standard.domain.drafting.blocks import Document, Spot
from rexian.standard.domain.drafting.clauses import ReadClause, Reader
from rexian.standard.domain.drafting.doubts import Doubt
from rexian.standard.domain.drafting.figures import find_figures
from rexian.standard.domain.drafting.outline import Outline, outline
from rexian.standard.domain.drafting.passages import QUOTED
from rexian.standard.domain.drafting.plans import (
    Base,
    Draft,
    DraftedClause,
    Plan,
    drafted,
    prefix_of,
)
from rexian.standard.domain.drafting.wordings import Stance
from rexian.standard.domain.drafting.yaml_text import comment, listed, scalar

CLAUSES = "clauses.yaml"
MOST_CLAUSES_A_FILE = 60
FEWEST_QUOTED = 2
VERSION = "0.1.0"
_NORM = re.compile(r"应当?|必须|须|不得|严禁|禁止|不准|要求|请|做到|负责|执行|规定|“|「")


class NoClauses(Invalid):
    """A document in which nothing is numbered and nothing demanded (422)."""

    code = "standard-no-clauses"


def draft_of(
    document: Document, *, prefix: str = "", title: str = "", base: Base | None = None
) -> Draft:
    """Draft a pack from a document; ``prefix`` and ``title`` go over what it says of itself.

    Raises ``NoClauses`` and ``WrongPrefix``.
    """
    found = outline(document)
    reader = Reader()
    read = [*_before(reader, found), *reader.read(found)]
    if not read:
        raise NoClauses(
            mark("No clause was found in {file}: nothing in it is numbered, and nothing demanded."),
            file=document.name,
        )
    called = title or found.title
    plan = Plan(called, prefix_of(called, prefix), base or Base())
    clauses = drafted(plan, read)
    files, asked = _written(plan, clauses, document.name)
    taken = {line.text for one in read for line in one.lines}
    left = [one for one in found.preamble if one[0] not in taken]
    asked = [*_before_doubts(left, clauses[0]), *asked]
    return Draft(plan, clauses, files, tuple(asked), (*found.left_out, *(text for text, _ in left)))


def _before(reader: Reader, found: Outline) -> Iterator[ReadClause]:
    """Yield what stands before the first number as clauses, where it demands something.

    A purpose in a sentence or two is none; a document without numbers has nothing else.
    """
    texts = [one for one in found.preamble if _demands(one[0])]
    if not (found.entries or found.tables):
        yield from reader.paragraphs(texts)
    elif sum(bool(QUOTED.search(text)) for text, _ in texts) >= FEWEST_QUOTED:
        yield from reader.paragraphs(texts, chapter="0")


def _demands(text: str) -> bool:
    """Say whether a paragraph asks something, quotes something, or leads to a list."""
    folded = fold(text)
    return bool(_NORM.search(folded) or QUOTED.search(text)) or folded.endswith(":")


def _written(
    plan: Plan, clauses: Sequence[DraftedClause], document: str
) -> tuple[dict[str, str], list[Doubt]]:
    asked = [one for clause in clauses for one in _clause_doubts(clause)]
    files: dict[str, str] = {}
    judged: set[str] = set()
    for name, section, write in (
        (spoken_rules.WORDING, "scenes", spoken_rules.scene),
        (spoken_rules.FORBIDDEN, "forbidden", spoken_rules.forbidden),
    ):
        lines = []
        for clause in clauses:
            more, open_questions = write(plan, clause)
            lines.extend(more)
            asked.extend(open_questions)
            judged.update({clause.id} if more else ())
        if lines:
            files[name] = "\n".join([f"{section}:", *lines, ""])
    figures, timed = _figures(plan, clauses)
    files.update(figures)
    slots, marks = _slots(plan, clauses)
    files.update(slots)
    files.update(_clause_files(clauses, judged | timed))
    asked.extend(one for clause in clauses for one in figure_rules.figure_doubts(clause))
    asked.extend(marks)
    files[figure_rules.MANIFEST] = _manifest(plan, clauses, document)
    return dict(sorted(files.items())), asked


def _manifest(plan: Plan, clauses: Sequence[DraftedClause], document: str) -> str:
    lines = [
        comment(f"由文件“{document}”起草，尚未经人核对。"),
        f"name: {plan.name}",
        f"version: {VERSION}",
        f"title: {{zh: {scalar(plan.title)}}}",
    ]
    if plan.base.names:
        lines.append(f"extends: {listed(plan.base.names)}")
    parameters = [line for one in clauses for line in figure_rules.parameter_lines(one)]
    if parameters:
        lines += ["parameters:", *parameters]
    return "\n".join([*lines, ""])


def _clause_files(clauses: Sequence[DraftedClause], judged: set[str]) -> Mapping[str, str]:
    """Return the clauses in files of a readable length, each with chapters as comments."""
    files = {}
    for number, start in enumerate(range(0, len(clauses), MOST_CLAUSES_A_FILE), 1):
        part = clauses[start : start + MOST_CLAUSES_A_FILE]
        lines, chapter = ["clauses:"], ""
        for one in part:
            if one.read.heading != chapter:
                chapter = one.read.heading
                lines.append(f"  {comment('—— ' + chapter)}" if chapter else "")
            lines.extend(_clause_lines(one, is_judged=one.id in judged))
        files[_clause_file(number)] = "\n".join([*filter(None, lines), ""])
    return files


def _clause_file(number: int) -> str:
    return CLAUSES if number == 1 else f"clauses-{number}.yaml"


def _clause_lines(clause: DraftedClause, *, is_judged: bool) -> list[str]:
    read = clause.read
    place = " · ".join(filter(None, (read.spot.said("zh-Hans"), read.written)))
    notes = [f"软性：{'、'.join(clause.soft)}"] if clause.soft else []
    notes += [f"禁止的行为：{one.text}" for one in clause.prohibitions]
    lines = [f"  {comment(place)}", f"  - id: {clause.id}"]
    if read.heading:
        lines.append(f"    area: {scalar(read.heading)}")
    lines.append(f"    text: {{zh: {scalar(read.text())}}}")
    if clause.prohibitions or not is_judged:
        lines.append("    means: [person]")
    if notes:
        lines.append(f"    note: {scalar('；'.join(notes))}")
    return lines


def _figures(plan: Plan, clauses: Sequence[DraftedClause]) -> tuple[dict[str, str], set[str]]:
    """Return the file of what counts figures, and the clauses that a rule of it judges."""
    sections: dict[str, list[str]] = {"scenes": [], "voice": [], "deadlines": [], "targets": []}
    judged: set[str] = set()
    for clause in clauses:
        rings, voice = figure_rules.rings(clause), figure_rules.voice(clause)
        sections["scenes"] += rings
        sections["voice"] += voice
        sections["deadlines"] += figure_rules.deadlines(plan, clause)
        sections["targets"] += figure_rules.targets(clause)
        judged.update({clause.id} if rings or voice else ())
    lines = [line for name, held in sections.items() if held for line in (f"{name}:", *held)]
    return ({figure_rules.FIGURES: "\n".join([*lines, ""])} if lines else {}), judged


def _slots(plan: Plan, clauses: Sequence[DraftedClause]) -> tuple[dict[str, str], list[Doubt]]:
    """Return what the marks in the wording stand for: blanks, until a person says what."""
    said = {one.text: one for clause in clauses for one in clause.said(Stance.SAY)}
    marks = [one for one in spoken_rules.marks_in(said) if one not in plan.base.marks]
    lines, asked = ["slots:"], []
    for number, one in enumerate(marks, 1):
        name = f"{plan.name}-blank-{number}"
        title = "{zh: 请填写, zh-Hant: 請填寫, en: fill in}"
        lines.append(f"  - {{id: {name}, kind: free, title: {title}, marks: [{_quoted(one)}]}}")
        words = next(wording for text, wording in said.items() if one in text)
        values = {"words": one}
        sentence = doubts.UNKNOWN_MARK
        asked.append(Doubt("slots", name, "slots.yaml", sentence, words.spot, words.text, values))
    return ({"slots.yaml": "\n".join([*lines, ""])} if marks else {}), asked


def _quoted(text: str) -> str:
    return f'"{text}"'


def _clause_doubts(clause: DraftedClause) -> Iterator[Doubt]:
    read = clause.read
    label, quote = read.written, read.text()
    asked = []
    if read.skips:
        asked.append((doubts.NUMBERS_MISSING, {"label": label}))
    if read.repeats:
        asked.append((doubts.NUMBER_TWICE, {"label": label, "clause": clause.id}))
    if read.counted:
        asked.append((doubts.NUMBER_OURS, {"clause": clause.id}))
    for sentence, values in asked:
        yield Doubt("clauses", clause.id, CLAUSES, sentence, read.spot, quote, values)


def _before_doubts(left: Iterable[tuple[str, Spot]], first: DraftedClause) -> Iterator[Doubt]:
    """Yield what stands before the first clause and yet demands something."""
    for text, spot in left:
        demands = re.search("不得|严禁|必须|禁止|应当", fold(text)) or QUOTED.search(text)
        if demands or find_figures(fold(text)):
            yield Doubt("clauses", first.id, CLAUSES, doubts.BEFORE_FIRST, spot, text)

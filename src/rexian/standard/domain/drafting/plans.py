"""What is asked of a draft, and what comes of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.kernel.text.initials import initials
from rexian.standard.domain.drafting.clauses import ReadClause
from rexian.standard.domain.drafting.doubts import Doubt
from rexian.standard.domain.drafting.figures import Figure, Kind
from rexian.standard.domain.drafting.prohibitions import Prohibition
from rexian.standard.domain.drafting.wordings import Stance, Wording

LONGEST_PREFIX, MOST_LETTERS = 4, 8
PREFIX = re.compile(rf"[A-Z][A-Z0-9]{{0,{MOST_LETTERS - 1}}}")
_USUAL = re.compile(
    r"(?:服务|管理|工作|行为)*(?:规范|标准|办法|制度|规定|细则|守则|手册|指南|规程|用语)+(?:试行|暂行)?"
)


class WrongPrefix(Invalid):
    """A prefix that clauses cannot have (422)."""

    code = "standard-wrong-prefix"


@dataclass(frozen=True, slots=True)
class Base:
    """What a draft may build on: the packs it extends, with their acts, marks and clauses."""

    names: tuple[str, ...] = ()
    acts: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a draft is called: the title in words, and the letters before the numbers of clauses."""

    title: str
    prefix: str
    base: Base = field(default_factory=Base)

    @property
    def name(self) -> str:
        """The name of the pack."""
        return self.prefix.lower()


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure of a clause under the name of its parameter; ``quote`` is its part of a sentence."""

    name: str
    figure: Figure
    quote: str
    clause: ReadClause


@dataclass(frozen=True)
class DraftedClause:
    """A clause with all that was found in it, each found once."""

    id: str
    read: ReadClause
    wordings: tuple[Wording, ...]
    figures: tuple[NamedFigure, ...]
    prohibitions: tuple[Prohibition, ...]
    soft: tuple[str, ...]

    def said(self, stance: Stance) -> tuple[Wording, ...]:
        """Return the wording that it prescribes, or that it forbids."""
        return tuple(one for one in self.wordings if one.stance is stance)


@dataclass(frozen=True)
class Draft:
    """A pack that was drafted: its files by path, and what a person has to look at.

    ``left_out`` are lines of margins, and text before the first clause.
    """

    plan: Plan
    clauses: tuple[DraftedClause, ...]
    files: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    left_out: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how much of each kind was found."""
        kinds = Counter(one.figure.kind for clause in self.clauses for one in clause.figures)
        times = kinds[Kind.TIME] + kinds[Kind.CLOCK]
        return {
            "clauses": len(self.clauses),
            "wordings": sum(len(one.said(Stance.SAY)) for one in self.clauses),
            "forbidden_words": sum(len(one.said(Stance.NEVER)) for one in self.clauses),
            "forbidden_behaviour": sum(len(one.prohibitions) for one in self.clauses),
            "times": times,
            "rates": kinds[Kind.RATE],
            "other_figures": kinds.total() - times - kinds[Kind.RATE],
            "questions": len(self.doubts),
        }


def prefix_of(title: str, given: str = "") -> str:
    """Return the letters before the numbers of clauses: as given, else the initials of the title.

    Raises ``WrongPrefix`` for anything but capital letters and digits.
    """
    if given:
        if not PREFIX.fullmatch(given.upper()):
            raise WrongPrefix(
                mark("A prefix is one to eight letters and digits, such as GH; not {prefix}."),
                prefix=given,
            )
        return given.upper()
    short = _USUAL.sub("", title) or title
    letters = re.sub(r"[^A-Z0-9]", "", initials(short).upper()).lstrip("0123456789")
    return letters[:LONGEST_PREFIX] or "DOC"


def drafted(plan: Plan, read: Iterable[ReadClause]) -> tuple[DraftedClause, ...]:
    """Return the clauses with what stands in them; parameters get names of their own."""
    used: Counter[str] = Counter()
    return tuple(_drafted(plan, one, used) for one in read)


def _drafted(plan: Plan, read: ReadClause, used: Counter[str]) -> DraftedClause:
    figures = []
    for figure, passage in read.figures():
        name = _parameter_name(plan, read, figure)
        used[name] += 1
        name += f"_{used[name]}" if used[name] > 1 else ""
        first = max(passage.folded.rfind(mark, 0, figure.start) for mark in ",。;:\n") + 1
        ends = [passage.folded.find(mark, figure.end) for mark in ",。;\n"]
        last = min((one for one in ends if one >= 0), default=len(passage.text))
        quote = passage.text[first:last].strip()
        row = read.lines[0]  # a cell means little without the first of its row
        if row.caption and row.text != passage.text:
            quote = f"{row.text}：{quote}"
        figures.append(NamedFigure(name, figure, quote, read))
    return DraftedClause(
        f"{plan.prefix}-{read.number}",
        read,
        tuple({(one.text, one.stance): one for one in read.wordings()}.values()),
        tuple(figures),
        tuple(read.prohibitions()),
        tuple(read.soft_words()),
    )


def _parameter_name(plan: Plan, read: ReadClause, figure: Figure) -> str:
    number = read.number.lower().replace("-", "_r").replace(".", "_")
    kind = {Kind.TIME: "within" if figure.bound == "most" else "time", Kind.CLOCK: "by"}
    return f"{plan.name}_{number}_{kind.get(figure.kind, figure.kind.value)}"

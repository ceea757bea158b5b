"""The clauses of a document: what an outline comes to, each with its text and what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.blocks import Spot, Table
from rexian.standard.domain.drafting.figures import Figure, find_figures, find_soft_words
from rexian.standard.domain.drafting.labels import DIVISIONS, Style
from rexian.standard.domain.drafting.outline import LONGEST_HEADING, Entry, Outline
from rexian.standard.domain.drafting.passages import QUOTED, Passage, join
from rexian.standard.domain.drafting.prohibitions import (
    Prohibition,
    find_prohibitions,
    leads_to_prohibitions,
)
from rexian.standard.domain.drafting.tables import table_rows
from rexian.standard.domain.drafting.wordings import (
    Stance,
    Wording,
    find_wordings,
    is_spoken,
    stance_of_lead,
)

LONGEST_ITEM, MOST_FIGURES = 12, 100
_SENTENCE = re.compile(r"[。；;，,？！：:“”「」]")
_RULE = re.compile(r"应当|必须|不得|严禁|禁止|违反|规范|本[规办制]|按照|扣\d|须(?!知)|\d条|遵守")


@dataclass(frozen=True)
class Line:
    """A paragraph of a clause, and what stands over it: a list of wording, or of misdeeds.

    ``caption`` is the title of the column, where it is a cell of a table.
    """

    text: str
    spot: Spot
    stance: Stance = Stance.NONE
    caption: str = ""
    is_misdeed: bool = False

    @property
    def quoted_stance(self) -> Stance:
        """What stands over the words in quotation marks: what a misdeed quotes is not said."""
        return Stance.NEVER if self.is_misdeed and QUOTED.search(self.text) else self.stance


@dataclass(frozen=True)
class ReadClause:
    """A clause as it was read; ``heading`` is the chapter it stands in.

    ``counted`` tells that the document does not number it and the number is ours; ``written`` is
    the number as the document writes it.
    """

    number: str
    written: str
    heading: str
    lines: tuple[Line, ...]
    counted: bool = False
    skips: bool = False
    repeats: bool = False

    @property
    def passage(self) -> Passage:
        """The text of the clause with its places."""
        return join((one.text, one.spot) for one in self.lines)

    @property
    def spot(self) -> Spot:
        """Where the clause begins."""
        return self.lines[0].spot

    def text(self) -> str:
        """Return the text in one line, as a pack holds it."""
        parts = [one.text.strip() for one in self.lines if one.text.strip()]
        if any(one.caption for one in self.lines):
            return "；".join(f"{one.caption}：{one.text}".lstrip("：") for one in self.lines)
        joined = parts[0]
        for part in parts[1:]:
            if joined[-1] not in "。！？；：，、”」!?;:,":
                joined += "：" if part is parts[1] and len(parts[0]) <= LONGEST_HEADING else "；"
            joined += part
        return joined

    def wordings(self) -> list[Wording]:
        """Return the words that the clause prescribes and forbids."""
        return [
            found
            for line in self.lines
            for found in find_wordings(join([(line.text, line.spot)]), line.quoted_stance)
        ]

    def prohibitions(self) -> list[Prohibition]:
        """Return the behaviour that the clause forbids."""
        found: list[Prohibition] = []
        for line in self.lines:
            if line.is_misdeed and not QUOTED.search(line.text):
                found.append(Prohibition(line.text.strip(), line.spot))
            elif line.stance is Stance.NONE:
                found.extend(find_prohibitions(join([(line.text, line.spot)])))
        return found

    def figures(self) -> list[tuple[Figure, Passage]]:
        """Return the figures outside quoted wording, each with the passage that it stands in.

        More than a clause can mean are left: a clause of a hundred figures is a list of numbers.
        """
        found: list[tuple[Figure, Passage]] = []
        for line in self.lines:
            if line.stance is Stance.NONE:
                passage = join([(line.text, line.spot)])
                unquoted = QUOTED.sub(lambda one: "\0" * len(one[0]), passage.text)
                found.extend((one, passage) for one in find_figures(fold(unquoted)))
            if len(found) > MOST_FIGURES:
                break
        return found[:MOST_FIGURES]

    def soft_words(self) -> list[str]:
        """Return the words by which the clause wishes rather than demands."""
        text = QUOTED.sub(lambda one: "\0" * len(one[0]), self.passage.text)
        return find_soft_words(fold(text))


@dataclass(frozen=True)
class _Above:
    """What stands over an entry: the number to build on, the chapter, and the list it is in."""

    number: str = ""
    heading: str = ""
    stance: Stance = Stance.NONE
    misdeeds: bool = False
    has_articles: bool = False


@dataclass
class Reader:
    """Reads the clauses of an outline, and sees that no two get the same number."""

    taken: set[str] = field(default_factory=set)
    times: Counter[str] = field(default_factory=Counter)
    chapters: int = 0

    def read(self, found: Outline) -> Iterator[ReadClause]:
        """Yield the clauses in the order of the document."""
        articles = any(
            one.label and one.label.style is Style.ARTICLE for one in found.all_entries()
        )
        above = _Above(has_articles=articles)
        yield from self._tables(found.tables, above)
        for entry in found.entries:
            yield from self._entry(entry, above)

    def paragraphs(
        self, texts: Iterable[tuple[str, Spot]], chapter: str = ""
    ) -> Iterator[ReadClause]:
        """Yield paragraphs as clauses, counted by us; ``chapter`` goes before their numbers."""
        for place, line in enumerate(_lines(texts, _Above()), 1):
            number = f"{chapter}.{place}" if chapter else str(place)
            yield self._numbered(_Above(number=number), "", [line], counted=True)

    def _entry(self, entry: Entry, above: _Above) -> Iterator[ReadClause]:
        number = _number(entry, above)
        if entry.label is None or entry.label.style in DIVISIONS:
            self.chapters += 1
            yield from self._chapter(entry, number, above)
        elif _is_heading(entry):
            below = _below(entry.title, number, above)
            if _all_wording(entry, below):
                yield self._clause(entry, number, above, entry.children)
            else:
                yield from self._below(entry, below)
        elif _are_items(entry) or _all_wording(entry, _below(_lead(entry), number, above)):
            yield self._clause(entry, number, above, entry.children)
        else:
            clause = self._clause(entry, number, above, ())
            yield clause
            below = _below(_lead(entry), clause.number, above)
            yield from self._below(entry, replace(below, heading=above.heading))

    def _below(self, entry: Entry, below: _Above) -> Iterator[ReadClause]:
        yield from self._tables(entry.tables, below)
        for child in entry.children:
            yield from self._entry(child, below)

    def _chapter(self, entry: Entry, number: str, above: _Above) -> Iterator[ReadClause]:
        """Read a chapter: its own paragraphs are clauses that the document does not number."""
        below = replace(_below(entry.title, number, above), heading=entry.title or above.heading)
        own = replace(below, number=number or str(self.chapters))
        lines = list(_lines(entry.paragraphs, own))
        if lines and own.stance:
            yield self._numbered(own, "", lines, counted=True)
        else:
            for place, line in enumerate(lines, 1):
                one = replace(own, number=f"{own.number}.{place}" if own.number else str(place))
                yield self._numbered(one, "", [line], counted=True)
        yield from self._below(entry, below)

    def _clause(
        self, entry: Entry, number: str, above: _Above, joined: Iterable[Entry]
    ) -> ReadClause:
        texts = [(entry.title, entry.spot), *entry.paragraphs]
        for child in joined:
            texts.extend([(child.title, child.spot), *child.paragraphs])
        lines = list(_lines(texts, above)) or [Line(entry.written, entry.spot)]
        place = replace(above, number=number)
        return self._numbered(place, entry.written, lines, skips=entry.skips)

    def _tables(self, tables: Iterable[Table], above: _Above) -> Iterator[ReadClause]:
        for place, table in enumerate(tables, 1):
            prefix = f"T{place}" if not above.number else above.number
            for counted, (written, cells) in enumerate(table_rows(table, above.stance), 1):
                lines = [Line(one.text, one.spot, one.stance, one.title) for one in cells]
                row = written or str(counted)
                at = replace(above, number=f"{prefix}.{row}")
                yield self._numbered(at, written, lines, counted=not written)

    def _numbered(
        self,
        above: _Above,
        written: str,
        lines: list[Line],
        *,
        counted: bool = False,
        skips: bool = False,
    ) -> ReadClause:
        number, repeats = above.number, False
        if number in self.taken:
            number, repeats = f"{self.chapters}-{number}" if self.chapters else number, True
        unique = number
        while unique in self.taken:
            self.times[number] += 1
            unique = f"{number}-{self.times[number] + 1}"
        self.taken.add(unique)
        return ReadClause(
            unique, written, above.heading, tuple(lines), counted, skips, repeats and not counted
        )


def _number(entry: Entry, above: _Above) -> str:
    """Return the number of an entry within the document: 12, 3.2.1, 2.1a."""
    label = entry.label
    if label is None:
        return above.number
    own = ".".join(map(str, label.ordinals))
    if label.style is Style.ARTICLE or (label.style is Style.DOTTED and len(label.ordinals) > 1):
        return own
    if label.style in DIVISIONS and above.has_articles:
        return ""
    if label.style is Style.LETTER and len(label.ordinals) > 1:
        return ".".join(map(str, label.ordinals[:-1])) + chr(ord("a") + label.last - 1)
    if label.style is Style.LETTER:
        return above.number + chr(ord("a") + label.last - 1)
    return f"{above.number}.{own}" if above.number else own


def _lead(entry: Entry) -> str:
    return entry.paragraphs[-1][0] if entry.paragraphs else entry.title


def _below(lead: str, number: str, above: _Above) -> _Above:
    """Return what stands over the children of an entry that ends with these words."""
    folded = fold(lead)
    leads = folded.rstrip().endswith(":") or not _SENTENCE.search(lead)
    stance = stance_of_lead(folded) if leads else Stance.NONE
    misdeeds = leads and stance is Stance.NONE and leads_to_prohibitions(folded)
    heading = lead if not _SENTENCE.search(lead) and len(lead) <= LONGEST_HEADING else above.heading
    inherited = above.stance if not misdeeds else Stance.NONE
    return replace(
        above,
        number=number,
        heading=heading,
        stance=stance or inherited,
        misdeeds=misdeeds or (above.misdeeds and not stance),
    )


def _is_heading(entry: Entry) -> bool:
    """Say whether a numbered entry only stands over others: a few words, and no sentence."""
    has_below = bool(entry.children or entry.tables)
    short = len(entry.title) <= LONGEST_HEADING and not _SENTENCE.search(entry.title)
    return has_below and short and not entry.paragraphs


def _are_items(entry: Entry) -> bool:
    """Say whether what stands below a clause are but its points: 姓名, 电话."""
    leaves = [one for one in entry.children if not (one.children or one.tables or one.paragraphs)]
    short = all(
        len(one.title) <= LONGEST_ITEM and not find_figures(fold(one.title)) for one in leaves
    )
    return bool(leaves) and len(leaves) == len(entry.children) and short and not entry.tables


def _all_wording(entry: Entry, below: _Above) -> bool:
    """Say whether all that stands below is wording of the list that the entry leads to."""
    if not entry.children or entry.tables or below.stance is Stance.NONE:
        return False
    if any(one.children or one.tables for one in entry.children):
        return False
    titles = [fold(one.title) for one in entry.children]
    plain = [not re.match(r"[^:“「]{2,24}:", one) and not _tells(one) for one in titles]
    if below.stance is Stance.NEVER:
        return all(plain)
    return all(plain) and all(is_spoken(one) for one in titles)


def _tells(folded: str) -> bool:
    """Say whether a text tells something around its quotation marks."""
    rest = QUOTED.sub("", folded).strip(" 。;,、")
    return bool(QUOTED.search(folded)) and len(rest) > 2


def _lines(texts: Iterable[tuple[str, Spot]], above: _Above) -> Iterator[Line]:
    """Yield the lines of a clause; words that lead to a list tell what the lines below them are."""
    stance, misdeeds = above.stance, above.misdeeds
    for text, spot in texts:
        if not text.strip():
            continue
        folded = fold(text)
        leads = folded.rstrip().endswith(":") or (
            len(text) <= LONGEST_HEADING and not _SENTENCE.search(text)
        )
        told = stance_of_lead(folded) if leads else Stance.NONE
        if told or (leads and leads_to_prohibitions(folded)):
            stance, misdeeds = told, not told
            yield Line(text, spot)
        elif folded.rstrip().endswith(":"):
            yield Line(text, spot)
        else:
            around = QUOTED.sub("您", folded)
            is_rule = bool(_RULE.search(around)) and not re.search("[您你我]", around)
            yield Line(text, spot, Stance.NONE if is_rule else stance, is_misdeed=misdeeds)

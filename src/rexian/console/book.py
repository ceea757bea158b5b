"""A standard as the console shows it: its documents, their clauses, what carries each out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rexian.kernel.language import text_in
from rexian.reports.inspection.tallies import clause_order
from rexian.reports.inspection.words import SIGNS
from rexian.standard.domain.pack.coverage import ClauseCoverage
from rexian.standard.domain.pack.recording import FormSpec
from rexian.standard.domain.pack.schema import Example, RuleSpec, Scene
from rexian.standard.domain.record_words import CASE_TYPES
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import PublishedStandard

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Document:
    """The clauses that begin with the same letters, under the title of the pack that has them."""

    code: str
    title: str
    clauses: tuple[ClauseCoverage, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An example: what it shows, its sign, and who says what in it."""

    outcome: str
    sign: str
    talk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that judges a clause, with its words to say, its words never to say, its examples."""

    id: str
    title: str
    say: tuple[str, ...]
    never: tuple[tuple[str, str], ...]
    examples: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category as a tree shows it: how deep it stands, and what it brings with it."""

    code: str
    depth: int
    name: str
    case_type: str
    is_emergency: bool
    form: str
    clause: str
    synonyms: str


def categories(book: PublishedStandard, language: str) -> tuple[CategoryLine, ...]:
    """Return the categories of contacts, each before those under it."""
    forms = {one.id: text_in(one.title, language) for one in forms_of(book)}
    return tuple(
        CategoryLine(
            one.code,
            len(one.path) - 1,
            text_in(one.name, language),
            CASE_TYPES[one.case_type],
            one.urgency == "emergency",
            forms.get(one.form, ""),
            one.clause,
            "、".join(one.synonyms),
        )
        for one in book.standard.taxonomy
    )


def forms_of(book: PublishedStandard) -> tuple[FormSpec, ...]:
    """Return the forms of records, in the order of the pack."""
    return tuple(book.standard.forms.values())


def reasons_of(form: FormSpec, language: str) -> str:
    """Return for which reasons a field of a form may be missing."""
    return "、".join(text_in(one, language) for one in form.lacking.values())


def documents(book: PublishedStandard, language: str) -> tuple[Document, ...]:
    """Return the clauses by document, in the order of the clauses."""
    titles = _titles(book, language)
    grouped: dict[str, list[ClauseCoverage]] = {}
    for one in sorted(book.clauses, key=lambda one: clause_order(one.clause.id)):
        grouped.setdefault(code_of(one.clause.id), []).append(one)
    return tuple(
        Document(code, titles.get(code, code), tuple(clauses)) for code, clauses in grouped.items()
    )


def code_of(clause: str) -> str:
    """Return the letters that a clause's number begins with: those of its document."""
    return clause.partition("-")[0]


def carried_out(book: PublishedStandard) -> Mapping[str, int]:
    """Return how many clauses each means carries out, and how many wait for something to come."""
    counted = Counter[str](means for one in book.clauses for means in one.means)
    counted[WAITING] = sum(bool(one.waiting_for) for one in book.clauses)
    return counted


def selected(
    clauses: Sequence[ClauseCoverage], *, text: str, means: str, language: str
) -> tuple[ClauseCoverage, ...]:
    """Return the clauses with all words of ``text`` in them that are carried out so."""
    words = text.casefold().split()
    return tuple(
        one
        for one in clauses
        if (not means or _is_by(one, means)) and all(word in _text(one, language) for word in words)
    )


def rules_of(one: ClauseCoverage, language: str) -> tuple[Rule, ...]:
    """Return the rules that judge a clause as they are read."""
    return tuple(_rule(rule, language) for rule in one.rules)


def _is_by(one: ClauseCoverage, means: str) -> bool:
    return bool(one.waiting_for) if means == WAITING else means in set(one.means)


def _text(one: ClauseCoverage, language: str) -> str:
    """Return where a search looks: the number, the text, the rules and the words of a clause."""
    pieces = [one.clause.id, one.clause.area, *one.clause.text.values()]
    for rule in one.rules:
        pieces += [rule.id, text_in(rule.title, language), *getattr(rule, "say", ())]
        pieces += [words for words, _ in _never(rule, language)]
    return " ".join(pieces).casefold()


def _titles(book: PublishedStandard, language: str) -> dict[str, str]:
    """Return for each document the title of the pack that has most of its clauses."""
    packs = {one.folder: text_in(one.title, language) for one in book.packs}
    counted: dict[str, Counter[str]] = {}
    for one in book.clauses:
        counted.setdefault(code_of(one.clause.id), Counter())[one.clause.place.pack] += 1
    return {code: packs.get(most.most_common(1)[0][0], code) for code, most in counted.items()}


def _rule(rule: RuleSpec, language: str) -> Rule:
    return Rule(
        rule.id,
        text_in(rule.title, language),
        tuple(_said(rule)),
        tuple(_never(rule, language)),
        tuple(map(_shown, rule.examples)),
    )


def _said(rule: RuleSpec) -> Iterator[str]:
    yield from rule.all_words() if isinstance(rule, Scene) else getattr(rule, "say", ())
    for step in getattr(rule, "steps", ()):
        yield from (*step.say, *step.midway)


def _never(rule: RuleSpec, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is never said, and in which sense."""
    for words in getattr(rule, "never_say", ()):
        yield words, ""
    for word in getattr(rule, "words", ()):
        yield str(word.word), text_in(word.sense, language)


def _shown(example: Example) -> Shown:
    known = {one.value: one for one in Outcome}
    outcome = known.get(example.outcome)
    return Shown(example.outcome, SIGNS[outcome] if outcome else "·", tuple(example.talk))

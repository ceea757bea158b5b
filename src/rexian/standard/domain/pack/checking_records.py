"""See that the categories, the forms and the slots of a pack make sense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from rexian.kernel.text.folding import fold
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.documents import Place
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.guiding import EndingSpec, ReadBackSpec
from rexian.standard.domain.pack.recording import CategorySpec
from rexian.standard.domain.pack.whole import Pack, Sections

_Reasons = Iterator[tuple[Place, str, str]]
"""What is wrong: where, with which element, and why."""


def check_records(pack: Pack, findings: Findings) -> None:
    """Add to the findings what is wrong with what a pack says of records and of its wording."""
    sections = pack.sections
    broken = frozenset(findings.broken)
    for reasons in (
        _tree(sections, broken),
        _synonyms(sections),
        _forms(sections),
        _marks(sections),
    ):
        for place, subject, reason in reasons:
            findings.error(place, reason, subject)
    for place, subject, clause in _cited(pack):
        known = [one.id for one in sections.clauses]
        if clause not in {*known, *findings.broken}:
            reason = f"there is no clause {clause!r}{suggest(clause, known)}"
            findings.error(place, reason, subject)


def _tree(sections: Sections, broken: Collection[str]) -> _Reasons:
    """See that categories have names, and stand under others and use forms that are there.

    What could not be read is told where it stands.
    """
    kept = {one.id: one for one in sections.taxonomy if not one.left_out}
    forms = {one.id for one in sections.forms}
    for one in kept.values():
        if not one.name:
            yield one.place, one.id, "a category needs 'name', unless it is left out"
        if one.under and one.under not in {*kept, *broken}:
            reason = f"there is no category {one.under!r}{suggest(one.under, kept)}"
            yield one.place, one.id, reason
        elif one.id in _above(one, kept):
            yield one.place, one.id, "this category stands under itself"
        if one.form and one.form not in {*forms, *broken}:
            yield one.place, one.id, f"there is no form {one.form!r}{suggest(one.form, forms)}"


def _above(one: CategorySpec, kept: dict[str, CategorySpec]) -> set[str]:
    above: set[str] = set()
    under = one.under
    while under in kept and under not in above:
        above.add(under)
        under = kept[under].under
    return above


def _synonyms(sections: Sections) -> _Reasons:
    """See that a synonym leads to one category, unless each that has it says that it is shared."""
    owners: dict[str, list[CategorySpec]] = {}
    kept = [one for one in sections.taxonomy if not one.left_out]
    for one in kept:
        for word in dict.fromkeys(map(fold, one.synonyms)):
            owners.setdefault(word, []).append(one)
    for one in kept:
        for word in one.synonyms:
            others = [other for other in owners[fold(word)] if other is not one]
            if others and word not in one.shared:
                reason = f"{word!r} is a synonym of {others[0].id!r} too: say so in shared"
                yield one.place, one.id, reason


def _forms(sections: Sections) -> _Reasons:
    for form in sections.forms:
        counted = Counter(one.id for one in form.fields)
        for name in (name for name, count in counted.items() if count > 1):
            yield form.place, form.id, f"the form has several fields called {name!r}"
        if not form.fields:
            yield form.place, form.id, "a form has at least one field"
        for one in form.fields:
            if bool(one.choices) != (one.type == "choice"):
                reason = f"{one.id}: a choice has choices, and no other field has"
                yield form.place, form.id, reason


def _marks(sections: Sections) -> _Reasons:
    """See that a mark stands for one thing."""
    owners: dict[str, str] = {}
    for one in sections.slots:
        for mark in one.marks:
            other = owners.setdefault(mark, one.id)
            if not mark or other != one.id:
                yield one.place, one.id, f"{mark!r} is a mark of {other!r} already"


def _cited(pack: Pack) -> Iterator[tuple[Place, str, str]]:
    """Yield every clause that is cited besides by rules, and by what."""
    sections = pack.sections
    parts: tuple[ReadBackSpec | EndingSpec, ...] = (*sections.read_back, *sections.ending)
    for part in parts:
        yield part.place, part.id, part.clause
    for category in sections.taxonomy:
        if category.clause:
            yield category.place, category.id, category.clause
    for form in sections.forms:
        for clause in form.clauses():
            yield form.place, form.id, clause
    for name, parameter in pack.manifest.parameters.items():
        if parameter.clause:
            yield pack.manifest.place, name, parameter.clause

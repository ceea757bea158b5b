"""A written standard (txt, docx, pdf) read into a draft: nothing is kept, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rexian.kernel.language import mark
from rexian.standard.adapters.documents.reading import read_document
from rexian.standard.domain.drafting.drafts import draft_of
from rexian.standard.domain.drafting.plans import Base, Draft, DraftedClause, WrongPrefix
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.loading import installed, load_pack
from rexian.standard.domain.pack.sources import gather
from rexian.standard.domain.pack.whole import Manifest, Pack


def draft_written(
    name: str, content: bytes, *, extends: Iterable[str] = (), prefix: str = "", title: str = ""
) -> Draft:
    """Return the draft of a document, built on packs that ship.

    Raises ``UnreadableDocument``, ``NoClauses``, ``WrongPrefix``, and ``NotFound`` for a base that
    there is not.
    """
    names = tuple(extends)
    base = _base(names, [load_pack(one) for one in names])
    draft = draft_of(read_document(name, content), prefix=prefix, title=title, base=base)
    if draft.plan.name in names or not base.clauses.isdisjoint(one.id for one in draft.clauses):
        raise WrongPrefix(
            mark("The standard that it builds on has the prefix {prefix} already: give another."),
            prefix=draft.plan.prefix,
        )
    return draft


@cache
def bases_offered() -> tuple[Manifest, ...]:
    """Return the packs that ship, which a draft may build on; the shared layer first."""
    manifests = [gather(name, Findings())[-1].manifest for name in installed()]
    return tuple(sorted(manifests, key=lambda one: (bool(one.extends), one.name)))


def describe_draft(draft: Draft, language: str) -> Mapping[str, Any]:
    """Return a draft as plain values: what was found where, and what is uncertain."""
    return {
        "name": draft.plan.name,
        "title": draft.plan.title,
        "prefix": draft.plan.prefix,
        "extends": list(draft.plan.base.names),
        "counts": draft.counts(),
        "clauses": [_clause(one, language) for one in draft.clauses],
        "questions": [
            {
                "section": one.section,
                "element": one.element,
                "file": one.file,
                "question": one.said(language),
                "place": one.spot.said(language),
                "quote": one.quote,
            }
            for one in draft.doubts
        ],
        "left_out": list(draft.left_out),
    }


def _base(names: tuple[str, ...], packs: Iterable[Pack]) -> Base:
    known = list(packs)
    acts = frozenset(one.id for pack in known for one in pack.sections.acts)
    marks = frozenset(each for pack in known for one in pack.sections.slots for each in one.marks)
    clauses = frozenset(one.id for pack in known for one in pack.sections.clauses)
    return Base(names, acts, marks, clauses)


def _clause(one: DraftedClause, language: str) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "number": one.read.written,
        "heading": one.read.heading,
        "text": one.read.text(),
        "place": one.read.spot.said(language),
        "wordings": [
            {
                "text": each.text,
                "stance": each.stance.value,
                "sure": each.is_sure,
                "place": each.spot.said(language),
            }
            for each in one.wordings
        ],
        "forbidden_behaviour": [each.text for each in one.prohibitions],
        "figures": [
            {
                "parameter": each.name,
                "kind": each.figure.kind.value,
                "value": each.figure.value,
                "bound": each.figure.bound.value,
                "soft": each.figure.soft,
                "quote": each.quote,
            }
            for each in one.figures
        ],
        "soft": list(one.soft),
    }

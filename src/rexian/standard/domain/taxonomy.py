"""What contacts are about: the categories of a standard, as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rexian.kernel.text.folding import fold
from rexian.standard.domain.language.matching import PhraseIndex, SlotSpec
from rexian.standard.domain.pack.recording import CaseType, CategorySpec, Urgency
from rexian.standard.domain.pack.texts import Text

GAP = 8
KINDS_OF_WORDS = 3
"""By what a category is known: its names, its synonyms, the phrases by which it is heard."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category with what it has from those above it; ``path`` are their codes, its own last."""

    code: str
    name: Text
    path: tuple[str, ...]
    case_type: CaseType
    urgency: Urgency
    form: str
    flow: str
    case_class: str
    clause: str
    synonyms: tuple[str, ...]
    heard: tuple[str, ...]
    is_leaf: bool

    @property
    def parent(self) -> str:
        """The code of the category above; empty at the root."""
        return self.path[-2] if len(self.path) > 1 else ""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The categories by code, in the order of the pack: each before those under it."""

    categories: Mapping[str, Category]
    _index: list[PhraseIndex] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def of(cls, specs: Sequence[CategorySpec]) -> Taxonomy:
        """Return the tree of categories."""
        known = {one.id: one for one in specs if not one.left_out}
        return cls({one.code: one for one in _below("", (), known)})

    def __bool__(self) -> bool:
        """Say whether there are any categories."""
        return bool(self.categories)

    def __iter__(self) -> Iterator[Category]:
        """Yield the categories, each before those under it."""
        return iter(self.categories.values())

    def get(self, code: str) -> Category | None:
        """Return a category by its code."""
        return self.categories.get(code)

    def children(self, code: str = "") -> tuple[Category, ...]:
        """Return the categories right under one, or at the root."""
        return tuple(one for one in self.categories.values() if one.parent == code)

    def full_name(self, code: str, language: str) -> str:
        """Return the names from the root to a category: 救援 / 轮胎爆胎."""
        path = self.categories[code].path
        return " / ".join(self.categories[one].name.say(language) for one in path)

    def index(self) -> PhraseIndex:
        """Return the words of all categories ready to be found: ``KINDS_OF_WORDS`` slots each."""
        if not self._index:
            slots = (slot for one in self.categories.values() for slot in _slots(one))
            self._index.append(PhraseIndex(dict(enumerate(slots))))
        return self._index[0]


def plain(name: str) -> str:
    """Return a name as it may be said: folded, without what stands in brackets."""
    return fold(name).partition("(")[0].strip()


def _slots(one: Category) -> Iterator[SlotSpec]:
    yield SlotSpec(tuple(filter(None, map(plain, one.name.values()))))
    yield SlotSpec(tuple(filter(None, map(plain, one.synonyms))))
    yield SlotSpec(one.heard, GAP)


def _below(
    code: str, above: tuple[Category, ...], known: Mapping[str, CategorySpec]
) -> Iterator[Category]:
    for spec in known.values():
        if spec.under == code:
            one = _resolved(spec, above, known)
            yield one
            yield from _below(one.code, (*above, one), known)


def _resolved(
    spec: CategorySpec, above: tuple[Category, ...], known: Mapping[str, CategorySpec]
) -> Category:
    """Return a category with what it does not say itself from the one above."""
    parent = above[-1] if above else None
    return Category(
        spec.id,
        spec.name,
        (*(one.code for one in above), spec.id),
        spec.case_type or (parent.case_type if parent else "none"),
        spec.urgency or (parent.urgency if parent else "normal"),
        spec.form or (parent.form if parent else ""),
        spec.flow or (parent.flow if parent else ""),
        spec.case_class or (parent.case_class if parent else ""),
        spec.clause or (parent.clause if parent else ""),
        spec.synonyms,
        spec.heard,
        all(one.under != spec.id for one in known.values()),
    )

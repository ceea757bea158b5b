"""The forms of a draft's elements as a page shows them: a block each, its fields in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.forms import BoundField
from django.http import QueryDict

from rexian.console.draft_forms import ElementForm, ExcuseForm, WordForm
from rexian.console.draft_page import element_title
from rexian.look.environment import current_language
from rexian.standard.domain.editing.elements import Element, text_at
from rexian.standard.domain.editing.fields import Field, fields_of
from rexian.standard.domain.editing.labels import SECTIONS, label_in
from rexian.standard.domain.editing.taking_over import overridden_by
from rexian.standard.queries.drafts import DraftShown

WORDS, EXCUSES = "words", "excuses"
_FEW = 3


@dataclass(slots=True)
class Group:
    """Fields that belong together: those of a word, a step, an example.

    ``path`` leads to what can be removed as a whole, empty where nothing can be.
    """

    title: str
    path: str = ""
    is_open: bool = False
    fields: list[BoundField] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """An element with its form; ``ruled_by`` is the clause that rules in its place, if one does."""

    element: Element
    title: str
    section: str
    is_own: bool
    ruled_by: str
    form: ElementForm
    groups: tuple[Group, ...]
    word_form: WordForm | None = None
    excuse_form: ExcuseForm | None = None

    @property
    def anchor(self) -> str:
        """The id under which the block stands on its page."""
        return f"{self.element.section}-{self.element.id}"


def prefix_of(element: Element) -> str:
    """Return what the names of an element's fields begin with."""
    return f"{element.section}.{element.id}"


def blocks_of(
    shown: DraftShown, elements: Iterable[Element], sent: QueryDict | None = None
) -> list[Block]:
    """Return the blocks of a page; the one that was sent shows what was typed into it."""
    return [_block(shown, one, sent) for one in elements]


def element_form(shown: DraftShown, element: Element, sent: QueryDict | None) -> ElementForm:
    """Return the form of an element, filled with what was sent if that is about it."""
    fields = fields_of(element, shown.content.values)
    return ElementForm(
        fields,
        known=shown.content.known_parameters,
        prefix=prefix_of(element),
        data=sent,
        initial={"revision": shown.line.revision},
    )


def _block(shown: DraftShown, element: Element, sent: QueryDict | None) -> Block:
    is_sent = sent is not None and _is_about(sent, element)
    typed = sent if is_sent and sent is not None and "add" not in sent else None
    form = element_form(shown, element, typed)
    override = overridden_by(shown.content, element)
    forbids = element.section == "forbidden"
    initial = {"revision": shown.line.revision}
    kind = sent.get("add") if sent is not None and is_sent else None
    return Block(
        element,
        element_title(shown, element.section, element.id),
        SECTIONS.get(element.section, element.section),
        element.pack == shown.content.own.name,
        override.by if override else "",
        form,
        tuple(_groups(form, fields_of(element, shown.content.values))),
        WordForm(sent if kind == WORDS else None, prefix="word", initial=initial)
        if forbids
        else None,
        ExcuseForm(
            words_of(element),
            data=sent if kind == EXCUSES else None,
            prefix="excuse",
            initial=initial,
        )
        if forbids
        else None,
    )


def words_of(element: Element) -> list[str]:
    """Return the forbidden words of a list, in its order."""
    entries = element.node.value if isinstance(element.node.value, dict) else {}
    held = entries.get(WORDS)
    if held is None or not isinstance(held.value, list):
        return []
    return [text_at(one, "word") for one in held.value]


def _is_about(sent: QueryDict, element: Element) -> bool:
    return (sent.get("section"), sent.get("element")) == (element.section, element.id)


def _groups(form: ElementForm, fields: Sequence[Field]) -> Iterable[Group]:
    """Return the fields group by group: those of the element itself first, its examples last."""
    groups: dict[tuple[str, ...], Group] = {}
    for one in sorted(fields, key=lambda one: one.is_example):
        key = ("examples",) if one.is_example else one.group[:2]
        if key not in groups:
            groups[key] = Group(_title(key), _removable(one))
        bound = form[one.name]
        groups[key].fields.append(bound)
        if form.is_bound and bound.errors:
            groups[key].is_open = True
    if len(groups) <= _FEW:
        for key, group in groups.items():
            group.is_open = group.is_open or key != ("examples",)
    return groups.values()


def _title(key: tuple[str, ...]) -> str:
    return " · ".join(label_in(one, current_language()) for one in key)


def _removable(one: Field) -> str:
    return "/".join(map(str, one.path[:2])) if one.path[0] == WORDS else ""

"""What a pack says of records: the categories of contacts, and the forms to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rexian.standard.domain.pack.conditions import Phrasing
from rexian.standard.domain.pack.documents import NOWHERE, Place
from rexian.standard.domain.pack.texts import Text

CaseType = Literal["enquiry", "help", "complaint", "suggestion", "nuisance", "none"]
Urgency = Literal["normal", "emergency"]
FieldType = Literal["text", "long", "phone", "place", "time", "count", "choice", "plate", "yes_no"]


@dataclass(frozen=True)
class CategorySpec:
    """One category of what contacts are about, under another or at the root.

    What it does not say of case type, urgency, form, flow, class and clause it has from the one
    above.
    ``synonyms`` are other names for it, shown and searched; ``heard`` are phrases by which it is
    known in speech; ``shared`` are those synonyms that are others' too. What is ``left_out`` is a
    category of a base that this pack does without.
    """

    id: str
    name: Text = field(default_factory=Text)
    under: str = ""
    case_type: CaseType | None = None
    urgency: Urgency | None = None
    form: str = ""
    flow: str = ""
    case_class: Literal["simple", "complex"] | None = None
    clause: str = ""
    synonyms: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    heard: tuple[Phrasing, ...] = ()
    left_out: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Prompt:
    """Words to say, and their clause; ``ours`` where the clause prescribes none."""

    say: tuple[str, ...]
    clause: str = ""
    ours: bool = False


@dataclass(frozen=True)
class FieldSpec:
    """One field of a form: how it is asked for, and what it is needed for.

    ``needed`` is ``to_dispatch`` (nothing can be sent without it), ``to_close`` (value, or why it
    was not obtained) or ``no``. ``choices`` belong to a choice, by their code.
    """

    id: str
    label: Text
    type: FieldType = "text"
    needed: Literal["to_dispatch", "to_close", "no"] = "no"
    asks: Prompt | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    clause: str = ""

    @property
    def is_required(self) -> bool:
        """Whether a record is not complete without it, or without a reason."""
        return self.needed != "no"


@dataclass(frozen=True)
class FormSpec:
    """A form: its fields in order, what is said before anything is asked, why a field may lack.

    A form without a clause is ours; ``signed_by`` is who signs it (HW-2.7), as it is printed.
    """

    id: str
    title: Text
    fields: tuple[FieldSpec, ...]
    clause: str = ""
    first: Prompt | None = None
    lacking: Mapping[str, Text] = field(default_factory=dict)
    note: str = ""
    signed_by: Text = field(default_factory=Text)
    place: Place = field(default=NOWHERE, compare=False)

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that the form, its fields and its words cite."""
        prompts = (self.first, *(one.asks for one in self.fields))
        cited = (self.clause, *(one.clause for one in self.fields))
        return tuple(filter(None, (*cited, *(one.clause for one in prompts if one))))

    def find(self, field_id: str) -> FieldSpec | None:
        """Return a field by its id."""
        return next((one for one in self.fields if one.id == field_id), None)

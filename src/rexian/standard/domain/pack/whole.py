"""A pack as a whole: its manifest, its sections, and what they come to when put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rexian.standard.domain.pack.casework import (
    CallbackSpec,
    FlowSpec,
    TargetSpec,
    TierSpec,
)
from rexian.standard.domain.pack.checklists import ChecklistSpec
from rexian.standard.domain.pack.conduct import ConductSpec
from rexian.standard.domain.pack.curriculum import CurriculumSpec
from rexian.standard.domain.pack.documents import NOWHERE, Place, Written
from rexian.standard.domain.pack.facts import FactTest
from rexian.standard.domain.pack.guiding import EndingSpec, ReadBackSpec, SlotSpec, ToldFact
from rexian.standard.domain.pack.recording import CategorySpec, FormSpec
from rexian.standard.domain.pack.schema import (
    ActSpec,
    AddressSpec,
    Clause,
    DeadlineSpec,
    ForbiddenWords,
    ProtocolSpec,
    RuleSpec,
    Scene,
    Scorecard,
    VoiceRule,
)
from rexian.standard.domain.pack.texts import Text


@dataclass(frozen=True)
class Parameter:
    """A figure or word that an organisation sets for itself; ``clause`` has it, or it is ours."""

    default: Any
    title: Text = field(default_factory=Text)
    clause: str = ""


@dataclass(frozen=True)
class Override:
    """Of clauses that disagree, the one that rules here, and why.

    ``keep`` is what stays of the rules of ``clauses``: ``nothing``, or ``never`` (what it forbids).
    With ``facts``, only rules that can apply to such contacts are overridden; with ``binds``, only
    what binds one of these, and the clauses rule on in all else.
    """

    clauses: tuple[str, ...]
    by: str
    reason: Text
    keep: Literal["nothing", "never"] = "nothing"
    binds: tuple[str, ...] = ()
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Manifest:
    """``pack.yaml``: what the pack is called, what it builds on, what is set and what rules.

    ``replaces`` names, by section, elements of its bases that the pack has anew under the same id.
    """

    name: str
    version: str
    title: Text
    extends: tuple[Written, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Sections:
    """All that the files of a pack hold besides its manifest."""

    clauses: tuple[Clause, ...] = ()
    acts: tuple[ActSpec, ...] = ()
    facts: tuple[ToldFact, ...] = ()
    scenes: tuple[Scene, ...] = ()
    forbidden: tuple[ForbiddenWords, ...] = ()
    protocols: tuple[ProtocolSpec, ...] = ()
    address: tuple[AddressSpec, ...] = ()
    voice: tuple[VoiceRule, ...] = ()
    deadlines: tuple[DeadlineSpec, ...] = ()
    slots: tuple[SlotSpec, ...] = ()
    read_back: tuple[ReadBackSpec, ...] = ()
    ending: tuple[EndingSpec, ...] = ()
    taxonomy: tuple[CategorySpec, ...] = ()
    forms: tuple[FormSpec, ...] = ()
    tiers: tuple[TierSpec, ...] = ()
    flows: tuple[FlowSpec, ...] = ()
    callbacks: tuple[CallbackSpec, ...] = ()
    targets: tuple[TargetSpec, ...] = ()
    conduct: tuple[ConductSpec, ...] = ()
    checklists: tuple[ChecklistSpec, ...] = ()
    curriculum: tuple[CurriculumSpec, ...] = ()
    scorecard: Scorecard | None = None


@dataclass(frozen=True)
class Pack:
    """A pack put together: its own elements and those it builds on, parameters filled in.

    ``overrides`` are its own and those of its bases; ``resets_parameters`` tells that a base has
    other values or elements here than those it was written for; ``values`` are those of all
    parameters.
    """

    manifest: Manifest
    sections: Sections
    content_hash: str
    overrides: tuple[Override, ...] = ()
    resets_parameters: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    def rules(self) -> tuple[RuleSpec, ...]:
        """Return everything that gives verdicts, in the order of the pack."""
        one = self.sections
        return (*one.scenes, *one.forbidden, *one.protocols, *one.address, *one.voice)

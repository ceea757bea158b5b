"""What happens to cases, to their clocks and to what is filled in for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent(Event):
    """What all events of a case share; ``unit`` is the one that has it then."""

    noun: ClassVar[str] = "case"

    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken(CaseEvent):
    """A case was taken; ``contact`` is the one that it was taken from, if it was from one.

    ``clocks`` are those that began with it, each with when it is due.
    """

    name: ClassVar[str] = "cases.case_taken"

    flow: str
    source: str
    category: str
    case_class: str
    contact: int | None = None
    parent: int | None = None
    clocks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved(CaseEvent):
    """A move was made; ``effect`` says what it does, ``standing`` where the case stands then."""

    name: ClassVar[str] = "cases.case_moved"

    move: str
    effect: str
    state: str
    standing: str
    round: int
    seq: int
    from_unit: int | None = None
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(CaseEvent):
    """A move was asked for that somebody else has to approve."""

    name: ClassVar[str] = "cases.approval_asked"

    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused(CaseEvent):
    """What was asked for was not approved."""

    name: ClassVar[str] = "cases.approval_refused"

    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMerged(CaseEvent):
    """A case turned out to be another one and goes on there."""

    name: ClassVar[str] = "cases.case_merged"

    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseJoined(CaseEvent):
    """A case became one of several under a parent event, or stands by itself again."""

    name: ClassVar[str] = "cases.case_joined"

    parent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(CaseEvent):
    """A clock of a case began to run."""

    name: ClassVar[str] = "cases.clock_started"

    clock: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMoved(CaseEvent):
    """A clock is due at another instant: it was paused, extended or computed again."""

    name: ClassVar[str] = "cases.clock_moved"

    clock: str
    due_at: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(CaseEvent):
    """A clock has been met, or does not matter any more; ``late`` where it had been breached."""

    name: ClassVar[str] = "cases.clock_stopped"

    clock: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(CaseEvent):
    """A clock will soon be due."""

    name: ClassVar[str] = "cases.clock_warned"

    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBreached(CaseEvent):
    """A clock has run out; dated at its deadline."""

    name: ClassVar[str] = "cases.case_breached"

    clock: str
    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderClimbed(CaseEvent):
    """A rung of the ladder was climbed: people of ``told_unit`` are told."""

    name: ClassVar[str] = "cases.ladder_climbed"

    clock: str
    rung: str
    told_unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSaved(CaseEvent):
    """A form of the case was filled in, or changed: every version of it is kept."""

    name: ClassVar[str] = "cases.slip_saved"

    form: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSigned(CaseEvent):
    """A form of the case was signed by a named person."""

    name: ClassVar[str] = "cases.slip_signed"

    form: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached(CaseEvent):
    """A file was attached to the case."""

    name: ClassVar[str] = "cases.file_attached"

    file: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRated(CaseEvent):
    """The customer said how it went; credited to ``unit`` and ``handler``, who had it then."""

    name: ClassVar[str] = "cases.case_rated"

    solved: bool
    satisfied: int
    handler: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCalled(CaseEvent):
    """Somebody was called in: a helper of the directory, or a person of the house."""

    name: ClassVar[str] = "cases.help_called"

    notification: int
    way: str
    helper: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAnswered(CaseEvent):
    """Whoever was called in took it, set out, arrived, was done or refused.

    ``told`` is by which way it was heard; ``came_at`` when it was, where that was earlier.
    """

    name: ClassVar[str] = "cases.help_answered"

    notification: int
    press: str
    told: str
    came_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpUnanswered(CaseEvent):
    """Nobody has taken a call in time: the dispatcher is told."""

    name: ClassVar[str] = "cases.help_unanswered"

    notification: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPictured(CaseEvent):
    """Pictures came from where the work is done."""

    name: ClassVar[str] = "cases.help_pictured"

    notification: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesExported(Event):
    """A list of cases was taken out as a file; ``filters`` are codes, of a text only that it was.

    ``subject_id`` is the organisation's.
    """

    name: ClassVar[str] = "cases.cases_exported"
    noun: ClassVar[str] = "organisation"

    form: str
    count: int
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewEvent(Event):
    """What events of views share: a filter of the list under a name, a ``unit``'s or one's own."""

    noun: ClassVar[str] = "view"

    unit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSaved(ViewEvent):
    """A filter is kept under a name; ``filters`` are the names of what it filters by."""

    name: ClassVar[str] = "cases.view_saved"

    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRenamed(ViewEvent):
    """A view is called otherwise."""

    name: ClassVar[str] = "cases.view_renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRemoved(ViewEvent):
    """A view was deleted."""

    name: ClassVar[str] = "cases.view_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultViewChosen(ViewEvent):
    """The list of cases opens with a view for whoever chose it."""

    name: ClassVar[str] = "cases.default_view_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultViewDropped(ViewEvent):
    """The list of cases opens with everything again for whoever had chosen a view."""

    name: ClassVar[str] = "cases.default_view_dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperEvent(Event):
    """What events of the directory share."""

    noun: ClassVar[str] = "helper"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperAdded(HelperEvent):
    """A helper was added to the directory."""

    name: ClassVar[str] = "cases.helper_added"

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperChanged(HelperEvent):
    """What is known of a helper was changed; ``changed`` are the names of the columns."""

    name: ClassVar[str] = "cases.helper_changed"

    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperRetired(HelperEvent):
    """A helper was taken out of the directory."""

    name: ClassVar[str] = "cases.helper_retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEvent(Event):
    """What events of a unit's roster share; ``subject_id`` is the unit's."""

    noun: ClassVar[str] = "unit"

    duty: int
    begins_at: str
    ends_at: str
    person: int | None = None
    helper: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySet(DutyEvent):
    """Somebody is to be on duty in a unit."""

    name: ClassVar[str] = "cases.duty_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRemoved(DutyEvent):
    """Somebody is not to be on duty after all."""

    name: ClassVar[str] = "cases.duty_removed"

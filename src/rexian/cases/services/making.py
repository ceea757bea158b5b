"""A case in somebody's hands: held, seen, and about to be moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from rexian.cases import events, models
from rexian.cases.domain.moving import ALWAYS, Asked, Decision, is_customer, sees
from rexian.cases.domain.refusals import CaseMovedOn, nothing_there
from rexian.cases.domain.standing import CaseStanding
from rexian.cases.queries.rows import whole_standing
from rexian.cases.queries.standards import calendar_of
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.effects import EFFECTS, Move
from rexian.cases.services.giving import Given, told
from rexian.cases.services.indexing import index_case
from rexian.cases.services.slips import see_that_it_is_whole, sign_slip, write_slip
from rexian.cases.services.stepping import NewStep, about, add_step, held, hotline_of, save
from rexian.contacts.domain.words import one_line, request_name, several_lines
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, translate
from rexian.standard.domain.flows import OVER, Casework, Flow
from rexian.standard.domain.pack.casework import MoveSpec
from rexian.standard.queries.published import load_version

_TELLS = frozenset({"answer", "resolve", "close"})
"""Effects that say what was done: their form is whole, signed or not."""


@dataclass(frozen=True, slots=True)
class Making:
    """A case that is held until the transaction ends, with what decides about it."""

    row: models.Case
    casework: Casework
    standing: CaseStanding
    actor: Actor
    at: datetime

    @classmethod
    def begin(cls, case_id: int, *, actor: Actor, at: datetime) -> Self:
        """Take hold of a case; to whom may not see it, there is none."""
        row = held(case_id)
        standing = whole_standing(row)
        if not _may_see(row, standing, actor):
            raise nothing_there(f"case:{case_id}")
        return cls(row, load_version(row.standard).casework, standing, actor, at)

    @property
    def flow(self) -> Flow:
        """The flow of the case."""
        return self.casework.flows[self.row.flow]

    def made_before(self, given: Given) -> int | None:
        """Return the step that the same request has become already."""
        if not given.sent_as:
            return None
        found = models.Step.objects.filter(case=self.row, sent_as=request_name(given.sent_as))
        return found.values_list("seq", flat=True).first()

    def see_that_nobody_came_between(self, move: str, version: int) -> None:
        """Raise ``CaseMovedOn`` where the actor saw the case as it no longer is."""
        known = self.flow.moves.get(move)
        decides = known is None or known.does not in ALWAYS
        if decides and self.row.version != version:
            raise CaseMovedOn(mark("Somebody has moved this case on meanwhile: look again."))

    def step(self, kind: str, **told_: Any) -> models.Step:
        """Add a step by the actor."""
        step = NewStep(kind=kind, **{"person": self.actor.person, **told_})
        return add_step(self.row, step, self.at)

    def note(self, event: events.CaseEvent) -> None:
        """Write an event of the case into the journal."""
        record(event, actor=self.actor, at=self.at)

    def carry_out(
        self, decision: Decision, asked: Asked, given: Given, **approval: Any
    ) -> models.Step:
        """Make a move that was decided: change the case, write its step, move its clocks.

        ``approval`` tells who asked for it and with what words it was approved, or which ``event``
        it follows.
        """
        row, move = self.row, decision.move
        before, from_unit = row.state, row.unit_id
        calendar = calendar_of(hotline_of(row))
        clocks = Clocks.of(row, flow=self.flow, calendar=calendar, actor=self.actor, at=self.at)
        changed = EFFECTS[move.does](Move(row, move, asked, clocks, self.actor, self.at))
        if move.form and "event" not in approval:  # the slip is the event's, for all of its cases
            self.fill_in(move, given)
        row.state, row.standing = decision.state, self.flow.standing(decision.state)
        changed |= self._dated()
        step = self.step(
            "move",
            move=move.id,
            effect=move.does,
            part=decision.part,
            from_unit=from_unit,
            to_unit=row.unit_id,
            reason=one_line(asked.reason, most=500),
            text=several_lines(asked.text),
            data=told(given) | approval,
            sent_as=request_name(given.sent_as),
            person=approval.get("asked_by", self.actor.person),
        )
        if asked.files:
            models.File.objects.filter(case=row, pk__in=asked.files, step=None).update(step=step)
        clocks.move(move.id, due_at=asked.due_at)
        clocks.follow(before, row.state)
        clocks.settle()
        row.moved_at = self.at
        save(row, *changed, "state", "standing", "due_at", "moved_at", "asked", "work")
        if step.text or step.reason or move.form:
            index_case(row)
        self._record(decision, from_unit, step.seq)
        return step

    def drop_request(self, state: str) -> None:
        """Give up what waits for an approval and cannot be done from a state; the caller saves."""
        pending = self.standing.pending
        asked_for = self.flow.moves.get(pending)
        if not pending or (asked_for is not None and self.flow.is_from(asked_for, state)):
            return
        self.row.asked = {}
        why = translate(mark("The event that it is part of has gone on."), "zh-Hans")
        self.step("refused", move=pending, reason=why)
        self.note(events.ApprovalRefused(**about(self.row), move=pending))

    def _record(self, decision: Decision, from_unit: int, seq: int) -> None:
        row = self.row
        moved = events.CaseMoved(
            **about(row),
            move=decision.move.id,
            effect=decision.move.does,
            state=row.state,
            standing=row.standing,
            round=row.round,
            seq=seq,
            from_unit=from_unit if from_unit != row.unit_id else None,
            finding=row.finding if decision.move.does == "find" else "",
        )
        self.note(moved)

    def _dated(self) -> set[str]:
        """Date what the new standing is the first to be, and return the columns that changed."""
        row, changed = self.row, set()
        if row.standing in OVER and row.closed_at is None:
            row.closed_at = self.at
            changed.add("closed_at")
        if row.standing in {"resolved", "closed"} and row.resolved_at is None:
            row.resolved_at = self.at
            changed.add("resolved_at")
        return changed

    def fill_in(self, move: MoveSpec, given: Given) -> None:
        """Write the form that goes with a move, and sign it where it was signed.

        Raises ``BadSlip`` also for what is missing, where the move tells by it what was done.
        """
        row, form = self.row, move.form
        slip = models.Slip.objects.filter(case=row, form=form, round=row.round).first()
        if given.values is not None or slip is None:
            values, missing = given.values or {}, given.missing or {}
            slip = write_slip(
                row, form, values=values, missing=missing, actor=self.actor, at=self.at
            )
        if move.does in _TELLS:
            see_that_it_is_whole(row, slip)
        if given.signer:
            signer = one_line(given.signer, most=80)
            sign_slip(
                row, slip, signer=signer, signature=given.signature, actor=self.actor, at=self.at
            )


def _may_see(row: models.Case, standing: CaseStanding, actor: Actor) -> bool:
    if actor.is_system or is_customer(actor):
        return True  # a customer has shown the key of the case
    past = models.Party.objects.filter(case=row).values_list("unit__path", flat=True)
    return actor.organisation == row.organisation_id and sees(standing, actor, tuple(past))

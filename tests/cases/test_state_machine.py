"""Whoever moves whichever case in whatever order, late workers included: nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rexian.cases import models
from rexian.cases.queries import OfferShown, case_page
from rexian.cases.services import join_event, merge_case
from rexian.journal.models import Entry
from rexian.kernel.errors import RexianError
from rexian.org.domain.roles import Role
from rexian.standard.domain.flows import OVER
from tests.cases.conftest import MACHINE, NOON, Desk

ROLES = (
    Role.AGENT,
    Role.TEAM_LEADER,
    Role.DUTY_LEADER,
    Role.DISPATCHER,
    Role.HANDLER,
    Role.CALLBACK_AGENT,
    Role.MANAGER,
)
KINDS = (
    {"category": "complaint-attitude", "case_class": "simple"},
    {"category": "complaint-other", "case_class": "complex"},
    {"category": "help-fault", "case_class": ""},
)
picks = st.integers(min_value=0, max_value=99)
roles = st.sampled_from(ROLES)


class Office(RuleBasedStateMachine):
    """Everybody of the motorway, with cases of three kinds."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOON
        self.requests = 0

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def cases(self) -> list[int]:
        """Return all cases."""
        return list(models.Case.objects.order_by("pk").values_list("pk", flat=True))

    def picked(self, pick: int) -> int:
        """Return one of the cases."""
        every = self.cases()
        return every[pick % len(every)]

    def something(self) -> bool:
        """Tell whether there is any case."""
        return models.Case.objects.exists()

    @rule(pick=picks)
    def take(self, pick: int) -> None:
        """Take a case."""
        kind = KINDS[pick % len(KINDS)]
        self.desk.take(at=self.now, category=kind["category"], case_class=kind["case_class"])

    @rule(minutes=st.integers(min_value=1, max_value=900))
    def wait(self, minutes: int) -> None:
        """Time passes, and no worker comes."""
        self.now += timedelta(minutes=minutes)

    @rule()
    def work(self) -> None:
        """Have a worker come."""
        self.desk.work(self.now)

    @precondition(something)
    @rule(pick=picks, role=roles, which=picks, unit=picks)
    def move(self, pick: int, role: Role, which: int, unit: int) -> None:
        """Somebody makes one of the moves that they are offered, twice by mistake."""
        case = self.picked(pick)
        try:
            page = case_page(case, actor=self.desk.actor(role))
        except RexianError:
            return
        if not page.offers:
            return
        self.make(case, page.offers[which % len(page.offers)], role, unit)

    def make(self, case: int, offer: OfferShown, role: Role, unit: int) -> None:
        """Make a move with all that it asks for; what cannot be is refused without a trace."""
        if offer.approves:
            self.approve(case, role, unit)
            return
        self.requests += 1
        given = {**self.given(case, offer, unit), "sent_as": f"request-{self.requests}"}
        before = self.desk.shown(case)
        try:
            first = self.desk.move(case, offer.move.id, role, at=self.now, **given)
        except RexianError:
            assert self.desk.shown(case) == before
            return
        assert self.desk.move(case, offer.move.id, role, at=self.now, **given) == first

    def approve(self, case: int, role: Role, pick: int) -> None:
        """Approve what was asked for, or refuse it."""
        with suppress(RexianError):
            if pick % 2:
                self.desk.approve(case, role, at=self.now)
            else:
                self.desk.refuse(case, role, reason="不同意", at=self.now)

    def given(self, case: int, offer: OfferShown, pick: int) -> dict[str, Any]:
        """Return all that a move asks for."""
        units = [self.desk.units[one] for one in ("liucun", "west", "east", "east-toll")]
        needs = offer.move.needs
        told: dict[str, Any] = {"text": "记录", "reason": "原因"}
        if "unit" in needs:
            told["unit"] = units[pick % len(units)]
        if "person" in needs:
            told["person"] = self.desk.actor(ROLES[pick % len(ROLES)]).person
        if "due" in needs:
            told["due_at"] = self.now + timedelta(hours=1 + pick)
        if "finding" in needs:
            told |= {"finding": "partly", "responsible": bool(pick % 2)}
        if "class" in needs:
            told["case_class"] = ("simple", "complex")[pick % 2]
        if "signature" in needs:
            told["signer"] = "周军"
        if "file" in needs:
            proof = models.File.objects.create(
                case_id=case, name="a.png", media_type="image/png", size=1, sha256="",
                stored_at=self.now, stored_as=f"proof-{self.requests}",
            )  # fmt: skip
            told["files"] = (proof.pk,)
        if offer.move.form:
            told["values"] = WHOLE if "signature" in needs else SENT
        return told

    @precondition(something)
    @rule(pick=picks, other=picks)
    def merge(self, pick: int, other: int) -> None:
        """Take two for the same case."""
        self.together(merge_case, pick, {"into": self.picked(other), "reason": "同一件事"})

    @precondition(something)
    @rule(pick=picks, other=picks)
    def join(self, pick: int, other: int) -> None:
        """Make a case part of an event."""
        self.together(join_event, pick, {"parent": self.picked(other)})

    def together(self, service: Any, pick: int, asked: dict[str, Any]) -> None:
        """Bring two cases together, if that may be."""
        with suppress(RexianError):
            service(self.picked(pick), **asked, actor=self.desk.actor(), at=self.now)

    @invariant()
    def steps_stand_in_one_order_without_a_gap(self) -> None:
        for row in models.Case.objects.all():
            steps = models.Step.objects.filter(case=row).order_by("seq")
            assert [one.seq for one in steps] == list(range(1, row.steps + 1))

    @invariant()
    def a_case_stands_where_its_flow_knows(self) -> None:
        for case in self.cases():
            page = case_page(case, actor=MACHINE)
            shown = page.case
            if shown.merged_into is None:
                assert page.flow.standing(shown.state) == shown.standing
            assert (shown.standing in OVER) == (shown.closed_at is not None)

    @invariant()
    def what_is_over_has_no_clock_and_what_runs_is_waited_for(self) -> None:
        for row in models.Case.objects.all():
            running = models.Clock.objects.filter(case=row, stopped_at=None)
            assert row.standing not in OVER or not running.exists()
            hard = [one.due_at for one in running if not one.soft and one.paused_at is None]
            assert row.due_at == min(hard, default=None)

    @invariant()
    def a_breach_is_dated_at_a_deadline(self) -> None:
        for row in models.Clock.objects.exclude(breached_at=None):
            assert "breach" in row.told
        told = Entry.objects.filter(name="cases.case_breached")
        keys = [(one.subject, one.data["clock"], one.at) for one in told]
        assert len(keys) == len(set(keys))

    @invariant()
    def one_unit_has_a_case_and_the_house_that_took_it_keeps_its_part(self) -> None:
        for row in models.Case.objects.all():
            parts = dict(models.Party.objects.filter(case=row).values_list("unit", "part"))
            assert parts[row.unit_id] == "holder"
            assert row.home_id in parts


SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
WHOLE = SENT | {
    "video": "已看", "cause": "情绪", "responsible": "yes", "result": "教育", "told": "致歉",
    "leader": "周军", "opinion": "属实",
}  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_lost_or_done_twice_whatever_happens(desk: Desk) -> None:
    few = max(3, settings.default.max_examples // 12) if settings.default else 8
    run_state_machine_as_test(
        type("Here", (Office,), {"desk": desk}),
        settings=settings(
            max_examples=few,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

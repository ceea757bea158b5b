from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.clockwork import models, queries
from rexian.clockwork.domain import stewards
from rexian.clockwork.domain.reasons import Reason
from rexian.clockwork.domain.work import Kind, Lane, State
from rexian.clockwork.services import drop_parked, enqueue_job, release_parked
from rexian.clockwork.services.tending import NoLongerParked
from rexian.journal import models as journal
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from tests.clockwork.performers import ADMINISTRATOR, AGENT, MACHINE, NOW, OURS, STRANGER

pytestmark = pytest.mark.django_db

ANSWERS: list[Callable[..., None]] = [release_parked, drop_parked]
both_answers = pytest.mark.parametrize("answer", ANSWERS, ids=["release", "drop"])


def park(organisation: int | None = OURS, *, kind: Kind = Kind.JOB) -> int:
    work = models.Work.objects.create(
        kind=kind,
        name="test.count",
        lane=Lane.JOBS,
        subject="upload:1",
        organisation=organisation,
        key="upload:1",
        state=State.PARKED,
        due_at=NOW,
        failed_at=NOW,
        attempts=2,
        reason=Reason("Conflict", "x").as_json(),
    )
    return work.id


def entries() -> list[tuple[str, str]]:
    return list(journal.Entry.objects.values_list("name", "actor"))


def test_who_released_what_is_in_the_journal() -> None:
    work = park()
    release_parked(work, actor=ADMINISTRATOR, at=NOW)
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.next_at, row.failed_at) == (State.OPEN, 0, NOW, None)
    assert entries() == [("clockwork.work_released", "person:1")]


def test_who_dropped_what_is_in_the_journal() -> None:
    work = park()
    drop_parked(work, actor=ADMINISTRATOR, at=NOW)
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.next_at, row.ended_at) == (State.STOPPED, None, NOW)
    assert entries() == [("clockwork.work_dropped", "person:1")]


def test_what_was_dropped_can_be_ordered_anew() -> None:
    drop_parked(park(), actor=ADMINISTRATOR, at=NOW)
    enqueue_job("test.count", subject="upload:1", organisation=OURS, key="upload:1", at=NOW)
    assert models.Work.objects.count() == 2


@both_answers
def test_a_second_click_is_told_that_it_comes_late(answer: Callable[..., None]) -> None:
    work = park()
    release_parked(work, actor=ADMINISTRATOR, at=NOW)
    with pytest.raises(NoLongerParked):
        answer(work, actor=ADMINISTRATOR, at=NOW)
    assert len(entries()) == 1


@both_answers
def test_an_agent_is_refused(answer: Callable[..., None]) -> None:
    with pytest.raises(RightMissing):
        answer(park(), actor=AGENT, at=NOW)
    assert entries() == []


@both_answers
def test_work_of_another_organisation_is_not_found(answer: Callable[..., None]) -> None:
    with pytest.raises(NotFound):
        answer(park(), actor=STRANGER, at=NOW)
    assert entries() == []


@both_answers
def test_what_does_not_exist_is_not_found(answer: Callable[..., None]) -> None:
    with pytest.raises(NotFound):
        answer(1, actor=ADMINISTRATOR, at=NOW)


def test_an_administrator_sees_their_own_organisation_only() -> None:
    park()
    assert queries.parked_count(actor=ADMINISTRATOR) == 1
    assert queries.parked_count(actor=STRANGER) == 0
    assert queries.parked(actor=STRANGER, limit=9) == []
    assert queries.counts(at=NOW, actor=STRANGER).parked == 0
    assert queries.counts(at=NOW, actor=MACHINE).parked == 1


def test_the_list_of_parked_work_is_refused_to_an_agent() -> None:
    with pytest.raises(RightMissing):
        queries.parked(actor=AGENT, limit=9)


def test_the_installations_own_work_is_tended_to_by_the_machine_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stewards, "_stewards", [])
    work = park(organisation=None)
    assert queries.parked_count(actor=ADMINISTRATOR) == 0
    with pytest.raises(NotFound):
        release_parked(work, actor=ADMINISTRATOR, at=NOW)
    release_parked(work, actor=MACHINE, at=NOW)


def test_the_installations_own_work_is_tended_to_by_whoever_was_appointed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stewards, "_stewards", [])
    stewards.appoint_steward(lambda actor: actor.organisation == OURS)
    work = park(organisation=None)
    assert queries.parked_count(actor=ADMINISTRATOR) == 1
    with pytest.raises(NotFound):
        drop_parked(work, actor=STRANGER, at=NOW)
    drop_parked(work, actor=ADMINISTRATOR, at=NOW)


def test_nobody_of_no_organisation_sees_the_installations_own_work() -> None:
    nobody = Actor("token:1", None, None, {"clockwork.tend": frozenset({"/"})})
    work = park(organisation=None)
    with pytest.raises(NotFound):
        release_parked(work, actor=nobody, at=NOW)
    assert queries.parked_count(actor=nobody) == 0


def test_pages_of_parked_work_follow_each_other() -> None:
    for subject in range(5):
        work = park()
        models.Work.objects.filter(pk=work).update(key=None, subject=f"upload:{subject}")
    pages = [
        [one.subject for one in queries.parked(actor=ADMINISTRATOR, limit=2, offset=offset)]
        for offset in (0, 2, 4)
    ]
    assert pages == [["upload:4", "upload:3"], ["upload:2", "upload:1"], ["upload:0"]]

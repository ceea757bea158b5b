"""A contact that is over is inspected, and people say what counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rexian.clockwork.services.working import Worker
from rexian.contacts.queries import transcript
from rexian.contacts.services import (
    accept_offer,
    leave_as_customer,
    say_as_customer,
    say_to_customer,
    take_over,
    transfer_to_agent,
    transfer_to_queue,
)
from rexian.dialogue.domain.live import as_events
from rexian.dialogue.domain.reviewing import BadReview, Review, ReviewedMeanwhile
from rexian.dialogue.models import ContactInspection, Finding
from rexian.dialogue.queries.findings import (
    FindingShown,
    InspectionShown,
    confirmed_findings,
    contacts_to_review,
    counts_of,
    inspection_of,
)
from rexian.dialogue.queries.sessions import known_contact
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.dialogue.services.reviewing import change_finding, confirm_finding, reject_finding
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.standard.domain import inspect
from rexian.standard.domain.verdicts import Outcome
from tests.cast import nothing_changes, recorded
from tests.dialogue.contacts.conftest import Talk, later

pytestmark = pytest.mark.django_db
RUDE = "喂，不知道。"


def works(talk: Talk) -> None:
    """Have a worker do what is due."""
    Worker("tests").tick(later(talk.clock))


@pytest.fixture
def over(talk: Talk) -> Talk:
    """Return a contact with something rude in it that is over and inspected."""
    talk.says(RUDE)
    talk.hears("什么态度！")
    talk.ends()
    talk.records(case_type="complaint")
    talk.finishes()
    works(talk)
    return talk


def found(contact: int, actor: Actor) -> InspectionShown:
    """Return what was found."""
    shown = inspection_of(contact, actor=actor, language="zh-Hans")
    assert shown is not None
    return shown


def a_miss(contact: int, actor: Actor) -> FindingShown:
    """Return a miss with words in it."""
    findings = found(contact, actor).findings
    return next(one for one in findings if one.outcome is Outcome.MISSED and one.quote)


def a_suspicion(contact: int, actor: Actor) -> FindingShown:
    """Return a suspicion."""
    findings = found(contact, actor).findings
    return next(one for one in findings if one.outcome is Outcome.SUSPECT)


def test_what_is_found_is_what_an_inspection_says(over: Talk, inspector: Actor) -> None:
    known = known_contact(over.id)
    assert known is not None
    assert known.facts.case_type == "complaint"
    events = as_events(transcript(over.id), begun_at=known.begun_at)
    whole = inspect(known.standard, known.facts, events)
    shown = found(over.id, inspector)
    assert shown.score == whole.score
    assert sorted(
        (one.clause, one.rule, one.outcome, one.turns) for one in shown.findings
    ) == sorted(
        (one.clause, one.rule, one.outcome, one.turns)
        for one in whole.verdicts
        if one.outcome is not Outcome.NOT_APPLICABLE
    )


def test_a_contact_is_inspected_once_whoever_asks(over: Talk) -> None:
    before = list(Finding.objects.order_by("pk").values_list("pk", flat=True))
    with nothing_changes():
        inspect_contact(over.id, at=later(999))
    assert list(Finding.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_who_is_abandoned_after_an_answer_is_inspected_too(talk: Talk, inspector: Actor) -> None:
    talk.says(RUDE)
    talk.house.ready(Role.TEAM_LEADER, after=10)
    transfer_to_queue(talk.id, queue="complaints", reason="", actor=talk.agent, at=later(20))
    leave_as_customer(talk.id, at=later(25))
    talk.clock = 25
    works(talk)
    assert a_miss(talk.id, inspector).person == talk.agent.person


def test_nothing_is_found_while_it_lasts(talk: Talk, inspector: Actor) -> None:
    talk.says(RUDE)
    with nothing_changes():
        inspect_contact(talk.id, at=later(99))
    assert inspection_of(talk.id, actor=inspector, language="zh-Hans") is None


def test_a_contact_that_resumes_is_inspected_at_its_final_end(talk: Talk, inspector: Actor) -> None:
    talk.says(RUDE)
    talk.ends()
    works(talk)
    first = ContactInspection.objects.get().lines
    talk.hears("等一下")
    assert inspection_of(talk.id, actor=inspector, language="zh-Hans") is None
    works(talk)
    talk.says("不清楚")
    talk.ends()
    works(talk)
    assert ContactInspection.objects.get().lines > first
    assert len(recorded("dialogue.contact_inspected")) == 2


def test_a_review_outlives_another_inspection(talk: Talk, inspector: Actor) -> None:
    talk.says(RUDE)
    talk.ends()
    works(talk)
    miss = a_miss(talk.id, inspector)
    confirm_finding(miss.id, version=miss.version, actor=inspector, at=later(200))
    talk.records(case_type="enquiry")
    works(talk)
    assert {one.id: one.review for one in found(talk.id, inspector).findings}[miss.id] == (
        Review.CONFIRMED
    )


def test_who_said_it_is_whom_it_is_about(talk: Talk, inspector: Actor) -> None:
    leader = talk.house.ready(Role.TEAM_LEADER, after=5)
    talk.says("您好，很高兴为您服务，请问有什么可以帮您？")
    assert leader.person is not None
    transfer_to_agent(talk.id, agent=leader.person, reason="", actor=talk.agent, at=later(20))
    accept_offer(talk.id, actor=leader, at=later(22))
    say_to_customer(talk.id, text=RUDE, sent_as="rude", actor=leader, at=later(25))
    talk.agent, talk.clock = leader, 30
    talk.ends()
    works(talk)
    findings = found(talk.id, inspector).findings
    by_words = {one.person for one in findings if one.quote and one.quote in RUDE}
    assert by_words == {leader.person}
    own = {one.person for one in found(talk.id, talk.house.actor()).findings}
    assert own <= {talk.house.actor().person}


def test_an_agent_sees_own_findings_with_the_words_that_were_right(over: Talk) -> None:
    shown = found(over.id, over.agent)
    assert {one.person for one in shown.findings} == {over.agent.person}
    assert not shown.may_review
    greeting = next(one for one in shown.findings if one.rule == "highway-greeting")
    assert greeting.words == ("您好！很高兴为您服务，请问有什么可帮您？",)


def test_others_agents_see_nothing(over: Talk) -> None:
    for role in (Role.CALLBACK_AGENT, Role.HANDLER, "outsider"):
        with pytest.raises(NotFound):
            inspection_of(over.id, actor=over.house.actor(role), language="zh-Hans")
    assert counts_of([over.id], actor=over.house.actor("outsider")) == {}


def test_a_suspicion_counts_for_nobody_before_a_person_has_confirmed_it(
    over: Talk, inspector: Actor
) -> None:
    assert confirmed(over) == []
    suspicion = a_suspicion(over.id, inspector)
    assert suspicion.counts_as is None
    confirm_finding(suspicion.id, version=suspicion.version, actor=inspector, at=later(200))
    assert confirmed(over) == [(suspicion.clause, Outcome.MISSED)]


def confirmed(talk: Talk) -> list[tuple[str, Outcome]]:
    """Return what may be counted for the agent."""
    assert talk.agent.person is not None
    rows = confirmed_findings(talk.agent.person, since=later(0), until=later(9999))
    return [(one.clause, one.outcome) for one in rows]


def test_a_miss_of_the_machine_alone_counts_for_nobody(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    assert (miss.counts_as, miss.waits) == (None, True)
    reject_finding(miss.id, version=miss.version, actor=inspector, at=later(200))
    assert confirmed(over) == []


def test_a_finding_is_changed_with_a_reason_and_changed_back(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    change_finding(
        miss.id,
        outcome="missed",
        clause="HW-3.9",
        note="是另一条",
        version=miss.version,
        actor=inspector,
        at=later(200),
    )
    assert confirmed(over) == [("HW-3.9", Outcome.MISSED)]
    reject_finding(miss.id, version=miss.version + 1, actor=inspector, at=later(201))
    assert confirmed(over) == []
    confirm_finding(miss.id, version=miss.version + 2, actor=inspector, at=later(202))
    assert confirmed(over) == [(miss.clause, Outcome.MISSED)]
    names = [one.name for one in recorded() if one.name.startswith("dialogue.finding_")]
    assert names == [
        "dialogue.finding_changed",
        "dialogue.finding_rejected",
        "dialogue.finding_confirmed",
    ]
    (changed,) = recorded("dialogue.finding_changed")
    assert changed.data["said_clause"] == "HW-3.9"
    assert "另一条" not in str(changed.data)


def test_the_same_review_twice_is_one(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    for _ in range(2):
        confirm_finding(miss.id, version=miss.version, actor=inspector, at=later(200))
    assert len(recorded("dialogue.finding_confirmed")) == 1


def test_a_review_that_comes_too_late_is_a_conflict(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    confirm_finding(miss.id, version=miss.version, actor=inspector, at=later(200))
    manager = over.house.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(ReviewedMeanwhile):
        reject_finding(miss.id, version=miss.version, actor=manager, at=later(201))


@pytest.mark.parametrize(
    ("outcome", "clause", "note"),
    [("suspect", "HW-3.9", "x"), ("missed", "XX-1", "x"), ("met", "HW-3.9", " "), ("", "", "x")],
    ids=["only the machine suspects", "no such clause", "no reason", "nothing"],
)
def test_a_change_says_what_and_why(
    over: Talk, inspector: Actor, outcome: str, clause: str, note: str
) -> None:
    miss = a_miss(over.id, inspector)
    with nothing_changes(), pytest.raises(BadReview):
        change_finding(
            miss.id,
            outcome=outcome,
            clause=clause,
            note=note,
            version=miss.version,
            actor=inspector,
            at=later(200),
        )


def test_only_inspectors_review(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    with nothing_changes():
        for role in (Role.AGENT, Role.TEAM_LEADER, Role.DISPATCHER):
            with pytest.raises(RightMissing):
                confirm_finding(
                    miss.id, version=miss.version, actor=over.house.actor(role), at=later(200)
                )
        for stranger in (Role.HANDLER, "outsider"):
            with pytest.raises(NotFound):
                confirm_finding(
                    miss.id, version=miss.version, actor=over.house.actor(stranger), at=later(200)
                )


def test_what_waits_is_counted_and_found(over: Talk, inspector: Actor) -> None:
    counts = counts_of([over.id], actor=inspector)[over.id]
    assert counts.unreviewed == counts.missed + counts.suspect > 0
    assert list(contacts_to_review(inspector.organisation).distinct()) == [over.id]
    for one in found(over.id, inspector).findings:
        if one.waits:
            confirm_finding(one.id, version=one.version, actor=inspector, at=later(200))
    assert counts_of([over.id], actor=inspector)[over.id].unreviewed == 0
    assert not contacts_to_review(inspector.organisation).exists()


def test_a_contact_that_is_forgotten_takes_everything_along(over: Talk) -> None:
    from rexian.contacts.models import Contact  # noqa: PLC0415 - as retention will

    Finding.objects.filter(contact=over.id).first()
    Contact.objects.filter(pk=over.id).delete()
    assert not Finding.objects.exists()
    assert not ContactInspection.objects.exists()


def test_who_takes_over_answers_for_what_comes_after(talk: Talk, inspector: Actor) -> None:
    leader = talk.house.actor(Role.DUTY_LEADER)
    talk.says("您好，很高兴为您服务，请问有什么可以帮您？")
    take_over(talk.id, actor=leader, at=later(20))
    say_as_customer(talk.id, text="喂", sent_as="h", at=later(21))
    say_to_customer(talk.id, text=RUDE, sent_as="r", actor=leader, at=later(22))
    talk.agent, talk.clock = leader, 30
    talk.ends()
    works(talk)
    said = [one for one in found(talk.id, inspector).findings if one.quote and one.quote in RUDE]
    assert {one.person for one in said} == {leader.person}


def test_the_words_of_a_reviewer_are_dated(over: Talk, inspector: Actor) -> None:
    miss = a_miss(over.id, inspector)
    at: datetime = later(200)
    confirm_finding(miss.id, version=miss.version, actor=inspector, at=at)
    shown = a_miss(over.id, inspector)
    assert (shown.reviewed_by, shown.reviewed_at) == (inspector.person, at)
    assert inspector.person is not None
    none = confirmed_findings(inspector.person, since=at - timedelta(days=1), until=later(9999))
    assert none == ()

"""What somebody tries who is in a hurry, curious, or careless; and what happens at one moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from rexian.cases import models
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.refusals import IllegalMove, Lacking, NotTheirMove
from rexian.cases.domain.standing import Source
from rexian.cases.queries import Wanted, cases, likely_duplicates
from rexian.cases.queries.letters import Asked, answers
from rexian.cases.services import join_event, merge_case, split_case, take_case
from rexian.cases.services.customers import add_to_case, rate_case, withdraw_case
from rexian.contacts.queries import hotline
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, NOON, Desk
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
FAR = datetime(9999, 12, 31, 15, tzinfo=UTC)


def handled(desk: Desk, **said: object) -> int:
    made = desk.take(**said)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def test_a_hidden_customer_is_not_found_by_what_stands_in_a_slip(desk: Desk) -> None:
    made = desk.take(hides_customer=True, name="诸葛先生", values={"name": "诸葛先生", "matter": "骂人"})
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert [one.id for one in cases(Wanted(text="柳村"), actor=desk.actor(Role.HANDLER))] == [made]
    assert cases(Wanted(text="诸葛"), actor=desk.actor(Role.HANDLER)) == ()


def test_what_looks_like_the_same_tells_nobody_of_a_hidden_customer(desk: Desk) -> None:
    made = desk.take(hides_customer=True)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    line = hotline(desk.house.hotline, actor=MACHINE)
    asked = {"place_key": "", "at": NOON}
    agent, handler = desk.actor(), desk.actor(Role.HANDLER)
    assert likely_duplicates(line, number="13800138000", actor=agent, **asked) != ()
    assert likely_duplicates(line, number="13800138000", actor=handler, **asked) == ()


def test_parts_of_an_event_that_one_may_not_see_are_not_shown_with_one_that_one_may(desk: Desk) -> None:
    event = handled(desk)
    desk.take(parent=event)
    assert len(desk.page(event).parts) == 1
    assert desk.page(event, Role.HANDLER).parts == ()


def test_an_approval_that_the_event_has_gone_past_blocks_nothing(desk: Desk) -> None:
    event = handled(desk)
    part = handled(desk)
    join_event(part, parent=event, actor=desk.actor(), at=NOON)
    desk.move(part, "extend", Role.HANDLER, reason="再查", due_at=NOON + 9 * HOUR)
    models.Case.objects.filter(pk=event).update(state="answered")
    desk.move(event, "return-slip", Role.HANDLER, values={
        **SENT, "video": "x", "cause": "x", "responsible": "yes", "result": "x", "told": "x",
        "leader": "陈", "opinion": "x"}, signer="陈")
    models.Case.objects.filter(pk=part).update(state="answered")
    desk.work(NOON)
    assert desk.shown(part).state == "resolved"
    print(desk.shown(part).asked)
    assert desk.offered(part, Role.MANAGER)


def test_who_asked_for_something_in_a_case_that_is_merged_waits_no_more(desk: Desk) -> None:
    first, second = handled(desk), handled(desk)
    desk.move(second, "extend", Role.HANDLER, reason="再查", due_at=NOON + 9 * HOUR)
    merge_case(second, into=first, reason="同", actor=desk.actor(), at=NOON)
    assert desk.shown(second).asked == {}


def test_an_event_with_parts_is_not_merged_away_from_them(desk: Desk) -> None:
    event, other = desk.take(), desk.take()
    desk.take(parent=event)
    with nothing_changes(), pytest.raises(IllegalMove):
        merge_case(event, into=other, reason="同", actor=desk.actor(), at=NOON)


def test_another_class_while_a_case_waits_counts_when_it_goes_on(desk: Desk) -> None:
    made = handled(desk, case_class="simple")
    proof = models.File.objects.create(
        case_id=made, name="a.png", media_type="image/png", size=1, sha256="", stored_at=NOON,
        stored_as=f"test-{made}",
    )
    desk.move(made, "pause", Role.HANDLER, reason="等", files=(proof.pk,))
    desk.approve(made, Role.MANAGER)
    desk.move(made, "reclass", Role.MANAGER, case_class="complex", reason="复杂")
    desk.move(made, "resume", Role.HANDLER, at=NOON + HOUR)
    assert desk.clock(made, "answer").due_at == NOON + 25 * HOUR


@pytest.mark.parametrize("until", [FAR, FAR + timedelta(hours=8, minutes=59)])
def test_more_time_is_not_for_ever(desk: Desk, until: datetime) -> None:
    made = handled(desk)
    with pytest.raises(Lacking):
        desk.move(made, "extend", Role.MANAGER, reason="再查", due_at=until)
        desk.move(made, "extend", Role.HANDLER, reason="再查", due_at=until)
        desk.approve(made, Role.MANAGER)


def test_a_deadline_at_the_end_of_all_days(desk: Desk) -> None:
    desk.take(source=Source.OUTSIDE, outside_body="12345", outside_number="x1", due_at=FAR)


def test_a_word_longer_than_a_database_takes_is_kept_all_the_same(desk: Desk) -> None:
    made = desk.take(matter="看 " + "a" * 5000 + " 柳村")
    assert desk.shown(made).matter
    assert cases(Wanted(text="柳村"), actor=desk.actor())


def test_who_may_not_know_a_customer_does_not_learn_it_by_taking_the_case_apart(desk: Desk) -> None:
    made = desk.take(hides_customer=True)
    desk.move(made, "to-section", unit=desk.units["east-centre"])
    section = next(one for one in desk.house.cast.ours.people if one.sign_in == "xujing")
    from rexian.org.queries import signed_in
    actor = signed_in(section.id).actor
    from rexian.cases.queries import case
    assert case(made, actor=actor).name == ""
    parts = {"matter": "另外，发票打不出来。", "category": "complaint-toll-rate"}
    with nothing_changes(), pytest.raises(NotTheirMove):
        split_case(made, parts=parts, sent_as="x", actor=actor, at=NOON)


def test_one_request_of_a_customer_is_not_taken_for_another(desk: Desk) -> None:
    made = desk.take()
    add_to_case(made, text="补充", sent_as="form-of-a-browser-1", at=NOON)
    withdraw_case(made, reason="不用了", sent_as="form-of-a-browser-1", at=NOON)
    assert desk.shown(made).state == "withdrawn"


def test_a_rating_under_the_name_of_another_request(desk: Desk) -> None:
    made = desk.take()
    models.Case.objects.filter(pk=made).update(state="resolved", standing="resolved")
    add_to_case(made, text="补充", sent_as="form-of-a-browser-1", at=NOON)
    rate_case(made, solved=True, satisfied=5, why="", sent_as="form-of-a-browser-1", at=NOON)
    assert desk.shown(made).satisfied == 5

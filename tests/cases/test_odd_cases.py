"""What somebody tries with cases who is curious, in a hurry, or early and late at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rexian.cases import models
from rexian.cases.domain.customers import MOST_STEPS, TooManySteps
from rexian.cases.domain.refusals import IllegalMove, NotTheirMove, WrongPerson
from rexian.cases.domain.rights import DISPATCH, EXPORT, HANDLE, IDENTIFY, SEE, TAKE
from rexian.cases.domain.standing import Source
from rexian.cases.queries import Wanted, case, case_page, cases, likely_duplicates
from rexian.cases.queries.letters import Asked, answers
from rexian.cases.services import join_event, merge_case, split_case
from rexian.cases.services.clocks import FIRES
from rexian.cases.services.customers import add_to_case, rate_case, withdraw_case
from rexian.clockwork.models import Work
from rexian.contacts.queries import hotline
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid
from rexian.org.domain.roles import Role
from rexian.org.queries import units_by_id
from tests.cases.conftest import MACHINE, NOON, Desk
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
FORM = {"name": "诸葛先生", "phone": "13800138000", "facts": "收费员骂人"}
FAR = datetime(9999, 12, 31, 15, tzinfo=UTC)


def handled(desk: Desk, **said: Any) -> int:
    """Return a complaint that the toll station has signed for."""
    made = desk.take(**said)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def section(desk: Desk) -> Actor:
    """Return a dispatcher of the section centre, who may know the customers of its own cases."""
    path = units_by_id([desk.units["east-centre"]])[desk.units["east-centre"]].path
    held = {one: frozenset({path}) for one in (SEE, TAKE, HANDLE, DISPATCH, IDENTIFY, EXPORT)}
    return replace(desk.actor(Role.HANDLER), code="person:999", person=999, grants=held)


def paused(desk: Desk, made: int) -> None:
    proof = models.File.objects.create(
        case_id=made, name="a.png", media_type="image/png", size=1, sha256="", stored_at=NOON,
        stored_as=f"test-{made}",
    )  # fmt: skip
    desk.move(made, "pause", Role.HANDLER, reason="等客户补材料", files=(proof.pk,))
    desk.approve(made, Role.MANAGER)


def test_a_hidden_customer_is_not_found_by_what_stands_in_a_slip(desk: Desk) -> None:
    made = desk.take(hides_customer=True, name="诸葛先生", values=FORM)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    handler = desk.actor(Role.HANDLER)
    assert [one.id for one in cases(Wanted(text="收费员骂人"), actor=handler)] == [made]
    assert cases(Wanted(text="诸葛"), actor=handler) == ()
    assert cases(Wanted(text="电话 13800138000"), actor=handler) == ()


def test_what_looks_like_the_same_tells_nobody_of_a_hidden_customer(desk: Desk) -> None:
    made = desk.take(hides_customer=True, place_text="柳村收费站")
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    line, handler = hotline(desk.house.hotline, actor=MACHINE), desk.actor(Role.HANDLER)
    found = likely_duplicates(line, number="13800138000", place_key="", actor=desk.actor(), at=NOON)
    assert [one.id for one in found] == [made]
    asked: dict[str, Any] = {"actor": handler, "at": NOON}
    assert likely_duplicates(line, number="13800138000", place_key="", **asked) == ()
    (alike,) = likely_duplicates(line, number="", place_key="柳村收费站", **asked)
    assert (alike.name, alike.number) == ("", "")


def test_a_hidden_customer_is_not_named_in_the_answers_to_a_body(desk: Desk) -> None:
    letter: dict[str, Any] = {
        "source": Source.OUTSIDE,
        "outside_body": "12345",
        "outside_number": "A-1",
    }
    made = desk.take(hides_customer=True, **letter)
    columns: dict[str, Any] = {"answered_at": NOON, "unit": desk.units["east-centre"]}
    models.Case.objects.filter(pk=made).update(**columns)
    models.Party.objects.create(case_id=made, unit_id=columns["unit"], part="holder", since_at=NOON)
    asked = Asked(body="12345", begins_at=NOON - HOUR, ends_at=NOON + HOUR)
    (ours,) = answers(asked, actor=desk.actor(Role.MANAGER))
    (theirs,) = answers(asked, actor=section(desk))
    assert (ours.case.name, theirs.case.name) == ("赵先生", "")


def test_who_may_not_know_a_customer_does_not_learn_it_by_taking_the_case_apart(desk: Desk) -> None:
    made = desk.take(hides_customer=True)
    desk.move(made, "to-section", unit=desk.units["east-centre"])
    assert case(made, actor=section(desk)).name == ""
    parts = {"matter": "另外，发票打不出来。", "category": "complaint-toll-rate"}
    with nothing_changes(), pytest.raises(NotTheirMove):
        split_case(made, parts=parts, sent_as="x", actor=section(desk), at=NOON)


def test_parts_of_an_event_are_shown_to_who_sees_them_by_themselves(desk: Desk) -> None:
    event = handled(desk)
    hidden = desk.take(parent=event, hides_customer=True)
    assert [one.id for one in desk.page(event).parts] == [hidden]
    assert desk.page(event, Role.HANDLER).parts == ()
    desk.move(hidden, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert [one.name for one in desk.page(event, Role.HANDLER).parts] == [""]
    taker = replace(section(desk), person=desk.shown(event).taken_by)
    models.Case.objects.filter(pk=hidden).update(taken_by=None)
    assert [one.name for one in case_page(event, actor=taker).parts if one.id == hidden] == []


def test_what_waits_in_a_part_for_an_approval_blocks_nothing_once_the_event_has_gone_on(
    desk: Desk,
) -> None:
    event = desk.take(category="complaint-attitude")
    part = desk.take(parent=event)
    desk.move(event, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.work(NOON)
    desk.move(event, "sign", Role.HANDLER)
    desk.work(NOON)
    paused(desk, event)
    assert desk.shown(part).state == "handling"
    proof = models.File.objects.get(case=event)
    models.File.objects.filter(pk=proof.pk).update(case=part)
    desk.move(part, "pause", Role.HANDLER, reason="等", files=(proof.pk,))
    desk.work(NOON)
    assert desk.shown(part).state == "waiting"
    assert desk.shown(part).asked == {}
    assert "resume" in desk.offered(part, Role.HANDLER)
    assert ("refused", "pause") in [(one.kind, one.move) for one in desk.page(part).steps]


def test_what_waits_in_a_case_that_joins_an_event_blocks_nothing(desk: Desk) -> None:
    event, part = handled(desk), handled(desk)
    paused(desk, event)
    proof = models.File.objects.get(case=event)
    models.File.objects.filter(pk=proof.pk).update(case=part)
    desk.move(part, "pause", Role.HANDLER, reason="等", files=(proof.pk,))
    join_event(part, parent=event, actor=desk.actor(), at=NOON)
    assert (desk.shown(part).state, desk.shown(part).asked) == ("waiting", {})


def test_who_signs_for_an_event_handles_each_of_its_cases(desk: Desk) -> None:
    event = desk.take()
    part = desk.take(parent=event)
    desk.move(event, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(event, "sign", Role.HANDLER)
    desk.work(NOON)
    assert desk.shown(part).handler == desk.house.cast.id(Role.HANDLER)


def test_nothing_waits_for_approval_in_a_case_that_goes_on_as_another(desk: Desk) -> None:
    first, second = handled(desk), handled(desk)
    desk.move(second, "extend", Role.HANDLER, reason="再查", due_at=NOON + 9 * HOUR)
    merge_case(second, into=first, reason="同", actor=desk.actor(), at=NOON)
    assert desk.shown(second).asked == {}


def test_an_event_is_not_merged_away_from_its_cases(desk: Desk) -> None:
    event, other = desk.take(), desk.take()
    desk.take(parent=event)
    with nothing_changes(), pytest.raises(IllegalMove):
        merge_case(event, into=other, reason="同", actor=desk.actor(), at=NOON)


def test_another_class_given_while_a_case_waits_counts_when_it_goes_on(desk: Desk) -> None:
    made = handled(desk, case_class="simple")
    paused(desk, made)
    desk.move(made, "reclass", Role.MANAGER, case_class="complex", reason="复杂")
    desk.move(made, "resume", Role.HANDLER, at=NOON + HOUR)
    assert desk.clock(made, "answer").due_at == NOON + 25 * HOUR


def test_a_case_waits_for_one_thing_of_the_clockwork_however_late_the_worker_is(desk: Desk) -> None:
    made = desk.take()
    desk.move(made, "press", at=NOON + 3 * HOUR)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT, at=NOON + 3 * HOUR)
    desk.work(NOON + 4 * HOUR)
    waiting = Work.objects.filter(name=FIRES, subject=f"case:{made}", state="open")
    assert waiting.count() == 1
    kept = models.Case.objects.get(pk=made)
    assert waiting.get().pk == kept.work


def test_a_case_is_reassigned_to_nobody_who_would_not_see_it(desk: Desk) -> None:
    made = handled(desk)
    for role in (Role.INSPECTOR, Role.AGENT, Role.DISPATCHER):
        with nothing_changes(), pytest.raises(WrongPerson):
            desk.move(made, "reassign", Role.MANAGER, person=desk.house.cast.id(role))
    desk.move(made, "reassign", Role.MANAGER, person=desk.house.cast.id(Role.MANAGER))


@pytest.mark.parametrize("until", [FAR, FAR.replace(hour=23, minute=59)])
def test_at_the_end_of_all_days_nothing_is_due(desk: Desk, until: datetime) -> None:
    made = handled(desk)
    with nothing_changes(), pytest.raises(Invalid):
        desk.move(made, "extend", Role.MANAGER, reason="再查", due_at=until)
    letter: dict[str, Any] = {
        "source": Source.OUTSIDE,
        "outside_body": "12345",
        "outside_number": "A-1",
    }
    with nothing_changes(), pytest.raises(Invalid):
        desk.take(due_at=until, **letter)


def test_a_word_longer_than_a_database_takes_is_kept_and_found(desk: Desk) -> None:
    made = desk.take(matter="看 " + "x" * 5000 + " 广场")
    for text in ("广场", "x" * 60, "x" * 80):
        assert [one.id for one in cases(Wanted(text=text), actor=desk.actor())] == [made]


def test_one_page_names_each_request_of_a_customer_and_none_is_taken_for_another(
    desk: Desk,
) -> None:
    made, name = desk.take(), "form-of-a-browser-1"
    add_to_case(made, text="补充", sent_as=name, at=NOON)
    models.Case.objects.filter(pk=made).update(state="resolved", standing="resolved")
    rate_case(made, solved=True, satisfied=5, why="", sent_as=name, at=NOON)
    withdraw_case(made, reason="不用了", sent_as=name, at=NOON)
    assert withdraw_case(made, reason="不用了", sent_as=name, at=NOON) == desk.shown(made).steps
    assert (desk.shown(made).state, desk.shown(made).satisfied) == ("withdrawn", 5)


def test_a_customer_rates_no_more_often_than_anybody_has_something_to_say(desk: Desk) -> None:
    made = desk.take(category="", case_type="enquiry", case_class="")
    desk.move(made, "answer", text="可以开电子发票。")
    for number in range(MOST_STEPS):
        rate_case(made, solved=True, satisfied=5, why="", sent_as=f"r-{number}", at=NOON)
    with nothing_changes(), pytest.raises(TooManySteps):
        rate_case(made, solved=True, satisfied=5, why="", sent_as="r-more", at=NOON)

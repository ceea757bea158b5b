"""Finding cases again: lists, counts, and words in Chinese."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.cases.domain.searching import index_terms, query_phrases
from rexian.cases.queries import (
    Wanted,
    cases,
    counts,
    due_cases,
    each_case,
    open_cases,
    workload,
)
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import OUTSIDER

HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


def ids(desk: Desk, role: Role | str = Role.AGENT, **wanted: object) -> list[int]:
    found = cases(Wanted(**wanted), actor=desk.actor(role))  # type: ignore[arg-type]
    return [one.id for one in found]


def test_words_are_indexed_as_pairs_of_neighbours() -> None:
    assert index_terms("拖车费 ETC") == "拖车 车费 费 etc"
    assert query_phrases("拖车费，ETC") == ("拖车 车费", "etc")
    assert query_phrases("費") == ("费",)
    assert query_phrases("……") == ()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["拖车", "车费", "拖車費", "费用纠纷", "纷"])
def test_a_case_is_found_by_words_of_any_length_in_either_script(desk: Desk, text: str) -> None:
    made = desk.take(matter="拖车费用纠纷", title="争议")
    desk.take(matter="车拖着走", title="别的")
    assert ids(desk, text=text) == [made]


@pytest.mark.django_db
def test_a_case_is_found_by_its_number_its_customer_and_what_was_said_later(desk: Desk) -> None:
    made = desk.take(name="欧阳晓", number="13700137000")
    desk.take()
    desk.move(made, "add", text="补充：行车记录仪有画面")
    for text in (desk.shown(made).reference, "13700137000", "137 0013 7000", "欧阳晓", "记录仪"):
        assert ids(desk, text=text) == [made], text


@pytest.mark.django_db
def test_a_hidden_complainant_is_found_by_nobody_of_the_unit(desk: Desk) -> None:
    """As others' users complain: masked numbers leaked through search."""
    made = desk.take(name="欧阳晓", number="13700137000", hides_customer=True)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert ids(desk, Role.HANDLER, text="收费员") == [made]
    assert ids(desk, Role.HANDLER, text="欧阳晓") == []
    assert ids(desk, Role.HANDLER, text="13700137000") == []
    assert ids(desk, Role.AGENT, text="13700137000") == [made]


@pytest.mark.django_db
def test_lists_show_what_the_reader_may_see(desk: Desk) -> None:
    ours, sent = desk.take(), desk.take()
    desk.move(sent, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert ids(desk) == [sent, ours]
    assert ids(desk, Role.HANDLER) == [sent]
    assert ids(desk, OUTSIDER) == []


@pytest.mark.django_db
def test_a_list_is_filtered_counted_and_goes_on_page_by_page(desk: Desk) -> None:
    made = [desk.take() for _ in range(5)]
    helped = desk.take(category="help-fault", case_class="")
    desk.move(made[0], "withdraw", reason="不用了")
    desk.move(made[1], "send-slip", unit=desk.units["liucun"], values=SENT)
    agent = desk.actor()
    assert ids(desk, flow="highway-help") == [helped]
    assert ids(desk, urgent=True) == [helped]
    assert ids(desk, standings=("closed",)) == [made[0]]
    assert ids(desk, unit=desk.units["liucun"]) == [made[1]]
    assert dict(counts(Wanted(), actor=agent)) == {"open": 5, "closed": 1}
    first = cases(Wanted(), actor=agent, limit=4)
    rest = cases(Wanted(), actor=agent, limit=4, before=first[-1].id)
    assert [one.id for one in (*first, *rest)] == sorted([*made, helped], reverse=True)
    assert len(list(each_case(Wanted(), actor=agent))) == len(made) + 1


@pytest.mark.django_db
def test_what_is_due_first_stands_first(desk: Desk) -> None:
    slow = desk.take(case_class="complex")
    fast = desk.take(case_class="simple", at=NOON + HOUR)
    found = due_cases(Wanted(), actor=desk.actor())
    assert [one.id for one in found] == sorted(
        (slow, fast), key=lambda one: str(desk.shown(one).due_at)
    )
    assert [one.id for one in due_cases(Wanted(), actor=desk.actor(), limit=1)] == [found[0].id]


@pytest.mark.django_db
def test_what_is_to_be_done_and_has_no_clock_stands_last_and_is_not_left_out(desk: Desk) -> None:
    done = desk.take(category="help-fault", case_class="")
    desk.move(done, "dispatch")
    desk.move(done, "finish", Role.DISPATCHER, text="已拖离")
    running, over = desk.take(), desk.take()
    desk.move(over, "withdraw", reason="不用了")
    assert desk.shown(done).due_at is None
    assert [one.id for one in open_cases(Wanted(), actor=desk.actor())] == [running, done]


@pytest.mark.django_db
def test_each_handler_has_so_much_to_do_so_much_due_today_and_so_much_late(desk: Desk) -> None:
    for _ in range(2):
        made = desk.take()
        desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
        desk.move(made, "sign", Role.HANDLER)
    load = workload(desk.actor(Role.MANAGER), at=NOON, until=NOON + 12 * HOUR)
    assert [(one.all, one.due, one.late) for one in load] == [(2, 2, 0)]
    later = workload(desk.actor(Role.MANAGER), at=NOON + 3 * HOUR, until=NOON + 12 * HOUR)
    assert [(one.due, one.late) for one in later] == [(0, 2)]


@pytest.mark.django_db
def test_somebody_of_a_unit_has_the_same_list_however_long_it_is(desk: Desk) -> None:
    made = [desk.take() for _ in range(7)]
    for one in made[1:]:
        desk.move(one, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made[3], "return", Role.HANDLER, reason="不是本站")
    handler = desk.actor(Role.HANDLER)
    whole = [one.id for one in cases(Wanted(), actor=handler)]
    assert whole == sorted(made[1:], reverse=True)
    paged: list[int] = []
    while page := cases(Wanted(), actor=handler, limit=2, before=paged[-1] if paged else None):
        paged += [one.id for one in page]
    assert paged == whole
    here = Wanted(unit=desk.units["liucun"])
    assert [one.id for one in cases(here, actor=handler, limit=3)] == [
        one for one in whole if one != made[3]
    ][:3]

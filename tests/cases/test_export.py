"""One row a case, all of them, and nothing that its reader may not know."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from rexian.cases import models
from rexian.cases.adapters import tables
from rexian.cases.domain.masking import masked_number, masked_text
from rexian.cases.queries import Wanted, cases
from rexian.cases.queries.exporting import (
    as_taken_out,
    export_count,
    export_lines,
    export_workbook,
    exported,
)
from rexian.cases.services.exporting import take_out_lines, take_out_workbook
from rexian.kernel.authority import Actor, RightMissing
from rexian.org.domain.roles import Role
from tests.cases.conftest import Desk, later
from tests.cast import OUTSIDER, nothing_changes, recorded

pytestmark = pytest.mark.django_db

ZONE = "Asia/Shanghai"
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


def rows(desk: Desk, actor: Actor | None = None, **wanted: Any) -> list[dict[str, Any]]:
    """Return the export as the rows of a table, by their titles."""
    found = exported(
        Wanted(**wanted), actor=actor or desk.actor(Role.MANAGER), language="en", zone=ZONE
    )
    titles = [str(one) for one in next(found)]
    return [dict(zip(titles, one, strict=True)) for one in found]


def station_leader(desk: Desk) -> Actor:
    """Return somebody who may export at the toll station, and identify nobody's customers."""
    actor = desk.actor(Role.HANDLER)
    here = actor.reach("cases.see")
    return Actor("leader", actor.organisation, None, {"cases.see": here, "cases.export": here})


def test_there_is_an_export_of_one_row_a_case(desk: Desk) -> None:
    made = [desk.take(title=f"第{n}件", at=later(n)) for n in range(3)]
    found = rows(desk)
    assert [one["Title of the case"] for one in found] == ["第2件", "第1件", "第0件"]
    first = found[-1]
    assert first["Number of the case"] == desk.shown(made[0]).reference
    assert (first["Kind of case"], first["State"]) == ("Complaint", "Taken")
    assert (first["Taken by"], first["Telephone number"]) == ("王芳", "13800138000")
    assert f"{first['Taken at']:%Y-%m-%d %H:%M}" == "2026-11-23 12:00"


def test_an_export_takes_the_filter_of_the_list(desk: Desk) -> None:
    desk.take(matter="不找零")
    other = desk.take(category="complaint-other", matter="厕所没有灯")
    (found,) = rows(desk, category="complaint-other")
    assert found["Number of the case"] == desk.shown(other).reference
    assert [one["Matter"] for one in rows(desk, text="厕所")] == ["厕所没有灯"]


def test_an_overview_does_not_stop_at_2100(desk: Desk) -> None:
    first = models.Case.objects.get(pk=desk.take())
    values = {
        one.attname: getattr(first, one.attname)
        for one in models.Case._meta.concrete_fields
        if one.attname not in {"id", "reference", "sent_as"}
    }
    models.Case.objects.bulk_create(
        [models.Case(**values, reference=f"copy-{n}") for n in range(2_200)], batch_size=500
    )
    assert len(rows(desk)) == 2_201


def test_rows_are_made_while_they_are_sent(
    desk: Desk, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(3):
        desk.take()
    lines = export_lines(Wanted(), actor=desk.actor(Role.MANAGER), language="en", zone=ZONE)
    with django_assert_max_num_queries(0):
        next(lines)
        next(lines)
    with django_assert_max_num_queries(20):
        assert len(list(lines)) == 3


def test_masked_numbers_do_not_leak_through_the_export(desk: Desk) -> None:
    made = desk.take(matter="打我手机138 0013 8000，或找13800138000", title="回电13800138000")
    sent = {"matter": "态度生硬", "against": "3号车道收费员"}
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=sent)
    (found,) = rows(desk, station_leader(desk))
    assert found["Telephone number"] == "138****8000"
    assert found["Matter"] == "打我手机138****8000，或找138****8000"
    assert "13800138000" not in repr(found)
    assert "8001380" not in repr(found).replace(" ", "")


def test_a_hidden_customer_is_hidden_in_the_export_and_not_found_by_number(desk: Desk) -> None:
    made = desk.take(hides_customer=True)
    sent = {"matter": "态度生硬", "against": "3号车道收费员"}
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=sent)
    leader = station_leader(desk)
    (found,) = rows(desk, leader)
    assert (found["Customer"], found["Telephone number"]) == ("", "")
    for words in ("13800138000", "赵先生", "1380013"):
        assert rows(desk, leader, text=words) == []
        assert cases(Wanted(text=words), actor=leader) == ()
    assert len(rows(desk, text="13800138000")) == 1


def test_masked_numbers_do_not_leak_through_search(desk: Desk) -> None:
    made = desk.take()
    sent = {"matter": "态度生硬", "against": "3号车道收费员"}
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=sent)
    leader = station_leader(desk)
    (found,) = cases(Wanted(), actor=leader)
    assert as_taken_out(found, leader).number == "138****8000"
    for digits in ("138001", "001380", "8000"):  # no number can be felt for, piece by piece
        assert cases(Wanted(text=digits), actor=leader) == ()


def test_who_may_not_export_gets_nothing(desk: Desk) -> None:
    desk.take()
    with pytest.raises(RightMissing):
        exported(Wanted(), actor=desk.actor(Role.AGENT), language="en", zone=ZONE)
    with pytest.raises(RightMissing):
        exported(Wanted(), actor=desk.actor(OUTSIDER), language="en", zone=ZONE)


def test_words_that_begin_like_a_formula_stay_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    for _ in range(2):
        desk.take(title='=HYPERLINK("http://evil.example")', name="-赵")
    actor = desk.actor(Role.MANAGER)
    lines = b"".join(export_lines(Wanted(), actor=actor, language="en", zone=ZONE))
    told = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    assert told[0]["Title of the case"].startswith("'=")
    file = io.BytesIO()
    export_workbook(Wanted(), file, actor=actor, language="zh-Hans", zone=ZONE)
    book = load_workbook(file)
    assert len(book.worksheets) == 2  # the second has what the first had no room for
    cells = {cell.value: cell.data_type for page in book for cell in page[2]}
    assert cells['=HYPERLINK("http://evil.example")'] == "s"
    assert cells["-赵"] == "s"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800138000", "138****8000"),
        ("087165122122", "0871****2122"),
        ("65122122", "65***122"),
        ("95598", "***98"),
        ("", ""),
    ],
)
def test_a_number_is_masked_in_its_middle(number: str, masked: str) -> None:
    assert masked_number(number) == masked


def test_only_telephone_numbers_are_masked_in_words() -> None:
    text = "单号261122-4839-2016，桩号K12+300，金额1380元，电话+86 138-0013-8000"
    assert masked_text(text).startswith("单号261122-4839-2016，桩号K12+300，金额1380元，电话")
    assert "0013" not in masked_text(text)


def test_an_export_is_in_the_journal_with_how_many_cases_and_no_word_of_a_customer(
    desk: Desk,
) -> None:
    made = [desk.take(title="发票", matter=f"第{n}件，找钱女士") for n in range(3)]
    desk.take(title="厕所", matter="没有灯")
    desk.move(made[0], "withdraw", reason="不用了")
    actor = desk.actor(Role.MANAGER)
    told: dict[str, Any] = {"language": "en", "zone": ZONE, "actor": actor, "at": later(0)}
    wanted = Wanted(text="钱女士", standings=("open", "waiting"), flow="highway-complaint")
    lines = take_out_lines(wanted, **told)
    (entry,) = recorded("cases.cases_exported")
    assert entry.subject == f"organisation:{actor.organisation}"
    assert (entry.data["form"], entry.data["count"]) == ("csv", 2)
    assert entry.data["filters"] == {
        "text": "yes", "standings": "open,waiting", "flow": "highway-complaint",
    }  # fmt: skip
    assert len(list(lines)) == 2 + 2  # the mark and the titles
    take_out_workbook(Wanted(due_before=later(9), urgent=True), io.BytesIO(), **told)
    second = recorded("cases.cases_exported")[1]
    assert second.data["filters"] == {"due_before": later(9).isoformat(), "urgent": "true"}
    assert second.data["count"] == 0


def test_an_export_counts_what_its_reader_may_take_out(desk: Desk) -> None:
    ours, sent = desk.take(), desk.take()
    desk.move(sent, "send-slip", unit=desk.units["liucun"], values=SENT)
    leader, manager = station_leader(desk), desk.actor(Role.MANAGER)
    reference = desk.shown(ours).reference
    for wanted, actor, count in (
        (Wanted(), manager, 2),
        (Wanted(), leader, 1),
        (Wanted(text="收费员"), manager, 2),
        (Wanted(text="收费员"), leader, 1),
        (Wanted(text=reference), manager, 1),
        (Wanted(text=reference), leader, 0),
    ):
        assert export_count(wanted, actor=actor) == count, wanted
        assert len(rows(desk, actor, text=wanted.text)) == count, wanted


def test_nobody_gets_a_list_that_the_journal_does_not_know_of(desk: Desk) -> None:
    desk.take()
    told: dict[str, Any] = {
        "language": "en",
        "zone": ZONE,
        "actor": desk.actor(Role.AGENT),
        "at": later(0),
    }
    with nothing_changes(), pytest.raises(RightMissing):
        take_out_lines(Wanted(), **told)


def test_whoever_handles_an_emergency_sees_the_whole_number(desk: Desk) -> None:
    help_, complaint = desk.take(category="help-fault", case_class=""), desk.take()
    handler = desk.actor(Role.HANDLER)
    paths = {
        name: frozenset({desk.shown(help_).unit_path}) for name in ("cases.see", "cases.handle")
    }
    crew = Actor("crew", handler.organisation, 0, paths)
    seen = {one.id: as_taken_out(one, crew).number for one in cases(Wanted(), actor=crew)}
    assert seen == {help_: "13800138000", complaint: "138****8000"}

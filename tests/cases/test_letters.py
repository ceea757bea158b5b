"""Letters of outside bodies (转办件): taken from a list, and answered in their form."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from rexian.cases.domain.letters import BadLetters, LetterRow, field_of, read_instant
from rexian.cases.queries.letters import Asked, answers, answers_workbook, letters_of
from rexian.cases.services.letters import (
    LetterPlan,
    letter_template,
    plan_letters,
    read_letter_list,
    take_letters,
)
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import OUTSIDER, nothing_changes, recorded

ZONE = "Asia/Shanghai"
TITLES = (
    "工单编号", "派单时间", "要求答复时间", "来电人", "联系电话", "诉求类型", "诉求内容",
    "答复方式",
)  # fmt: skip
LETTER = (
    "DH20261123001", "2026-11-23 09:15", "2026/11/27", "赵先生", "13800138000", "投诉",
    "柳村收费站收费员骂人。", "平台填报",
)  # fmt: skip


def workbook(*rows: Sequence[Any], above: str = "") -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    if above:
        page.append([above])
    for row in (TITLES, *rows):
        page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plan(desk: Desk, rows: Sequence[LetterRow], at: datetime = NOON) -> LetterPlan:
    return plan_letters(desk.house.code, body="12345", rows=rows, actor=desk.actor(), at=at)


def take(desk: Desk, rows: Sequence[LetterRow], at: datetime = NOON) -> list[tuple[int, bool]]:
    found = take_letters(desk.house.code, body="12345", rows=rows, actor=desk.actor(), at=at)
    return [(one.case, one.is_new) for one in found]


def letter(**changed: str) -> LetterRow:
    cells = {
        "number": "DH1", "matter": "收费员骂人", "answer_by": "2026-11-27", "phone": "13800138000",
    } | changed  # fmt: skip
    return LetterRow(2, cells)


@pytest.mark.django_db
def test_a_list_becomes_cases_with_their_number_their_deadline_and_their_form(desk: Desk) -> None:
    rows = read_letter_list(workbook(LETTER, above="12345 转办工单"))
    ((made, is_new),) = take(desk, rows)
    assert is_new
    case = desk.shown(made)
    assert (case.flow, case.source, case.state) == ("passed-on", "outside", "received")
    assert (case.outside_body, case.outside_number) == ("12345", "DH20261123001")
    assert (case.name, case.number) == ("赵先生", "13800138000")
    assert desk.clock(made, "outside-deadline").due_at == datetime(2026, 11, 27, 15, 59, tzinfo=UTC)
    (slip,) = desk.page(made).slips
    assert slip.values["received_at"] == "2026-11-23 09:15"
    assert slip.values["answer_way"] == "platform"


@pytest.mark.django_db
def test_the_same_number_again_is_the_same_case(desk: Desk) -> None:
    rows = [letter()]
    ((made, _),) = take(desk, rows)
    assert take(desk, rows) == [(made, False)]
    long_after = NOON + timedelta(days=30)  # the list is sent again, its deadline is over
    assert take(desk, [*rows, letter(number="DH2", answer_by="")], at=long_after)[0] == (
        made,
        False,
    )
    assert plan(desk, rows).new == 0
    assert len(recorded("cases.case_taken")) == 2


@pytest.mark.django_db
def test_what_is_wrong_is_told_row_by_row_and_nothing_is_half_done(desk: Desk) -> None:
    rows = [
        LetterRow(2, letter().cells),
        LetterRow(3, letter(number="DH1").cells),
        LetterRow(4, letter(number="DH3", matter=" ").cells),
        LetterRow(5, letter(number="DH4", answer_by="下周").cells),
        LetterRow(6, letter(number="DH5", answer_by="2026-11-20").cells),
        LetterRow(7, letter(number="DH6", phone="12").cells),
        LetterRow(8, letter(number="DH7", case_type="闲聊").cells),
        LetterRow(9, letter(number="DH8", phone="保密", name="匿名").cells),
    ]
    found = [(one.row, one.field) for one in plan(desk, rows).faults]
    assert found == [
        (3, "number"), (4, "matter"), (5, "answer_by"), (6, "answer_by"), (7, "phone"),
        (8, "case_type"),
    ]  # fmt: skip
    with nothing_changes(), pytest.raises(BadLetters) as refused:
        take(desk, rows)
    assert len(refused.value.faults) == 6
    assert str(refused.value).startswith("Row 3: ")
    assert "2" in refused.value.sentence("zh-Hans")


@pytest.mark.django_db
def test_whoever_takes_no_cases_takes_no_letters(desk: Desk) -> None:
    rows = [letter()]
    for who, refused in ((Role.HANDLER, RightMissing), (OUTSIDER, NotFound)):
        with nothing_changes(), pytest.raises(refused):
            take_letters(desk.house.code, body="12345", rows=rows, actor=desk.actor(who), at=NOON)
    with pytest.raises(BadLetters):
        take_letters(desk.house.code, body="x", rows=rows, actor=desk.actor(), at=NOON)


def answered(desk: Desk, made: int) -> None:
    hour = timedelta(hours=1)
    desk.move(made, "accept")
    desk.move(made, "hand-out", unit=desk.units["liucun"])
    desk.move(made, "sign", Role.HANDLER)
    desk.move(made, "resolve", Role.HANDLER, text="已批评教育", at=NOON + hour)
    desk.move(made, "find", Role.MANAGER, finding="partly", text="部分属实", at=NOON + hour)
    desk.move(made, "confirm", Role.CALLBACK_AGENT, at=NOON + 2 * hour)
    values = {
        "body_number": "DH1", "facts": "录像显示语气生硬", "result": "批评教育",
        "contacted": "yes", "satisfied": "yes",
    }  # fmt: skip
    text = "经查部分属实，已批评教育并致歉。"
    desk.move(made, "answer", Role.MANAGER, values=values, text=text, at=NOON + 3 * hour)


def this_week(body: str = "12345") -> Asked:
    return Asked(body=body, begins_at=NOON, ends_at=NOON + timedelta(days=7))


@pytest.mark.django_db
def test_answers_go_back_in_their_form_and_what_was_sent_back_with_its_reason(desk: Desk) -> None:
    (first, _), (second, _), _ = take(desk, [letter(), letter(number="DH2"), letter(number="DH3")])
    answered(desk, first)
    desk.move(second, "send-back", Role.MANAGER, reason="不属高速公路职责", at=NOON)
    actor = desk.actor(Role.MANAGER)
    told = list(answers(this_week(), actor=actor))
    assert [(one.case.id, one.sent_back) for one in told] == [
        (first, ""),
        (second, "不属高速公路职责"),
    ]
    file = io.BytesIO()
    answers_workbook(this_week(), file, actor=actor, language="zh-Hans", zone=ZONE)
    page = load_workbook(file).worksheets[0]
    row = [cell.value for cell in page[2]]
    for expected in (
        "DH1", "2026-11-27 23:59", "13800138000", "录像显示语气生硬", "批评教育",
        "经查部分属实，已批评教育并致歉。", "柳村收费站", "2026-11-23 15:00",
    ):  # fmt: skip
        assert expected in row
    assert list(answers(this_week("12328"), actor=actor)) == []
    assert [one.case.id for one in letters_of("12345", actor=actor)][-2:] == [second, first]
    with pytest.raises(RightMissing):
        answers(this_week(), actor=desk.actor(Role.AGENT))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "lacks the column"),
        (b"PK\x03\x04 nothing", "damaged"),
        ("姓名,电话\n".encode() * 9, "lacks the column"),
        (workbook(), "There is no letter"),
    ],
    ids=["empty", "damaged", "other-columns", "titles-alone"],
)
def test_what_is_no_list_of_letters_is_refused_in_words(content: bytes, message: str) -> None:
    with pytest.raises(BadLetters, match=message):
        read_letter_list(content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_bodies_use(encoding: str) -> None:
    text = "流水号,主要内容,电话\n'=1,说话\t难听,13800138000\n"
    (row,) = read_letter_list(text.encode(encoding))
    assert row.cells == {"number": "=1", "matter": "说话\t难听", "phone": "13800138000"}


def test_the_template_can_be_read_again() -> None:
    for language in ("zh-Hans", "zh-Hant", "en"):
        book = load_workbook(io.BytesIO(letter_template(language)))
        titles = [str(cell.value) for cell in book.worksheets[0][1]]
        assert all(field_of(one) for one in titles)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-23 09:15", "2026-11-23T09:15:00+08:00"),
        ("2026/1/3 9:05:07", "2026-01-03T09:05:07+08:00"),
        ("2026年11月23日 17时30分", "2026-11-23T17:30:00+08:00"),
        ("2026年11月23日17时", "2026-11-23T17:00:00+08:00"),
        ("2026-11-23T09:15:00Z", "2026-11-23T09:15:00+00:00"),
        ("2026-11-23", "2026-11-23T00:00:00+08:00"),
        ("2026-13-01", None),
        ("明天", None),
        ("", None),
    ],
)
def test_instants_are_read_as_bodies_write_them(text: str, told: str | None) -> None:
    found = read_instant(text, ZoneInfo(ZONE))
    assert (found.isoformat() if found else None) == told


def test_columns_are_known_by_their_many_names() -> None:
    names: Mapping[str, str] = {
        "工单编号": "number", "诉求内容（必填）": "matter", " 联系电话* ": "phone",
        "办结时限": "answer_by", "Their number": "number", "备注": "",
    }  # fmt: skip
    assert {one: field_of(one) for one in names} == dict(names)

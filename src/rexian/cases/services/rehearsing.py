"""Fill a database with cases that never were, to see how lists and searches do when it is large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from rexian.cases import models
from rexian.cases.adapters.words import write_many_words
from rexian.cases.domain.numbers import case_number
from rexian.cases.domain.searching import index_terms
from rexian.cases.queries.keys import number_key
from rexian.cases.queries.standards import day_of, version_now
from rexian.contacts.queries import HotlineShown, hotline_named
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.standard.domain.flows import Flow
from rexian.standard.queries.published import load_version

BATCH = 5_000
_OPEN_SHARE = 0.02
_WHAT = ("收费争议", "态度生硬", "车辆故障", "轮胎爆胎", "路面抛洒物", "发票未打印", "标志不清",
         "服务区卫生", "拖车费用", "绿通查验")  # fmt: skip
_WHERE = ("柳村收费站", "东山服务区", "北环高速", "西线养护站", "机场匝道", "南河大桥")
_HOW = ("客户要求尽快处理", "已说明政策仍不认可", "要求退还多收费用", "希望得到书面答复",
        "等待救援", "请核实录像", "要求当事人道歉", "反映多次未果")  # fmt: skip


class NotEmpty(Refused):
    """A database in which somebody works is not filled (403)."""

    code = "database-in-use"


@dataclass(frozen=True, slots=True)
class _Filling:
    hotline: HotlineShown
    version: int
    flows: tuple[Flow, ...]
    units: tuple[int, ...]
    at: datetime
    chance: Random


def fill_with_cases(
    hotline_code: str,
    count: int,
    *,
    units: tuple[int, ...],
    actor: Actor,
    at: datetime,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``count`` cases of the last two years, one in fifty still open, and no journal.

    For measuring alone: raises ``NotEmpty`` in a database that has more than a handful of cases.
    """
    if not actor.is_system or models.Case.objects.count() > BATCH:
        raise NotEmpty(mark("This database has cases of its own."))
    hotline = hotline_named(hotline_code)
    version = version_now(hotline, at)
    flows = tuple(load_version(version).casework.flows.values())
    filling = _Filling(hotline, version, flows, units, at, Random(7))  # noqa: S311 - nothing is kept secret by it
    for begun in range(0, count, BATCH):
        with transaction.atomic():
            _fill(filling, range(begun, min(begun + BATCH, count)), count)
        tell(min(begun + BATCH, count))
    _go_on_after()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(filling: _Filling, numbers: range, count: int) -> None:
    newest = models.Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made = [_case(filling, one, count) for one in numbers]
    key = number_key()
    for pk, row in enumerate(made, newest + 1):
        row.pk, row.reference = pk, case_number(day_of(filling.hotline, row.taken_at), pk, key)
    models.Case.objects.bulk_create(made)
    models.Party.objects.bulk_create(
        models.Party(case=one, unit_id=one.unit_id, part="holder", since_at=one.taken_at)
        for one in made
    )
    models.Step.objects.bulk_create(
        models.Step(case=one, seq=1, at=one.taken_at, kind="taken", state=one.state, round=1)
        for one in made
    )
    words = (
        (
            one.pk,
            index_terms(one.title, one.matter, one.place_text),
            index_terms(one.name, one.number),
        )
        for one in made
    )
    write_many_words(filling.hotline.organisation, words)


def _go_on_after() -> None:
    """Have PostgreSQL number further cases after those whose numbers were given."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('cases_case', 'id'), max(id)) FROM cases_case"
            )


def _case(filling: _Filling, number: int, count: int) -> models.Case:
    chance, flow = filling.chance, filling.flows[number % len(filling.flows)]
    taken_at = filling.at - timedelta(days=730) * (1 - number / count)
    is_open = chance.random() < _OPEN_SHARE
    state = flow.spec.first if is_open else _end(flow)
    what, where, how = (chance.choice(one) for one in (_WHAT, _WHERE, _HOW))
    unit = chance.choice(filling.units)
    columns: dict[str, Any] = {
        "organisation_id": filling.hotline.organisation,
        "hotline_id": filling.hotline.id,
        "source": "contact",
        "standard": filling.version,
        "flow": flow.id,
        "state": state,
        "standing": flow.standing(state),
        "case_type": next(iter(flow.spec.case_types), "enquiry"),
        "unit_id": unit,
        "home_id": unit,
        "name": f"{chance.choice('赵钱孙李周吴郑王')}先生",
        "number": f"139{chance.randrange(10**8):08d}",
        "title": f"{where}{what}",
        "matter": f"{where}{chance.randrange(900)}号车道，{what}，{how}。"
        f"车牌尾号{chance.randrange(1000)}。",
        "place_text": where,
        "taken_at": taken_at,
        "moved_at": taken_at,
        "due_at": taken_at + timedelta(hours=24) if is_open else None,
        "closed_at": None if is_open else taken_at + timedelta(hours=20),
        "steps": 1,
    }
    return models.Case(**columns)


def _end(flow: Flow) -> str:
    return next(one.id for one in flow.states.values() if one.standing == "closed")

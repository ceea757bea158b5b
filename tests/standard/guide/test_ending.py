"""A contact ends after both goodbyes, or by its protocol; else a reason is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from rexian.standard.domain import Speaker

from .conftest import Line, Play

BOTH = {Speaker.AGENT, Speaker.CUSTOMER}
AGENT, CUSTOMER = {Speaker.AGENT}, {Speaker.CUSTOMER}
TALK: list[Line] = ["客户：几点开？", "客服：九点。"]
SILENT: list[Line] = [
    "客户：漏水",
    "客服：您好，请问您是哪一栋？",
    60.0,
    "客服：请问您还在吗？",
    60.0,
    "客服：对不起，一直没有收到您的回复，我先结束本次服务，再见！",
]


@pytest.mark.parametrize(
    ("lines", "facts", "is_allowed", "farewells"),
    [
        pytest.param([], {}, False, set(), id="nothing-said"),
        pytest.param(TALK, {}, False, set(), id="in-the-middle"),
        pytest.param([*TALK, "客户：再见"], {}, False, CUSTOMER, id="only-the-customer"),
        pytest.param([*TALK, "客服：再见"], {}, False, AGENT, id="only-the-agent"),
        pytest.param([*TALK, "客户：拜拜", "客服：再见"], {}, True, BOTH, id="customer-first"),
        pytest.param([*TALK, "客服：再见", "客户：谢谢，再见"], {}, True, BOTH, id="agent-first"),
        pytest.param(
            [*TALK, "客户：再见", "客服：再见", "客户：谢谢"], {}, True, BOTH, id="thanks-after"
        ),
        pytest.param(
            [*TALK, "客户：再见", "客服：再见", "客户：哎等等，还要问一下票价"],
            {},
            False,
            set(),
            id="taken-back",
        ),
        pytest.param(
            [*TALK, "客户：骚扰你一下", "客服：对不起，您的要求不在我们的服务范围内。"],
            {"case_type": "nuisance"},
            True,
            set(),
            id="a-nuisance-was-declined",
        ),
    ],
)
@pytest.mark.parametrize("standard", ["centre", "highway"])
def test_goodbyes_of_both_sides_allow_the_end(
    play: Play,
    standard: str,
    lines: list[Line],
    facts: dict[str, Any],
    is_allowed: bool,
    farewells: set[Speaker],
) -> None:
    found = play(standard, lines, **facts).ending()
    assert (found.is_allowed, set(found.farewells)) == (is_allowed, farewells)
    assert found.reason_needed is not is_allowed


@pytest.mark.parametrize(("standard", "is_allowed"), [("centre", True), ("highway", False)])
def test_who_goes_first_is_the_standards_to_say(
    play: Play, standard: str, is_allowed: bool
) -> None:
    lines = [*TALK, "客户：没有了", "客服：感谢您的咨询，再见！"]
    assert play(standard, lines).ending().is_allowed is is_allowed


@pytest.mark.parametrize("standard", ["centre", "highway"])
def test_a_protocol_that_is_through_allows_the_end(play: Play, standard: str) -> None:
    early, through = play(standard, [*SILENT, 50.0]).ending(), play(standard, [*SILENT, 60.0])
    assert not early.is_allowed
    found = through.ending()
    assert (found.is_allowed, found.is_protocol_done, found.clause) == (True, True, "CC-3")


def test_the_clause_behind_a_refusal_is_named(play: Play) -> None:
    assert play("highway", TALK).ending().clause == "HW-3.9"
    assert play("centre", TALK).ending().title == "双方道别后结束"

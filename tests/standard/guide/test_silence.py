"""A silent customer is led through the steps to the end, in writing and on the telephone."""

from __future__ import annotations

import pytest

from rexian.standard.domain import load

from .conftest import Line, Play, play

ASKED = ["客户：楼上漏水", "客服：您好，请问您是哪一栋？"]
AGAIN = "客服：请问您还在吗？"
CLOSING = "客服：对不起，一直没有收到您的回复，我先结束本次服务，您需要时请随时再联系我们，再见！"
Step = tuple[str, int, int, str, float, str]


def step_of(lines: list[Line], standard: str = "centre", **facts: str) -> Step | None:
    """Return the step that is running: clause, its number, of how many, words, due, what then."""
    found = play(standard, lines, **facts).guide().step
    if found is None:
        return None
    words = found.say[0].text if found.say else ""
    return found.clause, found.number, found.of, words, found.due_at, found.then


ENDS = "对不起，一直没有收到您的回复，我先结束本次服务，您需要时请随时再联系我们，再见！"
STAYS_ON = "对不起，没有收到您的回复，我先结束本次服务了，感谢您的咨询，再见！"


@pytest.mark.parametrize("standard", ["centre", "highway"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["客户：楼上漏水"], None, id="it-is-our-turn"),
        pytest.param(
            ASKED, ("CC-3", 1, 3, "请问您还在吗？", 66.0, "say"), id="asked-in-the-middle"
        ),
        pytest.param(
            ["客服：您好，请讲。"],
            ("CC-3", 1, 3, "您好，请问有什么可以帮助您？", 63.0, "say"),
            id="never-spoken",
        ),
        pytest.param([*ASKED, 60.0, AGAIN], ("CC-3", 2, 3, ENDS, 129.0, "say"), id="asked-again"),
        pytest.param(
            [*ASKED, 60.0, AGAIN, 60.0, CLOSING],
            ("CC-3", 3, 3, "", 192.0, "hang_up"),
            id="only-the-end-is-left",
        ),
        pytest.param([*ASKED, 60.0, AGAIN, "客户：在的"], None, id="the-customer-is-back"),
        pytest.param(
            [*ASKED, 10.0, "客服：请您稍等，我查一下"], None, id="the-customer-waits-for-us"
        ),
        pytest.param([*ASKED, "[静音]"], None, id="on-hold"),
        pytest.param(
            [*ASKED, 5.0, "客服：是东边那栋吗？"],
            ("CC-3", 1, 3, "请问您还在吗？", 74.0, "say"),
            id="from-the-end-of-our-last-words",
        ),
        pytest.param(
            ["客户：几点开？", "客服：九点。请问还有什么可以帮助您？"],
            ("CC-35", 1, 2, STAYS_ON, 66.0, "say"),
            id="stays-on",
        ),
        pytest.param(
            ["客户：几点开？", "客服：九点。请问还有什么可以帮助您？", 60.0, f"客服：{STAYS_ON}"],
            ("CC-35", 2, 2, "", 129.0, "hang_up"),
            id="stays-on-after-the-words",
        ),
    ],
)
def test_in_writing_each_step_has_its_words_and_its_instant(
    standard: str, lines: list[Line], expected: Step | None
) -> None:
    assert step_of(lines, standard) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["客服：您好，请讲。"], ("CC-3", 1, 3, "您好，请问有什么可以帮助您？", 8.0, "say")),
        (
            ["客服：您好，请讲。", 5.0, "客服：您好，请问有什么可以帮助您？"],
            (
                "CC-3",
                2,
                3,
                "对不起，您的电话没有声音，请您换一部电话再次打来，好吗？再见！",
                16.0,
                "say",
            ),
        ),
        (ASKED, None),
    ],
    ids=["greeted", "asked-again", "not-once-the-customer-has-spoken"],
)
def test_on_the_telephone_the_steps_are_those_of_the_clause(
    lines: list[Line], expected: Step | None
) -> None:
    assert step_of(lines, channel="phone") == expected


def test_a_step_that_is_due_goes_first(play: Play) -> None:
    waiting, due = play("centre", [*ASKED, 59.0]).guide(), play("centre", [*ASKED, 60.0]).guide()
    assert waiting.next is not None
    assert waiting.next.rule == "opening"
    assert due.next is not None
    assert (due.next.rule, due.next.words[0].text) == ("silent-visitor", "请问您还在吗？")
    assert [one.rule for one in due.more] == ["opening"]


def test_the_seconds_are_the_organisations() -> None:
    standard = load("centre", {"silence_wait_chat": "90s"})
    found = play(standard, ASKED).guide().step
    assert found is not None
    assert found.due_at == 96.0


def test_an_agents_own_goodbye_waits_for_an_answer_and_no_longer() -> None:
    lines: list[Line] = ["客户：几点开？", "客服：九点，再见。"]
    assert step_of(lines, "highway") == ("HW-3.9", 1, 1, "", 66.0, "hang_up")
    assert not play("highway", lines).ending().is_allowed
    assert play("highway", [*lines, 60.0]).ending().is_allowed

"""Ways in which agents keep and break the gas hotline's clauses, worded as nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.standard.domain import Standard, Verdict, load

Judge = Callable[..., list[Verdict]]

GREETING = "客服：您好！临江中燃，十二号为您服务，请问有什么可以帮助您？"
CLOSE = ("客户：哦。", "客服：请问您还有什么问题吗？", "客户：没了。", "[客户挂机]")
HELD = ("[静音]", "[静默 20]", "[取消静音]")


@pytest.fixture(scope="module", name="gas")
def _gas() -> Standard:
    return load("gas")


@pytest.fixture(name="found")
def _found(judge: Judge, gas: Standard) -> Callable[..., set[str]]:
    """Return a function that tells the verdicts of one clause on a conversation."""

    def found(clause: str, *lines: str, **facts: str) -> set[str]:
        said = judge(gas, [GREETING, *lines], **facts)
        return {one.outcome.value for one in said if one.clause == clause}

    return found


Found = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("您先别放电话，我到台账里对一下，很快的。", "met"),
        ("劳您驾，在电话里等我几秒，我切到缴费页面看看。", "met"),
        ("你候着，我找找。", "missed"),
        ("嗯，那我翻翻。", "missed"),
    ],
)
def test_before_a_wait_the_agent_says_what_for_and_asks(
    found: Found, words: str, outcome: str
) -> None:
    lines = ("客户：查一下欠费。", f"客服：{words}", *HELD, "客服：先生您好，感谢您的等待。")
    assert found("GH-3.6", *lines) == {outcome}


@pytest.mark.parametrize(
    ("asked", "answer", "missed"),
    [
        ("可以用我妈的名字办吗？", "喊你妈来办。", True),
        ("可以送气上山吗？", "你咋不住月亮上呢。", True),
        ("能帮我约个清洗吗？", "找厂家去，跟我们没关系。", True),
        ("租房能开户吗？", "能，让房东出个证明就行。", False),
        ("能网上交吗？", "您自己在手机上交就可以。", False),
        ("能给我换个锁吗？", "实在不好意思，锁不归我们管，您可以请物业帮忙。", False),
    ],
)
def test_a_request_is_not_turned_away_in_passing(
    found: Found, asked: str, answer: str, missed: bool
) -> None:
    outcomes = found("GH-3.13", f"客户：{asked}", f"客服：{answer}", *CLOSE)
    assert ("missed" in outcomes) is missed


@pytest.mark.parametrize(
    ("lines", "missed"),
    [
        (("客户：那我考虑考虑……", "客服：考虑好再打，断了啊。"), True),
        (("客户：哎，等等啊，我媳妇要说两句。", "客服：没空等，拜拜。"), True),
        (("客户：嗯。", "[静默 5]", "客服：没动静了，我挂断了。"), True),
        (
            ("客户：行，我记一下。", "客服：您慢慢记。", "客户：好了，没事了。", "客服：再见。"),
            False,
        ),
        (("客户：我跟家里商量一下，回头再打，谢谢。", "客服：不客气，再见。"), False),
    ],
)
def test_who_lingers_is_not_cut_off(found: Found, lines: tuple[str, ...], missed: bool) -> None:
    told = ("客户：安检几时来？", "客服：下周三上午。", *lines, "[客服挂机]")
    assert ("missed" in found("GH-3.19", *told)) is missed


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("嘿嘿，我们师傅手抖呗。", "missed"),
        ("丽姐，你杯子挡我了，挪一下。", "missed"),
        ("谁骗你了？你有证据吗？没证据闭嘴。", "missed"),
        ("您这点气费，还不够我买杯奶茶的。", "missed"),
        ("我们会请王姐去现场，她是抄表组长。", "met"),
        ("您在外卖店用气的话，要按商业价。", "met"),
        ("抱歉没跟您说清楚，我再解释一遍。", "met"),
        ("您多大的灶？两眼还是三眼？", "met"),
    ],
)
def test_what_is_a_taboo_and_what_only_sounds_like_one(
    found: Found, words: str, outcome: str
) -> None:
    lines = ("客户：表的数字不对，多收了我钱。", f"客服：{words}", *CLOSE)
    assert found("GH-3.20", *lines) == {outcome}


def test_a_laugh_is_a_taboo_where_the_customer_complains(found: Found) -> None:
    lines = ("客户：今天真冷。", "客服：哈哈，是啊。", *CLOSE)
    assert found("GH-3.20", *lines, case_type="enquiry") == {"met"}
    assert "missed" in found("GH-3.20", *lines, case_type="complaint")

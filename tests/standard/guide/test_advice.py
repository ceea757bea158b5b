"""In each situation the guide has the words that the standard wants said next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rexian.standard.domain import Facts, Names, before_hold, inform

from .conftest import NAMES, Line, Play

GREETED = (
    "客服：您好，欢迎咨询云岭高速客户服务热线，客服代表018很高兴为您服务，请问有什么可以帮助您？"
)
OPENING = "您好，欢迎咨询云岭高速客户服务热线，客服代表018很高兴为您服务，请问有什么可以帮助您！"
ON_THE_PHONE = (
    "您好，欢迎致电云岭高速客户服务热线，客服代表018很高兴为您服务，请问有什么可以帮助您！"
)
LATE = "对不起，让您久等了！请问有什么可以帮助您？"
COMPLAINT = {"case_type": "complaint", "case_class": "complex"}
HELP = {"case_type": "help"}


@pytest.mark.parametrize(
    ("lines", "facts", "rule", "words"),
    [
        pytest.param([], {}, "opening", OPENING, id="greeting-in-writing"),
        pytest.param([], {"channel": "phone"}, "opening", ON_THE_PHONE, id="greeting-by-phone"),
        pytest.param([], {"waited": 45.0}, "late-answer-online", LATE, id="late-apology-first"),
        pytest.param([], {"waited": 5.0}, "opening", OPENING, id="in-time-no-apology"),
        pytest.param([45.0, "[接听]"], {}, "late-answer-online", LATE, id="late-by-the-answer"),
        pytest.param([45.0, "[自动接听]"], {}, "opening", OPENING, id="no-automatic-answer"),
        pytest.param(
            ["[响铃]", "[响铃]", "[响铃]", "[响铃]", "[接听]"],
            {"channel": "phone"},
            "late-answer",
            "对不起，刚才因为线路忙，让您久等了！请问有什么可以帮助您？",
            id="late-by-rings",
        ),
        pytest.param(
            [GREETED, "客户：几点开门？", "客服：九点。", "客户：谢谢。"],
            {},
            "thanks-answered",
            "请不必客气",
            id="thanks-are-answered",
        ),
        pytest.param(
            [GREETED, "客户：怎么这么慢啊"],
            {},
            "slowness",
            "对不起，让您久等了，我将尽快帮您处理。",
            id="blamed-for-slowness",
        ),
        pytest.param(
            [GREETED, "客户：你工号多少？"],
            {},
            "agent-identity",
            "对不起，我的工号是018号。",
            id="agent-number",
        ),
        pytest.param(
            [GREETED, "客户：你们是死人啊？"],
            {},
            "abuse",
            "对不起，先生/女士，请问有什么可以帮助您？",
            id="abuse-before-all",
        ),
        pytest.param(
            [GREETED, "客户：我要投诉，收费员冲我翻白眼"],
            COMPLAINT,
            "attitude-complaint",
            "对不起，由于我们服务不周给您添麻烦了，请您原谅，您是否能将详细情况告诉我？",
            id="attitude-apology",
        ),
        pytest.param(
            [GREETED, "客户：我要投诉，收费员冲我翻白眼", "客服：非常抱歉，让您受委屈了。"],
            COMPLAINT,
            "attitude-complaint",
            "请您留下姓氏和联系电话，我马上交给主管处理，好吗？",
            id="attitude-contact-after-apology",
        ),
        pytest.param(
            [GREETED, "客户：报修三天没人管，我要投诉"],
            {"case_type": None},
            "mistake-complaint",
            "对不起，给您添麻烦了，我会将您反映的问题如实上报主管，并尽快核实处理，"
            "给您带来的不便请您原谅！",
            id="the-customers-own-words-speak-though-the-type-is-unknown",
        ),
        pytest.param(
            [GREETED, "客户：我电话13812345678", 0.0],
            {},
            "number-read-back",
            "我跟您核对一下，号码是138 1234 5678，对吗？",
            id="number-read-back",
        ),
        pytest.param(
            [GREETED, "客户：我姓欧阳，想查一下费用"],
            {},
            "name-used",
            "欧阳先生/女士",
            id="name-used",
        ),
        pytest.param(
            [
                GREETED,
                "客户：多扣了我钱，我要投诉",
                "客服：对不起，我会如实上报主管，尽快核实。请问您的联系电话？",
                "客户：就这个号",
            ],
            COMPLAINT,
            "answer-time",
            "很抱歉，先生/女士，多谢您反映的意见，我们会尽快向上级部门反映，"
            "并在24小时之内给您明确的答复，再见！",
            id="promise-with-the-time-of-its-class",
        ),
        pytest.param(
            [GREETED, "客户：几点开门？", "客服：九点。", "客户：没别的事了"],
            {},
            "closing",
            "请问还有什么可以帮助您？",
            id="anything-else",
        ),
        pytest.param(
            [GREETED, "客户：几点开门？", "客服：九点。请问还有什么可以帮助您？", "客户：没有了"],
            {},
            "closing",
            "感谢您的咨询，若有问题请再次联系我们，谢谢再见！",
            id="closing-in-writing",
        ),
        pytest.param(
            [GREETED, "客户：嘿嘿，想找人聊天"],
            {"case_type": "nuisance"},
            "nuisance",
            "对不起，您的要求不在我们的服务范围内，请您结束本次咨询。",
            id="nuisance-in-writing",
        ),
        pytest.param(
            [GREETED, "客户：查一下", "客服：请您稍等，可以吗？", "客户：好的"],
            {},
            "wait-in-chat",
            "对不起，让您久等了。",
            id="thanked-after-a-wait",
        ),
    ],
)
def test_centre_has_the_next_words(
    play: Play, lines: list[Line], facts: dict[str, Any], rule: str, words: str
) -> None:
    found = play("centre", lines, **facts).guide().next
    assert found is not None
    assert (found.rule, found.words[0].text) == (rule, words)


@pytest.mark.parametrize(
    ("lines", "facts", "rule", "words"),
    [
        pytest.param(
            [], {}, "highway-greeting", "您好！很高兴为您服务，请问有什么可帮您？", id="greeting"
        ),
        pytest.param(
            [],
            {"day": "holiday"},
            "holiday-greeting",
            "国庆节快乐，很高兴为您服务，请问有什么可以帮您？",
            id="holiday",
        ),
        pytest.param(["客户：车坏了"], HELP, "safety-reminder", "", id="safety-first"),
        pytest.param([], {"waited": 31.0}, "late-answer-online", LATE, id="late-in-writing"),
        pytest.param(
            ["客户：追尾了", "客服：请所有人撤到护栏外面去。", "客户：好"],
            HELP,
            "urgent-record",
            "请问您现在的具体位置在哪里？哪条高速、往哪个方向、桩号是多少？",
            id="place-first",
        ),
        pytest.param(
            ["客户：K127往南，追尾了", "客服：请所有人撤到护栏外面去。", "客户：撤了"],
            HELP,
            "urgent-record",
            "请问您的联系电话是？",
            id="number-once-the-place-is-known",
        ),
        pytest.param(
            ["客户：K127往南，四个人，电话13812345678", "客服：请撤到护栏外，号码13812345678对吗"],
            HELP,
            "urgent-record",
            "请问您贵姓？",
            id="what-the-customer-said-is-not-asked",
        ),
        pytest.param(
            ["客服：您好，很高兴为您服务，请问有什么可帮您？", "客户：清水到望江封没封路"],
            {},
            "purpose-repeated",
            "您是想【请填写】，对吗？",
            id="main-points-repeated",
        ),
    ],
)
def test_highway_has_the_next_words(
    play: Play, lines: list[Line], facts: dict[str, Any], rule: str, words: str
) -> None:
    found = play("highway", lines, **facts).guide(replace(NAMES, holiday="国庆节")).next
    assert found is not None
    assert found.rule == rule
    assert found.words[0].text == (words or found.words[0].text)


def test_a_holiday_greeting_stands_alone(play: Play) -> None:
    assert list(play("highway", [], day="holiday").advice()) == ["holiday-greeting"]


def test_what_is_met_is_wanted_no_more(play: Play) -> None:
    assert play("centre", [GREETED]).advice() == {}


def test_nothing_is_wanted_after_both_goodbyes(play: Play) -> None:
    lines = [GREETED, "客户：几点开门？", "客服：九点，再见。", "客户：再见"]
    assert play("centre", lines).guide().next is None


def test_advice_says_its_clause_its_title_and_why(play: Play) -> None:
    lines = [GREETED, "客户：几点开门？", "客服：九点。", "客户：谢谢你啊"]
    found = play("centre", lines).guide().next
    assert found is not None
    assert (found.clause, found.title) == ("CC-31", "客户致谢要回应")
    assert found.why_now == "客户说：“谢谢你啊”"
    assert found.is_ours  # 再来电 does not fit, and the pack says so


def test_advice_is_given_in_the_readers_language_and_its_words_as_prescribed(play: Play) -> None:
    played = play("centre", [GREETED, "客户：你工号多少？"])
    found = played.guide(language="en").next
    assert found is not None
    assert found.title == "gives only the agent number"
    assert found.why_now == "the customer said: 你工号多少？"
    assert found.words[0].text == "对不起，我的工号是018号。"


def test_what_is_not_known_stays_a_blank(play: Play) -> None:
    found = play("centre", [], channel="phone").guide(Names()).next
    assert found is not None
    assert found.words[0].blanks == ("【公司名称】", "【工号】")
    assert found.words[0].text.startswith(
        "您好，欢迎致电【公司名称】客户服务热线，客服代表【工号】"
    )


def test_a_title_that_the_agent_has_used_is_used_again(play: Play) -> None:
    lines = [GREETED, "客户：我姓王", "客服：王女士，请讲。", "客户：你们是死人啊？"]
    found = play("centre", lines).guide().next
    assert found is not None
    assert found.words[0].text == "对不起，王女士，请问有什么可以帮助您？"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([GREETED, "客户：查一下进度"], True),
        ([GREETED, "客户：查一下进度", "客服：请您稍等片刻，好吗？"], True),
        ([GREETED, "客户：查一下", "客服：请您稍等片刻，好吗？", "客户：好的"], False),
        (
            [GREETED, "客户：查", "客服：请您稍等，好吗？", "客户：好的", "[静音]", "[取消静音]"],
            True,
        ),
    ],
    ids=["not-asked", "asked", "agreed", "asked-again-for-another-hold"],
)
def test_a_hold_is_asked_for_first(play: Play, lines: list[Line], wanted: bool) -> None:
    played = play("centre", lines)
    found = before_hold(played.standard, played.state, names=NAMES)
    assert (found is not None) == wanted
    assert found is None or found.words[0].text == "对不起，请您稍等片刻，好吗？"


def test_thanks_for_waiting_are_wanted_once_the_hold_is_over(play: Play) -> None:
    asked: list[Line] = [GREETED, "客户：查一下", "客服：请您稍等片刻，好吗？", "客户：好的"]
    held = play("centre", [*asked, "[静音]"], channel="phone")
    back = play("centre", [*asked, "[静音]", 20.0, "[取消静音]"], channel="phone")
    assert "hold" not in held.advice()
    assert next(iter(back.advice().items())) == ("hold", ("对不起，让您久等了。",))


def test_facts_that_become_known_open_what_they_bring_about(play: Play) -> None:
    played = play("highway", ["客户：我这车有点不对劲"])
    assert "safety-reminder" not in played.advice()
    known = Facts("chat", "in", "help")
    later = replace(played, state=inform(played.standard, played.state, known))
    assert next(iter(later.advice())) == "safety-reminder"


def test_a_customer_who_is_stranded_says_so_outright(play: Play) -> None:
    played = play("highway", ["客户：车坏在应急车道上了"])
    assert "safety-reminder" in played.advice()


def test_facts_that_become_known_silence_what_they_rule_out(play: Play) -> None:
    played = play("centre", [GREETED, "客户：报修三天没人管"])
    assert "mistake-complaint" in played.advice()
    known = Facts("chat", "in", "enquiry")
    later = replace(played, state=inform(played.standard, played.state, known))
    assert later.advice() == {}

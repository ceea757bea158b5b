"""The pack of the service counter: what its examples alone do not show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.truth import compare
from rexian.dialogue.services import read_paths
from rexian.standard.domain import Facts, Names, Outcome, feed, guide, inspect, load, start
from rexian.standard.domain.pack.documents import Written
from rexian.standard.domain.pack.talk import lay_out
from rexian.standard.queries import coverage

LABELLED = Path(__file__).parents[2] / "labelled" / "counter-odd.jsonl"
AT_THE_COUNTER = Facts(channel="counter", direction="in", case_type="enquiry")
ON_THE_PHONE = Facts(channel="phone", direction="in", case_type="enquiry")
CURT = (
    "客服：下一个！",
    "客户：我这个月话费多了六十，怎么回事？",
    "客服：身份证拿出来，手机号报一下。",
    "客户：给。",
    "客服：先去那边填表，填完再过来排队。",
    "客户：哦。",
    "客服：就这个流程，下一个！",
)
PRESCRIBED = (
    "欢迎光临",
    "欢迎来到",
    "您好！",
    "早上好！",
    "下午好！",
    "再见",
    "慢走",
    "走好",
    "欢迎再次光临！",
    "需要我的帮助吗？",
    "我的解释您满意吗？",
    "很高兴能为您服务，我会尽量按照您的要求去做",
    "谢谢您的夸奖",
    "谢谢您的建议",
    "多谢您的合作",
)


def judged(lines: Sequence[str], facts: Facts) -> dict[str, set[Outcome]]:
    """Return what the pack says of a conversation, by clause."""
    events = lay_out(map(Written, lines))
    found: dict[str, set[Outcome]] = {}
    for one in inspect(load("counter"), facts, events).verdicts:
        found.setdefault(one.clause, set()).add(one.outcome)
    return found


def convicted(lines: Sequence[str], facts: Facts) -> set[str]:
    """Return the clauses that the pack finds missed."""
    return {name for name, said in judged(lines, facts).items() if Outcome.MISSED in said}


def test_where_the_counter_has_its_own_the_hotline_s_words_convict_nobody() -> None:
    found = convicted(("[响铃 5]", *CURT, "[客服挂机]"), ON_THE_PHONE)
    assert {"WC-3.2", "WC-3.4", "WC-3.5"} <= found
    assert not found & {"CC-1", "CC-15", "CC-20", "CC-21", "CC-33", "CC-34"}


def test_what_is_rude_stays_forbidden_at_the_counter() -> None:
    lines = ("[响铃 2]", "客服：您好，这里是营业厅。", "客户：问一下开门时间。", "客服：九点。")
    rude = (*lines, "客户：哦。", "客服：没事了吧，没事您挂电话吧。")
    assert "CC-34" in convicted(rude, ON_THE_PHONE)
    assert "CC-34" not in convicted(lines, ON_THE_PHONE)


def test_a_wait_is_asked_for_on_the_telephone_and_not_face_to_face() -> None:
    held = ("[静音]", "[静默 20]", "[取消静音]")
    lines = [
        "客服：您好。",
        "客户：过户。",
        "客服：等一下。",
        *held,
        "客服：查到了。",
        "客户：好。",
    ]
    assert "CC-22" in convicted(lines, ON_THE_PHONE)
    assert "CC-22" not in judged(lines, AT_THE_COUNTER)


def test_name_or_number_is_decided_and_says_why() -> None:
    shown = {one.clause.id: one for one in coverage("counter")}["CC-24"]
    assert shown.override is not None
    assert shown.override.by == "WC-3.5"
    assert "姓名或工号" in shown.override.reason["zh-Hans"]
    named = ("客服：您好。", "客户：姑娘你贵姓？", "客服：我姓计，您叫我小计就行。")
    assert "CC-24" not in convicted(named, AT_THE_COUNTER)
    private = (*named[:2], "客服：我叫小计，你加我微信吧。")
    assert "CC-24" in convicted(private, AT_THE_COUNTER)


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [("105", Outcome.MET), ("130", Outcome.MET), ("150", Outcome.SUSPECT), ("170", Outcome.MISSED)],
)
def test_about_120_characters_a_minute_has_its_tolerance(rate: str, outcome: Outcome) -> None:
    long = "过户请您和您父亲带上身份证一起来，两位都要签字，周末是上午九点到下午五点"
    lines = (
        f"[语速 {rate}]",
        *(line for _ in range(3) for line in (f"客服：{long}。", "客户：好。")),
    )
    assert judged(lines, AT_THE_COUNTER)["WC-3.3"] == {outcome}


def test_a_single_fast_turn_is_no_fault_of_the_voice() -> None:
    long = "过户请您和您父亲带上身份证一起来，两位都要签字，周末是上午九点到下午五点" * 4
    lines = ("[语速 260]", "客户：怎么办？", f"客服：{long}。", "客户：好。")
    assert "WC-3.3" not in judged(lines, AT_THE_COUNTER)


def test_a_curt_instruction_among_kind_words_is_no_order() -> None:
    kind = ("客服：您好，请您把户号给我看看好吗？", "客户：给。", "客服：扫这边，好了，交清了。")
    assert judged(kind, AT_THE_COUNTER)["WC-3.2"] == {Outcome.MET}
    curt = ("客服：户号。", "客户：给。", "客服：扫这边，好了，交清了。")
    assert judged(curt, AT_THE_COUNTER)["WC-3.2"] == {Outcome.MISSED}


def test_every_prescribed_word_is_said_to_the_clerk() -> None:
    scenes = [one for one in load("counter").pack.sections.scenes if one.clause == "WC-3.4"]
    said = {words for one in scenes for words in one.all_words()}
    assert said >= set(PRESCRIBED)


def test_the_guide_welcomes_first_and_sees_off_last() -> None:
    standard = load("counter")
    state = start(standard, AT_THE_COUNTER)
    names = Names(company="阳光路营业厅")
    shown: list[set[str]] = []
    lines = ("客服：您好，请问办什么？", "客户：交话费。", "客服：交好了。", "客户：谢谢，没事了。")
    for line in ("", *lines):
        for event in lay_out([Written(line)]) if line else ():
            state = feed(standard, state, event)[0]
        now = guide(standard, state, at=60.0, names=names, language="zh-Hans")
        shown.append({str(word) for one in (now.next, *now.more) if one for word in one.words})
    assert "欢迎光临" in shown[0]
    assert "慢走" not in shown[1]
    assert "慢走" in shown[-1]


def test_no_clause_waits_for_wording_any_more() -> None:
    assert [one.clause.id for one in coverage("counter") if one.waiting_for == "dialogue"] == []


def test_the_odd_wordings_are_judged_as_they_were_labelled() -> None:
    read = [one for one in read_paths([LABELLED]) if isinstance(one, Conversation)]
    assert len(read) == len(LABELLED.read_text("utf-8").splitlines())
    standard = load("counter")
    pairs = [(one.labels, inspect(standard, one.facts, one.events()).verdicts) for one in read]
    total = compare(pairs, ("WC",)).total
    shares = (total.met, total.missed, total.said_met, total.said_missed)
    assert min(map(float, shares)) >= 0.95, json.dumps([str(one) for one in shares])

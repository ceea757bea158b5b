"""What the gas hotline's examples cannot show: its figures, its words, what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.truth import compare
from rexian.dialogue.services import read_paths
from rexian.standard.domain import Names, Standard, Verdict, guide, inspect, load
from rexian.standard.domain import start as begin
from rexian.standard.domain.events import Facts
from rexian.standard.domain.wording import Filler
from rexian.standard.queries import coverage

ODD = Path(__file__).parents[2] / "labelled" / "gas-odd.jsonl"
BAR = 0.95
NAMES = Names(company="临江中燃", agent_number="12", promised="2小时", part_of_day="evening")
OWN = ("GH-", "OP-")

Judge = Callable[..., list[Verdict]]


@pytest.fixture(scope="module", name="gas")
def _gas() -> Standard:
    return load("gas")


@pytest.fixture(name="said")
def _said(judge: Judge, gas: Standard) -> Callable[..., dict[str, set[str]]]:
    """Return a function that tells what is said of each clause in a conversation."""

    def said(lines: Sequence[str], standard: Standard = gas, **facts: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in judge(standard, lines, **facts):
            found.setdefault(one.clause, set()).add(one.outcome.value)
        return found

    return said


Said = Callable[..., dict[str, set[str]]]


def test_every_clause_is_carried_out_and_none_waits_for_rules_any_more() -> None:
    found = coverage("gas")
    assert [one.clause.id for one in found if one.clause.waiting_for == "dialogue"] == []
    assert [one.clause.id for one in found if one.clause.id.startswith(OWN) and not one.means] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "您好！××中燃，**号为您服务，请问有什么可以帮助您？",
            "您好！临江中燃，12号为您服务，请问有什么可以帮助您？",
        ),
        ("您好！我是XX中燃客服中心XX号", "您好！我是临江中燃客服中心12号"),
        ("并在XX小时内给您回复。", "并在2小时内给您回复。"),
        ("XX先生/女士您好。", "先生/女士您好。"),
        ("您的电话号码是XXXXXX对吗？", "您的电话号码是【号码】对吗？"),
        ("早上好！", "晚上好！"),
    ],
)
def test_the_marks_of_its_wording_are_filled(gas: Standard, sentence: str, expected: str) -> None:
    assert Filler(gas.wordings, NAMES, "zh-Hans").fill(sentence).text == expected


def test_the_guide_begins_with_the_first_words_of_the_hotline(gas: Standard) -> None:
    facts = Facts(channel="phone", direction="in", case_type="enquiry")
    found = guide(gas, begin(gas, facts), at=0.0, names=NAMES, language="zh-Hans")
    assert found.next is not None
    assert (found.next.clause, found.next.words[0].text) == (
        "GH-3.3",
        "您好！临江中燃，12号为您服务，请问有什么可以帮助您？",
    )


CALL = ["客服：您好！临江中燃，十二号为您服务，请问有什么可以帮助您？", "客户：查一下气费。"]
STAYS_ON = [*CALL, "客服：三十元。请问您还有什么问题吗？", "[静默 3]"]


def test_the_seconds_of_a_clause_are_parameters(said: Said) -> None:
    lines = [
        *STAYS_ON,
        "客服：您好，请问还有其它问题吗，如果没有请挂机。",
        "[静默 3]",
        "[客服挂机]",
    ]
    assert said(lines)["GH-3.19"] == {"met"}
    assert said(lines)["GH-3.20"] == {"not_applicable"}
    slower = said(lines, load("gas", {"stay_on_wait": "5s"}))
    assert (slower["GH-3.19"], slower["GH-3.20"]) == ({"missed"}, {"missed"})


def test_a_promise_is_kept_to_the_hours_of_its_class(said: Said) -> None:
    lines = [*CALL, "客户：我要投诉。", "客服：很抱歉，多谢您反映的意见，明天给您回复。"]
    told = {"case_type": "complaint"}
    assert said(lines, case_class="simple", **told)["GH-3.14"] == {"missed"}
    assert said(lines, case_class="complex", **told)["GH-3.14"] == {"met"}
    longer = load("gas", {"reply_simple": "24h"})
    assert said(lines, longer, case_class="simple", **told)["GH-3.14"] == {"met"}


def test_a_call_out_a_nuisance_and_the_network_are_left_alone(said: Said) -> None:
    out = said(
        [
            "客服：您好！我是临江中燃客服中心十二号，请问您是佟先生吗？",
            "客户：是。",
            "客服：再见。",
        ],
        direction="out",
    )
    assert "GH-3.3" not in out
    assert out["GH-3.4"] == {"met"}
    silent = ["客户：您拨打的电话已关机。", "客服：关机了，晚点再打。", "[客服挂机]"]
    unreached = set[str]().union(*said(silent, direction="out").values())
    assert unreached.isdisjoint({"missed", "suspect"})
    nuisance = [
        *CALL[:1],
        "客户：妹妹陪我聊聊天呗。",
        "客服：对不起，您的要求不在我们的服务范围内，请您挂机。",
        "[客服挂机]",
    ]
    assert said(nuisance, case_type="nuisance")["GH-3.20"] == {"not_applicable"}


def test_the_clauses_of_the_centre_do_not_accuse_twice(said: Said) -> None:
    lines = ["客服：您好，说。", "客户：停气到几点？", "客服：四点。", "[静音]", "[静默 20]"]
    found = said([*lines, "[取消静音]", "客服：没有我挂了。", "[客服挂机]"])
    missed = {clause for clause, outcomes in found.items() if "missed" in outcomes}
    assert {"GH-3.3", "GH-3.6", "GH-3.7", "GH-3.20"} <= missed
    assert missed.isdisjoint({"CC-1", "CC-3", "CC-9", "CC-22", "CC-33", "CC-34", "CC-35"})


def test_a_short_call_is_not_judged_by_its_rate_and_a_soft_limit_is_only_doubtful(
    gas: Standard, said: Said
) -> None:
    assert "GH-3.1" not in said(["客服：您好。", "客户：喂。", "客服：您讲。"])
    (rule,) = (one for one in gas.pack.sections.voice if one.id == "gas-rate")
    assert (rule.at_least, rule.at_most, rule.tolerance, rule.doubtful) == (180, 200, 0.05, 0.1)


def test_conversations_in_odd_wording_are_judged_as_a_person_judged_them(gas: Standard) -> None:
    read = [one for one in read_paths([ODD]) if isinstance(one, Conversation)]
    found = compare(
        ((one.labels, inspect(gas, one.facts, one.events()).verdicts) for one in read), ()
    )
    assert len(read) == 52
    total = found.total
    shares = (total.met, total.missed, total.said_met, total.said_missed)
    assert min(map(float, shares)) >= BAR, found
    assert found.innocent_convicted == 0

"""What the examples of the lessons pack cannot show: parameters, the guide, which clause rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rexian.standard.domain import Facts, Outcome, Standard, inspect, load
from rexian.standard.domain.pack.documents import NOWHERE, Node, Written
from rexian.standard.domain.pack.talk import lay_out
from tests.standard.guide.conftest import Line, play

OPENED = "客服：您好！欢迎登录速考通服务平台，请问有什么需要帮助的？"
NOTHING = (
    "您好，我这里收不到您的回应或听不到您的声音，可能是线路问题，"
    "麻烦您重新登录或换部电话重新拨打我们的服务电话。"
)
Step = tuple[int, str, float, str]


@pytest.fixture(scope="module")
def lessons() -> Standard:
    return load("lessons")


@pytest.fixture(scope="module")
def other_house() -> Standard:
    """Return the pack as a platform of another name and with more patience has it."""
    return load("lessons", {"brand": "驾行", "silence_greet": "8s", "silence_greet_chat": "90s"})


def said_of(
    standard: Standard, lines: Sequence[str], clause: str, **facts: Any
) -> dict[str, set[str]]:
    """Return by rule what is said on a clause of a conversation written in lines."""
    talk = lay_out(Written.from_node(Node(one, NOWHERE)) for one in lines)
    found: dict[str, set[str]] = {}
    known = replace(Facts("phone", "in", "enquiry"), **facts)
    for one in inspect(standard, known, talk).verdicts:
        if one.clause == clause:
            found.setdefault(one.rule, set()).add(one.outcome)
    return found


def step_of(lines: list[Line], standard: Standard, channel: str) -> Step | None:
    """Return the step that is running: its number, the words, when it is due, what then."""
    found = play(standard, lines, channel=channel, case_type="enquiry").guide().step
    if found is None:
        return None
    words = found.say[0].text if found.say else ""
    return found.number, words, found.due_at, found.then


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([OPENED], (1, "您好，先生/女士！", 23.0, "say"), id="greet"),
        pytest.param(
            [OPENED, 20.0, "客服：您好，先生！"],
            (2, "您好，先生/女士您还在吗？", 46.0, "say"),
            id="still-there",
        ),
        pytest.param(
            [OPENED, 20.0, "客服：您好，先生您还在吗？"],
            (3, NOTHING, 46.0, "say"),
            id="the-first-words-were-the-greeting",
        ),
        pytest.param(
            [OPENED, 20.0, "客服：您还在吗？", 20.0, f"客服：{NOTHING}"],
            (4, "感谢您的来访，再见！", 59.0, "say"),
            id="goodbye",
        ),
        pytest.param([OPENED, "客户：在的"], None, id="the-customer-is-there"),
        pytest.param(
            [OPENED, "客户：约课", "客服：请您稍等"], None, id="the-customer-waits-for-us"
        ),
    ],
)
def test_a_silent_visitor_is_led_through_the_four_steps(
    lessons: Standard, lines: list[Line], expected: Step | None
) -> None:
    assert step_of(lines, lessons, "chat") == expected


def test_the_seconds_are_parameters_of_each_channel(other_house: Standard) -> None:
    first = ["客服：您好！速考通三号为您服务，请问有什么需要帮助的？"]
    by_phone, online = (
        step_of([*first], other_house, "phone"),
        step_of([*first], other_house, "chat"),
    )
    assert by_phone is not None
    assert online is not None
    assert (by_phone[2], online[2]) == (11.0, 93.0)


def test_after_the_four_steps_the_agent_may_leave(lessons: Standard) -> None:
    steps: list[Line] = [OPENED, 20.0, "客服：您还在吗？", 20.0, f"客服：{NOTHING}"]
    assert not play(lessons, steps).ending().is_allowed
    assert play(lessons, [*steps, 10.0, "客服：感谢您的来访，再见！"]).ending().is_allowed


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("chat", "您好！欢迎登录驾行服务平台，请问有什么需要帮助的？"),
        ("phone", "您好！驾行018号为您服务，请问有什么需要帮助的？"),
    ],
)
def test_the_platforms_name_is_a_parameter_of_words_and_rules(
    other_house: Standard, channel: str, words: str
) -> None:
    assert play(other_house, [], channel=channel).advice()["first-words"][0] == words
    said = f"客服：{words}".replace("服务平台", "")
    assert said_of(other_house, [said], "SK-6.1", channel=channel) == {"first-words": {Outcome.MET}}


SETTLED = ("客服：您好！速考通三号为您服务，请问有什么需要帮助的？", "客户：我姓葛，想约周六。")


@pytest.mark.parametrize(
    ("lines", "ruling", "ruled"),
    [
        pytest.param(
            ["客服：在，说。", "客户：约课。", "客服：约了。"], "SK-6.1", "CC-1", id="opening"
        ),
        pytest.param(
            [*SETTLED, "客服：约了。", "客户：哦。", "客服：嗯。"], "SK-6.3", "CC-34", id="closing"
        ),
        pytest.param(
            [*SETTLED, "客服：约了。", "客户：哦。", "客服：嗯。"], "SK-5.2", "CC-2b", id="address"
        ),
        pytest.param(
            [*SETTLED, "客服：约了。", "客户：我建议你们多开晚场。", "客服：提的人多了。"],
            "SK-6.6",
            "CC-25",
            id="suggestion",
        ),
        pytest.param([SETTLED[0], "[静默 9]", "[客服挂机]"], "SK-6.4", "CC-3", id="silence"),
    ],
)
def test_of_two_clauses_on_one_act_the_platforms_own_rules(
    lessons: Standard, lines: list[str], ruling: str, ruled: str
) -> None:
    assert Outcome.MISSED in set().union(*said_of(lessons, lines, ruling).values())
    assert said_of(lessons, lines, ruled) == {}


def test_what_the_shared_layer_forbids_stays_forbidden(lessons: Standard) -> None:
    rude = [*SETTLED, "客服：约了。没事了吧，没事您挂电话吧。"]
    assert said_of(lessons, rude, "CC-34") == {"closing": {Outcome.MISSED}}
    pressed = ["客服：您好！", "客服：喂？说话呀，再不说话我挂了啊。"]
    assert said_of(lessons, pressed, "CC-3") == {"silent-call-rude": {Outcome.MISSED}}


def test_a_nuisance_is_not_asked_what_else_it_needs(lessons: Standard) -> None:
    lines = [
        "客服：您好！",
        "客户：陪我聊聊呗。",
        "客服：对不起，这不在我们的服务范围内。",
        "客户：切。",
    ]
    assert said_of(lessons, lines, "SK-6.2", case_type="nuisance") == {}
    said = said_of(lessons, lines, "SK-6.4", case_type="nuisance")
    assert said["nuisance-left"] == {Outcome.MET}


@pytest.mark.parametrize(
    ("told", "used", "outcome"),
    [
        ("我姓章，在机械厂当厂长。", "章厂长", Outcome.MET),
        ("我姓章，在机械厂当厂长。", "章先生", Outcome.MISSED),
        ("我姓章，是师大的教授。", "章老师", Outcome.MISSED),
        ("我姓章，是三中的老师。", "章老师", Outcome.MET),
        ("我姓章，是三中的老师。", "章女士", Outcome.MISSED),
        ("我姓章，叫我小章就行，我是老师。", "章同学", Outcome.MET),
        ("我姓章，想换李老师的课。", "章女士", Outcome.MET),
        ("我姓章。", "张老师", Outcome.MET),  # a homophone may be the recognition's
        ("我姓章。", "汪老师", Outcome.MISSED),
        ("我姓章。", "亲", Outcome.MISSED),
    ],
)
def test_the_higher_form_of_address_goes_before_the_lower(
    lessons: Standard, told: str, used: str, outcome: Outcome
) -> None:
    lines = [
        "客服：请问您怎么称呼？",
        f"客户：{told}",
        f"客服：{used}，您想约哪天？",
        "客户：周六。",
    ]
    assert said_of(lessons, lines, "SK-5.2")["form-of-address"] == {outcome}


def test_what_people_say_in_odd_words_is_known() -> None:
    assert load(Path(__file__).parent / "odd_wordings").pack.sections.acts

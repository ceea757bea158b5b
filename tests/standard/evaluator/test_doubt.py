"""What recognition was unsure of convicts nobody; what it plainly misheard is credited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from rexian.standard.domain import Event, Facts, Speaker, Standard, Turn, inspect, load
from rexian.standard.domain.events import Voice

RULES = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
  - {id: wait, title: 请稍等, is: {phrase: [请您稍等片刻]}}
  - {id: number, title: 复述号码, is: {reads_back: right}}
  - {id: thanks, title: 致谢, is: {phrase: [谢谢]}}
scenes:
  - {id: greeting, clause: T-1, title: 问候, when: start, decided: end, expect: {agent: wait}}
  - id: answer
    clause: T-2
    title: 回应
    when: {customer: thanks}
    within: 1
    expect: {agent: greet}
  - {id: rude, clause: T-3, title: 粗话, never: {phrase: [等着吧]}}
forbidden:
  - {id: words, clause: T-3, title: 禁用词, words: [{word: 不知道, is: {phrase: [不知道]}}]}
"""
DIGITS = """
acts:
  - {id: number, title: 复述号码, is: {reads_back: right}}
scenes:
  - id: said-back
    clause: T-1
    title: 复述
    when: {customer: {digits: {at_least: 7}}}
    within: 1
    expect: {agent: number}
  - {id: wrong, clause: T-2, title: 复述错, never: {reads_back: wrong}}
"""
AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
Said = tuple[Speaker, str]


def heard(said: Sequence[Said]) -> list[Event]:
    """Return turns as they were heard, with what stands in brackets unsure."""
    return [_heard(index, by, text) for index, (by, text) in enumerate(said)]


def _heard(index: int, by: Speaker, text: str) -> Turn:
    plain, pieces = "", []
    for part in text.split("]"):
        sure, _, unsure = part.partition("[")
        plain += sure
        if unsure:
            pieces.append((len(plain), len(plain) + len(unsure)))
        plain += unsure
    return Turn(index, by, plain, index * 10.0, index * 10.0 + 5, Voice(tuple(pieces)))


def verdicts(standard: Standard, events: Sequence[Event], clause: str) -> list[str]:
    """Return the outcomes of a clause that the standard says of a call."""
    found = inspect(standard, Facts("phone", "in"), events).verdicts
    return [one.outcome.value for one in found if one.clause == clause]


@pytest.fixture
def standard(small_standard: Callable[[str], Standard]) -> Standard:
    """Return a standard of a few words."""
    return small_standard(RULES)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("我不知道。", "missed", id="sure"),
        pytest.param("我[不]知道。", "undecided", id="unsure"),
        pytest.param("我不知道[吗]。", "undecided", id="beside-it"),
        pytest.param("我不知道，[您看]。", "missed", id="in-another-clause"),
    ],
)
def test_a_forbidden_word_convicts_on_sure_characters_alone(
    standard: Standard, said: str, expected: str
) -> None:
    assert expected in verdicts(standard, heard([(AGENT, said)]), "T-3")


def test_words_that_are_never_said_are_doubted_where_they_are_unsure(standard: Standard) -> None:
    assert "undecided" in verdicts(standard, heard([(AGENT, "行，[等着]吧。")]), "T-3")
    assert "missed" in verdicts(standard, heard([(AGENT, "行，等着吧。")]), "T-3")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("请您稍等片刻。", ["met"], id="said"),
        pytest.param("请您烧等骗刻。", ["met"], id="by-sound"),
        pytest.param("请您稍等[片可]。", ["met"], id="nearly-all-of-it"),
        pytest.param("[进]您[手]东[片]和。", ["undecided"], id="may-have-been-said"),
        pytest.param("[再见]。", ["missed"], id="sounds-like-nothing-of-it"),
        pytest.param("我去查一查。", ["missed"], id="sure"),
        pytest.param("[哈哈哈哈哈哈哈]。", ["undecided"], id="a-turn-that-was-lost"),
    ],
)
def test_what_was_not_said_is_doubted_where_an_unsure_piece_may_have_been_it(
    standard: Standard, said: str, expected: list[str]
) -> None:
    assert verdicts(standard, heard([(AGENT, said)]), "T-1") == expected


def test_an_opportunity_that_opens_by_unsure_words_convicts_nobody(standard: Standard) -> None:
    sure = heard([(CUSTOMER, "谢谢。"), (AGENT, "嗯。")])
    unsure = heard([(CUSTOMER, "[谢谢]。"), (AGENT, "嗯。")])
    assert verdicts(standard, sure, "T-2") == ["missed"]
    assert verdicts(standard, unsure, "T-2") == ["undecided"]


def test_misread_digits_never_convict(small_standard: Callable[[str], Standard]) -> None:
    standard = small_standard(DIGITS)
    talk = heard([(CUSTOMER, "电话13970228566。"), (AGENT, "13970228556，对吗？")])
    assert verdicts(standard, talk, "T-1") == ["undecided"]
    assert verdicts(standard, talk, "T-2") == []
    written = [replace(one, voice=None) for one in talk if isinstance(one, Turn)]
    assert verdicts(standard, written, "T-1") == ["missed"]
    assert verdicts(standard, written, "T-2") == ["missed"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("林", {"met"}), ("零", {"met"}), ("王", set())],
    ids=["the-name", "a-homophone", "another-name"],
)
def test_a_name_that_was_heard_otherwise_convicts_nobody(name: str, expected: set[str]) -> None:
    talk = heard(
        [
            (AGENT, "您好，请问您贵姓？"),
            (CUSTOMER, "我姓林。"),
            (AGENT, f"{name}先生，请问有什么可以帮您？"),
        ]
    )
    said = verdicts(load("centre"), talk, "CC-2b")
    assert set(said) - {"undecided"} == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("[幸诺]", "met"), ("[幸读]", "undecided")],
    ids=["sounds-like-it", "sounds-like-nothing-of-it"],
)
def test_a_name_that_was_not_read_is_credited_where_it_sounds_like_what_was_said(
    answer: str, expected: str
) -> None:
    talk = heard(
        [(AGENT, "请问您贵姓？"), (CUSTOMER, f"{answer}，快点。"), (AGENT, "罗先生，请您稍等。")]
    )
    assert verdicts(load("centre"), talk, "CC-2b") == [expected]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [("[我要]投诉", "missed"), ("我要[投]诉", "undecided")],
    ids=["a-pronoun-is-unsure", "the-noun-is-unsure"],
)
def test_the_kind_of_case_is_known_by_what_names_it(cue: str, expected: str) -> None:
    talk = heard([(AGENT, "您好。"), (CUSTOMER, f"{cue}，漏水没人管。"), (AGENT, "知道了。")])
    assert set(verdicts(load("centre"), talk, "CC-20")) == {expected}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("请您不要开关电器，打开门窗，到室外等候。", "met"), ("知道了，等着吧。", "undecided")],
    ids=["kept", "not-kept"],
)
def test_an_occasion_that_is_known_by_its_sound_credits_and_never_convicts(
    answer: str, expected: str
) -> None:
    talk = heard(
        [(AGENT, "您好。"), (CUSTOMER, "厨房里没气位特别大。"), (AGENT, answer), (AGENT, "再见。")]
    )
    assert verdicts(load("gas"), talk, "GH-2.3") == [expected]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("请问您找谁", {"met"}), ("请了，等着吧", {"undecided"})],
    ids=["leads-on", "stands-alone"],
)
def test_a_syllable_at_the_beginning_of_a_turn_is_credited_where_it_leads_on(
    said: str, expected: set[str]
) -> None:
    talk = heard(
        [(AGENT, "说吧。"), (CUSTOMER, "几点开？"), *[(AGENT, "九点。")] * 2, (AGENT, said)]
    )
    said_of_it = set(verdicts(load("highway"), talk, "HW-3.11"))
    assert said_of_it - {"not_applicable"} == expected

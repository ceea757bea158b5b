"""Examples are tests: laid out in time, run, and told with their line where they do not hold."""

from __future__ import annotations

import pytest

from rexian.standard.domain import Facts, Outcome, Signal, SignalName, Speaker, Turn, Verdict, load
from rexian.standard.domain.pack.documents import Fault, Node, Place, Written
from rexian.standard.domain.pack.examples import holds
from rexian.standard.domain.pack.facts import FactTest
from rexian.standard.domain.pack.schema import Example
from rexian.standard.domain.pack.talk import Happened, Spoken, facts_of, lay_out, read_line

from .conftest import PackWriter

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def written(text: str) -> Written:
    return Written.from_node(Node(text, Place("rules.yaml", 7, "mine")))


def laid_out(*lines: str) -> tuple[Turn | Signal, ...]:
    return lay_out(map(written, lines))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("客服：您好。", Spoken(AGENT, "您好。")),
        ("客户: 喂", Spoken(CUSTOMER, "喂")),
        ("客服 ：“请稍等”：是这样", Spoken(AGENT, "“请稍等”：是这样")),
        ("[静默 5]", Happened("静默", 5)),
        ("[静默 0.5]", Happened("静默", 0.5)),
        ("【响铃 3】", Happened("响铃", 3)),
        ("[客服挂机]", Happened("客服挂机")),
    ],
)
def test_a_line_is_somebodys_words_or_what_happens(line: str, read: Spoken | Happened) -> None:
    assert read_line(written(line)) == read


@pytest.mark.parametrize(
    "line", ["您好", "司机：喂", "客服：", "[静默]", "[静音 3]", "[睡觉]", "[静默 x]"]
)
def test_a_line_that_is_neither_is_a_fault_of_its_line(line: str) -> None:
    with pytest.raises(Fault) as caught:
        read_line(written(line))
    assert caught.value.place == Place("rules.yaml", 7, "mine")


def test_words_take_four_characters_a_second_and_turns_stand_apart() -> None:
    assert laid_out("客服：您好，请讲。", "客户：喂喂喂喂喂喂喂喂。") == (
        Turn(0, AGENT, "您好，请讲。", 0.0, 1.0),
        Turn(1, CUSTOMER, "喂喂喂喂喂喂喂喂。", 1.8, 3.8),
    )


def test_a_silence_is_all_that_passes_before_what_comes_next() -> None:
    said, hung_up = laid_out("客服：您好您好", "[静默 5]", "[客服挂机]")
    assert (said.end if isinstance(said, Turn) else None) == 1.0
    assert hung_up == Signal(SignalName.HANG_UP, 6.0, AGENT)


def test_rings_are_five_seconds_apart_and_answered_before_the_first_words() -> None:
    *rings, answer, turn = laid_out("[响铃 3]", "客服：您好。")
    assert rings == [Signal(SignalName.RING, at) for at in (0.0, 5.0, 10.0)]
    assert answer == Signal(SignalName.ANSWER, 12.0)
    assert isinstance(turn, Turn)
    assert turn.start == 12.8


def test_the_rate_of_speech_can_be_set() -> None:
    slow, fast = laid_out("[语速 60]", "客服：一二三", "[语速 360]", "客服：一二三四五六")
    assert isinstance(slow, Turn)
    assert isinstance(fast, Turn)
    assert (slow.end, fast.start, fast.end) == (3.0, 3.8, 4.8)


@pytest.mark.parametrize(
    ("line", "name", "by"),
    [
        ("[静音]", SignalName.MUTE, AGENT),
        ("[取消静音]", SignalName.UNMUTE, AGENT),
        ("[保持]", SignalName.HOLD_ON, AGENT),
        ("[取消保持]", SignalName.HOLD_OFF, AGENT),
        ("[转接]", SignalName.TRANSFER, AGENT),
        ("[客户挂机]", SignalName.HANG_UP, CUSTOMER),
    ],
)
def test_what_happens_is_a_signal(line: str, name: SignalName, by: Speaker) -> None:
    (signal,) = laid_out(line)
    assert isinstance(signal, Signal)
    assert (signal.name, signal.by) == (name, by)


@pytest.mark.parametrize(
    ("bound", "given", "facts"),
    [
        ({}, {}, Facts("phone", "in")),
        ({"channel": ("chat", "phone")}, {}, Facts("chat", "in")),
        ({"case_type": ("not nuisance",)}, {}, Facts("phone", "in")),
        ({"case_type": ("help",)}, {}, Facts("phone", "in", "help")),
        ({"case_type": ("help",)}, {"case_type": "complaint"}, Facts("phone", "in", "complaint")),
        ({"channel": ("phone",)}, {"channel": "unknown"}, Facts(None, "in")),
    ],
)
def test_an_example_has_the_facts_that_its_rule_wants_unless_it_says_others(
    bound: dict[str, tuple[str, ...]], given: dict[str, str], facts: Facts
) -> None:
    assert facts_of(FactTest(bound), given) == facts


MET, MISSED, SUSPECT = Outcome.MET, Outcome.MISSED, Outcome.SUSPECT
NOT_APPLICABLE, UNDECIDED = Outcome.NOT_APPLICABLE, Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("wanted", "said", "right"),
    [
        ("met", [MET], True),
        ("met", [NOT_APPLICABLE, MET], True),
        ("met", [MET, MISSED], False),
        ("met", [], False),
        ("missed", [MISSED, MISSED], True),
        ("missed", [SUSPECT], False),
        ("suspect", [SUSPECT], True),
        ("suspect", [MISSED], False),
        ("not_applicable", [NOT_APPLICABLE], True),
        ("undecided", [UNDECIDED], True),
        ("silent", [], True),
        ("silent", [NOT_APPLICABLE], True),
        ("silent", [MET], False),
    ],
)
def test_an_example_holds_where_the_rule_says_it_and_not_the_opposite(
    wanted: str, said: list[Outcome], right: bool
) -> None:
    example = Example(wanted, (), {})
    assert holds(example, [Verdict("X-1", "greeting", one) for one in said]) is right


def test_a_failing_example_says_what_was_wanted_and_what_was_said(write_pack: PackWriter) -> None:
    folder = write_pack()
    rules = folder / "rules.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("met: [客服：您好。]", "met: [客服：再见。]"), "utf-8"
    )
    with pytest.raises(Fault) as caught:
        load(folder)
    assert caught.value.message == (
        "mine/rules.yaml:17: greeting: "
        "the example wants met, the rule says missed (not done: greets)"
    )


def test_the_first_of_several_failing_examples_says_how_many_there_are(
    write_pack: PackWriter,
) -> None:
    folder = write_pack()
    rules = folder / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("您好", "早安", 1), "utf-8")
    with pytest.raises(Fault, match=r"rules.yaml:8: .* \(and 1 more: see rexian standard lint\)"):
        load(folder)


def test_examples_are_written_for_the_default_values_of_parameters(write_pack: PackWriter) -> None:
    folder = write_pack(manifest="parameters:\n  turns: {default: 1, title: 轮数}\n")
    rules = folder / "rules.yaml"
    text = rules.read_text("utf-8").replace("within: 1", "within: ${turns}")
    rules.write_text(text + "      - missed: [客服：讲。, 客户：喂？, 客服：您好。]\n", "utf-8")
    assert len(load(folder).pack.rules()[0].examples) == 3
    assert len(load(folder, {"turns": 2}).pack.rules()[0].examples) == 2


def test_a_pack_whose_examples_fail_does_not_load_with_other_parameters_either(
    write_pack: PackWriter,
) -> None:
    folder = write_pack(manifest="parameters:\n  turns: {default: 2, title: 轮数}\n")
    rules = folder / "rules.yaml"
    text = rules.read_text("utf-8").replace("within: 1", "within: ${turns}")
    rules.write_text(text + "      - missed: [客服：讲。, 客户：喂？, 客服：您好。]\n", "utf-8")
    with pytest.raises(Fault, match="wants missed"):
        load(folder, {"turns": 1})


def test_the_examples_of_a_base_need_not_hold_where_a_pack_changes_its_parameters(
    write_pack: PackWriter,
) -> None:
    folder = write_pack("house", manifest="parameters:\n  turns: {default: 1, title: 轮数}\n")
    rules = folder / "rules.yaml"
    text = rules.read_text("utf-8").replace("within: 1", "within: ${turns}")
    rules.write_text(text + "      - missed: [客服：讲。, 客户：喂？, 客服：您好。]\n", "utf-8")
    changed = "extends: house\nparameters:\n  turns: {default: 2, title: 轮数}\n"
    standard = load(write_pack("mine", {}, changed))
    assert [one.outcome for one in standard.pack.rules()[0].examples] == ["met", "missed"]

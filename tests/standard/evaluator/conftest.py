"""Conversations that chance makes, out of what is really said on a hotline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import strategies as st

from rexian.standard.domain import (
    Event,
    Facts,
    Signal,
    SignalName,
    Speaker,
    Standard,
    Turn,
    load,
)

SAID = (
    "喂，说吧，什么事？",
    "我姓欧阳，就是这个号码，幺三九零五幺七二二零八。",
    "欧阳女士，请您稍等片刻，好吗？",
    "让您久等了，两小时之内给您答复。",
    "應該沒封吧，妳再等等",
    "您刚才说“不知道”，对吗？",
    "谢谢你啊！😊",
    "不客气，这是我们应该做的。",
    "对不起，我挂线了。",
    "请问还有什么可以帮助您？",
    "感谢您的来电，若有问题请再次来电，再见！",
    "我要投诉，收费员冲我翻白眼，上个月还多扣了两回。",
    "嗯",
    "……",
    "、",
    "ok 👌🏽",
)
SIGNALS = (
    SignalName.RING,
    SignalName.ANSWER,
    SignalName.HOLD_ON,
    SignalName.HOLD_OFF,
    SignalName.MUTE,
    SignalName.UNMUTE,
    SignalName.HANG_UP,
)
SIDES = (Speaker.AGENT, Speaker.CUSTOMER) * 6 + (Speaker.SYSTEM, Speaker.UNKNOWN)
LONGEST = 24


@dataclass(frozen=True)
class Contact:
    """One conversation with what is known of it, and the standard that judges it."""

    standard: Standard
    facts: Facts
    events: tuple[Event, ...]


@cache
def utterances() -> tuple[str, ...]:
    """Return what the examples of the packs say, what the packs prescribe, and more."""
    pack = load("highway").pack
    lines = [line for rule in pack.rules() for one in rule.examples for line in one.talk]
    said = [line.split("：", 1)[1] for line in lines if line.startswith(("客服：", "客户："))]
    acts = [text for act in pack.sections.acts for text in (*act.examples.yes, *act.examples.no)]
    prescribed = [words for scene in pack.sections.scenes for words in scene.say]
    return tuple(dict.fromkeys((*SAID, *said, *acts, *prescribed)))


def facts() -> st.SearchStrategy[Facts]:
    """Return facts of every kind, each of them also unknown."""
    return st.builds(
        Facts,
        channel=st.sampled_from((None, "phone", "chat", "counter")),
        direction=st.sampled_from((None, "in", "out")),
        case_type=st.sampled_from(
            (None, "enquiry", "help", "complaint", "suggestion", "nuisance", "none")
        ),
        case_class=st.sampled_from((None, "simple", "complex")),
        day=st.sampled_from((None, "holiday", "workday")),
        signals=st.booleans(),
    )


def _turns() -> st.SearchStrategy[Turn]:
    said = st.sampled_from(utterances())
    texts = said | st.tuples(said, said).map("".join) | st.text(max_size=12)
    return st.builds(Turn, st.just(0), st.sampled_from(SIDES), texts)


def _signals() -> st.SearchStrategy[Signal]:
    sides = (Speaker.AGENT, Speaker.CUSTOMER, Speaker.SYSTEM)
    return st.builds(Signal, st.sampled_from(SIGNALS), by=st.sampled_from(sides))


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Draw a conversation with times, without, or with times that are missing here and there."""
    spoken = _turns()
    drawn = draw(st.lists(spoken | spoken | spoken | _signals(), max_size=LONGEST))
    waits = draw(st.lists(st.sampled_from((0.3, 1.0, 5.0, 5.0, 12.0)), min_size=len(drawn)))
    timed = draw(st.sampled_from(("all", "none", "some")))
    events: list[Event] = []
    now, index = 0.0, 0
    for event, wait in zip(drawn, waits, strict=False):
        now += wait
        known = timed == "all" or (timed == "some" and draw(st.booleans()))
        if isinstance(event, Turn):
            start = now
            now += len(event.text) / 4
            times = (start, now) if known else (None, None)
            events.append(replace(event, index=index, start=times[0], end=times[1]))
            index += 1
        else:
            events.append(replace(event, at=now if known else None))
    standard = load(draw(st.sampled_from(("centre", "highway"))))
    return Contact(standard, draw(facts()), tuple(events))


@pytest.fixture(name="utterances", scope="session")
def _utterances() -> tuple[str, ...]:
    return utterances()


def pytest_configure(config: pytest.Config) -> None:
    """Let a test ask for a contact that chance makes by annotating an argument with its type."""
    st.register_type_strategy(Contact, contacts())

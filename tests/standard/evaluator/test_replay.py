"""However the events of a conversation arrive, the standard says the same of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.kernel.text.folding import fold
from rexian.standard.domain import (
    Event,
    Facts,
    Hint,
    Signal,
    SignalName,
    Speaker,
    Standard,
    State,
    Turn,
    Verdict,
    feed,
    finish,
    inspect,
    load,
    start,
)

SAID = (
    "喂，说吧，什么事？",
    "我姓欧阳，就是这个号码，幺三九零五幺七二二零八。",
    "欧阳女士，请您稍等片刻，好吗？",
    "让您久等了，两小时之内给您答复。",
    "應該沒封吧，妳再等等",
    "您刚才说“不知道”，对吗？",
    "谢谢你啊！😊",
    "不克气，这是我们应该做的。",
    "对不起，我挂线了。",
    "请问还有什么可以帮助您？",
    "感谢您的来电，若有问题请再次来电，再见！",
    "我要投诉，收费员冲我翻白眼，上个月还多扣了两回。",
    "嗯",
    "……",
    "、",
    "ok 👌🏽",
)
FACTS: Mapping[str, tuple[str | None, ...]] = {
    "channel": (None, "phone", "chat", "counter"),
    "direction": (None, "in", "out"),
    "case_type": (None, "enquiry", "help", "complaint", "suggestion", "nuisance", "none"),
    "case_class": (None, "simple", "complex"),
    "day": (None, "holiday", "workday"),
}
SIGNALS = tuple(name for name in SignalName if name is not SignalName.TRANSFER)
SIDES = (Speaker.AGENT, Speaker.CUSTOMER) * 6 + (Speaker.SYSTEM, Speaker.UNKNOWN)
WAITS = (0.3, 1.0, 5.0, 5.0, 12.0)
LONGEST = 24


@dataclass(frozen=True)
class Contact:
    """One conversation, what is known of it, and the standard that judges it."""

    name: str
    facts: Facts
    events: tuple[Event, ...]

    @property
    def standard(self) -> Standard:
        return load(self.name)

    def inspected(self) -> tuple[Verdict, ...]:
        return inspect(self.standard, self.facts, self.events).verdicts


@cache
def utterances() -> tuple[str, ...]:
    """Return what the examples of the packs say, what the packs prescribe, and more."""
    pack = load("highway").pack
    lines = [line for rule in pack.rules() for one in rule.examples for line in one.talk]
    said = [line.split("：", 1)[1] for line in lines if line.startswith(("客服：", "客户："))]
    acts = [text for act in pack.sections.acts for text in (*act.examples.yes, *act.examples.no)]
    prescribed = [words for scene in pack.sections.scenes for words in scene.say]
    return tuple(dict.fromkeys((*SAID, *said, *acts, *prescribed)))


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Draw a conversation with times, without, or with times that are missing here and there."""
    said = st.sampled_from(utterances())
    texts = said | said | st.tuples(said, said).map("".join) | st.text(max_size=12)
    turns = st.builds(Turn, st.just(0), st.sampled_from(SIDES), texts)
    signals = st.builds(Signal, st.sampled_from(SIGNALS), by=st.sampled_from(list(Speaker)[:3]))
    drawn = draw(st.lists(turns | turns | turns | signals, max_size=LONGEST))
    known = draw(st.sampled_from((st.just(True), st.just(False), st.booleans())))
    events = [_placed(event, draw(st.sampled_from(WAITS)), known=draw(known)) for event in drawn]
    facts = {name: draw(st.sampled_from(values)) for name, values in FACTS.items()}
    return Contact(
        draw(st.sampled_from(("centre", "highway"))),
        Facts(**facts, signals=draw(st.booleans())),  # type: ignore[arg-type]
        tuple(_in_order(events)),
    )


def _placed(event: Event, wait: float, *, known: bool) -> tuple[Event, float, bool]:
    return event, wait, known


def _in_order(drawn: Iterable[tuple[Event, float, bool]]) -> Iterable[Event]:
    """Return the events with turns numbered and dated: four characters last a second."""
    now, index = 0.0, 0
    for event, wait, known in drawn:
        now += wait
        if isinstance(event, Turn):
            start, now = now, now + len(event.text) / 4
            times = (start, now) if known else (None, None)
            yield replace(event, index=index, start=times[0], end=times[1])
            index += 1
        else:
            yield replace(event, at=now if known else None)


def stored(state: State) -> State:
    """Return the state as it comes back from a database."""
    return State.from_json(json.loads(written(state)))


def written(state: State) -> str:
    """Return the state as it goes into a database."""
    plain: dict[str, Any] = state.to_json()
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def fed(contact: Contact, stores: Iterable[bool]) -> tuple[list[Hint], list[Verdict]]:
    """Feed event by event; before those for which ``stores`` is true the state is stored."""
    state = start(contact.standard, contact.facts)
    hints: list[Hint] = []
    verdicts: list[Verdict] = []
    for event, store in zip(contact.events, stores, strict=False):
        before = stored(state) if store else state
        state, new_hints, new_verdicts = feed(contact.standard, before, event)
        hints += new_hints
        verdicts += new_verdicts
    verdicts += finish(contact.standard, state)
    return hints, verdicts


def stands_in(quote: str, turn: Turn) -> bool:
    """Say whether a quote is a piece of a turn; the customer is quoted in simplified characters."""
    if turn.speaker is Speaker.CUSTOMER:
        return fold(quote) in fold(turn.text)
    return quote in turn.text


ALWAYS, NEVER = [True] * LONGEST, [False] * LONGEST


@given(contacts(), st.lists(st.booleans(), min_size=LONGEST, max_size=LONGEST))
@settings(max_examples=150)
def test_whole_or_event_by_event_or_stored_between_the_verdicts_are_the_same(
    contact: Contact, sometimes: list[bool]
) -> None:
    whole = contact.inspected()
    hints, verdicts = fed(contact, NEVER)
    assert tuple(verdicts) == whole
    assert fed(contact, ALWAYS) == (hints, verdicts)
    assert fed(contact, sometimes) == (hints, verdicts)


@given(contacts())
@settings(max_examples=60)
def test_the_same_conversation_is_judged_the_same_twice(contact: Contact) -> None:
    first = inspect(contact.standard, contact.facts, contact.events)
    assert inspect(contact.standard, contact.facts, iter(contact.events)) == first


@given(contacts())
@settings(max_examples=60)
def test_feeding_and_finishing_leave_the_state_that_was_given_as_it_was(contact: Contact) -> None:
    state = start(contact.standard, contact.facts)
    verdicts: list[Verdict] = []
    for event in contact.events:
        before = written(state)
        fed_once = feed(contact.standard, state, event)
        assert feed(contact.standard, state, event)[1:] == fed_once[1:]
        assert finish(contact.standard, state) == finish(contact.standard, state)
        assert written(state) == before
        state = fed_once[0]
        verdicts += fed_once[2]
    assert (*verdicts, *finish(contact.standard, state)) == contact.inspected()


@given(contacts())
@settings(max_examples=60)
def test_a_stored_state_is_stored_again_word_for_word(contact: Contact) -> None:
    state = start(contact.standard, contact.facts)
    for event in contact.events:
        state, _, _ = feed(contact.standard, state, event)
        assert written(stored(state)) == written(state)


@given(contacts())
@settings(max_examples=150)
def test_the_evidence_of_a_verdict_stands_in_the_conversation(contact: Contact) -> None:
    turns = {event.index: event for event in contact.events if isinstance(event, Turn)}
    times = {turn.start for turn in turns.values()} - {None}
    times |= {event.at for event in contact.events if isinstance(event, Signal)} - {None}
    for verdict in contact.inspected():
        assert set(verdict.turns) <= turns.keys()
        assert list(verdict.turns) == sorted(set(verdict.turns))
        if verdict.quote:
            assert any(stands_in(verdict.quote, turns[index]) for index in verdict.turns)
        assert verdict.at is None or verdict.at in times
        assert verdict.clause in contact.standard.clauses
        assert {language for language, _ in verdict.why} >= {"zh-Hans", "en"}
        assert all(sentence for _, sentence in verdict.why)


@given(contacts())
@settings(max_examples=60)
def test_without_times_nothing_is_dated(contact: Contact) -> None:
    events = [
        replace(event, start=None, end=None) if isinstance(event, Turn) else replace(event, at=None)
        for event in contact.events
    ]
    assert {one.at for one in inspect(contact.standard, contact.facts, events).verdicts} <= {None}

"""The evaluator by itself: rate, the slowest steps, the size of its state, the cost of phrases."""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from material import turns
from measure import Figure, at_least, at_most, seconds

from rexian.dialogue.domain.conversations import Conversation
from rexian.standard.domain import Facts, Speaker, Standard, feed, inspect, load, start

FEW, MANY = 50, 5_000
FORBIDDEN = re.compile("喂|什么|不知道|应该|好像|不可能")


def figures(spoken: list[Conversation]) -> Iterator[Figure]:
    """Measure the evaluator."""
    count = turns(spoken)
    for name in ("centre", "highway"):
        standard = load(name)
        _inspect_all(standard, spoken[:50])
        rate = count / seconds(lambda standard=standard: _inspect_all(standard, spoken))
        yield at_least(f"engine, all rules of {name}", rate, 20_000, "turns/s")
    plain = count / seconds(lambda: _keywords(spoken))
    yield Figure("for comparison: six forbidden words by `re`", f"{plain:,.0f} turns/s", "-", True)
    standard = load("centre")
    yield at_most("feed, 99th percentile", 1000 * _slow_feed(standard, spoken), 5, "ms")
    yield at_most("state after 1,000 turns", _state_size(standard, spoken) / 1000, 100, "kB")
    yield at_most(f"{MANY} phrases against {FEW}, equal hits", _phrase_cost(spoken), 1.3, "times")


def _inspect_all(standard: Standard, spoken: list[Conversation]) -> None:
    for one in spoken:
        inspect(standard, one.facts, one.events())


def _keywords(spoken: list[Conversation]) -> int:
    return sum(
        len(FORBIDDEN.findall(turn.text))
        for one in spoken
        for turn in one.turns
        if turn.speaker is Speaker.AGENT
    )


def _slow_feed(standard: Standard, spoken: list[Conversation]) -> float:
    taken = []
    for one in spoken[:200]:
        state = start(standard, one.facts)
        for event in one.events():
            begin = time.perf_counter()
            state, _, _ = feed(standard, state, event)
            taken.append(time.perf_counter() - begin)
    return sorted(taken)[len(taken) * 99 // 100]


def _state_size(standard: Standard, spoken: list[Conversation]) -> int:
    state = start(standard, Facts("phone", "in", "complaint", "complex"))
    said = [turn for one in spoken for turn in one.turns][:1000]
    for index, turn in enumerate(said):
        state, _, _ = feed(standard, state, replace(turn, index=index))
    return len(json.dumps(state.to_json(), ensure_ascii=False).encode())


def _phrase_cost(spoken: list[Conversation]) -> float:
    """Compare packs of few and of many phrases that find exactly the same."""
    some = spoken[:300]
    chance = random.Random(1)
    said = [turn.text for one in some for turn in one.turns if len(turn.text) > 6]
    hits = [_piece(chance.choice(said), chance) for _ in range(FEW)]
    unheard = [
        f"{a}{b}龘靐齉" for a in map(chr, range(0x4E00, 0x4E64)) for b in "甲乙丙丁戊己庚辛壬癸"
    ]
    more = (unheard * (MANY // len(unheard) + 1))[: MANY - FEW]
    more = [f"{text}{number}" for number, text in enumerate(more)]
    few, many = _phrase_pack(hits), _phrase_pack(hits + more)
    return seconds(lambda: _inspect_all(many, some)) / seconds(lambda: _inspect_all(few, some))


def _piece(text: str, chance: random.Random) -> str:
    begin = chance.randrange(len(text) - 4)
    return text[begin : begin + 3]


def _phrase_pack(phrases: list[str]) -> Standard:
    listed = json.dumps([re.sub(r"[()|…^$\s]", "一", text) for text in phrases], ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(
            "name: bench\nversion: '1'\ntitle: bench\n", encoding="utf-8"
        )
        Path(folder, "rules.yaml").write_text(
            "clauses: [{id: B-1, text: bench}]\n"
            f"acts: [{{id: said, is: {{phrase: {listed}}}}}]\n"
            "scenes:\n  - {id: rule, clause: B-1, title: bench, when: [{agent: said}, "
            "{customer: said}], repeat: each, within: 1, expect: {agent: said}}\n",
            encoding="utf-8",
        )
        return load_unchecked(folder)


def load_unchecked(folder: str) -> Standard:
    """Load a pack made for measuring, which has no examples to hold."""
    from rexian.standard.domain.pack.loading import load_pack  # noqa: PLC0415
    from rexian.standard.domain.standards import compile_pack  # noqa: PLC0415

    return compile_pack(load_pack(folder))

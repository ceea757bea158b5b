"""A small cast: two standards, four conversations, and a builder for any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

HOSTILE = "</script><script>alert(1)</script>\x00\x1b[31m\u202e=1+1 😊 \ud800 [red]&amp;\r\n"

Builder = Callable[..., InspectedConversation]


@dataclass(frozen=True)
class Clause:
    id: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Standard:
    title: Mapping[str, str]
    clauses: Mapping[str, Clause] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    place: str
    text: str

    def sentence(self, language: str) -> str:
        return f"{self.text} ({language})"


def verdict(
    clause: str, outcome: str, turn: int | None = None, quote: str = "", at: float | None = None
) -> Verdict:
    turns = () if turn is None else (turn,)
    why = (("zh-Hans", f"{clause} 的理由"), ("en", f"why {clause}"))
    return Verdict(clause, f"{clause}-rule", Outcome(outcome), turns, quote, at, why)


def inspected(
    id_: str = "C1",
    texts: tuple[str, ...] = ("您好，请问有什么可以帮您？", "路怎么走", "应该往前走吧。"),
    verdicts: tuple[Verdict, ...] = (),
    *,
    score: float | None = 50.0,
    timed: bool = True,
    **more: Any,
) -> InspectedConversation:
    """Return an inspected call: agent and customer in turn, ten seconds each, three rings."""
    turns = tuple(
        Turn(
            place,
            (Speaker.AGENT, Speaker.CUSTOMER)[place % 2],
            text,
            20.0 + place * 10 if timed else None,
            26.0 + place * 10 if timed else None,
        )
        for place, text in enumerate(texts)
    )
    end = 20.0 + len(texts) * 10
    signals = (
        *(Signal(SignalName.RING, second) for second in (0.0, 5.0, 10.0)),
        Signal(SignalName.ANSWER, 19.0, Speaker.AGENT),
        Signal(SignalName.HANG_UP, end, Speaker.CUSTOMER),
    )
    standard = more.pop("standard", "highway")
    conversation = Conversation(
        id=id_,
        turns=turns,
        signals=signals if timed else (),
        facts=more.pop("facts", Facts("phone", "in", "enquiry", "simple")),
        source="calls.jsonl",
        line=1,
    )
    inspection = Inspection(standard, "1.0.0", "0123456789abcdef", score, verdicts)
    return InspectedConversation(conversation, inspection, **more)


@pytest.fixture
def build() -> Builder:
    return inspected


@pytest.fixture
def judge() -> Callable[..., Verdict]:
    return verdict


@pytest.fixture
def hostile() -> str:
    return HOSTILE


@pytest.fixture
def standards() -> Mapping[str, Standard]:
    clauses = {
        "HW-3.12": Clause("HW-3.12", {"zh-Hans": "不说禁用词。", "en": "No forbidden words."}),
        "HW-3.5": Clause("HW-3.5", {"zh-Hans": "复述要点。", "en": "Repeat the main points."}),
        "CC-1": Clause("CC-1", {"zh-Hans": "问候。", "en": "Greet."}),
    }
    return {
        "highway": Standard({"zh-Hans": "高速公路", "en": "Highway service"}, clauses),
        "centre": Standard({"zh-Hans": "客服中心", "en": "Contact centre"}, clauses),
    }


@pytest.fixture
def problems() -> list[Problem]:
    return [Problem("calls.jsonl:7", "This is not JSON")]


@pytest.fixture
def cast() -> list[InspectedConversation]:
    """Four calls: one with a fault, one faultless, one judged by another standard, one unscored."""
    return [
        inspected(
            "FAULTY",
            verdicts=(
                verdict("HW-3.12", "missed", 2, "应该", 40.0),
                verdict("HW-3.5", "missed"),
                verdict("CC-1", "met", 0, "您好"),
                verdict("HW-3.12", "not_applicable", 0, "什么"),
            ),
            score=33.333333,
        ),
        inspected("FINE", verdicts=(verdict("CC-1", "met", 0, "您好"),), score=100.0),
        inspected(
            "BORROWED",
            verdicts=(verdict("CC-1", "suspect", 2, "往前走"), verdict("HW-3.5", "undecided")),
            standard="centre",
            asked_for="gas",
            score=None,
        ),
        inspected("SILENT", texts=("喂？",), timed=False, score=None),
    ]

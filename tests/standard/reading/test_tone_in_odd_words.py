"""A tone is suspected in words that nobody listed, and an honest sentence is left alone.

The sentences were written before the phrases that find them: of six lists 30 of 70, 20 of 55,
31 of 40, 92 of 150, 39 of 60 and 12 of 30 rude ones were suspected at first sight. They keep what
was learnt from them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rexian.standard.domain import Facts, Speaker, Turn, inspect, load

HERE = Path(__file__).parent
ASKED = (
    Turn(0, Speaker.AGENT, "您好，请问有什么可以帮您？", 0, 2),
    Turn(1, Speaker.CUSTOMER, "我有个事情要反映一下。", 3, 5),
)


def suspected(name: str) -> tuple[list[str], list[str]]:
    """Return the sentences of a file whose tone is suspected, and the others."""
    standard, facts = load("centre"), Facts("phone", "in", "complaint")
    found: tuple[list[str], list[str]] = [], []
    for sentence in (HERE / name).read_text("utf-8").splitlines():
        events = (*ASKED, Turn(2, Speaker.AGENT, sentence, 6, 9))
        verdicts = inspect(standard, facts, events).verdicts
        hit = any(one.clause == "HW-3.13" and 2 in one.turns for one in verdicts)
        found[0 if hit else 1].append(sentence)
    return found


@pytest.mark.parametrize(
    ("name", "least", "most"), [("rude_sentences.txt", 0.95, 1), ("kind_sentences.txt", 0, 0.03)]
)
def test_rude_sentences_are_suspected_and_kind_ones_are_not(
    name: str, least: float, most: float
) -> None:
    hit, others = suspected(name)
    share = len(hit) / (len(hit) + len(others))
    assert least <= share <= most, hit if most < 1 else others

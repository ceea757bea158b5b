"""A phrase with many gaps is found as `re` would find it, and does not take for ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.errors import Invalid
from rexian.standard.domain.language.gaps import GappedPhrase
from rexian.standard.domain.language.matching import PhraseIndex, SlotSpec
from rexian.standard.domain.language.phrases import MAX_GAPS, expand

TEXTS = st.text("好是吗，", max_size=14)
PIECES = st.lists(
    st.lists(st.text("好是吗", min_size=1, max_size=2), min_size=1, max_size=3),
    min_size=2,
    max_size=4,
)


@given(PIECES, TEXTS, st.integers(0, 4), st.booleans(), st.booleans())
def test_it_finds_what_a_regular_expression_finds(
    pieces: list[list[str]], text: str, gap: int, longest: bool, to_edge: bool
) -> None:
    between = f".{{0,{gap}}}" if longest else f".{{0,{gap}}}?"
    whole = between.join(f"(?:{'|'.join(map(re.escape, one))})" for one in pieces)
    match = re.search(f"{whole}(?=，|$)" if to_edge else whole, text, re.DOTALL)
    phrase = GappedPhrase(
        pieces,
        gap=gap,
        longest=longest,
        may_end=lambda read, end: not to_edge or end == len(read) or read[end] == "，",
    )
    assert phrase.search(text, 0) == (match.span() if match else None)


def test_a_dozen_gaps_on_a_long_turn_are_no_trap() -> None:
    slots = {0: SlotSpec(("好…" * MAX_GAPS + "是",))}
    index = PhraseIndex(slots)
    assert index.read("好" * 600) == {}
    assert index.read("好" * 600 + "是")[0]


def test_more_gaps_than_anybody_says_are_refused() -> None:
    with pytest.raises(Invalid, match="13 gaps"):
        expand("好…" * (MAX_GAPS + 1) + "是")

"""How contacts are drawn: by a seed that anybody can draw from again."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rexian.kernel.errors import Invalid
from rexian.quality.domain.sampling import Candidate, EmptySample, Method, draw

MANY = [Candidate(n, agent=n % 5) for n in range(200)]
candidates = some.lists(
    some.builds(
        Candidate,
        contact=some.integers(1, 10_000),
        agent=some.none() | some.integers(1, 9),
        missed=some.integers(0, 20),
        score=some.none() | some.floats(0, 100),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda one: one.contact,
)


@given(candidates, some.sampled_from(Method), some.integers(1, 80), some.text(max_size=8))
def test_a_seed_draws_the_same_whatever_the_order(
    found: list[Candidate], method: Method, size: int, seed: str
) -> None:
    drawn = draw(found, method=method, size=size, seed=seed)
    assert draw(reversed(found), method=method, size=size, seed=seed) == drawn
    assert len(drawn) == len(set(drawn)) == min(size, len(found))
    assert set(drawn) <= set(found)


@given(candidates, some.sampled_from(Method), some.integers(1, 30))
def test_a_larger_sample_begins_with_the_smaller(
    found: list[Candidate], method: Method, size: int
) -> None:
    smaller = draw(found, method=method, size=size, seed="s")
    assert draw(found, method=method, size=size + 5, seed="s")[: len(smaller)] == smaller


def test_chance_favours_nobody() -> None:
    drawn = Counter(
        one.contact
        for n in range(200)
        for one in draw(MANY, method=Method.RANDOM, size=20, seed=f"{n}")
    )
    assert len(drawn) == 200
    assert max(drawn.values()) < 40  # 20 are to be expected


def test_risk_favours_where_there_is_something_to_find() -> None:
    risky = [Candidate(1000 + n, agent=1, missed=3, score=40.0) for n in range(20)]
    drawn = draw([*MANY, *risky], method=Method.RISK, size=30, seed="s")
    assert sum(one.contact >= 1000 for one in drawn) > 8
    assert any(one.contact < 1000 for one in drawn), "nobody is beyond chance"


def test_each_agent_is_dealt_alike() -> None:
    few = [*MANY, Candidate(500, agent=99), Candidate(501, agent=None)]
    drawn = draw(few, method=Method.AGENT, size=37, seed="s")
    per_agent = Counter(one.agent for one in drawn)
    assert per_agent[99] == per_agent[None] == 1
    assert {per_agent[n] for n in range(5)} == {7}


def test_nothing_is_drawn_from_nothing() -> None:
    with pytest.raises(EmptySample):
        draw([], method=Method.RANDOM, size=5, seed="s")


@pytest.mark.parametrize("size", [0, -1, 501])
def test_a_sample_has_a_size(size: int) -> None:
    with pytest.raises(Invalid):
        draw(MANY, method=Method.RANDOM, size=size, seed="s")

"""Draw contacts for review: by chance, by risk, or evenly by agent; the same seed, the same draw.

Each contact gets a number from the sample's seed and its own id (SHA-256, so that anybody can draw
again and find that nobody has chosen by hand), and those with the smallest keys are taken. By
chance the key is that number; by risk it is the exponential of weighted sampling without
replacement (Efraimidis and Spirakis, 2006), so that a contact with twice the weight is twice as
likely to be drawn first; by agent each agent's contacts are drawn by chance and dealt in turn.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from math import log

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

MOST = 500
"""More contacts than anybody listens to for one sample."""


class Method(StrEnum):
    """How a sample is drawn."""

    RANDOM = "random"
    RISK = "risk"
    AGENT = "agent"


class EmptySample(Invalid):
    """There is nothing to draw from (422)."""

    code = "quality-empty-sample"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact that may be drawn: whose it was, and what the machine found in it."""

    contact: int
    agent: int | None
    missed: int = 0
    suspect: int = 0
    undecided: int = 0
    score: float | None = None

    @property
    def risk(self) -> float:
        """How much there is to look at: 1 for a contact without any sign, never 0.

        A miss weighs 2, a suspicion 1, what could not be decided a half, and each ten points that
        the score lacks 1.
        """
        lacking = 0.0 if self.score is None else max(0.0, 100.0 - self.score) / 10
        return 1.0 + 2.0 * self.missed + self.suspect + 0.5 * self.undecided + lacking


def draw(
    candidates: Iterable[Candidate], *, method: Method, size: int, seed: str
) -> tuple[Candidate, ...]:
    """Return the ``size`` contacts drawn, in the order of the draw; all where there are fewer.

    Raises ``EmptySample`` where there are none, ``Invalid`` for a size that is not 1 to ``MOST``.
    """
    if not 1 <= size <= MOST:
        raise Invalid(mark("Draw between 1 and {most} contacts."), most=MOST)
    listed = sorted(candidates, key=lambda one: one.contact)
    if not listed:
        raise EmptySample(mark("No contact of these days was inspected: there is nothing to draw."))
    if method is Method.AGENT:
        return _in_turn(listed, seed)[:size]
    weighted = method is Method.RISK
    keyed = [(_key(one, seed, one.risk if weighted else 1.0), one) for one in listed]
    keyed.sort(key=lambda pair: (pair[0], pair[1].contact))
    return tuple(one for _, one in keyed[:size])


def _in_turn(candidates: Sequence[Candidate], seed: str) -> tuple[Candidate, ...]:
    """Return each agent's contacts by chance, one of each agent before a second of anybody."""
    by_agent: dict[int | None, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: (_key(one, seed, 1.0), one.contact)):
        by_agent[one.agent].append(one)
    rounds = zip_longest(*by_agent.values())
    return tuple(one for dealt in rounds for one in dealt if one is not None)


def _key(one: Candidate, seed: str, weight: float) -> float:
    digest = hashlib.sha256(f"{seed}:{one.contact}".encode()).digest()
    chance = (int.from_bytes(digest[:7], "big") + 1) / (1 << 56)
    return -log(chance) / weight

"""What a pack says to the guide: which words are wanted when, and what their marks stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from rexian.standard.domain.guidance import SlotKind
from rexian.standard.domain.pack.conditions import Condition
from rexian.standard.domain.pack.documents import NOWHERE, Place
from rexian.standard.domain.pack.facts import FactTest
from rexian.standard.domain.pack.texts import Text


@dataclass(frozen=True)
class GuideStep:
    """Words that are wanted until a condition holds (``None``: until the scene is met).

    ``say`` are alternatives, none where nothing is to be said; ``say_in`` has words of ours for a
    channel that the prescribed ones do not fit; ``ours`` where the clause prescribes none at all.
    """

    say: tuple[str, ...] = ()
    say_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: Condition | None = None
    ours: bool = False

    def all_words(self) -> tuple[str, ...]:
        """Return the words for every channel."""
        return (*self.say, *(words for said in self.say_in.values() for words in said))


@dataclass(frozen=True)
class SceneGuide:
    """How the guide speaks of a scene.

    The lower the ``rank``, the sooner; ``after`` must hold before it speaks at all. ``steps`` take
    the place of the scene's own words; ``before`` are words that are wanted before its signal.
    """

    rank: int = 50
    after: Condition | None = None
    steps: tuple[GuideStep, ...] = ()
    before: GuideStep | None = None

    def all_steps(self) -> tuple[GuideStep, ...]:
        """Return the steps, and what is wanted before them."""
        return (self.before, *self.steps) if self.before else self.steps


@dataclass(frozen=True)
class SlotSpec:
    """What stands for a name in prescribed wording: its ``marks``, and its title as a blank.

    ``values`` turn what is filled in into what is said (春节: 过年好), ``otherwise`` for all else.
    """

    id: str
    kind: SlotKind
    title: Text
    marks: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ReadBackSpec:
    """The words by which a number that the customer gave is read back."""

    id: str
    clause: str
    title: Text
    say: tuple[str, ...]
    rank: int = 40
    ours: bool = False
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ToldFact:
    """What becomes known of a contact by an act of one side, where nobody has said it: 我要投诉.

    Somebody who says otherwise later leaves it unknown again.
    """

    id: str
    by: Literal["agent", "customer"]
    act: str
    are: FactTest = field(default_factory=FactTest)
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class EndingSpec:
    """When the agent may end a contact: after both have said goodbye, or where ``also`` holds.

    ``courtesy`` is what a customer may still say after a goodbye without taking it back;
    ``unanswered`` is, by channel, how long the agent's own goodbye may stay without an answer.
    """

    id: str
    clause: str
    title: Text
    farewell: Condition
    courtesy: Condition
    also: Condition | None = None
    unanswered: Mapping[str, timedelta] = field(default_factory=dict)
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    place: Place = field(default=NOWHERE, compare=False)

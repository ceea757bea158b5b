"""The people of the simulation as they are written down: what each says, and to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers to one of some words; ``ends`` where they leave after it."""

    heard: tuple[str, ...]
    say: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Rating:
    """How a customer says it went."""

    solved: bool
    satisfied: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class CustomerPart:
    """Somebody who writes: ``weight`` says how often, ``silent`` never says a word."""

    id: str
    weight: int
    queue: str
    opening: str
    replies: tuple[Reply, ...]
    otherwise: tuple[str, ...]
    name: str = ""
    number: str = ""
    silent: bool = False
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How an agent answers where the guide says nothing, or is not heeded."""

    name: str
    answers: tuple[Reply, ...]
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgentPart:
    """Somebody who answers: how they sign in, and in which manner they answer."""

    sign_in: str
    name: str
    number: str
    manner: str


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who plays, the hotline that they play at, and the agents' password."""

    hotline: str
    password: str
    agents: tuple[AgentPart, ...]
    customers: tuple[CustomerPart, ...]
    manners: Mapping[str, Manner]

    def customer(self, id_: str) -> CustomerPart:
        """Return a customer by their id; raise ``KeyError``."""
        return {one.id: one for one in self.customers}[id_]


class Answers:
    """What somebody says next, in the order of their part; it remembers what was said."""

    def __init__(self, replies: Sequence[Reply], otherwise: Sequence[str]) -> None:
        self._replies = list(replies)
        self._otherwise: Iterator[str] = iter(otherwise)

    def to(self, heard: str) -> Reply | None:
        """Return the answer to what was just heard: each reply once, then the next of the rest."""
        for one in self._replies:
            if any(word in heard for word in one.heard):
                self._replies.remove(one)
                return one
        said = next(self._otherwise, None)
        return Reply((), said) if said is not None else None


@cache
def people() -> People:
    """Return the people that ship with the program."""
    text = files("rexian.simulation").joinpath("people.yaml").read_text("utf-8")
    read = yaml.safe_load(text)
    customers = tuple(map(_customer, read["customers"]))
    manners = {name: _manner(name, one) for name, one in read["manners"].items()}
    agents = tuple(AgentPart(**one) for one in read["agents"])
    return People(read["hotline"], read["password"], agents, customers, manners)


def _customer(read: Mapping[str, Any]) -> CustomerPart:
    rating = read.get("rating")
    return CustomerPart(
        **{key: read[key] for key in read if key not in {"replies", "otherwise", "rating"}},
        replies=_replies(read["replies"]),
        otherwise=tuple(read["otherwise"]),
        rating=Rating(**rating) if rating else None,
    )


def _manner(name: str, read: Mapping[str, Any]) -> Manner:
    return Manner(name, _replies(read["answers"]), tuple(read["otherwise"]))


def _replies(read: Sequence[Mapping[str, Any]]) -> tuple[Reply, ...]:
    return tuple(Reply(tuple(one["heard"]), one["say"], one.get("ends", False)) for one in read)

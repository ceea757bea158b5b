"""The course of an inspection: what passes is counted, what could not be read is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from rexian.cli.progress import Headway
from rexian.cli.terminal import Terminal
from rexian.dialogue.domain.unreadable import Unreadable
from rexian.dialogue.services import FALLBACK
from rexian.kernel.language import translate_count
from rexian.speech.domain import unreadable_sound


class Judged(Protocol):
    """What the course must know of a judged conversation."""

    @property
    def asked_for(self) -> str | None:
        """The standard that the record asked for, where another one had to judge it."""


One = TypeVar("One", bound=Judged)
Problem = Unreadable | unreadable_sound.Unreadable
"""What cannot be read, or not be heard."""


class Course:
    """Watches the conversations of one inspection pass."""

    def __init__(self, terminal: Terminal) -> None:
        self.problems: list[Problem] = []
        self._terminal = terminal
        self._fallbacks: Counter[str] = Counter()

    def through(self, judged: Iterable[One | Problem]) -> Iterator[One]:
        """Hand on what was judged; keep what could not be read, and tell it."""
        with Headway(self._terminal) as headway:
            for one in judged:
                if isinstance(one, Unreadable | unreadable_sound.Unreadable):
                    self.problems.append(one)
                    sentence = one.sentence(self._terminal.language)
                    self._terminal.complain(f"{one.place}: {sentence}")
                    continue
                headway.advance()
                if one.asked_for is not None:
                    self._fallbacks[one.asked_for] += 1
                yield one

    def tell_fallbacks(self) -> None:
        """Tell which standards were asked for and are not installed."""
        for asked, count in sorted(self._fallbacks.items()):
            sentence = translate_count(
                "The standard {asked} is not installed: {judged} judged {count} conversation.",
                "The standard {asked} is not installed: {judged} judged {count} conversations.",
                count,
                self._terminal.language,
                asked=asked,
                judged=FALLBACK,
            )
            self._terminal.note(sentence)

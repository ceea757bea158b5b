"""What a customer answers when called back, and what follows for the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rexian.callbacks.domain.case_calls import BadCall
from rexian.kernel.language import mark

SATISFIED, DISSATISFIED = 5, 1
"""What yes and no are among the figures of one to five that customers give by themselves."""


class WordKind(StrEnum):
    """What was heard in a call, and is registered (GH-4.7)."""

    PROBLEM = "problem"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


WORD_NAMES = {
    WordKind.PROBLEM: mark("problem"),
    WordKind.SUGGESTION: mark("suggestion"),
    WordKind.PRAISE: mark("praise"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Something that a customer said, to be passed on; what is ``urgent`` is told at once."""

    kind: WordKind
    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a customer answered on one case: the fields of its form, and words to pass on.

    ``solved`` and ``satisfied`` are asked separately; ``None`` is no answer.
    """

    solved: bool | None = None
    satisfied: bool | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    words: tuple[Word, ...] = ()

    @property
    def figure(self) -> int | None:
        """The satisfaction as a figure of one to five."""
        if self.satisfied is None:
            return None
        return SATISFIED if self.satisfied else DISSATISFIED

    @property
    def is_content(self) -> bool:
        """Whether nothing is left to be done: neither unsolved nor dissatisfied."""
        return self.solved is not False and self.satisfied is not False

    @property
    def told(self) -> str:
        """What the customer said in words, in one line."""
        said = [self.values.get(one, "").strip() for one in ("why", "opinion")]
        return " ".join(filter(None, said))


class Outcome(StrEnum):
    """What follows for a case: it is settled, worked on again, or looked at by a supervisor."""

    SETTLED = "settled"
    AGAIN = "again"
    REVIEW = "review"


OUTCOME_NAMES = {
    Outcome.SETTLED: mark("settled"),
    Outcome.AGAIN: mark("another round"),
    Outcome.REVIEW: mark("for a supervisor to look at"),
}


def outcome_of(answers: Answers, *, nth: int, rounds: int) -> Outcome:
    """Return what follows the answers in the ``nth`` round; the last one is a supervisor's."""
    if answers.is_content:
        return Outcome.SETTLED
    return Outcome.AGAIN if nth < rounds else Outcome.REVIEW


def see_that_it_can_be_kept(answers: Answers) -> None:
    """Raise ``BadCall`` for somebody not content of whom nobody says why."""
    if not answers.is_content and not answers.told:
        raise BadCall(mark("Write down what the customer is not content with."), field="why")
    if any(not one.text.strip() for one in answers.words):
        raise BadCall(mark("Write down what the customer said."), field="heard")


def yes_or_no(text: str) -> bool | None:
    """Return what a field of yes and no says; ``None`` where it says neither."""
    return {"yes": True, "no": False}.get(text)


def as_word_kind(text: str) -> WordKind:
    """Return the kind of that name; raise ``BadCall``."""
    try:
        return WordKind(text)
    except ValueError:
        raise BadCall(mark("Say what kind of words it is."), field="kind") from None

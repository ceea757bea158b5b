"""What the evaluator says: verdicts with their evidence, and hints while the contact lasts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The five things that can be said of one opportunity to keep a clause."""

    MET = "met"
    MISSED = "missed"
    SUSPECT = "suspect"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one opportunity, with its evidence.

    ``turns`` are indices into the conversation, in order, empty where an act is missing
    altogether; ``quote`` is a piece of the last of them as it was said; ``at`` is in seconds from
    the start, ``None`` without times; ``why`` is a sentence in each language of the pack.
    """

    clause: str
    rule: str
    outcome: Outcome
    turns: tuple[int, ...] = ()
    quote: str = ""
    at: float | None = None
    why: tuple[tuple[str, str], ...] = ()

    def reason(self, language: str = "zh-Hans") -> str:
        """Return the reason in ``language``, or in the first language that the pack has."""
        texts = dict(self.why)
        return texts.get(language) or next(iter(texts.values()), "")


class HintKind(StrEnum):
    """What a hint is for."""

    SAY = "say"
    WARN = "warn"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Hint:
    """Words for the agent while the contact lasts, with the clause behind them.

    ``due_at`` (seconds from the start) is when a protocol wants its next step.
    """

    kind: HintKind
    clause: str
    rule: str
    words: tuple[str, ...] = ()
    due_at: float | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything the standard says of one conversation; ``score`` is 0 to 100, or ``None``."""

    standard: str
    version: str
    content_hash: str
    score: float | None
    verdicts: tuple[Verdict, ...]

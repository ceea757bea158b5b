"""How well calls were heard, against what people have written down of them, as rows to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rexian.dialogue.domain.agreeing import Equality
from rexian.kernel.language import translate
from rexian.speech.domain.comparing_calls import CallComparison, Counted


@dataclass(frozen=True, slots=True)
class HeardTruth:
    """What was heard of ``calls`` against their true turns, and the verdicts on both.

    ``mixed`` are other calls, in which nobody knows who speaks: of these the words alone count,
    since there are no two sides to have turns, and what binds one of them is undecided.
    """

    calls: int = 0
    heard: CallComparison = field(default_factory=CallComparison)
    verdicts: Equality = field(default_factory=Equality)
    mixed_calls: int = 0
    mixed: CallComparison = field(default_factory=CallComparison)

    def __add__(self, other: HeardTruth) -> HeardTruth:
        return HeardTruth(
            self.calls + other.calls,
            self.heard + other.heard,
            self.verdicts + other.verdicts,
            self.mixed_calls + other.mixed_calls,
            self.mixed + other.mixed,
        )


Hearing = Callable[[], HeardTruth]
"""How to get it in the end, while it still grows as calls pass."""


def no_truth() -> HeardTruth:
    """Return that nothing was compared."""
    return HeardTruth()


def rows(truth: HeardTruth, language: str) -> Iterator[tuple[str, str]]:
    """Yield what was compared and how it came out; nothing where no call has true turns."""
    if truth.calls:
        yield from _rows(truth, language)
    if truth.mixed_calls:
        yield translate("Calls whose sides are unknown", language), str(truth.mixed_calls)
        yield translate("Characters read wrongly in them", language), _error_rate(truth.mixed)


def _rows(truth: HeardTruth, language: str) -> Iterator[tuple[str, str]]:
    heard, verdicts = truth.heard, truth.verdicts
    yield translate("Calls with true turns", language), str(truth.calls)
    if heard.characters:
        yield translate("Characters read wrongly", language), _error_rate(heard)
    for name, counted in (
        (translate("Turns", language), heard.turns),
        (translate("Interruptions", language), heard.interruptions),
        (translate("Silences", language), heard.silences),
    ):
        yield name, _counts(counted, language)
    if heard.edges:
        yield translate("Edges of turns, seconds off", language), _edges(heard.edges, language)
    same = len(verdicts.same)
    whole = same + len(verdicts.only_true) + len(verdicts.only_heard)
    share = f"{verdicts.share:.1%} ({same}/{whole})"
    yield translate("Verdicts as on the true text", language), share
    wrongly = " ".join(sorted(one.clause for one in verdicts.wrongly_missed))
    yield translate("Missed by the sound alone", language), wrongly or "0"


def _error_rate(heard: CallComparison) -> str:
    return f"{heard.error_rate:.3f} ({heard.errors}/{heard.characters})"


def explanation(language: str) -> str:
    """Return what the rows mean, in a sentence."""
    return translate(
        "What was heard against the turns that people wrote down: characters without marks, turns"
        " by their times, and what the same standard says of both.",
        language,
    )


def _counts(counted: Counted, language: str) -> str:
    return translate(
        "{found} of {whole} found, {invented} heard that were none",
        language,
        found=counted.found,
        whole=counted.found + counted.missed,
        invented=counted.invented,
    )


def _edges(edges: tuple[float, ...], language: str) -> str:
    ordered = sorted(edges)
    most = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    within = sum(edge <= 0.2 for edge in ordered) / len(ordered)
    return translate(
        "95 % within {most}, the furthest {furthest}; {share} within 0.2",
        language,
        most=f"{most:.2f}",
        furthest=f"{ordered[-1]:.2f}",
        share=f"{within:.0%}",
    )

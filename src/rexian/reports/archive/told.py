"""What every form of the report tells: by whom was judged, what came out, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rexian.dialogue.domain.replays import Change
from rexian.dialogue.domain.shards import Example, Outturn, Ruined
from rexian.kernel.language import mark, text_in, translate
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.replay_words import outcome_of
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Standard


@dataclass(frozen=True, slots=True)
class Told:
    """A replay that is over: one standard, or the one before and the one that is tried."""

    standards: tuple[Standard, ...]
    outturn: Outturn
    ruined: tuple[Ruined, ...]
    results: str
    """Where the rows are."""

    @property
    def compares(self) -> bool:
        """Tell whether two standards have judged."""
        return len(self.standards) > 1

    def steps(self, language: str) -> Iterator[tuple[str, str, str, int]]:
        """Yield by clause what became what and how often; of one standard, what came out.

        The most frequent of a clause comes first. With one standard the second word is empty.
        """
        by_clause = sorted(self.outturn.tally.items(), key=lambda item: clause_order(item[0]))
        for clause, steps in by_clause:
            for step, count in sorted(steps.items(), key=lambda item: (-item[1], item[0])):
                before, _, after = step.partition(">")
                second = outcome_of(after, language) if after else ""
                yield one_line(clause), outcome_of(before, language), second, count

    def asks(self, clause: str, language: str) -> str:
        """Return what a clause asks, by the newer of the standards that has it."""
        for standard in reversed(self.standards):
            found = standard.clauses.get(clause)
            if found is not None:
                return text_in(found.text, language)
        return ""


def named(standard: Standard) -> str:
    """Return a standard by its name, its version and the beginning of its hash."""
    return f"{standard.name} {standard.version} {standard.content_hash[:12]}"


def titled(standard: Standard, language: str) -> str:
    """Return a standard by its title and version."""
    return f"{text_in(standard.title, language)} {standard.version}"


def place_of(example: Example) -> str:
    """Return where in the archive a conversation lies."""
    return one_line(example.shard)


def reason_of(change: Change, language: str) -> tuple[str, str]:
    """Return why it came out so, before and after."""
    return text_in(change.before.why, language), text_in(change.after.why, language)


def summary(told: Told, language: str) -> list[tuple[str, str]]:
    """Return what a replay comes to, as names and values."""
    out = told.outturn
    found = [
        (mark("Conversations"), f"{out.conversations:,}"),
        (mark("Turns"), f"{out.turns:,}"),
    ]
    if told.compares:
        found += [
            (mark("Changed"), f"{out.changed:,}"),
            (mark("Score before"), score(out.mean_before)),
            (mark("Score after"), score(out.mean_after)),
            (mark("Scored higher"), f"{out.up:,}"),
            (mark("Scored lower"), f"{out.down:,}"),
        ]
    else:
        found.append((mark("Mean score"), score(out.mean_after)))
    if out.failed:
        found.append((mark("Could not be judged"), f"{out.failed:,}"))
    return [(translate(name, language), value) for name, value in found]


def shards_missing(ruined: Sequence[Ruined], language: str) -> list[str]:
    """Return what could not be judged, shard by shard, in sentences."""
    return [one_line(f"{one.shard}: {one.error.sentence(language)}") for one in ruined]

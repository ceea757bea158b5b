"""Measure how well the packs judge, and write the figures into docs/reference/inspection.md.

Run by hand after a change of the packs: ``uv run python scripts/measure_packs.py``. It reads the
labelled conversations of the tests, and the shared data beside the project where there is any.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import Agreement, ClauseAgreement, Share, compare
from rexian.dialogue.services import inspect_batch, read_paths
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Outcome, Speaker, Standard, installed, load
from rexian.standard.domain.pack.coverage import cover

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "reference" / "inspection.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SHARED_LAYER = "centre"
FORBIDDEN = "HW-3.12"
_CONVICTING = (Outcome.MISSED, Outcome.SUSPECT)


@dataclass(frozen=True)
class Polite:
    """What a standard says of polite conversations, in which nobody did wrong by any clause.

    ``said`` counts its misses and suspicions, ``words`` are the forbidden words that it found.
    """

    conversations: int
    agent_turns: int
    said: Mapping[tuple[str, Outcome], int]
    words: tuple[str, ...]

    def rate(self, clause: str, outcome: Outcome) -> str:
        """Return how often a clause came out so in 1,000 agent turns."""
        count = self.said.get((clause, outcome), 0)
        return f"{1000 * count / self.agent_turns:.2f}" if count else "0"

    def all_in_1000(self, outcome: Outcome, clauses: frozenset[str]) -> str:
        """Return how often any of these clauses came out so in 1,000 agent turns."""
        found = sum(n for (one, said), n in self.said.items() if said is outcome and one in clauses)
        return f"{1000 * found / self.agent_turns:.2f}"


def main() -> None:
    """Inspect every set and rewrite the figures between the marks of the page."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    figures = "\n".join(_figures())
    PAGE.write_text(f"{head}{BEGIN}\n{figures}\n{END}{tail}", encoding="utf-8")


def _figures() -> Iterator[str]:
    standards = {name: load(name) for name in installed()}
    packs = ", ".join(
        f"`{name}` {one.version} `{one.content_hash[:12]}`" for name, one in standards.items()
    )
    yield f"\nMeasured on {datetime.now(UTC):%Y-%m-%d} with {packs}.\n"
    agreements = dict(_agreements())
    yield from _by_set(agreements)
    source = SHARED / "crosswoz" / "normalised.jsonl"
    polite = {name: _polite(source, name) for name in standards} if source.exists() else {}
    together = sum((one for _, one in agreements.values()), Agreement())
    yield from _by_clause(standards, together, polite)
    if polite:
        yield from _by_pack(standards, polite)


def _agreements() -> Iterator[tuple[str, tuple[int, Agreement]]]:
    """Yield each labelled set with how many conversations it has and how verdicts agree."""
    sets = sorted((ROOT / "tests" / "standard" / "labelled").glob("*.jsonl"))
    shared = SHARED / "dialogues_zh" / "dialogues.jsonl"
    for path in [*([shared] if shared.exists() else []), *sets]:
        inspected = list(_inspected(path))
        pairs = ((one.conversation.labels, one.inspection.verdicts) for one in inspected)
        yield path.stem, (len(inspected), compare(pairs, _labelled(inspected)))


def _labelled(inspected: Iterable[InspectedConversation]) -> tuple[str, ...]:
    """Return the documents of which clauses are labelled: of the others nobody said anything."""
    labels = (label.clause for one in inspected for label in one.conversation.labels)
    return tuple(sorted({f"{clause.partition('-')[0]}-" for clause in labels}))


def _by_set(agreements: Mapping[str, tuple[int, Agreement]]) -> Iterator[str]:
    yield (
        "| labelled set | conversations | met found | met right | missed found "
        "| missed right | suspicions found | innocent convicted |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, (count, agreement) in agreements.items():
        yield f"| {name} | {count} | " + _totals(agreement)
    together = sum((one for _, one in agreements.values()), Agreement())
    yield f"| all | {sum(count for count, _ in agreements.values())} | " + _totals(together)


def _by_clause(
    standards: Mapping[str, Standard], together: Agreement, polite: Mapping[str, Polite]
) -> Iterator[str]:
    """Yield a table a document: every clause that rules judge, labelled or not."""
    for name, standard in standards.items():
        yield f"\n### {standard.title.get('en', name)} (`{name}`)\n"
        yield (
            "| clause | rules | met | missed | not applicable | suspicion | said met "
            "| said missed | missed in 1,000 polite turns | suspected in 1,000 |"
        )
        yield "|---|---|---|---|---|---|---|---|---|---|"
        for one in sorted(cover(standard.pack), key=lambda one: clause_order(one.clause.id)):
            if one.rules and one.clause.id in _own(name, standard):
                found = together.clauses.get(one.clause.id, ClauseAgreement())
                yield _row(one.clause.id, len(one.rules), found, polite.get(name))
    yield ""


def _own(name: str, standard: Standard) -> frozenset[str]:
    """Return the clauses that a pack does not take over from the layer that all share."""
    inherited = set(load(SHARED_LAYER).clauses) if name != SHARED_LAYER else set()
    return frozenset(set(standard.clauses) - inherited)


def _row(clause: str, rules: int, found: ClauseAgreement, polite: Polite | None) -> str:
    shares = (found.met, found.missed, found.not_applicable, found.suspect)
    cells = [clause, str(rules), *map(_share, (*shares, found.said_met, found.said_missed))]
    cells += [polite.rate(clause, one) if polite else "-" for one in _CONVICTING]
    return f"| {' | '.join(cells)} |"


def _polite(path: Path, name: str) -> Polite:
    inspected = list(_inspected(path, name))
    turns = sum(
        turn.speaker is Speaker.AGENT for one in inspected for turn in one.conversation.turns
    )
    verdicts = [(one, each) for one in inspected for each in one.inspection.verdicts]
    said = Counter(
        (each.clause, each.outcome) for _, each in verdicts if each.outcome in _CONVICTING
    )
    words = tuple(
        f"- `{one.conversation.id}`, turn {each.turns[0]}: {each.quote}"
        for one, each in verdicts
        if each.clause == FORBIDDEN and each.outcome is Outcome.MISSED
    )
    return Polite(len(inspected), turns, said, words)


def _by_pack(standards: Mapping[str, Standard], polite: Mapping[str, Polite]) -> Iterator[str]:
    first = polite[SHARED_LAYER]
    yield "### Polite conversations\n"
    yield (
        f"{first.conversations} conversations of travel enquiries, {first.agent_turns} agent "
        "turns, judged by each pack: how often its own clauses accuse somebody, in 1,000 agent "
        "turns.\n"
    )
    yield "| pack | missed | suspected | of these, forbidden words |"
    yield "|---|---|---|---|"
    for name, one in polite.items():
        own = _own(name, standards[name])
        rates = [one.all_in_1000(outcome, own) for outcome in _CONVICTING]
        yield f"| {name} | {' | '.join(rates)} | {one.rate(FORBIDDEN, Outcome.MISSED)} |"
    yield "\nEvery forbidden word that was found in them:\n"
    yield from first.words
    yield ""


def _inspected(path: Path, standard: str = "auto") -> Iterator[InspectedConversation]:
    jobs = os.cpu_count() or 1
    for one in inspect_batch(read_paths([path]), standard=standard, jobs=jobs):
        if isinstance(one, InspectedConversation):
            yield one


def _totals(agreement: Agreement) -> str:
    total = agreement.total
    shares = (total.met, total.said_met, total.missed, total.said_missed, total.suspect)
    cells = " | ".join(map(_share, shares))
    return f"{cells} | {agreement.innocent_convicted} |"


def _share(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else "-"


if __name__ == "__main__":
    main()

"""Measure how well the packs judge, and write the figures into docs/reference/inspection.md.

Run by hand after a change of the packs: ``uv run python scripts/measure_packs.py``. It reads the
labelled conversations of the tests, and the shared data beside the project where there is any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import Agreement, Share, compare
from rexian.dialogue.services import inspect_batch, read_paths
from rexian.standard.domain import Outcome, Speaker, load

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "reference" / "inspection.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
CLAUSES = ("CC", "HW")


def main() -> None:
    """Inspect every set and rewrite the figures between the marks of the page."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    figures = "\n".join(_figures())
    PAGE.write_text(f"{head}{BEGIN}\n{figures}\n{END}{tail}", encoding="utf-8")


def _figures() -> Iterator[str]:
    packs = ", ".join(f"`{n}` {load(n).version} `{load(n).content_hash[:12]}`" for n in _PACKS)
    yield f"\nMeasured on {datetime.now(UTC):%Y-%m-%d} with {packs}.\n"
    yield from _labelled()
    polite = SHARED / "crosswoz" / "normalised.jsonl"
    if polite.exists():
        yield from _polite(polite)


_PACKS = ("centre", "highway")


def _labelled() -> Iterator[str]:
    sets = sorted((ROOT / "tests" / "standard" / "labelled").glob("*.jsonl"))
    shared = SHARED / "dialogues_zh" / "dialogues.jsonl"
    yield (
        "| labelled set | conversations | met found | met right | missed found "
        "| missed right | suspicions found | innocent convicted |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    whole: list[InspectedConversation] = []
    for path in [*([shared] if shared.exists() else []), *sets]:
        inspected = list(_inspected([path]))
        whole += inspected
        yield f"| {path.stem} | {len(inspected)} | " + _totals(_agreement(inspected))
    agreement = _agreement(whole)
    yield f"| all | {len(whole)} | " + _totals(agreement)
    yield "\nBy clause, over all sets:\n"
    yield "| clause | met | missed | not applicable | suspicion | said met | said missed |"
    yield "|---|---|---|---|---|---|---|"
    for clause, one in sorted(agreement.clauses.items()):
        cells = (one.met, one.missed, one.not_applicable, one.suspect, one.said_met)
        row = " | ".join(map(_share, (*cells, one.said_missed)))
        yield f"| {clause} | {row} |"
    yield ""


def _polite(path: Path) -> Iterator[str]:
    inspected = list(_inspected([path]))
    turns = sum(
        turn.speaker is Speaker.AGENT for one in inspected for turn in one.conversation.turns
    )
    found = Counter(
        (verdict.clause, verdict.outcome)
        for one in inspected
        for verdict in one.inspection.verdicts
        if verdict.outcome in (Outcome.MISSED, Outcome.SUSPECT)
    )
    yield f"\nPolite conversations of travel enquiries: {len(inspected)}, {turns} agent turns.\n"
    yield "| clause | said | times | in 1,000 agent turns |"
    yield "|---|---|---|---|"
    for (clause, outcome), count in sorted(found.items()):
        yield f"| {clause} | {outcome} | {count} | {1000 * count / turns:.2f} |"
    yield "\nEvery forbidden word that was found in them:\n"
    for one in inspected:
        for verdict in one.inspection.verdicts:
            if verdict.clause == "HW-3.12" and verdict.outcome is Outcome.MISSED:
                yield f"- `{one.conversation.id}`, turn {verdict.turns[0]}: {verdict.quote}"
    yield ""


def _inspected(paths: Iterable[Path]) -> Iterator[InspectedConversation]:
    for one in inspect_batch(read_paths(list(paths))):
        if isinstance(one, InspectedConversation):
            yield one


def _agreement(inspected: Iterable[InspectedConversation]) -> Agreement:
    return compare(
        ((one.conversation.labels, one.inspection.verdicts) for one in inspected), CLAUSES
    )


def _totals(agreement: Agreement) -> str:
    total = agreement.total
    shares = (total.met, total.said_met, total.missed, total.said_missed, total.suspect)
    cells = " | ".join(map(_share, shares))
    return f"{cells} | {agreement.innocent_convicted} |"


def _share(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else "-"


if __name__ == "__main__":
    main()

"""Write a replay as one JSON object, with the names that ``rexian standard replay --json`` has."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from rexian.dialogue.domain.replays import Change, Side
from rexian.reports.archive.told import Told, shards_missing
from rexian.reports.inspection.cleaning import encodable
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Standard


def write(told: Told, target: BinaryIO, *, language: str) -> None:
    """Write it, in UTF-8 and for people too."""
    text = json.dumps(encodable(_plain(told, language)), ensure_ascii=False, indent=1)
    target.write(text.encode() + b"\n")


def _plain(told: Told, language: str) -> dict[str, Any]:
    out = told.outturn
    clauses = dict(sorted(out.tally.items(), key=lambda item: clause_order(item[0])))
    plain: dict[str, Any] = {
        "conversations": out.conversations,
        "turns": out.turns,
        "failed": out.failed,
        "faults": [{"id": id_, "why": why} for id_, why in out.faults],
        "shards_missing": shards_missing(told.ruined, language),
        "results": told.results,
        "clauses": clauses,
    }
    if not told.compares:
        plain["standard"] = _standard(told.standards[0])
        return plain | {"mean_score": out.mean_after}
    old, new = map(_standard, told.standards)
    return plain | {
        "old": old,
        "new": new,
        "changed": out.changed,
        "up": out.up,
        "down": out.down,
        "mean_score": {"before": out.mean_before, "after": out.mean_after},
        "most": [
            {
                "id": one.id,
                "shard": one.shard,
                "before": one.before,
                "after": one.after,
                "changes": list(map(_change, one.changes)),
            }
            for one in out.examples
        ],
    }


def _standard(one: Standard) -> dict[str, str]:
    return {"name": one.name, "version": one.version, "hash": one.content_hash}


def _change(one: Change) -> dict[str, Any]:
    return {"clause": one.clause, "before": _side(one.before), "after": _side(one.after)}


def _side(side: Side) -> dict[str, Any]:
    return {
        "outcome": side.outcome,
        "rule": side.rule,
        "turns": list(side.turns),
        "quote": side.quote,
        "why": dict(side.why),
    }

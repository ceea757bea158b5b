"""How much of the clauses that Rexian was specified by is found again in them as a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from rexian.standard.domain.drafting.plans import Draft
from rexian.standard.domain.drafting.wordings import Stance
from tests.standard.drafting.papers import draft

SHARED = Path(__file__).parents[4] / "shared" / "standard" / "clauses.yaml"


def quoted(clause: Mapping[str, Any]) -> str:
    """Return a clause with its wording in quotation marks."""
    text: str = clause["zh"]
    said = "".join(f"“{one}”" for one in clause.get("say", ()))
    never = "".join(f"“{one}”" for one in clause.get("never", ()))
    return text + (f"用语：{said}" if said else "") + (f"不得说{never}。" if never else "")


def listed(clause: Mapping[str, Any]) -> str:
    """Return a clause with its wording in lines below it, without quotation marks."""
    lines: list[str] = [clause["zh"]]
    lines += ["规范用语：", *clause["say"]] if "say" in clause else []
    lines += ["禁用语：", *clause["never"]] if "never" in clause else []
    return "\n".join(lines)


@pytest.mark.skipif(not SHARED.exists(), reason="the clauses are not at hand")
@pytest.mark.parametrize("written", [quoted, listed])
def test_clauses_and_their_wording_are_found_again(written: Any) -> None:
    clauses = yaml.safe_load(SHARED.read_text("utf-8"))
    wanted: set[tuple[str, str, str]] = set()
    found: set[tuple[str, str, str]] = set()
    for prefix, group in groupby(clauses, key=lambda one: one["id"].partition("-")[0]):
        members = list(group)
        lines = ["服务规范", *(_line(one, written) for one in members)]
        drafted = draft("\n".join(lines), prefix)
        assert {one.id for one in drafted.clauses} == {one["id"] for one in members}
        found |= set(_found(drafted))
        wanted |= set(_wanted(members))
    assert len(wanted & found) >= 0.97 * len(wanted)
    assert len(wanted & found) >= 0.97 * len(found)


def _line(clause: Mapping[str, Any], written: Any) -> str:
    number = clause["id"].partition("-")[2]
    return f"{number}{'.' if number.isdigit() else ''} {written(clause)}"


def _found(drafted: Draft) -> Iterable[tuple[str, str, str]]:
    for clause in drafted.clauses:
        for one in clause.wordings:
            key = "say" if one.stance is Stance.SAY else "never"
            yield clause.id, key, _bare(one.text)


def _wanted(clauses: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str, str]]:
    for clause in clauses:
        for key in ("say", "never"):
            for one in clause.get(key, ()):
                yield clause["id"], key, _bare(one)


def _bare(text: str) -> str:
    return re.sub(r"[。！？!?；，…\s]+$", "", text)

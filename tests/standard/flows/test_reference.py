"""The reference of flows knows every word that a flow is written in, and every flow that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.pack.casework import Effect, Need, Part, RungName, Source, Standing

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "flows.md"
WORDS: dict[str, Any] = {
    "standing": Standing,
    "effect": Effect,
    "part": Part,
    "need": Need,
    "rung": RungName,
    "source": Source,
}


def table(heading: str) -> list[str]:
    """Return what stands first in the rows of the table whose first column has a heading."""
    lines = PAGE.read_text("utf-8").splitlines()
    begins = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[begins + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1].strip().strip("`"))
    return rows


@pytest.mark.parametrize("heading", WORDS)
def test_every_word_has_its_line_in_the_order_of_the_code(heading: str) -> None:
    assert table(heading) == list(get_args(WORDS[heading]))


@pytest.mark.parametrize("name", ["centre", "highway", "gas", "counter", "lessons", "station"])
def test_every_flow_that_ships_is_named(name: str) -> None:
    page = PAGE.read_text("utf-8")
    assert [one for one in load(name).casework.flows if f"`{one}`" not in page] == []

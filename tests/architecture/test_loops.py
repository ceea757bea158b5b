"""Tests start event loops in one place alone."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
STARTS = {"run", "Runner", "run_until_complete", "async_to_sync"}


def starts(path: Path) -> list[int]:
    """Return the lines of a file in which a loop is started in whatever thread comes along."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    attributes = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and node.attr in STARTS
        and (node.attr == "run_until_complete" or _named(node.value) in {"asyncio", "sync"})
    ]
    imported = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        and node.module in {"asyncio", "asgiref.sync"}
        and STARTS & {one.name for one in node.names}
    ]
    return attributes + imported


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_whoever_needs_a_loop_runs_apart_for_a_browser_keeps_one_in_the_thread_of_the_tests() -> (
    None
):
    files = [one for one in TESTS.rglob("*.py") if one != TESTS / "loops.py"]
    found = {str(one.relative_to(TESTS)): starts(one) for one in files}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert starts(TESTS / "loops.py"), "nothing is found where there is something"

"""Functions stay short and files stay one thing: elegance is decided in the tail."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "rexian"
FILES = sorted(one for one in SOURCE.rglob("*.py") if one.parent.name != "migrations")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, int]]:
    """Yield every function and its lines, without its docstring."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Function):
                yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", lines(node)


def lines(function: Function) -> int:
    """Return how many lines a function takes, its docstring aside."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    told = ast.get_docstring(function) is not None
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1 if told else 0)


def test_nine_functions_of_ten_have_at_most_20_lines() -> None:
    assert statistics.quantiles([length for _, length in functions()], n=10)[-1] <= 20


def test_no_function_has_more_than_50_lines() -> None:
    assert [found for found in functions() if found[1] > 50] == []


def test_no_file_has_more_than_500_lines() -> None:
    found = {
        str(one.relative_to(SOURCE)): len(one.read_text("utf-8").splitlines()) for one in FILES
    }
    assert {path: count for path, count in found.items() if count > 500} == {}

"""A context is entered by its services, queries, events and domain, and by nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "rexian"
DOORS = {"services", "queries", "events", "domain"}

# Without a state of their own to guard, these are libraries that whoever is above them may use.
OPEN = {
    "kernel",
    "prepared",
    "reports",
    "look",
    "live",
    "rest",
    "cli",
    "site",
    "simulation",
    "__main__",
}


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and full name of everything of ours that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def broken_doors(path: Path) -> list[str]:
    """Return the imports of ``path`` that enter another context elsewhere than by a door."""
    home = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    found = []
    for line, name in imported(path):
        root, context, door, *_ = [*name.split("."), "", ""]
        if root == "rexian" and context not in OPEN | {home} and door not in DOORS | {""}:
            found.append(f"{path.relative_to(SOURCE)}:{line} imports {name}")
    return found


def test_a_context_is_entered_only_by_its_doors() -> None:
    assert [found for path in modules() for found in broken_doors(path)] == []


def test_no_import_is_relative() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []

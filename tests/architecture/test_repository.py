"""What holds for the repository as a whole: its dependencies, its lock, its words."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rexian"
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
UNNAMEABLE = re.compile(r"(?:utils?|helpers?|base|common|misc)")

# Needed without being imported by name: the standard library reads time zones, Django a database.
UNNAMED = {"psycopg", "tzdata"}


def declared() -> set[str]:
    """Return the distributions that the package says it needs, always or for an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (one for group in project["optional-dependencies"].values() for one in group)
    named = [*project["dependencies"], *extras]
    return {re.split(r"[<>=!~\[; ]", one)[0].lower() for one in named} - {"rexian"}


def imported() -> set[str]:
    """Return the distributions outside the standard library that the package imports."""
    names: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    distributions = packages_distributions()
    foreign = names - sys.stdlib_module_names - {"rexian"}
    # What is there with an extra alone goes by its own name.
    found = (distributions.get(name, [name])[0] for name in foreign)
    return {name.lower().replace("_", "-") for name in found}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    assert imported() == declared() - UNNAMED


def test_the_lock_names_public_hosts_only() -> None:
    lock = (ROOT / "uv.lock").read_text("utf-8")
    assert set(re.findall(r"://([^/\"]+)", lock)) <= PUBLIC_HOSTS
    assert "file:" not in lock


def test_a_module_is_named_for_what_it_is_about() -> None:
    backend = SOURCE / "site" / "sqlite3" / "base.py"  # where Django looks for it
    found = {path for path in SOURCE.rglob("*.py") if UNNAMEABLE.fullmatch(path.stem)}
    modules = sorted(found - {backend})
    assert modules == []

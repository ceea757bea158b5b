"""What needs a database is run on both."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_with_a_database_is_run_on_postgresql_too() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    named = re.search(r"with_database := \$\(addprefix tests/,([^)]*)\)", makefile)
    assert named is not None
    folders = tuple(f"tests/{one}/" for one in named[1].split())
    marked = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "mark.django_db" in path.read_text("utf-8")
        and path.parts[-2] != "browser"
        and path != Path(__file__)
    ]
    assert [path for path in marked if not path.startswith(folders)] == []

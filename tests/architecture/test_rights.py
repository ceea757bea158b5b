"""Rights are asked for by services and given by roles: none is only one of the two."""

from __future__ import annotations

import ast
from pathlib import Path

from rexian.org.domain.roles import RIGHTS, ROLE_NAMES, Role

SOURCE = Path(__file__).parents[2] / "src" / "rexian"


def declared() -> set[str]:
    """Return the rights that the contexts declare."""
    found = set()
    for path in SOURCE.glob("*/domain/rights.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                assert str(node.value.value).startswith(path.parts[-3] + "."), path
                found.add(str(node.value.value))
    return found


def test_every_right_that_is_asked_for_is_given_by_a_role_and_no_other() -> None:
    assert set().union(*RIGHTS.values()) == declared()


def test_every_role_has_a_name_and_rights() -> None:
    assert set(RIGHTS) == set(ROLE_NAMES) == set(Role)
    assert all(RIGHTS.values())

from __future__ import annotations

from pathlib import Path

from rexian.org.domain.roles import RIGHT_NAMES, RIGHTS, ROLE_NAMES, Role

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"


def test_the_page_of_roles_says_what_each_role_may_do() -> None:
    page = PAGE.read_text("utf-8")
    for role in Role:
        rights = ", ".join(f"`{one}`" for one in sorted(RIGHTS[role]))
        (line,) = [one for one in page.splitlines() if one.startswith(f"| {ROLE_NAMES[role]} |")]
        assert line.endswith(f"| {rights} |")


def test_every_right_has_a_name_in_the_code_and_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert set().union(*RIGHTS.values()) <= RIGHT_NAMES.keys()
    for right, title in RIGHT_NAMES.items():
        assert f"| `{right}` | {title} |" in page

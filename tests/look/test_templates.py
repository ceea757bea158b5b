"""What holds for every template and script of every face: nothing inline, no unknown picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "rexian"
LOOK = SOURCE / "look" / "static" / "look"
# The report is one file that opens offline: its policy names its style and script by their hash.
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
SHEETS = sorted(SOURCE.glob("*/static/**/*.css"))
SCRIPTS = sorted(SOURCE.glob("*/static/**/*.js"))
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (LOOK / "icons.svg").read_text("utf-8")))


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_no_style_and_no_script_in_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not re.search(r"<style\b|\sstyle=|\son\w+=|javascript:", text, re.IGNORECASE)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS, *SCRIPTS], ids=named)
def test_nothing_comes_from_another_house(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(["']?(?:https?:)?//""", text)
    assert "@import" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_icon_that_is_used_is_drawn(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"""\bicon\(["']([\w-]+)["']|icon_name=["']([\w-]+)["']""", text)

    assert {one or other for one, other in used} <= ICONS


def test_every_tone_has_an_icon_of_its_own_shape() -> None:
    sprite = (LOOK / "icons.svg").read_text("utf-8")
    shapes = [
        re.findall(rf'<symbol id="{tone}".*?d="([^"]+)"', sprite)[0]
        for tone in ("good", "caution", "bad", "info", "quiet")
    ]

    assert len(set(shapes)) == 5


def test_icons_in_python_are_drawn() -> None:
    used = {
        name
        for path in SOURCE.glob("*/**/*.py")
        for name in re.findall(r"""\bicon=["']([\w-]+)["']""", path.read_text("utf-8"))
    }

    assert used <= ICONS


def test_scripts_run_nothing_but_themselves() -> None:
    for path in SCRIPTS:
        assert not re.search(r"\beval\(|new Function|document\.write", path.read_text("utf-8")), (
            path
        )

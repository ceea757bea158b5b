"""Every text can be read on every ground it stands on, in light and dark (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "src/rexian/look/static/look/tokens.css").read_text("utf-8")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")

GROUNDS = ("paper", "sheet", "well", "hover")
TONES = ("missed", "suspect", "met", "accent")
TEXTS = [
    *[(text, ground) for text in ("ink", "soft") for ground in GROUNDS],
    *[("accent", ground) for ground in (*GROUNDS, "quiet")],
    *[("accent-strong", ground) for ground in (*GROUNDS, "accent-wash")],
    *[(tone, ground) for tone in TONES for ground in ("paper", "sheet", f"{tone}-wash")],
    *[("ink", f"{tone}-wash") for tone in TONES],
    *[("ink", ground) for ground in ("quiet", "agent", "customer")],
    ("soft", "accent-wash"),
    ("soft", "quiet"),
    ("soft", "missed-wash"),
    ("missed-strong", "missed-wash"),
    *[("on-accent", ground) for ground in ("accent", "accent-strong")],
    *[("on-missed", ground) for ground in ("missed", "missed-strong")],
]
SHAPES = [
    *[("edge", ground) for ground in ("paper", "sheet", "well")],
    *[("focus", ground) for ground in (*GROUNDS, "missed-wash", "suspect-wash")],
    *[(tone, "quiet") for tone in TONES],
    ("agent-bar", "sheet"),
    ("customer-bar", "sheet"),
]


def block(opening: str) -> dict[str, str]:
    """Return the colours in the rule that begins with ``opening``."""
    rule = TOKENS[TOKENS.index(opening) :]
    return dict(COLOUR.findall(rule[: rule.index("}")]))


LIGHT = block(":root {")
CHOSEN = block(':root[data-theme="dark"] {')
DEVICE = block(':root:not([data-theme="light"]) {')
THEMES = {"light": LIGHT, "dark": LIGHT | CHOSEN}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1, as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_the_guidelines_compute() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out_from_their_ground(shape: str, ground: str, theme: str) -> None:
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


def test_dark_is_the_same_whether_chosen_or_the_devices_own() -> None:
    assert CHOSEN == DEVICE


def test_every_colour_of_the_light_has_one_in_the_dark() -> None:
    assert set(CHOSEN) == set(LIGHT)


def test_every_token_that_is_used_is_defined() -> None:
    defined, used = set[str](), set[str]()
    for sheet in (Path(__file__).parents[2] / "src/rexian").glob("*/static/**/*.css"):
        text = sheet.read_text("utf-8")
        defined.update(re.findall(r"(--[\w-]+):", text))
        used.update(re.findall(r"var\((--[\w-]+)\)", text))

    assert used - defined == set()

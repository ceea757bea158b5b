"""Whatever is shown to people goes through the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

SOURCE = Path(__file__).parents[2] / "src" / "rexian"
TEMPLATES = sorted(
    path
    for path in SOURCE.glob("*/templates/**/*.html")
    if path.name != "gallery.html"  # its texts are specimens, for those who build pages
)

# What stands on a page in every language alike.
NAMES = {"Rexian", "热线", "REST", "OpenAPI", "JSON", "JSONL", "CSV", "XLSX", "HTML"}
LITERAL = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>", re.DOTALL)
SPOKEN = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
CLASS = re.compile(r"{% block \w*(?:class|attributes) %}.*?{% endblock %}")
TAG = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&\w+;|&#\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")

# Whose errors are shown to people on a page or by REST.
FACED = (
    "account",
    "callbacks",
    "clockwork",
    "console",
    "contacts",
    "desk",
    "journal",
    "knowledge",
    "notices",
    "org",
    "places",
    "rest",
)
ERRORS = {"Invalid", "NotFound", "Conflict", "Refused"}


def own_words(template: str) -> list[str]:
    """Return the words of a template that stand outside expressions and tags."""
    pieces = []
    for _, kind, text in Environment(autoescape=True).lex(CLASS.sub("", template)):
        pieces.append(text if kind == "data" else "\x00" if kind.endswith("_begin") else "")
    markup = LITERAL.sub("", "".join(pieces))
    spoken = " ".join(SPOKEN.findall(markup))
    seen = ENTITY.sub(" ", TAG.sub(" ", markup) + " " + spoken)
    return [word for word in WORD.findall(seen) if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_says_nothing_that_is_not_translated(path: Path) -> None:
    assert own_words(path.read_text("utf-8")) == []


def raised_plainly(path: Path) -> Iterator[str]:
    """Yield the errors of a module that are raised with a text that no catalogue has."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            name = getattr(node.exc.func, "id", "")
            if name in ERRORS and isinstance(node.exc.args[0], ast.Constant | ast.JoinedStr):
                yield f"{path.relative_to(SOURCE)}:{node.lineno} {name}"


def test_an_error_that_people_see_is_a_message_of_the_catalogues() -> None:
    modules = [path for face in FACED for path in SOURCE.joinpath(face).rglob("*.py")]
    assert [found for path in modules for found in raised_plainly(path)] == []

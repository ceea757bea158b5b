"""Values as they are written in YAML by hand: short, quoted where they must be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile(
    r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9_，：。；、“”！？（）《》…—.·/-]*"
)
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def scalar(value: object) -> str:
    """Return a text or a number as a scalar; ``${`` would speak of a parameter, and is parted."""
    if not isinstance(value, str):
        return str(value)
    text = value.replace("${", "$ {")
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", " ")


def parameter(name: str) -> str:
    """Return the place that a parameter of the pack fills."""
    return '"${' + name + '}"'


def listed(values: Iterable[str]) -> str:
    """Return a list of texts in one line."""
    return "[" + ", ".join(map(scalar, values)) + "]"


def mapped(values: Mapping[str, str]) -> str:
    """Return a mapping in one line, its values written already."""
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def comment(text: str) -> str:
    """Return a comment in one line."""
    return "# " + " ".join(text.split())

"""How a plain value is written in a document: without quotation marks where it can be."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import yaml

from rexian.standard.domain.pack.documents import Fault, parse

_TEXT = "tag:yaml.org,2002:str"
_WIDTH = 100


def written(value: Any) -> str:
    """Return a value as it is written in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return "null" if value is None else str(value)


def written_like(value: Any, node: yaml.Node, indent: int) -> str:
    """Return a value written as the scalar that it takes the place of: folded, or quoted."""
    style = getattr(node, "style", None)
    if isinstance(value, str) and style == ">" and value.strip() and "\n" not in value:
        words = textwrap.wrap(
            value, max(20, _WIDTH - indent), break_long_words=False, break_on_hyphens=False
        )
        return ">-\n" + "\n".join(" " * indent + line for line in words)
    if isinstance(value, str) and style in ("'", '"'):
        return json.dumps(value, ensure_ascii=False)
    return written(value)


def written_item(value: Any, indent: int) -> str:
    """Return an item of a list, a line each for what a mapping holds; the dash is at ``indent``."""
    dash = " " * indent + "- "
    if not isinstance(value, dict) or not value:
        return f"{dash}{written(value)}\n"
    lines = [f"{written(name)}: {written(one)}\n" for name, one in value.items()]
    return dash + (" " * (indent + 2)).join(lines)


def _is_plain(text: str) -> bool:
    """Tell whether a text is read as itself without quotation marks, wherever it stands."""
    if not text or text != text.strip() or "\n" in text:
        return False
    try:
        root = yaml.compose(f"[{text}]", Loader=yaml.SafeLoader)
        as_key = yaml.compose(f"{text}: 1", Loader=yaml.SafeLoader)
        read = parse(f"[{text}]", "").value
    except (yaml.YAMLError, Fault):
        return False
    if not isinstance(as_key, yaml.MappingNode) or as_key.value[0][0].value != text:
        return False
    if not isinstance(root, yaml.SequenceNode) or len(root.value) != 1:
        return False
    return root.value[0].tag == _TEXT and [one.value for one in read] == [text]

"""Words from outside as they can be kept: nothing that a database refuses or that misleads."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What PostgreSQL does not store (NUL), what no encoding has (half a character), what is unseen."""

_TURNS_LINES = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: a name would turn the words beside it."""

_NAME = re.compile(r"[!-~]{1,64}")


def one_line(text: str, *, most: int) -> str:
    """Return a name or a code in one line, cut at ``most`` characters; otherwise as it was written.

    Arabic stays Arabic and an emoji an emoji; only what would act upon its surroundings goes.
    """
    begun = _TURNS_LINES.sub("", text[: 4 * most])
    return " ".join(_UNKEEPABLE.sub(" ", begun).split())[:most].rstrip()


def several_lines(text: str) -> str:
    """Return words as they were written, with line breaks of one kind."""
    return _UNKEEPABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def request_name(text: str) -> str:
    """Return what a browser calls its request, as a name of at most 64 characters.

    A longer one keeps its identity as a hash: cut off, two could become one.
    """
    if not text or _NAME.fullmatch(text):
        return text
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def keepable(value: Any) -> Any:
    """Return a value of JSON with all its words as they can be kept."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list | tuple):
        return [keepable(one) for one in value]
    if isinstance(value, dict):
        return {keepable(str(key)): keepable(one) for key, one in value.items()}
    return value

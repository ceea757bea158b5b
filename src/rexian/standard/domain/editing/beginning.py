"""How the manifest of a new standard is written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.pack.texts import LANGUAGES

FIRST_NUMBER = "0.1.0"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_SHORT = {"zh-Hans": "zh", **{name: name for name in LANGUAGES.values() if name != "zh-Hans"}}


def require_name(name: str) -> None:
    """Raise where a pack cannot be called so: small letters, digits and dashes."""
    if not _NAME.fullmatch(name):
        raise Invalid(
            mark("A standard is named in small letters, digits and dashes, not {name}."), name=name
        )


def manifest_text(name: str, title: Mapping[str, str], extends: Sequence[str]) -> str:
    """Return the text of a ``pack.yaml``."""
    texts = ", ".join(
        f"{_SHORT.get(language, language)}: {_quoted(text)}" for language, text in title.items()
    )
    built_on = f"extends: [{', '.join(extends)}]\n" if extends else ""
    return f"name: {name}\nversion: {FIRST_NUMBER}\ntitle: {{{texts}}}\n{built_on}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

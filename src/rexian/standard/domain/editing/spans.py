"""Spans of time as packs write them, and as people say them."""

from __future__ import annotations

import re
import unicodedata

from rexian.standard.domain.pack.decoding import span_of

_SAID = re.compile(
    r"^(\d+(?:\.\d+)?)\s*(?:个)?(毫秒|秒|秒钟|分|分钟|小时|钟头|工作日|自然日|天|日)$"
)
_UNITS = {
    "毫秒": "{}ms",
    "秒": "{}s",
    "秒钟": "{}s",
    "分": "{}min",
    "分钟": "{}min",
    "小时": "{}h",
    "钟头": "{}h",
    "天": "{}d",
    "日": "{}d",
    "工作日": "W+{}",
    "自然日": "D+{}",
}
_DAYS = re.compile(r"^[DW]\+\d{1,5}(?: \S+)?$")


def is_span(text: str) -> bool:
    """Tell whether a text is a span as packs write it: ``12h``, ``D+1``, ``W+5 12:00``."""
    return span_of(text) is not None or bool(_DAYS.match(text))


def written_span(typed: str) -> str | None:
    """Return a span as packs write it: ``12h`` for 12h, 12 h and 12小时; ``None`` for none."""
    text = unicodedata.normalize("NFKC", typed).strip()
    said = _SAID.match(text)
    if said:
        text = _UNITS[said[2]].format(said[1])
    return re.sub(r"^(\d+(?:\.\d+)?)\s+", r"\1", text) if is_span(text) else None

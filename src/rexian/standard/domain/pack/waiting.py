"""What the contexts are called that clauses wait for."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.language import mark

CONTEXT_NAMES: Mapping[str, str] = {
    "booking": mark("booking"),
    "callbacks": mark("callbacks"),
    "cases": mark("cases"),
    "conduct": mark("conduct"),
    "contacts": mark("contacts"),
    "counter": mark("service counter"),
    "desk": mark("desk"),
    "dialogue": mark("rules for wording"),
    "knowledge": mark("knowledge"),
    "org": mark("people and privacy"),
    "quality": mark("quality reviews"),
    "reports": mark("figures and reports"),
    "speech": mark("calls and recordings"),
    "workforce": mark("rosters"),
}
"""By the name that ``waiting_for`` gives; the values are messages."""


def context_name(code: str) -> str:
    """Return the message for a context; one that we do not know keeps the pack's own word."""
    return CONTEXT_NAMES.get(code, code)

"""Why work failed, in words that may be kept and shown: no personal data gets in."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Self

from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, translate

# Numbers and codes say what an error is about; anything longer may be somebody's words.
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,60}")

LEASE_RAN_OUT = mark("Nobody finished it: each worker that took it up ended on the way.")
NOBODY_KNOWS = mark("No worker of this version knows how to do this.")
BROKE = mark("Something broke at {where}.")


@dataclass(frozen=True, slots=True)
class Reason:
    """The class of what was raised, a message for ``translate``, and codes to fill it with."""

    error: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Return the reason in the reader's language."""
        try:
            return translate(self.message, language, **self.values)
        except (KeyError, IndexError, ValueError, AttributeError):
            return self.message

    def as_json(self) -> dict[str, Any]:
        """Return the reason as a row keeps it."""
        return {"error": self.error, "message": self.message, "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self | None:
        """Return the reason that a row keeps, if it keeps one."""
        if not kept:
            return None
        return cls(str(kept["error"]), str(kept["message"]), dict(kept["values"]))


def reason_of(error: Exception) -> Reason:
    """Return what may be kept of an exception.

    Our own errors are templates, filled with what is a number or a code. The message of any other
    may quote what it choked on (a name, an address), so only its class and place are kept.
    """
    if isinstance(error, RexianError):
        values = {name: _harmless(value) for name, value in error.details.items()}
        return Reason(type(error).__name__, error.template, values)
    return Reason(type(error).__name__, BROKE, {"where": _place(error)})


def _harmless(value: object) -> str:
    text = str(value)
    return text if _CODE.fullmatch(text) else "…"


def _place(error: Exception) -> str:
    """Return the file, line and function that raised, the innermost of ours if there is one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "rexian" in PurePath(frame.filename).parts]
    for frame in reversed(ours or frames):
        return f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
    return "?"

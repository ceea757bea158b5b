"""What is uncertain in a draft that a machine has written, until a person has settled it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the document something was read (pages and lines from 1; 0: unknown).

    ``place`` says it in words where that is neither: a paragraph, a cell of a table.
    """

    page: int = 0
    line: int = 0
    quote: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One uncertain thing of an element in a file, asked in a sentence.

    ``sentence`` is a message in English, marked where it is written, and translated with ``values``
    where it is shown. ``settled_at`` is an instant as ISO 8601 writes it, empty while it is open.
    """

    section: str
    element: str
    file: str
    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    settled_by: str = ""
    settled_at: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has settled it yet."""
        return not self.settled_at

    def described(self) -> dict[str, Any]:
        """Return the question as plain values, ready for JSON."""
        return asdict(self)


def read_question(described: Mapping[str, Any]) -> Question:
    """Return the question that was described as plain values."""
    known = dict(described)
    known["source"] = Source(**known.get("source", {}))
    return Question(**known)
